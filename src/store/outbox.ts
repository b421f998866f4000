// The outbox as the sender works it: what is due, what has become of it, how full it is.

import type { Address, Case, ChatId, MessageId, Millis, StoredFile } from '../core/types.ts';
import type { Database } from './database.ts';
import { messageIdOf } from './record.ts';
import { type CaseRow, toCase } from './rows.ts';

export interface Outgoing {
  readonly id: number;
  readonly message: MessageId;
  readonly kind: 'text' | 'reaction';
  readonly address: Address;
  readonly group: boolean;
  readonly body: string;
  readonly media?: StoredFile;
  readonly quote?: MessageId;
  readonly target?: MessageId;
  readonly urgency: 0 | 1 | 2;
  /** Tries before this one; above zero it may already be there and is looked up first. */
  readonly attempts: number;
  /** When it was first handed over. */
  readonly firstTriedAt?: Millis;
}

/** What may be said at a moment; the rest stays where it is. */
export interface Allowed {
  /** Alert, reply, broadcast. */
  readonly urgencies: readonly [boolean, boolean, boolean];
  /** Chats in which nothing but alerts goes. */
  readonly fullChats: readonly ChatId[];
  /** Alerts to groups: in the order of their coming, before anything else, or held until they are told together. */
  readonly groupAlerts: 'in-turn' | 'first' | 'held';
}

export const EVERYTHING: Allowed = { urgencies: [true, true, true], fullChats: [], groupAlerts: 'in-turn' };

interface Row {
  id: number;
  message: string;
  kind: string;
  address: string;
  chat_kind: string;
  body: string | null;
  media: string | null;
  quote: string | null;
  target: string | null;
  urgency: number;
  attempts: number;
  first_tried_at: number | null;
}

/** A digest's key begins with this; the text range finds digests by the index on keys. */
const IS_DIGEST = "o.key >= 'digest:' AND o.key < 'digest;'";

/** Waits for nothing but its time. A closed group is waited for; one that the bot has left is not spoken to. */
const WAITING = `o.state IN ('queued', 'sending', 'unknown') AND c.gone = 0 AND c.closed = 0
  AND (o.after_key IS NULL OR EXISTS (SELECT 1 FROM outbox b WHERE b.key = o.after_key AND b.ack >= 2))`;

/**
 * An alert that may be told together with others: never tried, so that it cannot also be in the chat by itself, and of
 * a case that the whole group may still hear of.
 */
const CAN_BE_DIGESTED = `o.kind = 'text' AND o.purpose = 'alert' AND o.urgency = 0 AND o.state = 'queued' AND o.attempts = 0
  AND c.kind = 'group' AND EXISTS (SELECT 1 FROM cases k WHERE k.id = o.case_id AND k.restriction = 'none')`;

const MAY_GO = `${WAITING} AND o.urgency = ? AND (o.urgency = 0 OR o.chat NOT IN (SELECT value FROM json_each(?)))
  AND NOT (? AND ${CAN_BE_DIGESTED})`;

const SELECT = `SELECT o.id, o.message, o.kind, c.address, c.kind AS chat_kind, o.body, o.media, o.quote, o.target, o.urgency,
  o.attempts, o.first_tried_at FROM outbox o JOIN chats c ON c.id = o.chat WHERE`;

const URGENCIES = [0, 1, 2] as const;

function toOutgoing(row: Row): Outgoing {
  return {
    id: row.id,
    message: row.message as MessageId,
    kind: row.kind as Outgoing['kind'],
    address: row.address as Address,
    group: row.chat_kind === 'group',
    body: row.body ?? '',
    ...(row.media && { media: JSON.parse(row.media) as StoredFile }),
    ...(row.quote && { quote: row.quote as MessageId }),
    ...(row.target && { target: row.target as MessageId }),
    urgency: row.urgency as Outgoing['urgency'],
    attempts: row.attempts,
    ...(row.first_tried_at !== null && { firstTriedAt: row.first_tried_at }),
  };
}

/** The most urgent message that is due and may go. A digest goes before the alerts it could not hold. */
export function firstDue(db: Database, now: Millis, allowed: Allowed = EVERYTHING): Outgoing | undefined {
  const digest = db.get<Row>(`${SELECT} ${WAITING} AND ${IS_DIGEST} AND o.next_at <= ? ORDER BY o.id LIMIT 1`, now);
  if (digest) return toOutgoing(digest);
  if (allowed.groupAlerts === 'first' && allowed.urgencies[0]) {
    const alert = db.get<Row>(
      `${SELECT} ${WAITING} AND ${CAN_BE_DIGESTED} AND o.next_at <= ? ORDER BY o.id LIMIT 1`,
      now,
    );
    if (alert) return toOutgoing(alert);
  }
  for (const urgency of URGENCIES) {
    if (!allowed.urgencies[urgency]) continue;
    const row = db.get<Row>(
      `${SELECT} ${MAY_GO} AND o.next_at <= ? ORDER BY o.id LIMIT 1`,
      urgency,
      JSON.stringify(allowed.fullChats),
      Number(allowed.groupAlerts === 'held'),
      now,
    );
    if (row) return toOutgoing(row);
  }
  return undefined;
}

