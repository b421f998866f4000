// The shipped language files can be used, and a fault in one is named with its file.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Fault } from '../../src/content/checked.ts';
import { loadLanguage } from '../../src/content/language.ts';
import { normalise, standardise } from '../../src/core/text.ts';
import { SIGNS } from '../../src/core/types.ts';
import { SHIPPED as SHIPPED_CONTENT } from './taught.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'data', 'language');

/** Loads the shipped files with one of them changed. */
function loadChanged(file: string, change: (text: string) => string): { faults: Fault[]; loaded: boolean } {
  const dir = mkdtempSync(join(tmpdir(), 'language-'));
  try {
    cpSync(SHIPPED, dir, { recursive: true });
    writeFileSync(join(dir, file), change(readFileSync(join(dir, file), 'utf8')));
    const faults: Fault[] = [];
    return { loaded: loadLanguage(dir, 'data/language', faults) !== undefined, faults };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('the shipped files are without fault and know every sign', () => {
  const faults: Fault[] = [];
  const vocabulary = loadLanguage(SHIPPED, 'data/language', faults);
  assert.deepEqual(faults, []);
  for (const sign of SIGNS) assert.ok((vocabulary?.signs[sign].length ?? 0) > 0, sign);
});

test('no spelling is claimed by two standard words', () => {
  const vocabulary = loadLanguage(SHIPPED, 'data/language', []);
  const owner = new Map<string, string>();
  for (const list of [vocabulary?.spellings ?? {}, vocabulary?.countries ?? {}])
    for (const [standard, forms] of Object.entries(list))
      for (const form of forms) {
        assert.equal(owner.get(form) ?? standard, standard, `"${form}"`);
        owner.set(form, standard);
      }
});

const FAULTY: readonly (readonly [string, string, (text: string) => string, RegExp])[] = [
  [
    'an unknown sign',
    'tanda.yaml',
    (text) => `${text}\nunheard-of:\n  - x\n`,
    /data\/language\/tanda\.yaml:\d+: .*unheard-of/,
  ],
  ['a missing sign', 'tanda.yaml', (text) => text.replace(/^death:/m, 'child2:'), /tanda\.yaml:\d+: .*/],
  ['an unknown group', 'tanda.yaml', (text) => text.replace('<keluarga>', '<kelurga>'), /no group <kelurga>/],
  [
    'urgency by an unknown sign',
    'umum.yaml',
    (text) => text.replace('darurat: [confined,', 'darurat: [hantu,'),
    /umum\.yaml:\d+: darurat\.\d/,
  ],
  ['no wish to report', 'melapor.yaml', (text) => text.replace(/^ingin:/m, 'pengen:'), /melapor\.yaml:\d+: .*/],
  ['text that is no YAML', 'negara.yaml', (text) => `${text}\nMalaysia: [`, /data\/language\/negara\.yaml:\d+:/],
  ['an extra key', 'umum.yaml', (text) => `${text}\nlain: [x]\n`, /data\/language\/umum\.yaml:\d+: .*lain/],
];

for (const [what, file, change, fault] of FAULTY)
  test(`fault: ${what}`, () => {
    const { loaded, faults } = loadChanged(file, change);
    assert.equal(loaded, false);
    assert.ok(
      faults.some((one) => fault.test(one)),
      faults.join('\n'),
    );
  });

test('faults of all files are named together', () => {
  const faults: Fault[] = [];
  assert.equal(loadLanguage(join(SHIPPED, 'nowhere'), 'data/nowhere', faults), undefined);
  assert.equal(faults.length, 8);
});

// ---------------------------------------------------------------- no harm to correct Indonesian

/** What the office itself publishes, read by careful eyes: correct Indonesian, more than a thousand different words. */
const CORRECT = [
  ...SHIPPED_CONTENT.files.topics.map(({ topic }) => `${topic.answer}\n${topic.more}`),
  ...SHIPPED_CONTENT.files.broadcasts.map(({ text }) => text),
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'panduan-operator.md'), 'utf8'),
];
const { lexicon } = SHIPPED_CONTENT.understanding.words.reader;
/** Endings that are cut off a correct word without harm. */
const ENDING = /^(nya|lah|kah|pun|ku|mu|an)$/;

test('no correct word is taken for a misspelt one', () => {
  const words = new Set(CORRECT.flatMap(normalise).filter((word) => /^\p{Ll}+$/u.test(word)));
  assert.ok(words.size > 1_000, `${words.size} words`);
  const repaired = [...words].filter((word) => {
    if (lexicon.spellings.has(word)) return false;
    const standard = standardise([word], lexicon).join(' ');
    return standard !== word && !(word.startsWith(standard) && ENDING.test(word.slice(standard.length)));
  });
  assert.deepEqual(repaired, []);
});

test('no entry takes a word away from another entry', () => {
  const vocabulary = loadLanguage(SHIPPED, 'data/language', []);
  const standards = new Set(Object.keys(vocabulary?.spellings ?? {}));
  for (const [standard, forms] of Object.entries(vocabulary?.spellings ?? {}))
    for (const form of forms)
      assert.ok(!standards.has(form) || form === standard, `${form} is ${standard}, and a word of its own`);
});

/** Correct sentences, and what they must be understood as once their words are put into standard spelling. */
const CORRECT_SENTENCES: readonly (readonly [string, string])[] = [
  ['pembangunan jalan di darat dan di laut', 'pembangunan jalan di darat dan di laut'],
  ['tahanan itu mencari pengacara', 'tahanan itu cari pengacara'],
  ['kelinci dan kerbau di kandang', 'kelinci dan kerbau di kandang'],
  ['terong dan santan di pasar', 'terong dan santan di pasar'],
];
for (const [sentence, standard] of CORRECT_SENTENCES)
  test(`stays what it is: ${sentence}`, () => {
    assert.equal(standardise(normalise(sentence), lexicon).join(' '), standard);
  });
