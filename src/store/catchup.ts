// What a channel needs to know to catch up: until when each chat was heard, since when, and which alerts wait for a 👍.

import type { Address, Event, MessageId, Millis } from '../core/types.ts';
import type { Database } from './database.ts';

/** So seldom is it kept how far a chat was heard, in time of the messages; a channel looks back a little further. */
const MINUTE = 60_000;

/**
 * Moves on how far a chat was heard; a chat that is not known has nothing to be caught up.
 * A message that claims to be of the future moves it no further than now, or what comes meanwhile would be lost.
 */
export function heard(db: Database, event: Event, now: Millis): void {
  if (event.kind !== 'message') return;
  const until = Math.min(event.at, now);
  db.run(
    'UPDATE chats SET heard_until = ? WHERE address = ? AND (heard_until IS NULL OR heard_until <= ?)',
    until,
    event.chat,
    until - MINUTE,
  );
}

/** When the newest message heard in each chat was written, to the minute, under every address that the chat has. */
export const heardMarks = (db: Database): Map<Address, Millis> =>
  new Map(
    db
      .all<{ address: Address; heard_until: number }>(
        `SELECT address, heard_until FROM chats WHERE heard_until IS NOT NULL
         UNION ALL SELECT i.lid, c.heard_until FROM identities i JOIN chats c ON c.address = i.phone
           WHERE c.heard_until IS NOT NULL`,
      )
      .map(({ address, heard_until }) => [address, heard_until]),
  );

/** This number was linked to the bot; only the first time is kept. */
export function markLinked(db: Database, now: Millis): void {
  db.run('INSERT INTO linked (one, at) VALUES (1, ?) ON CONFLICT (one) DO NOTHING', now);
}

/** Since when messages are the bot's to hear; undefined before the number was ever linked. */
export const linkedSince = (db: Database): Millis | undefined => db.get<{ at: number }>('SELECT at FROM linked')?.at;

/**
 * What a reaction is waited for, oldest first: alerts of cases nobody has claimed, and doubts nobody has answered. One
 * given while the bot was away is to be read again.
 */
export function unclaimedAlerts(db: Database): { readonly message: MessageId; readonly chat: Address }[] {
  return db.all(
    `SELECT o.message, c.address AS chat FROM outbox o JOIN cases k ON k.id = o.case_id JOIN chats c ON c.id = o.chat
     WHERE o.kind = 'text' AND o.state = 'sent' AND k.claimer IS NULL
       AND (k.status = 'open' AND o.purpose IN ('alert', 'words') OR k.status = 'doubtful' AND o.purpose = 'check')
     ORDER BY o.id`,
  );
}

/** Groups that the bot is in, as far as it knows. */
export const presentGroups = (db: Database): Address[] =>
  db
    .all<{ address: Address }>("SELECT address FROM chats WHERE kind = 'group' AND gone = 0 ORDER BY id")
    .map(({ address }) => address);
