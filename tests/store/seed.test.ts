// What is brought in at start: what an office has changed since, and what has its time already, stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address } from '../../src/core/types.ts';
import { seedDailies, seedGroups } from '../../src/store/seed.ts';
import { DAY, EIGHT, MINUTE, put, sampleDatabase } from './sample.ts';

test('what comes each day gets its first time, and keeps the one it has', () => {
  const db = sampleDatabase();
  const times = () => db.all('SELECT what, due_at FROM daily ORDER BY due_at');
  seedDailies(db, EIGHT);
  // Monday, 08.00: the sign of life comes tomorrow at 07.00, the reminder next Monday at 07.30.
  const first = [
    { what: 'sign-of-life', due_at: EIGHT + DAY - 60 * MINUTE },
    { what: 'listening', due_at: EIGHT + 7 * DAY - 30 * MINUTE },
  ];
  assert.deepEqual(times(), first);
  // Started again days later: what fell due meanwhile is still due.
  seedDailies(db, EIGHT + 30 * DAY);
  assert.deepEqual(times(), first);
});

test('the groups of the simulator speak from the start; one that an admin lets only listen stays so', () => {
  const db = sampleDatabase();
  let count = 0;
  const seed = () =>
    seedGroups(
      db,
      [{ name: 'Desa', address: 'grup-desa' as Address, village: 'hiang-sakti' as never }],
      () => `g${++count}`,
    );
  const listens = () => db.get<{ listens: number }>("SELECT listens FROM chats WHERE address = 'grup-desa'")?.listens;
  seed();
  assert.equal(listens(), 0);
  put(db, [{ do: 'change-chat', chat: 'g1' as never, to: { listens: true } }]);
  seed();
  assert.equal(listens(), 1);
});
