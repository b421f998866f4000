// What a message says: commands, codes, choices, and who is spoken to.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CODE_LETTERS, isBare, isThumbsDown, isThumbsUp, read } from '../../src/core/read.ts';
import { masked, normalise } from '../../src/core/text.ts';
import type { MessageEvent } from '../../src/core/types.ts';
import { SHIPPED } from '../content/taught.ts';
import { ANI, KOTO_GROUP, message, privateChat, tick } from './scenes.ts';

const content = SHIPPED;
const reads = (text: string, more: Partial<MessageEvent> = {}) =>
  read(message(ANI, privateChat(ANI), text, more), content);
const inGroup = (text: string, more: Partial<MessageEvent> = {}) => read(message(ANI, KOTO_GROUP, text, more), content);

describe('commands', () => {
  for (const [text, name, rest] of [
    ['ambil', 'ambil', ''],
    ['Ambil KRC-7K2Q', 'ambil', ''],
    ['KRC-7K2Q ambil', 'ambil', ''],
    ['krc 7k2q: ambil', 'ambil', ''],
    ['balas KRC-7K2Q Bu Ani, kami datang', 'balas', 'Bu Ani, kami datang'],
    ['KRC-7K2Q balas kami datang', 'balas', 'kami datang'],
    ['balas: kami datang', 'balas', 'kami datang'],
    ['*balas* kami\ndatang', 'balas', 'kami\ndatang'],
    ['identitas krc-7k2q perlu menelepon', 'identitas', 'perlu menelepon'],
    ['@bot daftar', 'daftar', ''],
    ['LAPOR', 'lapor', ''],
    ['laporan', 'lapor', ''],
    ['batalkan', 'batal', ''],
    ['pak batal', 'batal', ''],
    ['tolong batalkan laporan saya pak', 'batal', ''],
  ] as const) {
    test(`"${text}" is ${name} with "${rest}"`, () => {
      const { command } = reads(text);
      assert.equal(command?.name, name);
      if (rest !== '') assert.equal(command?.rest, rest);
      else assert.ok(command && isBare(command));
    });
  }

  for (const text of [
    '',
    '...',
    'saya ambil besok',
    'sudah selesai',
    'constructor',
    'toString',
    '__proto__ x',
    'valueOf',
    'balasan',
    'diambil',
    '> ambil KRC-7K2Q',
  ]) {
    test(`"${text}" is none`, () => {
      assert.equal(reads(text).command, undefined);
      assert.equal(reads(text).choice, undefined);
    });
  }

  test('an officer’s long answer is read whole', () => {
    const answer = 'Kami datang besok. '.repeat(400).trim();
    assert.equal(reads(`balas KRC-7K2Q ${answer}`).command?.rest, answer);
  });
});

