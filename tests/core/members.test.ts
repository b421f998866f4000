// Who is who: becoming active, groups tied to villages, the introduction, what an unknown group gets.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type { Address, Chat, ChatId, Effect, MessageEvent, Person, State } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  BUDI,
  command,
  EVERYBODY,
  GROUPS,
  HIANG,
  heardBy,
  KADES,
  KOTO,
  KOTO_GROUP,
  known,
  meaning,
  message,
  OFFICE,
  OFFICERS,
  privateChat,
  RATNA,
  reaction,
  reading,
  STAFF,
  said,
  sends,
  WAWAN,
} from './scenes.ts';

const STRANGE: Chat = {
  id: 'group-new' as ChatId,
  address: 'group-new-address' as Address,
  kind: 'group',
  name: 'Arisan',
  officers: false,
  introduced: false,
  listens: false,
  closed: false,
  gone: false,
};

const URGENT = meaning('report', { severity: 'darurat', signs: ['confined'] });

describe('an unknown group', () => {
  test('gets nothing; the admin hears of it once', () => {
    const first = decide(
      message(ANI, STRANGE, 'tolong', { mentionsBot: true }),
      reading('tolong', URGENT),
      known(ANI, STRANGE),
    );
    assert.deepEqual(heardBy(first, WAWAN), [words.newGroup(STRANGE, OFFICE)]);
    assert.equal(sends(first).length, 1);
    const groups = [...GROUPS, STRANGE];
    const later = decide(
      message(ANI, STRANGE, 'tolong'),
      reading('tolong', URGENT, { named: true }),
      known(ANI, STRANGE, { groups }),
    );
    assert.deepEqual(later, []);
    assert.deepEqual(decide(reaction(ANI, STRANGE, '👍'), reading(''), known(ANI, STRANGE, { groups })), []);
  });

  test('with a name made to look like the bot’s words is shown harmlessly', () => {
    const chat = { ...STRANGE, name: 'Arisan*\n*desa petugas*\u202E' };
    const effects = decide(message(ANI, chat, 'halo'), reading('halo'), known(ANI, chat));
    const [text = ''] = heardBy(effects, WAWAN);
    assert.match(text.split('\n')[0] ?? '', /Arisan/);
    assert.doesNotMatch(text, /\u202E|Arisan\*/);
  });
});

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

describe('tying a group', () => {
  const desa = (rest: string, who: Person = WAWAN, more: Partial<State> = {}, event: Partial<MessageEvent> = {}) =>
    decide(
      message(who, privateChat(who), `desa ${rest}`, event),
      reading(`desa ${rest}`, meaning('silent'), command('desa', rest)),
      known(who, privateChat(who), {
        groups: [...GROUPS, STRANGE],
        quoted: said('new-group', privateChat(who), { group: STRANGE.id }),
        ...more,
      }),
    );
  const tied = (effects: readonly Effect[]) => effects.find((effect) => effect.do === 'tie-group');

  for (const name of ['Hiang Sakti', 'hiang sakti', 'HIANGSAKTI', 'hiang-sakti', '4 Hiang Sakti']) {
    test(`"desa ${name}" ties it and introduces the bot once`, () => {
      const effects = desa(name);
      assert.deepEqual(tied(effects), { do: 'tie-group', chat: STRANGE.id, officers: false, village: HIANG.id });
      assert.deepEqual(heardBy(effects, STRANGE), [words.introduction(OFFICE, HIANG)]);
      const again = desa(name, WAWAN, { groups: [...GROUPS, { ...STRANGE, introduced: true }] });
      assert.deepEqual(heardBy(again, STRANGE), []);
    });
  }

  test('the introduction says who, what is read and kept, where to report, and that money is never asked for', () => {
    for (const part of [/bot/, /dibaca/i, /disimpan/i, /pesan pribadi/, /tidak pernah.*uang/s, /privasi/, /110/])
      assert.match(words.introduction(OFFICE, KOTO), part);
  });

  for (const rest of ['entah', '', '99 Hiang Sakti', '0 Hiang Sakti', '1', 'hiang']) {
    test(`"desa ${rest}" ties nothing`, () => {
      assert.equal(tied(desa(rest)), undefined);
    });
  }

  test('a group of villagers cannot become the officers’ by a slip, nor the officers’ a village’s', () => {
    assert.equal(tied(desa('1 petugas')), undefined);
    assert.equal(tied(desa('3 Hiang Sakti')), undefined);
    assert.equal(tied(desa('petugas'))?.do, 'tie-group');
  });

  for (const who of [ANI, KADES, BUDI, RATNA]) {
    test(`${who.role} ${who.id} ties nothing`, () => {
      assert.equal(tied(desa('Hiang Sakti', who)), undefined);
    });
  }

  test('nor does the admin in a group', () => {
    const effects = decide(
      message(WAWAN, KOTO_GROUP, 'desa Hiang Sakti'),
      reading('desa Hiang Sakti', meaning('silent'), command('desa', 'Hiang Sakti')),
      known(WAWAN, KOTO_GROUP, { quoted: said('new-group', KOTO_GROUP, { group: STRANGE.id }) }),
    );
    assert.equal(tied(effects), undefined);
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
    for (const text of [words.staffList(STAFF, OFFICE), words.groupList(GROUPS, OFFICE)])
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
