// Topics: what a topic file must hold, and what the shipped ones may say.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fault } from '../../src/content/checked.ts';
import { figuresIn, orphaned, unsourced } from '../../src/content/statements.ts';
import {
  LONGEST_ANSWER,
  LONGEST_MORE,
  readTopic,
  repeatedQuestions,
  type TopicFile,
} from '../../src/content/topics.ts';

const QUESTIONS = Array.from({ length: 12 }, (_, at) => `  - contoh pertanyaan ${at + 1}`);

/** A right topic file, with some lines replaced: line 1 is the first `---`. */
function topicLines(replaced: Readonly<Record<number, string>> = {}): string {
  const lines = [
    '---', // 1
    'title: Contoh', // 2
    '# nothing', // 3
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
  const { topic, checkAgain } = read(topicLines());
  assert.equal(topic.id, 'contoh');
  assert.equal(topic.title, 'Contoh');
  assert.equal(topic.questions.length, 12);
  assert.equal(topic.answer, 'Jawaban.\n\n*Sekarang:* tanya petugas.');
  assert.equal(topic.more, 'Lebih panjang.');
  assert.equal(checkAgain, '2027-02-23');
});

test('a file saved on Windows reads the same', () => {
  assert.deepEqual(read(topicLines().replaceAll('\n', '\r\n')).topic, read(topicLines()).topic);
});

test('every fault names file and line', async (t) => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['no title', topicLines({ 2: '# title' }), '4: title: is missing'],
    [
      'a title too long for the menu',
      topicLines({ 2: `title: ${'x'.repeat(41)}` }),
      '2: title: is longer than 40 characters (41)',
    ],
    ['an unknown key', topicLines({ 3: 'meny: 1' }), '3: meny: is not a known key'],
    ['a menu place, which has its own file', topicLines({ 3: 'menu: 1' }), '3: menu: is not a known key'],
    ['a fact nobody knows', topicLines({ 23: 'Alamat: {entah}' }), '23: {entah} is no fact of the office'],
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

test('questions that stand in two topics are faults of the second', () => {
  const one = read(topicLines());
  const other = read(topicLines({ 21: '  - lain' }), 'data/topics/lain.md');
  const asked = [one, other].map(({ topic, opened }) => ({ questions: topic.questions, opened }));
  const faults = repeatedQuestions(asked);
  assert.equal(faults.length, 11);
  assert.equal(faults[0], 'data/topics/lain.md:10: questions.1: already stands in data/topics/contoh.md:10');
});

// ---------------------------------------------------------------- the shipped topics

const FOLDER = join(import.meta.dirname, '../../data/topics');
const SHIPPED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md'))
  .map((name) => read(readFileSync(join(FOLDER, name), 'utf8'), `data/topics/${name}`));

test('every statement of the shipped topics has its source, with every figure in it', () => {
  for (const { topic, sources } of SHIPPED) {
    const whole = `${topic.answer}\n${topic.more}`;
    assert.deepEqual(unsourced(whole, sources), [], topic.id);
    assert.deepEqual(orphaned(whole, sources), [], topic.id);
  }
});

test('a figure that is changed in a shipped answer is found', () => {
  let changed = 0;
  for (const { topic, sources } of SHIPPED) {
    for (const figure of new Set(figuresIn(topic.answer.replace(/^\d+\. /gm, '').replace(/\{[^}]*\}/g, '')))) {
      const wrong = topic.answer.replace(figure, `${figure}7`);
      assert.ok(unsourced(wrong, sources).length + orphaned(wrong, sources).length > 0, `${topic.id}: ${figure}`);
      changed++;
    }
  }
  assert.ok(changed > 30);
});
