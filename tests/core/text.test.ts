// What is typed becomes plain words; what a person wrote is harmless when the bot shows it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanLine, displayQuote, lexiconOf, normalise, standardise } from '../../src/core/text.ts';

const NORMALISED: readonly (readonly [string, readonly string[]])[] = [
  ['Anak2 sy umur 16th', ['anak', 'sy', 'umur', '16', 'th']],
  ['anak-anaknya pulang', ['anak', 'pulang']],
  ['tolooooong pak', ['tolong', 'pak']],
  ['gajinya gajinyo, hanya tanya punyo', ['gaji', 'gaji', 'hanya', 'tanya', 'punyo']],
  ['e-paspor 10thn', ['epaspor', '10', 'thn']],
  ["ba'a caronyo, jum'at", ['baa', 'caro', 'jumat']],
  ['bayar Rp 650.000 atau 30jt', ['bayar', 'UANG', 'atau', 'UANG']],
  ['gaji 12 - 18 juta/bulan', ['gaji', 'UANG', 'bulan']],
  ['gaji $1000, 1500 riyal', ['gaji', 'UANG', 'UANG']],
  ['hub 0800-0000-0001 atau wa.me/620000000001', ['hub', 'TELEPON', 'atau', 'TAUTAN']],
  ['cek https://contoh.id/a?b=c ya', ['cek', 'TAUTAN', 'ya']],
  ['*LOKER* _luar_ ~negeri~', ['loker', 'luar', 'negeri']],
  ['𝐋𝐎𝐊𝐄𝐑 ＫＡＭＢＯＪＡ', ['loker', 'kamboja']],
  ['ka\u200Bmbo\u2060ja\u202E', ['kamboja']],
  ['kerja 🇰🇭 yuk', ['kerja', 'bendera-kh', 'yuk']],
  ['@akun_contoh halo', ['AKUN', 'halo']],
  ['nomor 110', ['nomor', '110']],
  ['👍🤣', []],
  ['', []],
];

for (const [text, words] of NORMALISED)
  test(`normalise: ${JSON.stringify(text)}`, () => assert.deepEqual(normalise(text), words));

test('whatever is typed, normalised words are lower case without spaces, except the marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of normalise(text))
        assert.ok(
          /^(?:UANG|TAUTAN|TELEPON|AKUN)$/.test(word) || (!/\s/.test(word) && word === word.toLowerCase()),
          word,
        );
    }),
  );
});

const LEXICON = lexiconOf(
  { tidak: ['dak', 'ndak'], 'luar-negeri': ['luar negeri', 'lua nagari'], apa: ['opo'], terkurung: ['tersekap'] },
  ['paspor', 'imigrasi', 'dikurung', 'kerja', 'agen', 'takut', 'siapa'],
  ['pastor', 'kena'],
);

const STANDARD: readonly (readonly [string, string, string])[] = [
  ['slang', 'dak opo', 'tidak apa'],
  ['several words', 'kerja lua nagari', 'kerja luar-negeri'],
  ['vowels left out', 'pspor krja', 'paspor kerja'],
  ['a letter wrong', 'imigrosi imigrsi imigarsi', 'imigrasi imigrasi imigrasi'],
  ['a right word that is near a subject word', 'pastor', 'pastor'],
  ['two slips are too many', 'imugrosi', 'imugrosi'],
  ['Melayu endings', 'siapo kerjo', 'siapa kerja'],
  ['Minang endings', 'takuik', 'takut'],
  ['a doubled letter', 'agenn', 'agen'],
  ['a prefix written apart', 'di kurung d kurung', 'dikurung dikurung'],
  ['an enclitic', 'agenlah paspormu', 'agen paspor'],
  ['unknown words stay', 'maryam sumini', 'maryam sumini'],
];

for (const [what, typed, standard] of STANDARD)
  test(`standardise: ${what}`, () => assert.equal(standardise(normalise(typed), LEXICON).join(' '), standard));

test('a quote has every line behind a mark, at most 6 lines and 500 characters', () => {
  assert.equal(displayQuote('adik saya\r\nditahan agen'), '> adik saya\n> ditahan agen');
  assert.equal(displayQuote('1\n2\n\n3\n4\n5\n6\n7').split('\n').length, 6);
  assert.ok(displayQuote('1\n2\n3\n4\n5\n6\n7').endsWith('6…'));
  const long = displayQuote('a'.repeat(900));
  assert.equal(Array.from(long).length, 500 + '> '.length);
  assert.ok(long.endsWith('…'));
});

test('a quote cannot pass for the bot: no line of its own, no formatting, nothing invisible', () => {
  assert.equal(displayQuote('halo\u2028*Petugas*: `ya` _x_ ~y~'), '> halo\n> ∗Petugas∗: ˋyaˋ ˍxˍ ∼y∼');
  assert.equal(displayQuote('a\u202Ebc\u200B\u3164d\u0007'), '> abcd');
  assert.equal(displayQuote('\u200B \n '), '> …');
});

test('whatever is typed, a quote stays within its bounds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const quote = displayQuote(text);
      assert.ok(
        quote.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).every((line) => line.startsWith('> ')),
        JSON.stringify(quote),
      );
      assert.ok(quote.split('\n').length <= 6);
      assert.ok(Array.from(quote.replaceAll(/^> /gm, '')).length <= 500);
      assert.doesNotMatch(quote, /[*_~`\u202A-\u202E\u2066-\u2069\u200B-\u200F]/);
    }),
  );
});

test('emoji are not cut in half', () => {
  assert.ok(displayQuote('😀'.repeat(600)).isWellFormed());
  assert.ok(cleanLine('😀'.repeat(60), 10).isWellFormed());
});

test('a name is one harmless line', () => {
  assert.equal(cleanLine('  Siti\n\u202E*Rahma*  ', 40), 'Siti ∗Rahma∗');
  assert.equal(cleanLine('Abdullah', 5), 'Abdu…');
  assert.equal(cleanLine('\u200B', 5), '');
});
