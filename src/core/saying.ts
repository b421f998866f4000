// How rules put what they want said: the few shapes a Say comes in.

import { MINUTE } from './time.ts';
import type {
  Audience,
  Case,
  Effect,
  Meaning,
  MessageEvent,
  Purpose,
  ReactionEvent,
  Reading,
  Say,
  State,
} from './types.ts';

type Extra = Partial<Pick<Say, 'about' | 'entry' | 'topic' | 'group' | 'quote' | 'shows' | 'urgency' | 'media'>>;

/** Names what was heard, for keys: the same message may be reacted to again and again. */
export const causeOf = (event: MessageEvent | ReactionEvent) =>
  event.kind === 'message' ? event.id : `${event.message}:${event.emoji}:${event.at}`;

/** The message itself, as it stands in the chat: a change has an id of its own, and stands nowhere. */
export const messageOf = (event: MessageEvent) => event.edits ?? event.id;

/** An answer in the chat the event came from. The heard message's id makes its key. */
export function reply(event: MessageEvent | ReactionEvent, purpose: Purpose, text: string, extra: Extra = {}): Say {
  return {
    do: 'say',
    to: { role: 'here' },
    text,
    key: `${purpose}:${causeOf(event)}`,
    urgency: 'reply',
    purpose,
    shows: 'nothing',
    ...extra,
  };
}

/** The same, quoting the message it answers. */
export function quoting(event: MessageEvent, purpose: Purpose, text: string, extra: Extra = {}): Say {
  return reply(event, purpose, text, { quote: messageOf(event), ...extra });
}

/** Something told of a case to a role. `step` tells the tellings of one case apart, so that none is doubled. */
export function tell(
  role: Exclude<Audience['role'], 'group'>,
  theCase: Case,
  purpose: Purpose,
  step: string,
  text: string,
  extra: Extra = {},
): Say {
  const confidential = purpose === 'words' || purpose === 'identity' || purpose === 'check';
  return {
    do: 'say',
    to: { role },
    text,
    key: `${purpose}:${theCase.id}:${step}`,
    urgency: purpose === 'alert' || purpose === 'words' ? 'alert' : 'reply',
    purpose,
    shows: confidential ? 'words' : 'outline',
    about: theCase,
    ...extra,
  };
}

/** Something told to the admins, once for a key. */
export function notice(key: string, text: string, extra: Extra = {}): Say {
  return {
    do: 'say',
    to: { role: 'admins' },
    text,
    key,
    urgency: 'reply',
    purpose: 'notice',
    shows: 'nothing',
    ...extra,
  };
}

export const journal = (what: string, theCase?: Case): Effect => ({
  do: 'journal',
  what,
  ...(theCase && { case: theCase.id }),
});

/** What was written longer ago came while the bot was away. */
const RECENT = 10 * MINUTE;

/** True when somebody still waits for what is said to it; what was written while the bot was away is only taken down. */
export const isRecent = (event: MessageEvent, state: State) => state.now - event.at <= RECENT;

/** In private, mentioned, named, or in reply to the bot. */
export function isAddressed(event: MessageEvent, reading: Reading, state: State): boolean {
  return event.chatKind === 'private' || reading.named || state.quoted !== undefined;
}

export function meaningOf(event: MessageEvent, reading: Reading, state: State): Meaning {
  return isAddressed(event, reading, state) ? reading.meaningInReply : reading.meaning;
}

/** What each part of a question of several parts asks; empty where it is of one. */
export function asksOf(event: MessageEvent, reading: Reading, state: State): readonly Meaning[] {
  return isAddressed(event, reading, state) ? reading.asksInReply : reading.asks;
}

/** A chat where villagers speak: private, or a group tied to a village. */
export function isVillagers(state: State): boolean {
  return state.chat !== undefined && (state.chat.kind === 'private' || state.chat.village !== undefined);
}

export const isStaff = (state: State) =>
  state.person?.role === 'officer' || state.person?.role === 'head' || state.person?.role === 'admin';

/** Where groups, staff, broadcasts and invitations are looked after. */
export const isAdminInPrivate = (state: State) => state.person?.role === 'admin' && state.chat?.kind === 'private';

/** Whoever may ever have a case in hand; which one, `audience.ts` says. */
export const isHandler = (state: State) =>
  state.person?.role === 'officer' || state.person?.role === 'head' || state.person?.secondContact === true;

/** An open question answers to a bare digit or `ya`: in a group only by quoting the bot or within two minutes. */
export function isAnswerTo(state: State): boolean {
  if (!state.asked || !state.chat) return false;
  return state.chat.kind === 'private' || state.quoted !== undefined || state.now - state.asked.at <= 2 * 60_000;
}

/** What may stand beside thanks and wants no answer. */
const BESIDE_THANKS =
  /^(makasih|makaseh|trimakasih|terima|kasih|terimakasih|trims|tq|thanks|banyak|pak|bapak|bu|ibu|buk|min|bot|bang|ya|yo|yaa|nian|atas|info|informasi|bantuan|jawaban|penjelasan|sangat|membantu|sehat|selalu|semoga|semua|sekali|ok|oke|baik|siap|alhamdulillah|amin|aamiin|salam|lah|kami|saya|petugas|tadi)$/;
const THANKS = /\b(makasih|makaseh|trimakasih|terima ?kasih|trims|tq|thanks)\b/;

/** Thanks, whatever stands beside. */
export const hasThanks = (reading: Reading) => THANKS.test(reading.words.join(' '));

/** Thanks, and nothing beside it that would want an answer. */
export const isThanks = (reading: Reading) =>
  reading.meaning.kind !== 'report' &&
  reading.meaning.severity !== 'darurat' &&
  hasThanks(reading) &&
  reading.words.every((word) => BESIDE_THANKS.test(word));

/** Question words of Indonesian, Melayu Jambi, Minang and Kerinci. */
const ASKS =
  /\b(berapa|brapa|brp|berapo|brapo|barapo|bara|piyo|pira|apa|apo|apakah|apokah|aa|mana|mano|dimana|dimano|dmn|dima|kemana|kemano|kama|kapan|bila|bilo|siapa|siapo|sia|gimana|gmana|gmn|bagaimana|bagaimano|cakmano|camano|kekmana|baa|kenapa|knp|ngapo|manga)\b/;
/** Words that ask as well, and tell as often. */
const MAY_ASK = /\b(boleh|buliah|bisa|biso|perlu|paralu|harus|cara|caro)\b/;

/** It is put as a question, by its mark or by a word. */
export const asksSomething = (reading: Reading) =>
  asksInWords(reading.text) || ASKS.test(reading.words.join(' ')) || MAY_ASK.test(reading.words.join(' '));

/** The same of any piece of text, by what does nothing but ask. */
export const asksInWords = (text: string) => text.includes('?') || ASKS.test(text.toLowerCase());
