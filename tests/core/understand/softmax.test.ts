// The learnt model: it learns what sets classes apart, says how likely each is, and is the same each time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addedBy,
  knownAs,
  knownOf,
  learn,
  rowsIn,
  type Sample,
  sharesOf,
} from '../../../src/core/understand/softmax.ts';

const sample = (rows: readonly number[], ...classes: number[]): Sample => ({ rows, classes, weight: 1 });
/** Row 0 is of the first class, row 1 of the second; row 2 stands everywhere. */
const SAMPLES = [sample([0, 2], 0), sample([0, 2], 0), sample([1, 2], 1), sample([1, 2], 1)];

test('what stands with one class alone tells for it, what stands everywhere for none', () => {
  const model = learn(SAMPLES, 3, 2);
  assert.ok((sharesOf([0], model)[0] as number) > 0.7);
  assert.ok((sharesOf([1], model)[1] as number) > 0.7);
  assert.ok(addedBy(0, 0, model) > 0 && addedBy(0, 1, model) < 0);
  assert.ok(Math.abs(addedBy(2, 0, model)) < addedBy(0, 0, model) / 2);
});

test('a sample of two right classes leans to both alike', () => {
  const shares = sharesOf([0], learn([sample([0], 0, 1), sample([0], 0, 1), sample([1], 2), sample([1], 2)], 2, 3));
  assert.ok(Math.abs((shares[0] as number) - (shares[1] as number)) < 0.1);
  assert.ok((shares[0] as number) > (shares[2] as number));
});

test('a sample that weighs more tells more', () => {
  const heavy = { ...sample([0], 1), weight: 5 };
  const mixed = (one: Sample) => sharesOf([0], learn([sample([0], 0), sample([0], 0), one], 1, 2))[1] as number;
  assert.ok(mixed(heavy) > mixed(sample([0], 1)));
});

test('the same samples teach the same', () => assert.deepEqual(learn(SAMPLES, 3, 2), learn(SAMPLES, 3, 2)));

test('shares are shares, whatever is asked', () => {
  const model = learn(SAMPLES, 3, 2);
  fc.assert(
    fc.property(fc.array(fc.nat(2), { maxLength: 400 }), (rows) => {
      const shares = sharesOf(rows, model);
      assert.ok(Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
      assert.ok(shares.every((one) => one >= 0 && one <= 1));
    }),
  );
});

test('only what stands in two messages is known', () => {
  const known = knownOf([[7, 9], [9, 9, 11], [11]]);
  assert.equal(known.count, 2);
  assert.deepEqual(rowsIn([7, 9, 11, 9], known), [0, 1, 0]);
  assert.deepEqual(rowsIn([11, 9], knownAs([11, 9])), [0, 1]);
});
