// Learning what messages are from examples of them.

import type { Kind, Severity, Topic, TopicId } from '../types.ts';
import { type Evidence, weigh } from './evidence.ts';
import { readFeatures } from './features.ts';
import { type Known, knownOf, learn, type Model, rowsIn, type Sample } from './softmax.ts';
import type { Words } from './words.ts';

/** A message with what it is, to learn from. */
export interface Example {
  readonly text: string;
  readonly kind: Kind;
  /** Of silence: it speaks of the office's subject all the same. */
  readonly inPassing?: boolean;
  /** Of a report. */
  readonly severity?: Severity;
  /** Of a question: every topic that answers it. */
  readonly topics: readonly TopicId[];
  /** Whose it is: one writer's messages are like each other, and must be kept apart where the bot is measured. */
  readonly hand: string;
}

/** What was learnt from the examples. */
export interface Learnt {
  readonly known: Known;
  /** What a message is; its classes are `LOOKS`. */
  readonly looks: Model;
  readonly evidence: Evidence;
  readonly topics: Model;
  /** The classes of `topics`, in their order. */
  readonly topicIds: readonly TopicId[];
  /** Whether a report is urgent. */
  readonly urgency: Model;
}

/** What a message looks like: a kind, where silence is of two sorts: the office's subject in passing, and all else. */
export const LOOKS = ['answer', 'report', 'warn', 'human', 'menu', 'passing', 'other'] as const;

export type Look = (typeof LOOKS)[number];

/** What is rare among the examples and must not be missed counts for more. */
const WEIGHTS: Readonly<Partial<Record<Kind, number>>> = { report: 3, warn: 5 };

const lookOf = ({ kind, inPassing }: Example): Look => (kind === 'silent' ? (inPassing ? 'passing' : 'other') : kind);

/** The classes of `urgency`. */
export const SEVERITIES: readonly Severity[] = ['biasa', 'darurat'];

/** What the bot acts on unasked. */
export type Acted = 'answer' | 'report' | 'warn';

export const ACTED: readonly Acted[] = ['answer', 'report', 'warn'];

/**
 * Learns from the examples, from what topics are asked by, and from their keywords.
 * Takes seconds; the same input always teaches the same.
 */
export function teach(topics: readonly Topic[], words: Words, examples: readonly Example[]): Learnt {
  const topicIds = topics.map(({ id }) => id);
  const about = (id: TopicId, text: string): Example => ({ text, kind: 'answer', topics: [id], hand: '' });
  const asked = topics.flatMap(({ id, questions }) => questions.map((text) => about(id, text)));
  // A keyword tells topics apart; standing alone it is no message of anybody. Twice, so that a word never met is known too.
  const named = topics.flatMap(({ id, keywords, title }) =>
    [...keywords, ...keywords, title].map((text) => about(id, text)),
  );
  const messages = asked.length + examples.length;
  const read = [...asked, ...examples, ...named].map((example) => ({
    ...example,
    ...readFeatures(example.text, words.reader),
  }));
  const known = knownOf(read.map(({ features }) => features));
  const rows = read.map(({ features }) => rowsIn(features, known));
  const samples = (
    of: (example: Example) => readonly number[],
    weight = (_: Example) => 1,
    many = read.length,
  ): Sample[] =>
    read
      .slice(0, many)
      .map((one, i) => ({ rows: rows[i] as number[], classes: of(one), weight: weight(one) }))
      .filter(({ classes }) => classes.length > 0);
  const looking = (looks: readonly Look[]) => read.slice(0, messages).filter((one) => looks.includes(lookOf(one)));
  return {
    known,
    looks: learn(
      samples(
        (one) => [LOOKS.indexOf(lookOf(one))],
        ({ kind }) => WEIGHTS[kind] ?? 1,
        messages,
      ),
      known.count,
      LOOKS.length,
    ),
    evidence: weigh(looking(ACTED), looking(['other'])),
    topicIds,
    topics: learn(
      samples((one) => one.topics.map((id) => topicIds.indexOf(id)).filter((at) => at >= 0)),
      known.count,
      topicIds.length,
    ),
    urgency: learn(
      samples(({ severity }) => (severity ? [SEVERITIES.indexOf(severity)] : [])),
      known.count,
      SEVERITIES.length,
    ),
  };
}
