// Broadcasts: the admin's dialog, and what falls due, sent once or skipped.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROADCAST_LIMIT } from '../../src/core/broadcasts.ts';
import { decide } from '../../src/core/decide.ts';
import { HOUR, MINUTE, moment } from '../../src/core/time.ts';
import type {
  Broadcast,
  BroadcastDraft,
  BroadcastId,
  Due,
  Effect,
  Person,
  Question,
  Reading,
  State,
} from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  asked,
  BUDI,
  command,
  HIANG,
  HIANG_GROUP,
  heardBy,
  KADES,
  KOTO,
  KOTO_GROUP,
  known,
  knownAtTick,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  RATNA,
  reading,
  sends,
  tick,
  WAWAN,
} from './scenes.ts';

const MONDAYS: Broadcast = {
  id: 'broadcast-1' as BroadcastId,
  number: 1,
  text: 'Waspada.',
  villages: [],
  schedule: { every: 'week', days: [1], minute: 8 * 60 },
  late: 'skip',
  status: 'active',
  dueAt: moment(2026, 11, 30, 8 * 60),
  by: WAWAN.id,
};
const DUE = moment(2026, 11, 23, 8 * 60);

// ---------------------------------------------------------------- sending

function falls(broadcast: Broadcast, late: number, more: Partial<State> = {}): Effect[] {
  const now = DUE + late;
  const due: Due[] = [{ what: 'broadcast', at: DUE, broadcast }];
  return decide(tick(now), reading(''), knownAtTick({ now, due, ...more }));
}
const changed = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'change-broadcast' ? [effect.to] : []))[0];

describe('what falls due', () => {
  test('goes to the groups of its villages, and to no other', () => {
    const all = falls(MONDAYS, 0);
    assert.deepEqual(heardBy(all, KOTO_GROUP), ['Waspada.']);
    assert.deepEqual(heardBy(all, HIANG_GROUP), ['Waspada.']);
    assert.deepEqual(heardBy(all, OFFICERS), []);
    const one = falls({ ...MONDAYS, villages: [HIANG.id] }, 0);
    assert.deepEqual(heardBy(one, KOTO_GROUP), []);
    assert.deepEqual(heardBy(one, HIANG_GROUP), ['Waspada.']);
  });

  test('goes after everything that is more urgent', () => {
    for (const send of sends(falls(MONDAYS, 0))) assert.equal(send.urgency, 'broadcast');
  });

  for (const [late, policy, goes] of [
    [0, 'skip', true],
    [9 * MINUTE, 'skip', true],
    [11 * MINUTE, 'skip', false],
    [3 * HOUR, 'skip', false],
    [3 * HOUR, 'send', true],
    [20 * 24 * HOUR, 'send', true],
    [20 * 24 * HOUR, 'skip', false],
  ] as const) {
    test(`${late / MINUTE} minutes late, "${policy}": ${goes ? 'once' : 'not at all'}, and the next date is ahead`, () => {
      const effects = falls({ ...MONDAYS, late: policy }, late);
      assert.equal(heardBy(effects, KOTO_GROUP).length, goes ? 1 : 0);
      const dueAt = changed(effects)?.dueAt as number;
      assert.ok(dueAt > DUE + late && dueAt - (DUE + late) <= 7 * 24 * HOUR);
    });
  }

  for (const late of ['send', 'skip'] as const) {
    test(`once, "${late}": is done afterwards`, () => {
      const effects = falls({ ...MONDAYS, late, schedule: { every: 'once', at: DUE } }, 3 * HOUR);
      assert.deepEqual(changed(effects), { status: 'done', dueAt: undefined });
      assert.equal(heardBy(effects, KOTO_GROUP).length, late === 'send' ? 1 : 0);
    });
  }

  test('the same due instant has the same keys whenever it is visited, another has others', () => {
    const keys = (effects: readonly Effect[]) => sends(effects).map(({ key }) => key);
    const send = { ...MONDAYS, late: 'send' } as const;
    assert.deepEqual(keys(falls(send, 0)), keys(falls(send, HOUR)));
    const next = decide(
      tick(DUE + 7 * 24 * HOUR),
      reading(''),
      knownAtTick({ now: DUE + 7 * 24 * HOUR, due: [{ what: 'broadcast', at: DUE + 7 * 24 * HOUR, broadcast: send }] }),
    );
    assert.deepEqual(
      keys(next).filter((key) => keys(falls(send, 0)).includes(key)),
      [],
    );
  });

  test('two hundred and more at once are each sent', () => {
    const due = Array.from(
      { length: 250 },
      (_, i): Due => ({ what: 'broadcast', at: DUE, broadcast: { ...MONDAYS, id: `b-${i}` as BroadcastId } }),
    );
    const effects = decide(tick(DUE), reading(''), knownAtTick({ now: DUE, due }));
    assert.equal(sends(effects).length, 500);
    assert.equal(new Set(sends(effects).map(({ key }) => key)).size, 500);
  });
});

