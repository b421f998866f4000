// Reads topics: a Markdown file each, front matter over an answer and a longer text.

import { basename } from 'node:path';
import { z } from 'zod';
import type { Topic, TopicId } from '../core/types.ts';
import { checkOpened, type Fault, faultAt, type Opened, openYaml } from './checked.ts';
import { unknownPlaces } from './facts.ts';
import type { Source } from './statements.ts';

/** What fits on a small telephone without scrolling away. */
export const LONGEST_ANSWER = 700;
/** What is still one message that somebody who asked for it reads to the end. */
export const LONGEST_MORE = 2500;
/** Fewer ways of asking are not enough to be recognised by. */
export const FEWEST_QUESTIONS = 12;
/** Stands on a line of its own between the answer and the longer text. */
export const DIVIDER = '<!-- lanjut -->';

const text = z.string().trim().min(1);

/** What every text says of where its statements come from. */
export const provenance = {
  // What is uncertain, or true only once, cannot be said at all; so there is no word for it here.
  sources: z.array(z.strictObject({ says: text, source: text, status: z.enum(['V', 'K']) })).min(1),
  checked: z.iso.date(),
  check_again: z.iso.date(),
} as const;

/** What is checked now is checked again later. */
export const checkedInOrder = <S extends z.ZodType<{ checked: string; check_again: string }>>(schema: S) =>
  schema.refine(({ checked, check_again }) => checked < check_again, {
    path: ['check_again'],
    message: 'must be later than checked',
  });

const frontMatter = checkedInOrder(
  z.strictObject({
    title: text.max(40),
    keywords: z.array(text).min(1),
    questions: z.array(text).min(FEWEST_QUESTIONS),
    ...provenance,
  }),
);

/** A topic with what its file says about it beyond the words. */
export interface TopicFile {
  readonly topic: Topic;
  readonly sources: readonly Source[];
  /** ISO dates: when the statements were last checked, and when they are to be checked again. */
  readonly checked: string;
  readonly checkAgain: string;
  /** The line of a part of the front matter, for faults that only show beside other files. */
  readonly opened: Opened;
}

/**
 * Reads one topic.
 * @param shown the path that faults name; its last part is the topic's id
 * @param content the whole file
 * @returns the topic, or undefined after adding to `faults`
 */
export function readTopic(shown: string, content: string, faults: Fault[]): TopicFile | undefined {
  const before = faults.length;
  const id = basename(shown, '.md');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    faults.push(
      `${shown}:1: the file name must be lower-case letters, digits and single hyphens, e.g. paspor-biaya.md`,
    );
  const found = openFrontMatter(shown, content, faults);
  if (!found) return undefined;
  const { opened, lines, from } = found;
  const front = checkOpened(opened, frontMatter, faults);
  if (front) faults.push(...repeatedQuestions([{ questions: front.questions, opened }]));
  const { answer, more } = readBody(shown, lines, from, faults);
  if (!front || faults.length > before) return undefined;
  const { title, keywords, questions, sources, checked, check_again: checkAgain } = front;
  return {
    topic: { id: id as TopicId, title, keywords, questions, answer, more },
    sources,
    checked,
    checkAgain,
    opened,
  };
}

/**
 * Takes the front matter off a file.
 * @returns it, all lines of the file, and where the text below begins (counted from 0); undefined after adding to `faults`
 */
export function openFrontMatter(
  shown: string,
  content: string,
  faults: Fault[],
): { opened: Opened; lines: string[]; from: number } | undefined {
  const lines = content.split(/\r?\n/);
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---');
  if (lines[0]?.trimEnd() !== '---' || end < 0) {
    faults.push(`${shown}:1: the file must begin with front matter between two lines of ---`);
    return undefined;
  }
  const opened = openYaml(shown, lines.slice(1, end).join('\n'), faults, 1);
  return opened && { opened, lines, from: end + 1 };
}

/** The two texts below the front matter, which ends above line `from` (counted from 0). */
function readBody(shown: string, lines: readonly string[], from: number, faults: Fault[]) {
  const dividers = lines.flatMap((line, at) => (at >= from && line.trim() === DIVIDER ? [at] : []));
  const at = dividers[0] ?? lines.length;
  if (dividers.length !== 1)
    faults.push(`${shown}:${(dividers[1] ?? from) + 1}: needs one line ${DIVIDER} between answer and longer text`);
  const answer = lines.slice(from, at).join('\n').trim();
  const more = lines
    .slice(at + 1)
    .join('\n')
    .trim();
  const measure = (what: string, text: string, line: number, longest: number) => {
    const length = [...text].length;
    if (length === 0) faults.push(`${shown}:${line}: the ${what} is empty`);
    if (length > longest) faults.push(`${shown}:${line}: the ${what} has ${length} characters, may have ${longest}`);
  };
  measure('answer', answer, from + 1, LONGEST_ANSWER);
  if (dividers.length > 0) measure('longer text', more, at + 2, LONGEST_MORE);
  lines.forEach((line, index) => {
    if (index < from || dividers.includes(index)) return;
    for (const what of lineFaults(line)) faults.push(`${shown}:${index + 1}: ${what}`);
  });
  return { answer, more };
}

/** Marks that WhatsApp would show as they stand, and how to say it instead. */
const NOT_WHATSAPP: readonly (readonly [RegExp, string])[] = [
  [/^#{1,6}\s/, 'WhatsApp knows no headings; use *bold*'],
  [/\*\*|__/, 'WhatsApp knows *bold* and _italic_, with one mark on each side'],
  [/\]\(/, 'WhatsApp knows no named links; write the address itself'],
  [/^\s*\|/, 'WhatsApp knows no tables'],
  [/<!--|<\/?[a-z]/i, `WhatsApp knows no HTML; only ${DIVIDER} may stand here, on a line of its own`],
];

/** What is wrong with one line of a text. */
export function lineFaults(line: string): string[] {
  const faults = unknownPlaces(line).map((name) => `{${name}} is no fact of the office`);
  faults.push(...wrongMarks(line));
  for (const host of hostsIn(line))
    if (!host.toLowerCase().endsWith('.go.id'))
      faults.push(`only links to .go.id may be given, not ${host} (or put a space after the full stop)`);
  return faults;
}

function wrongMarks(line: string): string[] {
  return NOT_WHATSAPP.flatMap(([mark, what]) => (mark.test(line) ? [what] : []));
}

/** Everything in a line that a telephone would make a link of. */
function hostsIn(line: string): string[] {
  const withScheme = [...line.matchAll(/\p{L}+:\/\/([^\s/?#]*)/gu)].map((found) => found[1] ?? '');
  // Also without https://, and inside an address: what stands before an @ there is not the host.
  const bare = [...line.matchAll(/(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu)].map((found) => found[0]);
  return [...new Set([...withScheme, ...bare])];
}

/** How a question is compared: letters and digits alone. */
function folded(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A question that stands in two places would pull both ways. */
export function repeatedQuestions(
  files: readonly { readonly questions: readonly string[]; readonly opened: Opened }[],
): Fault[] {
  const seen = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { questions, opened } of files)
    questions.forEach((question, at) => {
      const first = seen.get(folded(question));
      if (first !== undefined) faults.push(faultAt(opened, ['questions', at], `already stands in ${first}`));
      else seen.set(folded(question), `${opened.file}:${opened.lineOf(['questions', at])}`);
    });
  return faults;
}
