// Several questions in one message: what is told of each, and what is offered.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadContent } from '../../../src/content.ts';
import { decide } from '../../../src/core/decide.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { Chat, Effect, Meaning, Reading, State, Topic } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  privateChat,
  reading,
  said,
  sends,
  TOPICS,
  topic,
} from '../scenes.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const content = loadContent(join(ROOT, 'data'), join(ROOT, 'no-local-content'));

const HERE = privateChat(ANI);
const [COST, AGENT] = TOPICS as [Topic, Topic];
const PLACE = topic('kantor-imigrasi');
const asks = (of: Topic, more: Partial<Meaning> = {}) =>
  meaning('answer', { topics: [{ topic: of.id, probability: 0.9 }], ...more });
const DOUBTFUL = { confidence: 'doubtful' } as const;

interface Spoken {
  readonly where?: Chat;
  readonly whole?: Meaning;
  readonly topics?: readonly Topic[];
  readonly state?: Partial<State>;
  readonly read?: Partial<Reading>;
}
function says(parts: readonly Meaning[], told: Spoken = {}): Effect[] {
  const { where = HERE, whole = asks(COST, DOUBTFUL), topics = [...TOPICS, PLACE], state, read } = told;
  const asked = { topics, asks: parts, asksInReply: parts, ...read };
  return decide(message(ANI, where, 'a? b?'), reading('a? b?', whole, asked), known(ANI, where, state));
}
const question = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'ask' ? [effect.question] : [])).at(-1);
const whole = (of: Topic) => ({ topic: of, text: of.answer });

describe('two sure questions', () => {
  test('are answered in one message that quotes once, and all of each stands behind its digit', () => {
    const effects = says([asks(COST), asks(AGENT)]);
    assert.deepEqual(heardBy(effects, ANI), [words.several([whole(COST), whole(AGENT)], [])]);
    assert.equal(sends(effects)[0]?.quote, 'heard-1');
    assert.deepEqual(question(effects), {
      about: 'menu',
      choices: [{ topic: COST.id, whole: true }, { topic: AGENT.id, whole: true }, { person: true }],
    });
  });

  test('are answered in the order in which they were asked; what comes next leans on the last', () => {
    const [send] = sends(says([asks(AGENT), asks(COST)]));
    assert.equal(send?.text, words.several([whole(AGENT), whole(COST)], []));
    assert.equal(send?.topic, COST.id);
  });

  test('are answered in a group to anybody', () => {
    const effects = says([asks(COST), asks(AGENT)], { where: KOTO_GROUP });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.several([whole(COST), whole(AGENT)], [])]);
  });

  test('are not answered twice in a group within half an hour', () => {
    const answered = (of: Topic, minutes: number) =>
      said('answer', KOTO_GROUP, { topic: of.id, at: NOW - minutes * MINUTE });
    const heard = (...lately: ReturnType<typeof answered>[]) =>
      heardBy(says([asks(COST), asks(AGENT)], { where: KOTO_GROUP, state: { said: lately } }), KOTO_GROUP);
    assert.deepEqual(heard(answered(COST, 5)), [words.answer(AGENT)]);
    assert.deepEqual(heard(answered(COST, 5), answered(AGENT, 6)), [words.pointer]);
    assert.equal(heard(answered(COST, 30)).join(), words.several([whole(COST), whole(AGENT)], []));
  });
});

describe('it is one question', () => {
  const sureWhole = { whole: asks(COST) };
  for (const [why, parts] of [
    ['where all parts ask the same', [asks(COST), asks(COST)]],
    ['where only one part is sure', [asks(COST), asks(AGENT, DOUBTFUL)]],
    ['where the other part is no question', [asks(COST), meaning('menu')]],
    ['where the other part tells of something', [asks(COST), meaning('report', { topics: asks(AGENT).topics })]],
    ['where nothing could be taken apart', []],
  ] as const)
    test(why, () => {
      assert.deepEqual(heardBy(says(parts, sureWhole), ANI), [words.answer(COST)]);
    });

  test('in a group, where its parts are doubtful, it gets silence', () => {
    assert.deepEqual(says([asks(COST, DOUBTFUL), asks(AGENT, DOUBTFUL)], { where: KOTO_GROUP }), []);
  });

  test('and a report stays a report', () => {
    const effects = says([asks(COST), asks(AGENT)], { whole: meaning('report') });
    assert.ok(effects.some((effect) => effect.do === 'open-case'));
    assert.doesNotMatch(heardBy(effects, ANI).join(), /Judul/);
  });
});

