// Numbered choices: what answers them, and what they lead to.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { Chat, Effect, Meaning, Question, Reading, State, Topic } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  asked,
  BUDI,
  command,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  privateChat,
  reading,
  said,
  TOPICS,
} from '../scenes.ts';

const HERE = privateChat(ANI);
const [COST, AGENT] = TOPICS as [Topic, Topic];
const TOLD = {
  text: 'paspor agen',
  meaning: meaning('answer', { confidence: 'doubtful' }),
  restriction: 'none',
  at: NOW,
} as const;
const OFFERED: Question = {
  about: 'menu',
  choices: [{ topic: AGENT.id }, { topic: COST.id }, { person: true }],
  told: TOLD,
};

interface Spoken {
  readonly where?: Chat;
  readonly means?: Meaning;
  readonly read?: Partial<Reading>;
  readonly state?: Partial<State>;
  readonly question?: Question;
  readonly at?: number;
}
const says = (
  text: string,
  { where = HERE, means = meaning('menu'), read, state, question = OFFERED, at }: Spoken = {},
) =>
  decide(
    message(ANI, where, text),
    reading(text, means, read),
    known(ANI, where, { ...asked(question, at), ...state }),
  );
const number = (n: number) => ({ read: { choice: { is: 'number', number: n } as const } });
const entries = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'add-entry' ? [effect.entry.text] : []));

describe('what was offered', () => {
  test('is answered by its digit', () => {
    assert.deepEqual(heardBy(says('1', number(1)), ANI), [words.answer(AGENT)]);
    assert.deepEqual(heardBy(says('dua', number(2)), ANI), [words.answer(COST)]);
  });

  for (const text of ['Judul cek-agen', 'judul cek agen', 'JUDUL CEK AGEN pak'])
    test(`is answered by its title: "${text}"`, () => {
      assert.deepEqual(heardBy(says(text), ANI), [words.answer(AGENT)]);
    });

  test('is left by whoever says something else: a new message is understood as one', () => {
    const means = meaning('answer', { topics: [{ topic: COST.id, probability: 0.9 }] });
    assert.deepEqual(heardBy(says('judul cek agen tidak resmi', { means }), ANI), [words.answer(COST)]);
    const report = says('judul ditahan', { means: meaning('report') });
    assert.deepEqual(entries(report), ['judul ditahan']);
  });

  for (const [text, told] of [
    ['3', number(3)],
    ['bukan itu', {}],
    ['Bukan itu pak', {}],
    ['petugas', { read: command('petugas') }],
  ] as const)
    test(`leads on to a person, who reads what was asked: "${text}"`, () => {
      const effects = says(text, told);
      assert.ok(effects.some((effect) => effect.do === 'open-case' && effect.case.kind === 'handover'));
      assert.deepEqual(entries(effects), [TOLD.text]);
      assert.match(heardBy(effects, BUDI).join(), /> paspor agen/);
    });

  test('leads on to a report: `lapor` takes the words with it', () => {
    const effects = says('lapor', { read: command('lapor') });
    assert.ok(effects.some((effect) => effect.do === 'open-case' && effect.case.kind === 'report'));
    assert.deepEqual(entries(effects), [TOLD.text]);
  });

  test('leads on in a group to a private message', () => {
    for (const told of [{ ...number(3) }, {}])
      assert.deepEqual(heardBy(says('bukan itu', { where: KOTO_GROUP, ...told }), KOTO_GROUP), [words.handoverInGroup]);
  });

  test('is answered by its title in a group within two minutes, or by quoting', () => {
    const later = { where: KOTO_GROUP, at: NOW - 3 * MINUTE };
    assert.deepEqual(heardBy(says('judul cek agen', later), KOTO_GROUP), []);
    const quoting = says('judul cek agen', { ...later, state: { quoted: said('menu', KOTO_GROUP) } });
    assert.deepEqual(heardBy(quoting, KOTO_GROUP), [words.answer(AGENT)]);
  });
});

describe('the menu', () => {
  test('opens a door by its title, too', () => {
    const question: Question = { about: 'menu', choices: [{ door: 0 }, { person: true }] };
    assert.deepEqual(heardBy(says('pintu', { question }), ANI), [words.door({ title: 'Pintu', topics: TOPICS })]);
  });

  test('asked before the last change of the bot still stands', () => {
    // As the store gives it back: nothing but what JSON holds, how sure the bot was as a number, and what the migration adds.
    const question = JSON.parse(
      '{"about":"menu","choices":[{"door":0},{"topic":"cek-agen"},{"person":true}],"told":{"text":"lama","meaning":{"kind":"menu","confidence":1,"topics":[{"topic":"cek-agen","probability":0.7}],"severity":"biasa","signs":[],"countries":[],"accuses":[],"reasons":[],"contacts":[],"why":[]},"restriction":"none","at":1}}',
    ) as Question;
    assert.deepEqual(heardBy(says('2', { question, ...number(2) }), ANI), [words.answer(AGENT)]);
    assert.deepEqual(entries(says('3', { question, ...number(3) })), ['lama']);
    assert.deepEqual(entries(says('lapor', { question, read: command('lapor') })), ['lama']);
  });
});

describe('a topic told only in part', () => {
  const question: Question = { about: 'menu', choices: [{ topic: COST.id, whole: true }, { topic: AGENT.id }] };
  const state = { said: [COST, AGENT].map(({ id }) => said('answer', KOTO_GROUP, { topic: id })) };

  test('is told in full in a group, where another is pointed to', () => {
    const chosen = (n: number) =>
      heardBy(says(`${n}`, { where: KOTO_GROUP, question, state, ...number(n) }), KOTO_GROUP);
    assert.deepEqual(chosen(1), [words.answer(COST)]);
    assert.deepEqual(chosen(2), [words.pointer]);
  });
});
