// Rows of the database as the glossary knows them.

import type { Attachment, Broadcast, Case, Chat, Entry, Person, Said, StoredFile, Unsaid } from '../core/types.ts';

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** Leaves out what is null, so that an absent thing is absent. */
function present<T extends object>(row: Nullable<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}

export interface PersonRow {
  id: string;
  address: string;
  role: string;
  name: string | null;
  village: string | null;
  active: number;
  second_contact: number;
}

export function toPerson({ active, second_contact, ...row }: PersonRow): Person {
  return { ...(present(row) as unknown as Person), active: active === 1, secondContact: second_contact === 1 };
}

export interface ChatRow {
  id: string;
  address: string;
  kind: string;
  name: string | null;
  village: string | null;
  officers: number;
  introduced: number;
  listens: number;
  closed: number;
  gone: number;
  heard_until: number | null;
}

export function toChat({ officers, introduced, listens, closed, gone, heard_until: _, ...row }: ChatRow): Chat {
  return {
    ...(present(row) as unknown as Chat),
    officers: officers === 1,
    introduced: introduced === 1,
    listens: listens === 1,
    closed: closed === 1,
    gone: gone === 1,
  };
}

export interface CaseRow {
  id: string;
  code: string;
  kind: string;
  severity: string;
  status: string;
  reporter: string;
  reporter_name: string | null;
  came_from: string;
  village: string | null;
  signs: string;
  reasons: string;
  who: string | null;
  leaving: string | null;
  countries: string;
  restriction: string;
  claimer: string | null;
  rung: number;
  questions: string;
  opened_at: number;
  due_at: number | null;
  closed_at: number | null;
  withdrawn_at: number | null;
  verdict: string | null;
  example: string | null;
}

export function toCase(row: CaseRow): Case {
  return present({
    id: row.id,
    code: row.code,
    kind: row.kind,
    severity: row.severity,
    status: row.status,
    reporter: row.reporter,
    reporterName: row.reporter_name,
    from: row.came_from,
    village: row.village,
    signs: JSON.parse(row.signs),
    reasons: JSON.parse(row.reasons),
    who: row.who,
    when: row.leaving === null ? null : JSON.parse(row.leaving),
    countries: JSON.parse(row.countries),
    restriction: row.restriction,
    claimer: row.claimer,
    rung: row.rung,
    questions: JSON.parse(row.questions),
    openedAt: row.opened_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    withdrawnAt: row.withdrawn_at,
    verdict: row.verdict,
    example: row.example,
  } as unknown as Nullable<Case>);
}

export interface EntryRow {
  id: string;
  case_id: string;
  kind: string;
  by: string;
  text: string;
  attachments: string;
  contacts: string;
  /** JSON list; a plain name is of the time before files carried what they are. */
  files: string;
  at: number;
  message: string | null;
  revoked_at: number | null;
}

export function toEntry({ case_id, attachments, contacts, files, revoked_at, ...row }: EntryRow): Entry {
  const along: Attachment[] = JSON.parse(attachments);
  const kept = (JSON.parse(files) as (string | StoredFile)[]).map((file, i): StoredFile => {
    return typeof file === 'string' ? { file, attachment: along[i] ?? { type: 'document' } } : file;
  });
  return present({
    ...row,
    case: case_id,
    attachments: along,
    contacts: contacts === '[]' ? null : JSON.parse(contacts),
    files: kept,
    revokedAt: revoked_at,
  } as unknown as Nullable<Entry>);
}

export interface SaidRow {
  message: string;
  chat: string;
  purpose: string;
  case_id: string | null;
  entry: string | null;
  topic: string | null;
  about_group: string | null;
  created_at: number;
}

export function toSaid({ case_id, about_group, created_at, ...row }: SaidRow): Said {
  return present({ ...row, case: case_id, group: about_group, at: created_at } as unknown as Nullable<Said>);
}

export interface BroadcastRow {
  id: string;
  number: number;
  text: string;
  villages: string;
  schedule: string;
  late: string;
  status: string;
  due_at: number | null;
  by: string;
}

export function toBroadcast({ villages, schedule, due_at, ...row }: BroadcastRow): Broadcast {
  return present({
    ...row,
    villages: JSON.parse(villages),
    schedule: JSON.parse(schedule),
    dueAt: due_at,
  } as unknown as Nullable<Broadcast>);
}

export interface UnsaidRow {
  chat: string;
  purpose: string;
  topic: string;
  times: number;
}

export function toUnsaid({ topic, ...row }: UnsaidRow): Unsaid {
  return { ...(row as unknown as Unsaid), ...(topic !== '' && { topic: topic as NonNullable<Unsaid['topic']> }) };
}
