// What is told of a case besides its words, and how it grows: never less known, never less urgent.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Known, knownWith, type More } from '../../../src/core/reports/urgency.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import type { Case, Meaning } from '../../../src/core/types.ts';
import { ANI, BUDI, CASE, heardBy, KOTO_GROUP, meaning, NOW, OFFICERS } from '../scenes.ts';
import { after, CHAT, opened, tells, URGENT } from './scenes.ts';

const NOTHING: Known = { kind: 'report', severity: 'biasa', signs: [], reasons: [] };
// NOW is a Monday.
const leaves = (said: string, more: Partial<Meaning> = {}) =>
  meaning('report', { when: { said, leaves: true }, ...more });
const heard = (means: Meaning, more: Partial<More> = {}): More => ({ meaning: means, at: NOW, now: NOW, ...more });

describe('leaving', () => {
  for (const [said, day] of [
    ['hari ini', '2026-11-23'],
    ['hari selasa', '2026-11-24'],
    ['tanggal 25', '2026-11-25'],
  ] as const) {
    test(`${said}, within two days, is urgent, and says so`, () => {
      const known = knownWith(NOTHING, heard(leaves(said)));
      assert.deepEqual(known, {
        severity: 'darurat',
        signs: ['leaving-soon'],
        reasons: ['leaving-soon'],
        when: { day, said },
      });
    });
  }

  test('further ahead is not urgent by itself, and is told', () => {
    const known = knownWith(NOTHING, heard(leaves('hari kamis')));
    assert.deepEqual([known.severity, known.reasons, known.when?.day], ['biasa', [], '2026-11-26']);
  });

  test('is counted from when it was written, and is near from when it is heard', () => {
    const late = heard(leaves('hari sabtu'), { at: NOW, now: NOW + 3 * DAY });
    assert.deepEqual(knownWith(NOTHING, late).severity, 'darurat');
    const tomorrow = heard(leaves('besok'), { at: NOW - 5 * DAY, now: NOW });
    assert.equal(knownWith(NOTHING, tomorrow).when?.day, '2026-11-19');
    assert.equal(knownWith(NOTHING, tomorrow).severity, 'darurat', 'who left meanwhile is no less in danger');
  });

  test('as an advert or a wish for a person tells it is told and makes nothing urgent', () => {
    for (const kind of ['advert', 'handover'] as const) {
      const known = knownWith({ ...NOTHING, kind }, heard(leaves('besok')));
      assert.deepEqual([known.severity, known.reasons, known.when?.day], ['biasa', [], '2026-11-24'], kind);
    }
  });

  test('a bare day answers when where somebody is on his way, and nowhere else', () => {
    const day = meaning('menu', { when: { said: 'hari selasa', leaves: false } });
    const onTheWay: Known = { ...NOTHING, signs: ['recruiting'] };
    assert.equal(knownWith(onTheWay, heard(day, { answersWhen: true })).severity, 'darurat');
    assert.equal(knownWith(onTheWay, heard(day)).when, undefined);
    const held: Known = { ...NOTHING, signs: ['passport-withheld'] };
    assert.equal(knownWith(held, heard(day, { answersWhen: true })).when, undefined);
  });

  test('told anew takes the place of the earlier day, and what was urgent stays so', () => {
    const first = knownWith(NOTHING, heard(leaves('besok')));
    const then = knownWith({ kind: 'report', ...first }, heard(leaves('minggu depan')));
    assert.deepEqual([then.severity, then.reasons, then.when?.said], ['darurat', ['leaving-soon'], 'minggu depan']);
    const more = knownWith({ kind: 'report', ...then }, heard(CHAT));
    assert.equal(more.when?.said, 'minggu depan');
  });
});

