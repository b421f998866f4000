// Rule family: answers. Topics, their follow-up, the menu, privacy, and silence.

import { isBare } from './read.ts';
import { handOver, QUIET_TIME } from './reports/taking.ts';
import { toldBy } from './reports/telling.ts';
import { isAddressed, isAnswerTo, isThanks, isVillagers, meaningOf, messageOf, quoting, reply } from './saying.ts';
import { MINUTE } from './time.ts';
import type { Door, Effect, MenuChoice, MessageEvent, Question, Rule, State, Topic } from './types.ts';
import * as words from './words.ts';

/** How well a topic must fit before it is said to someone who spoke to the bot. */
const FITS = 0.3;

/** Answers with a topic; in a group not the same twice within the quiet time. */
function answerWith(event: MessageEvent, state: State, topic: Topic, addressed: boolean): Effect[] {
  if (state.chat?.kind === 'group') {
    const earlier = state.said.find((said) => said.purpose === 'answer' && said.topic === topic.id);
    if (earlier && state.now - earlier.at < QUIET_TIME) {
      const pointed = state.said.some((said) => said.purpose === 'pointer' && said.topic === topic.id);
      if (pointed && !addressed) return [];
      return [reply(event, 'pointer', words.pointer, { quote: earlier.message, topic: topic.id })];
    }
  }
  return [quoting(event, 'answer', words.answer(topic), { topic: topic.id })];
}

export const answerQuestion: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const addressed = isAddressed(event, reading, state);
  const meaning = meaningOf(event, reading, state);
  const best = meaning.topics[0];
  if (meaning.kind !== 'answer' || !best) return undefined;
  if (addressed ? best.score < FITS : meaning.confidence === 'doubtful') return undefined;
  const topic = reading.topics.find((candidate) => candidate.id === best.topic);
  return topic && answerWith(event, state, topic, addressed);
};

/** A digit from the menu. */
export const chooseFromMenu: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAnswerTo(state)) return undefined;
  const question = state.asked?.question;
  if (question?.about !== 'menu' || reading.choice?.is !== 'number') return undefined;
  const choice = question.choices[reading.choice.number - 1];
  if (!choice) return undefined;
  if ('person' in choice && event.chatKind === 'group') return [quoting(event, 'step', words.handoverInGroup)];
  if ('person' in choice) return handOver(event, { ...reading, command: { name: 'petugas', rest: '' } }, state);
  if ('door' in choice) {
    const door = reading.menu[choice.door];
    return (
      door && [
        reply(event, 'menu', words.door(door)),
        { do: 'ask', question: { about: 'menu', choices: behind(door) } },
      ]
    );
  }
  const topic = reading.topics.find((candidate) => candidate.id === choice.topic);
  return topic && answerWith(event, state, topic, true);
};

/** What the digits below a door stand for; the last leads to a person. */
const behind = (door: Door): MenuChoice[] => [...door.topics.map((topic) => ({ topic: topic.id })), { person: true }];
const doors = (menu: readonly Door[]): MenuChoice[] => [...menu.map((_, place) => ({ door: place })), { person: true }];

/** `lanjut`, as a reply to an answer or soon after it. */
export const tellMore: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'lanjut' || !isBare(reading.command) || !isVillagers(state))
    return undefined;
  const lately = state.said.find((said) => said.purpose === 'answer' || said.purpose === 'more');
  const soon = event.chatKind === 'private' || (lately && state.now - lately.at <= 2 * MINUTE);
  const about = state.quoted?.topic ?? (state.quoted || !soon ? undefined : lately?.topic);
  const topic = reading.topics.find((candidate) => candidate.id === about);
  if (!topic) return undefined;
  const earlier = state.said.find((said) => said.purpose === 'more' && said.topic === topic.id);
  if (event.chatKind === 'group' && earlier) {
    return [reply(event, 'pointer', words.pointer, { quote: earlier.message, topic: topic.id })];
  }
  return [quoting(event, 'more', topic.more.trim(), { topic: topic.id })];
};

export const tellPrivacy: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'privasi' || !isBare(reading.command)) return undefined;
  if (!isVillagers(state) || !isAddressed(event, reading, state)) return undefined;
  return [reply(event, 'privacy', words.privacy(state.office))];
};

/** So many menus within the quiet time are enough for anybody. */
const MENUS_IN_A_ROW = 5;

/** What was not understood is kept for one message: long enough for `lapor` or `petugas`. */
export const forgetTold: Rule = (event, _reading, state) => {
  const question = state.asked?.question;
  if (event.kind !== 'message' || question?.about !== 'menu' || !question.told) return undefined;
  return [{ do: 'ask', question: { about: 'menu', choices: question.choices } }];
};

/** Whoever speaks to the bot gets an answer: thanks for thanks, and the menu where nothing else fits. */
export const showMenu: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAddressed(event, reading, state)) return undefined;
  const ask = (told?: Extract<Question, { about: 'menu' }>['told']): Effect => ({
    do: 'ask',
    question: { about: 'menu', choices: doors(reading.menu), ...(told && { told }) },
  });
  const nod: Effect = { do: 'react', message: messageOf(event), emoji: '🙏', key: `react:${event.id}` };
  const menus = state.said.filter((said) => said.purpose === 'menu').length;
  if (event.chatKind === 'group') {
    if (menus > 0 || isThanks(reading)) return [nod];
    return [quoting(event, 'menu', words.menuInGroup(reading.menu)), ask()];
  }
  if (isThanks(reading)) return [menus > 2 ? nod : reply(event, 'menu', words.thanks)];
  // Two machines that answer each other would never stop.
  if (menus >= MENUS_IN_A_ROW) return [nod, ask(toldBy(event, reading, state, reading.meaning))];
  const asked =
    /^(menu|bantuan|mulai)$/.test(reading.command?.name ?? '') && reading.command && isBare(reading.command);
  const greeting = reading.meaning.kind === 'menu' && reading.words.length <= 4;
  if (asked || greeting) return [reply(event, 'menu', words.menu(state.office, reading.menu)), ask()];
  const told = toldBy(event, reading, state, reading.meaning);
  const earlier = state.said.some((said) => said.purpose === 'menu' && state.now - said.at < QUIET_TIME);
  return [reply(event, 'menu', earlier ? words.notUnderstoodAgain : words.notUnderstood(reading.menu)), ask(told)];
};
