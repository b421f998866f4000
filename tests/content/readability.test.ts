// Readability: counted by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure } from '../../src/content/readability.ts';

test('words a sentence and the share of long words', () => {
  // 4 + 2 words in 2 sentences; "menjual" and "perusahaan" have more than six letters.
  assert.deepEqual(measure('Jangan menjual paspor Anda. Tanya perusahaan.'), {
    wordsPerSentence: 3,
    lix: 3 + (100 * 2) / 6,
  });
});

test('a line ends a sentence, marks and list signs are no words', () => {
  assert.equal(measure('*Bawa:*\n- KTP asli\n- KK asli').wordsPerSentence, 5 / 3);
});

test('an amount and a hyphenated word are one word each, and digits no letters', () => {
  assert.deepEqual(measure('Bayar Rp650.000 untuk e-paspor.'), { wordsPerSentence: 4, lix: 4 + 100 / 4 });
});

test('a text without words measures nothing', () => {
  assert.deepEqual(measure('\n- \n***'), { wordsPerSentence: 0, lix: 0 });
});
