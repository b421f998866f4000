// Rule family: who is who. Staff becoming active, their help, their own words among villagers.

import { isBare } from './read.ts';
import { isAddressed, isAdminInPrivate, isStaff, journal, meaningOf, reply } from './saying.ts';
import type { Rule } from './types.ts';
import * as words from './words.ts';

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

export const listStaff: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'petugas' || !isBare(reading.command)) return undefined;
  if (!isAdminInPrivate(state)) return undefined;
  return [reply(event, 'list', words.staffList(state.staff, state.office))];
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
