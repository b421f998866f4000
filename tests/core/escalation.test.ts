// What nobody claims climbs the ladder, at the tick of the clock.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decide } from '../../src/core/decide.ts';
import { MINUTE, moment } from '../../src/core/time.ts';
import type { Case, CaseId, Due, Effect, State } from '../../src/core/types.ts';
import {
  ANI,
  CASE,
  casesAfter,
  DEWI,
  HESTI,
  heardBy,
  hearer,
  KOTO_GROUP,
  knownAtTick,
  NOW,
  OFFICERS,
  RATNA,
  reading,
  STAFF,
  sends,
  tick,
} from './scenes.ts';

const URGENT: Case = { ...CASE, severity: 'darurat' };

const climbs = (theCase: Case, now = NOW, more: Partial<State> = {}) =>
  decide(tick(now), reading(''), knownAtTick({ now, due: [{ what: 'case', at: now, case: theCase }], ...more }));
const after = (effects: readonly Effect[], of: Case) => casesAfter(effects, [of]).get(of.id) as Case;
const who = (effects: readonly Effect[]) => [...new Set(sends(effects).map(hearer))].sort();

describe('the ladder', () => {
  for (const [rung, hearers] of [
    [0, [DEWI.id, HESTI.id]],
    [1, [RATNA.id]],
    [2, [ANI.id, OFFICERS.id, RATNA.id]],
    [3, [OFFICERS.id, RATNA.id]],
    [40, [OFFICERS.id, RATNA.id]],
  ] as const) {
    test(`above rung ${rung} stand ${hearers.join(', ')}`, () => {
      const effects = climbs({ ...URGENT, rung });
      assert.deepEqual(who(effects), [...hearers].sort());
      assert.equal(after(effects, URGENT).rung, rung + 1);
    });
  }

  test('the reporter is told honestly once, and with 110 where it is urgent', () => {
    assert.match(heardBy(climbs({ ...URGENT, rung: 2 }), ANI).join(), /Kami jujur.*110/s);
    assert.deepEqual(heardBy(climbs({ ...URGENT, rung: 3 }), ANI), []);
  });

  test('who told it in the group, or took it back, is not written to', () => {
    assert.deepEqual(heardBy(climbs({ ...URGENT, rung: 2, from: 'group' }), ANI), []);
    assert.deepEqual(heardBy(climbs({ ...URGENT, rung: 2, withdrawnAt: NOW - 1 }), ANI), []);
  });

  test('who accused the head is not told that the head was called', () => {
    const told = heardBy(climbs({ ...URGENT, rung: 2, restriction: 'second-contact' }), ANI).join();
    assert.match(told, /Kami jujur/);
    assert.doesNotMatch(told, /[Kk]epala kantor/);
  });

  for (const restriction of ['head', 'second-contact'] as const) {
    test(`a case for the ${restriction} climbs to nobody else`, () => {
      const trustee = restriction === 'head' ? RATNA : HESTI;
      for (const rung of [0, 1, 2, 3])
        for (const id of who(climbs({ ...URGENT, rung, restriction })))
          assert.ok(id === trustee.id || id === ANI.id, id);
    });
  }

  test('rungs whose people have not written mulai are not lost: the next one comes in time', () => {
    const staff = STAFF.map((person) => ({ ...person, active: false }));
    const effects = climbs(URGENT, NOW, { staff });
    assert.deepEqual(who(effects), []);
    assert.equal(after(effects, URGENT).rung, 1);
    assert.ok(after(effects, URGENT).dueAt);
  });
});

describe('when it climbs next', () => {
  const FRIDAY_EVENING = moment(2026, 11, 27, 18 * 60);
  for (const [rung, minutes] of [
    [0, 5],
    [1, 15],
    [2, 15],
  ] as const) {
    test(`urgent: ${minutes} minutes after rung ${rung + 1}, by night as well`, () => {
      for (const now of [NOW, FRIDAY_EVENING])
        assert.equal(after(climbs({ ...URGENT, rung }, now), URGENT).dueAt, now + minutes * MINUTE);
    });
  }

  test('ordinary: within office hours alone', () => {
    assert.equal(after(climbs(CASE, FRIDAY_EVENING), CASE).dueAt, moment(2026, 11, 30, 9 * 60));
    assert.equal(after(climbs({ ...CASE, rung: 2 }, FRIDAY_EVENING), CASE).dueAt, moment(2026, 11, 30, 8 * 60 + 15));
  });
});

describe('an alert is never swallowed', () => {
  test('no two climbs of a case, however often raised and reopened, share a key', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ rung: fc.nat(4), after: fc.integer({ min: 1, max: 10_000 }) }), {
          minLength: 2,
          maxLength: 12,
        }),
        (climbsOf) => {
          const keys: string[] = [];
          let now = NOW;
          for (const { rung, after: passed } of climbsOf) {
            now += passed * MINUTE;
            // Rungs go back to the first when a case is raised, reopened or narrowed.
            keys.push(...sends(climbs({ ...URGENT, rung, dueAt: now }, now)).map(({ key }) => key));
          }
          assert.deepEqual(keys, [...new Set(keys)]);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('two hundred cases due at once all climb', () => {
    const due = Array.from(
      { length: 200 },
      (_, i): Due => ({ what: 'case', at: NOW, case: { ...URGENT, id: `case-${i}` as CaseId } }),
    );
    const effects = decide(tick(), reading(''), knownAtTick({ due }));
    assert.equal(sends(effects).length, 400);
    assert.equal(new Set(effects.flatMap((effect) => (effect.do === 'change-case' ? [effect.case] : []))).size, 200);
  });
});

test('a tick with nothing due decides nothing', () => {
  assert.deepEqual(decide(tick(), reading(''), knownAtTick()), []);
});

test('no group of villagers hears of a climb', () => {
  for (const rung of [0, 1, 2, 3]) assert.ok(!who(climbs({ ...URGENT, rung })).includes(KOTO_GROUP.id));
});
