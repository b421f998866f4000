// Topics: what a topic file must hold, and what the shipped ones may say.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fault } from '../../src/content/checked.ts';
import {
  LONGEST_ANSWER,
  LONGEST_MORE,
  readTopic,
  repeatedPlaces,
  repeatedQuestions,
  type TopicFile,
} from '../../src/content/topics.ts';

const QUESTIONS = Array.from({ length: 12 }, (_, at) => `  - contoh pertanyaan ${at + 1}`);

/** A right topic file, with some lines replaced: line 1 is the first `---`. */
function topicLines(replaced: Readonly<Record<number, string>> = {}): string {
  const lines = [
    '---', // 1
    'title: Contoh', // 2
    'menu: 1', // 3
    'keywords: [contoh]', // 4
    'sources:', // 5
    '  - { says: "satu", source: "UU", status: V }', // 6
    'checked: 2026-11-23', // 7
    'check_again: 2027-02-23', // 8
    'questions:', // 9
    ...QUESTIONS, // 10-21
    '---', // 22
    'Jawaban.', // 23
    '', // 24
    '*Sekarang:* tanya petugas.', // 25
    '<!-- lanjut -->', // 26
    'Lebih panjang.', // 27
  ];
  return lines.map((line, at) => replaced[at + 1] ?? line).join('\n');
}

function faultsOf(content: string, file = 'data/topics/contoh.md'): Fault[] {
  const faults: Fault[] = [];
  const topic = readTopic(file, content, faults);
  assert.equal(topic === undefined, faults.length > 0);
  return faults;
}

function read(content: string, file = 'data/topics/contoh.md'): TopicFile {
  const faults: Fault[] = [];
  const topic = readTopic(file, content, faults);
  assert.deepEqual(faults, []);
  assert.ok(topic);
  return topic;
}

test('a right file gives its topic, named after the file', () => {
  const { topic, menu, checkAgain } = read(topicLines());
  assert.equal(topic.id, 'contoh');
  assert.equal(topic.title, 'Contoh');
  assert.equal(topic.questions.length, 12);
  assert.equal(topic.answer, 'Jawaban.\n\n*Sekarang:* tanya petugas.');
  assert.equal(topic.more, 'Lebih panjang.');
  assert.equal(menu, 1);
  assert.equal(checkAgain, '2027-02-23');
});

test('a file saved on Windows reads the same', () => {
  assert.deepEqual(read(topicLines().replaceAll('\n', '\r\n')).topic, read(topicLines()).topic);
});

test('every fault names file and line', async (t) => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['no title', topicLines({ 2: '# title' }), '3: title: is missing'],
    [
      'a title too long for the menu',
      topicLines({ 2: `title: ${'x'.repeat(41)}` }),
      '2: title: is longer than 40 characters (41)',
    ],
    ['an unknown key', topicLines({ 3: 'meny: 1' }), '3: meny: is not a known key'],
    ['a menu place that is none', topicLines({ 3: 'menu: 0' }), '3: menu: must be at least 1'],
    ['no keywords', topicLines({ 4: 'keywords: []' }), '4: keywords: needs at least 1, has 0'],
    [
      'a statement that may not be said',
      topicLines({ 6: '  - { says: a, source: b, status: U }' }),
      '6: sources.1.status: must be one of: V, K',
    ],
    ['a day that is none', topicLines({ 7: 'checked: 2026-02-30' }), '7: checked: must be a date such as 2026-11-23'],
    [
      'a date written the Indonesian way',
      topicLines({ 8: 'check_again: 23-02-2027' }),
      '8: check_again: must be a date such as 2026-11-23',
    ],
    [
      'checked again before checked',
      topicLines({ 8: 'check_again: 2026-11-23' }),
      '8: check_again: must be later than checked',
    ],
    ['eleven questions', topicLines({ 21: '' }), '9: questions: needs at least 12, has 11'],
    [
      'a question twice',
      topicLines({ 21: '  - Contoh  pertanyaan 3?' }),
      '21: questions.12: already stands in data/topics/contoh.md:12',
    ],
    ['no divider', topicLines({ 26: '' }), '23: needs one line <!-- lanjut --> between answer and longer text'],
    [
      'two dividers',
      topicLines({ 24: '<!-- lanjut -->' }),
      '26: needs one line <!-- lanjut --> between answer and longer text',
    ],
    ['an empty answer', topicLines({ 23: '', 25: '' }), '23: the answer is empty'],
    ['an empty longer text', topicLines({ 27: ' ' }), '27: the longer text is empty'],
    [
      'an answer too long',
      topicLines({ 25: '', 23: 'x'.repeat(LONGEST_ANSWER + 1) }),
      '23: the answer has 701 characters, may have 700',
    ],
    [
      'a longer text too long',
      topicLines({ 27: 'x'.repeat(LONGEST_MORE + 1) }),
      '27: the longer text has 2501 characters, may have 2500',
    ],
    ['a heading', topicLines({ 27: '## Lebih' }), '27: WhatsApp knows no headings; use *bold*'],
    [
      'bold as elsewhere',
      topicLines({ 25: '**Sekarang**' }),
      '25: WhatsApp knows *bold* and _italic_, with one mark on each side',
    ],
    ['a table', topicLines({ 25: '| a | b |' }), '25: WhatsApp knows no tables'],
    ['broken YAML', topicLines({ 4: 'keywords: "a' }), ''],
  ];
  for (const [name, content, fault] of cases)
    await t.test(name, () => {
      const faults = faultsOf(content);
      if (fault === '') assert.match(faults[0] ?? '', /^data\/topics\/contoh\.md:\d+: ./);
      else assert.deepEqual(faults, [`data/topics/contoh.md:${fault}`]);
    });
});

