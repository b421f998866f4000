// What is known when an event is decided: fetches only what the event and its reading name.

import type {
  Address,
  Case,
  Chat,
  ChatId,
  Daily,
  Due,
  Entry,
  Event,
  Fresh,
  MessageId,
  Millis,
  Office,
  Person,
  PersonId,
  Reading,
  Said,
  State,
  Unsaid,
  VillageId,
} from '../core/types.ts';
import type { Database } from './database.ts';
import {
  type BroadcastRow,
  type CaseRow,
  type ChatRow,
  type EntryRow,
  type PersonRow,
  type SaidRow,
  toBroadcast,
  toCase,
  toChat,
  toEntry,
  toPerson,
  toSaid,
  toUnsaid,
  type UnsaidRow,
} from './rows.ts';

/** The quiet time of a group: what was said longer ago no longer matters to what is said now. */
const LATELY = 30 * 60_000;
/** An open question is forgotten after a day. */
const QUESTION_LASTS = 24 * 60 * 60_000;
/** At most so many due things in one tick; the next tick takes the rest. */
const DUE_AT_ONCE = 200;

const SAID = 'SELECT message, chat, purpose, case_id, entry, topic, about_group, created_at FROM outbox';

function personAt(db: Database, address: Address, fresh: PersonId): Person {
  const row = db.get<PersonRow>('SELECT * FROM people WHERE address = ?', address);
  return row ? toPerson(row) : { id: fresh, address, role: 'villager', active: false, secondContact: false };
}

function chatAt(db: Database, event: Extract<Event, { chat: Address }>, fresh: ChatId): Chat {
  const row = db.get<ChatRow>('SELECT * FROM chats WHERE address = ?', event.chat);
  if (row) return toChat(row);
  const name = event.kind === 'message' || event.kind === 'group' ? event.chatName : undefined;
  return newChat(fresh, event.chat, event.kind === 'group' ? 'group' : event.chatKind, name);
}

const newChat = (id: ChatId, address: Address, kind: Chat['kind'], name?: string): Chat => ({
  id,
  address,
  kind,
  officers: false,
  introduced: false,
  listens: false,
  closed: false,
  gone: false,
  ...(name && { name }),
});

const groupsOf = (db: Database): Chat[] =>
  db.all<ChatRow>("SELECT * FROM chats WHERE kind = 'group' ORDER BY id").map(toChat);

const caseById = (db: Database, id: string): Case | undefined => {
  const row = db.get<CaseRow>('SELECT * FROM cases WHERE id = ?', id);
  return row && toCase(row);
};

/** The case a message speaks of: the one it quotes, or else the one whose code it names. */
function namedCase(db: Database, reading: Reading, quoted: Said | undefined): Case | undefined {
  if (quoted?.case) return caseById(db, quoted.case);
  const code = reading.codes[0];
  if (!code) return undefined;
  // The code of a doubt is nobody's to know: it is answered by its own line alone.
  const row = db.get<CaseRow>(
    "SELECT * FROM cases WHERE code = ? AND status <> 'doubtful' AND (verdict IS NULL OR verdict = 'yes')",
    code,
  );
  return row && toCase(row);
}

/** The sender's own open case: the one he quotes or names, or else his newest. */
function openCaseOf(db: Database, person: PersonId, named: Case | undefined): Case | undefined {
  const isOpen = named?.status === 'open' || named?.status === 'claimed';
  if (named?.reporter === person && isOpen && named.kind !== 'advert' && !named.withdrawnAt) return named;
  const row = db.get<CaseRow>(
    "SELECT * FROM cases WHERE reporter = ? AND status IN ('open', 'claimed') AND withdrawn_at IS NULL AND kind <> 'advert' ORDER BY opened_at DESC, id DESC LIMIT 1",
    person,
  );
  return row && toCase(row);
}

function dueAt(db: Database, now: Millis): Due[] {
  const cases = db
    .all<CaseRow>('SELECT * FROM cases WHERE due_at <= ? ORDER BY due_at, id LIMIT ?', now, DUE_AT_ONCE)
    .map(toCase)
    .map((theCase): Due => ({ what: 'case', at: theCase.dueAt as Millis, case: theCase }));
  const broadcasts = db
    .all<BroadcastRow>('SELECT * FROM broadcasts WHERE due_at <= ? ORDER BY due_at, id LIMIT ?', now, DUE_AT_ONCE)
    .map(toBroadcast)
    .map((broadcast): Due => ({ what: 'broadcast', at: broadcast.dueAt as Millis, broadcast }));
  const dailies = db
    .all<{ what: Daily; at: Millis }>(
      'SELECT what, due_at AS at FROM daily WHERE due_at <= ? ORDER BY due_at, what',
      now,
    )
    .map(({ what, at }): Due => ({ what, at }));
  return [...dailies, ...cases, ...broadcasts].sort((a, b) => a.at - b.at).slice(0, DUE_AT_ONCE);
}

