// Rule family: reports. Taking them down, what joins them, the questions asked of the reporter, taking them back.

import { mayHandle } from './audience.ts';
import { isBare } from './read.ts';
import { isAddressed, isAnswerTo, isVillagers, journal, meaningOf, quoting, reply, tell } from './saying.ts';
import { displayQuote, normalise } from './text.ts';
import { addOfficeMinutes, MINUTE } from './time.ts';
import {
  type Attachment,
  type Case,
  type CaseKind,
  type Effect,
  type Entry,
  type Meaning,
  type MessageEvent,
  type QuestionKind,
  type Reading,
  type Restriction,
  type Rule,
  type State,
  SURE,
  type Told,
  type VillageId,
} from './types.ts';
import * as words from './words.ts';

/** The fixed sentence of a group, and a pointer to an earlier answer, come at most once in this time. */
export const QUIET_TIME = 30 * MINUTE;

// ---------------------------------------------------------------- what a report says

const STRICTER: readonly Restriction[] = ['none', 'head', 'second-contact'];
const stricter = (a: Restriction, b: Restriction) => (STRICTER.indexOf(a) >= STRICTER.indexOf(b) ? a : b);

const FORM_OF_ADDRESS = /^(pak|bapak|bu|ibu|buk|bang|kades|kadus|camat|lurah|haji|hj|h)$/;

/** True when a staff member's own name stands in the text other than as the one who is spoken to. */
function isNamed(name: string, text: readonly string[]): boolean {
  // "Pak Kades Yusuf" is known by what is neither form of address nor office.
  const own = normalise(name).filter((word) => !FORM_OF_ADDRESS.test(word))[0];
  if (!own || own.length < 3) return false;
  return text.some((word, i) => {
    if (word !== own) return false;
    const spokenTo = i <= 4 && /^(pak|bapak|bu|ibu|buk|bang|halo|assalamualaikum)$/.test(text[i - 1] ?? '');
    return !spokenTo;
  });
}

/** Who alone may hear: the head when officers, officials or the police are named, the second contact when the head is. */
export function restrictionOf(meaning: Meaning, reading: Reading, state: State): Restriction {
  let restriction: Restriction = 'none';
  for (const accused of meaning.accuses)
    restriction = stricter(restriction, accused === 'head' ? 'second-contact' : 'head');
  for (const person of state.staff) {
    if (person.name && isNamed(person.name, reading.words))
      restriction = stricter(restriction, person.role === 'head' ? 'second-contact' : 'head');
  }
  return restriction;
}

/** What a message tells, with who may hear of it. */
export function toldBy(event: MessageEvent, reading: Reading, state: State, meaning: Meaning): Told {
  return { text: event.text, meaning, restriction: restrictionOf(meaning, reading, state) };
}

/** A sticker tells nothing; anything else may be the report itself. */
const isTold = (attachment: Attachment) => attachment.type !== 'sticker';
const hasWords = (text: string) => text.trim() !== '';
const types = (attachments: readonly Attachment[]) => attachments.map((attachment) => attachment.type);

/** The reporter's words as a private message may show them. */
function quoted(text: string, attachments: readonly Attachment[]): string {
  const named = attachments
    .filter((attachment) => attachment.name && (attachment.type === 'contact' || attachment.type === 'place'))
    .map((attachment) => displayQuote(`${words.attachmentsText([attachment.type])}: ${attachment.name}`));
  if (!hasWords(text)) return [words.noWords(types(attachments)), ...named].join('\n');
  const also = attachments.length > 0 ? [words.noWords(types(attachments))] : [];
  return [displayQuote(text), ...also, ...named].join('\n');
}

/** When a case that nobody claims climbs next: urgent at any hour, others within office hours. */
export function escalatesAt(theCase: Pick<Case, 'severity'>, state: State, minutes?: number): number {
  const { ladder, hours } = state.office;
  return theCase.severity === 'darurat'
    ? state.now + (minutes ?? ladder.urgentMinutes) * MINUTE
    : addOfficeMinutes(hours, state.now, minutes ?? ladder.ordinaryMinutes);
}

