// The rule for taking a report back.

import { isBare } from '../read.ts';
import { journal, reply, tell } from '../saying.ts';
import type { Case, Effect, Rule, State } from '../types.ts';
import * as words from '../words.ts';
import { allQuoted, filesOf, tellFile } from './telling.ts';

/** `batal`: an ordinary case closes; an urgent one, or one about a child, stays open for the head. */
export const withdraw: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private') return undefined;
  if (reading.command?.name !== 'batal' || !isBare(reading.command)) return undefined;
  if (state.asked?.question.about === 'report') return [reply(event, 'step', words.stopped), { do: 'drop-question' }];
  const theCase = state.ownCase;
  // A code that is not of one's own open case withdraws nothing.
  const other = reading.codes.some((code) => code !== theCase?.code);
  if (!theCase || other) return [reply(event, 'menu', words.nothingToWithdraw), { do: 'drop-question' }];
  const step = event.id;
  const heard: Effect[] = [{ do: 'drop-question' }, reply(event, 'step', words.withdrawn)];
  if (staysForHead(theCase)) return [...heard, ...keepForHead(theCase, state, step)];
  const next: Case = { ...theCase, withdrawnAt: state.now, status: 'closed', closedAt: state.now };
  return [
    {
      do: 'change-case',
      case: theCase.id,
      to: { withdrawnAt: state.now, status: 'closed', closedAt: state.now, dueAt: undefined },
    },
    ...heard,
    tell('officers', next, 'step', `withdrawn:${step}`, words.reporterWithdrew(next)),
    journal('case-withdrawn', theCase),
    { do: 'blank-case', case: theCase.id },
  ];
};

/** What is urgent or about a child is not let go because somebody with that phone says so. */
export const staysForHead = (theCase: Case) => theCase.severity === 'darurat' || theCase.signs.includes('child');

/**
 * Marks a case as taken back that stays open all the same: the head alone reads it from now on, and that phone hears
 * no more of it.
 * @param step tells one taking back from another
 */
export function keepForHead(theCase: Case, state: State, step: string): Effect[] {
  const next: Case = { ...theCase, withdrawnAt: state.now };
  const text = words.withdrawnForHead(next, state.office, allQuoted(state, theCase, 'shown'));
  return [
    { do: 'change-case', case: theCase.id, to: { withdrawnAt: state.now } },
    tell('officers', next, 'step', `withdrawn:${step}`, words.reporterWithdrew(next)),
    journal('case-withdrawn-kept', theCase),
    tell('head', next, 'words', `withdrawn:${step}`, text),
    ...filesOf(state, theCase, 'shown').map(({ entry, media }) => tellFile('head', next, step, entry, media)),
  ];
}
