// The rule for a message that its writer changed.

import { isHandler, isStaff, meaningOf, messageOf, reply } from '../saying.ts';
import type { Effect, MessageEvent, Reading, Rule, State } from '../types.ts';
import * as words from '../words.ts';
import { changeDoubt } from './doubting.ts';
import { addToCase } from './joining.ts';

/** A change of what was told in a case that is still open joins it; the earlier words stay. */
function changeReport(event: MessageEvent, reading: Reading, state: State): Effect[] | undefined {
  const { entry, case: theCase } = state;
  if (!entry || !theCase || theCase.status === 'closed') return undefined;
  // That phone hears no more of it, and adds nothing.
  if (theCase.withdrawnAt !== undefined || entry.revokedAt !== undefined) return [];
  const latest = state.entries.findLast((other) => other.message === entry.message) ?? entry;
  // A link that got its preview is no change of words.
  if (event.text.trim() === latest.text.trim()) return [];
  // What came along was fetched when it came.
  const change: MessageEvent = { ...event, attachments: [] };
  const told = addToCase(change, reading, state, theCase, meaningOf(event, reading, state));
  // In a group nobody sees who reported.
  if (event.chatKind === 'group') return told.effects;
  return told.theCase.severity === theCase.severity
    ? [...told.effects, { do: 'react', message: messageOf(event), emoji: '✅', key: `react:${event.id}` }]
    : [
        ...told.effects,
        reply(event, 'receipt', words.nowUrgent(told.theCase), { about: told.theCase, urgency: 'alert' }),
      ];
}

/**
 * A change of what was told joins its case. What staff change is never a command. A change of a message that led to
 * something else, such as an answer, is heard only as a report or an advert; of one that led to nothing, as a message.
 */
export const takeChange: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.edits === undefined) return undefined;
  const { entry, case: theCase } = state;
  if (entry && theCase?.status === 'doubtful') return changeDoubt(event, reading, state, theCase, entry);
  const changed = changeReport(event, reading, state);
  if (changed) return changed;
  if (isStaff(state) || isHandler(state)) return [];
  if (!state.originalHeard) return undefined;
  const { kind } = meaningOf(event, reading, state);
  return kind === 'report' || kind === 'warn' ? undefined : [];
};
