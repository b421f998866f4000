// Rule family: broadcasts. Admins make them in a dialog; the tick sends what is due, once.

import { isBare } from './read.ts';
import { isAdminInPrivate, isAnswerTo, journal, reply } from './saying.ts';
import { MINUTE, nextDates, parseSchedule } from './time.ts';
import type {
  Broadcast,
  BroadcastDraft,
  Effect,
  MessageEvent,
  Question,
  Reading,
  Rule,
  Say,
  State,
  VillageId,
} from './types.ts';
import * as words from './words.ts';

/** WhatsApp folds longer messages away behind "read more". */
export const BROADCAST_LIMIT = 1_500;
/** A broadcast that goes out later than this was missed, and its own rule for lateness holds. */
const LATE = 10 * MINUTE;

type Step = Extract<Question, { about: 'broadcast' }>['step'];

function ask(event: MessageEvent, step: Step, draft: BroadcastDraft, text: string): Effect[] {
  return [reply(event, 'dialog', text), { do: 'ask', question: { about: 'broadcast', step, draft } }];
}

// ---------------------------------------------------------------- the dialog

type Complete = Required<BroadcastDraft>;

function isComplete(draft: BroadcastDraft): draft is Complete {
  return (
    draft.text !== undefined && draft.villages !== undefined && draft.schedule !== undefined && draft.late !== undefined
  );
}

/** Asks for the first thing still missing, and at last for the `ya`. */
function askMissing(event: MessageEvent, state: State, draft: BroadcastDraft): Effect[] {
  if (draft.text === undefined) return ask(event, 'text', draft, words.askBroadcastText);
  if (draft.villages === undefined) return ask(event, 'villages', draft, words.askBroadcastVillages(state.office));
  if (draft.schedule === undefined) return ask(event, 'schedule', draft, words.askBroadcastSchedule);
  // An hour's delay harms a one-time message little; a weekly one comes again anyway.
  const complete: BroadcastDraft = {
    ...draft,
    late: draft.late ?? (draft.schedule.every === 'once' ? 'send' : 'skip'),
  };
  if (!isComplete(complete)) return [];
  const dates = nextDates(complete.schedule, state.now, 3);
  return ask(event, 'confirm', complete, words.confirmBroadcast(complete, state.office, dates));
}

function takeText(event: MessageEvent, reading: Reading, state: State, draft: BroadcastDraft, text: string): Effect[] {
  if (text === '') return ask(event, 'text', draft, words.askBroadcastText);
  if (/^contoh$/i.test(text)) return ask(event, 'ready', draft, words.readyBroadcasts(reading.readyBroadcasts));
  if (text.length > BROADCAST_LIMIT)
    return ask(event, 'text', draft, words.broadcastTooLong(text.length, BROADCAST_LIMIT));
  return askMissing(event, state, { ...draft, text });
}

/** A number picks a ready broadcast; anything else is a text of one's own. */
function takeReady(event: MessageEvent, reading: Reading, state: State, draft: BroadcastDraft): Effect[] {
  if (reading.choice?.is !== 'number') return takeText(event, reading, state, draft, event.text.trim());
  const ready = reading.readyBroadcasts[reading.choice.number - 1];
  if (!ready) return ask(event, 'ready', draft, words.readyBroadcasts(reading.readyBroadcasts));
  return askMissing(event, state, { ...draft, text: ready.text });
}

function takeVillages(event: MessageEvent, reading: Reading, state: State, draft: BroadcastDraft): Effect[] {
  const { villages } = state.office;
  if (/\b(semua|seluruh|semuo)\b/i.test(reading.text)) return askMissing(event, state, { ...draft, villages: [] });
  const lower = reading.text.toLowerCase();
  const numbers = [...lower.matchAll(/(?<![\p{L}\d])\d+(?![\p{L}\d])/gu)].map((match) => Number(match[0]));
  const named = villages.filter((village) =>
    [village.name, ...village.aliases].some((name) => lower.includes(name.toLowerCase())),
  );
  const numbered = numbers.map((number) => villages[number - 1]);
  if (numbered.includes(undefined) || (named.length === 0 && numbered.length === 0)) {
    return ask(event, 'villages', draft, words.villagesUnclear(state.office));
  }
  const ids = new Set<VillageId>();
  for (const village of [...named, ...numbered]) if (village) ids.add(village.id);
  return askMissing(event, state, { ...draft, villages: [...ids] });
}