/** Forgets what was asked so long ago that no answer comes any more, with what was kept along with it. */
export function forgetQuestions(db: Database, now: Millis): void {
  db.run('DELETE FROM questions WHERE at <= ?', now - QUESTION_LASTS);
}

export const isCodeTaken = (db: Database, code: string): boolean =>
  db.get('SELECT 1 FROM cases WHERE code = ?', code) !== undefined;

/** When the next thing falls due, for a clock that is moved by hand. */
export function nextDue(db: Database): Millis | undefined {
  const row = db.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (SELECT min(due_at) AS at FROM cases
     UNION ALL SELECT min(due_at) FROM broadcasts UNION ALL SELECT min(due_at) FROM daily)`,
  );
  return row?.at ?? undefined;
}

export function recall(
  db: Database,
  event: Event,
  reading: Reading,
  given: { now: Millis; fresh: Fresh; office: Office },
): State {
  const staff = db.all<PersonRow>("SELECT * FROM people WHERE role <> 'villager' ORDER BY id").map(toPerson);
  const groups = groupsOf(db);
  const officersGroup = groups.find((group) => group.officers);
  const base: State = {
    ...given,
    staff,
    groups,
    ...(officersGroup && { officersGroup }),
    memberOf: [],
    entries: [],
    said: [],
    echo: false,
    unsaid: [],
    openCases: [],
    people: staff,
    broadcasts: [],
    due: [],
  };
  if (event.kind === 'tick') return { ...base, ...knownAtTick(db, event.at) };
  if (event.kind === 'group') return { ...base, chat: chatAt(db, event, given.fresh.chat) };
  if (event.kind === 'invite') return { ...base, ...askerOf(db, event, given.fresh.chat) };
  if (event.kind === 'media-arrived' || event.kind === 'media-failed') {
    return { ...base, ...told(db, entryById(db, event.entry)) };
  }
  if (event.kind === 'revoked') {
    const chat = chatAt(db, event, given.fresh.chat);
    return { ...base, chat, ...told(db, entryOfMessage(db, chat, event.message)) };
  }
  if (event.kind !== 'message' && event.kind !== 'reaction') return base;

  const person = personAt(db, event.from, given.fresh.person);
  const chat = chatAt(db, event, given.fresh.chat);
  const quote = event.kind === 'message' ? event.quote : event.message;
  const quotedRow =
    quote && db.get<SaidRow>(`${SAID} WHERE message = ? AND chat = ? AND kind = 'text'`, quote, chat.id);
  const quoted = quotedRow ? toSaid(quotedRow) : undefined;
  const changed = event.kind === 'message' && event.edits ? event.edits : undefined;
  const entry = changed && entryOfMessage(db, chat, changed);
  const theCase = entry ? caseById(db, entry.case) : namedCase(db, reading, quoted);
  const ownCase = openCaseOf(db, person.id, theCase);
  const asked = db.get<{ question: string; at: number }>(
    'SELECT question, at FROM questions WHERE person = ? AND chat = ? AND at > ?',
    person.id,
    chat.id,
    given.now - QUESTION_LASTS,
  );
  const isStaff = person.role !== 'villager' && person.role !== 'official';
  const said = saidLately(db, chat.id, given.now);
  const openCases = isStaff && reading.command?.name === 'daftar' ? everyOpenCase(db) : [];
  const reporter = theCase && db.get<PersonRow>('SELECT * FROM people WHERE id = ?', theCase.reporter);
  return {
    ...base,
    person,
    chat,
    memberOf: event.kind === 'message' ? villagesOf(event.sharedGroups ?? [], groups) : [],
    ...(asked && { asked: { question: JSON.parse(asked.question), at: asked.at } }),
    ...(quoted && { quoted }),
    ...(quoted?.purpose === 'check' && quoted.group && { saidThere: saidLately(db, quoted.group, given.now) }),
    ...(theCase && { case: theCase }),
    ...(ownCase && { ownCase }),
    ...(entry && { entry }),
    ...(changed && { originalHeard: wasLedOn(db, chat, changed) }),
    echo: event.kind === 'message' && isEcho(db, event.text, chat, person, given.now),
    entries: entriesOf(db, theCase, ownCase),
    said,
    unsaid: person.role === 'admin' && reading.command?.name === 'grup' ? everythingUnsaid(db) : [],
    openCases,
    people: [...staff, ...(reporter?.role === 'villager' ? [toPerson(reporter)] : [])],
    broadcasts:
      person.role === 'admin' ? db.all<BroadcastRow>('SELECT * FROM broadcasts ORDER BY number').map(toBroadcast) : [],
  };
}

const saidLately = (db: Database, chat: ChatId, now: Millis): Said[] =>
  db
    .all<SaidRow>(
      `${SAID} WHERE chat = ? AND created_at > ? AND kind = 'text' ORDER BY created_at DESC, id DESC`,
      chat,
      now - LATELY,
    )
    .map(toSaid);

function entriesOf(db: Database, ...cases: (Case | undefined)[]): Entry[] {
  const ids = new Set(cases.map((theCase) => theCase?.id).filter((id) => id !== undefined));
  return [...ids].flatMap((id) =>
    db.all<EntryRow>('SELECT * FROM entries WHERE case_id = ? ORDER BY at, id', id).map(toEntry),
  );
}

function villagesOf(shared: readonly Address[], groups: readonly Chat[]): VillageId[] {
  const villages = groups.filter((group) => shared.includes(group.address)).map((group) => group.village);
  return [...new Set(villages.filter((village) => village !== undefined))];
}

// ---------------------------------------------------------------- what a message became, and what the bot said itself

const entryById = (db: Database, id: string): Entry | undefined => {
  const row = db.get<EntryRow>('SELECT * FROM entries WHERE id = ?', id);
  return row && toEntry(row);
};

/** The entry that a message heard in this chat became; the same id in another chat is another message. */
function entryOfMessage(db: Database, chat: Chat, message: MessageId): Entry | undefined {
  if (!wasLedOn(db, chat, message)) return undefined;
  const row = db.get<EntryRow>(
    `SELECT e.* FROM entries e JOIN people p ON p.id = e.by WHERE e.message = ? AND CASE ?
       WHEN 'private' THEN p.address = ?
       ELSE NOT EXISTS (SELECT 1 FROM heard h JOIN chats c ON c.id = h.chat WHERE h.message = e.message AND c.address = p.address)
     END ORDER BY e.at, e.id LIMIT 1`,
    message,
    chat.kind,
    chat.address,
  );
  return row && toEntry(row);
}

const wasLedOn = (db: Database, chat: Chat, message: MessageId): boolean =>
  db.get('SELECT 1 FROM heard WHERE chat = ? AND message = ?', chat.id, message) !== undefined;

/** An entry with its case and all that was told in it. */
function told(db: Database, entry: Entry | undefined): Partial<State> {
  const theCase = entry && caseById(db, entry.case);
  return entry && theCase ? { entry, case: theCase, entries: entriesOf(db, theCase) } : {};
}

/** For so long the bot knows its own words again. */
const ECHO_LASTS = 24 * 60 * 60_000;

/** True when the bot said just this, in this chat or to this person. */
function isEcho(db: Database, text: string, chat: Chat, person: Person, now: Millis): boolean {
  const words = text.trim();
  if (words === '') return false;
  return (
    db.get(
      `SELECT 1 FROM outbox o JOIN chats c ON c.id = o.chat WHERE (c.id = ? OR c.address = ?) AND o.created_at > ?
         AND o.kind = 'text' AND trim(o.body, char(9, 10, 13, 32)) = ?`,
      chat.id,
      person.address,
      now - ECHO_LASTS,
      words,
    ) !== undefined
  );
}

const everyOpenCase = (db: Database): Case[] =>
  db.all<CaseRow>("SELECT * FROM cases WHERE status IN ('open', 'claimed') ORDER BY opened_at, id").map(toCase);

const everythingUnsaid = (db: Database): Unsaid[] =>
  db.all<UnsaidRow>('SELECT * FROM unsaid ORDER BY chat, times DESC, purpose, topic').map(toUnsaid);

/** What is due, and what is told of when it comes again each day. */
function knownAtTick(db: Database, at: Millis): Pick<State, 'due' | 'openCases' | 'unsaid'> {
  const due = dueAt(db, at);
  const comes = (what: Daily) => due.some((one) => one.what === what);
  return {
    due,
    openCases: comes('sign-of-life') ? everyOpenCase(db) : [],
    unsaid: comes('listening') ? everythingUnsaid(db) : [],
  };
}

/** Who showed an invitation, and his chat with the bot, in which he did. */
function askerOf(
  db: Database,
  event: Extract<Event, { kind: 'invite' }>,
  fresh: ChatId,
): Pick<State, 'person' | 'chat'> {
  const row = db.get<PersonRow>('SELECT * FROM people WHERE id = ?', event.asker);
  if (!row) return {};
  const person = toPerson(row);
  const chat = db.get<ChatRow>('SELECT * FROM chats WHERE address = ?', person.address);
  return { person, chat: chat ? toChat(chat) : newChat(fresh, person.address, 'private') };
}
