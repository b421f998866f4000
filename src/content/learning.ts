// What the bot has learnt from the examples: worked out once for what data/ says, and kept, so that it starts at once the next time.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic, TopicId } from '../core/types.ts';
import {
  type Example,
  knownAs,
  type Learnt,
  type Model,
  teach,
  type Vocabulary,
  type Words,
} from '../core/understand.ts';

/** All that is learnt from. */
export interface Lessons {
  readonly topics: readonly Topic[];
  readonly vocabulary: Vocabulary;
  readonly words: Words;
  readonly examples: readonly Example[];
  /** Of the folders that the examples are from. */
  readonly digests: readonly string[];
}

/** Kept builds are found by what they were made of, and these are more than anybody goes back to. */
const KEPT = 4;
const CODE = join(import.meta.dirname, '..', 'core');

/**
 * What is learnt from the lessons: a kept build of just these, or else a new one, which takes seconds and is kept.
 * @param folders where builds are looked for, in this order; a new one is kept in the first that can be written
 */
export function learnt(lessons: Lessons, folders: readonly string[]): Learnt {
  const name = `${keyOf(lessons)}.model`;
  for (const folder of folders) {
    const kept = readKept(join(folder, name));
    if (kept) return kept;
  }
  const made = teach(lessons.topics, lessons.words, lessons.examples);
  for (const folder of folders) if (keep(folder, name, made)) break;
  return made;
}

/** The same for the same lessons, taught by the same code. */
function keyOf({ topics, vocabulary, digests }: Lessons): string {
  const hash = createHash('sha256');
  for (const name of [
    'text.ts',
    'understand.ts',
    ...readdirSync(join(CODE, 'understand')).map((n) => `understand/${n}`),
  ])
    hash.update(readFileSync(join(CODE, name)));
  const asked = topics.map(({ id, title, keywords, questions }) => ({ id, title, keywords, questions }));
  return hash
    .update(JSON.stringify([asked, vocabulary, digests]))
    .digest('hex')
    .slice(0, 32);
}

// ---------------------------------------------------------------- as a file

/** How a build begins: what is no table of numbers, and what the tables need that follow. */
interface Head {
  readonly topicIds: readonly TopicId[];
  readonly evidence: readonly (readonly [number, number])[];
  readonly features: number;
  readonly models: readonly { readonly classes: number; readonly step: number }[];
}
const MODELS = ['looks', 'topics', 'urgency'] as const;

/** The length of the head, the head, the known features, then of each model its weights and its bias. */
function keep(folder: string, name: string, made: Learnt): boolean {
  const models = MODELS.map((model) => made[model]);
  const features = featuresOf(made.known.rows);
  const head: Head = {
    topicIds: made.topicIds,
    evidence: [...made.evidence],
    features: features.length,
    models: models.map(({ classes, step }) => ({ classes, step })),
  };
  const json = Buffer.from(JSON.stringify(head));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(json.length);
  const tables = [features, ...models.flatMap(({ weights, bias }) => [weights, bias])].map(bytesOf);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    writeFileSync(`${path}.${process.pid}`, Buffer.concat([size, json, ...tables]));
    renameSync(`${path}.${process.pid}`, path);
    forgetOld(folder, name);
    return true;
  } catch {
    // A folder that cannot be written costs the next start some seconds, and nothing else.
    return false;
  }
}

function forgetOld(folder: string, newest: string): void {
  const age = (name: string) => statSync(join(folder, name)).mtimeMs;
  const others = readdirSync(folder).filter((name) => name.endsWith('.model') && name !== newest);
  const old = others.sort((one, other) => age(other) - age(one)).slice(KEPT - 1);
  for (const name of old) rmSync(join(folder, name), { force: true });
}

/** A kept build; undefined where there is none, or none that is whole. */
function readKept(path: string): Learnt | undefined {
  try {
    const file = readFileSync(path);
    const length = file.readUInt32LE(0);
    const head = JSON.parse(file.toString('utf8', 4, 4 + length)) as Head;
    let at = 4 + length;
    const next = (bytes: number): ArrayBuffer => {
      if (at + bytes > file.length) throw new RangeError('the file ends too soon');
      const part = new Uint8Array(bytes);
      part.set(file.subarray(at, at + bytes));
      at += bytes;
      return part.buffer;
    };
    const known = knownAs(new Int32Array(next(head.features * 4)));
    const models = head.models.map(({ classes, step }): Model => {
      const weights = new Int8Array(next(head.features * classes));
      return { classes, step, weights, bias: new Float32Array(next(classes * 4)) };
    });
    if (at !== file.length || models.length !== MODELS.length) return undefined;
    const [looks, topics, urgency] = models as [Model, Model, Model];
    return { known, looks, topics, urgency, topicIds: head.topicIds, evidence: new Map(head.evidence) };
  } catch {
    return undefined;
  }
}

const bytesOf = (table: Int32Array | Int8Array | Float32Array): Uint8Array =>
  new Uint8Array(table.buffer, table.byteOffset, table.byteLength);

/** The features that have a row, in the order of their rows. */
function featuresOf(rows: Int32Array): Int32Array {
  const features: number[] = [];
  rows.forEach((row, feature) => {
    if (row >= 0) features[row] = feature;
  });
  return Int32Array.from(features);
}
