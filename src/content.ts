// The content: reads and checks data/ once, the office's own files over the shipped ones; all faults named together.

import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { type BroadcastFile, LONGEST_BROADCAST, readBroadcast } from './content/broadcasts.ts';
import { ContentError, type Fault, readText } from './content/checked.ts';
import { readExamples } from './content/examples.ts';
import { type Dialled, type Filled, fill } from './content/facts.ts';
import { loadLanguage } from './content/language.ts';
import { type Lessons, learnt } from './content/learning.ts';
import { loadMenu } from './content/menu.ts';
import { type Cast, loadOffice, type StaffMember } from './content/office.ts';
import { LONGEST_ANSWER, LONGEST_MORE, readTopic, repeatedQuestions, type TopicFile } from './content/topics.ts';
import type { Content } from './core/read.ts';
import type { Office } from './core/types.ts';
import { prepare, wordsOf } from './core/understand.ts';

export { ContentError } from './content/checked.ts';
export type { Cast, CastGroup, CastPerson, StaffMember } from './content/office.ts';

/** All that data/ says, checked; what is learnt from it is missing yet (see `taught`). */
export interface LoadedContent extends Omit<Content, 'understanding'> {
  readonly lessons: Lessons;
  readonly office: Office;
  /** The office's own people. */
  readonly staff: readonly StaffMember[];
  readonly simulator: Cast;
  readonly filled: Filled;
  /** The telephone numbers among the office's facts, with the day they were dialled. */
  readonly dialled: Dialled;
  /** The files behind the topics and the ready-made broadcasts, as they are written. */
  readonly files: { readonly topics: readonly TopicFile[]; readonly broadcasts: readonly BroadcastFile[] };
}

/**
 * Reads everything the bot knows by heart.
 * @param shipped the folder data/
 * @param local DATA_DIR, whose topics/*.md, broadcasts/*.md, menu.yaml and office.yaml are read over the shipped ones; need not exist
 * @throws ContentError with all faults of all files, each `file:line: what is wrong`
 */
export function loadContent(shipped: string, local: string): LoadedContent {
  const faults: Fault[] = [];
  const office = loadOffice(placeOf(join(shipped, 'office.yaml')), placeOf(join(local, 'office.yaml')), faults);
  const written = loadFolder('topics', shipped, local, faults, readTopic);
  const ids = [...filesOf('topics', shipped, local, faults).keys()].map((name) => basename(name, '.md'));
  if (ids.length === 0) faults.push(`${shownAs(join(shipped, 'topics'))}:1: there is no topic`);
  faults.push(...repeatedQuestions(written.map(({ topic, opened }) => ({ questions: topic.questions, opened }))));
  const filled = office?.filled ?? new Map();
  const topics = written.map(({ topic, opened }) => ({
    ...topic,
    answer: filledText('answer', topic.answer, LONGEST_ANSWER, opened.file, filled, faults),
    more: filledText('longer text', topic.more, LONGEST_MORE, opened.file, filled, faults),
  }));
  const broadcasts = loadFolder('broadcasts', shipped, local, faults, (shown, content) =>
    readBroadcast(shown, content, ids, faults),
  );
  const readyBroadcasts = broadcasts.map(({ file, title, text }) => ({
    title,
    text: filledText('message', text, LONGEST_BROADCAST, file, filled, faults),
  }));
  const ownMenu = join(local, 'menu.yaml');
  const menuAt = placeOf(existsSync(ownMenu) ? ownMenu : join(shipped, 'menu.yaml'));
  const menu = loadMenu(menuAt, ids, topics, faults);
  const vocabulary = loadLanguage(join(shipped, 'language'), shownAs(join(shipped, 'language')), faults);
  const taughtBy = [shipped, local].map((parent) =>
    readExamples(join(parent, 'examples'), shownAs(join(parent, 'examples')), ids, faults),
  );
  if (faults.length > 0 || !office || !menu || !vocabulary) throw new ContentError(faults);
  return {
    topics,
    menu,
    readyBroadcasts,
    checked: [
      ...written.map(({ topic, checkAgain }) => ({ title: topic.title, checkAgain })),
      ...broadcasts.map(({ title, checkAgain }) => ({ title: `Siaran: ${title}`, checkAgain })),
    ],
    lessons: {
      topics,
      vocabulary,
      words: wordsOf(topics, vocabulary, namesOf(office)),
      examples: taughtBy.flatMap(({ examples }) => examples),
      digests: taughtBy.map(({ digest }) => digest),
    },
    files: { topics: written, broadcasts },
    ...office,
  };
}

/** The names of villages and people that the office's files know. */
const namesOf = ({ office, staff, simulator }: Pick<LoadedContent, 'office' | 'staff' | 'simulator'>): string[] => [
  ...office.villages.flatMap(({ name, district, aliases }) => [name, district, ...aliases]),
  ...staff.map(({ name }) => name),
  ...simulator.people.map(({ name }) => name),
];

/**
 * The content together with what is learnt from its examples. The first time for just this content it takes seconds.
 * @param folders where what was learnt before is looked for and kept
 */
export function taught<T extends LoadedContent>(content: T, folders: readonly string[]): T & Content {
  const { topics, words } = content.lessons;
  return { ...content, understanding: prepare(topics, words, learnt(content.lessons, folders)) };
}

/** A text with the office's facts put in; they may make it too long, and without them nothing may be left of it. */
function filledText(
  what: string,
  text: string,
  longest: number,
  shown: string,
  filled: Filled,
  faults: Fault[],
): string {
  const said = fill(text, filled);
  const length = [...said].length;
  if (length === 0) faults.push(`${shown}:1: without the office's facts nothing is left of the ${what}`);
  if (length > longest)
    faults.push(`${shown}:1: with the office's facts the ${what} has ${length} characters, may have ${longest}`);
  return said;
}

/** The files of a folder in the order of their names; a local file takes the place of the shipped one of its name. */
function loadFolder<T>(
  folder: 'topics' | 'broadcasts',
  shipped: string,
  local: string,
  faults: Fault[],
  read: (shown: string, content: string, faults: Fault[]) => T | undefined,
): T[] {
  return [...filesOf(folder, shipped, local, faults).values()].flatMap((path) => {
    const place = placeOf(path);
    const content = readText(place.path, place.shown, faults);
    const file = content === undefined ? undefined : read(place.shown, content, faults);
    return file === undefined ? [] : [file];
  });
}

/** Name -> path of the Markdown files of a folder, in the order of their names. */
function filesOf(folder: string, shipped: string, local: string, faults: Fault[]): Map<string, string> {
  const paths: [string, string][] = [];
  for (const parent of [join(shipped, folder), join(local, folder)])
    for (const name of markdownFilesIn(parent, faults)) paths.push([name, join(parent, name)]);
  return new Map(paths.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}

/** Names of the Markdown files in a folder. What an editor or a file manager leaves behind (`._x.md`, `x.md~`) is none. */
function markdownFilesIn(folder: string, faults: Fault[]): string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md') && !name.startsWith('.'));
  } catch {
    faults.push(`${shownAs(folder)}:1: the folder cannot be read`);
    return [];
  }
}

function placeOf(path: string) {
  return { path, shown: shownAs(path) };
}

/** A path as a person of the office would name it: from the project's folder on, elsewhere as it was given. */
function shownAs(path: string): string {
  const inside = relative(resolve(import.meta.dirname, '..'), resolve(path));
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