/**
 * Takes the most urgent message that is due and may go, and marks it as being sent, in one commit.
 * @param until when its outcome counts as unknown
 */
export function claim(db: Database, now: Millis, until: Millis, allowed?: Allowed): Outgoing | undefined {
  return db.transaction(() => {
    const row = firstDue(db, now, allowed);
    if (row)
      db.run("UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_at = ? WHERE id = ?", until, row.id);
    return row;
  });
}

/** It is handed over now. Committed before it is, so that pacing and look-ups know of it after a crash. */
export function tried(db: Database, id: number, now: Millis): void {
  db.run('UPDATE outbox SET tried_at = ?, first_tried_at = coalesce(first_tried_at, ?) WHERE id = ?', now, now, id);
}

/** A message that was handed over. */
export interface Try {
  readonly at: Millis;
  readonly urgency: 0 | 1 | 2;
  readonly chat: ChatId;
  readonly digest: boolean;
}

/** What was handed over from `since` to `now`, newest first. What lies in the future is of a clock that went wrong. */
export function triesSince(db: Database, since: Millis, now: Millis): Try[] {
  return db
    .all<{ at: number; urgency: number; chat: string; digest: number }>(
      `SELECT o.tried_at AS at, o.urgency, o.chat, (${IS_DIGEST}) AS digest FROM outbox o
       WHERE o.tried_at > ? AND o.tried_at <= ? ORDER BY o.tried_at DESC, o.id DESC`,
      since,
      now,
    )
    .map((row) => ({ ...row, digest: row.digest === 1 }) as Try);
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

/** A message that was handed over and has no ack yet, with the tries so far, the last one included. */
export function beingSent(db: Database, message: MessageId): Pick<Outgoing, 'id' | 'urgency' | 'attempts'> | undefined {
  return db.get(
    "SELECT id, urgency, attempts FROM outbox WHERE message = ? AND state IN ('sending', 'unknown')",
    message,
  );
}

/**
 * The channel could not use our id: from now on the message, and what quotes it or is put on it, go by the channel's.
 * @returns false where that id is another message's of ours, so that it cannot be this one's
 */
export function rename(db: Database, from: MessageId, to: MessageId): boolean {
  if (from === to) return true;
  return db.transaction(() => {
    if (db.get('SELECT 1 FROM outbox WHERE message = ?', to)) return false;
    db.run('UPDATE outbox SET message = ? WHERE message = ?', to, from);
    const SAME_CHAT = 'chat = (SELECT chat FROM outbox WHERE message = ?)';
    db.run(`UPDATE outbox SET quote = ? WHERE ${SAME_CHAT} AND quote = ?`, to, to, from);
    db.run(`UPDATE outbox SET target = ? WHERE ${SAME_CHAT} AND target = ?`, to, to, from);
    return true;
  });
}

/** Nobody knows whether it arrived: to be looked up at `nextAt`. */
export function unknown(db: Database, id: number, nextAt: Millis): void {
  db.run(
    "UPDATE outbox SET state = 'unknown', next_at = ? WHERE id = ? AND state IN ('queued', 'sending', 'unknown')",
    nextAt,
    id,
  );
}

/** The channel refused it: to be tried again at `nextAt`; told of that twice, not later than at first. */
export function refused(db: Database, id: number, nextAt: Millis): void {
  db.run(
    `UPDATE outbox SET next_at = CASE state WHEN 'unknown' THEN min(next_at, ?) ELSE ? END, state = 'unknown'
     WHERE id = ? AND state IN ('sending', 'unknown')`,
    nextAt,
    nextAt,
    id,
  );
}

/** Given up: a broadcast that could not be sent in a few tries, or something that has nothing left to say. */
export function dead(db: Database, id: number): void {
  db.run("UPDATE outbox SET state = 'dead' WHERE id = ?", id);
}

/** Gives up what waits for chats that the bot is no longer in. Returns how many messages that were. */
export function giveUpGone(db: Database): number {
  return db.run(
    `UPDATE outbox SET state = 'dead' WHERE chat IN (SELECT id FROM chats WHERE gone = 1)
     AND state IN ('queued', 'sending', 'unknown')`,
  );
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

/** When the next message of each urgency falls due, of those that may go; Infinity where there is none. */
export function nextSends(db: Database, allowed: Allowed = EVERYTHING): readonly Millis[] {
  return URGENCIES.map((urgency) => {
    if (!allowed.urgencies[urgency]) return Number.POSITIVE_INFINITY;
    const row = db.get<{ at: number | null }>(
      `SELECT min(o.next_at) AS at FROM outbox o JOIN chats c ON c.id = o.chat WHERE ${MAY_GO}`,
      urgency,
      JSON.stringify(allowed.fullChats),
      Number(allowed.groupAlerts === 'held'),
    );
    return row?.at ?? Number.POSITIVE_INFINITY;
  });
}

/** When the next message falls due, whatever pacing says to it. */
export function nextSend(db: Database): Millis | undefined {
  const earliest = Math.min(...nextSends(db));
  return Number.isFinite(earliest) ? earliest : undefined;
}

/** True when something that is no alert waits for this chat. */
export function waitsIn(db: Database, chat: ChatId): boolean {
  const row = db.get(
    `SELECT 1 FROM outbox o JOIN chats c ON c.id = o.chat WHERE ${WAITING} AND o.urgency > 0 AND o.chat = ? LIMIT 1`,
    chat,
  );
  return row !== undefined;
}

// ---------------------------------------------------------------- too many alerts at once

/** At most so many cases in one digest, a line each: about 10,000 letters. */
const MOST_IN_DIGEST = 100;

/** Groups for which alerts of several cases are due and may be told together. */
export function crowdedGroups(db: Database, now: Millis): { chat: ChatId; lastDigestAt: Millis | undefined }[] {
  const groups = db.all<{ chat: ChatId }>(
    `SELECT o.chat FROM outbox o JOIN chats c ON c.id = o.chat
     WHERE ${WAITING} AND ${CAN_BE_DIGESTED} AND o.next_at <= ? GROUP BY o.chat HAVING count(DISTINCT o.case_id) > 1`,
    now,
  );
  return groups.map(({ chat }) => {
    const last = db.get<{ at: number | null }>(
      `SELECT max(o.created_at) AS at FROM outbox o WHERE ${IS_DIGEST} AND o.chat = ? AND o.created_at <= ?`,
      chat,
      now,
    );
    return { chat, lastDigestAt: last?.at ?? undefined };
  });
}

/**
 * Puts one message in the place of the alerts that wait for a group; they themselves are not sent any more. Its key
 * follows from the oldest of them, which is told but once.
 * @param text what it says of their cases, each once, the urgent ones first
 */
export function digest(db: Database, chat: ChatId, now: Millis, text: (cases: readonly Case[]) => string): void {
  db.transaction(() => {
    const cases = db
      .all<CaseRow>(
        `SELECT k.* FROM cases k JOIN (
           SELECT o.case_id, min(o.id) AS first FROM outbox o JOIN chats c ON c.id = o.chat
           WHERE ${WAITING} AND ${CAN_BE_DIGESTED} AND o.next_at <= ? AND o.chat = ? GROUP BY o.case_id
         ) w ON w.case_id = k.id ORDER BY k.severity = 'darurat' DESC, w.first LIMIT ?`,
        now,
        chat,
        MOST_IN_DIGEST,
      )
      .map(toCase);
    const alerts = db.all<{ id: number }>(
      `SELECT o.id FROM outbox o JOIN chats c ON c.id = o.chat
       WHERE ${WAITING} AND ${CAN_BE_DIGESTED} AND o.next_at <= ? AND o.chat = ?
         AND o.case_id IN (SELECT value FROM json_each(?)) ORDER BY o.id`,
      now,
      chat,
      JSON.stringify(cases.map(({ id }) => id)),
    );
    const oldest = alerts[0];
    if (!oldest) return;
    const key = `digest:${chat}:${oldest.id}`;
    db.run(
      `INSERT INTO outbox (key, message, kind, chat, body, urgency, state, next_at, purpose, created_at)
       VALUES (?, ?, 'text', ?, ?, 0, 'queued', ?, 'list', ?)`,
      key,
      messageIdOf(key),
      chat,
      text(cases),
      now,
      now,
    );
    // What they would have said is never said: it need not stay.
    db.run(
      "UPDATE outbox SET state = 'digested', body = NULL WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(alerts.map(({ id }) => id)),
    );
  });
}

// ---------------------------------------------------------------- how it is

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
    "UPDATE outbox SET body = NULL, media = NULL WHERE state = 'sent' AND body IS NOT NULL AND sent_at <= ?",
    now - BODY_LASTS,
  );
}
