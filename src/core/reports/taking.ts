// Rules that take a case down: reports in private and in the group, adverts, wishes to talk to a person.

import { isBare } from '../read.ts';
import { asksSomething, isAddressed, isVillagers, journal, meaningOf, quoting, reply } from '../saying.ts';
import { MINUTE } from '../time.ts';
import type { Case, CaseKind, Effect, MessageEvent, Reading, Rule, State, Told, VillageId } from '../types.ts';
import * as words from '../words.ts';
import { addToCase } from './joining.ts';
import { askNext, questionsFor } from './questions.ts';
import {
  alerts,
  entryOf,
  escalatesAt,
  hasWords,
  isTold,
  keep,
  quoted,
  toldBy,
  typesOf,
  writtenLate,
} from './telling.ts';
import { knownFrom } from './urgency.ts';

/** The fixed sentence of a group, and a pointer to an earlier answer, come at most once in this time. */
export const QUIET_TIME = 30 * MINUTE;

function villageOf(state: State): VillageId | undefined {
  if (state.chat?.village) return state.chat.village;
  return state.memberOf.length === 1 ? state.memberOf[0] : undefined;
}

/** A new case that nobody has heard of yet. */
export function newCase(event: MessageEvent, state: State, kind: CaseKind, { meaning, restriction, at }: Told): Case {
  const village = villageOf(state);
  const known = knownFrom(kind, { meaning, at, now: state.now });
  const { severity } = known;
  return {
    id: state.fresh.case,
    code: state.fresh.code,
    kind,
    ...known,
    status: 'open',
    reporter: state.person?.id as Case['reporter'],
    ...(event.name && { reporterName: event.name }),
    from: event.chatKind,
    ...(village && { village }),
    countries: meaning.countries,
    restriction,
    rung: 0,
    questions: questionsFor(kind, event.chatKind, village, severity),
    openedAt: state.now,
    dueAt: escalatesAt({ severity }, state),
  };
}

/** A new case with its first entry, and the alerts. What the chat hears of it is the caller's. */
function openCase(event: MessageEvent, state: State, kind: CaseKind, told: Told) {
  const theCase = newCase(event, state, kind, told);
  const { text, meaning } = told;
  const entry = entryOf(event, state, theCase, text, meaning);
  const late = writtenLate(event, state);
  const outline = words.alert(theCase, state.office, typesOf(event.attachments), hasWords(text));
  const effects: Effect[] = [
    { do: 'open-case', case: theCase },
    ...keep(entry),
    ...alerts(theCase, state, quoted(entry) + late, '0', outline + late, entry.id),
    journal(`case-opened:${kind}:${theCase.severity}`, theCase),
  ];
  return { theCase, effects };
}

/** Takes a private message down as a case and gives the receipt with the first question. */
function takePrivateReport(event: MessageEvent, state: State, told: Told): Effect[] {
  const { theCase, effects } = openCase(event, state, 'report', told);
  const next = askNext(theCase);
  const receipt = words.receipt(theCase, typesOf(event.attachments), hasWords(told.text));
  return [
    ...effects,
    reply(event, 'receipt', receipt + next.text, { about: theCase, urgency: 'alert' }),
    ...next.effects,
  ];
}

// ---------------------------------------------------------------- in a group

const saidLately = (state: State, purpose: 'invitation' | 'warning') =>
  state.said.find((said) => said.purpose === purpose);

/** The fixed sentence of a group: the same for who reports and who asks how, and seldom. */
function invite(event: MessageEvent, reading: Reading, state: State): Effect[] {
  const earlier = saidLately(state, 'invitation');
  if (!earlier) return [reply(event, 'invitation', words.invitation)];
  return isAddressed(event, reading, state)
    ? [reply(event, 'pointer', words.invitationPointer, { quote: earlier.message })]
    : [];
}

/** What a group hears of a case that began there: the fixed sentence after a report, the warning after an advert. */
export function saidInGroup(event: MessageEvent, reading: Reading, state: State, kind: CaseKind): Effect[] {
  if (kind !== 'advert') return invite(event, reading, state);
  const warned = event.chatKind === 'group' && saidLately(state, 'warning') !== undefined;
  return warned ? [] : [reply(event, 'warning', words.warning)];
}

export const isSureEnough = (event: MessageEvent, reading: Reading, state: State) =>
  meaningOf(event, reading, state).confidence === 'sure' || isAddressed(event, reading, state);

