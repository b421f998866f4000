// Rule family: what officers do with a case, by replying to a message of the bot, reacting to it, or naming a code.

import { mayHandle, mayRead } from './audience.ts';
import { isThumbsUp } from './read.ts';
import { isDoubt } from './reports/doubting.ts';
import { allQuoted, deletedFor, filesOf, tellFile } from './reports/telling.ts';
import { causeOf, isHandler, journal, messageOf, reply, tell } from './saying.ts';
import { cleanLine, displayQuote, LONG_QUOTE } from './text.ts';
import type {
  Case,
  CommandName,
  Effect,
  Entry,
  MessageEvent,
  Person,
  ReactionEvent,
  Reading,
  Rule,
  State,
} from './types.ts';
import * as words from './words.ts';

type Heard = MessageEvent | ReactionEvent;

interface Handling {
  readonly event: Heard;
  readonly state: State;
  readonly person: Person;
  readonly theCase: Case;
  readonly rest: string;
}

type Handler = (handling: Handling) => Effect[];

const notFor = ({ event }: Handling): Effect[] => [reply(event, 'refusal', words.noSuchCase)];

const ambil: Handler = ({ event, state, person, theCase, rest }) => {
  if (theCase.status === 'closed') return [reply(event, 'refusal', words.alreadyClosed(theCase))];
  // Its words are kept for the head: who may not read them must not stop the ladder either.
  if (!mayRead(person, { ...theCase, claimer: person.id })) return [reply(event, 'refusal', words.onlyHead(theCase))];
  if (!person.active && state.chat?.kind === 'group') return [reply(event, 'refusal', words.writeMulai)];
  if (theCase.claimer === person.id) return [reply(event, 'step', words.alreadyYours(theCase), { about: theCase })];
  const takesOver = /^alih\b/i.test(rest);
  if (theCase.claimer && !takesOver) {
    const other = state.people.find((candidate) => candidate.id === theCase.claimer);
    return [reply(event, 'refusal', words.alreadyClaimed(theCase, other), { about: theCase, shows: 'outline' })];
  }
  return claim({ event, state, person, theCase, rest });
};

function claim({ event, state, person, theCase }: Handling): Effect[] {
  const next: Case = {
    ...theCase,
    status: 'claimed',
    claimer: person.id,
  };
  const step = `claimed:${causeOf(event)}:${person.id}`;
  const effects: Effect[] = [
    { do: 'change-case', case: theCase.id, to: { status: next.status, claimer: person.id, dueAt: undefined } },
    tell('officers', next, 'step', step, words.claimed(next, person)),
    tell('reporter', next, 'step', step, words.stepClaimed(next), { shows: 'nothing' }),
    journal('case-claimed', next),
  ];
  if (mayRead(person, next)) {
    const deleted = deletedFor(person, next);
    const text = words.caseWords(next, state.office, allQuoted(state, next, deleted));
    effects.push(tell('claimer', next, 'words', step, text));
    for (const file of filesOf(state, next, deleted)) {
      effects.push(tellFile('claimer', next, step, file.entry, file.media));
    }
  }
  return effects;
}

/** Sends an officer's words to the reporter; his message gets its tick once they are on the reporter's phone. */
function relay({ event, state, person, theCase }: Handling, text: string, entry: Entry | undefined): Effect[] {
  if (theCase.kind === 'advert') return [reply(event, 'refusal', words.noReporter(theCase))];
  if (theCase.withdrawnAt !== undefined)
    return [reply(event, 'refusal', words.replyNotSent(theCase), { about: theCase, shows: 'outline' })];
  const kept: Entry = entry ?? {
    id: state.fresh.entry,
    case: theCase.id,
    kind: 'relay',
    by: person.id,
    text,
    attachments: [],
    at: state.now,
  };
  const sent = tell('reporter', theCase, 'relay', kept.id, words.relayed(theCase, text), {
    shows: 'nothing',
    entry: kept.id,
  });
  return [
    ...(theCase.claimer === undefined && theCase.status === 'open'
      ? claim({ event, state, person, theCase, rest: '' })
      : []),
    ...(entry ? [] : [{ do: 'add-entry', entry: kept } as const]),
    sent,
    {
      do: 'react',
      message: event.kind === 'message' ? messageOf(event) : event.message,
      emoji: '✅',
      key: `react:${kept.id}`,
      after: `${sent.key}:${theCase.reporter}`,
    },
    journal('case-answered', theCase),
  ];
}

