// How a topic is told: its answer, its longer text, and in a group nothing twice within the quiet time.

import { QUIET_TIME } from '../reports/taking.ts';
import { quoting, reply } from '../saying.ts';
import type { Effect, Meaning, MessageEvent, Reading, Said, State, Topic, TopicId } from '../types.ts';
import * as words from '../words.ts';

/** Topics less likely than this are not worth offering. */
const WORTH_OFFERING = 0.08;
/** More choices are not read. */
const MOST_OFFERED = 3;

/** The topic of this id, where it is loaded. */
export const topicCalled = (reading: Reading, id: TopicId | undefined): Topic | undefined =>
  reading.topics.find((topic) => topic.id === id);

/** The two or three topics that may well be meant, likeliest first; fewer where there are no more. */
export function worthOffering(reading: Reading, topics: Meaning['topics']): Topic[] {
  return topics
    .filter(({ probability }) => probability >= WORTH_OFFERING)
    .flatMap(({ topic }) => topicCalled(reading, topic) ?? [])
    .slice(0, MOST_OFFERED);
}

/** Where a topic was answered in this group within the quiet time; in private a question may be asked again. */
export function answeredLately(state: State, topic: Topic): Said | undefined {
  if (state.chat?.kind !== 'group') return undefined;
  const earlier = state.said.find((said) => said.purpose === 'answer' && said.topic === topic.id);
  return earlier && state.now - earlier.at < QUIET_TIME ? earlier : undefined;
}

/** A topic's whole answer. */
export const tellAnswer = (event: MessageEvent, topic: Topic): Effect =>
  quoting(event, 'answer', words.answer(topic), { topic: topic.id });

/** A topic's longer text. */
export const tellLonger = (event: MessageEvent, topic: Topic): Effect =>
  quoting(event, 'more', topic.more.trim(), { topic: topic.id });

/** Answers with a topic; in a group not the same twice within the quiet time. */
export function answerWith(event: MessageEvent, state: State, topic: Topic, addressed: boolean): Effect[] {
  const earlier = answeredLately(state, topic);
  if (!earlier) return [tellAnswer(event, topic)];
  const pointed = state.said.some((said) => said.purpose === 'pointer' && said.topic === topic.id);
  if (pointed && !addressed) return [];
  return [reply(event, 'pointer', words.pointer, { quote: earlier.message, topic: topic.id })];
}
