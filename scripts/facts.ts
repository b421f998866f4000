// npm run facts: what only the office knows, what of it is missing, and which texts wait for it. Read by the office: Indonesian.

import { basename, join, relative } from 'node:path';
import { readConfig } from '../src/config.ts';
import { asksFor, FACTS, NUMBERS } from '../src/content/facts.ts';
import { ContentError, loadContent } from '../src/content.ts';

const ROOT = join(import.meta.dirname, '..');
/** The width of a narrow terminal, in characters; how far its second column stands in. */
const WIDTH = 100;
const INDENT = 39;

function load(dataDir: string) {
  try {
    return loadContent(join(ROOT, 'data'), dataDir);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    console.error(`Ada isi yang belum benar. Perbaiki dulu:\n${error.message}`);
    process.exit(1);
  }
}

/** `a, b, c` in lines that stand under the second column. */
function listed(names: readonly string[]): string {
  const lines: string[] = [];
  for (const [at, name] of names.entries()) {
    const word = at < names.length - 1 ? `${name},` : name;
    const last = lines.at(-1);
    if (last !== undefined && INDENT + last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${' '.repeat(INDENT)}${line}`).join('\n');
}

const { dataDir } = readConfig(ROOT, process.env);
const { files, filled, dialled } = load(dataDir);

const texts = [
  ...files.topics.map(({ topic }) => ({ name: topic.id as string, text: `${topic.answer}\n${topic.more}` })),
  ...files.broadcasts.map(({ file, text }) => ({ name: `siaran ${basename(file, '.md')}`, text })),
];
const waiting = (name: string) => texts.filter(({ text }) => asksFor(text).includes(name)).map((one) => one.name);

function line(name: string, what: string): string {
  const value = filled.get(name);
  const day = dialled.get(name);
  if (value !== undefined)
    return `  ADA          ${name.padEnd(INDENT - 16)} ${value}${day === undefined ? '' : ` (diuji ${day})`}`;
  const state = dialled.has(name) ? 'BELUM DIUJI' : 'BELUM ADA';
  const users = waiting(name);
  const lines = [`  ${state.padEnd(12)} ${name.padEnd(INDENT - 16)} ${what}`];
  if (users.length > 0) lines.push(listed(['dipakai di:', ...users]).replace('dipakai di:,', 'dipakai di:'));
  return lines.join('\n');
}

const facts: [string, string][] = Object.entries(FACTS);
const numbers: [string, string][] = Object.entries(NUMBERS).map(([name, what]) => [`nomor:${name}`, what]);
const missing = [...facts, ...numbers].filter(([name]) => !filled.has(name));
const file = join(dataDir, 'office.yaml');
const place = file.startsWith(ROOT) ? relative(ROOT, file) : file;

console.log(`FAKTA KANTOR. Tulis di ${place}. Selama kosong, barisnya tidak muncul dalam jawaban.\n`);
console.log('Tentang kantor (di bawah kunci facts):');
for (const [name, what] of facts) console.log(line(name, what));
console.log('\nNomor lembaga lain (di bawah kunci numbers; tampil hanya bila sudah ditelepon dan ada tanggalnya):');
for (const [name, what] of numbers) console.log(line(name, what));
console.log(`
Cara menulis:
  facts:
    alamat: "Jalan ..., Desa ..., Kabupaten Kerinci"
    polres: { text: "Polres ... 62...", tested: 2026-12-01 }     bila ada nomor telepon di dalamnya
  numbers:
    kemlu: { number: "62...", tested: 2026-12-01 }               tested: hari nomor itu ditelepon dan diangkat

${missing.length === 0 ? 'Semua sudah ada.' : `${missing.length} dari ${facts.length + numbers.length} belum ada atau belum diuji.`} 110, 129, dan 0800-1000 selalu tampil.`);
