// Answers: topics, their follow-up, the menu, privacy, and silence.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Chat, Effect, Meaning, MessageEvent, Person, Reading, State } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  asked,
  CASE,
  command,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICE,
  privateChat,
  RUDI,
  reading,
  said,
  sends,
  TOPICS,
  topic,
} from './scenes.ts';

const HERE = privateChat(ANI);
const [COST, AGENT] = TOPICS as [(typeof TOPICS)[0], (typeof TOPICS)[0]];
const about = (topic = COST, more: Partial<Meaning> = {}) =>
  meaning('answer', { topics: [{ topic: topic.id, probability: 0.9 }], ...more });

interface Spoken {
  readonly read?: Partial<Reading>;
  readonly state?: Partial<State>;
  readonly event?: Partial<MessageEvent>;
  readonly who?: Person;
}
const says = (where: Chat, text: string, means: Meaning, { read, state, event, who = ANI }: Spoken = {}): Effect[] =>
  decide(message(who, where, text, event), reading(text, means, read), known(who, where, state));
const answered = (ago: number, purpose: 'answer' | 'pointer' | 'more' = 'answer') =>
  said(purpose, KOTO_GROUP, { topic: COST.id, at: NOW - ago });

describe('a question in the group', () => {
  test('is answered by quoting it', () => {
    const effects = says(KOTO_GROUP, 'brp biaya paspor', about());
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.answer(COST)]);
    assert.equal(sends(effects)[0]?.quote, 'heard-1');
    assert.equal(effects.length, 1);
  });

  for (const [minutes, text] of [
    [0, words.pointer],
    [29, words.pointer],
    [30, words.answer(COST)],
  ] as const) {
    test(`${minutes} minutes after the same: ${text.slice(0, 20)}…`, () => {
      const effects = says(KOTO_GROUP, 'brp biaya paspor', about(), { state: { said: [answered(minutes * MINUTE)] } });
      assert.deepEqual(heardBy(effects, KOTO_GROUP), [text]);
      if (text === words.pointer) assert.equal(sends(effects)[0]?.quote, 'said-answer');
    });
  }

  test('a third time is silence, but for one who speaks to the bot', () => {
    const state = { said: [answered(MINUTE, 'pointer'), answered(2 * MINUTE)] };
    assert.deepEqual(says(KOTO_GROUP, 'brp biaya', about(), { state }), []);
    const named = says(KOTO_GROUP, 'bot brp biaya', about(), { state, read: { named: true } });
    assert.deepEqual(heardBy(named, KOTO_GROUP), [words.pointer]);
  });

  test('another question, and another group, are answered', () => {
    const state = { said: [answered(MINUTE)] };
    assert.deepEqual(heardBy(says(KOTO_GROUP, 'agen ini resmi?', about(AGENT), { state }), KOTO_GROUP), [
      words.answer(AGENT),
    ]);
    assert.deepEqual(
      heardBy(says(HERE, 'brp biaya', about(), { state: { said: [said('answer', HERE, { topic: COST.id })] } }), ANI),
      [words.answer(COST)],
    );
  });

  for (const means of [about(COST, { confidence: 'doubtful' }), meaning('menu'), meaning('silent'), meaning('human')]) {
    test(`that is none ("${means.kind}", ${means.confidence}) gets silence and leaves no trace`, () => {
      assert.deepEqual(says(KOTO_GROUP, 'besok gotong royong', means), []);
    });
  }
});

