// Rule family: groups. The bot's place in them, which village they are tied to, and whether it speaks there.

import { isBare } from './read.ts';
import { isAdminInPrivate, journal, notice, reply } from './saying.ts';
import { normalise } from './text.ts';
import { MINUTE } from './time.ts';
import type { Chat, Effect, GroupEvent, MessageEvent, Office, Reading, Rule, Say, State, Village } from './types.ts';
import * as words from './words.ts';

// ---------------------------------------------------------------- being in a group

/** Said once for a group, whether the bot was added, came by an invitation, or first heard somebody there. */
const foundGroup = (chat: Chat, office: Office): Effect[] => [
  { ...notice(`new-group:${chat.id}`, words.newGroup(chat, office), { group: chat.id }), purpose: 'new-group' },
  journal('group-found'),
];

const isKnown = (chat: Chat, state: State) => state.groups.some((group) => group.id === chat.id);

/** A group that is tied to nothing gets nothing; the admins hear of it once. */
export const unknownGroup: Rule = (event, _reading, state) => {
  if (event.kind !== 'message' && event.kind !== 'reaction') return undefined;
  const { chat } = state;
  if (chat?.kind !== 'group' || chat.village || chat.officers) return undefined;
  return isKnown(chat, state) ? [] : foundGroup(chat, state.office);
};

/** What is written so long ago may be from before the bot was taken out of the group. */
const LIVE = 10 * MINUTE;

/** Whoever hears a group is in it: that it was taken in again may have happened while nobody listened. */
export const heardAgain: Rule = (event, _reading, state) => {
  if (event.kind !== 'message' || !state.chat?.gone || state.now - event.at > LIVE) return undefined;
  const { chat } = state;
  const text = words.backInGroup(chat, villageOf(chat, state.office), state.office);
  return [
    { do: 'change-chat', chat: chat.id, to: { gone: false } },
    notice(`group-joined:${chat.id}:${event.at}`, text, { group: chat.id }),
    journal('group-joined'),
  ];
};

function introduce(group: Chat, village: Village, state: State): Effect[] {
  const say: Say = {
    do: 'say',
    to: { role: 'group', chat: group.id },
    text: words.introduction(state.office, village, group.listens),
    key: 'introduction',
    urgency: 'reply',
    purpose: 'introduction',
    shows: 'nothing',
  };
  return [{ do: 'mark-introduced', chat: group.id }, say];
}

const villageOf = (group: Chat, office: Office) => office.villages.find((village) => village.id === group.village);

/** The admins hear of a change; that the officers' own group fell away is told at once. */
function tellChange(event: GroupEvent, group: Chat, text: string): Effect[] {
  const urgency = group.officers ? 'alert' : 'reply';
  return [
    notice(`group-${event.change}:${group.id}:${event.at}`, text, { group: group.id, urgency }),
    journal(`group-${event.change}`),
  ];
}

/** What a change does to a known group; told twice, it does nothing the second time. */
function change(event: GroupEvent, group: Chat, state: State): Effect[] {
  const village = villageOf(group, state.office);
  const isTied = group.officers || village !== undefined;
  const become = (to: Partial<Pick<Chat, 'closed' | 'gone'>>): Effect => ({ do: 'change-chat', chat: group.id, to });
  switch (event.change) {
    case 'joined':
      if (!group.gone) return [];
      // Who may write there is told anew by the network.
      return [
        become({ gone: false, closed: false }),
        ...tellChange(event, group, words.backInGroup(group, village, state.office)),
      ];
    case 'left':
      if (group.gone) return [];
      return [become({ gone: true }), ...tellChange(event, group, words.leftGroup(group, village))];
    case 'closed':
      if (group.closed) return [];
      return [become({ closed: true }), ...(isTied ? tellChange(event, group, words.groupClosed(group)) : [])];
    case 'opened':
      if (!group.closed) return [];
      return [
        become({ closed: false }),
        ...(isTied ? tellChange(event, group, words.groupOpened(group)) : []),
        // It was tied while nothing could be said there.
        ...(village && !group.introduced ? introduce(group, village, state) : []),
      ];
    default:
      return event.change satisfies never;
  }
}

/** The bot was taken into a group or out of it, or may no longer write there, or may again. */
export const groupChanged: Rule = (event, _reading, state) => {
  const { chat } = state;
  if (event.kind !== 'group' || !chat) return undefined;
  const group: Chat = { ...chat, ...(event.chatName && { name: event.chatName }) };
  if (!isKnown(chat, state)) {
    if (event.change === 'left') return [];
    return [...foundGroup(group, state.office), ...change(event, group, state)];
  }
  const renamed: Effect[] =
    group.name && group.name !== chat.name ? [{ do: 'change-chat', chat: chat.id, to: { name: group.name } }] : [];
  return [...renamed, ...change(event, group, state)];
};

// ---------------------------------------------------------------- `grup`, `desa`

export const listGroups: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'grup' || !isAdminInPrivate(state)) return undefined;
  if (!isBare(reading.command)) return undefined;
  return [reply(event, 'list', words.groupList(state.groups, state.office, state.unsaid, reading.topics))];
};

