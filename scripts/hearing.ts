// A message heard as the bot hears it: read, decided by the real rules in a village that knows nothing else, and what came of it.

import { join } from 'node:path';
import { type LoadedContent, loadContent, taught } from '../src/content.ts';
import { decide } from '../src/core/decide.ts';
import { type Content, read } from '../src/core/read.ts';
import { moment } from '../src/core/time.ts';
import type {
  Address,
  BroadcastId,
  CaseCode,
  CaseId,
  Chat,
  ChatId,
  Effect,
  EntryId,
  Kind,
  Meaning,
  MessageEvent,
  MessageId,
  Person,
  PersonId,
  State,
  TopicId,
} from '../src/core/types.ts';

const ROOT = join(import.meta.dirname, '..');

export type Taught = LoadedContent & Content;

/** The shipped content with the office's own, and what is learnt from it. */
export const loadTaught = (): Taught =>
  taught(loadContent(join(ROOT, 'data'), join(ROOT, 'data', 'local')), [join(ROOT, 'data', 'local', 'model')]);

export interface Said {
  readonly text: string;
  readonly chat?: 'group' | 'private';
}

/** What the bot did with a message. */
export interface Outcome {
  /** What it took it for: what it said and did openly; a doubtful report or advert in a group is silence. */
  readonly kind: Kind;
  /** What it showed an officer instead. */
  readonly asked?: 'report' | 'warn';
  /** Topics it answered with. */
  readonly answered: readonly TopicId[];
  /** Topics it answered with or offered, the likeliest first. */
  readonly offered: readonly TopicId[];
  readonly meaning: Meaning;
}

const MENTION = /@bot\b/i;
/** Monday, 10.00 in Kerinci. */
const NOW = moment(2026, 11, 23, 10 * 60);
const VILLAGER: Person = {
  id: 'villager' as PersonId,
  address: '620000000001' as Address,
  role: 'villager',
  active: false,
  secondContact: false,
};

/** True where the bot is spoken to: in private, or mentioned. */
export const isToTheBot = ({ text, chat }: Said): boolean => chat === 'private' || MENTION.test(text);

/** Hears one message; nothing was said before it. */
export function hear(said: Said, content: Taught): Outcome {
  const event = eventOf(said);
  const reading = read(event, content);
  const effects = decide(event, reading, stateOf(said, content));
  return { ...outcomeOf(effects), meaning: reading.meaning };
}

function eventOf({ text, chat = 'group' }: Said): MessageEvent {
  return {
    kind: 'message',
    id: 'message' as MessageId,
    chat: chatOf(chat).address,
    chatKind: chat,
    from: VILLAGER.address,
    text,
    at: NOW,
    mentionsBot: MENTION.test(text),
    attachments: [],
  };
}

const chatOf = (kind: 'group' | 'private', village?: Chat['village']): Chat => ({
  id: kind as ChatId,
  address: (kind === 'group' ? 'group' : VILLAGER.address) as Address,
  kind,
  ...(village && { village }),
  officers: false,
  introduced: true,
  listens: false,
  closed: false,
  gone: false,
});

function stateOf({ chat = 'group' }: Said, { office }: Taught): State {
  const village = office.villages[0]?.id;
  const officer: Person = {
    id: 'officer' as PersonId,
    address: '620000000002' as Address,
    role: 'officer',
    ...(village && { village }),
    active: true,
    secondContact: false,
  };
  const head: Person = { ...officer, id: 'head' as PersonId, address: '620000000003' as Address, role: 'head' };
  return {
    now: NOW,
    fresh: {
      case: 'case' as CaseId,
      code: 'KRC-2222' as CaseCode,
      entry: 'entry' as EntryId,
      broadcast: 'broadcast' as BroadcastId,
      person: 'person' as PersonId,
      chat: 'chat' as ChatId,
    },
    office,
    staff: [officer, head],
    groups: [],
    person: VILLAGER,
    chat: chatOf(chat, chat === 'group' ? village : undefined),
    memberOf: village ? [village] : [],
    entries: [],
    said: [],
    echo: false,
    unsaid: [],
    openCases: [],
    people: [VILLAGER, officer, head],
    broadcasts: [],
    due: [],
  };
}

/** Asked how one reports, the bot invites to tell it in private: that answers this topic. */
const HOW_TO_REPORT = 'lapor-cara' as TopicId;

function outcomeOf(effects: readonly Effect[]): Omit<Outcome, 'meaning'> {
  const sends = effects.filter((effect) => effect.do === 'send');
  const answered = sends.flatMap(({ purpose, topic }) => (purpose === 'answer' && topic ? [topic] : []));
  const asked = effects.flatMap((effect) => (effect.do === 'ask' ? [effect.question] : []))[0];
  const choices = asked?.about === 'menu' ? asked.choices.flatMap((one) => ('topic' in one ? [one.topic] : [])) : [];
  const offered = [...new Set([...answered, ...choices])];
  const said = { answered, offered };
  const nothing = { answered: [], offered: [] };
  for (const effect of effects) {
    if (effect.do !== 'open-case') continue;
    const kind = effect.case.kind === 'report' ? 'report' : effect.case.kind === 'advert' ? 'warn' : 'human';
    if (effect.case.status === 'doubtful')
      return { kind: 'silent', ...nothing, asked: kind === 'warn' ? kind : 'report' };
    return { kind, ...said };
  }
  const purposes = sends.map(({ purpose }) => purpose);
  if (answered.length > 0) return { kind: 'answer', ...said };
  if (purposes.includes('invitation') || purposes.includes('dialog'))
    return { kind: 'answer', answered: [HOW_TO_REPORT], offered: [HOW_TO_REPORT] };
  if (choices.length > 0) return { kind: 'answer', ...said };
  if (purposes.includes('step')) return { kind: 'human', ...nothing };
  return { kind: sends.length > 0 || effects.some((effect) => effect.do === 'react') ? 'menu' : 'silent', ...nothing };
}
