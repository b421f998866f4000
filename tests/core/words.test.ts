// Every sentence the bot says: short enough, in order, and with nothing in it that does not belong there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Case, type Person, SIGNS } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import { ANI, BUDI, CASE, KOTO, NOW, OFFICE, STAFF, TOPICS } from './scenes.ts';

const DOORS = [{ title: 'Paspor', topics: TOPICS }];
const URGENT: Case = { ...CASE, severity: 'darurat' };
const FULL: Case = { ...URGENT, signs: SIGNS, countries: ['Malaysia'], reporterName: 'Ani', claimer: BUDI.id };

const TO_VILLAGERS: Readonly<Record<string, string>> = {
  menu: words.menu(OFFICE, DOORS),
  menuInGroup: words.menuInGroup(DOORS),
  notUnderstood: words.notUnderstood(DOORS),
  offer: words.offer(TOPICS, false),
  offerInGroup: words.offer(TOPICS, true),
  nothingMore: words.nothingMore,
  several: words.several(
    TOPICS.map((topic) => ({ topic, text: topic.answer })),
    TOPICS,
  ),
  invitation: words.invitation,
  warning: words.warning,
  askForReport: words.askForReport,
  receipt: words.receipt(CASE, ['photo'], false),
  urgentReceipt: words.receipt(URGENT, [], true),
  joined: words.joined(CASE),
  keepTelling: words.keepTelling(CASE),
  nowUrgent: words.nowUrgent(URGENT),
  questionsDone: words.questionsDone(CASE),
  claimed: words.stepClaimed(CASE),
  closed: words.stepClosed(CASE, 'Sudah.'),
  reopened: words.stepReopened(CASE),
  unanswered: words.stepUnanswered(CASE),
  relayed: words.relayed(CASE, 'Kami datang.'),
  withdrawn: words.withdrawn,
  introduction: words.introduction(OFFICE, KOTO, false),
  introductionWhereItListens: words.introduction(OFFICE, KOTO, true),
  speaksNow: words.speaksNow,
  privacy: words.privacy(OFFICE),
};

