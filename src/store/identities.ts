// Who is whom: one person whether he comes by his number or by the LID that hides it.

import type { Address, Event, Millis } from '../core/types.ts';
import type { Database } from './database.ts';

const phoneOf = (db: Database, address: Address): Address | undefined =>
  db.get<{ phone: Address }>('SELECT phone FROM identities WHERE lid = ?', address)?.phone;

/** The event with people under the address by which they are known: a LID whose number is known becomes the number. */
export function withKnownAddresses(db: Database, event: Event): Event {
  const known = (address: Address) => phoneOf(db, address) ?? address;
  switch (event.kind) {
    case 'message':
    case 'reaction': {
      const from = known(event.from);
      return { ...event, from, chat: event.chatKind === 'private' ? known(event.chat) : event.chat };
    }
    case 'revoked':
      return event.chatKind === 'private' ? { ...event, chat: known(event.chat) } : event;
    default:
      return event;
  }
}

/** True when an event tells of two addresses what is known already. */
export const isKnownIdentity = (db: Database, event: Event): boolean =>
  event.kind === 'identity' && phoneOf(db, event.lid) === event.phone;

interface Row {
  readonly id: string;
}

type Columns = readonly (readonly [table: string, column: string])[];

/** Everything that names one row names the other from now on. */
function moveTo(db: Database, columns: Columns, from: Row, to: Row): void {
  for (const [table, column] of columns) {
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, to.id, from.id);
  }
}

/** The same for what there can be but one of: where both have it, one stays. */
function moveOneTo(db: Database, columns: Columns, from: Row, to: Row): void {
  for (const [table, column] of columns) {
    db.run(`UPDATE OR IGNORE ${table} SET ${column} = ? WHERE ${column} = ?`, to.id, from.id);
    db.run(`DELETE FROM ${table} WHERE ${column} = ?`, from.id);
  }
}

/** Of two open questions in the same place the newer stays. */
function dropOlderQuestions(db: Database, where: 'person' | 'chat', from: Row, to: Row): void {
  const other = where === 'person' ? 'chat' : 'person';
  db.run(
    `DELETE FROM questions AS q WHERE q.${where} IN (?, ?) AND EXISTS (
       SELECT 1 FROM questions n WHERE n.${other} = q.${other} AND n.${where} IN (?, ?) AND n.${where} <> q.${where}
         AND (n.at > q.at OR (n.at = q.at AND n.${where} = ?)))`,
    from.id,
    to.id,
    from.id,
    to.id,
    to.id,
  );
}

function mergePeople(db: Database, lid: Address, phone: Address): void {
  const hidden = db.get<Row>('SELECT id FROM people WHERE address = ?', lid);
  if (!hidden) return;
  const open = db.get<Row>('SELECT id FROM people WHERE address = ?', phone);
  if (!open) {
    db.run('UPDATE people SET address = ? WHERE id = ?', phone, hidden.id);
    return;
  }
  dropOlderQuestions(db, 'person', hidden, open);
  const columns = [
    ['cases', 'reporter'],
    ['cases', 'claimer'],
    ['entries', 'by'],
    ['broadcasts', 'by'],
  ] as const;
  moveTo(db, columns, hidden, open);
  moveOneTo(db, [['questions', 'person']], hidden, open);
  // Staff are known by their number, so the row that stays knows all there is to know of him.
  db.run('DELETE FROM people WHERE id = ?', hidden.id);
}

function mergePrivateChats(db: Database, lid: Address, phone: Address): void {
  interface ChatRow extends Row {
    readonly heard_until: Millis | null;
  }
  const chatAt = (address: Address) =>
    db.get<ChatRow>("SELECT id, heard_until FROM chats WHERE address = ? AND kind = 'private'", address);
  const hidden = chatAt(lid);
  if (!hidden) return;
  const open = chatAt(phone);
  if (!open) {
    db.run('UPDATE chats SET address = ? WHERE id = ?', phone, hidden.id);
    return;
  }
  dropOlderQuestions(db, 'chat', hidden, open);
  const columns = [
    ['outbox', 'chat'],
    ['outbox', 'about_group'],
  ] as const;
  moveTo(db, columns, hidden, open);
  const alone = [
    ['heard', 'chat'],
    ['questions', 'chat'],
    ['unsaid', 'chat'],
  ] as const;
  moveOneTo(db, alone, hidden, open);
  const until = Math.max(hidden.heard_until ?? 0, open.heard_until ?? 0);
  if (until > 0) db.run('UPDATE chats SET heard_until = ? WHERE id = ?', until, open.id);
  db.run('DELETE FROM chats WHERE id = ?', hidden.id);
}

/**
 * Keeps that both addresses are one person's, and makes one of the two under which he was known so far: what he
 * reported, claimed, was asked and was told. The journal stays as it was written.
 */
export function learnIdentity(db: Database, lid: Address, phone: Address, now: Millis): void {
  db.run(
    `INSERT INTO identities (lid, phone, seen_at) VALUES (?, ?, ?)
     ON CONFLICT (lid) DO UPDATE SET phone = excluded.phone, seen_at = excluded.seen_at`,
    lid,
    phone,
    now,
  );
  mergePeople(db, lid, phone);
  mergePrivateChats(db, lid, phone);
}