describe('a question that may mean several things', () => {
  const doubt = (...scores: number[]) =>
    meaning('answer', {
      confidence: 'doubtful',
      topics: scores.map((probability, i) => ({ topic: (TOPICS[i] as typeof COST).id, probability })),
    });
  const question = (effects: readonly Effect[]) =>
    effects.flatMap((effect) => (effect.do === 'ask' ? [effect.question] : [])).at(-1);

  test('is answered in private with the choices, likeliest first, and what was asked is kept', () => {
    const effects = says(HERE, 'paspor agen', doubt(0.5, 0.3));
    assert.deepEqual(heardBy(effects, ANI), [words.offer([COST, AGENT], false)]);
    assert.equal(sends(effects)[0]?.quote, 'heard-1');
    assert.deepEqual(question(effects), {
      about: 'menu',
      choices: [{ topic: COST.id }, { topic: AGENT.id }, { person: true }],
      told: { text: 'paspor agen', meaning: doubt(0.5, 0.3), restriction: 'none', at: NOW },
    });
  });

  test('is offered in the group to who speaks to the bot, and nothing of it is kept', () => {
    const effects = says(KOTO_GROUP, 'bot paspor agen', doubt(0.5, 0.3), { read: { named: true } });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.offer([COST, AGENT], true)]);
    assert.ok(!JSON.stringify(question(effects)).includes('told'));
    assert.deepEqual(says(KOTO_GROUP, 'paspor agen', doubt(0.5, 0.3)), []);
  });

  test('is answered where nothing else is likely', () => {
    for (const scores of [[0.5], [0.5, 0.079], [0.05]])
      assert.deepEqual(heardBy(says(HERE, 'paspor', doubt(...scores)), ANI), [words.answer(COST)]);
    assert.deepEqual(heardBy(says(HERE, 'paspor', doubt(0.5, 0.08)), ANI), [words.offer([COST, AGENT], false)]);
  });

  test('is answered where it is sure, however little that topic fits', () => {
    const means = about(COST, { topics: [COST, AGENT].map(({ id }) => ({ topic: id, probability: 0.2 })) });
    assert.deepEqual(heardBy(says(HERE, 'brp', means), ANI), [words.answer(COST)]);
  });

  test('never has more than three topics to choose from', () => {
    const topics = [...TOPICS, topic('a'), topic('b')];
    const means = meaning('answer', {
      confidence: 'doubtful',
      topics: topics.map(({ id }) => ({ topic: id, probability: 0.25 })),
    });
    const effects = says(HERE, 'paspor', means, { read: { topics } });
    assert.deepEqual(heardBy(effects, ANI), [words.offer(topics.slice(0, 3), false)]);
  });

  test('with a photo goes to a person, who is not helped by a guess', () => {
    const photo = { attachments: [{ type: 'photo', ref: 'r' } as const] };
    const heard = (means: Meaning) => heardBy(says(HERE, 'ini bagaimana', means, { event: photo }), ANI);
    assert.equal(heard(doubt(0.5, 0.3)).length, 1);
    assert.deepEqual(heard(about())[0], words.answer(COST));
  });
});

describe('a bare digit', () => {
  const menu = (at: number) =>
    asked({ about: 'menu', choices: [{ door: 0 }, { topic: AGENT.id }, { person: true }] }, at);
  const digit = (number: number, at: number, told: Spoken = {}) =>
    says(KOTO_GROUP, String(number), meaning('silent'), {
      read: { choice: { is: 'number', number } },
      ...told,
      state: { ...menu(at), ...told.state },
    });

  test('answers in the group within two minutes of the menu', () => {
    assert.deepEqual(heardBy(digit(2, NOW - 2 * MINUTE), KOTO_GROUP), [words.answer(AGENT)]);
    assert.deepEqual(digit(2, NOW - 2 * MINUTE - 1), []);
  });

  test('answers later when it quotes the bot', () => {
    const effects = digit(2, NOW - 60 * MINUTE, { state: { quoted: said('menu', KOTO_GROUP) } });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.answer(AGENT)]);
  });

  test('by another person, who was not asked, is ordinary chat', () => {
    const effects = says(KOTO_GROUP, '2', meaning('silent'), {
      who: RUDI,
      read: { choice: { is: 'number', number: 2 } },
    });
    assert.deepEqual(effects, []);
  });

  for (const number of [0, 4, 99]) {
    test(`${number} stands on no menu`, () => {
      assert.deepEqual(digit(number, NOW), []);
    });
  }

  const alone = (number: number, at = NOW) =>
    says(HERE, String(number), meaning('menu'), { read: { choice: { is: 'number', number } }, state: menu(at) });

  test('answers in private for as long as it is remembered', () => {
    assert.deepEqual(heardBy(alone(2, NOW - 20 * 60 * MINUTE), ANI), [words.answer(AGENT)]);
  });

  test('opens a door, whose digits are its topics and, last, a person', () => {
    const effects = alone(1);
    assert.match(heardBy(effects, ANI).join(), /Judul paspor-biaya.*Judul cek-agen/s);
    const question = effects.flatMap((effect) => (effect.do === 'ask' ? [effect.question] : [])).at(-1);
    assert.deepEqual(question, { about: 'menu', choices: [{ topic: COST.id }, { topic: AGENT.id }, { person: true }] });
  });

  test('leads to a person, who is asked for at once in private and nowhere else', () => {
    assert.ok(alone(3).some((effect) => effect.do === 'open-case' && effect.case.kind === 'handover'));
    assert.deepEqual(heardBy(digit(3, NOW), KOTO_GROUP), [words.handoverInGroup]);
  });
});

