// How hard a text is to read: words a sentence, and LIX.

import { plain, statementsOf } from './statements.ts';

export interface Readability {
  readonly wordsPerSentence: number;
  /**
   * LIX: words a sentence plus the share of long words in percent. C. H. Björnsson, Läsbarhet (Stockholm 1968);
   * J. Anderson, "Lix and Rix: variations on a little-known readability index", Journal of Reading 26 (1983). It counts
   * letters alone and so goes over to other languages; Björnsson's steps: below 30 very easy, 30 to 40 easy, 40 to 50
   * middling, above 50 hard. They were not found for Indonesian, whose affixes make words long: compare texts of this
   * office with each other, not with a school year.
   */
  readonly lix: number;
}

/** Longer than this many letters counts as a long word (Björnsson 1968). */
const LONG_WORD = 6;

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[-'.,/][\p{L}\p{N}]+)*/gu) ?? [];

/**
 * Measures a text; each line ends a sentence, and so does a full stop.
 * @param text with WhatsApp's marks or without
 * @returns zeros for a text without words
 */
export function measure(text: string): Readability {
  const sentences = statementsOf(text).filter((statement) => wordsOf(statement.text).length > 0);
  const words = sentences.flatMap((statement) => wordsOf(plain(statement.text)));
  if (words.length === 0) return { wordsPerSentence: 0, lix: 0 };
  const long = words.filter((word) => word.replace(/\P{L}/gu, '').length > LONG_WORD).length;
  const wordsPerSentence = words.length / sentences.length;
  return { wordsPerSentence, lix: wordsPerSentence + (100 * long) / words.length };
}
