// Readability: syllables, words and sentences counted by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, syllablesOf, wordsOf } from '../../src/content/readability.ts';

/** Divided as KBBI divides them. */
const DIVIDED = `
  ka-mi pas-por ke-lu-ar-ga u-ang bi-a-ya si-a-pa sa-at In-do-ne-si-a Ma-lay-si-a Kam-bo-ja meng-gu-na-kan
  pan-dai ra-mai pa-kai se-le-sai par-tai ka-lau pu-lau ran-tau a-tau eng-kau kau am-boi sur-vei
  la-ut da-un na-ik ba-ik la-in ma-in a-ir ma-u ba-u ke-ma-u-an
  ke-pu-lau-an pa-kai-an-nya me-ma-kai sam-pai-kan me-nye-le-sai-kan wa-lau-pun me-nu-nai-kan ni-lai-nya pe-ga-wai-mu
  ke-ba-ik-an ke-na-ik-an la-in-nya ma-in-an la-ut-an
  meng-har-ga-i mem-pu-nya-i me-nge-na-i di-ser-ta-i di-min-ta-i me-nge-ta-hu-i me-la-lu-i
  as-sa-la-mu-a-lai-kum sau-da-ra per-sau-da-ra-an ba-gai-ma-na se-ba-gai-ma-na
`;

test('syllables are counted as they are spoken, with diphthongs and affixes', () => {
  for (const divided of DIVIDED.trim().split(/\s+/))
    assert.equal(syllablesOf(divided.replaceAll('-', '')), divided.split('-').length, divided);
});

test('abbreviations are spelled, hyphens and apostrophes part syllables', () => {
  const counts = {
    KTP: 3,
    TPPO: 4,
    BPJS: 4,
    LAPOR: 2,
    'anak-anak': 4,
    'e-paspor': 3,
    'M-Paspor': 3,
    "Jum'at": 2,
    PT: 2,
  };
  for (const [word, count] of Object.entries(counts)) assert.equal(syllablesOf(word), count, word);
});

test('figures, addresses and placeholders are no words; a slash parts two', () => {
  assert.deepEqual(wordsOf('Bayar Rp650.000 untuk e-paspor, lihat imigrasi.go.id atau {alamat}, KBRI/KJRI. Ya!'), [
    'Bayar',
    'untuk',
    'e-paspor',
    'lihat',
    'atau',
    'KBRI',
    'KJRI',
    'Ya',
  ]);
});

test('the school year, from counts made by hand', () => {
  // Ja-ngan se-rah-kan pas-por (7). Ta-nya pe-tu-gas du-lu (7): 6 words, 2 sentences, 14 syllables.
  const measured = measure('Jangan serahkan paspor.\nTanya petugas dulu');
  assert.deepEqual(
    { ...measured, grade: undefined },
    { words: 6, sentences: 2, syllables: 14, wordsPerSentence: 3, syllablesPerWord: 14 / 6, grade: undefined },
  );
  // 0.3793 x 3 = 1.1379; 14 / 6 x 300 = 700, x 0.0207 = 14.49; together with -13.988: 1.6399.
  assert.ok(Math.abs((measured?.grade ?? 0) - 1.6399) < 1e-9);
});

test('a line ends a sentence, marks and list signs are no words', () => {
  assert.equal(measure('*Bawa:*\n- KTP asli\n- KK asli\n\n110')?.sentences, 3);
  assert.equal(measure('Apa nama PT-nya? Mana izinnya! Tanya.')?.sentences, 3);
  assert.equal(measure('Buka imigrasi.go.id sekarang')?.sentences, 1);
});

test('long sentences and long words are harder', () => {
  const easy = measure('Paspor milik kita. Simpan di rumah. Jangan dipinjamkan.')?.grade ?? 0;
  const hard =
    measure(
      'Penyalahgunaan dokumen perjalanan keimigrasian sebagaimana dimaksud pada ketentuan tersebut dikenakan pertanggungjawaban berdasarkan peraturan perundang-undangan yang diberlakukan.',
    )?.grade ?? 0;
  assert.ok(easy < 4, String(easy));
  assert.ok(hard > 11, String(hard));
});

test('a text without words has no measure', () => {
  assert.equal(measure('\n- 110\n***'), undefined);
});
