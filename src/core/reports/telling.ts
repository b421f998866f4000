// What of a report is told to the office, and to whom it is restricted.

import { mayRead } from '../audience.ts';
import { isRecent, journal, messageOf, tell } from '../saying.ts';
import { displayQuote, normalise, type QuoteLimit } from '../text.ts';
import { addOfficeMinutes, MINUTE } from '../time.ts';
import type {
  Attachment,
  Case,
  Effect,
  Entry,
  EntryId,
  Meaning,
  MessageEvent,
  Millis,
  Person,
  Reading,
  Restriction,
  State,
  StoredFile,
  Told,
} from '../types.ts';
import * as words from '../words.ts';

// ---------------------------------------------------------------- who may hear

const STRICTER: readonly Restriction[] = ['none', 'head', 'second-contact'];

export const stricter = (a: Restriction, b: Restriction): Restriction =>
  STRICTER.indexOf(a) >= STRICTER.indexOf(b) ? a : b;

const FORM_OF_ADDRESS = /^(pak|bapak|bpk|bu|ibu|buk|bang|abang|kades|kadus|camat|lurah|haji|hj|h)$/;
/** What follows a name when somebody is spoken to, rather than spoken of. */
const REQUEST =
  /^(tolong|mohon|mhn|minta tolong|izin|ijin|mau|saya|sy|aku|ambo|awak|kami|maaf|numpang|assalamualaikum|selamat)$/;

/** What may stand before a name that is called; anything else speaks of him. */
const GREETING = '(?:ass?alam\\S*|wr|wb|halo|hai|selamat|pagi|siang|sore|malam|izin|permisi|maaf|tolong|mohon)';

/** True when a staff member's own name stands in the text other than as the one who is spoken to. */
function isNamed(name: string, reading: Reading): boolean {
  // "Pak Kades Yusuf" is known by what is neither form of address nor office.
  const own = normalise(name).find((word) => !FORM_OF_ADDRESS.test(word));
  if (!own || own.length < 3) return false;
  // "Pak Budi, …" calls him, "Pak Budi minta uang" accuses him; words alone have lost the comma.
  const called = new RegExp(
    `^\\W*(${GREETING}\\W+){0,4}(pak|bapak|bpk|bu|ibu|buk|bang)\\s+${own}\\s*([,.!\\n]|$)`,
    'iu',
  );
  return reading.words.some((word, i) => {
    if (word !== own) return false;
    const addressed = i <= 4 && FORM_OF_ADDRESS.test(reading.words[i - 1] ?? '');
    return !(addressed && (REQUEST.test(reading.words[i + 1] ?? '') || called.test(reading.text)));
  });
}

/** Who alone may hear: the head when officers, officials or the police are named, the second contact when the head is. */
export function restrictionOf(meaning: Meaning, reading: Reading, state: State): Restriction {
  let restriction: Restriction = 'none';
  for (const accused of meaning.accuses) {
    restriction = stricter(restriction, accused === 'head' ? 'second-contact' : 'head');
  }
  for (const person of state.staff) {
    if (person.name && isNamed(person.name, reading)) {
      restriction = stricter(restriction, person.role === 'head' ? 'second-contact' : 'head');
    }
  }
  return restriction;
}

/** What a message tells, with who may hear of it. */
export function toldBy(event: MessageEvent, reading: Reading, state: State, meaning: Meaning): Told {
  return { text: event.text, meaning, restriction: restrictionOf(meaning, reading, state), at: event.at };
}

// ---------------------------------------------------------------- its words

/** A sticker tells nothing; anything else may be the report itself. */
export const isTold = (attachment: Attachment) => attachment.type !== 'sticker';
export const hasWords = (text: string) => text.trim() !== '';
export const typesOf = (attachments: readonly Attachment[]) => attachments.map((attachment) => attachment.type);

/** A contact and a place say all in their name. */
const saysItself = (attachment: Attachment) => attachment.type === 'contact' || attachment.type === 'place';

/** An entry as a private message may show it: nobody's words can pass for the bot's. */
export function quoted(entry: Pick<Entry, 'text' | 'attachments' | 'contacts'>, most?: QuoteLimit): string {
  const shown: string[] = [];
  if (hasWords(entry.text)) shown.push(displayQuote(entry.text, most));
  const named = entry.attachments.filter((attachment) => attachment.name && saysItself(attachment));
  const unread = entry.attachments.filter((attachment) => !named.includes(attachment));
  if (unread.length > 0 || shown.length + named.length === 0) shown.push(words.noWords(typesOf(unread)));
  for (const attachment of named) {
    shown.push(displayQuote(`${words.attachmentsText([attachment.type])}: ${attachment.name}`));
  }
  if (entry.contacts && entry.contacts.length > 0) shown.push(words.contacts(entry.contacts));
  return shown.join('\n');
}

/** When it was written, where that was long before it was heard. */
export const writtenLate = (event: MessageEvent, state: State) =>
  isRecent(event, state) ? '' : `\n${words.writtenAt(event.at)}`;

/** What a reporter deleted, in what is urgent or about a child, is for readers of a withdrawn case alone. */
export type Deleted = 'shown' | 'hidden';

/** Whether this person may still read what a reporter deleted. */
export const deletedFor = (person: Person, theCase: Case): Deleted =>
  mayRead(person, { ...theCase, withdrawnAt: theCase.withdrawnAt ?? theCase.openedAt }) ? 'shown' : 'hidden';

