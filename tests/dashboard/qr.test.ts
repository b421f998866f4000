// The QR picture: read back square by square by another hand than the one that wrote it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qrSvg } from '../../src/dashboard/qr.ts';
import { readQr, squaresOf } from './qr-reading.ts';

/** As long as what WhatsApp gives: a reference, three keys in base64, a platform. */
const LIKE_WHATSAPP = `2@${'aB3/+x9Z'.repeat(16)},${'k'.repeat(43)}=,${'Q/7+'.repeat(10)}abc=,${'z9'.repeat(21)}w=,1`;

test('the picture holds the text, short, long, and as long as WhatsApp gives it', () => {
  for (const text of ['a', 'https://example.org/?q=1', LIKE_WHATSAPP, 'x'.repeat(17), 'x'.repeat(18), 'y'.repeat(400)])
    assert.equal(readQr(squaresOf(qrSvg(text))), text);
  assert.ok(LIKE_WHATSAPP.length > 230);
});

test('what is no ASCII comes back as UTF-8', () => {
  assert.equal(readQr(squaresOf(qrSvg('Kota Sungai Penuh – 🙏'))), 'Kota Sungai Penuh – 🙏');
});

test('a reading of a damaged picture fails, so that the readings above say something', () => {
  const squares = squaresOf(qrSvg(LIKE_WHATSAPP)).map((row) => [...row]);
  const row = squares[20] as boolean[];
  row[35] = !row[35];
  assert.throws(() => readQr(squares), /correction bytes/);
});

test('a text that fits no code is refused', () => {
  assert.throws(() => qrSvg('x'.repeat(5_000)));
});

test('there is nothing in the picture that a strict policy forbids', () => {
  assert.doesNotMatch(qrSvg('a'), /style|script|href|on\w+=/);
});
