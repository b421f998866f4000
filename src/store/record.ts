// Effects -> rows, inside the one transaction of an event.

import { createHash } from 'node:crypto';
import type { Case, Changes, Effect, Event, Millis, React, Send, State, Urgency } from '../core/types.ts';
import type { Database } from './database.ts';
import { blankCase, discard, revokeEntry, stopAsking } from './forgetting.ts';
import { learnIdentity } from './identities.ts';

const URGENCY: Readonly<Record<Urgency, number>> = { alert: 0, reply: 1, broadcast: 2 };

/** The message id that belongs to a key, in the shape WhatsApp's own clients make: 3EB0 and 18 hexadecimal digits. */
export function messageIdOf(key: string): string {
  return `3EB0${createHash('sha256').update(key).digest('hex').slice(0, 18).toUpperCase()}`;
}

function keepPerson(db: Database, state: State): void {
  const { person } = state;
  if (!person) return;
  db.run(
    'INSERT INTO people (id, address, role, active, second_contact) VALUES (?, ?, ?, 0, 0) ON CONFLICT (address) DO NOTHING',
    person.id,
    person.address,
    person.role,
  );
}

function keepChat(db: Database, state: State): void {
  const { chat } = state;
  if (!chat) return;
  db.run(
    'INSERT INTO chats (id, address, kind, name) VALUES (?, ?, ?, ?) ON CONFLICT (address) DO NOTHING',
    chat.id,
    chat.address,
    chat.kind,
    chat.name ?? null,
  );
}

/** The chat a message goes to; a person's private chat comes into being with the first message. */
function chatOf(db: Database, to: Send['to']): string {
  if ('chat' in to) return to.chat;
  const row = db.get<{ address: string; chat: string | null }>(
    'SELECT p.address, c.id AS chat FROM people p LEFT JOIN chats c ON c.address = p.address WHERE p.id = ?',
    to.person,
  );
  if (!row) throw new Error('a message to a person who is not known');
  if (row.chat) return row.chat;
  // Its id follows from the person's, so that no further id need be made up.
  const id = `private-${to.person}`;
  db.run("INSERT INTO chats (id, address, kind) VALUES (?, ?, 'private')", id, row.address);
  return id;
}

function queueText(db: Database, effect: Send, state: State): void {
  db.run(
    `INSERT INTO outbox (key, message, kind, chat, body, media, quote, urgency, state, next_at, purpose, case_id, entry, topic, about_group, created_at)
     VALUES (?, ?, 'text', ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
    effect.key,
    messageIdOf(effect.key),
    chatOf(db, effect.to),
    effect.text,
    effect.media ? JSON.stringify(effect.media) : null,
    effect.quote ?? null,
    URGENCY[effect.urgency],
    state.now,
    effect.purpose,
    effect.case ?? null,
    effect.entry ?? null,
    effect.topic ?? null,
    effect.group ?? null,
    state.now,
  );
}

function queueReaction(db: Database, effect: React, state: State): void {
  if (!state.chat) throw new Error('a reaction outside a chat');
  db.run(
    `INSERT INTO outbox (key, message, kind, chat, body, target, urgency, state, next_at, after_key, purpose, created_at)
     VALUES (?, ?, 'reaction', ?, ?, ?, 1, 'queued', ?, ?, 'reaction', ?) ON CONFLICT (key) DO NOTHING`,
    effect.key,
    messageIdOf(effect.key),
    state.chat.id,
    effect.emoji,
    effect.message,
    state.now,
    effect.after ?? null,
    state.now,
  );
}

function openCase(db: Database, c: Case): void {
  db.run(
    `INSERT INTO cases (id, code, kind, severity, status, reporter, reporter_name, came_from, village, signs, reasons, who, leaving, countries, restriction, claimer, rung, questions, opened_at, due_at, closed_at, withdrawn_at, verdict, example)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    c.id,
    c.code,
    c.kind,
    c.severity,
    c.status,
    c.reporter,
    c.reporterName ?? null,
    c.from,
    c.village ?? null,
    JSON.stringify(c.signs),
    JSON.stringify(c.reasons),
    c.who ?? null,
    c.when ? JSON.stringify(c.when) : null,
    JSON.stringify(c.countries),
    c.restriction,
    c.claimer ?? null,
    c.rung,
    JSON.stringify(c.questions),
    c.openedAt,
    c.dueAt ?? null,
    c.closedAt ?? null,
    c.withdrawnAt ?? null,
    c.verdict ?? null,
    c.example ?? null,
  );
}

type Column = readonly [name: string, isJson?: boolean];

const storable = (value: unknown) => (typeof value === 'boolean' ? Number(value) : (value as string | number));