test('a file without front matter, or with a name that is no slug, is a fault', () => {
  assert.match(faultsOf('Jawaban saja')[0] ?? '', /^data\/topics\/contoh\.md:1: .*front matter/);
  assert.match(
    faultsOf(topicLines(), 'data/topics/Paspor Biaya.md')[0] ?? '',
    /^data\/topics\/Paspor Biaya\.md:1: .*file name/,
  );
});

test('faults of front matter and of the text are named together', () => {
  const faults = faultsOf(topicLines({ 2: 'title: ""', 27: '# Lebih' }));
  assert.deepEqual(
    faults.map((fault) => fault.split(':')[1]),
    ['2', '27'],
  );
});

test('only links to .go.id may be given, however they are written', () => {
  for (const right of [
    'imigrasi.go.id',
    'https://www.imigrasi.go.id/a?b=c',
    'buka kp2mi.go.id.',
    'pukul 08.00, Rp650.000, a.n. Ani',
  ])
    assert.deepEqual(faultsOf(topicLines({ 25: right })), [], right);
  for (const wrong of [
    'imigrasikerinci.id',
    'imigrasigo.id',
    'wa.me/6200000000',
    'https://contoh.com',
    'http://localhost/a',
    'https://imigrasi.go.id.contoh.com',
    'https://imigrasi.go.id@contoh.com/',
    'tulis ke a@contoh.com',
    'HTTPS://CONTOH.COM',
    'https://10.0.0.1/a',
  ]) {
    const faults = faultsOf(topicLines({ 25: wrong }));
    assert.ok(faults.length > 0, wrong);
    for (const fault of faults) assert.match(fault, /^data\/topics\/contoh\.md:25: only links to \.go\.id/, wrong);
  }
});

test('length is counted in characters as a person counts them', () => {
  assert.deepEqual(faultsOf(topicLines({ 25: '', 23: '🙏'.repeat(LONGEST_ANSWER) })), []);
});

test('no text whatever makes reading fail other than with faults of that file', () => {
  const part = fc.oneof(
    fc.constantFrom('---', '<!-- lanjut -->', 'title: a', 'questions:', '  - a', '{', '*a', '\t', '&a *a'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (lines) => {
      const faults: Fault[] = [];
      readTopic('x.md', ['---', ...lines].join('\n'), faults);
      assert.ok(faults.length > 0);
      for (const fault of faults) assert.match(fault, /^x\.md:[1-9]\d*: ./);
    }),
  );
});

test('questions and menu places that stand in two topics are faults of the second', () => {
  const one = read(topicLines());
  const other = read(topicLines({ 21: '  - lain' }), 'data/topics/lain.md');
  const asked = [one, other].map(({ topic, opened }) => ({ questions: topic.questions, opened }));
  const faults = repeatedQuestions(asked);
  assert.equal(faults.length, 11);
  assert.equal(faults[0], 'data/topics/lain.md:10: questions.1: already stands in data/topics/contoh.md:10');
  assert.deepEqual(repeatedPlaces([one, other]), [
    'data/topics/lain.md:3: menu: place 1 is already taken by data/topics/contoh.md',
  ]);
});

