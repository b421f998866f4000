// When the bot holds its tongue: what it said itself, machines that answer each other, and questions that are long past.

import { isHandler, isStaff } from './saying.ts';
import { MINUTE } from './time.ts';
import type { Effect, Event, MessageEvent, Reading, Rule, State } from './types.ts';

/** What was written longer ago came while the bot was away; in a group nobody waits for an answer to it any more. */
const RECENT = 10 * MINUTE;

/** More than so many sayings of the bot within the time are no conversation with a person. */
const CIRCLE = { private: 20, group: 30, within: 10 * MINUTE } as const;

/** The bot's own words come back, from another machine or forwarded: no answer, or two machines would never stop. */
export const knowOwnWords: Rule = (event, _reading, state) => {
  if (event.kind !== 'message' || !state.echo) return undefined;
  // An officer who quotes speaks of a case, whatever his words.
  return isHandler(state) && state.quoted ? undefined : [];
};

const isLate = (event: MessageEvent, state: State) =>
  event.chatKind === 'group' && state.chat?.officers !== true && state.now - event.at > RECENT;

/** An officer at work: he commands, speaks of what the bot said, or answers its question. */
function isWork(reading: Reading, state: State): boolean {
  if (!isStaff(state) && !isHandler(state)) return false;
  const question = state.asked?.question.about;
  return reading.command !== undefined || state.quoted !== undefined || (question !== undefined && question !== 'menu');
}

function isCircle(event: MessageEvent, reading: Reading, state: State): boolean {
  const lately = state.said.filter((said) => state.now - said.at < CIRCLE.within);
  return lately.length > CIRCLE[event.chatKind] && !isWork(reading, state);
}

/** What belongs to a case: it is taken at any age, and its receipt is owed in any conversation. */
const isOfCase = ({ do: what }: Effect) => what === 'open-case' || what === 'add-entry' || what === 'change-case';

/** Something said, shown or asked where the message was written. */
const isAnswer = (effect: Effect) =>
  effect.do === 'react' || effect.do === 'ask' || (effect.do === 'say' && effect.to.role === 'here');

/**
 * Leaves out the answers that are not to be given: in a group to what was written while the bot was away, and anywhere
 * once the talk goes in a circle. What is told of a case to the office is never left out.
 */
export function heldBack(event: Event, reading: Reading, state: State, effects: readonly Effect[]): readonly Effect[] {
  if (event.kind !== 'message') return effects;
  const silent = isLate(event, state) || (isCircle(event, reading, state) && !effects.some(isOfCase));
  return silent ? effects.filter((effect) => !isAnswer(effect)) : effects;
}