function takeSchedule(event: MessageEvent, reading: Reading, state: State, draft: BroadcastDraft): Effect[] {
  const schedule = parseSchedule(reading.text, state.now);
  if (typeof schedule === 'string') return ask(event, 'schedule', draft, words.scheduleUnclear(schedule));
  const late = /\blewat/i.test(reading.text) ? 'skip' : /\bterlambat\b/i.test(reading.text) ? 'send' : undefined;
  return askMissing(event, state, { ...draft, schedule, ...(late && { late }) });
}

function confirm(event: MessageEvent, reading: Reading, state: State, draft: Complete): Effect[] {
  if (reading.choice?.is === 'skip') return askMissing(event, state, { ...draft, late: 'skip' });
  if (/^\s*terlambat\b/i.test(reading.text)) return askMissing(event, state, { ...draft, late: 'send' });
  if (reading.choice?.is === 'no') return [reply(event, 'dialog', words.stopped), { do: 'drop-question' }];
  const dueAt = nextDates(draft.schedule, state.now, 1)[0];
  if (dueAt === undefined) {
    const { schedule: _, ...rest } = draft;
    return ask(event, 'schedule', rest, words.scheduleUnclear('past'));
  }
  if (reading.choice?.is !== 'yes') return askMissing(event, state, draft);
  const number = Math.max(0, ...state.broadcasts.map((broadcast) => broadcast.number)) + 1;
  const broadcast: Broadcast = {
    id: state.fresh.broadcast,
    number,
    ...draft,
    status: 'active',
    dueAt,
    by: state.person?.id as Broadcast['by'],
  };
  return [
    { do: 'save-broadcast', broadcast },
    { do: 'drop-question' },
    reply(event, 'dialog', words.broadcastSaved(broadcast)),
    journal('broadcast-saved'),
  ];
}

/** An answer to what the dialog asked. */
export const continueBroadcast: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isAdminInPrivate(state) || !isAnswerTo(state)) return undefined;
  const question = state.asked?.question;
  if (question?.about !== 'broadcast' && question?.about !== 'delete-broadcast') return undefined;
  if (reading.command?.name === 'batal' && isBare(reading.command)) {
    return [reply(event, 'dialog', words.stopped), { do: 'drop-question' }];
  }
  if (reading.command?.name === 'siaran') return undefined;
  if (question.about === 'delete-broadcast') return deleteAfterYes(event, reading, state, question);
  switch (question.step) {
    case 'text':
      return takeText(event, reading, state, question.draft, event.text.trim());
    case 'ready':
      return takeReady(event, reading, state, question.draft);
    case 'villages':
      return takeVillages(event, reading, state, question.draft);
    case 'schedule':
      return takeSchedule(event, reading, state, question.draft);
    case 'confirm':
      return isComplete(question.draft)
        ? confirm(event, reading, state, question.draft)
        : askMissing(event, state, question.draft);
    default:
      return question.step satisfies never;
  }
};

function deleteAfterYes(
  event: MessageEvent,
  reading: Reading,
  state: State,
  question: Extract<Question, { about: 'delete-broadcast' }>,
): Effect[] | undefined {
  const broadcast = state.broadcasts.find((candidate) => candidate.id === question.broadcast);
  if (reading.choice?.is === 'no' || !broadcast)
    return [reply(event, 'dialog', words.stopped), { do: 'drop-question' }];
  if (reading.choice?.is !== 'yes') return undefined;
  return [
    { do: 'delete-broadcast', broadcast: broadcast.id },
    { do: 'drop-question' },
    reply(event, 'dialog', words.broadcastDeleted(broadcast)),
    journal('broadcast-deleted'),
  ];
}

// ---------------------------------------------------------------- `siaran`

