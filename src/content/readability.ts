// How hard a text is to read: a school year, from the length of its sentences and of its words.

import { statementsOf } from './statements.ts';

export interface Readability {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
  readonly wordsPerSentence: number;
  readonly syllablesPerWord: number;
  /**
   * The school year whose pupils read such a text: -13.988 + 0.3793 x words a sentence + 0.0207 x syllables in 300 words.
   * Khadijah Rohani Mohd. Yunus, An Assessment of Structural Variables in Malay: A Readability Formula (dissertation,
   * University of Miami 1982, scholarlyrepository.miami.edu/dissertations/1263): regression on 3,600 passages of school
   * books of years 2 to 11, in which these two counts explain .84 to .93 of the year. Coefficients as in the README of
   * github.com/bonghoa15/ReadabilityLola, without the addition for hard words that SPIKE (Hazawawi, Zakaria and Hisham
   * 2017) makes. Malay is the nearest language with a formula of its own: affixes and sentences are built as in
   * Indonesian.
   *
   * How to read it (our steps, the source has none): up to 4 easy for who finished primary school, up to 6 within reach,
   * above 6 to be rewritten. Below 2 it only says "very easy", and may be negative. It was found on running text of 300
   * words: lists and short lines make it lower, and a short text swings. Compare texts of the same kind. It knows nothing
   * of rare words or of sense.
   */
  readonly grade: number;
}

const CONSTANT = -13.988;
const PER_WORD_OF_SENTENCE = 0.3793;
const PER_SYLLABLE = 0.0207;
const SAMPLE_WORDS = 300;

/** Filled in by the office, read as figures or addresses: without syllables that could be counted. */
const NOT_READ = /\{[^}]*\}|(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}\b(?:\/\S*)?/gi;

/**
 * The words of a text. Figures ("110", "Rp650.000", "SIP3MI"), addresses and placeholders are left out; what is tied by a
 * hyphen ("anak-anak", "e-paspor") is one word, what is parted by a slash is two.
 */
export function wordsOf(text: string): string[] {
  const pieces = text.replace(NOT_READ, ' ').match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu) ?? [];
  return pieces.filter((piece) => !/\p{N}/u.test(piece));
}

/** Letters read one by one: KTP, TPPO, KBRI. Longer ones in capitals are words (SISKOP, LAPOR). */
const SPELLED = /^(?:\p{Lu}{2,4}|[^\P{Lu}AEIOU]{5,})$/u;

/** Diphthongs inside a root (sau-da-ra); elsewhere there each vowel has its own syllable (la-ut, na-ik, la-in). */
const INSIDE =
  /alaikum|saudara|saudari|saudagar|bagaimana|balairung|daulat|taulan|taufi[kq]|aurat|kaisar|australia|taiwan|thailand|(?<=^(?:di)?)audi[ot]|^aula/gu;

/** Roots in which a final or inner "ai" or "au" is two syllables although the rule for roots would make it one. */
const TWO_SYLLABLES =
  /^(?:ke|se|ber|per|mem|memper|diper|di)?(?:mau|bau|tai|dai)$|^(?:ke|per|memper|diper|se|ter|di|me)?(?:baik|naik)/u;

/** Roots in -a with the suffix -i (meng-har-ga-i): two syllables. */
const SUFFIXED_I =
  /(?:harg|ken|ngen|puny|sert|luk|suk|nyuk|curig|tand|nand|warn|biay|percay|kuas|nguas|cint|nam|duk|mint|waspad)ai$/u;

/** One syllable although nothing stands before the diphthong. */
const ONE_SYLLABLE = /^(?:kau|hai|mei)$/u;

const ENDS_IN_DIPHTHONG = /[aeiou].*(?:ai|au|oi|ei)$/u;
const CLITIC = /(?:nya|lah|kah|pun|ku|mu)$/u;
const SUFFIX = /(?:kan|an|i)$/u;

/** Does the root end in ai, au, oi or ei as one syllable, whatever hangs on it (pulau, kepulauan, pakaiannya)? */
function rootEndsInDiphthong(word: string): boolean {
  if (TWO_SYLLABLES.test(word)) return false;
  const bare = word.replace(CLITIC, '');
  return [word, bare, bare.replace(SUFFIX, '')].some(
    (stem) =>
      ONE_SYLLABLE.test(stem) || (ENDS_IN_DIPHTHONG.test(stem) && !TWO_SYLLABLES.test(stem) && !SUFFIXED_I.test(stem)),
  );
}

function syllablesOfPart(part: string): number {
  if (SPELLED.test(part)) return part.length;
  const word = part.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const vowels = word.match(/[aeiou]/g)?.length ?? 0;
  const inside = word.match(INSIDE)?.length ?? 0;
  return Math.max(1, vowels - inside - (rootEndsInDiphthong(word) ? 1 : 0));
}

/**
 * The syllables of one word as it is spoken: each vowel is one, but ai, au, oi and ei at the end of a root and a few inside
 * are one together (EYD V, diftong; division as in KBBI: pan-dai, ka-lau, but la-ut, ma-u, meng-har-ga-i). Letters of an
 * abbreviation count one each. English words come out a little long ("online" 3).
 */
export function syllablesOf(word: string): number {
  return word
    .split(/[-'’.,]/)
    .filter((part) => part !== '')
    .reduce((sum, part) => sum + syllablesOfPart(part), 0);
}

/**
 * Measures a text; each line ends a sentence, and so does a full stop, question or exclamation mark.
 * @param text with WhatsApp's marks or without
 * @returns undefined for a text without words
 */
export function measure(text: string): Readability | undefined {
  const counted = statementsOf(text)
    .map((statement) => wordsOf(statement.text))
    .filter((words) => words.length > 0);
  const all = counted.flat();
  if (all.length === 0) return undefined;
  const syllables = all.reduce((sum, word) => sum + syllablesOf(word), 0);
  const wordsPerSentence = all.length / counted.length;
  const syllablesPerWord = syllables / all.length;
  return {
    words: all.length,
    sentences: counted.length,
    syllables,
    wordsPerSentence,
    syllablesPerWord,
    grade: CONSTANT + PER_WORD_OF_SENTENCE * wordsPerSentence + PER_SYLLABLE * SAMPLE_WORDS * syllablesPerWord,
  };
}
