// Which day people speak of, and which day that is.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { moment } from '../../../src/core/time.ts';
import { dayAhead, daysIn } from '../../../src/core/understand/days.ts';

/** Thursday, 26 November 2026. */
const THURSDAY = (hour: number) => moment(2026, 11, 26, hour * 60);

const SAID: readonly (readonly [said: string, day: string | undefined])[] = [
  ['besok', '2026-11-27'],
  ['besok malam', '2026-11-27'],
  ['besok jam 8 malam', '2026-11-27'],
  ['malam besok', '2026-11-27'],
  ['besok lusa', '2026-11-27'],
  ['lusa', '2026-11-28'],
  ['hari ini', '2026-11-26'],
  ['malam ini', '2026-11-26'],
  ['nanti malam jam 10', '2026-11-26'],
  ['hari sabtu', '2026-11-28'],
  ['sabtu ini', '2026-11-28'],
  ['sabtu besok', '2026-11-28'],
  ['besok sabtu', '2026-11-28'],
  ['jumat malam', '2026-11-27'],
  ['malam jumat', '2026-11-26'],
  ['malam minggu', '2026-11-28'],
  ['hari minggu', '2026-11-29'],
  ['minggu ini', '2026-11-29'],
  ['sabtu depan', '2026-12-05'],
  ['senin depan', '2026-11-30'],
  ['minggu depan', '2026-12-03'],
  ['3 hari lagi', '2026-11-29'],
  ['tigo hari lagi', '2026-11-29'],
  ['seminggu lagi', '2026-12-03'],
  ['2 minggu lagi', '2026-12-10'],
  ['tanggal 30', '2026-11-30'],
  ['tgl 12', '2026-12-12'],
  ['tanggal 26', '2026-11-26'],
  ['tanggal 5 bulan depan', '2026-12-05'],
  ['tanggal 5 bulan 1', '2027-01-05'],
  ['12 desember', '2026-12-12'],
  ['5 jan 2027', '2027-01-05'],
  ['hari rabu tanggal 9 desember', '2026-12-09'],
  ['tanggal 31 november', undefined],
  ['tanggal 5 oktober', undefined],
  ['12 desember 2025', undefined],
];

describe('said on a Thursday afternoon', () => {
  for (const [said, day] of SAID) {
    test(`${said}: ${day ?? 'no day ahead'}`, () => {
      assert.deepEqual(
        daysIn(['mereka', ...said.split(' '), 'berangkat']).map((phrase) => phrase.said),
        [said],
      );
      assert.equal(dayAhead(said, THURSDAY(14)), day);
    });
  }
});

test('a part of the day that is over is the next one when it is to come, and none when it was today’s', () => {
  assert.equal(dayAhead('subuh nanti', THURSDAY(22)), '2026-11-27');
  assert.equal(dayAhead('nanti subuh', THURSDAY(2)), '2026-11-26');
  assert.equal(dayAhead('pagi ini', THURSDAY(9)), '2026-11-26');
  assert.equal(dayAhead('pagi ini', THURSDAY(14)), undefined);
});

test('shortly before midnight tomorrow is tomorrow in Kerinci, over the end of a year', () => {
  assert.equal(dayAhead('besok', moment(2026, 12, 31, 23 * 60 + 59)), '2027-01-01');
  assert.equal(dayAhead('besok', moment(2027, 1, 1, 1)), '2027-01-02');
});

test('what can only lie ahead is told from what may be over', () => {
  const ahead = (text: string) => daysIn(text.split(' ')).map((phrase) => phrase.ahead);
  assert.deepEqual(ahead('besok x lusa x sabtu depan x 3 hari lagi x nanti malam'), [true, true, true, true, true]);
  assert.deepEqual(ahead('hari sabtu x tanggal 12 x malam ini'), [false, false, false]);
});

test('weeks, ages, amounts and names are no days', () => {
  for (const text of [
    'sudah 3 minggu',
    'umur 16 tahun',
    '12 orang',
    'mereka 2 orang',
    'hari kerja',
    'malam itu',
    '3 hari',
  ])
    assert.deepEqual(daysIn(text.split(' ')), [], text);
});
