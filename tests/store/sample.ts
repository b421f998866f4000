// A small database with fixed people and chats, for the tests of the store and of what works on it.

import type {
  Address,
  Case,
  CaseCode,
  CaseId,
  Chat,
  ChatId,
  Effect,
  Entry,
  EntryId,
  Event,
  Fresh,
  MessageId,
  Office,
  Person,
  PersonId,
  Send,
  State,
} from '../../src/core/types.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { record } from '../../src/store/record.ts';

/** Monday 23 November 2026, 08:00 in Kerinci. */
export const EIGHT = Date.UTC(2026, 10, 23, 1);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

export const OFFICE: Office = {
  name: 'Kantor Contoh',
  hours: { days: [1, 2, 3, 4, 5], from: 480, to: 960 },
  ladder: { urgentMinutes: 5, ordinaryMinutes: 60, repeatMinutes: 15, rungs: ['other-officers', 'head'] },
  villages: [],
};

export const ANI: Person = {
  id: 'ani' as PersonId,
  address: '620000000001' as Address,
  role: 'villager',
  active: false,
  secondContact: false,
};
export const PRIVATE: Chat = {
  id: 'chat-ani' as ChatId,
  address: ANI.address,
  kind: 'private',
  officers: false,
  introduced: false,
  listens: false,
  closed: false,
  gone: false,
};
export const OFFICERS: Chat = {
  id: 'chat-officers' as ChatId,
  address: 'grup-petugas' as Address,
  kind: 'group',
  officers: true,
  introduced: false,
  listens: false,
  closed: false,
  gone: false,
};

/** A database in memory with Ani's chat and the officers' group. */
export function sampleDatabase(path = ':memory:'): Database {
  const db = openDatabase(path);
  db.run("INSERT INTO people (id, address, role) VALUES (?, ?, 'villager')", ANI.id, ANI.address);
  for (const chat of [PRIVATE, OFFICERS]) {
    db.run(
      'INSERT INTO chats (id, address, kind, officers) VALUES (?, ?, ?, ?)',
      chat.id,
      chat.address,
      chat.kind,
      chat.officers ? 1 : 0,
    );
  }
  return db;
}

/** New ids as the door makes them; `n` tells one event's from another's. */
export function freshIds(n = 1): Fresh {
  const id = `new-${n}`;
  return { case: id, entry: id, broadcast: id, person: id, chat: id, code: `KRC-AAA${n}` } as unknown as Fresh;
}

export function stateAt(now = EIGHT, more: Partial<State> = {}): State {
  return {
    now,
    fresh: freshIds(),
    office: OFFICE,
    staff: [],
    groups: [],
    person: ANI,
    chat: PRIVATE,
    memberOf: [],
    entries: [],
    said: [],
    echo: false,
    unsaid: [],
    openCases: [],
    people: [],
    broadcasts: [],
    due: [],
    ...more,
  };
}

export function messageEvent(id: string, more: Partial<Extract<Event, { kind: 'message' }>> = {}): Event {
  return {
    kind: 'message',
    id: id as MessageId,
    chat: ANI.address,
    chatKind: 'private',
    from: ANI.address,
    text: 'paspor adik saya ditahan',
    at: EIGHT,
    mentionsBot: false,
    attachments: [],
    ...more,
  };
}

export const TICK: Event = { kind: 'tick', at: EIGHT };

/** A text for Ani, or for the chat given. */
export function send(key: string, more: Partial<Send> = {}): Send {
  return {
    do: 'send',
    to: { chat: PRIVATE.id },
    text: `text of ${key}`,
    key,
    urgency: 'reply',
    purpose: 'step',
    shows: 'nothing',
    ...more,
  };
}

/** Records effects as if a tick had led to them. */
export function put(db: Database, effects: readonly Effect[], now = EIGHT): void {
  db.transaction(() => record(db, TICK, stateAt(now), effects));
}

export function sampleCase(more: Partial<Case> = {}): Case {
  return {
    id: 'case-1' as CaseId,
    code: 'KRC-7K2Q' as CaseCode,
    kind: 'report',
    severity: 'biasa',
    status: 'open',
    reporter: ANI.id,
    from: 'private',
    signs: ['passport-withheld'],
    reasons: [],
    countries: ['Malaysia'],
    restriction: 'none',
    rung: 0,
    questions: ['village', 'when'],
    openedAt: EIGHT,
    dueAt: EIGHT + 60 * MINUTE,
    ...more,
  };
}

export const addEntry = (theCase: Case, text: string, id = 'entry-1', more: Partial<Entry> = {}): Effect => ({
  do: 'add-entry',
  entry: { id: id as EntryId, case: theCase.id, kind: 'report', by: ANI.id, text, attachments: [], at: EIGHT, ...more },
});