/** An entry among the others of its case: what became of its message stands above it. */
function quotedAmong(entries: readonly Entry[], entry: Entry, deleted: Deleted, most?: QuoteLimit): string {
  if (entry.revokedAt !== undefined && (deleted === 'hidden' || isBlank(entry))) return words.deletedEntry;
  const earlier = entries.slice(0, entries.indexOf(entry));
  const changes = entry.message !== undefined && earlier.some((other) => other.message === entry.message);
  const marks = [
    ...(entry.revokedAt === undefined ? [] : [words.deletedMark]),
    ...(changes ? [words.changedMark] : []),
  ];
  return [...marks, quoted(entry, most)].join('\n');
}

/** Its words were taken away. */
export const isBlank = (entry: Entry) => entry.text === '' && entry.attachments.length === 0;

/** What reporters told in a case, oldest first. */
export const toldIn = (state: State, theCase: Pick<Case, 'id'>) =>
  state.entries.filter((entry) => entry.kind === 'report' && entry.case === theCase.id);

/** Characters of quotes in one message; WhatsApp takes 65,536 in all. */
const MOST_SHOWN = 30_000;

/** What was told in a case, oldest first. */
export function allQuoted(
  state: State,
  theCase: Pick<Case, 'id'>,
  deleted: Deleted = 'hidden',
  most?: QuoteLimit,
): string {
  const told = toldIn(state, theCase);
  if (told.length === 0) return words.noWords([]);
  // The newest that fit; a longer message the channel would refuse for ever.
  const shown: string[] = [];
  let room = MOST_SHOWN;
  for (const entry of told.toReversed()) {
    const quote = quotedAmong(told, entry, deleted, most);
    room -= quote.length;
    if (room < 0 && shown.length > 0) break;
    shown.unshift(quote);
  }
  const hidden = told.length - shown.length;
  return [...(hidden > 0 ? [words.earlierEntries(hidden)] : []), ...shown].join('\n');
}

export function entryOf(
  event: MessageEvent,
  state: State,
  theCase: Pick<Case, 'id'>,
  text: string,
  { contacts }: Meaning,
): Entry {
  return {
    id: state.fresh.entry,
    case: theCase.id,
    kind: 'report',
    by: state.person?.id as Entry['by'],
    text,
    attachments: event.attachments,
    ...(contacts.length > 0 && { contacts }),
    at: event.at,
    message: messageOf(event),
  };
}

/** Keeps an entry, and fetches what came with it. */
export function keep(entry: Entry): Effect[] {
  const contents = entry.attachments.filter(
    (attachment) => attachment.ref && isTold(attachment) && !saysItself(attachment),
  );
  return [
    { do: 'add-entry', entry },
    ...contents.map((attachment): Effect => ({ do: 'fetch-media', case: entry.case, entry: entry.id, attachment })),
  ];
}

// ---------------------------------------------------------------- what came with them

/** So many files of a case are sent at once, the newest; nobody looks through more on a phone. */
const MOST_FILES = 20;

/** A file that came with an entry, as it goes to who may read the words; never to a group. */
export function tellFile(
  role: 'claimer' | 'village-officer' | 'head',
  theCase: Case,
  step: string,
  entry: EntryId,
  media: StoredFile,
): Effect {
  // Not as an alert: it comes after the words, and where too much is alarming at once words and alerts go first.
  const text = words.file(theCase, media.attachment.type);
  return tell(role, theCase, 'words', `${step}:${media.file}`, text, { urgency: 'reply', entry, media });
}

/** The files of a case, oldest first. */
export function filesOf(
  state: State,
  theCase: Case,
  deleted: Deleted = 'hidden',
): { readonly entry: EntryId; readonly media: StoredFile }[] {
  return toldIn(state, theCase)
    .filter((entry) => entry.revokedAt === undefined || deleted === 'shown')
    .flatMap((entry) => (entry.files ?? []).map((media) => ({ entry: entry.id, media })))
    .slice(-MOST_FILES);
}

// ---------------------------------------------------------------- the alert

/** When a case that nobody claims climbs next: urgent at any hour, others within office hours. */
export function escalatesAt(theCase: Pick<Case, 'severity'>, state: State, minutes?: number): Millis {
  const { ladder, hours } = state.office;
  return theCase.severity === 'darurat'
    ? state.now + (minutes ?? ladder.urgentMinutes) * MINUTE
    : addOfficeMinutes(hours, state.now, minutes ?? ladder.ordinaryMinutes);
}

/**
 * Tells the office of a case that is new or open again: the outline to the officers' group, the words to who may read them.
 * @param step tells one telling of this case from another
 * @param entry the one that `quote` shows, where it shows but one
 */
export function alerts(
  theCase: Case,
  state: State,
  quote: string,
  step: string,
  outline: string,
  entry?: EntryId,
): Effect[] {
  const told: Effect[] = [
    tell('officers', theCase, 'alert', step, outline),
    tell('village-officer', theCase, 'words', step, words.caseWords(theCase, state.office, quote), entry && { entry }),
  ];
  // Nobody's village: the head hears as well as the officers' group.
  if (!theCase.village) told.push(tell('head', theCase, 'alert', step, outline));
  return [...told, ...missingOfficer(theCase, state, step)];
}

/** The admins hear that a village has no officer who could be told its words. */
export function missingOfficer(theCase: Case, state: State, step: string): Effect[] {
  const village = state.office.villages.find((candidate) => candidate.id === theCase.village);
  const own = state.staff.filter((person) => person.role === 'officer' && person.village === theCase.village);
  if (!village || theCase.restriction !== 'none' || own.some((person) => person.active)) return [];
  return [
    tell('admins', theCase, 'notice', `missing:${step}`, words.missingOfficer(village), { shows: 'nothing' }),
    journal('officer-missing', theCase),
  ];
}
