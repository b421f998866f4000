// Several questions in one message: each is answered shortly, and all of an answer stands behind its digit.

import { asksOf, isAddressed, quoting } from '../saying.ts';
import type { Effect, MessageEvent, Reading, State, Topic } from '../types.ts';
import * as words from '../words.ts';
import { answeredLately, answerWith, topicCalled } from './answering.ts';
import { toldInPrivate, waitFor } from './choices.ts';

/** So many are answered at once; the others are offered. */
const MOST_ANSWERED = 3;
/** More digits are not read. */
const MOST_OFFERED = 8;
/** A message of more characters is not read on a small phone; two answers are given at any length. */
const LONGEST = 900;
/** An answer of no more characters is told whole. */
const SHORT = 200;

/** The topics surely asked about, in the order in which they were; where there is one, it is no message of several questions. */
export function severalAsked(event: MessageEvent, reading: Reading, state: State): Topic[] {
  const sure = asksOf(event, reading, state).filter(
    (part) => part.kind === 'answer' && part.confidence === 'sure' && part.topics.length > 0,
  );
  return [...new Set(sure.map((part) => part.topics[0]?.topic))]
    .flatMap((id) => topicCalled(reading, id) ?? [])
    .slice(0, MOST_OFFERED);
}

/**
 * Answers several questions in one message; in a group not what was answered within the quiet time.
 * @param topics at least two, from `severalAsked`
 */
export function answerSeveral(event: MessageEvent, reading: Reading, state: State, topics: readonly Topic[]): Effect[] {
  const fresh = topics.filter((topic) => !answeredLately(state, topic));
  const only = fresh[0] ?? topics[0];
  if (fresh.length < 2) return only ? answerWith(event, state, only, isAddressed(event, reading, state)) : [];
  const texts = fresh.slice(0, MOST_ANSWERED).map((topic) => ({ topic, text: beginningOf(topic.answer.trim()) }));
  const said = (count: number) => words.several(texts.slice(0, count), fresh.slice(count));
  const count = texts.length > 2 && said(texts.length).length > LONGEST ? 2 : texts.length;
  // What comes next leans on what was said last.
  const last = texts[count - 1]?.topic;
  return [
    quoting(event, 'answer', said(count), last && { topic: last.id }),
    waitFor(
      [
        ...fresh.map((topic, place) => ({ topic: topic.id, ...(place < count && { whole: true as const }) })),
        { person: true },
      ],
      toldInPrivate(event, reading, state),
    ),
  ];
}

/** The shortest part of an answer that answers, in whole paragraphs; a headline, or what leads to a list, is no answer alone. */
function beginningOf(answer: string): string {
  if (answer.length <= SHORT) return answer;
  const paragraphs = answer.split(/\n\s*\n/);
  const enough = paragraphs.findIndex((paragraph) => paragraph.includes('\n') && !/:[*_]*$/.test(paragraph));
  return (enough < 0 ? paragraphs : paragraphs.slice(0, enough + 1)).join('\n\n');
}