const balas: Handler = (handling) => {
  if (handling.theCase.status === 'closed')
    return [reply(handling.event, 'refusal', words.alreadyClosed(handling.theCase))];
  if (handling.rest === '') return [reply(handling.event, 'refusal', words.replyNeedsText)];
  return relay(handling, handling.rest, undefined);
};

const selesai: Handler = ({ event, state, person, theCase, rest }) => {
  if (theCase.status === 'closed') return [reply(event, 'refusal', words.alreadyClosed(theCase))];
  const next: Case = { ...theCase, status: 'closed', claimer: theCase.claimer ?? person.id };
  const step = `closed:${causeOf(event)}`;
  const told: Effect[] =
    theCase.withdrawnAt !== undefined
      ? []
      : [
          tell('reporter', next, rest === '' ? 'step' : 'relay', step, words.stepClosed(next, rest), {
            shows: 'nothing',
          }),
        ];
  return [
    {
      do: 'change-case',
      case: theCase.id,
      to: { status: 'closed', claimer: next.claimer, closedAt: state.now, dueAt: undefined },
    },
    ...(rest === ''
      ? []
      : [
          {
            do: 'add-entry',
            entry: {
              id: state.fresh.entry,
              case: theCase.id,
              kind: 'relay',
              by: person.id,
              text: rest,
              attachments: [],
              at: state.now,
            },
          } as const,
        ]),
    tell('officers', next, 'step', step, words.closed(next, person)),
    ...told,
    journal('case-closed', next),
  ];
};

const isi: Handler = ({ event, state, person, theCase }) => {
  if (state.chat?.kind === 'group') return [reply(event, 'refusal', words.onlyInPrivate)];
  if (!mayRead(person, theCase)) return [reply(event, 'refusal', words.claimFirst(theCase))];
  const deleted = deletedFor(person, theCase);
  const text = words.caseWords(theCase, state.office, allQuoted(state, theCase, deleted, LONG_QUOTE));
  const shown = { about: theCase, shows: 'words' } as const;
  return [
    reply(event, 'words', text, shown),
    ...filesOf(state, theCase, deleted).map(({ entry, media }) => ({
      ...reply(event, 'words', words.file(theCase, media.attachment.type), { ...shown, entry, media }),
      key: `words:${causeOf(event)}:${media.file}`,
    })),
    journal('words-shown', theCase),
  ];
};

const identitas: Handler = ({ event, state, person, theCase, rest }) => {
  if (state.chat?.kind === 'group') return [reply(event, 'refusal', words.onlyInPrivate)];
  if (!mayRead(person, theCase)) return [reply(event, 'refusal', words.claimFirst(theCase))];
  if (rest === '') return [reply(event, 'refusal', words.identityNeedsReason)];
  const reporter = state.people.find((candidate) => candidate.id === theCase.reporter);
  return [
    reply(
      event,
      'identity',
      words.identity(theCase, cleanLine(theCase.reporterName ?? '', 60), reporter?.address ?? ''),
      {
        about: theCase,
        shows: 'identity',
      },
    ),
    // Where the head himself is named, the one contact who handles it is already the one who asks.
    ...(theCase.restriction === 'second-contact'
      ? []
      : [
          tell(
            'head',
            theCase,
            'notice',
            `identity:${causeOf(event)}`,
            words.identityOpened(theCase, person, displayQuote(rest)),
          ),
        ]),
    journal('identity-shown', theCase),
  ];
};

/** A plain reply: kept, and sent only after a 👍. */
function note({ event, state, person, theCase }: Handling, text: string): Effect[] {
  const entry: Entry = {
    id: state.fresh.entry,
    case: theCase.id,
    kind: 'note',
    by: person.id,
    text,
    attachments: [],
    at: state.now,
  };
  const canSend = theCase.kind !== 'advert' && theCase.withdrawnAt === undefined && theCase.status !== 'closed';
  return [
    { do: 'add-entry', entry },
    reply(event, 'note', canSend ? words.noteKept : words.noteKeptOnly, { about: theCase, entry: entry.id }),
    journal('note-kept', theCase),
  ];
}