describe('codes', () => {
  for (const [text, codes] of [
    ['KRC-7K2Q', ['KRC-7K2Q']],
    ['krc7k2q dan KRC 8M3R', ['KRC-7K2Q', 'KRC-8M3R']],
    ['(KRC-7K2Q)', ['KRC-7K2Q']],
    ['KRC-7K2', []],
    ['KRC-7K2QX', []],
    ['KRC-0K1I', []],
    ['XKRC-7K2Q', []],
    ['AKRC 7K2Q', []],
  ] as const) {
    test(`"${text}" names ${codes.join(' and ') || 'none'}`, () => {
      assert.deepEqual([...new Set(reads(text).codes)], codes);
    });
  }

  test('every code that can be drawn is found again', () => {
    const letter = fc.constantFrom(...CODE_LETTERS);
    fc.assert(
      fc.property(fc.array(letter, { minLength: 4, maxLength: 4 }), fc.boolean(), (letters, lower) => {
        const code = `KRC-${letters.join('')}`;
        assert.deepEqual(reads(`ambil ${lower ? code.toLowerCase() : code} ya`).codes, [code]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('choices', () => {
  for (const [text, is] of [
    ['ya', 'yes'],
    ['Iya pak', 'yes'],
    ['iyo', 'yes'],
    ['tidak', 'no'],
    ['dak bu', 'no'],
    ['bukan', 'no'],
    ['bukan pak', 'no'],
    ['benar', 'yes'],
    ['lewati', 'skip'],
    ['-', 'skip'],
    ['3', 'number'],
    ['*2*', 'number'],
    ['2.', 'number'],
    ['2 pak', 'number'],
    ['yang nomor 2', 'number'],
    ['dua', 'number'],
    ['dua orang', undefined],
    ['nomor', undefined],
    ['ya tapi besok', undefined],
    ['123', undefined],
    ['2 orang', undefined],
  ] as const) {
    test(`"${text}" is ${is ?? 'none'}`, () => {
      assert.equal(reads(text).choice?.is, is);
    });
  }
});

describe('a number that is chosen', () => {
  for (const [text, number] of [
    ['no 1', 1],
    ['pilih yang ke 3', 3],
    ['yang kedua bu', 2],
    ['ciek', 1],
    ['tigo', 3],
    ['sembilan', 9],
  ] as const) {
    test(`"${text}" is ${number}`, () => {
      assert.deepEqual(reads(text).choice, { is: 'number', number });
    });
  }
});

describe('several questions in one message', () => {
  const asked = (text: string, ask = reads) =>
    ask(text).asks.map(({ kind, confidence, topics }) =>
      kind === 'answer' && confidence === 'sure' ? topics[0]?.topic : undefined,
    );
  for (const text of [
    'apa syarat paspor? berapa biaya paspor?',
    'apa syarat paspor\nberapa biaya paspor',
    '1. apa syarat paspor\n2. berapa biaya paspor',
    '1) apa syarat paspor\n2) berapa biaya paspor',
    '- apa syarat paspor\n- berapa biaya paspor',
    'apa syarat paspor, trus berapa biaya paspor',
    'apa syarat paspor dan berapa biaya paspor?',
    'apa syarat paspor sama berapa biaya paspor pak',
    'apa syarat paspor, berapa biaya paspor',
  ]) {
    test(`"${text.replaceAll('\n', ' / ')}" asks two`, () => {
      assert.deepEqual(asked(text), ['paspor-syarat', 'paspor-biaya']);
    });
  }

  test('are asked in a group as well', () => {
    assert.deepEqual(asked('apa syarat paspor? berapa biaya paspor?', inGroup), ['paspor-syarat', 'paspor-biaya']);
  });

  test('a part that leaves out the subject is of the subject before', () => {
    assert.deepEqual(asked('syarat paspor apa, biayanya berapa').at(-1), 'paspor-biaya');
    assert.deepEqual(asked('syarat paspor apa, kalau hilang gimana').at(-1), 'paspor-hilang-rusak');
  });

  for (const text of [
    'berapa biaya paspor?',
    'syarat dan biaya paspor',
    'berapa biaya paspor? makasih pak',
    'paspor adik saya ditahan majikan, dia dikurung, tolong pak',
    'bsk jadi ambil kue dua kilo, trus bawa cangkul ya',
    '',
  ]) {
    test(`"${text}" is not of several parts`, () => {
      assert.deepEqual(asked(text), []);
    });
  }

  test('of the questions that topics give as their examples hardly one is taken for several, and none without its topic', () => {
    let several = 0;
    for (const { id, questions } of content.topics)
      for (const question of questions) {
        const topics = new Set(asked(question).filter((topic) => topic !== undefined));
        if (topics.size > 1) several++;
        assert.ok(topics.size <= 1 || topics.has(id), `${question}: ${[...topics]}`);
      }
    assert.ok(several <= content.topics.length / 4, `${several} questions`);
  });

  test('a reply that may be to the bot is taken apart as one', () => {
    const text = 'apa syarat paspor? berapa biaya paspor?';
    assert.equal(inGroup(text, { quote: 'x' as never }).asksInReply.length, 2);
  });
});

describe('who is spoken to', () => {
  for (const [text, named] of [
    ['bot, brp biaya paspor', true],
    ['halo bot', true],
    ['min bot tolong', true],
    ['tanya @bot dong', true],
    ['robot itu keren', false],
    ['beli sepatu boots', false],
    ['kata si bot tadi begitu', false],
  ] as const) {
    test(`"${text}": ${named ? 'the bot' : 'the others'}`, () => {
      assert.equal(inGroup(text).named, named);
    });
  }

  test('a mention is enough', () => {
    assert.ok(inGroup('halo', { mentionsBot: true }).named);
  });
});

describe('a thumb', () => {
  for (const emoji of ['👎', '👎🏻', ' 👎 ', '👎\uFE0F'])
    test(`${emoji} is down`, () => assert.ok(isThumbsDown(emoji) && !isThumbsUp(emoji)));
  for (const emoji of ['', '👍', '👎👎', '👎 ok'])
    test(`"${emoji}" is not down`, () => assert.ok(!isThumbsDown(emoji)));
  for (const emoji of ['👍', '👍🏻', '👍🏿', ' 👍 ', '👍\uFE0F'])
    test(`${emoji} is up`, () => assert.ok(isThumbsUp(emoji)));
  for (const emoji of ['', '👎', '👍👍', '👍 ok', 'jempol', '🏿'])
    test(`"${emoji}" is not`, () => assert.ok(!isThumbsUp(emoji)));
});

describe('an example that is kept when the words are not', () => {
  const DOUBTFUL = 'agen datang lagi ke rumah minta ktp anak-anak';
  const { office, simulator } = content;
  const VILLAGES = office.villages.flatMap(({ name, aliases }) => [name, ...aliases]);
  /** What is no name though it stands in one: forms of address, offices. */
  const FORMS = ['pak', 'bu', 'mak', 'nek', 'kades'];
  const NAMES = [...simulator.people.map(({ name }) => name), ...VILLAGES]
    .flatMap((name) => name.toLowerCase().split(/[^\p{L}\d]+/u))
    .filter((word) => !FORMS.includes(word) && /^\p{L}+$/u.test(word));
  const { reader, showable } = content.understanding.words;
  const maskedText = (text: string) => masked(normalise(text), reader.lexicon, showable);
  const wordsOf = (example: string) => example.split(' ');

  test('is there for what may be a report or an advert among others in a group, and for nothing else', () => {
    assert.equal(inGroup(DOUBTFUL).example, 'agen datang lagi ke rumah minta ktp anak');
    assert.equal(inGroup('besok gotong royong').example, undefined);
    assert.equal(inGroup('tolong saya disekap di kamboja').example, undefined);
    assert.equal(inGroup(DOUBTFUL, { mentionsBot: true }).example, undefined);
    const inPrivate = reads('tolong, adik saya mau dibawa orang ke malaysia');
    assert.equal(inPrivate.meaning.kind, 'report');
    assert.equal(inPrivate.example, undefined);
    assert.equal(read(tick(), content).example, undefined);
  });

  for (const [text, example] of [
    ['Bu Ina dari Hiang Sakti hilang', 'bu … dari … … hilang'],
    ['koto duo baru', '… # …'],
    ['hub 0800-0000-0001, wa.me/620000000001, @akun_contoh, Rp 500.000', 'hub TELEPON TAUTAN AKUN UANG'],
    ['3 orang, umur 16th, dua belas, bp2mi', '# orang umur # tahun # # #'],
    ['bulan depan pak Amin dan bu Juni', 'bulan … pak … dan bu …'],
    ['pak kades minta uang', 'pak kades minta uang'],
  ] as const) {
    test(`of "${text}" is "${example}"`, () => assert.equal(maskedText(text), example));
  }

  test('no name of a village or a person of the office, no number, and no unknown word survives', () => {
    const unknown = fc.string({ unit: fc.constantFrom(...'xqzvwj'), minLength: 3, maxLength: 10 });
    const number = fc.bigInt({ min: 0n, max: 10n ** 14n }).map(String);
    const known = fc.constantFrom('agen', 'paspor', 'di', 'pak', 'anak', 'ke', 'malaysia', 'rumah', 'ktp', 'gaji');
    const piece = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom(...VILLAGES), unknown, number, known);
    const cased = fc.tuple(piece, fc.boolean()).map(([word, loud]) => (loud ? word.toUpperCase() : word));
    const text = fc
      .tuple(fc.array(cased, { maxLength: 30 }), fc.constantFrom(' ', ', ', '\n', '. ', '-'))
      .map(([pieces, between]) => pieces.join(between));
    fc.assert(
      fc.property(text, (typed) => {
        const example = maskedText(typed);
        assert.doesNotMatch(example, /\d/);
        for (const word of wordsOf(example)) {
          assert.ok(!NAMES.includes(word), `${word} in ${example}`);
          assert.ok(word === '' || /^(…|#|TAUTAN|TELEPON|UANG|AKUN)$/.test(word) || showable.words.has(word), word);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('nothing of any text but words of the vocabulary survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
        for (const word of wordsOf(maskedText(typed)))
          assert.ok(/^(…|#|TAUTAN|TELEPON|UANG|AKUN|)$/.test(word) || showable.words.has(word));
      }),
    );
  });

  test('is short, however long the text', () => {
    assert.equal(wordsOf(maskedText('paspor '.repeat(500))).length, 60);
  });
});

describe('whatever is sent', () => {
  test('is read without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (text, group) => {
        const reading = group ? inGroup(text) : reads(text);
        assert.ok(['sure', 'doubtful'].includes(reading.meaning.confidence));
      }),
      { numRuns: 3_000 },
    );
  });

  const long = 65_536;
  for (const [name, piece] of [
    ['stars', '*'],
    ['blanks', ' '],
    ['line ends', '\n'],
    ['commas and ones', '1,'],
    ['codes', 'KRC'],
    ['dots', '1.000'],
    ['combining marks', '\u0301'],
    ['links', 'http://a '],
    ['flags', '🇲🇾'],
    ['letters', 'a'],
    ['hyphens', 'a-'],
    ['numbers', '08 '],
    ['tolong', 'tolong disekap '],
    ['mentions', '@bot '],
  ] as const) {
    test(`65,536 characters of ${name} are understood by their beginning`, () => {
      const text = piece.repeat(Math.ceil(long / piece.length));
      const beginning = text.trim().slice(0, 4_000);
      assert.deepEqual(reads(text).words, reads(beginning).words);
      assert.deepEqual(
        inGroup(text, { quote: 'x' as never }).meaning,
        inGroup(beginning, { quote: 'x' as never }).meaning,
      );
    });
  }

  test('but a message says nothing at all', () => {
    const reading = read(tick(), content);
    assert.equal(reading.meaning.kind, 'silent');
    assert.deepEqual(reading.codes, []);
  });
});

describe('an invitation to a group', () => {
  const CODE = 'AbCdEfGhIjKlMnOpQrStUv';
  for (const text of [
    `https://chat.whatsapp.com/${CODE}`,
    `chat.whatsapp.com/${CODE}`,
    `HTTPS://Chat.WhatsApp.com/${CODE}?mode=ac_t`,
    `https://chat.whatsapp.com/invite/${CODE}`,
    `Buka tautan ini untuk bergabung ke grup WhatsApp saya: https://chat.whatsapp.com/${CODE}.`,
    `(https://chat.whatsapp.com/${CODE})`,
  ]) {
    test(`"${text}" leads to it`, () => {
      assert.equal(reads(text).invite, CODE);
    });
  }

  for (const text of [
    'https://chat.whatsapp.com/',
    'https://chat.whatsapp.com/pendek',
    `https://chat.whatsapp.com.example.org/${CODE}`,
    `https://example.org/${CODE}`,
    `https://evilchat.whatsapp.com/${CODE}`,
    `https://chat.whatsapp.com/${'a'.repeat(65)}`,
    'gabung ke grup kami',
  ]) {
    test(`"${text}" leads to none`, () => {
      assert.equal(reads(text).invite, undefined);
    });
  }

  test('that came as a message of its own is it', () => {
    const invite = 'whatever the channel makes of it' as NonNullable<MessageEvent['invite']>;
    assert.equal(reads('', { invite }).invite, invite);
    assert.equal(reads(`https://chat.whatsapp.com/${CODE}`, { invite }).invite, invite);
  });
});
