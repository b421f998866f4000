// Whom a report names decides who hears of it, and nobody’s words can pass for the bot’s.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quoted } from '../../../src/core/reports/telling.ts';
import type { Accused, Case } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  BUDI,
  CASE,
  EVERYBODY,
  HESTI,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  OFFICERS,
  RATNA,
  sends,
} from '../scenes.ts';

import { after, CHAT, HERE, heard, kept, opened, REPORT, tells } from './scenes.ts';

describe('whom it names', () => {
  const accuse = (...accuses: Accused[]) => meaning('report', { accuses });
  for (const [text, means, restriction, reads] of [
    ['petugas minta uang', accuse('officer'), 'head', RATNA],
    ['kades minta uang', accuse('official'), 'head', RATNA],
    ['polisi minta uang', accuse('police'), 'head', RATNA],
    ['kepala kantor terima uang', accuse('head'), 'second-contact', HESTI],
    ['petugas dan kepala kantor', accuse('officer', 'head'), 'second-contact', HESTI],
    ['pak budi minta uang 2 juta', REPORT, 'head', RATNA],
    ['si Budi itu calo', REPORT, 'head', RATNA],
    ['saya takut sama bu dewi', REPORT, 'head', RATNA],
    ['saya dipukul pak budi.', REPORT, 'head', RATNA],
    ['halo pak budi', REPORT, 'none', BUDI],
    ['selamat pagi bu dewi. paspor adik saya ditahan', REPORT, 'none', BUDI],
    ['pak kades yusuf ikut main', REPORT, 'head', RATNA],
    ['bu ratna terima amplop', REPORT, 'second-contact', HESTI],
    ['pak budi tolong saya ditipu agen', REPORT, 'none', BUDI],
    ['assalamualaikum pak budi, paspor saya ditahan', REPORT, 'none', BUDI],
    ['budidaya ikan ditipu', REPORT, 'none', BUDI],
  ] as const) {
    test(`"${text}" is read by ${reads.name} (${restriction})`, () => {
      const effects = tells(text, { means });
      assert.equal(opened(effects)?.restriction, restriction);
      assert.match(heard(effects, reads), /Isi laporan/);
      if (restriction === 'none') return;
      assert.deepEqual(heardBy(effects, OFFICERS), []);
      for (const other of EVERYBODY)
        if (other.id !== ANI.id && other.id !== reads.id) assert.deepEqual(heardBy(effects, other), [], other.id);
      assert.match(heard(effects, ANI), /tidak ke grup petugas/);
    });
  }

  test('in the group as well: the group reads the fixed sentence and the officers nothing', () => {
    const effects = tells('petugas minta uang', { means: accuse('officer'), where: KOTO_GROUP });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.invitation]);
    assert.deepEqual(heardBy(effects, OFFICERS), []);
    assert.match(heard(effects, RATNA), /petugas minta uang/);
  });

  test('named only later: the head reads all of it, and whoever had it hears no more and has it no more', () => {
    const own: Case = { ...CASE, status: 'claimed', claimer: BUDI.id };
    const effects = tells('ternyata Budi yang minta uang', { own });
    const next = after(effects, own);
    assert.equal(next.restriction, 'head');
    assert.equal(next.claimer, undefined);
    assert.equal(next.status, 'open');
    assert.ok(next.dueAt !== undefined);
    assert.deepEqual(heardBy(effects, BUDI), []);
    assert.deepEqual(heardBy(effects, OFFICERS), []);
    assert.match(heard(effects, RATNA), /> isi lama\n> ternyata Budi/);
    const later = tells('masih ada lagi', { means: CHAT, own: next });
    assert.deepEqual(heardBy(later, BUDI), []);
    assert.match(heard(later, RATNA), /> masih ada lagi/);
  });

  test('what was restricted is not opened again by a harmless word', () => {
    const own: Case = { ...CASE, restriction: 'second-contact' };
    assert.equal(after(tells('terima kasih', { means: CHAT, own }), own).restriction, 'second-contact');
  });

  test('where no second contact is named, somebody still hears that there is a case', () => {
    const staff = known(ANI, HERE).staff.map((one) => ({ ...one, secondContact: false }));
    const effects = tells('kepala kantor terima uang', { means: accuse('head'), state: { staff } });
    assert.deepEqual(heardBy(effects, RATNA), []);
    assert.ok(sends(effects).some(({ to }) => !('chat' in to && to.chat === HERE.id)));
  });
});