describe('lanjut', () => {
  const more = (where: Chat, state: Partial<State>, rest = '') =>
    says(where, `lanjut ${rest}`, meaning('silent'), { read: command('lanjut', rest), state });

  test('tells the longer text: in reply at any time, else soon after', () => {
    assert.deepEqual(heardBy(more(KOTO_GROUP, { quoted: answered(20 * MINUTE) }), KOTO_GROUP), [COST.more]);
    assert.deepEqual(heardBy(more(KOTO_GROUP, { said: [answered(2 * MINUTE)] }), KOTO_GROUP), [COST.more]);
    assert.deepEqual(more(KOTO_GROUP, { said: [answered(3 * MINUTE)] }), []);
    assert.deepEqual(heardBy(more(HERE, { said: [answered(20 * MINUTE)] }), ANI), [COST.more]);
  });

  test('as a part of ordinary talk is none', () => {
    assert.deepEqual(more(KOTO_GROUP, { said: [answered(MINUTE)] }, 'besok di rumah'), []);
  });

  test('a second time points to the first', () => {
    const state = { quoted: answered(5 * MINUTE), said: [answered(MINUTE, 'more')] };
    assert.deepEqual(heardBy(more(KOTO_GROUP, state), KOTO_GROUP), [words.pointer]);
  });
});

describe('who speaks to the bot', () => {
  test('always gets an answer in private', () => {
    for (const means of [meaning('menu'), meaning('silent'), meaning('answer'), meaning('warn'), meaning('human')])
      for (const text of ['halo', 'bsk jadi ambil kue dua kilo ya bu', '', '…', '9'])
        assert.notDeepEqual(says(HERE, text, means), [], `${means.kind} ${text}`);
  });

  test('by mention, by name or by reply gets an answer in the group', () => {
    for (const told of [{ read: { named: true } }, { state: { quoted: said('answer', KOTO_GROUP) } }] as Spoken[])
      assert.notDeepEqual(says(KOTO_GROUP, 'halo', meaning('menu'), told), []);
  });

  test('to thank it is not handed the menu', () => {
    for (const [where, told] of [
      [HERE, {}],
      [KOTO_GROUP, { state: { quoted: said('answer', KOTO_GROUP) } }],
    ] as const) {
      const effects = says(where, 'makasih banyak pak', meaning('menu'), told);
      for (const { text } of sends(effects)) assert.doesNotMatch(text, /\*1\*/);
    }
  });

  test('again and again, as a machine would, is not answered in words for ever', () => {
    const many = Array.from({ length: 12 }, (_, i) => said('menu', HERE, { at: NOW - i * MINUTE }));
    const effects = says(HERE, 'Terima kasih telah menghubungi toko kami', meaning('silent'), {
      state: { said: many },
    });
    assert.deepEqual(sends(effects), []);
  });

  test('privasi is told in full in private, and in a group only to who speaks to the bot', () => {
    const read = command('privasi');
    assert.deepEqual(heardBy(says(HERE, 'privasi', meaning('menu'), { read }), ANI), [words.privacy(OFFICE)]);
    assert.deepEqual(says(KOTO_GROUP, 'privasi', meaning('silent'), { read }), []);
  });

  test('with a case open gets the menu when he asks for it, and the word joins nothing', () => {
    const effects = says(HERE, 'menu', meaning('menu'), { read: command('menu'), state: { ownCase: CASE } });
    assert.ok(!effects.some(({ do: what }) => what === 'add-entry'));
    assert.match(heardBy(effects, ANI).join(), /\*1\* Pintu/);
  });
});
