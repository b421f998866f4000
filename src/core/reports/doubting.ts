// Rules for what may be a report or an advert: an officer of the village is asked quietly, and says what it is.

import { mayRead } from '../audience.ts';
import { isThumbsDown, isThumbsUp } from '../read.ts';
import { isAddressed, isHandler, isVillagers, journal, meaningOf, reply, tell } from '../saying.ts';
import { HOUR } from '../time.ts';
import type {
  Case,
  CaseKind,
  Changes,
  Effect,
  Entry,
  Meaning,
  MessageEvent,
  Millis,
  ReactionEvent,
  Reading,
  Rule,
  State,
  Verdict,
} from '../types.ts';
import * as words from '../words.ts';
import { changeTo } from './joining.ts';
import { isSureEnough, newCase, saidInGroup } from './taking.ts';
import {
  alerts,
  allQuoted,
  entryOf,
  escalatesAt,
  filesOf,
  hasWords,
  keep,
  missingOfficer,
  quoted,
  restrictionOf,
  stricter,
  tellFile,
  toldBy,
  toldIn,
  typesOf,
  writtenLate,
} from './telling.ts';
import { knownFrom } from './urgency.ts';

/** What nobody has answered by then is deleted. */
const DOUBT_LASTS: Millis = 72 * HOUR;

/** It may be a report or an advert, or turned out to be none: no case in any case. */
export const isDoubt = (theCase: Case) =>
  theCase.status === 'doubtful' || theCase.verdict === 'no' || theCase.verdict === 'none';

const kindOf = (meaning: Meaning): CaseKind | undefined =>
  meaning.kind === 'report' ? 'report' : meaning.kind === 'warn' ? 'advert' : undefined;

// ---------------------------------------------------------------- asking

const ask = (theCase: Case, state: State, step: string, quote: string, entry: Entry): Effect =>
  tell('village-officer', theCase, 'check', step, words.check(theCase, state.office, quote), {
    entry: entry.id,
    ...(state.chat && { group: state.chat.id }),
  });

/** What may be a report or an advert, said among others in a group: the group hears nothing. */
export const askOfficer: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || event.chatKind !== 'group' || !isVillagers(state)) return undefined;
  if (isAddressed(event, reading, state) || reading.meaning.confidence !== 'doubtful') return undefined;
  const kind = kindOf(reading.meaning);
  if (!kind) return undefined;
  // A change of what was told and answered is not asked about again.
  if (state.entry) return [];
  const told = toldBy(event, reading, state, reading.meaning);
  const theCase: Case = {
    ...newCase(event, state, kind, told),
    status: 'doubtful',
    dueAt: state.now + DOUBT_LASTS,
    example: reading.example ?? '',
  };
  const entry = entryOf(event, state, theCase, told.text, told.meaning);
  return [
    { do: 'open-case', case: theCase },
    ...keep(entry),
    ask(theCase, state, '0', quoted(entry) + writtenLate(event, state), entry),
    ...missingOfficer(theCase, state, '0'),
    journal(`doubt-heard:${kind}`, theCase),
  ];
};

// ---------------------------------------------------------------- the answer

function answerOf(event: MessageEvent | ReactionEvent, reading: Reading): Verdict | undefined {
  const sign = event.kind === 'reaction' ? event.emoji : event.text;
  if (isThumbsUp(sign) || reading.choice?.is === 'yes') return 'yes';
  return isThumbsDown(sign) || reading.choice?.is === 'no' ? 'no' : undefined;
}

/** Whoever was asked answers in private, by a reaction or a reply; the first answer counts. */
export const answerDoubt: Rule = (event, reading, state) => {
  if ((event.kind !== 'message' && event.kind !== 'reaction') || event.chatKind !== 'private') return undefined;
  const { case: theCase, person } = state;
  if (state.quoted?.purpose !== 'check' || !theCase || !person) return undefined;
  const answer = answerOf(event, reading);
  if (event.kind === 'reaction' && !answer) return [];
  if (!mayRead(person, theCase)) {
    if (event.kind === 'reaction') return [];
    return isHandler(state) ? [reply(event, 'refusal', words.noSuchCase)] : undefined;
  }
  if (theCase.status !== 'doubtful') {
    return answer === theCase.verdict ? [] : [reply(event, 'refusal', words.alreadyChecked(theCase))];
  }
  if (answer === 'yes') return confirm(theCase, state);
  if (answer === 'no') {
    return [
      ...close(theCase, state, 'no'),
      ...(event.kind === 'message' ? [reply(event, 'step', words.checkedNo)] : []),
    ];
  }
  // Whoever answers this sentence instead of the line has answered all the same.
  const about = { about: theCase, shows: 'nothing', ...(state.quoted.group && { group: state.quoted.group }) } as const;
  return [reply(event, 'check', words.howToCheck, about)];
};

