// Numbered choices: what is offered instead of a guess, what the menu offers, and the digit that answers.

import { withoutFiller } from '../read.ts';
import { handOver } from '../reports/taking.ts';
import { toldBy } from '../reports/telling.ts';
import { isAnswerTo, isVillagers, meaningOf, quoting, reply } from '../saying.ts';
import { normalise } from '../text.ts';
import type { Door, Effect, MenuChoice, MessageEvent, Reading, Rule, State, Told, Topic } from '../types.ts';
import * as words from '../words.ts';
import { answerWith, tellAnswer, topicCalled } from './answering.ts';

/** Waits for one of these choices. `told`: what was said, in case it was a report after all. */
export const waitFor = (choices: readonly MenuChoice[], told?: Told): Effect => ({
  do: 'ask',
  question: { about: 'menu', choices, ...(told && { told }) },
});

/**
 * Offers topics instead of guessing; the last choice leads to a person, and without a topic that one alone is left. What
 * was said in private is kept for `lapor`, `petugas` and the last choice.
 */
export function offer(event: MessageEvent, reading: Reading, state: State, topics: readonly Topic[]): Effect[] {
  const inGroup = event.chatKind === 'group';
  if (inGroup && topics.length === 0) return [quoting(event, 'step', words.handoverInGroup)];
  const choices = [...topics.map((topic) => ({ topic: topic.id })), { person: true } as const];
  return [
    quoting(event, 'menu', topics.length > 0 ? words.offer(topics, inGroup) : words.nothingMore),
    waitFor(choices, inGroup ? undefined : toldBy(event, reading, state, meaningOf(event, reading, state))),
  ];
}

/** A digit, or a title as it was offered. */
export const chooseFromMenu: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAnswerTo(state)) return undefined;
  const question = state.asked?.question;
  if (question?.about !== 'menu') return undefined;
  const choice =
    reading.choice?.is === 'number'
      ? question.choices[reading.choice.number - 1]
      : question.choices.find((one) => titlesOf(one, reading).some((title) => isTyped(title, reading)));
  if (!choice) return undefined;
  if ('person' in choice && event.chatKind === 'group') return [quoting(event, 'step', words.handoverInGroup)];
  if ('person' in choice) return handOver(event, { ...reading, command: { name: 'petugas', rest: '' } }, state);
  if ('door' in choice) {
    const door = reading.menu[choice.door];
    return door && [reply(event, 'menu', words.door(door)), waitFor(behind(door))];
  }
  const topic = topicCalled(reading, choice.topic);
  if (!topic) return undefined;
  return choice.whole ? [tellAnswer(event, topic)] : answerWith(event, state, topic, true);
};

/** What the digits below a door stand for; the last leads to a person. */
const behind = (door: Door): MenuChoice[] => [...door.topics.map((topic) => ({ topic: topic.id })), { person: true }];

/** What the digits of the menu stand for; the last leads to a person. */
export const doors = (menu: readonly Door[]): MenuChoice[] => [
  ...menu.map((_, place) => ({ door: place })),
  { person: true },
];

function titlesOf(choice: MenuChoice, reading: Reading): readonly string[] {
  if ('person' in choice) return words.LAST_CHOICE;
  const named = 'door' in choice ? reading.menu[choice.door] : topicCalled(reading, choice.topic);
  return named ? [named.title] : [];
}

/** The title and nothing else, whatever its case and marks. */
function isTyped(title: string, reading: Reading): boolean {
  const typed = withoutFiller(reading.words).join(' ');
  return typed !== '' && typed === withoutFiller(normalise(title)).join(' ');
}