const CASE_COLUMNS: Readonly<Record<keyof Omit<Case, 'id' | 'code'>, Column>> = {
  kind: ['kind'],
  severity: ['severity'],
  status: ['status'],
  reporter: ['reporter'],
  reporterName: ['reporter_name'],
  from: ['came_from'],
  village: ['village'],
  signs: ['signs', true],
  reasons: ['reasons', true],
  who: ['who'],
  when: ['leaving', true],
  countries: ['countries', true],
  restriction: ['restriction'],
  claimer: ['claimer'],
  rung: ['rung'],
  questions: ['questions', true],
  openedAt: ['opened_at'],
  dueAt: ['due_at'],
  closedAt: ['closed_at'],
  withdrawnAt: ['withdrawn_at'],
  verdict: ['verdict'],
  example: ['example'],
};

const BROADCAST_COLUMNS: Readonly<Record<string, Column>> = {
  status: ['status'],
  dueAt: ['due_at'],
  text: ['text'],
  late: ['late'],
  villages: ['villages', true],
  schedule: ['schedule', true],
};

const CHAT_COLUMNS: Readonly<Record<string, Column>> = {
  name: ['name'],
  listens: ['listens'],
  closed: ['closed'],
  gone: ['gone'],
};

function update<T>(
  db: Database,
  table: 'cases' | 'broadcasts' | 'chats',
  id: string,
  to: Changes<T>,
  columns: Readonly<Record<string, Column>>,
): void {
  for (const [field, value] of Object.entries(to)) {
    const column = columns[field];
    if (!column) throw new Error(`${table} has no field ${field}`);
    const stored = value === undefined ? null : column[1] ? JSON.stringify(value) : storable(value);
    db.run(`UPDATE ${table} SET ${column[0]} = ? WHERE id = ?`, stored, id);
  }
}

/** What waits for a group that the bot is no longer in never arrives; nor do its words stay. */
function giveUpOn(db: Database, chat: string): void {
  db.run(
    "UPDATE outbox SET state = 'dead', body = NULL WHERE chat = ? AND state IN ('queued', 'sending', 'unknown')",
    chat,
  );
}