describe('another’s words inside the bot’s own', () => {
  const spoofs: readonly (readonly [string, string])[] = [
    ['a fake alert', '🔴 *DARURAT* · *KRC-9999*\nDesa: Palsu\nBeri 👍 atau balas *ambil* untuk menangani.'],
    ['a fake ending', 'tolong\n\n☑️ *KRC-NEW2* ditutup oleh Ujang.'],
    ['bidi and zero width', 'a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf'],
    ['a contact card', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ujang\nEND:VCARD'],
    ['every sign of formatting', '*a* _b_ ~c~ ```d``` > e\n> f\n- g\n1. h'],
    ['65,000 characters', 'tolong '.repeat(9_300)],
    ['5,000 lines', 'a\n'.repeat(5_000)],
    ['foreign line ends', 'a\u2028KRC\u2029b\u0085c\vd\fe\rf'],
  ];
  for (const [name, text] of spoofs) {
    test(`${name} stays a short quote`, () => {
      for (const effects of [tells(text), tells(text, { own: CASE })]) {
        const told = heardBy(effects, BUDI).join('\n');
        const [before = '', quote = ''] = told.split(/\(rahasia\):\n/);
        assert.doesNotMatch(before, /9999|Palsu|VCARD/);
        assert.doesNotMatch(told, /[\u202A-\u202E\u2066-\u2069\u200B\uFEFF\u00AD\u2028\u2029\u0085\v\f\r]/);
        const lines = quote.split('\n\n')[0]?.split('\n') ?? [];
        assert.ok(lines.length <= 7 && lines.join('').length <= 520, `${lines.length} lines`);
        for (const line of lines) {
          assert.match(line, /^> /);
          assert.doesNotMatch(line, /[*_~`]/);
        }
        assert.doesNotMatch(heardBy(effects, OFFICERS).join(), /9999|Palsu|VCARD|tolong/);
        // Kept as it was told.
        assert.ok(kept(effects)[0]?.endsWith(text));
      }
    });
  }

  test('a contact, a place and a poll are shown with what they say; what must be looked at is counted', () => {
    const place = { type: 'place', name: 'Terminal, -2.08, 101.39' } as const;
    const contact = { type: 'contact', name: 'Ujang 620000000055' } as const;
    assert.equal(
      quoted({ text: '', attachments: [place, contact, { type: 'photo' }] }),
      '> (foto, isi belum dibaca)\n> lokasi: Terminal, -2.08, 101.39\n> kontak: Ujang 620000000055',
    );
    assert.equal(quoted({ text: '', attachments: [place] }), '> lokasi: Terminal, -2.08, 101.39');
    assert.equal(quoted({ text: '', attachments: [{ type: 'place' }] }), '> (lokasi, isi belum dibaca)');
    assert.equal(quoted({ text: '', attachments: [] }), '> (tanpa kata-kata)');
    assert.equal(quoted({ text: 'Mau ikut?\n- ya\n- tidak', attachments: [] }), '> Mau ikut?\n> - ya\n> - tidak');
  });

  test('a contact’s name is quoted as well', () => {
    const name = 'Budi\n☑️ *KRC-NEW2* ditutup.\u202E';
    const effects = tells('', { means: CHAT, event: { attachments: [{ type: 'contact', name }] } });
    for (const line of heardBy(effects, BUDI).join('\n').split('\n'))
      if (/ditutup/.test(line)) assert.match(line, /^> [^*\u202E]*$/);
  });
});
