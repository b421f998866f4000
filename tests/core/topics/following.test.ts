// Questions that lean on what was just answered, and those that do not.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { Chat, Meaning, MessageEvent, Reading, State, Topic } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
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
  topic,
} from '../scenes.ts';

const HERE = privateChat(ANI);
const [COST, AGENT] = TOPICS as [Topic, Topic];
const PLACE = topic('kantor-imigrasi');
const ALL = [COST, AGENT, PLACE];
/** What was just answered. */
const answered = (minutes = 1, purpose: 'answer' | 'more' = 'answer', where: Chat = HERE) =>
  said(purpose, where, { topic: COST.id, at: NOW - minutes * MINUTE });
const fits = (...fit: readonly (readonly [Topic, number])[]) =>
  fit.map(([{ id }, probability]) => ({ topic: id, probability }));
const doubt = (...fit: readonly (readonly [Topic, number])[]) =>
  meaning('answer', { confidence: 'doubtful', topics: fits(...fit) });
const sure = (of: Topic) => meaning('answer', { topics: fits([of, 0.9]) });
const NOTHING = meaning('menu');

interface Spoken {
  readonly where?: Chat;
  readonly state?: Partial<State>;
  readonly event?: Partial<MessageEvent>;
  readonly read?: Partial<Reading>;
}
const says = (text: string, means: Meaning, { where = HERE, state, event, read }: Spoken = {}) =>
  decide(
    message(ANI, where, text, event),
    reading(text, means, { topics: ALL, ...read }),
    known(ANI, where, { said: where === HERE ? [answered()] : [], ...state }),
  );
const heard = (text: string, means: Meaning, told: Spoken = {}) =>
  heardBy(says(text, means, told), told.where === KOTO_GROUP ? KOTO_GROUP : ANI);
const LONGER = [COST.more];

describe('a short question after an answer', () => {
  for (const text of [
    'kalau yang 10 tahun?',
    'klo yang 10 tahun',
    'kalau anak-anak gimana',
    'itu berapa lama',
    'dimana tu pak',
    'dimano tu',
    'trus caranya?',
    'jadi harus bayar dimana',
    'berapa lama pak',
    'bara lamo',
    'ciek lai pak, bisa di padang?',
    'berarti tidak bisa tunai ya?',
    'itu bayar dak pak',
  ]) {
    test(`is told the longer text: "${text}"`, () => {
      assert.deepEqual(heard(text, NOTHING), LONGER);
    });
  }

  test('leans as well where it was taken for one that no topic answers', () => {
    assert.deepEqual(heard('itu berapa lama', meaning('human')), LONGER);
  });

  test('does so where its own doubtful topics are of no great weight against the last one', () => {
    assert.deepEqual(heard('kalau yang 10 tahun?', doubt([COST, 0.5], [AGENT, 0.3])), LONGER);
    assert.deepEqual(heard('kalau yang 10 tahun?', doubt([AGENT, 0.3])), LONGER);
    assert.deepEqual(heard('kalau yang 10 tahun?', sure(COST)), LONGER);
  });

  test('is offered the choices where another topic may well be meant', () => {
    assert.deepEqual(heard('trus biayanya?', doubt([AGENT, 0.55], [PLACE, 0.3])), [
      words.offer([COST, AGENT, PLACE], false),
    ]);
    assert.deepEqual(heard('trus biayanya?', doubt([AGENT, 0.4], [COST, 0.05])), [words.offer([COST, AGENT], false)]);
    // Nothing in it leans but its doubt: then its own topic stands first.
    assert.deepEqual(heard('agen itik jepang', doubt([AGENT, 0.55], [COST, 0.1])), [words.offer([AGENT, COST], false)]);
  });

  test('is answered with its own topic where that is sure', () => {
    assert.deepEqual(heard('trus kalau agen itu?', sure(AGENT)), [words.answer(AGENT)]);
  });

  test('of several parts that are sure is answered in all of them', () => {
    const parts = [sure(AGENT), sure(PLACE)];
    const effects = heard('trus agen tu, kantornya?', doubt([AGENT, 0.3]), {
      read: { asks: parts, asksInReply: parts },
    });
    const told = [AGENT, PLACE].map((one) => ({ topic: one, text: one.answer }));
    assert.deepEqual(effects, [words.several(told, [])]);
  });

  test('asked a second time gets no text twice, but the choices or a person', () => {
    const state = { said: [answered(1, 'more'), answered(2)] };
    assert.deepEqual(heard('itu berapa lama', NOTHING, { state }), [words.nothingMore]);
    assert.deepEqual(heard('itu berapa lama', doubt([COST, 0.6], [AGENT, 0.2]), { state }), [
      words.offer([AGENT], false),
    ]);
  });

  test('leans for ten minutes', () => {
    assert.deepEqual(heard('itu berapa lama', NOTHING, { state: { said: [answered(10)] } }), LONGER);
    assert.notDeepEqual(heard('itu berapa lama', NOTHING, { state: { said: [answered(10.1)] } }), LONGER);
    assert.notDeepEqual(heard('itu berapa lama', NOTHING, { state: { said: [] } }), LONGER);
    assert.notDeepEqual(heard('itu berapa lama', NOTHING, { state: { said: [said('receipt', HERE)] } }), LONGER);
  });

  test('may be about a child, and about nothing graver', () => {
    const about = (signs: Meaning['signs'], more: Partial<Meaning> = {}) =>
      heard('kalau anak 10 tahun?', meaning('menu', { signs, ...more }));
    assert.deepEqual(about(['child']), LONGER);
    assert.deepEqual(about(['child'], { severity: 'darurat', why: ['urgent:child'] }), LONGER);
    assert.notDeepEqual(about(['child'], { severity: 'darurat', why: ['urgent:child', 'urgent:bahaya'] }), LONGER);
    assert.notDeepEqual(about(['child', 'confined']), LONGER);
    assert.notDeepEqual(about([], { severity: 'darurat' }), LONGER);
    assert.notDeepEqual(about([], { accuses: ['officer'] }), LONGER);
  });
});

