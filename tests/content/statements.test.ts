// Statements: how a text is taken apart, and which sources speak of each part.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresIn, orphaned, type Source, statementsOf, unsourced } from '../../src/content/statements.ts';

const source = (says: string, from = 'UU 21/2007 Pasal 18'): Source => ({ says, source: from, status: 'V' });

test('lines, full stops and list marks part statements; headings state nothing', () => {
  const text =
    '*Paspor hilang*\n1. Lapor polisi. Minta surat!\n- Bawa KTP dan KK\n\n*Sekarang:* datang ke kantor.\nSyaratnya:';
  assert.deepEqual(statementsOf(text), [
    { text: 'Paspor hilang', heading: true },
    { text: 'Lapor polisi.', heading: false },
    { text: 'Minta surat!', heading: false },
    { text: 'Bawa KTP dan KK', heading: false },
    { text: 'Sekarang: datang ke kantor.', heading: false },
    { text: 'Syaratnya:', heading: true },
  ]);
});

test('a full stop within an amount or an address ends nothing', () => {
  const text = 'Biayanya Rp650.000 menurut imigrasi.go.id dan kp2mi.go.id.';
  assert.deepEqual(statementsOf(text), [{ text, heading: false }]);
});

test('amounts, articles, laws, numbers and days are figures', () => {
  assert.deepEqual(figuresIn('Rp650.000, Pasal 18, UU 21/2007, 0800-1000, 4 hari'), [
    'Pasal 18',
    '21/2007',
    '650.000',
    '0800-1000',
    '4',
  ]);
  assert.deepEqual(figuresIn('Pasal 48-50 dan 52'), ['Pasal 48', 'Pasal 49', 'Pasal 50', 'Pasal 52']);
});

test('a statement without a source is found', () => {
  assert.deepEqual(unsourced('Korban tidak dihukum. Telepon 110.', [source('Korban tidak dihukum.')]), [
    { statement: 'Telepon 110.', figures: [] },
  ]);
});

test('a figure that its own source does not hold is found, though another source does', () => {
  const sources = [source('sampai 15 tahun', 'KUHP Pasal 455'), source('Pelaku dihukum')];
  assert.deepEqual(unsourced('Pelaku dihukum 15 tahun.', sources), [
    { statement: 'Pelaku dihukum 15 tahun.', figures: ['15'] },
  ]);
});

test('a heading needs a source only for its figures', () => {
  assert.deepEqual(unsourced('*Paspor anak*', []), []);
  assert.deepEqual(unsourced('*Anak di bawah 17 tahun*', []), [{ statement: 'Anak di bawah 17 tahun', figures: [] }]);
});

test('a source whose words the text no longer holds is found', () => {
  assert.deepEqual(orphaned('*Korban* tidak dihukum.', [source('Korban tidak dihukum.')]), []);
  assert.equal(orphaned('Korban dilindungi.', [source('Korban tidak dihukum.')]).length, 1);
});
