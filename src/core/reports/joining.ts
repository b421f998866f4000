// Rules for what a reporter says after his report: it joins the case, or opens it again.

import { mayHandle } from '../audience.ts';
import { isBare } from '../read.ts';
import { asksSomething, isThanks, journal, messageOf, quoting, reply, tell } from '../saying.ts';
import type { Case, Effect, Meaning, MessageEvent, QuestionKind, Reading, Rule, State } from '../types.ts';
import * as words from '../words.ts';
import { moveOn, villageNamed, without } from './questions.ts';
import {
  alerts,
  allQuoted,
  entryOf,
  escalatesAt,
  filesOf,
  keep,
  quoted,
  restrictionOf,
  stricter,
  tellFile,
  writtenLate,
} from './telling.ts';
import { knownWith } from './urgency.ts';

const YES = /^(ya|iya|iyo|yo|y|betul|ado|ada)$/;

/** The case as it is after these words: more urgent, better known, told to fewer; never the other way. */
function caseWith(
  event: MessageEvent,
  theCase: Case,
  reading: Reading,
  state: State,
  meaning: Meaning,
  answers: QuestionKind | undefined,
): Case {
  // "ya pak, dia dikurung" is a yes as well.
  const saysDanger = answers === 'danger' && meaning.kind !== 'answer' && YES.test(reading.words[0] ?? '');
  const heard = { meaning, at: event.at, now: state.now, answersWhen: answers === 'when', saysDanger };
  const village = theCase.village ?? villageNamed(reading.words, state);
  const next: Case = {
    ...theCase,
    ...knownWith(theCase, heard),
    ...(village && { village }),
    countries: [...new Set([...theCase.countries, ...meaning.countries])],
    restriction: stricter(theCase.restriction, restrictionOf(meaning, reading, state)),
    questions: answers ? without(theCase, answers) : theCase.questions,
  };
  const claimer = state.staff.find((person) => person.id === next.claimer);
  const claimerMayNot = claimer !== undefined && !mayHandle(claimer, next);
  const raised = next.severity !== theCase.severity && next.claimer === undefined;
  if (!claimerMayNot && !raised) return next;
  // Whoever is now named can no longer have it in hand, and what became urgent climbs from the first rung.
  const { claimer: _, ...free } = next;
  const status = next.status === 'claimed' ? 'open' : next.status;
  return { ...free, status, rung: 0, dueAt: escalatesAt(next, state) };
}

/** All fields, so that what the case no longer has is taken away. */
export function changeTo({ id, code: _, ...to }: Case): Effect {
  const none = { claimer: undefined, dueAt: undefined, closedAt: undefined, verdict: undefined, example: undefined };
  return { do: 'change-case', case: id, to: { ...none, ...to } };
}

/**
 * Adds what was written to the case: raises its urgency, narrows who hears of it, tells who handles it.
 * @param answers the question it answers, if one was open
 */
export function addToCase(
  event: MessageEvent,
  reading: Reading,
  state: State,
  theCase: Case,
  meaning: Meaning,
  answers?: QuestionKind,
): { theCase: Case; effects: Effect[] } {
  const next = caseWith(event, theCase, reading, state, meaning, answers);
  const entry = entryOf(event, state, theCase, event.text, meaning);
  const changes = event.edits !== undefined && state.entry?.case === theCase.id;
  const effects: Effect[] = [
    changeTo(next),
    ...keep(entry),
    journal(changes ? 'case-words-changed' : 'case-added', next),
  ];
  const raised = next.severity !== theCase.severity;
  const narrowed = next.restriction !== theCase.restriction;
  const quote = quoted(entry) + writtenLate(event, state);
  // Who hears of it for the first time hears all of it.
  const isNews = narrowed || next.village !== theCase.village;
  const role = next.claimer === undefined ? 'village-officer' : 'claimer';
  if (isNews) {
    const all = allQuoted({ ...state, entries: [...state.entries, entry] }, theCase);
    effects.push(tell(role, next, 'words', entry.id, words.caseWords(next, state.office, all)));
    for (const file of filesOf(state, theCase)) effects.push(tellFile(role, next, entry.id, file.entry, file.media));
  } else {
    const text = changes ? words.changed(next, quote) : words.addition(next, quote);
    effects.push(tell(role, next, 'words', entry.id, text, { entry: entry.id }));
  }
  if (raised) {
    effects.push(tell('officers', next, 'alert', `raised:${entry.id}`, words.alertUpgraded(next, state.office)));
  } else if (narrowed) {
    effects.push(tell('head', next, 'alert', `narrowed:${entry.id}`, words.alert(next, state.office, [], true)));
  }
  return { theCase: next, effects };
}

