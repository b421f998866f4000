// npm run facts: what only the office knows, what of it is missing, and which texts wait for it.

import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { asksFor, FACTS, NUMBERS } from '../src/content/facts.ts';
import { loadContent } from '../src/content.ts';

const ROOT = join(import.meta.dirname, '..');
const { dataDir } = readConfig(ROOT, process.env);
const { files, filled } = loadContent(join(ROOT, 'data'), dataDir);

const texts = [
  ...files.topics.map(({ topic }) => ({ name: topic.id as string, text: `${topic.answer}\n${topic.more}` })),
  ...files.broadcasts.map(({ file, text }) => ({ name: file, text })),
];
const all: Record<string, string> = {
  ...FACTS,
  ...Object.fromEntries(Object.entries(NUMBERS).map(([name, what]) => [`nomor:${name}`, `${what}, sudah diuji`])),
};
const waiting = (name: string) => texts.filter(({ text }) => asksFor(text).includes(name)).map((one) => one.name);

console.log('Fakta kantor (isi di DATA_DIR/office.yaml, kunci facts dan numbers)\n');
for (const [name, what] of Object.entries(all)) {
  const value = filled.get(name);
  const users = waiting(name);
  console.log(`${value ? 'ada    ' : 'KURANG '} ${name.padEnd(24)} ${value ?? what}`);
  if (!value && users.length > 0) console.log(`${' '.repeat(33)}ditunggu oleh: ${users.join(', ')}`);
}
const missing = Object.keys(all).filter((name) => !filled.has(name));
console.log(`\n${missing.length} dari ${Object.keys(all).length} belum diisi.`);