function recordOne(db: Database, effect: Effect, state: State): void {
  switch (effect.do) {
    case 'say':
      throw new Error('audience.ts left a Say behind');
    case 'send':
      queueText(db, effect, state);
      return;
    case 'react':
      queueReaction(db, effect, state);
      return;
    case 'open-case':
      openCase(db, effect.case);
      return;
    case 'change-case':
      update(db, 'cases', effect.case, effect.to, CASE_COLUMNS);
      if (effect.to.status === 'open') stopAsking(db, effect.case);
      return;
    case 'blank-case':
      blankCase(db, effect.case);
      return;
    case 'add-entry': {
      const { id, case: theCase, kind, by, text, attachments, contacts, at, message } = effect.entry;
      db.run(
        'INSERT INTO entries (id, case_id, kind, by, text, attachments, contacts, at, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        theCase,
        kind,
        by,
        text,
        JSON.stringify(attachments),
        JSON.stringify(contacts ?? []),
        at,
        message ?? null,
      );
      return;
    }
    case 'reword-entry':
      db.run(
        'UPDATE entries SET text = ?, contacts = ? WHERE id = ?',
        effect.text,
        JSON.stringify(effect.contacts),
        effect.entry,
      );
      return;
    case 'attach':
      if (effect.file) {
        // An errand that was interrupted after its result was kept comes back with the same file.
        db.run(
          `UPDATE entries SET files = json_insert(files, '$[#]', json(?))
           WHERE id = ? AND NOT EXISTS (
             SELECT 1 FROM json_each(files) WHERE CASE type WHEN 'object' THEN value ->> 'file' ELSE value END = ?)`,
          JSON.stringify({ file: effect.file, attachment: effect.attachment ?? { type: 'document' } }),
          effect.entry,
          effect.file,
        );
      }
      return;
    case 'ask':
      if (!state.person || !state.chat) throw new Error('a question outside a chat');
      db.run(
        'INSERT INTO questions (person, chat, question, at) VALUES (?, ?, ?, ?) ON CONFLICT (person, chat) DO UPDATE SET question = excluded.question, at = excluded.at',
        state.person.id,
        state.chat.id,
        JSON.stringify(effect.question),
        state.now,
      );
      return;
    case 'drop-question':
      if (state.person && state.chat)
        db.run('DELETE FROM questions WHERE person = ? AND chat = ?', state.person.id, state.chat.id);
      return;
    case 'activate':
      db.run('UPDATE people SET active = 1 WHERE id = ?', effect.person);
      return;
    case 'tie-group':
      if (effect.officers) db.run('UPDATE chats SET officers = 0');
      db.run(
        'UPDATE chats SET village = ?, officers = ? WHERE id = ?',
        effect.village ?? null,
        effect.officers ? 1 : 0,
        effect.chat,
      );
      return;
    case 'mark-introduced':
      db.run('UPDATE chats SET introduced = 1 WHERE id = ?', effect.chat);
      return;
    case 'save-broadcast': {
      const b = effect.broadcast;
      db.run(
        'INSERT INTO broadcasts (id, number, text, villages, schedule, late, status, due_at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        b.id,
        b.number,
        b.text,
        JSON.stringify(b.villages),
        JSON.stringify(b.schedule),
        b.late,
        b.status,
        b.dueAt ?? null,
        b.by,
      );
      return;
    }
    case 'change-broadcast':
      update(db, 'broadcasts', effect.broadcast, effect.to, BROADCAST_COLUMNS);
      return;
    case 'delete-broadcast':
      db.run('DELETE FROM broadcasts WHERE id = ?', effect.broadcast);
      return;
    case 'fetch-media':
      db.run(
        "INSERT INTO errands (kind, case_id, entry, attachment, next_at) VALUES ('fetch-media', ?, ?, ?, ?)",
        effect.case,
        effect.entry,
        JSON.stringify(effect.attachment),
        state.now,
      );
      return;
    case 'change-chat':
      update(db, 'chats', effect.chat, effect.to, CHAT_COLUMNS);
      if (effect.to.gone) giveUpOn(db, effect.chat);
      // Where it speaks, what it would have said is over.
      if (effect.to.listens === false) db.run('DELETE FROM unsaid WHERE chat = ?', effect.chat);
      return;
    case 'count-unsaid':
      db.run(
        `INSERT INTO unsaid (chat, purpose, topic, times) VALUES (?, ?, ?, 1)
         ON CONFLICT (chat, purpose, topic) DO UPDATE SET times = times + 1`,
        effect.chat,
        effect.purpose,
        effect.topic ?? '',
      );
      return;
    case 'set-daily':
      db.run(
        'INSERT INTO daily (what, due_at) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET due_at = excluded.due_at',
        effect.what,
        effect.at,
      );
      return;
    case 'mail':
      db.run(
        "INSERT INTO errands (kind, key, details, next_at) VALUES ('mail', ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        effect.key,
        JSON.stringify({ subject: effect.subject, text: effect.text }),
        state.now,
      );
      return;
    case 'look-at-invite':
    case 'use-invite':
      db.run(
        'INSERT INTO errands (kind, details, next_at) VALUES (?, ?, ?)',
        effect.do,
        JSON.stringify({ invite: effect.invite, asker: effect.asker }),
        state.now,
      );
      return;
    case 'know-identity':
      learnIdentity(db, effect.lid, effect.phone, state.now);
      return;
    case 'revoke-entry':
      revokeEntry(db, effect.entry, effect.keepWords, state.now);
      return;
    case 'discard':
      discard(db, effect.file);
      return;
    case 'journal':
      db.run(
        'INSERT INTO journal (at, what, person, case_id) VALUES (?, ?, ?, ?)',
        state.now,
        effect.what,
        state.person?.id ?? null,
        effect.case ?? null,
      );
      return;
    default:
      effect satisfies never;
  }
}

/** True when this message already led to something. */
export function wasHeard(db: Database, event: Event): boolean {
  if (event.kind !== 'message') return false;
  return (
    db.get(
      'SELECT 1 FROM heard h JOIN chats c ON c.id = h.chat WHERE c.address = ? AND h.message = ?',
      event.chat,
      event.id,
    ) !== undefined
  );
}

/** Writes what was decided. An event that leads to nothing leaves no row, not even that it was heard. */
export function record(db: Database, event: Event, state: State, effects: readonly Effect[]): void {
  if (effects.length === 0) return;
  keepPerson(db, state);
  keepChat(db, state);
  if (event.kind === 'message' && state.chat) {
    db.run('INSERT INTO heard (chat, message, at) VALUES (?, ?, ?)', state.chat.id, event.id, state.now);
    // Of a change both ids are heard: the message itself may yet come, with the words it was changed to.
    if (event.edits) {
      db.run(
        'INSERT INTO heard (chat, message, at) VALUES (?, ?, ?) ON CONFLICT (chat, message) DO NOTHING',
        state.chat.id,
        event.edits,
        state.now,
      );
    }
  }
  for (const effect of effects) recordOne(db, effect, state);
}

/** Keeps an event that could not be decided, whole, so that it can be heard again. */
export function recordFailure(db: Database, event: Event, error: string, at: Millis): void {
  db.run('INSERT INTO failed (at, event, error) VALUES (?, ?, ?)', at, JSON.stringify(event), error);
}

/** The events kept as failed, oldest first. */
export function failedEvents(db: Database): { id: number; event: Event }[] {
  return db
    .all<{ id: number; event: string }>('SELECT id, event FROM failed ORDER BY id')
    .map((row) => ({ id: row.id, event: JSON.parse(row.event) }));
}

export function dropFailed(db: Database, id: number): void {
  db.run('DELETE FROM failed WHERE id = ?', id);
}