describe('what is known', () => {
  test('stands with the gravest first, whenever it was told', () => {
    const known = knownWith({ ...NOTHING, signs: ['recruiting'] }, heard(meaning('report', { signs: ['child'] })));
    assert.deepEqual(known.signs, ['child', 'recruiting']);
  });

  test('kin is nearer known than somebody, and nothing less is', () => {
    const who = (before: Known['who'], now: Meaning['who']) =>
      knownWith({ ...NOTHING, ...(before && { who: before }) }, heard(meaning('report', now && { who: now }))).who;
    assert.equal(who('another', 'kin'), 'kin');
    assert.equal(who('kin', 'another'), 'kin');
    assert.equal(who('kin', 'self'), 'kin');
    assert.equal(who('kin', undefined), 'kin');
    assert.equal(who(undefined, 'self'), 'self');
  });

  test('an advert forwarded later adds no reason', () => {
    const advert = meaning('warn', { severity: 'darurat', signs: ['child'], reasons: ['child'] });
    assert.deepEqual(knownWith(NOTHING, heard(advert)).reasons, []);
  });
});

describe('as the office hears of it', () => {
  test('a weekday within two days alerts as urgent, and names why, who and whither', () => {
    const means = leaves('hari selasa', { who: 'another', countries: ['Malaysia'], signs: ['recruiting'] });
    const effects = tells('anak tetangga mau dibawa ke malaysia hari selasa', { means });
    assert.equal(opened(effects)?.dueAt, NOW + 5 * 60_000);
    assert.deepEqual(opened(effects)?.questions.includes('danger'), false);
    const [alert] = heardBy(effects, OFFICERS);
    assert.match(
      alert ?? '',
      /DARURAT.*\nMendesak: berangkat Selasa, 24 November\nJenis: ada perekrut\nYang kena: orang lain\nNegara: Malaysia\n/s,
    );
    assert.match(heardBy(effects, ANI).join(), /110/);
  });

  test('what is told later raises it and says why', () => {
    const effects = tells('berangkatnya besok', { means: leaves('besok'), own: CASE });
    assert.equal(after(effects, CASE).severity, 'darurat');
    assert.match(heardBy(effects, OFFICERS).join(), /Naik menjadi darurat.*Mendesak: berangkat Selasa, 24 November/s);
  });

  test('a yes to the question of danger is its reason', () => {
    const own: Case = { ...CASE, questions: ['danger'], signs: ['passport-withheld'] };
    const effects = tells('ya', { means: CHAT, own, question: 'danger' });
    assert.deepEqual(after(effects, own).reasons, ['danger-now']);
    assert.match(heardBy(effects, OFFICERS).join(), /Mendesak: kata pelapor, ada bahaya sekarang\nJenis: paspor/);
  });

  test('what was told before the menu counts its days from then', () => {
    const told = { text: 'besok anu tu', meaning: leaves('besok'), restriction: 'none' as const, at: NOW - 20 * HOUR };
    const effects = tells('lapor', {
      means: CHAT,
      reading: { command: { name: 'lapor', rest: '' } },
      state: { asked: { question: { about: 'menu', choices: [], told }, at: NOW - HOUR } },
    });
    assert.equal(opened(effects)?.when?.day, '2026-11-23');
  });

  test('numbers go with the words to who may read them, and nowhere else', () => {
    const means: Meaning = { ...URGENT, contacts: ['080000001111', 'BRI 001201000345508'] };
    for (const where of [undefined, KOTO_GROUP]) {
      const effects = tells('nomornya 0800-0000-1111', { means, ...(where && { where }) });
      assert.match(heardBy(effects, BUDI).join(), /☎️ Nomor yang disebut: 080000001111, BRI 001201000345508/);
      assert.doesNotMatch(heardBy(effects, OFFICERS).join(), /0000|BRI/);
      const rest = effects.filter((effect) => effect.do !== 'send' && effect.do !== 'add-entry');
      assert.doesNotMatch(JSON.stringify(rest), /08000000|001201/);
    }
  });

  test('a number in what is added goes to who has the case', () => {
    const own: Case = { ...CASE, status: 'claimed', claimer: BUDI.id };
    const effects = tells('ini nomornya', { means: meaning('menu', { contacts: ['080000001111'] }), own });
    assert.match(heardBy(effects, BUDI).join(), /➕.*☎️ Nomor yang disebut: 080000001111/s);
    assert.doesNotMatch(heardBy(effects, OFFICERS).join(), /0000/);
  });
});
