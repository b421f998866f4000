// Numbers and accounts in a report; what only looks like one is none.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contactsIn } from '../../../src/core/understand/contacts.ts';
import { vocabulary } from './vocabulary.ts';

const found = (text: string) => contactsIn(text, vocabulary.facets.money);

const SEEN: readonly (readonly [string, ...string[]])[] = [
  ['nomor agennya 0800-0000-1111', '080000001111'],
  ['hp nyo 080000001111 bang', '080000001111'],
  ['wa +62 800 0000 1111 namanya Ujang', '+6280000001111'],
  ['telp kantornya (0700) 000 001 1', '07000000011'],
  ['whatsapp nya 80000001111', '80000001111'],
  ['nomor malaysianya +60 00-000 0001', '+60000000001'],
  ['hubungi 620000000001 saja', '620000000001'],
  ['hubungi wa.me/6280000001111', '6280000001111'],
  ['kirim ke BRI 0012-01-000345-50-8 an Ujang', 'BRI 001201000345508'],
  ['disuruh tf ke rek bca 0000123456 atas nama Siti', 'BCA 0000123456'],
  ['bank mandiri norek 0000001234567', 'Mandiri 0000001234567'],
  ['norek seabank: 000000123456', 'SeaBank 000000123456'],
  ['no rek 0000123456', '0000123456'],
  ['dana 080000001111', 'Dana 080000001111'],
  ['OVO: 0800 0000 1111', 'OVO 080000001111'],
  ['gopay 0800.0000.1111 a.n. Budi', 'GoPay 080000001111'],
  ['bri 001201000345508 atau dana 080000001111', 'BRI 001201000345508', 'Dana 080000001111'],
  ['0800 0000 1111 0800 0000 2222', '080000001111', '080000002222'],
  ['umur 16 080000001111', '080000001111'],
  ['kerja di mandiri, no hp 0800 0000 1111', '080000001111'],
  ['0800 0000 1111 xixi', '080000001111'],
  ['nomornya *0800-0000-1111*', '080000001111'],
];

describe('seen', () => {
  for (const [text, ...contacts] of SEEN) test(text, () => assert.deepEqual(found(text), contacts));
});

const NOT_SEEN: readonly string[] = [
  'anak umur 16 tahun',
  'umurnya 16, bayar 5.000.000, berangkat 08-12-2026 jam 08.00',
  'uang 15000000 sudah saya bayar',
  'dana 15000000 untuk berangkat',
  'bayar ke bri 50000000',
  'harga Rp 62.500.000.000',
  'gaji 4500000 dipotong 8 bulan',
  'nomornya 0800xxxx1111',
  'nomornya 0800-0000-****',
  'nomornya 080000001xxx',
  'nomornya 0800 0000 11xx',
  'nomornya 08xx',
  'nomornya 0800000011**',
  'nomornya **0800000011',
  'NIK 1500000000000001',
  'telepon 110 atau 129, atau 0800-1000',
  'tanggal 08-02-2027 10.00 wib',
  '2026-12-08 pukul 08.00',
  'bank bri tutup',
  'lihat https://contoh.id/p/080000001111',
  'rt 08 rw 02 desa 37111',
];

describe('not seen', () => {
  for (const text of NOT_SEEN) test(text, () => assert.deepEqual(found(text), []));
});

test('a number is told once, with its country or without, and no more than five are', () => {
  assert.deepEqual(found('0800 0000 1111 sama dengan +6280000001111'), ['080000001111']);
  const six = [1, 2, 3, 4, 5, 6].map((n) => `08000000111${n}`);
  assert.deepEqual(found(six.join(' ')), six.slice(0, 5));
});

test('a long text of digits and signs is read in no time', () => {
  found('0 '.repeat(2_000));
  found('0-  '.repeat(1_000));
  found(`bri ${'a'.repeat(3_900)} 0`);
});
