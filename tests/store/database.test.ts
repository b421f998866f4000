// The database file: durable writes, migrations, one bot to a folder, pages that cannot write.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { lockFolder, openDatabase, openReadOnly } from '../../src/store/database.ts';
import { ANI, sampleDatabase } from './sample.ts';

function inFolder(work: (folder: string) => void): () => void {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'bot-database-'));
    try {
      work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

const pragma = (db: ReturnType<typeof openDatabase>, name: string) =>
  Object.values(db.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0];

test(
  'what is committed is on disk: synchronous stays FULL after writes',
  inFolder((folder) => {
    const db = openDatabase(join(folder, 'bot.sqlite'));
    assert.equal(pragma(db, 'journal_mode'), 'wal');
    assert.equal(pragma(db, 'synchronous'), 2);
    for (let i = 0; i < 3; i++) {
      db.transaction(() =>
        db.run("INSERT INTO people (id, address, role) VALUES (?, ?, 'villager')", `p${i}`, `a${i}`),
      );
      assert.equal(pragma(db, 'synchronous'), 2, 'better-sqlite3 fell back to NORMAL');
    }
    db.run("INSERT INTO people (id, address, role) VALUES ('p', 'a', 'villager')");
    assert.equal(pragma(db, 'synchronous'), 2);
    db.close();
  }),
);

test(
  'what is deleted is overwritten, foreign keys hold, the schema is not trusted',
  inFolder((folder) => {
    const db = openDatabase(join(folder, 'bot.sqlite'));
    assert.equal(pragma(db, 'secure_delete'), 1);
    assert.equal(pragma(db, 'trusted_schema'), 0);
    assert.throws(() => db.run("INSERT INTO heard (chat, message, at) VALUES ('nowhere', 'm', 1)"), /FOREIGN KEY/);
    db.close();
  }),
);

test(
  'the file is made, migrated once, and opened again as it was',
  inFolder((folder) => {
    const file = join(folder, 'deep', 'bot.sqlite');
    const first = sampleDatabase(file);
    const migrations = readdirSync(join(import.meta.dirname, '..', '..', 'src', 'store', 'migrations'));
    assert.equal(pragma(first, 'user_version'), migrations.length);
    first.close();
    const again = openDatabase(file);
    assert.equal(again.get<{ id: string }>('SELECT id FROM people')?.id, ANI.id);
    again.close();
  }),
);

test(
  'cases of before there were doubts keep their status and all that refers to them',
  inFolder((folder) => {
    const file = join(folder, 'bot.sqlite');
    const old = new Sqlite(file);
    const migrations = join(import.meta.dirname, '..', '..', 'src', 'store', 'migrations');
    for (const name of readdirSync(migrations).sort().slice(0, 2))
      old.exec(readFileSync(join(migrations, name), 'utf8'));
    old.pragma('user_version = 2');
    old.exec("INSERT INTO people (id, address, role) VALUES ('ani', 'a', 'villager')");
    for (const status of ['open', 'claimed', 'closed']) {
      old.exec(`INSERT INTO cases (id, code, kind, severity, status, reporter, came_from, signs, countries, restriction, rung, questions, opened_at)
        VALUES ('${status}', '${status}', 'report', 'biasa', '${status}', 'ani', 'group', '[]', '[]', 'none', 0, '[]', 1);
        INSERT INTO entries (id, case_id, kind, by, text, attachments, at) VALUES ('${status}', '${status}', 'report', 'ani', 'x', '[]', 1);`);
    }
    old.close();
    const db = openDatabase(file);
    assert.deepEqual(db.all('SELECT id, status, verdict, example FROM cases ORDER BY id'), [
      { id: 'claimed', status: 'claimed', verdict: null, example: null },
      { id: 'closed', status: 'closed', verdict: null, example: null },
      { id: 'open', status: 'open', verdict: null, example: null },
    ]);
    assert.equal(db.get<{ n: number }>('SELECT count(*) AS n FROM entries JOIN cases ON case_id = cases.id')?.n, 3);
    assert.deepEqual(db.all('PRAGMA foreign_key_check'), []);
    assert.throws(() => db.run("UPDATE cases SET status = 'other'"), /CHECK/);
    assert.throws(() => db.run("UPDATE cases SET verdict = 'maybe'"), /CHECK/);
    db.run("UPDATE cases SET status = 'doubtful'");
    db.close();
  }),
);

test(
  'what was told before the menu in an older version can still become a case',
  inFolder((folder) => {
    const file = join(folder, 'bot.sqlite');
    const old = new Sqlite(file);
    for (const name of ['001-start.sql', '002-whatsapp.sql']) {
      old.exec(readFileSync(join(import.meta.dirname, '..', '..', 'src', 'store', 'migrations', name), 'utf8'));
    }
    old.pragma('user_version = 2');
    const question = {
      about: 'menu',
      choices: [],
      told: { text: 'x', meaning: { kind: 'menu' }, restriction: 'none' },
    };
    old.exec(`INSERT INTO people (id, address, role) VALUES ('p', 'p', 'villager');
      INSERT INTO chats (id, address, kind) VALUES ('c', 'p', 'private'), ('d', 'd', 'private');
      INSERT INTO questions VALUES ('p', 'c', '${JSON.stringify(question)}', 5), ('p', 'd', '{"about":"report"}', 5)`);
    old.close();
    const db = openDatabase(file);
    const told = { ...question.told, meaning: { kind: 'menu', reasons: [], contacts: [] }, at: 5 };
    assert.deepEqual(
      db
        .all<{ question: string }>('SELECT question FROM questions ORDER BY chat')
        .map((row) => JSON.parse(row.question)),
      [{ ...question, told }, { about: 'report' }],
    );
    db.close();
  }),
);

test(
  'a file of a newer program is refused',
  inFolder((folder) => {
    const file = join(folder, 'bot.sqlite');
    openDatabase(file).close();
    const other = new Sqlite(file);
    other.pragma('user_version = 99');
    other.close();
    assert.throws(() => openDatabase(file), /newer version \(99\)/);
  }),
);

test(
  'a damaged file is refused in words',
  inFolder((folder) => {
    const file = join(folder, 'bot.sqlite');
    writeFileSync(file, 'this was never a database, and it is long enough to be looked at as one. '.repeat(100));
    assert.throws(() => openDatabase(file), /damaged|not a database/);
  }),
);

test('a transaction is whole or not at all', () => {
  const db = sampleDatabase();
  assert.throws(() =>
    db.transaction(() => {
      db.run("INSERT INTO people (id, address, role) VALUES ('x', 'x', 'villager')");
      throw new Error('in the middle');
    }),
  );
  assert.equal(db.get("SELECT 1 FROM people WHERE id = 'x'"), undefined);
});

test('the journal is only ever added to', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO journal (at, what) VALUES (1, 'case-opened')");
  assert.throws(() => db.run("UPDATE journal SET what = 'nothing'"), /append-only/);
  assert.throws(() => db.run('DELETE FROM journal'), /append-only/);
});

