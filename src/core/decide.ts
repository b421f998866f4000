// What the bot does, as tables of contents that can be read aloud: watchers add up, answers are tried in order.

import { audience } from './audience.ts';
import { continueBroadcast, manageBroadcasts, remindToCheck, sendBroadcasts } from './broadcasts.ts';
import { channelChanged } from './channel.ts';
import { handleCase, listCases, unknownCase } from './commands.ts';
import { remindOfListening, signOfLife } from './daily.ts';
import { climbLadder } from './escalation.ts';
import { groupChanged, heardAgain, letSpeak, listGroups, tieGroup, unknownGroup } from './groups.ts';
import { inviteCameBack, joinGroup, lookAtInvite } from './invitations.ts';
import { activate, help, knowIdentity, listStaff, quietOfficersGroup, staffAmongVillagers } from './members.ts';
import { answerDoubt, askOfficer, forgetDoubts } from './reports/doubting.ts';
import { takeChange } from './reports/editing.ts';
import { mediaBack } from './reports/files.ts';
import { joinOwnCase, reopen } from './reports/joining.ts';
import { revoke } from './reports/revoking.ts';
import { handOver, howToReport, reportInGroup, reportInPrivate, warnOfAdvert } from './reports/taking.ts';
import { withdraw } from './reports/withdrawing.ts';
import { heldBack, knowOwnWords } from './restraint.ts';
import { chooseFromMenu } from './topics/choices.ts';
import { followUp } from './topics/following.ts';
import { answerQuestion, forgetTold, showMenu, tellMore, tellPrivacy } from './topics.ts';
import type { Effect, Event, Reading, Rule, State } from './types.ts';

/** Look at every event; their effects add up. */
export const WATCHERS: readonly Rule[] = [
  climbLadder,
  forgetDoubts,
  sendBroadcasts,
  remindToCheck,
  signOfLife,
  remindOfListening,
  mediaBack,
  forgetTold,
  heardAgain,
];

/** Tried in order; the first that speaks has the event, also when it says nothing. */
export const ANSWERS: readonly Rule[] = [
  knowOwnWords,
  unknownGroup,
  knowIdentity,
  groupChanged,
  channelChanged,
  inviteCameBack,
  revoke,
  takeChange,
  // the office
  answerDoubt,
  activate,
  continueBroadcast,
  joinGroup,
  manageBroadcasts,
  lookAtInvite,
  listStaff,
  listGroups,
  tieGroup,
  letSpeak,
  handleCase,
  listCases,
  unknownCase,
  help,
  quietOfficersGroup,
  staffAmongVillagers,
  // villagers
  withdraw,
  tellPrivacy,
  tellMore,
  chooseFromMenu,
  howToReport,
  reopen,
  joinOwnCase,
  reportInGroup,
  warnOfAdvert,
  askOfficer,
  reportInPrivate,
  followUp,
  handOver,
  answerQuestion,
  showMenu,
];

/**
 * Decides an event. Pure: the same event, reading and state always give the same effects.
 * @returns what is to be recorded; an empty list for what concerns nobody
 */
export function decide(event: Event, reading: Reading, state: State): Effect[] {
  const watched = WATCHERS.flatMap((rule) => rule(event, reading, state) ?? []);
  for (const rule of ANSWERS) {
    const effects = rule(event, reading, state);
    if (effects) return audience([...watched, ...heldBack(event, reading, state, effects)], state);
  }
  return audience(watched, state);
}
