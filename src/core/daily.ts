// Rule family: what comes again at a time of the day. The sign of life, and the reminder of groups that only listen.

import { notice } from './saying.ts';
import { dayKey, nextDates } from './time.ts';
import type { Daily, Effect, Millis, Rule, Schedule, State } from './types.ts';
import * as words from './words.ts';

/** When each comes, Asia/Jakarta. */
const TIMES: Readonly<Record<Daily, Schedule>> = {
  'sign-of-life': { every: 'week', days: [1, 2, 3, 4, 5, 6, 7], minute: 7 * 60 },
  listening: { every: 'week', days: [1], minute: 7 * 60 + 30 },
};

export const DAILIES = Object.keys(TIMES) as readonly Daily[];

/** The first time it comes after a moment. */
export function nextDaily(what: Daily, after: Millis): Millis {
  return nextDates(TIMES[what], after, 1)[0] as Millis;
}

/** What fell due while the bot was off comes once, late: the next time is counted from now on. */
function whenDue(what: Daily, state: State, effects: () => readonly Effect[]): readonly Effect[] {
  if (!state.due.some((due) => due.what === what)) return [];
  return [{ do: 'set-daily', what, at: nextDaily(what, state.now) }, ...effects()];
}

/**
 * Each morning one line in the officers' group: whoever misses it knows that the bot is off. A restricted case is not
 * counted, since whom it names may read along.
 */
export const signOfLife: Rule = (event, _reading, state) => {
  if (event.kind !== 'tick') return undefined;
  return whenDue('sign-of-life', state, () => {
    const group = state.officersGroup;
    if (!group) return [];
    const open = state.openCases.filter((theCase) => theCase.restriction === 'none');
    return [
      {
        do: 'say',
        to: { role: 'group', chat: group.id },
        text: words.signOfLife(open, state.now),
        key: `sign-of-life:${dayKey(state.now)}`,
        urgency: 'reply',
        purpose: 'notice',
        shows: 'nothing',
      },
    ];
  });
};

/** Each Monday the admins hear which groups still only listen, and what would have been said there. */
export const remindOfListening: Rule = (event, reading, state) => {
  if (event.kind !== 'tick') return undefined;
  return whenDue('listening', state, () => {
    const listening = state.groups.filter((group) => group.listens && group.village && !group.gone);
    if (listening.length === 0) return [];
    const only = listening.length === 1 ? listening[0] : undefined;
    return [
      notice(
        `listening:${dayKey(state.now)}`,
        words.stillListening(state.groups, listening, state.unsaid, reading.topics),
        only && { group: only.id },
      ),
    ];
  });
};