describe('what leans on nothing', () => {
  for (const text of [
    'halo pak',
    'makasih pak, itu sudah jelas ya?',
    'kalau begitu baik pak',
    'ok itu saja',
    'tadi malam hujan di rumah kami',
    'bsk jadi ambil kue dua kilo ya bu sama yang itu juga?',
  ]) {
    test(`"${text}"`, () => {
      assert.notDeepEqual(heard(text, NOTHING), LONGER);
    });
  }

  test('is the same question again, in all its words', () => {
    assert.deepEqual(heard('brp biaya paspor', sure(COST)), [words.answer(COST)]);
  });

  test('is a report, an advert, a wish for a person, a photo or a command', () => {
    const text = 'kalau itu bagaimana?';
    for (const means of [meaning('report'), meaning('warn'), meaning('human')]) {
      const effects = says(means.kind === 'human' ? 'kalau bicara sama petugas itu bagaimana?' : text, means);
      assert.ok(
        effects.some((effect) => effect.do === 'open-case'),
        means.kind,
      );
      assert.ok(!heardBy(effects, ANI).includes(COST.more), means.kind);
    }
    const photo = { event: { attachments: [{ type: 'photo', ref: 'r' } as const] } };
    assert.ok(says(text, NOTHING, photo).some((effect) => effect.do === 'open-case'));
    assert.notDeepEqual(heard('menu itu apa?', NOTHING, { read: command('menu', 'itu apa?') }), LONGER);
  });
});

describe('in a group', () => {
  const quoted = (purpose: 'answer' | 'menu' = 'answer') =>
    said(purpose, KOTO_GROUP, { ...(purpose === 'answer' && { topic: COST.id }), at: NOW - 60 * MINUTE });

  test('a question leans on the answer it quotes, at any time', () => {
    const told = { where: KOTO_GROUP, state: { quoted: quoted() } };
    assert.deepEqual(heard('kalau yang 10 tahun?', NOTHING, told), LONGER);
    assert.deepEqual(heard('bisa tunai pak?', NOTHING, told), LONGER);
  });

  test('nothing changes without a quote, or with another', () => {
    const lately = { said: [answered(1, 'answer', KOTO_GROUP)] };
    assert.deepEqual(heard('kalau yang 10 tahun?', NOTHING, { where: KOTO_GROUP, state: lately }), []);
    assert.deepEqual(heard('kalau yang 10 tahun?', doubt([COST, 0.5]), { where: KOTO_GROUP, state: lately }), []);
    const menu = { where: KOTO_GROUP, state: { ...lately, quoted: quoted('menu') } };
    assert.notDeepEqual(heard('kalau yang 10 tahun?', NOTHING, menu), LONGER);
  });

  test('what is no question is no follow-up, though it quotes', () => {
    const told = { where: KOTO_GROUP, state: { quoted: quoted() } };
    assert.notDeepEqual(heard('siap pak', NOTHING, told), LONGER);
  });

  test('the longer text is told once, then the way to a person', () => {
    const state = { quoted: quoted(), said: [answered(5, 'more', KOTO_GROUP)] };
    assert.deepEqual(heard('itu berapa lama', NOTHING, { where: KOTO_GROUP, state }), [words.handoverInGroup]);
  });
});
