// The few shapes a Say comes in: their keys, and when somebody speaks to the bot.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  isAddressed,
  isAnswerTo,
  isHandler,
  isStaff,
  isThanks,
  isVillagers,
  quoting,
  reply,
  tell,
} from '../../src/core/saying.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { MessageId } from '../../src/core/types.ts';
import {
  ANI,
  asked,
  BUDI,
  CASE,
  HESTI,
  KADES,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  RATNA,
  reaction,
  reading,
  said,
  WAWAN,
} from './scenes.ts';

describe('keys', () => {
  test('tell answers to different messages, purposes, cases and steps apart', () => {
    const one = message(ANI, KOTO_GROUP, 'x');
    const keys = [
      reply(one, 'answer', 'x'),
      reply(one, 'menu', 'x'),
      reply({ ...one, id: 'heard-2' as MessageId }, 'answer', 'x'),
      tell('officers', CASE, 'alert', '0', 'x'),
      tell('officers', CASE, 'alert', '1', 'x'),
      tell('officers', { ...CASE, id: 'case-2' as never }, 'alert', '0', 'x'),
      tell('officers', CASE, 'words', '0', 'x'),
    ].map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  test('tell the same reaction given twice apart by its time, and not by chance', () => {
    const one = reaction(BUDI, OFFICERS, '👍');
    assert.equal(reply(one, 'step', 'x').key, reply({ ...one }, 'step', 'x').key);
    assert.notEqual(reply(one, 'step', 'x').key, reply({ ...one, at: NOW + 1 }, 'step', 'x').key);
  });

  test('hold no number', () => {
    for (const say of [
      reply(message(ANI, privateChat(ANI), 'x'), 'menu', 'x'),
      tell('reporter', CASE, 'step', '0', 'x'),
    ])
      assert.doesNotMatch(say.key, /6200/);
  });
});

describe('what is told', () => {
  test('of a case goes before answers where it is an alert or words, and words are shown as words', () => {
    assert.equal(tell('officers', CASE, 'alert', '0', 'x').urgency, 'alert');
    assert.equal(tell('claimer', CASE, 'words', '0', 'x').urgency, 'alert');
    assert.equal(tell('claimer', CASE, 'words', '0', 'x').shows, 'words');
    assert.equal(tell('claimer', CASE, 'identity', '0', 'x').shows, 'words');
    assert.equal(tell('officers', CASE, 'step', '0', 'x').urgency, 'reply');
  });

  test('by quoting quotes what it answers', () => {
    assert.equal(quoting(message(ANI, KOTO_GROUP, 'x'), 'answer', 'x').quote, 'heard-1');
    assert.equal(reply(message(ANI, KOTO_GROUP, 'x'), 'answer', 'x').quote, undefined);
  });
});

describe('who is who', () => {
  for (const [who, staff, handler] of [
    [ANI, false, false],
    [KADES, false, false],
    [BUDI, true, true],
    [HESTI, true, true],
    [RATNA, true, true],
    [WAWAN, true, false],
    [{ ...WAWAN, secondContact: true }, true, true],
  ] as const) {
    test(`${who.role} ${who.id}${who.secondContact ? ', second contact' : ''}`, () => {
      const state = known(who, privateChat(who));
      assert.equal(isStaff(state), staff);
      assert.equal(isHandler(state), handler);
    });
  }

  test('villagers speak in private and in the groups of villages', () => {
    assert.ok(isVillagers(known(ANI, privateChat(ANI))));
    assert.ok(isVillagers(known(ANI, KOTO_GROUP)));
    assert.ok(!isVillagers(known(ANI, OFFICERS)));
    const { village: _, ...untied } = KOTO_GROUP;
    assert.ok(!isVillagers(known(ANI, untied)));
  });
});

describe('who speaks to the bot', () => {
  const addressed = (text: string, read = {}, state = {}, where = KOTO_GROUP) =>
    isAddressed(message(ANI, where, text), reading(text, meaning('silent'), read), known(ANI, where, state));
  test('in private, by name, in reply', () => {
    assert.ok(addressed('x', {}, {}, privateChat(ANI)));
    assert.ok(addressed('x', { named: true }));
    assert.ok(addressed('x', {}, { quoted: said('answer', KOTO_GROUP) }));
    assert.ok(!addressed('x'));
  });

  test('in answer to its question: in private always, in a group for two minutes or by quoting', () => {
    const menu = (at: number) => asked({ about: 'menu', choices: [] }, at);
    assert.ok(isAnswerTo(known(ANI, privateChat(ANI), menu(NOW - 600 * MINUTE))));
    assert.ok(isAnswerTo(known(ANI, KOTO_GROUP, menu(NOW - 2 * MINUTE))));
    assert.ok(!isAnswerTo(known(ANI, KOTO_GROUP, menu(NOW - 2 * MINUTE - 1))));
    assert.ok(isAnswerTo(known(ANI, KOTO_GROUP, { ...menu(NOW - 9 * MINUTE), quoted: said('menu', KOTO_GROUP) })));
    assert.ok(!isAnswerTo(known(ANI, KOTO_GROUP)));
  });
});

describe('thanks', () => {
  for (const [text, thanks] of [
    ['makasih pak', true],
    ['terima kasih banyak bu 🙏', true],
    ['makasih tapi belum selesai pak', false],
    ['makasih, tolong dibuka lagi', false],
    ['makasih kalau berapa biayanya', false],
    ['terima kasih infonya pak, besok saya ke kantor membawa semua berkas', false],
  ] as const) {
    test(`"${text}" is ${thanks ? 'only that' : 'more than that'}`, () =>
      assert.equal(isThanks(reading(text, meaning('menu'))), thanks));
  }

  test('never where danger is told of', () => {
    assert.ok(!isThanks(reading('makasih dia disekap', meaning('menu', { severity: 'darurat' }))));
  });
});
