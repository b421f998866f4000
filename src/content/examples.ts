// Reads data/examples/: messages of villagers, each with what it is, from which the bot learns.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind, Severity, TopicId } from '../core/types.ts';
import type { Example } from '../core/understand.ts';
import { type Fault, readText } from './checked.ts';

/** What the messages of a file are. */
interface Meant {
  readonly kind: Kind;
  readonly severity?: Severity;
  readonly inPassing?: boolean;
}

/** What a folder has, and a digest that is the same for the same files. */
export interface Examples {
  readonly examples: readonly Example[];
  readonly digest: string;
}

/** A file a kind; questions have a file a topic instead, in the folder of this name. */
const FILES: Readonly<Record<string, Meant>> = {
  'report-darurat.txt': { kind: 'report', severity: 'darurat' },
  'report-biasa.txt': { kind: 'report', severity: 'biasa' },
  'warn.txt': { kind: 'warn' },
  'human.txt': { kind: 'human' },
  'menu.txt': { kind: 'menu' },
  'silent-lookalike.txt': { kind: 'silent', inPassing: true },
  'silent-everyday.txt': { kind: 'silent' },
};
const QUESTIONS = 'answer';

/** Whose the messages below a line `[name]` are; above the first, nobody's in particular. */
const HAND = /^\[([a-z][a-z0-9-]*)\]$/;

/**
 * Reads the examples of a folder: one message a line, `\n` for a line break in it, `#` before a remark, `[name]` above
 * what one writer wrote. A message in the files of several topics is answered rightly by each.
 * @param dir the folder; a local one need not exist
 * @param shown the same folder as faults name it
 * @param topics ids of the topics there are
 */
export function readExamples(dir: string, shown: string, topics: readonly string[], faults: Fault[]): Examples {
  const hash = createHash('sha256');
  const found = new Map<string, Example & { readonly at: string }>();
  const add = (name: string, meant: Meant, topic?: TopicId) => {
    const text = readText(join(dir, name), `${shown}/${name}`, faults);
    if (text === undefined) return;
    hash.update(name).update(text);
    addLines(text, `${shown}/${name}`, meant, topic, found, faults);
  };
  for (const name of namesIn(dir)) {
    const meant = FILES[name];
    if (meant) add(name, meant);
    else if (name !== QUESTIONS)
      faults.push(`${shown}/${name}:1: no such kind of examples; there are ${Object.keys(FILES).join(', ')}`);
  }
  for (const name of namesIn(join(dir, QUESTIONS))) {
    const id = name.replace(/\.txt$/, '');
    if (topics.includes(id)) add(`${QUESTIONS}/${name}`, { kind: 'answer' }, id as TopicId);
    else faults.push(`${shown}/${QUESTIONS}/${name}:1: there is no topic of this name`);
  }
  return { examples: [...found.values()].map(({ at: _, ...example }) => example), digest: hash.digest('hex') };
}

/** Names in the order of the alphabet, so that the same files always teach the same. What an editor leaves behind is none. */
function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .sort();
}

function addLines(
  content: string,
  shown: string,
  meant: Meant,
  topic: TopicId | undefined,
  found: Map<string, Example & { readonly at: string }>,
  faults: Fault[],
): void {
  let hand = '';
  content.split(/\r?\n/).forEach((line, i) => {
    const text = line.trim().replaceAll('\\n', '\n');
    if (text === '' || text.startsWith('# ')) return;
    const named = HAND.exec(text);
    if (named) {
      hand = named[1] as string;
      return;
    }
    const earlier = found.get(text);
    if (!earlier) {
      found.set(text, { ...meant, text, hand, topics: topic ? [topic] : [], at: `${shown}:${i + 1}` });
    } else if (earlier.kind !== meant.kind || earlier.severity !== meant.severity) {
      faults.push(`${shown}:${i + 1}: the same message stands at ${earlier.at} as something else`);
    } else if (topic && !earlier.topics.includes(topic)) {
      found.set(text, { ...earlier, topics: [...earlier.topics, topic] });
    }
  });
}
