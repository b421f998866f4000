// The rule for taking a report back.

import { isBare } from '../read.ts';
import { journal, reply, tell } from '../saying.ts';
import type { Case, Effect, Rule } from '../types.ts';
import * as words from '../words.ts';
import { allQuoted } from './telling.ts';

/** `batal`: an ordinary case closes; an urgent one, or one about a child, stays open for the head. */
export const withdraw: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private') return undefined;
  if (reading.command?.name !== 'batal' || !isBare(reading.command)) return undefined;
  if (state.asked?.question.about === 'report') return [reply(event, 'step', words.stopped), { do: 'drop-question' }];
  const theCase = state.ownCase;
  // A code that is not of one's own open case withdraws nothing.
  const other = reading.codes.some((code) => code !== theCase?.code);
  if (!theCase || other) return [reply(event, 'menu', words.nothingToWithdraw), { do: 'drop-question' }];
  const stays = theCase.severity === 'darurat' || theCase.signs.includes('child');
  const common = { withdrawnAt: state.now } as const;
  const next: Case = stays
    ? { ...theCase, ...common }
    : { ...theCase, ...common, status: 'closed', closedAt: state.now };
  const effects: Effect[] = [
    {
      do: 'change-case',
      case: theCase.id,
      to: stays ? common : { ...common, status: 'closed', closedAt: state.now, dueAt: undefined },
    },
    { do: 'drop-question' },
    reply(event, 'step', words.withdrawn),
    tell('officers', next, 'step', `withdrawn:${event.id}`, words.reporterWithdrew(next)),
    journal(stays ? 'case-withdrawn-kept' : 'case-withdrawn', theCase),
  ];
  if (!stays) return [...effects, { do: 'blank-case', case: theCase.id }];
  const text = words.withdrawnForHead(next, state.office, allQuoted(state, theCase));
  return [...effects, tell('head', next, 'words', `withdrawn:${event.id}`, text)];
};

/** The content of an attachment came, or cannot be had. */
export const mediaBack: Rule = (event) => {
  if (event.kind !== 'media-arrived' && event.kind !== 'media-failed') return undefined;
  return [
    {
      do: 'attach',
      entry: event.entry,
      ...(event.file && { file: event.file }),
      ...(event.attachment && { attachment: event.attachment }),
    },
    { do: 'journal', what: event.kind, case: event.case },
  ];
};
