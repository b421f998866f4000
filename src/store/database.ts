// Opens the SQLite file as a lost report would demand it, and keeps its statements.

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';

type Value = string | number | bigint | null;

export interface Database {
  /** Runs a statement that changes something; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number;
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** Everything inside is committed together, on disk before this returns, or not at all. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const MIGRATIONS = join(import.meta.dirname, 'migrations');

function wrap(sqlite: Sqlite.Database): Database {
  // A statement prepared anew for every call costs ten times the memory and most of the time.
  const kept = new Map<string, Sqlite.Statement>();
  const statement = (sql: string) => {
    const found = kept.get(sql);
    if (found) return found;
    const made = sqlite.prepare(sql);
    kept.set(sql, made);
    return made;
  };
  return {
    run: (sql, ...values) => statement(sql).run(...values).changes,
    get: <Row>(sql: string, ...values: Value[]) => statement(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) => statement(sql).all(...values) as Row[],
    transaction: (work) => sqlite.transaction(work).immediate(),
    close: () => sqlite.close(),
  };
}

const migrationFiles = () =>
  readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .sort();

/** The version of the tables that this program works with. */
export const newestVersion = () => Number.parseInt(migrationFiles().at(-1) ?? '0', 10);

function migrate(sqlite: Sqlite.Database): void {
  const done = sqlite.pragma('user_version', { simple: true }) as number;
  for (const file of migrationFiles()) {
    const version = Number.parseInt(file, 10);
    if (version <= done) continue;
    sqlite.transaction(() => {
      sqlite.exec(readFileSync(join(MIGRATIONS, file), 'utf8'));
      sqlite.pragma(`user_version = ${version}`);
    })();
  }
  const newest = newestVersion();
  if (done > newest) throw new Error(`the database is of a newer version (${done}) than this program (${newest})`);
}

/**
 * Opens, checks and migrates the database file; makes it where there is none.
 * @throws when the file is damaged, of a newer version, or in use by another bot
 */
export function openDatabase(path: string): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const sqlite = new Sqlite(path, { timeout: 5_000 });
  sqlite.pragma('secure_delete = ON');
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('journal_size_limit = 67108864');
  const health = sqlite.pragma('quick_check(1)', { simple: true });
  if (health !== 'ok') throw new Error('the database file is damaged; restore a backup');
  migrate(sqlite);
  // better-sqlite3 falls back to NORMAL after the first write in WAL mode unless it is told again, and NORMAL loses
  // acknowledged reports when the power fails.
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('BEGIN IMMEDIATE; UPDATE chats SET id = id WHERE 0; COMMIT');
  if (sqlite.pragma('synchronous', { simple: true }) !== 2) throw new Error('the database refuses synchronous=FULL');
  return wrap(sqlite);
}

/** A second handle for pages: it cannot write. */
export function openReadOnly(path: string): Database {
  const sqlite = new Sqlite(path, { readonly: true, timeout: 5_000 });
  sqlite.pragma('trusted_schema = OFF');
  return wrap(sqlite);
}

/**
 * Makes sure that one bot alone works in a folder. The lock is the operating system's: it goes with the process, however it dies.
 * @returns lets go of the lock
 * @throws when another bot holds it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sqlite = new Sqlite(join(folder, 'lock.sqlite'), { timeout: 2_000 });
  try {
    sqlite.pragma('journal_mode = DELETE');
    sqlite.exec('BEGIN EXCLUSIVE');
  } catch {
    sqlite.close();
    throw new Error(`another bot is already running in ${folder}`);
  }
  return () => sqlite.close();
}

/** Whether a bot works in this folder right now; only looks, and is done before a bot that starts gives up. */
export function isLocked(folder: string): boolean {
  const file = join(folder, 'lock.sqlite');
  if (!existsSync(file)) return false;
  const sqlite = new Sqlite(file, { readonly: true, timeout: 0 });
  try {
    sqlite.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    sqlite.close();
  }
}
