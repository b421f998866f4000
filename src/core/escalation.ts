// Rule family: escalation. What nobody claims climbs the ladder, at the tick of the clock.

import { escalatesAt } from './reports/telling.ts';
import { journal, tell } from './saying.ts';
import type { Case, Effect, Rule, State } from './types.ts';
import * as words from './words.ts';

/** The next rung for one case; after the last one the head and the officers' group again, without end. */
function climb(theCase: Case, state: State): Effect[] {
  const { rungs, repeatMinutes } = state.office.ladder;
  const rung = theCase.rung + 1;
  const audience = rungs[rung - 1];
  const last = rung >= rungs.length;
  const next: Case = { ...theCase, rung, dueAt: escalatesAt(theCase, state, last ? repeatMinutes : undefined) };
  const text = words.alertAgain(next, state.office, state.now);
  // A case that was raised or opened again climbs anew: the due instant tells one climb from another.
  const step = `${rung}:${theCase.dueAt}`;
  const told: Effect[] = audience
    ? [tell(audience, next, 'alert', step, text)]
    : [tell('head', next, 'alert', step, text), tell('officers', next, 'alert', step, text)];
  // Said once, when the whole ladder has been climbed and still nobody has come.
  if (rung === rungs.length + 1) {
    told.push(
      tell('reporter', next, 'step', `unanswered:${theCase.dueAt}`, words.stepUnanswered(next), {
        shows: 'nothing',
        urgency: 'alert',
      }),
    );
  }
  return [
    { do: 'change-case', case: theCase.id, to: { rung, dueAt: next.dueAt } },
    ...told,
    journal(`case-climbed:${rung}`, next),
  ];
}

export const climbLadder: Rule = (event, _reading, state) => {
  if (event.kind !== 'tick') return undefined;
  return state.due.flatMap((due) =>
    due.what === 'case' && due.case.status !== 'doubtful' ? climb(due.case, state) : [],
  );
};