function villageOf(state: State): VillageId | undefined {
  if (state.chat?.village) return state.chat.village;
  return state.memberOf.length === 1 ? state.memberOf[0] : undefined;
}

function questionsFor(
  kind: CaseKind,
  from: Case['from'],
  village: VillageId | undefined,
  meaning: Meaning,
): QuestionKind[] {
  if (from === 'group' || kind === 'advert') return [];
  const questions: QuestionKind[] = [];
  if (!village) questions.push('village');
  if (kind === 'handover') return questions;
  if (meaning.severity !== 'darurat') questions.push('danger');
  questions.push('when', 'who');
  return questions.slice(0, 3);
}

function entryOf(event: MessageEvent, state: State, theCase: Pick<Case, 'id'>, text: string): Entry {
  return {
    id: state.fresh.entry,
    case: theCase.id,
    kind: 'report',
    by: state.person?.id as Entry['by'],
    text,
    attachments: event.attachments,
    at: event.at,
  };
}

/** What of an attachment is content to be fetched; a contact and a place already say all in their name. */
function fetches(entry: Entry): Effect[] {
  return entry.attachments
    .filter((attachment) => attachment.ref && attachment.type !== 'sticker')
    .map((attachment) => ({ do: 'fetch-media', case: entry.case, entry: entry.id, attachment }));
}

/** Tells the office of a new case: the outline to the officers' group, the words to who may read them. */
function alerts(theCase: Case, state: State, entry: Entry, step: string, outlineText: string): Effect[] {
  const told: Effect[] = [
    tell('officers', theCase, 'alert', step, outlineText),
    tell(
      'village-officer',
      theCase,
      'words',
      step,
      words.caseWords(theCase, state.office, quoted(entry.text, entry.attachments)),
    ),
  ];
  // Nobody's village: the head hears as well as the officers' group.
  if (!theCase.village) told.push(tell('head', theCase, 'alert', step, outlineText));
  const village = state.office.villages.find((v) => v.id === theCase.village);
  const own = state.staff.filter((person) => person.role === 'officer' && person.village === theCase.village);
  if (village && theCase.restriction === 'none' && !own.some((person) => person.active)) {
    told.push(
      tell('admins', theCase, 'notice', `missing:${step}`, words.missingOfficer(village), { shows: 'nothing' }),
    );
  }
  return told;
}

/** A new case with its first entry, and the alerts. What the chat hears of it is the caller's. */
function openCase(event: MessageEvent, state: State, kind: CaseKind, { text, meaning, restriction }: Told) {
  const village = villageOf(state);
  // Only what somebody tells of a person is urgent; an advert is answered with the warning, a wish to talk waits its turn.
  const severity = kind === 'report' ? meaning.severity : 'biasa';
  const theCase: Case = {
    id: state.fresh.case,
    code: state.fresh.code,
    kind,
    severity,
    status: 'open',
    reporter: state.person?.id as Case['reporter'],
    ...(event.name && { reporterName: event.name }),
    from: event.chatKind,
    ...(village && { village }),
    signs: meaning.signs,
    countries: meaning.countries,
    restriction,
    rung: 0,
    questions: questionsFor(kind, event.chatKind, village, meaning),
    openedAt: state.now,
    dueAt: escalatesAt({ severity }, state),
  };
  const entry = entryOf(event, state, theCase, text);
  const effects: Effect[] = [
    { do: 'open-case', case: theCase },
    { do: 'add-entry', entry },
    ...fetches(entry),
    ...alerts(theCase, state, entry, '0', words.alert(theCase, state.office, types(event.attachments), hasWords(text))),
    journal(`case-opened:${kind}:${severity}`, theCase),
  ];
  return { theCase, effects };
}

/** The next question for the reporter, put below what is said anyway. */
function askNext(theCase: Case): { text: string; effects: Effect[] } {
  const next = theCase.questions[0];
  if (!next) return { text: '', effects: [{ do: 'drop-question' }] };
  return {
    text: `\n\n${words.question(next)}`,
    effects: [{ do: 'ask', question: { about: 'case', case: theCase.id, question: next } }],
  };
}

