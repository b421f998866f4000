// npm run content: checks every text and prints its measures; with --print it writes the office's sheet to sign off.

import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { asksFor, fill } from '../src/content/facts.ts';
import { printable } from '../src/content/printable.ts';
import { measure } from '../src/content/readability.ts';
import { orphaned, type Source, unsourced } from '../src/content/statements.ts';
import { ContentError, loadContent } from '../src/content.ts';
import { DAY } from '../src/core/time.ts';

const ROOT = join(import.meta.dirname, '..');
const SHEET = join('docs', 'lembar-periksa.html');
/** Telephone numbers that every text may show, without a test date. */
const ALWAYS = /\b(110|129|0800-1000)\b/g;
/** The width of every column, in characters; together they stay below 120. */
const COLUMNS = [
  ['text', -34],
  ['length', 9],
  ['words', 6],
  ['grade', 6],
  ['links', 6],
  ['unsourced', 10],
  ['days', 5],
  ['  numbers', 0],
] as const;

function load(dataDir: string) {
  try {
    return loadContent(join(ROOT, 'data'), dataDir);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    console.error(`${error.message}\n\n${error.faults.length} faults; the bot would not start.`);
    process.exit(1);
  }
}

const { values } = parseArgs({ options: { print: { type: 'boolean', default: false } } });
const { dataDir } = readConfig(ROOT, process.env);
const content = load(dataDir);

interface Text {
  readonly name: string;
  readonly parts: readonly string[];
  readonly sources: readonly Source[];
  readonly checkAgain: string;
}

const topics: Text[] = content.files.topics.map(({ topic, sources, checkAgain }) => ({
  name: topic.id,
  parts: [topic.answer, topic.more],
  sources,
  checkAgain,
}));
const broadcasts: Text[] = content.files.broadcasts.map(({ file, text, sources, checkAgain }) => ({
  name: basename(file, '.md'),
  parts: [text],
  sources,
  checkAgain,
}));

/** What does not match in a text, a line each. */
function mismatches({ parts, sources }: Text): string[] {
  const whole = parts.join('\n');
  return [
    ...unsourced(whole, sources).map(({ statement, figures }) =>
      figures.length > 0 ? `its sources do not hold ${figures.join(', ')}: ${statement}` : `no source: ${statement}`,
    ),
    ...orphaned(whole, sources).map(({ says }) => `the text no longer says: ${says}`),
  ];
}

const cells = (values: readonly string[]) =>
  values
    .map((value, at) => {
      const width = COLUMNS[at]?.[1] ?? 0;
      return width < 0 ? value.padEnd(-width) : value.padStart(width);
    })
    .join(' ')
    .trimEnd();

function row(text: Text): string {
  const { name, parts, sources, checkAgain } = text;
  const shown = parts.map((part) => fill(part, content.filled));
  const whole = shown.join('\n');
  const measured = measure(whole);
  const days = Math.ceil((Date.parse(checkAgain) - Date.now()) / DAY);
  const numbers = [
    ...new Set([...whole.matchAll(ALWAYS)].map((found) => found[0])),
    ...asksFor(parts.join('\n')).filter((name) => content.dialled.get(name) !== undefined),
  ];
  const links = new Set([...whole.matchAll(/[\w.-]+\.go\.id/g)].map((found) => found[0]));
  const line = cells([
    name,
    shown.map((part) => [...part].length).join('+'),
    measured?.wordsPerSentence.toFixed(1) ?? '-',
    measured?.grade.toFixed(1) ?? '-',
    String(links.size),
    String(unsourced(parts.join('\n'), sources).length),
    days > 0 ? String(days) : 'NOW',
    `  ${numbers.join(' ')}`,
  ]);
  return [line, ...mismatches(text).map((what) => `    ! ${what}`)].join('\n');
}

const head = cells(COLUMNS.map(([name]) => name));
console.log(`TOPICS (${topics.length})\n${head}\n${topics.map(row).join('\n')}\n`);
console.log(`READY-MADE BROADCASTS (${broadcasts.length})\n${head}\n${broadcasts.map(row).join('\n')}\n`);
console.log(`length     characters, answer + follow-up, as they are sent today (office facts filled in or left out)
words      words a sentence
grade      readability as a school year, up to 6: Khadijah Rohani 1982; see src/content/readability.ts
links      addresses; others than .go.id are refused at start
unsourced  statements without a source, or with a figure that their sources do not hold
days       until the text must be checked again; NOW: it is due
numbers    telephone numbers the text shows; others than 110, 129 and 0800-1000 only with a test date:`);
if (content.dialled.size === 0) console.log('           none is written down yet (npm run facts)');
for (const [name, day] of content.dialled)
  console.log(
    `           ${name.padEnd(24)} ${day === undefined ? 'not tested, so not shown' : `${content.filled.get(name)}, tested ${day}`}`,
  );

if (values.print) {
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(join(ROOT, SHEET), printable(content));
  console.log(`\n${SHEET} is written: a page for each text, every sentence beside its source.`);
}
const wrong = [...topics, ...broadcasts].flatMap(mismatches).length;
if (wrong > 0) {
  console.error(`\n${wrong} statements and sources do not match.`);
  process.exitCode = 1;
}
