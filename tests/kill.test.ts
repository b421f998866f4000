// Killed at random under load, the bot loses no report and doubles no alert. scripts/kill-test.ts does it more often.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTable, isFlawless, killTest } from '../scripts/kill-test.ts';

test('fifteen kills under load lose nothing and double nothing', { timeout: 120_000 }, async () => {
  const counts = await killTest(15, 20_261_123);
  assert.ok(isFlawless(counts), asTable(counts));
  assert.ok(counts.acknowledged > 50, 'there was hardly any load');
  assert.ok(counts.cases > 20, 'there were hardly any cases');
});