/** Takes a private message down as a case and gives the receipt with the first question. */
function takePrivateReport(event: MessageEvent, state: State, told: Told): Effect[] {
  const { theCase, effects } = openCase(event, state, 'report', told);
  const next = askNext(theCase);
  const receipt = words.receipt(theCase, types(event.attachments), hasWords(told.text));
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

export const howToReport: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  const asks = meaning.why.includes('how-to-report') || (reading.command?.name === 'lapor' && isBare(reading.command));
  if (!asks) return undefined;
  if (event.chatKind === 'group') {
    return meaning.confidence >= SURE || isAddressed(event, reading, state) ? invite(event, reading, state) : undefined;
  }
  // The menu was shown for a text that could not be understood: that text was the report.
  const question = state.asked?.question;
  if (question?.about === 'menu' && question.told) return takePrivateReport(event, state, question.told);
  if (state.ownCase && !/\bbaru\b/i.test(reading.text))
    return [reply(event, 'step', words.keepTelling(state.ownCase), { about: state.ownCase })];
  return [reply(event, 'dialog', words.askForReport), { do: 'ask', question: { about: 'report' } }];
};

export const reportInGroup: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'group' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  if (meaning.kind !== 'report') return undefined;
  if (meaning.confidence < SURE && !isAddressed(event, reading, state)) return undefined;
  const told = state.ownCase
    ? addToCase(event, reading, state, state.ownCase, meaning).effects
    : openCase(event, state, 'report', toldBy(event, reading, state, meaning)).effects;
  return [...told, ...invite(event, reading, state)];
};

/** An advert with the marks of trafficking: the group is warned, the officers hear of it, nobody is blamed. */
export const warnOfAdvert: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const meaning = meaningOf(event, reading, state);
  if (meaning.kind !== 'warn') return undefined;
  if (meaning.confidence < SURE && !isAddressed(event, reading, state)) return undefined;
  const { effects } = openCase(event, state, 'advert', toldBy(event, reading, state, meaning));
  const warned = event.chatKind === 'group' && saidLately(state, 'warning') !== undefined;
  return [...effects, ...(warned ? [] : [reply(event, 'warning', words.warning)])];
};

// ---------------------------------------------------------------- in private

/** What was asked for with `lapor`, or a message that tells of a problem. */
export const reportInPrivate: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private') return undefined;
  const meaning = reading.meaning;
  const asked =
    state.asked?.question.about === 'report' || (reading.command?.name === 'lapor' && !isBare(reading.command));
  const wordless = !hasWords(event.text) && event.attachments.some(isTold);
  if (meaning.kind !== 'report' && !asked && !wordless) return undefined;
  return takePrivateReport(event, state, toldBy(event, reading, state, meaning));
};

/** Asks for a person, or asks what no topic answers. */
export const handOver: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAddressed(event, reading, state)) return undefined;
  const asks = reading.command?.name === 'petugas' && isBare(reading.command);
  // What is asked about a photo only a person can answer.
  const shows = event.chatKind === 'private' && event.attachments.some(isTold);
  if (!asks && !shows && meaningOf(event, reading, state).kind !== 'human') return undefined;
  if (event.chatKind === 'group') return [quoting(event, 'step', words.handoverInGroup)];
  const question = state.asked?.question;
  const earlier = asks && question?.about === 'menu' ? question.told : undefined;
  const told = earlier ?? toldBy(event, reading, state, reading.meaning);
  const { theCase, effects } = openCase(event, state, 'handover', told);
  const next = askNext(theCase);
  const found = reading.meaning.kind === 'answer' ? topicOf(reading) : undefined;
  return [
    ...effects,
    ...(found ? [quoting(event, 'answer', words.answer(found), { topic: found.id })] : []),
    reply(event, 'receipt', words.handoverReceipt(theCase, state.office.hours) + next.text, { about: theCase }),
    ...next.effects,
  ];
};

const topicOf = (reading: Reading) =>
  reading.topics.find((candidate) => candidate.id === reading.meaning.topics[0]?.topic);

