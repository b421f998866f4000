// The limit on waiting: what comes in time is given on, what does not is late, and nothing is left behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Late, within } from '../src/limit.ts';

/** Waits that end when the test says so. */
function clock() {
  const ends: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const wait = (_: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      ends.push(resolve);
      signals.push(signal);
      signal.addEventListener('abort', () => resolve());
    });
  return { wait, signals, end: () => ends.forEach((done) => void done()) };
}

test('what comes in time is given on, and the wait is let go', async () => {
  const { wait, signals } = clock();
  assert.equal(await within(Promise.resolve(7), wait, 1_000), 7);
  await assert.rejects(within(Promise.reject(new Error('no')), wait, 1_000), /^Error: no$/);
  assert.deepEqual(
    signals.map((signal) => signal.aborted),
    [true, true],
  );
});

test('what does not come is late', async () => {
  const { wait, end } = clock();
  const late = within(new Promise(() => {}), wait, 1_000);
  end();
  await assert.rejects(late, Late);
});

test('what fails after the limit troubles nobody', async (t) => {
  const { wait, end } = clock();
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  const { promise, reject } = Promise.withResolvers<void>();
  const late = within(promise, wait, 1_000);
  end();
  await assert.rejects(late, Late);
  reject(new Error('too late'));
  await new Promise(setImmediate);
  assert.deepEqual(uncaught, []);
});
