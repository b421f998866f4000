// What an operator's doctor reads from the database file: whether it is whole, and what waits in it. Counts and times alone.

import type { Millis } from '../core/types.ts';
import { newestVersion, openReadOnly } from './database.ts';
import { outboxHealth } from './outbox.ts';

export interface Inspection {
  /** False where SQLite finds the file damaged. */
  readonly whole: boolean;
  /** The version of its tables, and the one this program works with. */
  readonly version: number;
  readonly newestVersion: number;
  /** When the bot last kept anything, by the clock of that moment. */
  readonly newestAt: Millis | undefined;
  /** Since when a phone has been linked; undefined where none ever was. */
  readonly linkedAt: Millis | undefined;
  readonly failedEvents: number;
  readonly waiting: number;
  readonly dead: number;
  readonly oldestAlertAt: Millis | undefined;
}

/**
 * Reads the file without changing it, beside a running bot too.
 * @throws where it cannot be opened, is no database, or is too damaged to be read
 */
export function inspect(path: string): Inspection {
  const db = openReadOnly(path);
  try {
    const value = (sql: string) => Object.values(db.get<Record<string, number | string | null>>(sql) ?? {})[0] ?? null;
    const time = (sql: string) => (value(sql) as number | null) ?? undefined;
    const version = value('PRAGMA user_version') as number;
    const whole = value('PRAGMA quick_check(1)') === 'ok';
    const hasTable = (name: string) =>
      db.get("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name) !== undefined;
    if (!hasTable('outbox')) {
      const nothing = { newestAt: undefined, linkedAt: undefined, oldestAlertAt: undefined };
      return { whole, version, newestVersion: newestVersion(), ...nothing, failedEvents: 0, waiting: 0, dead: 0 };
    }
    return {
      whole,
      version,
      newestVersion: newestVersion(),
      newestAt: time(
        'SELECT max(at) FROM (SELECT max(at) AS at FROM journal UNION ALL SELECT max(created_at) FROM outbox)',
      ),
      linkedAt: hasTable('linked') ? time('SELECT at FROM linked') : undefined,
      failedEvents: value('SELECT count(*) FROM failed') as number,
      ...outboxHealth(db),
    };
  } finally {
    db.close();
  }
}
