// The fixed cast of the rule tests, and small builders for what is heard, read and known.

import { moment } from '../../src/core/time.ts';
import type {
  Address,
  BroadcastId,
  Case,
  CaseCode,
  CaseId,
  Chat,
  ChatId,
  Command,
  CommandName,
  Effect,
  Entry,
  EntryId,
  Meaning,
  MessageEvent,
  MessageId,
  Office,
  Person,
  PersonId,
  Purpose,
  Question,
  ReactionEvent,
  Reading,
  Role,
  Said,
  Send,
  State,
  TickEvent,
  Topic,
  TopicId,
  Village,
  VillageId,
} from '../../src/core/types.ts';
import { NOTHING_MEANT } from '../../src/core/understand.ts';

/** Monday, 23 November 2026, 10.00 in Kerinci: the office is open. */
export const NOW = moment(2026, 11, 23, 10 * 60);

const village = (id: string, name: string, district: string, aliases: readonly string[]): Village => ({
  id: id as VillageId,
  name,
  district,
  aliases,
});
export const KOTO = village('koto-dua-baru', 'Koto Dua Baru', 'Air Hangat', ['k2b']);
export const HIANG = village('hiang-sakti', 'Hiang Sakti', 'Sitinjau Laut', ['hiangsakti']);

export const OFFICE: Office = {
  name: 'Kantor Imigrasi Kerinci',
  hours: { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 16 * 60 },
  ladder: { urgentMinutes: 5, ordinaryMinutes: 60, repeatMinutes: 15, rungs: ['other-officers', 'head'] },
  villages: [KOTO, HIANG],
};

const person = (name: string, role: Role, more: Partial<Person> = {}): Person => ({
  id: `person-${name}` as PersonId,
  address: `62000000${name}` as Address,
  role,
  active: role !== 'villager' && role !== 'official',
  secondContact: false,
  ...(role !== 'villager' && { name }),
  ...more,
});

export const ANI = person('Ani', 'villager', { address: '620000000001' as Address });
export const RUDI = person('Rudi', 'villager');
export const KADES = person('Yusuf', 'official', { name: 'Pak Kades Yusuf', village: KOTO.id });
/** Serves Koto Dua Baru. */
export const BUDI = person('Budi', 'officer', { village: KOTO.id });
/** Serves Hiang Sakti. */
export const DEWI = person('Dewi', 'officer', { village: HIANG.id });
/** The second contact. */
export const HESTI = person('Hesti', 'officer', { secondContact: true });
export const RATNA = person('Ratna', 'head', { name: 'Bu Ratna' });
export const WAWAN = person('Wawan', 'admin');

export const STAFF: readonly Person[] = [KADES, BUDI, DEWI, HESTI, RATNA, WAWAN];
export const EVERYBODY: readonly Person[] = [ANI, RUDI, ...STAFF];

const group = (id: string, more: Partial<Chat>): Chat => ({
  id: id as ChatId,
  address: `${id}-address` as Address,
  kind: 'group',
  name: id,
  officers: false,
  introduced: true,
  listens: false,
  closed: false,
  gone: false,
  ...more,
});
export const KOTO_GROUP = group('group-koto', { village: KOTO.id });
export const HIANG_GROUP = group('group-hiang', { village: HIANG.id });
export const OFFICERS = group('group-officers', { officers: true });
export const GROUPS: readonly Chat[] = [KOTO_GROUP, HIANG_GROUP, OFFICERS];

export const privateChat = (of: Person): Chat => ({
  id: `private-${of.id}` as ChatId,
  address: of.address,
  kind: 'private',
  officers: false,
  introduced: false,
  listens: false,
  closed: false,
  gone: false,
});

export const topic = (id: string): Topic => ({
  id: id as TopicId,
  title: `Judul ${id}`,
  keywords: [],
  questions: [],
  answer: `Jawaban ${id}`,
  more: `Lengkap ${id}`,
});
export const TOPICS: readonly Topic[] = [topic('paspor-biaya'), topic('cek-agen')];

export const CASE: Case = {
  id: 'case-1' as CaseId,
  code: 'KRC-7K2Q' as CaseCode,
  kind: 'report',
  severity: 'biasa',
  status: 'open',
  reporter: ANI.id,
  from: 'private',
  village: KOTO.id,
  signs: [],
  reasons: [],
  countries: [],
  restriction: 'none',
  rung: 0,
  questions: [],
  openedAt: NOW - 60_000,
  dueAt: NOW + 60_000,
};

