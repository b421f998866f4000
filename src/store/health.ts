// How the bot is, for whoever watches it: counts and ages alone.

import type { Millis } from '../core/types.ts';
import type { Database } from './database.ts';
import { outboxHealth } from './outbox.ts';

export interface Health {
  readonly ok: boolean;
  readonly channel: { readonly name: string; readonly state: string };
  readonly database: 'ok' | 'failing';
  readonly outbox: { readonly waiting: number; readonly dead: number };
  /** Seconds since the oldest alert without an ack was decided; null when there is none. */
  readonly oldestUnsentAlertSeconds: number | null;
  /** Events kept as failed. */
  readonly failedEvents: number;
  readonly openCases: number;
}

/** Reads the state of the house; a database that cannot be read is told as failing, never thrown. */
export function readHealth(db: Database, channel: Health['channel'], now: Millis): Health {
  try {
    const { waiting, dead, oldestAlertAt } = outboxHealth(db);
    const count = (sql: string) => db.get<{ n: number }>(sql)?.n ?? 0;
    return {
      ok: channel.state === 'ready',
      channel,
      database: 'ok',
      outbox: { waiting, dead },
      oldestUnsentAlertSeconds:
        oldestAlertAt === undefined ? null : Math.max(0, Math.round((now - oldestAlertAt) / 1000)),
      failedEvents: count('SELECT count(*) AS n FROM failed'),
      openCases: count("SELECT count(*) AS n FROM cases WHERE status IN ('open', 'claimed')"),
    };
  } catch {
    return {
      ok: false,
      channel,
      database: 'failing',
      outbox: { waiting: 0, dead: 0 },
      oldestUnsentAlertSeconds: null,
      failedEvents: 0,
      openCases: 0,
    };
  }
}