test(
  'the handle of pages sees every commit and cannot write',
  inFolder((folder) => {
    const file = join(folder, 'bot.sqlite');
    const db = sampleDatabase(file);
    const pages = openReadOnly(file);
    db.run("INSERT INTO people (id, address, role) VALUES ('new', 'new', 'villager')");
    assert.ok(pages.get("SELECT 1 FROM people WHERE id = 'new'"));
    assert.throws(() => pages.run('DELETE FROM people'), /readonly/);
    assert.throws(() => pages.transaction(() => pages.run('DELETE FROM people')), /readonly|read-only/);
    pages.close();
    db.close();
  }),
);

/** Asks from another process for the lock on a folder; `body` is what it does when it has it. */
function lockElsewhere(folder: string, body = '') {
  const module = join(import.meta.dirname, '..', '..', 'src', 'store', 'database.ts');
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    try { lockFolder(${JSON.stringify(folder)}); ${body} console.log('held'); } catch (error) { console.log(error.message); }`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return { said: run.stdout.trim(), signal: run.signal };
}

test(
  'one bot alone works in a folder, and a dead one holds nothing',
  inFolder((folder) => {
    const unlock = lockFolder(folder);
    assert.match(lockElsewhere(folder).said, /another bot is already running in/);
    unlock();
    const killed = lockElsewhere(folder, "process.kill(process.pid, 'SIGKILL');");
    assert.equal(killed.signal, 'SIGKILL');
    lockFolder(folder)();
    assert.ok(existsSync(join(folder, 'lock.sqlite')));
  }),
);
