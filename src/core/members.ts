// Rule family: who is who. Staff becoming active, groups tied to villages, the introduction.

import { isBare } from './read.ts';
import { isAddressed, isStaff, journal, meaningOf, reply } from './saying.ts';
import { normalise } from './text.ts';
import type { Chat, Effect, Rule, Say, State, Village } from './types.ts';
import * as words from './words.ts';

/** A group that is tied to nothing gets nothing; the admins hear of it once. */
export const unknownGroup: Rule = (event, _reading, state) => {
  if (event.kind !== 'message' && event.kind !== 'reaction') return undefined;
  const { chat } = state;
  if (chat?.kind !== 'group' || chat.village || chat.officers) return undefined;
  if (state.groups.some((group) => group.id === chat.id)) return [];
  const notice: Say = {
    do: 'say',
    to: { role: 'admins' },
    text: words.newGroup(chat, state.office),
    key: `new-group:${chat.id}`,
    urgency: 'reply',
    purpose: 'new-group',
    shows: 'nothing',
    group: chat.id,
  };
  return [notice, journal('group-found')];
};

/** `mulai`: from now on the bot may write to this person first. */
export const activate: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private' || reading.command?.name !== 'mulai') return undefined;
  if (!state.person || !isStaff(state) || !isBare(reading.command)) return undefined;
  const welcome = reply(event, 'dialog', words.welcome(state.person));
  if (state.person.role !== 'admin')
    return [{ do: 'activate', person: state.person.id }, welcome, journal('staff-active')];
  const staff = state.staff.map((person) => (person.id === state.person?.id ? { ...person, active: true } : person));
  return [
    { do: 'activate', person: state.person.id },
    { ...welcome, text: `${welcome.text}\n\n${words.staffList(staff, state.office)}` },
    journal('staff-active'),
  ];
};

export const help: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isStaff(state) || !state.chat || state.chat.village) return undefined;
  const asked = reading.command?.name === 'bantuan' && isBare(reading.command);
  // In the officers' own group nobody gets the villagers' menu.
  const called = state.chat.officers && (reading.named || asked);
  if (!asked && !called) return undefined;
  return [reply(event, 'dialog', state.person?.role === 'admin' ? words.adminHelp : words.officerHelp)];
};

/** Nothing but commands is heard in the officers' group. */
export const quietOfficersGroup: Rule = (_event, _reading, state) => (state.chat?.officers ? [] : undefined);

const isAdminInPrivate = (state: State) => state.person?.role === 'admin' && state.chat?.kind === 'private';

export const listStaff: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'petugas' || !isBare(reading.command)) return undefined;
  if (!isAdminInPrivate(state)) return undefined;
  return [reply(event, 'list', words.staffList(state.staff, state.office))];
};

export const listGroups: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'grup' || !isAdminInPrivate(state)) return undefined;
  if (!isBare(reading.command)) return undefined;
  return [reply(event, 'list', words.groupList(state.groups, state.office))];
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
  // What officers read must never come to villagers by a slip of the thumb.
  if (officers ? group.village || group.introduced : group.officers)
    return [reply(event, 'refusal', words.groupInUse(group))];
  const effects: Effect[] = [
    { do: 'tie-group', chat: group.id, officers, ...(village && { village: village.id }) },
    reply(event, 'dialog', words.groupTied(group, village)),
    journal('group-tied'),
  ];
  if (!village || group.introduced) return effects;
  return [
    ...effects,
    { do: 'mark-introduced', chat: group.id },
    {
      do: 'say',
      to: { role: 'group', chat: group.id },
      text: words.introduction(state.office, village),
      key: 'introduction',
      urgency: 'reply',
      purpose: 'introduction',
      shows: 'nothing',
    },
  ];
};

/** What staff say among villagers, unless to the bot, is their own work: no report and no advert. */
export const staffAmongVillagers: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'group' || !isStaff(state)) return undefined;
  const { kind } = meaningOf(event, reading, state);
  return !isAddressed(event, reading, state) && (kind === 'report' || kind === 'warn') ? [] : undefined;
};

/** One person, whether he comes by his number or by what hides it. */
export const knowIdentity: Rule = (event) => {
  if (event.kind !== 'identity') return undefined;
  return [{ do: 'know-identity', lid: event.lid, phone: event.phone }, journal('identity-known')];
};