/** An ordinary case from now on, as if it were heard now; in its group an advert is warned of, a report never spoken of. */
function confirm(theCase: Case, state: State): Effect[] {
  const next: Case = {
    ...theCase,
    status: 'open',
    verdict: 'yes',
    openedAt: state.now,
    dueAt: escalatesAt(theCase, state),
  };
  return [
    changeTo(next),
    ...tellOffice(next, state),
    journal('doubt-yes', next),
    ...(theCase.kind === 'advert' ? warnThere(next, state) : []),
  ];
}

/** The alerts of a doubt that became a case, with the files that have come meanwhile. */
function tellOffice(theCase: Case, state: State): Effect[] {
  const told = toldIn(state, theCase);
  const attached = told.flatMap(({ attachments }) => typesOf(attachments));
  const outline = words.alert(
    theCase,
    state.office,
    attached,
    told.some(({ text }) => hasWords(text)),
  );
  return [
    ...alerts(theCase, state, allQuoted(state, theCase), '0', outline),
    ...filesOf(state, theCase).map(({ entry, media }) => tellFile('village-officer', theCase, '0', entry, media)),
    journal(`case-opened:${theCase.kind}:${theCase.severity}`, theCase),
  ];
}

/** The warning, in the group where the advert stood, unless it was given there lately. */
function warnThere(theCase: Case, state: State): Effect[] {
  const chat = state.quoted?.group;
  if (!chat || state.saidThere?.some((said) => said.purpose === 'warning')) return [];
  return [
    {
      do: 'say',
      to: { role: 'group', chat },
      text: words.warning,
      key: `warning:${theCase.id}`,
      urgency: 'reply',
      purpose: 'warning',
      shows: 'nothing',
    },
  ];
}

// ---------------------------------------------------------------- its end

/** Takes the words away for good; the verdict and the masked example stay. */
function close(theCase: Case, state: State, verdict: Verdict, more: Changes<Case> = {}): Effect[] {
  return [
    {
      do: 'change-case',
      case: theCase.id,
      to: { status: 'closed', verdict, closedAt: state.now, dueAt: undefined, ...more },
    },
    { do: 'blank-case', case: theCase.id },
    journal(`doubt-${verdict}`, theCase),
  ];
}

/** Its writer deleted the message: not even the example stays. */
export const forgetDoubt = (theCase: Case, state: State): Effect[] =>
  close(theCase, state, 'none', { example: undefined });

/** What nobody has answered in time. */
export const forgetDoubts: Rule = (event, _reading, state) => {
  if (event.kind !== 'tick') return undefined;
  return state.due.flatMap((due) =>
    due.what === 'case' && due.case.status === 'doubtful' ? close(due.case, state, 'none') : [],
  );
};

// ---------------------------------------------------------------- a change of its message

/** The newest words take the place of the earlier ones; where they leave no doubt it is a case, openly as any. */
export function changeDoubt(
  event: MessageEvent,
  reading: Reading,
  state: State,
  theCase: Case,
  entry: Entry,
): Effect[] {
  // A link that got its preview is no change of words.
  if (event.text.trim() === entry.text.trim()) return [];
  const meaning = meaningOf(event, reading, state);
  const changed: Entry = { ...entry, text: event.text, contacts: meaning.contacts };
  const now: State = { ...state, entries: state.entries.map((one) => (one.id === entry.id ? changed : one)) };
  const reworded: Effect = { do: 'reword-entry', entry: entry.id, text: event.text, contacts: meaning.contacts };
  const restriction = stricter(theCase.restriction, restrictionOf(meaning, reading, state));
  const kind = kindOf(meaning);
  const next: Case = {
    ...theCase,
    restriction,
    ...(kind && { kind, ...knownFrom(kind, { meaning, at: event.at, now: state.now }), countries: meaning.countries }),
    ...(reading.example !== undefined && { example: reading.example }),
  };
  if (kind && isSureEnough(event, reading, state)) {
    const { example: _, ...open } = next;
    const opened: Case = { ...open, status: 'open', openedAt: state.now, dueAt: escalatesAt(open, state) };
    return [reworded, changeTo(opened), ...tellOffice(opened, now), ...saidInGroup(event, reading, state, kind)];
  }
  // Who was asked before may be the one who is named now.
  const others =
    restriction === theCase.restriction ? [] : [ask(next, state, `narrowed:${event.id}`, quoted(changed), changed)];
  return [reworded, changeTo(next), ...others, journal('doubt-changed', next)];
}
