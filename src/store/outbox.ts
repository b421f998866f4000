// The outbox as the sender works it: what is due, what has become of it, how full it is.

import type { Address, MessageId, Millis } from '../core/types.ts';
import type { Database } from './database.ts';

export interface Outgoing {
  readonly id: number;
  readonly message: MessageId;
  readonly kind: 'text' | 'reaction';
  readonly address: Address;
  readonly group: boolean;
  readonly body: string;
  readonly quote?: MessageId;
  readonly target?: MessageId;
  readonly urgency: 0 | 1 | 2;
  /** Tries before this one; above zero it may already be there and is looked up first. */
  readonly attempts: number;
}

interface Row {
  id: number;
  message: string;
  kind: string;
  address: string;
  chat_kind: string;
  body: string | null;
  quote: string | null;
  target: string | null;
  urgency: number;
  attempts: number;
}

const DUE = `state IN ('queued', 'sending', 'unknown') AND next_at <= ?
  AND (after_key IS NULL OR EXISTS (SELECT 1 FROM outbox b WHERE b.key = o.after_key AND b.ack >= 2))`;

/**
 * Takes the most urgent message that is due and marks it as being sent, in one commit.
 * @param until when its outcome counts as unknown
 * @param alertsAlone leaves everything else where it is
 */
export function claim(db: Database, now: Millis, until: Millis, alertsAlone = false): Outgoing | undefined {
  return db.transaction(() => {
    const row = db.get<Row>(
      `SELECT o.id, o.message, o.kind, c.address, c.kind AS chat_kind, o.body, o.quote, o.target, o.urgency, o.attempts
       FROM outbox o JOIN chats c ON c.id = o.chat WHERE ${DUE} AND o.urgency <= ? ORDER BY o.urgency, o.id LIMIT 1`,
      now,
      alertsAlone ? 0 : 2,
    );
    if (!row) return undefined;
    db.run("UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_at = ? WHERE id = ?", until, row.id);
    return {
      id: row.id,
      message: row.message as MessageId,
      kind: row.kind as Outgoing['kind'],
      address: row.address as Address,
      group: row.chat_kind === 'group',
      body: row.body ?? '',
      ...(row.quote && { quote: row.quote as MessageId }),
      ...(row.target && { target: row.target as MessageId }),
      urgency: row.urgency as Outgoing['urgency'],
      attempts: row.attempts,
    };
  });
}

/** An ack was seen: from 1 up the message is sent; a higher ack never falls back, a lower one says nothing yet. */
export function acked(db: Database, message: MessageId, ack: number, now: Millis): void {
  if (ack < 1) return;
  db.run(
    "UPDATE outbox SET state = 'sent', sent_at = coalesce(sent_at, ?), ack = max(ack, ?) WHERE message = ?",
    now,
    ack,
    message,
  );
}

/** A message that is being sent, with the tries so far, this one included. */
export function beingSent(db: Database, message: MessageId): Pick<Outgoing, 'id' | 'urgency' | 'attempts'> | undefined {
  return db.get("SELECT id, urgency, attempts FROM outbox WHERE message = ? AND state = 'sending'", message);
}

/** Nobody knows whether it arrived: to be looked up at `nextAt`. */
export function unknown(db: Database, id: number, nextAt: Millis): void {
  db.run(
    "UPDATE outbox SET state = 'unknown', next_at = ? WHERE id = ? AND state IN ('queued', 'sending', 'unknown')",
    nextAt,
    id,
  );
}

/** Given up: a broadcast that could not be sent in a few tries. */
export function dead(db: Database, id: number): void {
  db.run("UPDATE outbox SET state = 'dead' WHERE id = ?", id);
}

/** After a start nobody knows what became of what was being sent. */
export function forgetSending(db: Database, now: Millis): void {
  db.run("UPDATE outbox SET state = 'unknown', next_at = ? WHERE state = 'sending'", now);
}

/**
 * Messages that are sent, not yet known to be on the phone, and waited for by something else: the ack that would tell
 * may have come while nobody listened.
 */
export function awaited(db: Database): { message: MessageId; address: Address }[] {
  return db.all(
    `SELECT DISTINCT o.message, c.address FROM outbox b JOIN outbox o ON o.key = b.after_key JOIN chats c ON c.id = o.chat
     WHERE b.state IN ('queued', 'sending', 'unknown') AND b.after_key IS NOT NULL AND o.state = 'sent' AND o.ack < 2`,
  );
}

/** When the next message falls due. */
export function nextSend(db: Database): Millis | undefined {
  const row = db.get<{ at: number | null }>(
    `SELECT min(next_at) AS at FROM outbox o WHERE state IN ('queued', 'sending', 'unknown')
     AND (after_key IS NULL OR EXISTS (SELECT 1 FROM outbox b WHERE b.key = o.after_key AND b.ack >= 2))`,
  );
  return row?.at ?? undefined;
}

export interface OutboxHealth {
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest alert without an ack was decided. */
  readonly oldestAlertAt: Millis | undefined;
}

export function outboxHealth(db: Database): OutboxHealth {
  const row = db.get<{ waiting: number; dead: number; oldest: number | null }>(
    `SELECT count(*) FILTER (WHERE state IN ('queued', 'sending', 'unknown') AND after_key IS NULL) AS waiting,
       count(*) FILTER (WHERE state = 'dead') AS dead,
       min(created_at) FILTER (WHERE urgency = 0 AND state IN ('queued', 'sending', 'unknown')) AS oldest FROM outbox`,
  );
  return { waiting: row?.waiting ?? 0, dead: row?.dead ?? 0, oldestAlertAt: row?.oldest ?? undefined };
}

/** How long the text of a sent message stays. */
const BODY_LASTS = 7 * 24 * 60 * 60_000;

/** Takes away the text of what was sent more than a week ago. */
export function blankOld(db: Database, now: Millis): number {
  return db.run(
    "UPDATE outbox SET body = NULL WHERE state = 'sent' AND body IS NOT NULL AND sent_at <= ?",
    now - BODY_LASTS,
  );
}
