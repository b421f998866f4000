// The content: reads and checks data/ once, the office's own files over the shipped ones; all faults named together.

import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { ContentError, type Fault, readText } from './content/checked.ts';
import { loadLanguage } from './content/language.ts';
import { type Cast, loadOffice, type StaffMember } from './content/office.ts';
import { readTopic, repeatedPlaces, repeatedQuestions, type TopicFile } from './content/topics.ts';
import type { Content } from './core/read.ts';
import type { Office } from './core/types.ts';
import { prepare } from './core/understand.ts';

export { ContentError } from './content/checked.ts';
export type { Cast, CastGroup, CastPerson, StaffMember } from './content/office.ts';

export interface LoadedContent extends Content {
  readonly office: Office;
  /** The office's own people. */
  readonly staff: readonly StaffMember[];
  readonly simulator: Cast;
}

/**
 * Reads everything the bot knows by heart.
 * @param shipped the folder data/
 * @param local DATA_DIR, whose topics/*.md and office.yaml are read over the shipped ones; need not exist
 * @throws ContentError with all faults of all files, each `file:line: what is wrong`
 */
export function loadContent(shipped: string, local: string): LoadedContent {
  const faults: Fault[] = [];
  const topics = loadTopics(shipped, local, faults);
  const office = loadOffice(placeOf(join(shipped, 'office.yaml')), placeOf(join(local, 'office.yaml')), faults);
  const vocabulary = loadLanguage(join(shipped, 'language'), shownAs(join(shipped, 'language')), faults);
  if (faults.length > 0 || !office || !vocabulary) throw new ContentError(faults);
  const all = topics.map(({ topic }) => topic);
  const menu = topics
    .filter(({ menu }) => menu !== undefined)
    .sort((one, other) => (one.menu ?? 0) - (other.menu ?? 0))
    .map(({ topic }) => topic);
  return { topics: all, menu, understanding: prepare(all, vocabulary), ...office };
}

/** All topics in the order of their ids; a local file takes the place of the shipped one of its name. */
function loadTopics(shipped: string, local: string, faults: Fault[]): TopicFile[] {
  const paths = new Map<string, string>();
  for (const folder of [join(shipped, 'topics'), join(local, 'topics')])
    for (const name of topicFilesIn(folder, faults)) paths.set(name, join(folder, name));
  if (paths.size === 0) faults.push(`${shownAs(join(shipped, 'topics'))}:1: there is no topic`);
  const files: TopicFile[] = [];
  for (const name of [...paths.keys()].sort()) {
    const place = placeOf(paths.get(name) ?? '');
    const content = readText(place.path, place.shown, faults);
    const file = content === undefined ? undefined : readTopic(place.shown, content, faults);
    if (file) files.push(file);
  }
  const asked = files.map(({ topic, opened }) => ({ questions: topic.questions, opened }));
  faults.push(...repeatedQuestions(asked), ...repeatedPlaces(files));
  return files;
}

/** Names of the Markdown files in a folder. What an editor or a file manager leaves behind (`._x.md`, `x.md~`) is none. */
function topicFilesIn(folder: string, faults: Fault[]): string[] {
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