describe('what villagers read', () => {
  for (const [name, text] of Object.entries(TO_VILLAGERS)) {
    test(`${name}: no foreign word, no open formatting, no gap`, () => {
      assert.doesNotMatch(text, /undefined|null|NaN|\[object/);
      assert.doesNotMatch(text, /\n\n\n|^\s|\s$/);
      for (const sign of ['*', '_']) assert.equal(text.split(sign).length % 2, 1, `${sign} in ${text}`);
      assert.doesNotMatch(text, /\b(please|report|admin panel|user|error|case|database)\b/i);
    });
  }

  test('nothing promises what nobody can', () => {
    for (const text of Object.values(TO_VILLAGERS)) assert.doesNotMatch(text, /pasti|dijamin|segera ditangani|100%/i);
  });

  test('what is urgent carries 110 and 129, what is ordinary does not shout', () => {
    for (const name of ['urgentReceipt', 'nowUrgent', 'askForReport', 'invitation', 'introduction'])
      assert.match(TO_VILLAGERS[name] ?? '', /110.*129/s, name);
    assert.doesNotMatch(TO_VILLAGERS.receipt ?? '', /❗/);
  });

  test('what a withdrawn case is answered with names no case, no office and no police', () => {
    assert.doesNotMatch(words.withdrawn, /KRC|laporan|petugas|polisi|imigrasi|darurat/i);
  });

  test('what is said in a group names no officer told and no reporter', () => {
    for (const text of [words.invitation, words.warning, words.pointer, words.invitationPointer])
      assert.doesNotMatch(text, /petugas|diteruskan|diberi tahu|KRC/i);
  });
});

describe('what the officers’ group reads', () => {
  const texts: Readonly<Record<string, string>> = {
    alert: words.alert(FULL, OFFICE, ['voice'], false),
    again: words.alertAgain(FULL, OFFICE, NOW),
    upgraded: words.alertUpgraded(FULL, OFFICE),
    reopened: words.alertReopened(FULL, OFFICE),
    claimed: words.claimed(FULL, BUDI),
    closed: words.closed(FULL, BUDI),
    withdrew: words.reporterWithdrew({ ...FULL, withdrawnAt: NOW }),
    list: words.openList([FULL], OFFICE, STAFF, NOW),
    digest: words.moreReports([FULL], OFFICE),
  };
  for (const [name, text] of Object.entries(texts)) {
    test(`${name} holds the code and nobody but who has it`, () => {
      assert.match(text, /\*KRC-7K2Q\*/);
      assert.doesNotMatch(text, new RegExp(`${ANI.address}|\\bAni\\b|undefined`));
    });
  }

  test('an alert tells urgency, village, kind and how to take it, one a line', () => {
    assert.equal(
      words.alert({ ...URGENT, signs: ['confined'], countries: ['Kamboja'] }, OFFICE, ['voice'], false),
      [
        '🔴 *DARURAT* · *KRC-7K2Q*',
        'Desa: Koto Dua Baru',
        'Jenis: disekap atau dikurung',
        'Negara: Kamboja',
        'Lampiran: pesan suara (isi belum dibaca)',
        'Beri 👍 atau balas *ambil* untuk menangani.',
      ].join('\n'),
    );
  });

  test('an urgent alert names why, who and the day of leaving, and what else it is about', () => {
    const theCase: Case = {
      ...URGENT,
      signs: ['child', 'leaving-soon', 'recruiting'],
      reasons: ['child', 'leaving-soon', 'danger-now'],
      who: 'another',
      when: { day: '2026-11-28', said: 'hari sabtu subuh' },
      countries: ['Malaysia'],
    };
    assert.equal(
      words.alert(theCase, OFFICE, [], true),
      [
        '🔴 *DARURAT* · *KRC-7K2Q*',
        'Desa: Koto Dua Baru',
        'Mendesak: menyangkut anak, berangkat Sabtu, 28 November, kata pelapor, ada bahaya sekarang',
        'Jenis: ada perekrut',
        'Yang kena: orang lain',
        'Negara: Malaysia',
        'Beri 👍 atau balas *ambil* untuk menangani.',
      ].join('\n'),
    );
  });

  test('a day that is further ahead is told, and makes nothing urgent', () => {
    const text = words.alert({ ...CASE, signs: ['recruiting'], when: { day: '2026-12-12' } }, OFFICE, [], true);
    assert.match(text, /Biasa.*\nJenis: ada perekrut\nBerangkat: Sabtu, 12 Desember\n/s);
  });

  test('how the day was said stands with the words alone', () => {
    const theCase: Case = { ...URGENT, when: { day: '2026-11-28', said: 'hari sabtu subuh' } };
    assert.doesNotMatch(words.alert(theCase, OFFICE, [], true), /subuh/);
    assert.match(words.caseWords(theCase, OFFICE, '> x'), /Waktunya menurut pelapor: hari sabtu subuh\n\nIsi/);
  });

  test('many alerts at once are a line each, and tell how to take one', () => {
    const taken: Case = { ...CASE, code: 'KRC-9Z9Z' as Case['code'], signs: [], status: 'claimed' };
    assert.equal(
      words.moreReports([{ ...URGENT, signs: ['confined'] }, taken], OFFICE),
      [
        '📋 *2 laporan lagi*',
        '🔴 *DARURAT* · *KRC-7K2Q* · Koto Dua Baru · disekap atau dikurung',
        '🟡 Biasa · *KRC-9Z9Z* · Koto Dua Baru · laporan, jenis belum jelas · sudah ditangani',
        '',
        'Ketik *daftar* untuk melihat semua yang terbuka.',
        'Ketik *ambil KODE* untuk menangani. 👍 pada pesan ini tidak cukup.',
      ].join('\n'),
    );
  });

  test('every sign has its words', () => {
    for (const sign of SIGNS) assert.ok(words.SIGN_WORDS[sign].length > 3, sign);
  });
});

test('the line that asks about a doubt names no case and says how to answer; what it is answered with is honest', () => {
  const advert: Case = { ...CASE, kind: 'advert', status: 'doubtful' };
  assert.equal(
    words.check(advert, OFFICE, '> loker'),
    [
      '❓ Mungkin ini *iklan kerja mencurigakan* (rahasia)',
      'Dari grup desa: Koto Dua Baru',
      '> loker',
      'Beri 👍 kalau benar, 👎 kalau bukan. Atau balas pesan ini: *ya* atau *bukan*.',
    ].join('\n'),
  );
  for (const verdict of ['no', 'none'] as const)
    assert.match(words.alreadyChecked({ ...CASE, status: 'closed', verdict }), /sudah dihapus\.$/);
  assert.match(words.alreadyChecked({ ...CASE, verdict: 'yes' }), /\*KRC-7K2Q\*/);
  assert.match(words.alreadyChecked(CASE), /\*KRC-7K2Q\*/);
  assert.match(words.privacy(OFFICE), /mungkin laporan.*petugas desa.*3 hari.*dihapus/);
});

test('several attachments of a kind are counted', () => {
  assert.equal(words.attachmentsText(['photo', 'photo', 'voice']), '2 foto, pesan suara');
});

test('somebody without a name is still somebody', () => {
  const { name: _, ...nameless } = BUDI;
  assert.match(words.claimed(CASE, nameless as Person), /ditangani petugas/);
  assert.match(words.welcome(nameless as Person), /Bapak\/Ibu/);
});

test('the privacy text says of everybody who can read a report that he can', () => {
  assert.match(words.privacy(OFFICE), /kepala kantor/);
  assert.match(words.privacy(OFFICE), /petugas desa/);
  assert.match(words.privacy(OFFICE), /iklan|lowongan/i);
});

test('every sentence stands in this one file: no rule says something of its own', () => {
  const ROOT = join(import.meta.dirname, '..', '..', 'src', 'core');
  for (const file of ['commands.ts', 'escalation.ts', 'members.ts', 'topics.ts', 'broadcasts.ts', 'audience.ts']) {
    const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    // A sentence to a person begins with a capital and has several words.
    assert.doesNotMatch(source, /['`](?!use )[A-Z][a-z]+ [a-z]+ [a-z]+/, file);
  }
});

test('who told a case is shown with a way to reach him: by number where WhatsApp shows it, by the bot where not', () => {
  assert.match(words.identity(CASE, 'Ani', ANI.address), /Nomor: 620000000001\nhttps:\/\/wa\.me\/620000000001\n/);
  const hidden = words.identity(CASE, 'Ani', '990000000001@lid');
  assert.match(hidden, /Nomor: tidak terlihat \(disembunyikan WhatsApp\)\n.*\*balas …\*/);
  assert.doesNotMatch(hidden, /99000|wa\.me/);
});