/** While a case is open, what its reporter writes in private joins it. */
export const joinOwnCase: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private' || !state.ownCase) return undefined;
  if (/^lapor(an)? baru\b/i.test(reading.text) || state.asked?.question.about === 'report') return undefined;
  if (reading.command?.name === 'menu' && isBare(reading.command)) return undefined;
  const theCase: Case = { ...state.ownCase, from: 'private' };
  const question = state.asked?.question;
  const answers = question?.about === 'case' && question.case === theCase.id ? question.question : undefined;
  if (answers && reading.choice?.is === 'skip') {
    return moveOn(event, { ...theCase, questions: without(theCase, answers) });
  }

  const told = addToCase(event, reading, state, theCase, reading.meaning, answers);
  const raised = told.theCase.severity !== theCase.severity;
  // What is told of the case, or answers the bot, is no question, whatever it is about.
  const asksSure = reading.meaning.kind === 'answer' && reading.meaning.confidence === 'sure' && asksSomething(reading);
  const topic = asksSure ? reading.meaning.topics[0]?.topic : undefined;
  const found = reading.topics.find((candidate) => candidate.id === topic);
  if (found && !raised) return [...told.effects, quoting(event, 'answer', words.answer(found), { topic: found.id })];
  const urgent = raised ? words.nowUrgent(told.theCase) : '';
  if (answers) return [...told.effects, ...moveOn(event, told.theCase, urgent)];
  if (raised) return [...told.effects, reply(event, 'receipt', urgent, { about: told.theCase, urgency: 'alert' })];
  // One who sends ten voice notes gets one sentence and nine ticks.
  const lately = state.said.some((said) => said.purpose === 'step' || said.purpose === 'receipt');
  return [
    ...told.effects,
    lately
      ? { do: 'react', message: messageOf(event), emoji: '✅', key: `react:${event.id}` }
      : reply(event, 'step', words.joined(told.theCase), { about: told.theCase }),
  ];
};

/** A reply to what the bot said of a closed case opens it again; of a withdrawn one that phone is told no more. */
export const reopen: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private' || state.case?.status !== 'closed') return undefined;
  if (!state.quoted || state.case.reporter !== state.person?.id || reading.command) return undefined;
  if (state.case.withdrawnAt !== undefined || state.case.kind === 'advert' || isThanks(reading)) return undefined;
  const { claimer: _, closedAt: __, dueAt: ___, ...before } = state.case;
  const open: Case = caseWith(
    event,
    { ...before, status: 'open', rung: 0, from: 'private' },
    reading,
    state,
    reading.meaning,
    undefined,
  );
  const theCase: Case = { ...open, dueAt: escalatesAt(open, state) };
  const entry = entryOf(event, state, theCase, event.text, reading.meaning);
  const quote = `${allQuoted(state, theCase)}\n${quoted(entry)}`;
  return [
    changeTo(theCase),
    ...keep(entry),
    ...alerts(theCase, state, quote, `reopened:${entry.id}`, words.alertReopened(theCase, state.office)),
    reply(event, 'step', words.stepReopened(theCase), { about: theCase }),
    journal('case-reopened', theCase),
  ];
};
