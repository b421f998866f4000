// Who is who: becoming active, the lists, what the officers' group gets.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type { Chat, Effect, Person } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  BUDI,
  command,
  EVERYBODY,
  GROUPS,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  OFFICE,
  OFFICERS,
  privateChat,
  reading,
  STAFF,
  sends,
  WAWAN,
} from './scenes.ts';

const URGENT = meaning('report', { severity: 'darurat', signs: ['confined'] });

describe('mulai', () => {
  const mulai = (who: Person, where: Chat = privateChat(who), rest = '') =>
    decide(
      message(who, where, `mulai ${rest}`),
      reading('mulai', meaning('silent'), command('mulai', rest)),
      known(who, where),
    );
  const activates = (effects: readonly Effect[]) => effects.some(({ do: what }) => what === 'activate');

  for (const who of EVERYBODY) {
    const isStaff = /officer|head|admin/.test(who.role);
    test(`${who.role} ${who.id}: ${isStaff ? 'active' : 'as any villager'}`, () => {
      assert.equal(activates(mulai(who)), isStaff);
      assert.equal(activates(mulai(who, KOTO_GROUP)), false);
      assert.equal(activates(mulai(who, OFFICERS)), false);
      assert.equal(activates(mulai(who, privateChat(who), 'sekarang rapatnya')), false);
    });
  }

  test('shows the admin who is missing, himself no more among them', () => {
    const staff = STAFF.map((person) => (person === BUDI || person === WAWAN ? { ...person, active: false } : person));
    const wawan = { ...WAWAN, active: false };
    const effects = decide(
      message(wawan, privateChat(wawan), 'mulai'),
      reading('mulai', meaning('silent'), command('mulai')),
      known(wawan, privateChat(wawan), { staff }),
    );
    assert.match(heardBy(effects, WAWAN).join(), /⏳ Budi.*Belum aktif: 1/s);
  });
});

describe('the lists of staff and groups', () => {
  for (const name of ['petugas', 'grup'] as const) {
    for (const who of EVERYBODY) {
      test(`${name} by ${who.id} shows ${who === WAWAN ? 'them' : 'nothing of them'}`, () => {
        const effects = decide(
          message(who, privateChat(who), name),
          reading(name, meaning('menu'), command(name)),
          known(who, privateChat(who)),
        );
        assert.equal(
          /\*Grup\*|⏳|✅ Budi/.test(
            sends(effects)
              .map(({ text }) => text)
              .join(),
          ),
          who === WAWAN,
        );
      });
    }
  }

  test('no list holds a number', () => {
    for (const text of [words.staffList(STAFF, OFFICE), words.groupList(GROUPS, OFFICE, [], [])])
      assert.doesNotMatch(text, /62000000|address/);
  });
});

describe("the officers' group", () => {
  for (const means of [URGENT, meaning('warn'), meaning('human'), meaning('answer'), meaning('menu')]) {
    test(`hears nothing of a "${means.kind}" said in it`, () => {
      for (const who of EVERYBODY)
        assert.deepEqual(decide(message(who, OFFICERS, 'x'), reading('x', means), known(who, OFFICERS)), []);
    });
  }

  test('that calls the bot gets the officers’ help, and not the villagers’ menu', () => {
    const effects = decide(
      message(BUDI, OFFICERS, '@bot'),
      reading('', meaning('menu'), { named: true }),
      known(BUDI, OFFICERS),
    );
    assert.deepEqual(heardBy(effects, OFFICERS), [words.officerHelp]);
  });
});