/** While a case is open, what its reporter writes in private joins it. */
export const joinOwnCase: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private' || !state.ownCase) return undefined;
  if (/^lapor(an)? baru\b/i.test(reading.text)) return undefined;
  if (reading.command?.name === 'menu' && isBare(reading.command)) return undefined;
  const theCase: Case = { ...state.ownCase, from: 'private' };
  const question = state.asked?.question;
  const answers = question?.about === 'case' && question.case === theCase.id ? question.question : undefined;
  if (answers && reading.choice?.is === 'skip')
    return moveOn(event, { ...theCase, questions: without(theCase, answers) });

  const meaning = reading.meaning;
  const told = addToCase(event, reading, state, theCase, meaning, answers);
  const urgentNow = told.theCase.severity === 'darurat' && theCase.severity !== 'darurat';
  const found = meaning.kind === 'answer' && meaning.confidence >= SURE ? topicOf(reading) : undefined;
  if (found) {
    return [...told.effects, quoting(event, 'answer', words.answer(found), { topic: found.id })];
  }
  if (answers) return [...told.effects, ...moveOn(event, told.theCase, urgentNow ? words.nowUrgent(told.theCase) : '')];
  if (urgentNow)
    return [
      ...told.effects,
      reply(event, 'receipt', words.nowUrgent(told.theCase), { about: told.theCase, urgency: 'alert' }),
    ];
  // One who sends ten voice notes gets one sentence and nine ticks.
  const lately = state.said.some((said) => said.purpose === 'step' || said.purpose === 'receipt');
  return [
    ...told.effects,
    lately
      ? { do: 'react', message: event.id, emoji: '✅', key: `react:${event.id}` }
      : reply(event, 'step', words.joined(told.theCase), { about: told.theCase }),
  ];
};

const YES = /^(ya|iya|iyo|yo|y|betul|ado|ada)$/;
const without = (theCase: Case, question: QuestionKind) => theCase.questions.filter((kind) => kind !== question);

/** After an answer: the next question, or thanks when there is none. */
function moveOn(event: MessageEvent, theCase: Case, said = ''): Effect[] {
  const next = askNext(theCase);
  const text =
    theCase.questions.length > 0 ? `${said}${next.text}`.trim() : `${said}\n\n${words.questionsDone(theCase)}`.trim();
  return [
    { do: 'change-case', case: theCase.id, to: { questions: theCase.questions } },
    reply(event, 'receipt', text, { about: theCase }),
    ...next.effects,
  ];
}

function villageNamed(text: readonly string[], state: State): VillageId | undefined {
  const said = ` ${text.join(' ')} `;
  return state.office.villages.find((village) =>
    [village.name, ...village.aliases].some((name) => said.includes(` ${normalise(name).join(' ')} `)),
  )?.id;
}

/** Adds what was written to the case: raises its urgency, narrows who hears of it, tells who handles it. */
function addToCase(
  event: MessageEvent,
  reading: Reading,
  state: State,
  theCase: Case,
  meaning: Meaning,
  answers?: QuestionKind,
): { theCase: Case; effects: Effect[] } {
  // "ya pak dia dikurung" is a yes as well.
  const saysDanger = answers === 'danger' && YES.test(reading.words[0] ?? '');
  const urgent =
    theCase.severity === 'darurat' || saysDanger || (meaning.kind === 'report' && meaning.severity === 'darurat');
  const village = theCase.village ?? villageNamed(reading.words, state);
  const restriction = stricter(theCase.restriction, restrictionOf(meaning, reading, state));
  const next: Case = {
    ...theCase,
    severity: urgent ? 'darurat' : theCase.severity,
    ...(village && { village }),
    signs: [...new Set([...theCase.signs, ...meaning.signs])],
    countries: [...new Set([...theCase.countries, ...meaning.countries])],
    restriction,
    questions: answers ? without(theCase, answers) : theCase.questions,
  };
  const raised = next.severity !== theCase.severity;
  const narrowed = restriction !== theCase.restriction;
  const due = next.claimer === undefined && raised ? { dueAt: escalatesAt(next, state), rung: 0 } : {};
  const { id, code, ...fields } = { ...next, ...due };
  const entry = entryOf(event, state, theCase, event.text);
  const quote = quoted(event.text, event.attachments);
  const effects: Effect[] = [
    { do: 'change-case', case: id, to: fields },
    { do: 'add-entry', entry },
    ...fetches(entry),
    journal('case-added', next),
  ];
  // One who may no longer hear of it is passed over: the whole goes to who may.
  const handled = state.staff.find((person) => person.id === next.claimer);
  const reader = handled && mayHandle(handled, next) ? 'claimer' : 'village-officer';
  const text =
    narrowed || village !== theCase.village
      ? words.caseWords(
          next,
          state.office,
          [...state.entries.map((e) => quoted(e.text, e.attachments)), quote].join('\n'),
        )
      : words.addition(next, quote);
  effects.push(tell(reader, next, 'words', entry.id, text));
  if (raised)
    effects.push(tell('officers', next, 'alert', `raised:${entry.id}`, words.alertUpgraded(next, state.office)));
  else if (narrowed)
    effects.push(tell('head', next, 'alert', `narrowed:${entry.id}`, words.alert(next, state.office, [], true)));
  return { theCase: { ...next, ...due }, effects };
}