/** `siaran`, `siaran baru`, `siaran 2`, `siaran 2 jeda`. */
export const manageBroadcasts: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isAdminInPrivate(state) || reading.command?.name !== 'siaran') return undefined;
  const rest = reading.command.rest;
  const making = /^(?:baru|buat|tambah)\b[\s:]*(.*)$/is.exec(rest);
  if (making) {
    // What stands behind "siaran baru" is already the text.
    const text = making[1]?.trim() ?? '';
    return text === '' ? askMissing(event, state, {}) : takeText(event, reading, state, {}, text);
  }
  const numbered = /^(?:nomor\s*)?(\d{1,4})\s*(\p{L}*)/u.exec(rest);
  // Taken from the other side as well: "siaran hapus 2".
  const turned = /^(\p{L}+)\s+(\d{1,4})$/u.exec(rest);
  const number = Number(numbered?.[1] ?? turned?.[2]);
  const verb = (numbered?.[2] ?? turned?.[1] ?? '').toLowerCase();
  if (!number) return [reply(event, 'list', words.broadcastList(state.broadcasts, state.office))];
  const broadcast = state.broadcasts.find((candidate) => candidate.number === number);
  if (!broadcast) return [reply(event, 'refusal', words.noSuchBroadcast)];
  return change(event, state, broadcast, verb);
};

function change(event: MessageEvent, state: State, broadcast: Broadcast, verb: string): Effect[] {
  switch (verb) {
    case 'jeda':
      if (broadcast.status !== 'active') break;
      return [
        { do: 'change-broadcast', broadcast: broadcast.id, to: { status: 'paused', dueAt: undefined } },
        reply(event, 'dialog', words.broadcastPaused(broadcast)),
        journal('broadcast-paused'),
      ];
    case 'lanjut':
    case 'lanjutkan': {
      const dueAt = nextDates(broadcast.schedule, state.now, 1)[0];
      if (dueAt === undefined) return [reply(event, 'refusal', words.broadcastOver(broadcast))];
      return [
        { do: 'change-broadcast', broadcast: broadcast.id, to: { status: 'active', dueAt } },
        reply(event, 'dialog', words.broadcastResumed(broadcast, dueAt)),
        journal('broadcast-resumed'),
      ];
    }
    case 'hapus':
      return [
        reply(event, 'dialog', words.confirmDelete(broadcast)),
        { do: 'ask', question: { about: 'delete-broadcast', broadcast: broadcast.id } },
      ];
  }
  const dates = broadcast.status === 'active' ? nextDates(broadcast.schedule, state.now, 3) : [];
  return [reply(event, 'dialog', words.broadcastShown(broadcast, state.office, dates))];
}

// ---------------------------------------------------------------- sending

function sendDue(broadcast: Broadcast, dueAt: number, state: State): Effect[] {
  const following = nextDates(broadcast.schedule, state.now, 1)[0];
  const missed = state.now - dueAt > LATE;
  const groups = state.groups.filter(
    (group) =>
      group.village !== undefined && (broadcast.villages.length === 0 || broadcast.villages.includes(group.village)),
  );
  const says: Say[] = groups.map((group) => ({
    do: 'say',
    to: { role: 'group', chat: group.id },
    text: broadcast.text,
    key: `broadcast:${broadcast.id}:${dueAt}`,
    urgency: 'broadcast',
    purpose: 'broadcast',
    shows: 'nothing',
  }));
  return [
    {
      do: 'change-broadcast',
      broadcast: broadcast.id,
      to: following === undefined ? { status: 'done', dueAt: undefined } : { dueAt: following },
    },
    ...(missed && broadcast.late === 'skip' ? [] : says),
    journal(missed ? `broadcast-late-${broadcast.late}` : 'broadcast-sent'),
  ];
}

/** What fell due while the bot was off is sent late, once, or skipped, as the broadcast says. */
export const sendBroadcasts: Rule = (event, _reading, state) => {
  if (event.kind !== 'tick') return undefined;
  return state.due.flatMap((due) => (due.what === 'broadcast' ? sendDue(due.broadcast, due.at, state) : []));
};

/** Reminds the admins, once for each date, of what is to be checked again. */
export const remindToCheck: Rule = (event, reading) => {
  if (event.kind !== 'tick') return undefined;
  const dates = [...new Set(reading.toCheck.map((one) => one.checkAgain))];
  return dates.map((date) => ({
    do: 'say',
    to: { role: 'admins' },
    text: words.recheck(reading.toCheck.filter((one) => one.checkAgain === date)),
    key: `recheck:${date}`,
    urgency: 'broadcast',
    purpose: 'notice',
    shows: 'nothing',
  }));
};