function villageCalled(name: string, villages: readonly Village[]): Village | undefined {
  const wanted = normalise(name).join(' ');
  return villages.find((village) =>
    [village.name, village.id, ...village.aliases].some((n) => normalise(n).join(' ') === wanted),
  );
}

/** `desa Hiang Sakti` in reply to the notice of a new group, or `desa 2 Hiang Sakti` after `grup`. */
export const tieGroup: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'desa' || !isAdminInPrivate(state)) return undefined;
  const numbered = /^(\d{1,2})\s+(.+)$/s.exec(reading.command.rest);
  const group: Chat | undefined = numbered
    ? state.groups[Number(numbered[1]) - 1]
    : state.groups.find((candidate) => candidate.id === state.quoted?.group);
  const name = (numbered?.[2] ?? reading.command.rest).trim();
  const officers = /^petugas$/i.test(name);
  const village = officers ? undefined : villageCalled(name, state.office.villages);
  if (!group || (!officers && !village)) return [reply(event, 'refusal', words.groupUnclear(state.office))];
  if (group.gone) return [reply(event, 'refusal', words.groupGone(group))];
  // What officers read must never come to villagers by a slip of the thumb.
  if (officers ? group.village || group.introduced : group.officers)
    return [reply(event, 'refusal', words.groupInUse(group))];
  // A group begins by being listened to; one that is only moved to another village stays as it is.
  const listens = village !== undefined && (group.village === undefined || group.listens);
  const next: Chat = { ...group, officers, listens, ...(village && { village: village.id }) };
  const effects: Effect[] = [
    { do: 'tie-group', chat: group.id, officers, ...(village && { village: village.id }) },
    ...(listens === group.listens ? [] : [{ do: 'change-chat', chat: group.id, to: { listens } } as const]),
    reply(event, 'dialog', words.groupTied(next, village), { group: group.id }),
    journal('group-tied'),
  ];
  // Where only admins of the group may write it introduces itself once it may.
  return village && !group.introduced && !group.closed ? [...effects, ...introduce(next, village, state)] : effects;
};

// ---------------------------------------------------------------- listening first

interface SpeechWish {
  /** Undefined where neither word was said. */
  readonly speak?: boolean;
  /** The number that `grup` shows beside the group. */
  readonly number?: number;
}

const SPEAK = /^(bicara|berbicara)$/i;
const LISTEN = /^(dengar|dengarkan|mendengarkan)$/i;

/** `grup 1 bicara`, `grup dengar 1`, or the word alone. */
function wishOf(reading: Reading): SpeechWish | undefined {
  const typed = reading.command?.name === 'grup' ? reading.command.rest : reading.text;
  const said = typed.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const number = said.find((word) => /^\d{1,2}$/.test(word));
  const verb = said.find((word) => SPEAK.test(word) || LISTEN.test(word));
  if (reading.command?.name === 'grup' ? !verb && !(number && said.length === 1) : !verb || said.length > 1)
    return undefined;
  return { ...(verb && { speak: SPEAK.test(verb) }), ...(number && { number: Number(number) }) };
}

/** The group that is meant: by its number, by the notice that is replied to, or the only one it can be. */
function groupMeant(wish: SpeechWish, state: State): Chat | undefined {
  if (wish.number !== undefined) return state.groups[wish.number - 1];
  if (state.quoted?.group) return state.groups.find((group) => group.id === state.quoted?.group);
  const able = state.groups.filter((group) => group.village && !group.gone && group.listens === wish.speak);
  return able.length === 1 ? able[0] : undefined;
}

function setSpeech(event: MessageEvent, group: Chat, speak: boolean, state: State): Effect[] {
  const refuse = (text: string): Effect[] => [reply(event, 'refusal', text, { group: group.id })];
  if (group.gone) return refuse(words.groupGone(group));
  if (group.officers) return refuse(words.officersGroupSpeaks);
  const village = villageOf(group, state.office);
  if (!village) return refuse(words.groupUntied(group, state.office));
  const next: Chat = { ...group, listens: !speak };
  const told = reply(event, 'dialog', words.groupSpeech(next), { group: group.id });
  if (group.listens === next.listens) return [told];
  const effects: Effect[] = [
    { do: 'change-chat', chat: group.id, to: { listens: next.listens } },
    told,
    journal(speak ? 'group-speaks' : 'group-listens'),
  ];
  if (!speak) return effects;
  // The introduction sent everybody to the private chat; that it answers here from now on is said once.
  return [
    ...effects,
    {
      do: 'say',
      to: { role: 'group', chat: group.id },
      text: words.speaksNow,
      key: 'speaks',
      urgency: 'reply',
      purpose: 'introduction',
      shows: 'nothing',
    },
  ];
}

/** `grup 1 bicara` or `grup 1 dengar`; `bicara` or `dengar` in reply to a notice about a group. */
export const letSpeak: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isAdminInPrivate(state)) return undefined;
  const wish = wishOf(reading);
  if (!wish) return undefined;
  const group = groupMeant(wish, state);
  if (!group || wish.speak === undefined) return [reply(event, 'refusal', words.speechUnclear)];
  return setSpeech(event, group, wish.speak, state);
};
