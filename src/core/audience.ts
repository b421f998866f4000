// The only file that turns a role into people: who may hear what, and where nothing may be said. Rules speak to roles;
// this decides whose phone rings.

import type { Case, Chat, ChatId, Effect, Person, PersonId, Say, Send, State } from './types.ts';

type Hearer = Send['to'];

const persons = (people: readonly Person[]): Hearer[] => people.map((person) => ({ person: person.id }));

/** Someone whom the bot may write to first; before `mulai` it may not, and only the officers' group is used. */
const active = (people: readonly Person[]) => people.filter((person) => person.active);

const heads = (state: State) => state.staff.filter((person) => person.role === 'head');
const secondContacts = (state: State) => state.staff.filter((person) => person.secondContact);

/**
 * Who alone hears of a restricted case, and of any case where there is no officers' group. There is nobody else to
 * fall back on, so one who has not yet written `mulai` is written to all the same.
 */
function trustees(theCase: Case | undefined, state: State): readonly Person[] {
  const chosen = theCase?.restriction === 'second-contact' ? secondContacts(state) : heads(state);
  const able = active(chosen);
  return able.length > 0 ? able : chosen;
}

/** Where an office has named no trustee, its admins at least hear that there is a case; its words nobody does. */
function trusteesOrAdmins(say: Say, theCase: Case, state: State): readonly Person[] {
  const found = trustees(theCase, state);
  if (found.length > 0 || say.shows === 'words' || say.shows === 'identity') return found;
  return active(state.staff.filter((person) => person.role === 'admin'));
}

/** May this person see and handle the case at all? */
export function mayHandle(person: Person, theCase: Case): boolean {
  switch (theCase.restriction) {
    case 'none':
      return person.role === 'officer' || person.role === 'head';
    case 'head':
      return person.role === 'head';
    case 'second-contact':
      return person.secondContact;
    default:
      return theCase.restriction satisfies never;
  }
}

/** May this person read the reporter's words? */
export function mayRead(person: Person, theCase: Case): boolean {
  if (!mayHandle(person, theCase)) return false;
  if (theCase.restriction !== 'none' || person.role === 'head') return true;
  if (theCase.withdrawnAt !== undefined) return false;
  return theCase.claimer === person.id || (theCase.village !== undefined && person.village === theCase.village);
}

/** The officers who serve the case's village; the head where the village is not known. */
function villageOfficers(theCase: Case, state: State): readonly Person[] {
  if (theCase.village === undefined) return active(heads(state));
  return active(state.staff.filter((person) => person.role === 'officer' && person.village === theCase.village));
}

function hearers(say: Say, state: State): readonly Hearer[] {
  const { to, about } = say;
  const restricted = about !== undefined && about.restriction !== 'none';
  switch (to.role) {
    case 'here': {
      if (!state.chat) return [];
      const confidential = say.shows === 'words' || say.shows === 'identity' || (restricted && say.shows !== 'nothing');
      if (state.chat.kind === 'group' && confidential) return state.person ? [{ person: state.person.id }] : [];
      return [{ chat: state.chat.id }];
    }
    case 'sender':
      return state.person ? [{ person: state.person.id }] : [];
    case 'reporter':
      // A withdrawn case is never spoken of again to that phone; steps are told only to who came in private.
      if (!about || about.kind === 'advert' || about.withdrawnAt !== undefined) return [];
      if (say.purpose === 'step' && about.from === 'group') return [];
      return [{ person: about.reporter }];
    case 'claimer': {
      const claimer = state.staff.find((person) => person.id === about?.claimer);
      if (!about || !claimer || !mayRead(claimer, about)) return [];
      // Without `mulai` the bot does not write first; it answers one who writes to it.
      const isHere = state.chat?.kind === 'private' && state.person?.id === claimer.id;
      return claimer.active || isHere || restricted ? [{ person: claimer.id }] : [];
    }
    case 'village-officer':
      if (!about) return [];
      if (restricted) return persons(trusteesOrAdmins(say, about, state));
      return persons(about.withdrawnAt !== undefined ? active(heads(state)) : villageOfficers(about, state));
    case 'other-officers':
      if (!about) return [];
      if (restricted) return persons(trusteesOrAdmins(say, about, state));
      return persons(
        active(state.staff.filter((person) => person.role === 'officer' && person.village !== about.village)),
      );
    case 'officers':
      if (restricted) return persons(trusteesOrAdmins(say, about, state));
      // A group that cannot be written to must not swallow an alert.
      return state.officersGroup && isReachable(state.officersGroup)
        ? [{ chat: state.officersGroup.id }]
        : persons(trustees(undefined, state));
    case 'head':
      return persons(restricted ? trusteesOrAdmins(say, about, state) : active(heads(state)));
    case 'admins':
      return persons(active(state.staff.filter((person) => person.role === 'admin')));
    case 'group':
      return [{ chat: to.chat }];
    default:
      return to satisfies never;
  }
}

