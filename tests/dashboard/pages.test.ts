// The pages' own reading: WhatsApp's formatting, times, and how people are offered.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const module = (name: string) => import(new URL(`../../src/dashboard/pages/simulator/${name}`, import.meta.url).href);
const { readFormat, plain } = await module('format.js');
const { nextMonday, dayText } = await module('clock.js');
const { castGroups, roleName } = await module('people.js');

const spans = (text: string) => readFormat(text)[0].spans;

test('bold, italic, strike and code are read where WhatsApp reads them', () => {
  assert.deepEqual(spans('ini *tebal*, _miring_'), [
    { text: 'ini ' },
    { mark: 'strong', spans: [{ text: 'tebal' }] },
    { text: ', ' },
    { mark: 'em', spans: [{ text: 'miring' }] },
  ]);
  assert.deepEqual(spans('*_dua_ ~tiga~*'), [
    {
      mark: 'strong',
      spans: [{ mark: 'em', spans: [{ text: 'dua' }] }, { text: ' ' }, { mark: 's', spans: [{ text: 'tiga' }] }],
    },
  ]);
  assert.deepEqual(spans('`*a*`'), [{ mark: 'code', spans: [{ text: '*a*' }] }]);
});

test('marks inside words, before spaces or without an end stay as they are', () => {
  for (const text of ['nama_saya_di', '2*3*4', 'x * a *', 'a *b', '**', '*a *', '***', '_', 'x*y* z']) {
    assert.deepEqual(spans(text), [{ text }]);
  }
});

test('links are links, without the full stop after them', () => {
  assert.deepEqual(spans('lihat https://a.go.id/b_c_d. ya'), [
    { text: 'lihat ' },
    { link: 'https://a.go.id/b_c_d' },
    { text: '. ya' },
  ]);
  assert.deepEqual(spans('javascript:alert(1)'), [{ text: 'javascript:alert(1)' }]);
});

test('lines that begin with > are quoted', () => {
  const lines = readFormat('> satu\n>dua\ntiga > empat\n- lima');
  assert.deepEqual(
    lines.map((line: { quote: boolean; bullet: boolean }) => [line.quote, line.bullet]),
    [
      [true, false],
      [true, false],
      [false, false],
      [false, true],
    ],
  );
});

test('nothing of a text is lost, however odd, and long ones are read at once', () => {
  assert.equal(plain('*a* _b_\n> c\nhttps://d.id'), 'a b c https://d.id');
  const started = performance.now();
  for (const odd of ['*', '*a ', '_*~`', '*a* ', 'https://a ', '> *_']) {
    assert.ok(plain(odd.repeat(Math.floor(65_536 / odd.length))).length > 0);
  }
  assert.ok(performance.now() - started < 2000);
});

test('the next Monday at eight is this one until eight, then the one after', () => {
  const at = (text: string) => nextMonday(Date.parse(text));
  assert.equal(at('2026-11-23T07:59:00+07:00'), '2026-11-23T08:00:00+07:00');
  assert.equal(at('2026-11-23T08:00:00+07:00'), '2026-11-30T08:00:00+07:00');
  assert.equal(at('2026-11-29T23:59:00+07:00'), '2026-11-30T08:00:00+07:00');
  assert.equal(at('2026-11-30T00:30:00+07:00'), '2026-11-30T08:00:00+07:00');
  assert.equal(at('2026-12-29T12:00:00+07:00'), '2027-01-04T08:00:00+07:00');
});

test('days are named as one speaks of them', () => {
  assert.equal(dayText('2026-11-23', '2026-11-23'), 'Hari ini');
  assert.equal(dayText('2026-11-22', '2026-11-23'), 'Kemarin');
  assert.equal(dayText('2026-11-20', '2026-11-23'), 'Jumat, 20 November 2026');
});

test('people are offered by village, then the office, then whoever belongs to neither', () => {
  const people = [
    { id: 'wawan', role: 'admin', village: null },
    { id: 'budi', role: 'officer', village: 'koto-dua-baru' },
    { id: 'tono', role: 'villager', village: null },
    { id: 'ani', role: 'villager', village: 'koto-dua-baru' },
    { id: 'eko', role: 'officer', village: null },
  ];
  const groups = castGroups(people).map((group: { title: string; people: { id: string }[] }) => [
    group.title,
    ...group.people.map(({ id }) => id),
  ]);
  assert.deepEqual(groups, [
    ['Desa Koto Dua Baru', 'ani', 'budi'],
    ['Kantor', 'eko', 'wawan'],
    ['Di luar desa', 'tono'],
  ]);
  assert.deepEqual(people.map(roleName), ['Admin', 'Petugas desa', 'Warga', 'Warga', 'Petugas']);
});