describe('what is told of each', () => {
  const long = (id: string, answer: string): Topic => ({ ...topic(id), answer });
  const filler = 'Kalimat yang agak panjang sebagai contoh. '.repeat(6).trim();
  const told = (answer: string) => {
    const [send] = sends(says([asks(long('x', answer)), asks(COST)], { topics: [long('x', answer), COST] }));
    return send?.text.split('*Judul paspor-biaya*')[0]?.replace('*Judul x*', '').trim();
  };

  test('is the first paragraph', () => {
    assert.equal(told(`Satu.\nDua.\n\n${filler}`), 'Satu.\nDua.');
  });

  test('is more where that is but a headline, or leads to a list', () => {
    assert.equal(told(`*Judul*\n\nSatu.\nDua.\n\n${filler}`), '*Judul*\n\nSatu.\nDua.');
    assert.equal(told(`Satu.\n*Bawa ini:*\n\n- a\n- b\n\n${filler}`), 'Satu.\n*Bawa ini:*\n\n- a\n- b');
  });

  test('is all of it where it is short', () => {
    assert.equal(told('Satu.\nDua.\n\nTiga.'), 'Satu.\nDua.\n\nTiga.');
  });

  test('is more where more than one part asks about it', () => {
    const often = long('x', `Satu.\nDua.\n\nTiga.\n\n${filler}`);
    const [send] = sends(says([asks(often), asks(COST), asks(often, DOUBTFUL)], { topics: [often, COST] }));
    assert.ok(send?.text.includes(filler));
  });

  test('is more only as far as the message stays short enough to read', () => {
    const often = long('x', `Satu.\nDua.\n\nTiga.\n\n${filler.repeat(4)}`);
    const [send] = sends(says([asks(often), asks(often), asks(COST)], { topics: [often, COST] }));
    assert.match(send?.text ?? '', /Dua\.\n\nTiga\.\n\n\*Judul/);
  });
});

describe('more than three questions', () => {
  const topics = ['a', 'b', 'c', 'd', 'e'].map((id) => topic(id));

  test('are answered up to three, and the rest is offered', () => {
    const effects = says(
      topics.map((of) => asks(of)),
      { topics },
    );
    const [a, b, c, d, e] = topics as [Topic, Topic, Topic, Topic, Topic];
    assert.deepEqual(heardBy(effects, ANI), [words.several([a, b, c].map(whole), [d, e])]);
    const choices = question(effects);
    assert.ok(choices?.about === 'menu' && choices.choices.length === 6);
    assert.deepEqual(choices.choices[3], { topic: d.id });
  });
});

describe('with the topics that ship', () => {
  const { topics } = content;
  const text = (of: readonly Topic[]) =>
    sends(
      says(
        of.map((one) => asks(one)),
        { topics },
      ),
    )[0]?.text ?? '';

  test('no two or three become longer than a small phone shows', () => {
    for (const a of topics)
      for (const b of topics) {
        if (a === b) continue;
        const c = topics[(topics.indexOf(a) + topics.indexOf(b) + 1) % topics.length] as Topic;
        assert.ok(text([a, b]).length <= 900, `${a.id} ${b.id}`);
        if (c !== a && c !== b) assert.ok(text([a, b, c]).length <= 900, `${a.id} ${b.id} ${c.id}`);
      }
  });

  test('each is told in whole paragraphs, and none ends on what leads to a list', () => {
    for (const of of topics) {
      const told = text([of, topics[0] === of ? (topics[1] as Topic) : (topics[0] as Topic)])
        .slice(`*${of.title}*\n`.length)
        .split('\n\n*')
        .find((part) => part !== '') as string;
      assert.ok(of.answer.includes(told), of.id);
    }
  });
});
