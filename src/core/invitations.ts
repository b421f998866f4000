// Rule family: invitations. An admin shows the way into a group; the bot looks, asks, and goes in after a `ya`.

import { isBare } from './read.ts';
import { isAdminInPrivate, isAnswerTo, journal, reply } from './saying.ts';
import type { Effect, InviteEvent, Reading, Rule } from './types.ts';
import * as words from './words.ts';

/** A link within a report or an advert is part of what is told, also by an admin. */
const isTold = (reading: Reading) =>
  reading.meaning.kind === 'report' || reading.meaning.kind === 'warn' || reading.command?.name === 'lapor';

/** A link or an invitation from an admin. From anybody else it is everyday chat. */
export const lookAtInvite: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isAdminInPrivate(state) || !state.person) return undefined;
  if (!reading.invite || (!event.invite && isTold(reading))) return undefined;
  return [
    { do: 'look-at-invite', invite: reading.invite, asker: state.person.id },
    reply(event, 'dialog', words.lookingAtInvite),
    journal('invite-shown'),
  ];
};

/** `ya` to "shall I join?". */
export const joinGroup: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isAdminInPrivate(state) || !isAnswerTo(state) || !state.person) return undefined;
  const question = state.asked?.question;
  if (question?.about !== 'join') return undefined;
  const stops = reading.choice?.is === 'no' || (reading.command?.name === 'batal' && isBare(reading.command));
  if (stops) return [reply(event, 'dialog', words.notJoining), { do: 'drop-question' }];
  if (reading.choice?.is !== 'yes') return undefined;
  return [
    { do: 'use-invite', invite: question.invite, asker: state.person.id },
    { do: 'drop-question' },
    reply(event, 'dialog', words.joiningGroup),
    journal('invite-used'),
  ];
};

function told(event: InviteEvent): string {
  switch (event.result) {
    case 'found':
      return words.inviteFound(event.name, event.size);
    case 'joined':
      return words.inviteJoined(event.name);
    case 'waiting':
      return words.inviteWaiting(event.name);
    case 'refused':
      return words.inviteRefused;
    default:
      return event.result satisfies never;
  }
}

/** An errand came back: told to the admin who showed the invitation. */
export const inviteCameBack: Rule = (event, _reading, state) => {
  if (event.kind !== 'invite') return undefined;
  if (!isAdminInPrivate(state)) return [];
  const asks: Effect[] =
    event.result === 'found' ? [{ do: 'ask', question: { about: 'join', invite: event.invite } }] : [];
  return [
    {
      do: 'say',
      to: { role: 'here' },
      text: told(event),
      key: `invite-${event.result}:${event.at}`,
      urgency: 'reply',
      purpose: 'dialog',
      shows: 'nothing',
    },
    ...asks,
    journal(`invite-${event.result}`),
  ];
};