export const entry = (of: Case, text: string, more: Partial<Entry> = {}): Entry => ({
  id: `entry-of-${of.id}` as EntryId,
  case: of.id,
  kind: 'report',
  by: of.reporter,
  text,
  attachments: [],
  at: of.openedAt,
  ...more,
});

export const said = (purpose: Purpose, chat: Chat, more: Partial<Said> = {}): Said => ({
  message: `said-${purpose}` as MessageId,
  chat: chat.id,
  purpose,
  at: NOW - 60_000,
  ...more,
});

/** What is known when somebody speaks or reacts in a chat. */
export function known(who: Person, where: Chat, more: Partial<State> = {}): State {
  return {
    now: NOW,
    fresh: {
      case: 'fresh-case' as CaseId,
      code: 'KRC-NEW2' as CaseCode,
      entry: 'fresh-entry' as EntryId,
      broadcast: 'fresh-broadcast' as BroadcastId,
      person: 'fresh-person' as PersonId,
      chat: 'fresh-chat' as ChatId,
    },
    office: OFFICE,
    staff: STAFF,
    officersGroup: OFFICERS,
    groups: GROUPS,
    person: who,
    chat: where,
    memberOf: where.kind === 'private' ? [KOTO.id] : [],
    entries: [],
    said: [],
    echo: false,
    unsaid: [],
    openCases: [],
    people: EVERYBODY,
    broadcasts: [],
    due: [],
    ...more,
  };
}

/** What is known at a tick. */
export function knownAtTick(more: Partial<State> = {}): State {
  const { person: _, chat: __, ...rest } = known(ANI, KOTO_GROUP);
  return { ...rest, people: STAFF, ...more };
}

export const tick = (at = NOW): TickEvent => ({ kind: 'tick', at });

export function message(who: Person, where: Chat, text: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return {
    kind: 'message',
    id: 'heard-1' as MessageId,
    chat: where.address,
    chatKind: where.kind,
    from: who.address,
    text,
    at: NOW,
    mentionsBot: false,
    attachments: [],
    ...more,
  };
}

export const reaction = (who: Person, where: Chat, emoji: string): ReactionEvent => ({
  kind: 'reaction',
  message: 'said-alert' as MessageId,
  chat: where.address,
  chatKind: where.kind,
  from: who.address,
  emoji,
  at: NOW,
});

export const meaning = (kind: Meaning['kind'], more: Partial<Meaning> = {}): Meaning => ({
  ...NOTHING_MEANT,
  kind,
  ...more,
});

/** A reading made by hand, so that a rule is tested without the understanding. */
export function reading(text: string, means: Meaning = meaning('silent'), more: Partial<Reading> = {}): Reading {
  return {
    text,
    words: text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
    codes: [],
    named: false,
    meaning: means,
    meaningInReply: means,
    asks: [],
    asksInReply: [],
    topics: TOPICS,
    menu: [{ title: 'Pintu', topics: TOPICS }],
    readyBroadcasts: [],
    toCheck: [],
    ...more,
  };
}

export const command = (name: CommandName, rest = ''): { readonly command: Command } => ({ command: { name, rest } });

export const asked = (question: Question, at = NOW - 60_000) => ({ asked: { question, at } });

/** The messages among the effects. */
export const sends = (effects: readonly Effect[]): Send[] => effects.filter((effect) => effect.do === 'send');

/** Who hears a message: a person where it is private, else the group. */
export function hearer(send: Send): string {
  if ('person' in send.to) return send.to.person;
  return send.to.chat.replace(/^private-/, '');
}

/** What one hearer is sent, in order. */
export const heardBy = (effects: readonly Effect[], who: Person | Chat): string[] =>
  sends(effects)
    .filter((send) => hearer(send) === who.id)
    .map((send) => send.text);

/** What becomes of the cases. */
export function casesAfter(effects: readonly Effect[], before: readonly Case[]): ReadonlyMap<CaseId, Case> {
  const cases = new Map(before.map((theCase) => [theCase.id, theCase]));
  for (const effect of effects) {
    if (effect.do === 'open-case') cases.set(effect.case.id, effect.case);
    const old = effect.do === 'change-case' && cases.get(effect.case);
    if (effect.do === 'change-case' && old) {
      const next = Object.entries({ ...old, ...effect.to }).filter(([, value]) => value !== undefined);
      cases.set(old.id, Object.fromEntries(next) as unknown as Case);
    }
  }
  return cases;
}
