// Messages to learn from are read with what they are, and a fault in a file is named with its line.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Fault } from '../../src/content/checked.ts';
import { readExamples } from '../../src/content/examples.ts';
import { SHIPPED } from './taught.ts';

function reading(files: Readonly<Record<string, string>>) {
  const dir = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
    const faults: Fault[] = [];
    return { ...readExamples(dir, 'examples', ['tppm', 'hak-pmi'], faults), faults };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a message a line, with its kind, its writer and its line breaks', () => {
  const { examples, faults } = reading({
    'report-darurat.txt': '# kepala\n\n[anau]\nadik disekap\\ntolong\n  [bedeng] \n #tagar ikut\n',
    'silent-lookalike.txt': 'agen gas habis\n',
  });
  assert.deepEqual(faults, []);
  assert.deepEqual(examples, [
    { kind: 'report', severity: 'darurat', text: 'adik disekap\ntolong', hand: 'anau', topics: [] },
    { kind: 'report', severity: 'darurat', text: '#tagar ikut', hand: 'bedeng', topics: [] },
    { kind: 'silent', inPassing: true, text: 'agen gas habis', hand: '', topics: [] },
  ]);
});

test('a question in the files of two topics is answered rightly by both', () => {
  const { examples } = reading({
    'answer/tppm.txt': 'apa bedanya\n',
    'answer/hak-pmi.txt': 'apa bedanya\ngaji berapa\n',
  });
  assert.deepEqual(
    examples.map(({ text, topics }) => [text, ...topics]),
    [
      ['apa bedanya', 'hak-pmi', 'tppm'],
      ['gaji berapa', 'hak-pmi'],
    ],
  );
});

const FAULTY: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  ['a kind that there is not', { 'lapor.txt': 'x\n' }, /^examples\/lapor\.txt:1: no such kind/],
  ['a topic that there is not', { 'answer/hantu.txt': 'x\n' }, /^examples\/answer\/hantu\.txt:1: there is no topic/],
  [
    'one message as two things',
    { 'warn.txt': 'ikut yuk\n', 'silent-everyday.txt': '\nikut yuk\n' },
    /^examples\/warn\.txt:1: the same message stands at examples\/silent-everyday\.txt:2 as something else/,
  ],
];
for (const [what, files, fault] of FAULTY)
  test(`fault: ${what}`, () => {
    const { faults } = reading(files);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? '', fault);
  });

test('what an editor leaves behind is no file of examples, and a folder may be missing', () => {
  const { examples, faults: none } = reading({ 'warn.txt~': 'x\n', '.warn.txt.swp': 'x\n' });
  assert.deepEqual([examples, none], [[], []]);
  const faults: Fault[] = [];
  assert.deepEqual(readExamples(join(tmpdir(), 'no-such-folder'), 'x', [], faults).examples, []);
  assert.deepEqual(faults, []);
});

test('the digest is the same for the same files alone', () => {
  const digest = (text: string) => reading({ 'warn.txt': text }).digest;
  assert.equal(digest('ikut yuk\n'), digest('ikut yuk\n'));
  assert.notEqual(digest('ikut yuk\n'), digest('ikut yuk!\n'));
});

// ---------------------------------------------------------------- what is shipped

const { examples: shipped } = SHIPPED.lessons;
const count = (isMeant: (one: (typeof shipped)[number]) => boolean) => shipped.filter(isMeant).length;

test('there are enough examples of everything, by several hands', () => {
  for (const { id } of SHIPPED.topics) assert.ok(count(({ topics }) => topics.includes(id)) >= 25, id);
  assert.ok(count(({ kind }) => kind === 'report') >= 250);
  assert.ok(count(({ kind }) => kind === 'warn') >= 150);
  assert.ok(count(({ inPassing }) => inPassing === true) >= 400);
  assert.ok(count(({ kind, inPassing }) => kind === 'silent' && !inPassing) >= 1_000);
  for (const kind of ['answer', 'report', 'warn', 'silent'])
    assert.ok(new Set(shipped.filter((one) => one.kind === kind).map(({ hand }) => hand)).size >= 6, kind);
});
