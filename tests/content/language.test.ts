// The shipped language files can be used, and a fault in one is named with its file.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Fault } from '../../src/content/checked.ts';
import { loadLanguage } from '../../src/content/language.ts';
import { SIGNS } from '../../src/core/types.ts';

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
    'points for an unknown mark',
    'poin.yaml',
    (text) => `${text}  tidak-dikenal: { lapor: 1 }\n`,
    /poin\.yaml:1: poin\.tidak-dikenal/,
  ],
  [
    'a combination of an unknown mark',
    'ciri.yaml',
    (text) => text.replace('gabungan:\n', 'gabungan:\n  x: orang + hantu\n'),
    /gabungan\.x: no such mark: hantu/,
  ],
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
  assert.equal(faults.length, 9);
});
