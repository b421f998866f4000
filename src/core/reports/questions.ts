// The few short questions put to a reporter, one at a time, each of which may be skipped.

import { reply } from '../saying.ts';
import { normalise } from '../text.ts';
import type { Case, CaseKind, Effect, MessageEvent, QuestionKind, Severity, State, VillageId } from '../types.ts';
import * as words from '../words.ts';

/** A reporter is asked no more than this. */
const MOST = 3;

export function questionsFor(
  kind: CaseKind,
  from: Case['from'],
  village: VillageId | undefined,
  severity: Severity,
): QuestionKind[] {
  if (from === 'group' || kind === 'advert') return [];
  const questions: QuestionKind[] = [];
  if (!village) questions.push('village');
  if (kind === 'handover') return questions;
  if (severity !== 'darurat') questions.push('danger');
  questions.push('when', 'who');
  return questions.slice(0, MOST);
}

export const without = (theCase: Case, question: QuestionKind) => theCase.questions.filter((kind) => kind !== question);

/** The next question, to be put below what is said anyway; `text` begins with the blank line between. */
export function askNext(theCase: Case): { text: string; effects: Effect[] } {
  const next = theCase.questions[0];
  if (!next) return { text: '', effects: [{ do: 'drop-question' }] };
  return {
    text: `\n\n${words.question(next)}`,
    effects: [{ do: 'ask', question: { about: 'case', case: theCase.id, question: next } }],
  };
}

/** After an answer: the next question, or thanks when there is none. `said` goes before it. */
export function moveOn(event: MessageEvent, theCase: Case, said = ''): Effect[] {
  const next = askNext(theCase);
  const rest = theCase.questions.length > 0 ? next.text : `\n\n${words.questionsDone(theCase)}`;
  return [
    { do: 'change-case', case: theCase.id, to: { questions: theCase.questions } },
    reply(event, 'receipt', `${said}${rest}`.trim(), { about: theCase }),
    ...next.effects,
  ];
}

/** The village a text names, by its name or one of its aliases. */
export function villageNamed(text: readonly string[], state: State): VillageId | undefined {
  const said = ` ${text.join(' ')} `;
  return state.office.villages.find((village) =>
    [village.name, ...village.aliases].some((name) => said.includes(` ${normalise(name).join(' ')} `)),
  )?.id;
}