// ---------------------------------------------------------------- where nothing may be said

/** Nothing reaches a group that the bot is no longer in, or where only its admins may write. */
const isReachable = (chat: Chat) => !chat.gone && !chat.closed;

/** Where the bot only listens it says who it is, and nothing else. */
const onlyListens = (chat: Chat, say: Say) => chat.listens && say.purpose !== 'introduction';

/** The chats as they are once the effects are done: who is let speak by an event may speak in it. */
function afterwards(state: State, effects: readonly Effect[]): State {
  const changes = effects.filter((effect) => effect.do === 'change-chat');
  if (changes.length === 0) return state;
  const changed = (chat: Chat): Chat =>
    Object.assign({}, chat, ...changes.filter((change) => change.chat === chat.id).map(({ to }) => to));
  return {
    ...state,
    groups: state.groups.map(changed),
    ...(state.chat && { chat: changed(state.chat) }),
    ...(state.officersGroup && { officersGroup: changed(state.officersGroup) }),
  };
}

const chatOf = (to: Hearer, state: State): Chat | undefined =>
  'chat' in to ? [...(state.chat ? [state.chat] : []), ...state.groups].find((chat) => chat.id === to.chat) : undefined;

/** A reaction says something too, and a question that nobody was asked waits for no answer. */
const isSilenced = (effect: Effect, { chat }: State) =>
  (effect.do === 'react' || effect.do === 'ask') && chat !== undefined && (!isReachable(chat) || chat.listens);

const hearerId = (to: Hearer): ChatId | PersonId => ('chat' in to ? to.chat : to.person);

/** What one Say becomes: a message for each who hears it, and a count where it is left unsaid. */
function spoken(say: Say, state: State): Effect[] {
  const { do: _, to: __, about, ...rest } = say;
  return hearers(say, state).flatMap((to): Effect[] => {
    const chat = chatOf(to, state);
    if (chat && !isReachable(chat)) return [];
    if (chat && onlyListens(chat, say)) {
      return [{ do: 'count-unsaid', chat: chat.id, purpose: say.purpose, ...(say.topic && { topic: say.topic }) }];
    }
    // What is answered in a group is told apart by whom it answers: two may react to one message in the same moment.
    const asker = say.to.role === 'here' ? `:${state.person?.id}` : '';
    const key = `${say.key}:${hearerId(to)}${asker}`;
    return [{ ...rest, do: 'send', to, key, ...(about && { case: about.id }) }];
  });
}

/** Turns every Say into the messages it becomes; nobody hears the same thing twice. */
export function audience(effects: readonly Effect[], before: State): Effect[] {
  const state = afterwards(before, effects);
  const keys = new Set<string>();
  const done: Effect[] = [];
  for (const effect of effects) {
    if (isSilenced(effect, state)) continue;
    for (const one of effect.do === 'say' ? spoken(effect, state) : [effect]) {
      if (one.do === 'send' && effect.do === 'say') {
        if (keys.has(one.key)) continue;
        keys.add(one.key);
      }
      done.push(one);
    }
  }
  return done;
}
