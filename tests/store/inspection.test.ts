// Looking into a database file without changing it: whole or damaged, old or new, in use or not.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isLocked, lockFolder, newestVersion, openDatabase } from '../../src/store/database.ts';
import { inspect } from '../../src/store/inspection.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspection-'));
  file = join(folder, 'bot.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const PERSON = "INSERT INTO people (id, address, role) VALUES ('p', 'a', 'villager')";
const CHAT = "INSERT INTO chats (id, address, kind) VALUES ('c', 'a', 'private')";
const SAY = `INSERT INTO outbox (key, message, kind, chat, body, urgency, state, next_at, purpose, created_at)
  VALUES (?, ?, 'text', 'c', 'x', 0, ?, 0, 'alert', ?)`;

test('a new database is whole, and nothing waits in it', () => {
  openDatabase(file).close();
  assert.deepEqual(inspect(file), {
    whole: true,
    version: newestVersion(),
    newestVersion: newestVersion(),
    newestAt: undefined,
    linkedAt: undefined,
    failedEvents: 0,
    waiting: 0,
    dead: 0,
    oldestAlertAt: undefined,
  });
});

test('what waits, what failed and when it was last written is told beside a bot at work', () => {
  const db = openDatabase(file);
  for (const sql of [PERSON, CHAT, "INSERT INTO journal (at, what) VALUES (700, 'x')"]) db.run(sql);
  db.run("INSERT INTO failed (at, event, error) VALUES (1, '{}', 'Error')");
  db.run('INSERT INTO linked (one, at) VALUES (1, 40)');
  db.run(SAY, 'k1', 'm1', 'queued', 500);
  db.run(SAY, 'k2', 'm2', 'dead', 900);
  const found = inspect(file);
  db.close();
  assert.deepEqual(
    [found.newestAt, found.linkedAt, found.failedEvents, found.waiting, found.dead, found.oldestAlertAt],
    [900, 40, 1, 1, 1, 500],
  );
});

test('a damaged page is seen', () => {
  const db = openDatabase(file);
  for (const sql of [PERSON, CHAT]) db.run(sql);
  for (let i = 0; i < 500; i++) db.run(SAY, `k${i}`, `m${i}`, 'queued', i);
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xee, bytes.length - 3 * 4096, bytes.length - 4096);
  writeFileSync(file, bytes);
  let whole = true;
  try {
    ({ whole } = inspect(file));
  } catch {
    whole = false;
  }
  assert.equal(whole, false);
});

test('what is no database at all throws', () => {
  writeFileSync(file, 'not a database, but long enough to be taken for one'.repeat(100));
  assert.throws(() => inspect(file));
  assert.throws(() => inspect(join(folder, 'nowhere.sqlite')));
});

test('a lock is seen while it is held, and looking does not take it', () => {
  assert.equal(isLocked(folder), false);
  const unlock = lockFolder(folder);
  assert.equal(isLocked(folder), true);
  unlock();
  assert.equal(isLocked(folder), false);
  lockFolder(folder)();
});
