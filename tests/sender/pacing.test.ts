// Pacing in numbers: what was tried tells when the next may go.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatId } from '../../src/core/types.ts';
import { drawGaps, limitsAfter, type Pacing, typingTime } from '../../src/sender/pacing.ts';
import type { Try } from '../../src/store/outbox.ts';
import { EIGHT, MINUTE, SECOND } from '../store/sample.ts';

const PACING: Pacing = {
  gap: [3_000, 8_000],
  typing: [1_000, 3_000],
  broadcastGap: [60_000, 180_000],
  perChat: 2,
  perHour: 3,
};
const GAPS = { message: 5_000, broadcast: 100_000 };
const CHAT = 'chat-ani' as ChatId;

/** Tries so many seconds ago, newest first. */
const tries = (urgency: Try['urgency'], secondsAgo: readonly number[], more: Partial<Try> = {}): Try[] =>
  secondsAgo.map((ago) => ({
    at: EIGHT - ago * SECOND,
    urgency,
    chat: `chat-${ago}` as ChatId,
    digest: false,
    ...more,
  }));
const limits = (before: readonly Try[]) => limitsAfter(PACING, GAPS, before, EIGHT);

test('nothing tried: everything may go', () => {
  const { from, crowded, fullChats } = limits([]);
  assert.ok(from.every((at) => at <= EIGHT));
  assert.deepEqual([crowded, fullChats.size], [false, 0]);
});

test('gaps lie between least and most, in whole milliseconds', () => {
  assert.deepEqual(
    drawGaps(PACING, () => 0),
    { message: 3_000, broadcast: 60_000 },
  );
  const { message, broadcast } = drawGaps(PACING, () => 0.99999);
  assert.deepEqual([message, broadcast], [8_000, 179_999]);
});

test('typing takes longer for a longer text, and never longer than the most', () => {
  const times = ['', 'x'.repeat(150), 'x'.repeat(300), 'x'.repeat(5_000)].map((text) => typingTime(PACING, text));
  assert.deepEqual(times, [1_000, 2_000, 3_000, 3_000]);
});

test('replies and broadcasts wait for the gap after anything, an alert for none', () => {
  const { from } = limits(tries(0, [2]));
  assert.deepEqual(from, [0, EIGHT + 3 * SECOND, EIGHT + 3 * SECOND]);
});

test('a broadcast holds back the next one, not the next reply', () => {
  const { from } = limits([...tries(1, [10]), ...tries(2, [20])]);
  assert.ok(from[1] <= EIGHT);
  assert.equal(from[2], EIGHT + 80 * SECOND);
});

test('the hour counts what is no alert, and lets the next go when the oldest is an hour past', () => {
  const { from } = limits([...tries(0, [100, 110, 120]), ...tries(1, [200, 300])]);
  assert.ok(from[1] <= EIGHT, 'alerts were counted');
  assert.equal(limits(tries(1, [200, 300, 400])).from[1], EIGHT - 400 * SECOND + 60 * MINUTE);
});

test('a chat is full from its second message within a minute on, alerts counted', () => {
  const here = { chat: CHAT };
  assert.deepEqual(
    [...limits([...tries(0, [10], here), ...tries(1, [50, 55], here)]).fullChats],
    [[CHAT, EIGHT + 10 * SECOND]],
  );
  assert.equal(limits(tries(1, [10, 60], here)).fullChats.size, 0);
});

test('from the tenth alert within a minute on alerts keep the gap too; a digest is not one of the ten', () => {
  const nine = Array.from({ length: 9 }, (_, i) => i + 1);
  assert.equal(limits([...tries(0, nine), ...tries(0, [10], { digest: true })]).crowded, false);
  const { crowded, from } = limits(tries(0, [...nine, 10]));
  assert.deepEqual([crowded, from[0]], [true, EIGHT + 4 * SECOND]);
  assert.equal(limits(tries(0, [...nine, 59])).from[0], EIGHT + SECOND, 'or go once one of the ten is a minute past');
  assert.equal(limits(tries(0, [...nine, 60])).crowded, false);
});
