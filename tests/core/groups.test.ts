// Groups: what an unknown one gets, tying, being taken in and out, closed ones, listening first.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type {
  Address,
  Chat,
  ChatId,
  Effect,
  GroupEvent,
  MessageEvent,
  Person,
  State,
  Unsaid,
} from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  BUDI,
  command,
  EVERYBODY,
  GROUPS,
  HIANG,
  HIANG_GROUP,
  heardBy,
  KADES,
  KOTO,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICE,
  OFFICERS,
  privateChat,
  RATNA,
  reaction,
  reading,
  said,
  sends,
  TOPICS,
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
      assert.deepEqual(heardBy(effects, STRANGE), [words.introduction(OFFICE, HIANG, true)]);
      const again = desa(name, WAWAN, { groups: [...GROUPS, { ...STRANGE, introduced: true }] });
      assert.deepEqual(heardBy(again, STRANGE), []);
    });
  }

  test('the introduction says who, what is read and kept, where to report, and that money is never asked for', () => {
    for (const listens of [false, true])
      for (const part of [/bot/, /dibaca/i, /disimpan/i, /pesan pribadi/, /tidak pernah.*uang/s, /privasi/, /110/])
        assert.match(words.introduction(OFFICE, KOTO, listens), part);
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

/** What is done to a chat. */
const changes = (effects: readonly Effect[]) => effects.filter((effect) => effect.do === 'change-chat');
const kinds = (effects: readonly Effect[]) => effects.map((effect) => effect.do);

describe('a group is tied', () => {
  const tie = (rest: string, groups: readonly Chat[]) =>
    decide(
      message(WAWAN, privateChat(WAWAN), `desa ${rest}`),
      reading(`desa ${rest}`, meaning('silent'), command('desa', rest)),
      known(WAWAN, privateChat(WAWAN), { groups }),
    );

  test('to a village: it is listened to first, and the admin reads how to let the bot speak', () => {
    const effects = tie('1 Hiang Sakti', [STRANGE]);
    assert.deepEqual(changes(effects), [{ do: 'change-chat', chat: STRANGE.id, to: { listens: true } }]);
    const [told] = sends(effects).filter(({ purpose }) => purpose === 'dialog');
    assert.match(told?.text ?? '', /mendengarkan.*balas.*bicara/is);
    assert.equal(told?.group, STRANGE.id, 'a reply to it names the group');
  });

  test('to another village: it goes on as it was', () => {
    assert.deepEqual(changes(tie('1 Hiang Sakti', [KOTO_GROUP])), []);
    assert.deepEqual(changes(tie('1 Hiang Sakti', [{ ...KOTO_GROUP, listens: true }])), []);
  });

  test('to the officers: it never only listens', () => {
    assert.deepEqual(changes(tie('1 petugas', [STRANGE])), []);
  });

  test('while closed: it introduces itself once it may write', () => {
    const effects = tie('1 Hiang Sakti', [{ ...STRANGE, closed: true }]);
    assert.ok(!kinds(effects).includes('mark-introduced'));
    assert.match(heardBy(effects, WAWAN).join(), /admin grup/);
    const tied = { ...STRANGE, closed: true, village: HIANG.id, listens: true };
    const opened = happens('opened', tied);
    assert.deepEqual(heardBy(opened, tied), [words.introduction(OFFICE, HIANG, true)]);
    assert.ok(kinds(opened).includes('mark-introduced'));
    assert.deepEqual(heardBy(happens('opened', { ...tied, introduced: true }), tied), []);
  });

  test('that the bot is no longer in: refused', () => {
    assert.ok(!kinds(tie('1 Hiang Sakti', [{ ...STRANGE, gone: true }])).includes('tie-group'));
  });
});

function happens(change: GroupEvent['change'], chat: Chat, more: Partial<State> = {}, name?: string): Effect[] {
  const { person: _, ...state } = known(WAWAN, chat, { groups: [chat], ...more });
  const event: GroupEvent = { kind: 'group', chat: chat.address, change, at: NOW, ...(name && { chatName: name }) };
  return decide(event, reading(''), state);
}

describe('the bot is taken into a group', () => {
  test('a new one: the admin hears the same notice as when somebody writes there first, under the same key', () => {
    const added = sends(happens('joined', STRANGE, { groups: GROUPS }));
    const heard = sends(decide(message(ANI, STRANGE, 'halo'), reading('halo'), known(ANI, STRANGE)));
    assert.deepEqual(added, heard);
    assert.deepEqual(
      added.map(({ text }) => text),
      [words.newGroup(STRANGE, OFFICE)],
    );
  });

  test('one it is in already: nothing, but its new name is kept', () => {
    assert.deepEqual(happens('joined', KOTO_GROUP), []);
    assert.deepEqual(happens('joined', KOTO_GROUP, {}, 'Arisan Baru'), [
      { do: 'change-chat', chat: KOTO_GROUP.id, to: { name: 'Arisan Baru' } },
    ]);
  });

  test('one it was taken out of: it is there again, and the admin hears it', () => {
    const effects = happens('joined', { ...KOTO_GROUP, gone: true, closed: true });
    assert.deepEqual(changes(effects), [
      { do: 'change-chat', chat: KOTO_GROUP.id, to: { gone: false, closed: false } },
    ]);
    assert.match(heardBy(effects, WAWAN).join(), /ada lagi di grup \*group-koto\* \(desa Koto Dua Baru\)/);
    assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
    const untied = happens('joined', { ...STRANGE, gone: true });
    assert.match(heardBy(untied, WAWAN).join(), /belum ditentukan/);
  });

  test('without anybody telling: who hears a group is in it, unless what it hears is old', () => {
    const gone = { ...KOTO_GROUP, gone: true };
    const hears = (at: number) =>
      decide(
        message(ANI, gone, 'biaya', { at }),
        reading('biaya', meaning('answer', { topics: [{ topic: TOPICS[0]?.id as never, probability: 0.9 }] })),
        known(ANI, gone, { groups: [gone] }),
      );
    assert.deepEqual(changes(hears(NOW)), [{ do: 'change-chat', chat: gone.id, to: { gone: false } }]);
    assert.equal(heardBy(hears(NOW), gone).length, 1);
    assert.deepEqual(changes(hears(NOW - 11 * 60_000)), []);
    assert.deepEqual(heardBy(hears(NOW - 11 * 60_000), gone), []);
  });
});

describe('the bot is taken out of a group', () => {
  test('the admin hears which, and that private reports go on; told again, nothing', () => {
    const effects = happens('left', KOTO_GROUP);
    assert.deepEqual(changes(effects), [{ do: 'change-chat', chat: KOTO_GROUP.id, to: { gone: true } }]);
    assert.deepEqual(heardBy(effects, WAWAN), [words.leftGroup(KOTO_GROUP, KOTO)]);
    assert.match(words.leftGroup(KOTO_GROUP, KOTO), /group-koto.*Koto Dua Baru.*pesan pribadi/s);
    assert.deepEqual(happens('left', { ...KOTO_GROUP, gone: true }), []);
  });

  test('one that was never known: nothing', () => {
    assert.deepEqual(happens('left', STRANGE, { groups: GROUPS }), []);
  });

  test('the officers’: told at once, and that alerts go another way', () => {
    const effects = happens('left', OFFICERS);
    assert.match(heardBy(effects, WAWAN).join(), /grup petugas.*kepala kantor/s);
    assert.ok(sends(effects).every(({ urgency }) => urgency === 'alert'));
  });
});

describe('only admins of a group may write', () => {
  test('the admin is told what to do, and later that it is over; each once', () => {
    const closed = happens('closed', KOTO_GROUP);
    assert.deepEqual(changes(closed), [{ do: 'change-chat', chat: KOTO_GROUP.id, to: { closed: true } }]);
    assert.match(heardBy(closed, WAWAN).join(), /admin grup/);
    assert.deepEqual(happens('closed', { ...KOTO_GROUP, closed: true }), []);
    const opened = happens('opened', { ...KOTO_GROUP, closed: true });
    assert.deepEqual(changes(opened), [{ do: 'change-chat', chat: KOTO_GROUP.id, to: { closed: false } }]);
    assert.match(heardBy(opened, WAWAN).join(), /menulis lagi/);
    assert.deepEqual(happens('opened', KOTO_GROUP), []);
  });

  test('of one that is tied to nothing it is only kept', () => {
    const effects = happens('closed', STRANGE);
    assert.equal(changes(effects).length, 1);
    assert.deepEqual(sends(effects), []);
  });

  test('a new one that is closed: the notice, and it is kept', () => {
    const effects = happens('closed', STRANGE, { groups: GROUPS });
    assert.deepEqual(heardBy(effects, WAWAN), [words.newGroup(STRANGE, OFFICE)]);
    assert.equal(changes(effects).length, 1);
  });
});

describe('letting it speak', () => {
  const LISTENING = { ...HIANG_GROUP, listens: true };
  const groups = [KOTO_GROUP, LISTENING, OFFICERS, STRANGE];
  const says = (text: string, more: Partial<State> = {}, who: Person = WAWAN, where = privateChat(who)) => {
    const rest = /^grup (.*)$/.exec(text)?.[1];
    return decide(
      message(who, where, text),
      reading(text, meaning('silent'), rest === undefined ? {} : command('grup', rest)),
      known(who, where, { groups, ...more }),
    );
  };
  const about = (chat: Chat) => ({ quoted: said('notice', privateChat(WAWAN), { group: chat.id }) });

  for (const [text, more] of [
    ['grup 2 bicara', {}],
    ['grup bicara 2', {}],
    ['grup 2 Bicara ya', {}],
    ['bicara', about(LISTENING)],
    ['Bicara.', about(LISTENING)],
    ['bicara', {}],
  ] as const) {
    test(`"${text}"${'quoted' in more ? ' in reply' : ''} lets it speak, and its group hears that once`, () => {
      const effects = says(text, more);
      assert.deepEqual(changes(effects), [{ do: 'change-chat', chat: LISTENING.id, to: { listens: false } }]);
      assert.deepEqual(heardBy(effects, LISTENING), [words.speaksNow]);
      assert.deepEqual(heardBy(effects, WAWAN), [words.groupSpeech({ ...LISTENING, listens: false })]);
    });
  }

  for (const [text, more] of [
    ['grup 1 dengar', {}],
    ['dengarkan', about(KOTO_GROUP)],
    ['dengar', {}],
  ] as const) {
    test(`"${text}" lets it only listen again; the group hears nothing of it`, () => {
      const effects = says(text, more);
      assert.deepEqual(changes(effects), [{ do: 'change-chat', chat: KOTO_GROUP.id, to: { listens: true } }]);
      assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
      assert.deepEqual(heardBy(effects, WAWAN), [words.groupSpeech({ ...KOTO_GROUP, listens: true })]);
    });
  }

  for (const text of ['grup 3 dengar', 'grup 4 bicara', 'grup 9 bicara', 'grup 2', 'grup bicara 0']) {
    test(`"${text}" changes nothing and says why`, () => {
      const effects = says(text);
      assert.deepEqual(changes(effects), []);
      assert.equal(heardBy(effects, WAWAN).length, 1);
    });
  }

  test('the word alone does not guess between two groups', () => {
    const two = [{ ...KOTO_GROUP, listens: true }, LISTENING];
    assert.deepEqual(changes(says('bicara', { groups: two })), []);
    assert.deepEqual(heardBy(says('bicara', { groups: two }), WAWAN), [words.speechUnclear]);
  });

  test('one that it has left stays as it is', () => {
    assert.deepEqual(changes(says('grup 1 bicara', { groups: [{ ...LISTENING, gone: true }] })), []);
  });

  test('the same twice changes nothing the second time', () => {
    assert.deepEqual(changes(says('grup 1 bicara')), []);
    assert.equal(heardBy(says('grup 1 bicara'), WAWAN).length, 1);
  });

  for (const who of EVERYBODY.filter((person) => person !== WAWAN)) {
    test(`${who.id} lets nothing speak`, () => {
      for (const text of ['grup 2 bicara', 'bicara']) {
        assert.deepEqual(changes(says(text, {}, who)), []);
        assert.deepEqual(changes(says(text, {}, who, OFFICERS)), []);
      }
    });
  }

  test('nor does the admin in a group', () => {
    assert.deepEqual(changes(says('grup 2 bicara', {}, WAWAN, KOTO_GROUP)), []);
  });
});

describe('`grup` shows', () => {
  const unsaid = (purpose: Unsaid['purpose'], times: number, topic?: number): Unsaid => ({
    chat: KOTO_GROUP.id,
    purpose,
    times,
    ...(topic !== undefined && { topic: TOPICS[topic]?.id as NonNullable<Unsaid['topic']> }),
  });

  test('which group speaks, which listens and what was left unsaid, which is closed and which is gone', () => {
    const groups = [
      { ...KOTO_GROUP, listens: true },
      { ...HIANG_GROUP, closed: true },
      OFFICERS,
      { ...STRANGE, gone: true },
      STRANGE,
    ];
    const counted = [
      unsaid('answer', 7, 0),
      unsaid('pointer', 1, 0),
      unsaid('answer', 4, 1),
      unsaid('warning', 1),
      unsaid('step', 2),
    ];
    assert.equal(
      words.groupList(groups, OFFICE, counted, TOPICS),
      [
        '*Grup*',
        '1. group-koto: Koto Dua Baru · 👂 mendengarkan',
        '    Yang akan saya katakan: 12 jawaban (Judul paspor-biaya 8, Judul cek-agen 4), 1 peringatan tawaran kerja, 2 pesan lain',
        '2. group-hiang: Hiang Sakti · 🗣️ bicara · 🔒 hanya admin grup yang bisa menulis',
        '3. group-officers: grup petugas',
        '4. Arisan: belum ditentukan · 🚪 saya tidak ada lagi di grup ini',
        '5. Arisan: belum ditentukan',
        '_Contoh: *desa 1 Hiang Sakti*, *desa 1 petugas*, *grup 1 bicara*, *grup 1 dengar*_',
      ].join('\n'),
    );
  });

  test('no more than three topics by name, and nothing where nothing was left unsaid', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((topic, i) => ({ ...unsaid('answer', 9 - i), topic: topic as never }));
    assert.equal(words.unsaidText(KOTO_GROUP, many, []), '35 jawaban (a 9, b 8, c 7, lainnya 11)');
    assert.equal(words.unsaidText(HIANG_GROUP, many, []), 'belum ada');
  });
});