export const reportInGroup: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'group' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  if (meaning.kind !== 'report' || !isSureEnough(event, reading, state)) return undefined;
  const told = state.ownCase
    ? addToCase(event, reading, state, state.ownCase, meaning).effects
    : openCase(event, state, 'report', toldBy(event, reading, state, meaning)).effects;
  return [...told, ...saidInGroup(event, reading, state, 'report')];
};

/** An advert with the marks of trafficking: the group is warned, the officers hear of it, nobody is blamed. */
export const warnOfAdvert: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  if (meaning.kind !== 'warn' || !isSureEnough(event, reading, state)) return undefined;
  const { effects } = openCase(event, state, 'advert', toldBy(event, reading, state, meaning));
  return [...effects, ...saidInGroup(event, reading, state, 'advert')];
};

/** Asks how to report, or says that one wants to: the fixed sentence in a group, "what happened?" in private. */
export const howToReport: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  const bare = reading.command?.name === 'lapor' && isBare(reading.command);
  if (!bare && meaning.reporting === undefined) return undefined;
  if (event.chatKind === 'group') {
    return isSureEnough(event, reading, state) ? invite(event, reading, state) : undefined;
  }
  // Where a topic tells how, it is told; the rule is for who has no more than the wish.
  if (!bare && meaning.reporting === 'how' && meaning.kind === 'answer') return undefined;
  // Who tells while he asks has told.
  if (event.attachments.some(isTold) || (!bare && (meaning.signs.length > 0 || meaning.severity === 'darurat'))) {
    return state.ownCase ? undefined : takePrivateReport(event, state, toldBy(event, reading, state, meaning));
  }
  // The menu was shown for a text that could not be understood: that text was the report.
  const question = state.asked?.question;
  if (question?.about === 'menu' && question.told) return takePrivateReport(event, state, question.told);
  if (state.ownCase && !saysNew(reading)) {
    return bare ? [reply(event, 'step', words.keepTelling(state.ownCase), { about: state.ownCase })] : undefined;
  }
  return [reply(event, 'dialog', words.askForReport), { do: 'ask', question: { about: 'report' } }];
};

/** `lapor baru`: another matter, though a case is open. */
const saysNew = (reading: Reading) => /^lapor(an)? baru\b/i.test(reading.text);

// ---------------------------------------------------------------- in private

/** What was asked for with `lapor`, or a message that tells of a problem. */
export const reportInPrivate: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private') return undefined;
  const meaning = reading.meaning;
  // "lapor ke mana dulu …?" begins with the word and only asks.
  const says = reading.command?.name === 'lapor' && !(meaning.kind === 'answer' && asksSomething(reading));
  const asked = state.asked?.question.about === 'report' || says;
  const wordless = !hasWords(event.text) && event.attachments.some(isTold);
  const told = toldBy(event, reading, state, meaning);
  // Who speaks of an officer by name and asks nothing may be telling on him, in words that are not understood.
  const names =
    meaning.kind === 'menu' && told.restriction !== 'none' && reading.words.length >= 4 && !event.text.includes('?');
  if (meaning.kind !== 'report' && !asked && !wordless && !names) return undefined;
  return takePrivateReport(event, state, told);
};

/** Asks for a person, or asks what no topic answers, or about a photo that only a person can look at. */
export const handOver: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAddressed(event, reading, state)) return undefined;
  const asks = reading.command?.name === 'petugas' && isBare(reading.command);
  const shows = event.chatKind === 'private' && event.attachments.some(isTold);
  if (!asks && !shows && meaningOf(event, reading, state).kind !== 'human') return undefined;
  if (event.chatKind === 'group') return [quoting(event, 'step', words.handoverInGroup)];
  const question = state.asked?.question;
  const earlier = asks && question?.about === 'menu' ? question.told : undefined;
  const told = earlier ?? toldBy(event, reading, state, reading.meaning);
  const { theCase, effects } = openCase(event, state, 'handover', told);
  const next = askNext(theCase);
  const { kind, confidence, topics } = reading.meaning;
  const topic = kind === 'answer' && confidence === 'sure' ? topics[0]?.topic : undefined;
  const found = reading.topics.find((candidate) => candidate.id === topic);
  return [
    ...effects,
    ...(found ? [quoting(event, 'answer', words.answer(found), { topic: found.id })] : []),
    reply(event, 'receipt', words.handoverReceipt(theCase, state.office.hours) + next.text, { about: theCase }),
    ...next.effects,
  ];
};
