// Office facts: what stands in braces is put in, or its line is left out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, filledBy, unknownPlaces } from '../../src/content/facts.ts';

test('a line with a missing fact is left out and leaves no gap', () => {
  const text = '*Kantor*\n- Alamat: {alamat}\n- Jam: {jam}\n\n{telepon}\n\nDatang saja.';
  assert.equal(fill(text, new Map()), '*Kantor*\n\nDatang saja.');
  assert.equal(fill(text, new Map([['jam', 'Senin']])), '*Kantor*\n- Jam: Senin\n\nDatang saja.');
});

test('a line with two facts needs both', () => {
  assert.equal(fill('{polres} atau {disnaker}', new Map([['polres', 'A']])), '');
});

test('a number without a test date, or without a number, is not known', () => {
  const filled = filledBy(
    { alamat: 'Jalan', jam: undefined },
    {
      kemlu: { number: '1', tested: '2026-11-23' },
      lpsk: { number: '2', tested: undefined },
      'kp2mi-wa': { number: undefined, tested: '2026-11-23' },
    },
  );
  assert.deepEqual(
    [...filled],
    [
      ['alamat', 'Jalan'],
      ['nomor:kemlu', '1'],
    ],
  );
});

test('a name that stands for nothing is told', () => {
  assert.deepEqual(unknownPlaces('{alamat} {alamt} {nomor:kemlu} {nomor:x}'), ['alamt', 'nomor:x']);
});
