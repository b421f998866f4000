// The tables of contents: every rule has its place, the first that speaks has the event, and nothing depends on chance.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ANSWERS, decide, WATCHERS } from '../../src/core/decide.ts';
import type { CommandName, Meaning } from '../../src/core/types.ts';
import {
  ANI,
  CASE,
  command,
  EVERYBODY,
  entry,
  KOTO_GROUP,
  known,
  knownAtTick,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  reading,
  TOPICS,
  tick,
} from './scenes.ts';

describe('the rules', () => {
  test('stand in the lists once each', () => {
    const all = [...WATCHERS, ...ANSWERS];
    assert.equal(new Set(all).size, all.length);
    for (const rule of all) assert.ok(rule.name.length > 3);
  });

  test('of the office come before those of villagers', () => {
    const names = ANSWERS.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['knowOwnWords', 'unknownGroup']);
    assert.ok(names.indexOf('handleCase') < names.indexOf('joinOwnCase'));
    assert.ok(names.indexOf('quietOfficersGroup') < names.indexOf('reportInGroup'));
    assert.ok(names.indexOf('withdraw') < names.indexOf('joinOwnCase'));
    assert.equal(names.at(-1), 'showMenu');
  });
});

describe('a decision', () => {
  const kinds: readonly Meaning['kind'][] = ['answer', 'report', 'warn', 'human', 'menu', 'silent'];
  const commands: readonly (CommandName | undefined)[] = [
    undefined,
    'ambil',
    'balas',
    'selesai',
    'batal',
    'lapor',
    'menu',
  ];
  const scene = fc.record({
    who: fc.constantFrom(...EVERYBODY),
    place: fc.constantFrom('private', 'koto', 'officers'),
    kind: fc.constantFrom(...kinds),
    name: fc.constantFrom(...commands),
    rest: fc.constantFrom('', 'x'),
    own: fc.boolean(),
    of: fc.boolean(),
  });
  const decideOn = ({
    who,
    place,
    kind,
    name,
    rest,
    own,
    of,
  }: typeof scene extends fc.Arbitrary<infer Drawn> ? Drawn : never) => {
    const where = place === 'private' ? privateChat(who) : place === 'koto' ? KOTO_GROUP : OFFICERS;
    return decide(
      message(who, where, `${name ?? ''} ${rest}`),
      reading('x', meaning(kind, { topics: [{ topic: TOPICS[0]?.id as never, probability: 0.9 }] }), {
        ...(name && command(name, rest)),
        ...(of && { codes: [CASE.code] }),
      }),
      known(who, where, {
        ...(own && { ownCase: { ...CASE, reporter: who.id } }),
        ...(of && { case: CASE }),
        entries: [entry(CASE, 'isi')],
      }),
    );
  };

  test('is the same for the same, and leaves what it was given as it was', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        assert.deepEqual(decideOn(drawn), decideOn(drawn));
      }),
      { numRuns: 3_000 },
    );
    const state = known(ANI, KOTO_GROUP, { ownCase: CASE });
    const before = structuredClone(state);
    decide(message(ANI, KOTO_GROUP, 'tolong'), reading('tolong', meaning('report')), state);
    assert.deepEqual(state, before);
  });

  test('leaves no Say to the store, and opens and adds at most once', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const done = decideOn(drawn).map(({ do: what }) => what);
        assert.ok(!done.includes('say'));
        for (const what of ['open-case', 'add-entry', 'save-broadcast'] as const)
          assert.ok(done.filter((one) => one === what).length <= 1, what);
      }),
      { numRuns: 3_000 },
    );
  });

  test('that changes a case is in the journal', () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const effects = decideOn(drawn);
        const touches = effects.some(
          ({ do: what }) => what === 'open-case' || what === 'add-entry' || what === 'blank-case',
        );
        if (touches) assert.ok(effects.some(({ do: what }) => what === 'journal'));
      }),
      { numRuns: 3_000 },
    );
  });
});

test('a tick, and content that came or did not, concern no chat', () => {
  assert.deepEqual(decide(tick(), reading(''), knownAtTick()), []);
  const event = { kind: 'media-arrived', case: CASE.id, entry: 'entry-1' as never, file: 'a.jpg', at: NOW } as const;
  const done = decide(event, reading(''), knownAtTick()).map(({ do: what }) => what);
  assert.deepEqual(done, ['attach', 'journal']);
});
