// When the bot holds its tongue: its own words, machines in a circle, questions that are long past.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type {
  CaseCode,
  Chat,
  Effect,
  Meaning,
  MessageEvent,
  Person,
  Reading,
  Said,
  State,
} from '../../src/core/types.ts';
import {
  ANI,
  asked,
  BUDI,
  CASE,
  command,
  entry,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  reading,
  said,
  sends,
  TOPICS,
} from './scenes.ts';

const MINUTE = 60_000;
const QUESTION = meaning('answer', { topics: [{ topic: TOPICS[0]?.id as never, probability: 0.9 }] });
const REPORT = meaning('report');

interface Told {
  readonly means?: Meaning;
  readonly event?: Partial<MessageEvent>;
  readonly reading?: Partial<Reading>;
  readonly state?: Partial<State>;
}

const says = (who: Person, where: Chat, text: string, told: Told = {}): Effect[] =>
  decide(
    message(who, where, text, told.event),
    reading(text, told.means ?? QUESTION, told.reading),
    known(who, where, told.state),
  );

const kinds = (effects: readonly Effect[]) => effects.map(({ do: what }) => what);

describe('its own words', () => {
  test('lead to nothing, in private and in a group, whatever they say', () => {
    for (const where of [privateChat(ANI), KOTO_GROUP])
      for (const means of [QUESTION, REPORT, meaning('warn'), meaning('menu')])
        assert.deepEqual(says(ANI, where, 'biaya', { means, state: { echo: true } }), []);
  });

  test('are heard from an officer who quotes them', () => {
    const quote = { quoted: said('alert', OFFICERS, { case: CASE.id }), case: CASE, echo: true };
    const takes = { reading: command('ambil'), state: quote };
    assert.ok(kinds(says(BUDI, OFFICERS, 'ambil', takes)).includes('change-case'));
    assert.deepEqual(says(ANI, privateChat(ANI), 'ambil', takes), []);
    assert.deepEqual(says(BUDI, privateChat(BUDI), 'biaya', { state: { echo: true } }), []);
  });
});

describe('what was written while the bot was away', () => {
  const ago = (minutes: number) => ({ event: { at: NOW - minutes * MINUTE } });
  const named = { named: true };

  test('in a group is no longer answered: no topic, menu, pointer, nod or sentence how to report', () => {
    const ways: [string, Told][] = [
      ['biaya', {}],
      ['bot halo', { means: meaning('menu'), reading: named }],
      ['bot makasih', { means: meaning('menu'), reading: { ...named, words: ['makasih'] } }],
      ['lapor', { means: meaning('human', { reporting: 'wish' }), reading: { ...named, ...command('lapor') } }],
      [
        'lanjut',
        {
          reading: command('lanjut'),
          state: { quoted: said('answer', KOTO_GROUP, { topic: TOPICS[0]?.id as never }) },
        },
      ],
      ['biaya', { state: { said: [said('answer', KOTO_GROUP, { topic: TOPICS[0]?.id as never })] } }],
      [
        '1',
        { reading: { choice: { is: 'number', number: 1 } }, state: asked({ about: 'menu', choices: [{ door: 0 }] }) },
      ],
    ];
    for (const [text, told] of ways) {
      assert.notDeepEqual(says(ANI, KOTO_GROUP, text, { ...told, ...ago(10) }), [], `${text} is recent`);
      assert.deepEqual(says(ANI, KOTO_GROUP, text, { ...told, ...ago(10.1) }), [], `${text} is past`);
    }
  });

  test('as a report or an advert is told to the office, and the group hears nothing', () => {
    for (const means of [REPORT, meaning('warn')]) {
      const effects = says(ANI, KOTO_GROUP, 'ditahan', { means, ...ago(600) });
      assert.ok(kinds(effects).includes('open-case'));
      assert.match(heardBy(effects, OFFICERS).join(), /🕓 Ditulis .*00\.00/);
      assert.match(heardBy(effects, BUDI).join(), /> ditahan\n🕓 Ditulis/);
      assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
      assert.doesNotMatch(heardBy(says(ANI, KOTO_GROUP, 'ditahan', { means }), OFFICERS).join(), /🕓/);
    }
  });

  test('in private is answered, and added to a case with the time at which it was written', () => {
    const where = privateChat(ANI);
    assert.deepEqual(says(ANI, where, 'biaya', ago(600)), says(ANI, where, 'biaya'));
    const state = { ownCase: CASE, entries: [entry(CASE, 'lama')] };
    const added = says(ANI, where, 'masih ditahan', { means: REPORT, state, ...ago(600) });
    assert.match(heardBy(added, BUDI).join(), /> masih ditahan\n🕓 Ditulis/);
  });

  test('by an officer as a command counts', () => {
    const of = { reading: { ...command('ambil'), codes: [CASE.code] }, state: { case: CASE } };
    assert.deepEqual(says(BUDI, OFFICERS, 'ambil', { ...of, ...ago(600) }), says(BUDI, OFFICERS, 'ambil', of));
  });
});

describe('a talk that goes in a circle', () => {
  const talk = (times: number, where: Chat, minutes = 5): readonly Said[] =>
    Array.from({ length: times }, () => said('answer', where, { at: NOW - minutes * MINUTE }));
  const private_ = privateChat(ANI);

  for (const [where, most] of [
    [private_, 20],
    [KOTO_GROUP, 30],
  ] as const) {
    test(`is answered up to ${most} sayings in ten minutes in a ${where.kind} chat, and no further`, () => {
      const asks = (told: readonly Said[]) => says(ANI, where, 'biaya', { state: { said: told } });
      assert.notDeepEqual(asks(talk(most, where)), []);
      assert.deepEqual(asks(talk(most + 1, where)), []);
      assert.notDeepEqual(asks(talk(most + 1, where, 10)), [], 'it has calmed down');
    });
  }

  test('still takes a report, and gives its receipt', () => {
    const state = { said: talk(50, private_) };
    const effects = says(ANI, private_, 'paspor saya ditahan', { means: REPORT, state });
    assert.ok(kinds(effects).includes('open-case'));
    assert.match(heardBy(effects, ANI).join(), /Laporan diterima/);
  });

  test('still obeys officers; what is not their work is not answered to them either', () => {
    const own = privateChat(BUDI);
    const state = { said: talk(50, own) };
    const lists = says(BUDI, own, 'daftar', { reading: command('daftar'), state });
    assert.equal(sends(lists).length, 1);
    const unknown = { ...command('ambil'), codes: ['KRC-8M3R' as CaseCode] };
    assert.equal(sends(says(BUDI, own, 'ambil KRC-8M3R', { reading: unknown, state })).length, 1);
    assert.deepEqual(says(BUDI, own, 'biaya', { state }), []);
  });
});