// ---------------------------------------------------------------- the dialog

function writes(
  text: string,
  question?: Question,
  read: Partial<Reading> = {},
  who: Person = WAWAN,
  more: Partial<State> = {},
) {
  return decide(
    message(who, privateChat(who), text),
    reading(text, meaning('menu'), read),
    known(who, privateChat(who), { ...(question && asked(question)), broadcasts: [MONDAYS], ...more }),
  );
}
const step = (at: 'text' | 'villages' | 'schedule' | 'confirm', draft: BroadcastDraft = {}): Question => ({
  about: 'broadcast',
  step: at,
  draft,
});
const next = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.do === 'ask' && effect.question.about === 'broadcast' ? [effect.question] : [],
  )[0];
const yes = { choice: { is: 'yes' } } as const;
const COMPLETE: Required<BroadcastDraft> = {
  text: 'Rapat.',
  villages: [],
  schedule: { every: 'once', at: NOW + HOUR },
  late: 'send',
};

describe('the dialog', () => {
  test('asks for text, villages, time, and a ya', () => {
    assert.equal(next(writes('siaran baru', undefined, command('siaran', 'baru')))?.step, 'text');
    assert.equal(next(writes('Rapat.', step('text')))?.step, 'villages');
    assert.equal(next(writes('semua', step('villages', { text: 'Rapat.' })))?.step, 'schedule');
    const confirm = next(writes('25 nov 19.30', step('schedule', { text: 'Rapat.', villages: [] })));
    assert.equal(confirm?.step, 'confirm');
    assert.equal(confirm?.draft.late, 'send');
    const saved = writes('ya', step('confirm', COMPLETE), yes);
    const broadcast = saved.flatMap((effect) => (effect.do === 'save-broadcast' ? [effect.broadcast] : []))[0];
    assert.equal(broadcast?.number, 2);
    assert.equal(broadcast?.dueAt, NOW + HOUR);
  });

  for (const [typed, villages] of [
    ['1', [KOTO.id]],
    ['1 dan 2', [KOTO.id, HIANG.id]],
    ['Hiang Sakti', [HIANG.id]],
    ['k2b', [KOTO.id]],
    ['seluruh desa', []],
    ['3', undefined],
    ['0', undefined],
    ['1 9', undefined],
    ['pasar', undefined],
  ] as const) {
    test(`"${typed}" as villages is ${villages ? villages.join(' and ') || 'all' : 'asked again'}`, () => {
      const asks = next(writes(typed, step('villages', { text: 'Rapat.' })));
      assert.equal(asks?.step, villages ? 'schedule' : 'villages');
      assert.deepEqual(asks?.draft.villages, villages);
    });
  }

  test('a text too long is said how long it is', () => {
    const long = 'a'.repeat(BROADCAST_LIMIT + 1);
    assert.deepEqual(heardBy(writes(long, step('text')), WAWAN), [
      words.broadcastTooLong(BROADCAST_LIMIT + 1, BROADCAST_LIMIT),
    ]);
    assert.equal(next(writes('a'.repeat(BROADCAST_LIMIT), step('text')))?.step, 'villages');
  });

  for (const at of ['text', 'villages', 'schedule', 'confirm'] as const) {
    test(`batal at "${at}" stops and keeps nothing`, () => {
      const effects = writes('batal', step(at, COMPLETE), command('batal'));
      assert.deepEqual(heardBy(effects, WAWAN), [words.stopped]);
      assert.ok(effects.some(({ do: what }) => what === 'drop-question'));
      assert.ok(!effects.some(({ do: what }) => what === 'save-broadcast'));
    });
  }

  test('what was to be sent at a time that has passed meanwhile is asked for anew', () => {
    const draft: BroadcastDraft = { ...COMPLETE, schedule: { every: 'once', at: NOW - 1 } };
    assert.equal(next(writes('ya', step('confirm', draft), yes))?.step, 'schedule');
  });

  test('anything but a ya saves nothing', () => {
    for (const text of ['ok', 'sip', '1', 'ya tapi ganti jamnya'])
      assert.ok(!writes(text, step('confirm', COMPLETE)).some(({ do: what }) => what === 'save-broadcast'), text);
  });

  for (const [verb, question] of [
    ['hapus', { about: 'delete-broadcast', broadcast: MONDAYS.id }],
    ['jeda', undefined],
  ] as const) {
    test(`${verb} in either order`, () => {
      for (const rest of [`1 ${verb}`, `${verb} 1`, `nomor 1 ${verb}`]) {
        const effects = writes(`siaran ${rest}`, undefined, command('siaran', rest));
        if (question)
          assert.ok(
            effects.some((effect) => effect.do === 'ask' && effect.question.about === question.about),
            rest,
          );
        else assert.deepEqual(changed(effects), { status: 'paused', dueAt: undefined }, rest);
      }
    });
  }

  test('hapus is done only after a ya', () => {
    const question: Question = { about: 'delete-broadcast', broadcast: MONDAYS.id };
    assert.ok(writes('ya', question, yes).some(({ do: what }) => what === 'delete-broadcast'));
    const no = { choice: { is: 'no' } } as const;
    assert.ok(!writes('tidak', question, no).some(({ do: what }) => what === 'delete-broadcast'));
    assert.ok(
      !writes('ya', question, yes, WAWAN, { broadcasts: [] }).some(({ do: what }) => what === 'delete-broadcast'),
    );
  });

  test('what is paused and goes on does not make up for what it missed', () => {
    const paused: Broadcast = { ...MONDAYS, status: 'paused', late: 'send' };
    const effects = writes('siaran 1 lanjut', undefined, command('siaran', '1 lanjut'), WAWAN, {
      broadcasts: [paused],
    });
    assert.ok((changed(effects)?.dueAt as number) > NOW);
  });
});

describe('only an admin, only in private', () => {
  for (const who of [ANI, KADES, BUDI, RATNA]) {
    for (const rest of ['', 'baru', '1 hapus', '1 jeda']) {
      test(`siaran ${rest} by ${who.id} is nothing`, () => {
        const effects = writes(`siaran ${rest}`, undefined, command('siaran', rest), who);
        for (const effect of effects) {
          assert.doesNotMatch(effect.do, /broadcast/);
          if (effect.do === 'ask') assert.notEqual(effect.question.about, 'broadcast');
          if (effect.do === 'send') assert.doesNotMatch(effect.text, /Siaran|Waspada/);
        }
      });
    }
  }

  test('in a group the admin is like anybody', () => {
    const effects = decide(
      message(WAWAN, KOTO_GROUP, 'siaran'),
      reading('siaran', meaning('silent'), command('siaran')),
      known(WAWAN, KOTO_GROUP, { broadcasts: [MONDAYS], ...asked(step('text')) }),
    );
    assert.deepEqual(effects, []);
  });
});
