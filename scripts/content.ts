// npm run content: checks every text and prints its measures; with --print it writes the office's sheet to sign off.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { fill } from '../src/content/facts.ts';
import { printable } from '../src/content/printable.ts';
import { measure } from '../src/content/readability.ts';
import { orphaned, type Source, unsourced } from '../src/content/statements.ts';
import { loadContent } from '../src/content.ts';
import { DAY } from '../src/core/time.ts';

const ROOT = join(import.meta.dirname, '..');
const SHEET = join('docs', 'lembar-periksa.html');

const { values } = parseArgs({ options: { print: { type: 'boolean', default: false } } });
const { dataDir } = readConfig(ROOT, process.env);
const content = loadContent(join(ROOT, 'data'), dataDir);

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
  name: (file.split('/').at(-1) ?? file).replace(/\.md$/, ''),
  parts: [text],
  sources,
  checkAgain,
}));

/** Telephone numbers that every text may show, without a test date. */
const ALWAYS = /\b(110|129|0800-1000)\b/g;
let faults = 0;

function row({ name, parts, sources, checkAgain }: Text): string {
  const shown = parts.map((part) => fill(part, content.filled));
  const lengths = shown.map((part) => [...part].length);
  const measured = measure(shown.join('\n'));
  const whole = parts.join('\n');
  const links = [...whole.matchAll(/[\w.-]+\.go\.id/g)].length;
  const numbers = [...new Set([...whole.matchAll(ALWAYS)].map((found) => found[0]))];
  const missing = unsourced(whole, sources);
  const lost = orphaned(whole, sources);
  const days = Math.round((Date.parse(checkAgain) - Date.now()) / DAY);
  faults += missing.length + lost.length;
  const problems = [
    ...missing.map(
      (one) => `  no source: ${one.statement}${one.figures.length > 0 ? ` (${one.figures.join(', ')})` : ''}`,
    ),
    ...lost.map((one) => `  says what the text does not: ${one.says}`),
  ];
  const cells = [
    name.padEnd(34),
    lengths.join('+').padStart(9),
    (measured?.wordsPerSentence.toFixed(1) ?? '-').padStart(6),
    (measured?.grade.toFixed(1) ?? '-').padStart(6),
    String(links).padStart(6),
    String(missing.length).padStart(9),
    `${days}`.padStart(6),
    ` ${numbers.join(' ')}`,
  ];
  return [cells.join(' '), ...problems].join('\n');
}

const head = ['', 'length', 'words', 'grade', 'links', 'unsourced', 'days', ' numbers'];
const widths = [34, 9, 6, 6, 6, 9, 6, 0];
const title = head.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(' ');
console.log(`${title}\n${topics.map(row).join('\n')}\n\n${title}\n${broadcasts.map(row).join('\n')}`);
console.log(
  '\nlength: characters of answer+follow-up; words: a sentence; grade: school year after Khadijah Rohani 1982, up to 6 (src/content/readability.ts); days: until the next check',
);
console.log('Numbers other than 110, 129 and 0800-1000 are shown only with a test date:');
for (const [name, value] of content.filled) if (name.startsWith('nomor:')) console.log(`  ${name} ${value}`);

if (values.print) {
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(join(ROOT, SHEET), printable(content));
  console.log(`\n${SHEET} is written: a page for each topic, every sentence beside its source.`);
}
if (faults > 0) {
  console.error(`\n${faults} statements and sources do not match.`);
  process.exitCode = 1;
}