// ---------------------------------------------------------------- the shipped topics

const FOLDER = join(import.meta.dirname, '../../data/topics');
const SHIPPED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md'))
  .map((name) => read(readFileSync(join(FOLDER, name), 'utf8'), `data/topics/${name}`));

/** Figures that must have a source: money, telephone numbers, years, articles of law as digits alone; laws as 21/2007. */
function figuresOf(text: string): string[] {
  const long = [...text.matchAll(/\d[\d.-]*\d/g)]
    .map(([figure]) => figure.replace(/\D/g, ''))
    .filter((figure) => figure.length >= 3);
  const money = [...text.matchAll(/Rp\s?([\d.]*\d)/g)].map(([, figure]) => (figure ?? '').replace(/\D/g, ''));
  const articles = [...text.matchAll(/Pasal \d+(?:(?:, | dan )\d+)*/g)].flatMap(([list]) => list.match(/\d+/g) ?? []);
  const laws = text.match(/\d+\/\d{4}\b/g) ?? [];
  return [...new Set([...long, ...money, ...articles, ...laws])];
}

/** Figures of a text that no source of its topic names. */
function unsourced(text: string, sources: TopicFile['sources']): string[] {
  const told = sources.flatMap(({ says, source }) => [says, source]).join('\n');
  const known = new Set([...(told.match(/\d+/g) ?? []), ...figuresOf(told)]);
  return figuresOf(text).filter((figure) => !known.has(figure));
}

test('a figure without a source is found', () => {
  const sources = [{ says: 'Rp650.000', source: 'UU 21/2007 Pasal 4, 10; 0800-1000', status: 'V' as const }];
  assert.deepEqual(unsourced('Rp650.000, Pasal 4 dan 10, UU 21/2007, 0800-1000.', sources), []);
  assert.deepEqual(unsourced('Rp950.000, Pasal 4 dan 11, UU 21/2008, telepon 112, Rp 50', sources), [
    '950000',
    '2008',
    '112',
    '50',
    '11',
    '21/2008',
  ]);
});

for (const { topic, sources } of SHIPPED)
  test(`every figure of ${topic.id} has a source`, () => {
    assert.deepEqual(unsourced(`${topic.answer}\n${topic.more}`, sources), []);
  });

test('the first five topics are there, in the menu', () => {
  const places = new Map(SHIPPED.map(({ topic, menu }) => [topic.id as string, menu]));
  for (const id of ['paspor-hilang-rusak', 'paspor-biaya', 'tppo-apa', 'cek-agen', 'kontak-darurat'])
    assert.equal(typeof places.get(id), 'number', id);
});

test('110, 129 and 0800-1000 always show, and no other telephone number does', () => {
  const contact = SHIPPED.find(({ topic }) => topic.id === 'kontak-darurat');
  for (const number of ['*110*', '*129*', '*0800-1000*']) assert.ok(contact?.topic.answer.includes(number), number);
  for (const { topic } of SHIPPED) {
    const text = `${topic.answer}\n${topic.more}`.replace(/Rp\s?[\d.]+/g, '');
    const numbers = [...text.matchAll(/\+?\d[\d\s.-]{5,}\d/g)].map(([number]) => number);
    assert.deepEqual(
      numbers.filter((number) => number !== '0800-1000'),
      [],
      topic.id,
    );
  }
});

test('what must not be said is not said', () => {
  const never = [
    /minimal \d+ tahun|paling singkat/i,
    /kurungan/i,
    /pasal 120/i,
    /pasal 2 uu 21/i,
    /350\.?000|350 ribu/i,
    /10 tahun[^\n]{0,3}:? ?\*?Rp650/i,
    /pasti (jadi|ditolak|aman)/i,
    /100 ?%/,
    /semua biaya/i,
    /\bAI\b/,
  ];
  for (const { topic } of SHIPPED)
    for (const words of never) assert.doesNotMatch(`${topic.answer}\n${topic.more}`, words, topic.id);
});

test('every answer and longer text says where to turn', () => {
  for (const { topic } of SHIPPED) {
    assert.match(topic.answer, /nomor ini lewat pesan pribadi/, topic.id);
    assert.match(topic.more, /nomor ini lewat pesan pribadi/, topic.id);
  }
});