/** A reply to what the bot said of a closed case opens it again. */
export const reopen: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private' || !state.case || state.case.status !== 'closed')
    return undefined;
  if (!state.quoted || state.case.reporter !== state.person?.id || reading.command) return undefined;
  const { claimer: _, closedAt: __, ...before } = state.case;
  const theCase: Case = { ...before, status: 'open', rung: 0, dueAt: escalatesAt(state.case, state) };
  const entry = entryOf(event, state, theCase, event.text);
  return [
    {
      do: 'change-case',
      case: theCase.id,
      to: { status: 'open', rung: 0, dueAt: theCase.dueAt, claimer: undefined, closedAt: undefined },
    },
    { do: 'add-entry', entry },
    ...fetches(entry),
    ...alerts(theCase, state, entry, `reopened:${entry.id}`, words.alertReopened(theCase, state.office)),
    reply(event, 'step', words.stepReopened(theCase), { about: theCase }),
    journal('case-reopened', theCase),
  ];
};

// ---------------------------------------------------------------- taking back

/** `batal`: an ordinary case closes; an urgent one, or one about a child, stays open for the head. */
export const withdraw: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'private') return undefined;
  if (reading.command?.name !== 'batal' || !(isBare(reading.command) || reading.codes.length > 0)) return undefined;
  if (state.asked?.question.about === 'report') return [reply(event, 'step', words.stopped), { do: 'drop-question' }];
  const theCase = state.ownCase;
  if (!theCase) return [reply(event, 'menu', words.nothingToWithdraw), { do: 'drop-question' }];
  const stays = theCase.severity === 'darurat' || theCase.signs.includes('child');
  const next: Case = { ...theCase, status: stays ? 'withdrawn' : 'closed' };
  const quote = state.entries.map((entry) => quoted(entry.text, entry.attachments)).join('\n');
  return [
    {
      do: 'change-case',
      case: theCase.id,
      to: stays ? { status: 'withdrawn' } : { status: 'closed', closedAt: state.now, dueAt: undefined },
    },
    ...(stays ? [] : [{ do: 'blank-case', case: theCase.id } as const]),
    { do: 'drop-question' },
    reply(event, 'step', words.withdrawn),
    tell('officers', next, 'step', `withdrawn:${event.id}`, words.reporterWithdrew(next)),
    ...(stays
      ? [tell('head', next, 'words', `withdrawn:${event.id}`, words.withdrawnForHead(next, state.office, quote))]
      : []),
    journal(stays ? 'case-withdrawn-kept' : 'case-withdrawn', theCase),
  ];
};

/** True when an answer to one of the case's questions is awaited here. */
export const awaitsAnswer = (state: State) => state.asked?.question.about === 'case' && isAnswerTo(state);

/** The content of an attachment came, or cannot be had. */
export const mediaBack: Rule = (event) => {
  if (event.kind !== 'media-arrived' && event.kind !== 'media-failed') return undefined;
  return [
    { do: 'attach', entry: event.entry, ...(event.file && { file: event.file }) },
    { do: 'journal', what: event.kind, case: event.case },
  ];
};