const HANDLERS: Partial<Record<CommandName, Handler>> = { ambil, balas, selesai, isi, identitas };

/** Where the officer stands: his message quotes or reacts to the bot, or names a code. */
function handlingOf(event: Heard, reading: Reading, state: State): Handling | undefined {
  if (!state.person || !isHandler(state) || !state.chat) return undefined;
  if (state.chat.kind === 'group' && !state.chat.officers) return undefined;
  if (!state.case || isDoubt(state.case)) return undefined;
  return { event, state, person: state.person, theCase: state.case, rest: reading.command?.rest ?? '' };
}

export const handleCase: Rule = (event, reading, state) => {
  if (event.kind !== 'message' && event.kind !== 'reaction') return undefined;
  const handling = handlingOf(event, reading, state);
  if (!handling) return undefined;
  // An officer may report too: what he says of his own case in private is a reporter's word, not a command.
  if (handling.theCase.reporter === handling.person.id && state.quoted && !isOfOffice(state)) return undefined;
  if (event.kind === 'reaction' && !isThumbsUp(event.emoji)) return [];
  if (!mayHandle(handling.person, handling.theCase)) {
    return reading.command || event.kind === 'reaction' ? notFor(handling) : undefined;
  }
  if (event.kind === 'reaction' || (isThumbsUp(event.text) && state.quoted)) return thumbsUp(handling);
  const handler = reading.command && HANDLERS[reading.command.name];
  if (handler)
    return namesOneCase(handling.theCase, reading) ? handler(handling) : [reply(event, 'refusal', words.nameTheCase)];
  if (!state.quoted || !isOfOffice(state)) return undefined;
  // A photo or a voice note cannot be passed on yet, and is no report of the officer's own.
  if (event.text.trim() === '') return [reply(event, 'refusal', words.onlyText)];
  return note(handling, event.text);
};

/** A command must not go to one case while it speaks of another. */
const namesOneCase = (theCase: Case, reading: Reading) => reading.codes.every((code) => code === theCase.code);

/** The quoted message is one that the office hears, not one that reporters do. */
const isOfOffice = (state: State) =>
  state.quoted?.purpose === 'alert' ||
  state.quoted?.purpose === 'words' ||
  state.quoted?.purpose === 'note' ||
  state.quoted?.purpose === 'identity' ||
  state.quoted?.purpose === 'notice' ||
  (state.quoted?.purpose === 'step' && state.case?.reporter !== state.person?.id) ||
  state.quoted?.purpose === 'refusal';

function thumbsUp(handling: Handling): Effect[] {
  const { state, theCase } = handling;
  if (state.quoted?.purpose === 'note') {
    const entry = state.entries.find((candidate) => candidate.id === state.quoted?.entry);
    if (!entry || theCase.status === 'closed') return [];
    return relay(handling, entry.text, entry);
  }
  if (state.quoted?.purpose === 'alert' || state.quoted?.purpose === 'words') {
    // The same 👍 given to a case that is taken or closed needs no word.
    if (theCase.claimer === handling.person.id || theCase.status === 'closed') return [];
    return ambil({ ...handling, rest: '' });
  }
  return [];
}

/** A command that names no case of this person's, or none at all. */
export const unknownCase: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isHandler(state) || !state.chat) return undefined;
  if (state.chat.kind === 'group' && !state.chat.officers) return undefined;
  if (!reading.command || !HANDLERS[reading.command.name]) return undefined;
  if (reading.codes.length > 0) return [reply(event, 'refusal', words.noSuchCase)];
  return state.chat.kind === 'private' && reading.command.name !== 'isi'
    ? [reply(event, 'refusal', words.nameTheCase)]
    : undefined;
};

export const listCases: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'daftar' || reading.command.rest !== '') return undefined;
  const { person, chat } = state;
  if (!person || !chat || !isHandler(state) || (chat.kind === 'group' && !chat.officers)) return undefined;
  const visible = state.openCases.filter((theCase) =>
    chat.kind === 'group' ? theCase.restriction === 'none' : mayHandle(person, theCase),
  );
  const sorted = [...visible].sort(
    (a, b) => Number(b.severity === 'darurat') - Number(a.severity === 'darurat') || a.openedAt - b.openedAt,
  );
  return [reply(event, 'list', words.openList(sorted, state.office, state.people, state.now))];
};
