// Several questions in one message: each is answered shortly, and all of an answer stands behind its digit.

import { asksOf, isAddressed, quoting } from '../saying.ts';
import type { Effect, MenuChoice, MessageEvent, Reading, State, Topic } from '../types.ts';
import * as words from '../words.ts';
import { answeredLately, answerWith, topicCalled } from './answering.ts';
import { waitFor } from './choices.ts';

/** So many are answered at once; the others are offered. */
const MOST_ANSWERED = 3;
/** More digits are not read. */
const MOST_OFFERED = 8;
/** A message of more characters is not read on a small phone; of two topics the beginnings are told at any length. */
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
  const asked = asksOf(event, reading, state).map((part) => part.topics[0]?.topic);
  const isOften = (topic: Topic) => asked.filter((id) => id === topic.id).length > 1;
  const { told, text } = compose(fresh, isOften);
  const choices: MenuChoice[] = fresh.map((topic) => ({
    topic: topic.id,
    ...(told.includes(topic) && { whole: true as const }),
  }));
  // What comes next leans on what was said last.
  const last = told.at(-1);
  return [quoting(event, 'answer', text, last && { topic: last.id }), waitFor([...choices, { person: true }])];
}

/** The message, and the topics whose beginnings stand in it. Of a topic that is asked about more than once more is told where there is room. */
function compose(topics: readonly Topic[], isOften: (topic: Topic) => boolean) {
  const parts = topics.slice(0, MOST_ANSWERED).map((topic) => {
    const paragraphs = topic.answer.trim().split(/\n\s*\n/);
    return { topic, paragraphs, told: enoughOf(paragraphs) };
  });
  const text = () =>
    words.several(
      parts.map(({ topic, paragraphs, told }) => ({ topic, text: paragraphs.slice(0, told).join('\n\n') })),
      topics.slice(parts.length),
    );
  if (parts.length > 2 && text().length > LONGEST) parts.pop();
  for (const part of parts.filter(({ topic }) => isOften(topic))) {
    while (part.told < part.paragraphs.length && text().length <= LONGEST) part.told++;
    if (text().length > LONGEST) part.told = Math.max(enoughOf(part.paragraphs), part.told - 1);
  }
  return { told: parts.map(({ topic }) => topic), text: text() };
}

/** How many paragraphs answer; a headline, or what leads to a list, is no answer alone. */
function enoughOf(paragraphs: readonly string[]): number {
  if (paragraphs.join('\n\n').length <= SHORT) return paragraphs.length;
  const enough = paragraphs.findIndex((paragraph) => paragraph.includes('\n') && !/:[*_]*$/.test(paragraph));
  return enough < 0 ? paragraphs.length : enough + 1;
}
