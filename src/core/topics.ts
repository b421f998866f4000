// Rule family: answers. Topics, their longer text, the menu, privacy, and silence.

import { isBare } from './read.ts';
import { QUIET_TIME } from './reports/taking.ts';
import { toldBy } from './reports/telling.ts';
import { isAddressed, isThanks, isVillagers, meaningOf, messageOf, quoting, reply } from './saying.ts';
import { MINUTE } from './time.ts';
import { answerWith, tellLonger, topicCalled, worthOffering } from './topics/answering.ts';
import { doors, offer, waitFor } from './topics/choices.ts';
import { answerSeveral, severalAsked } from './topics/several.ts';
import type { Effect, Rule } from './types.ts';
import * as words from './words.ts';

/** Who speaks to the bot is offered what it would have to guess; unasked it says only what is surely asked. */
export const answerQuestion: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const addressed = isAddressed(event, reading, state);
  const meaning = meaningOf(event, reading, state);
  if (meaning.kind !== 'answer') return undefined;
  const several = severalAsked(event, reading, state);
  if (several.length > 1) return answerSeveral(event, reading, state, several);
  if (meaning.confidence === 'doubtful') {
    if (!addressed) return undefined;
    const offered = worthOffering(reading, meaning.topics);
    if (offered.length > 1) return offer(event, reading, state, offered);
  }
  const topic = topicCalled(reading, meaning.topics[0]?.topic);
  return topic && answerWith(event, state, topic, addressed);
};

/** `lanjut`, as a reply to an answer or soon after it. */
export const tellMore: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || reading.command?.name !== 'lanjut' || !isBare(reading.command) || !isVillagers(state))
    return undefined;
  const lately = state.said.find((said) => said.purpose === 'answer' || said.purpose === 'more');
  const soon = event.chatKind === 'private' || (lately && state.now - lately.at <= 2 * MINUTE);
  const about = state.quoted?.topic ?? (state.quoted || !soon ? undefined : lately?.topic);
  const topic = topicCalled(reading, about);
  if (!topic) return undefined;
  const earlier = state.said.find((said) => said.purpose === 'more' && said.topic === topic.id);
  if (event.chatKind === 'group' && earlier) {
    return [reply(event, 'pointer', words.pointer, { quote: earlier.message, topic: topic.id })];
  }
  return [tellLonger(event, topic)];
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
  return [waitFor(question.choices)];
};

/** Whoever speaks to the bot gets an answer: thanks for thanks, and the menu where nothing else fits. */
export const showMenu: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state) || !isAddressed(event, reading, state)) return undefined;
  const choices = doors(reading.menu);
  const nod: Effect = { do: 'react', message: messageOf(event), emoji: '🙏', key: `react:${event.id}` };
  const menus = state.said.filter((said) => said.purpose === 'menu').length;
  if (event.chatKind === 'group') {
    if (menus > 0 || isThanks(reading)) return [nod];
    return [quoting(event, 'menu', words.menuInGroup(reading.menu)), waitFor(choices)];
  }
  if (isThanks(reading)) return [menus > 2 ? nod : reply(event, 'menu', words.thanks)];
  // Two machines that answer each other would never stop.
  if (menus >= MENUS_IN_A_ROW) return [nod, waitFor(choices, toldBy(event, reading, state, reading.meaning))];
  const asked =
    /^(menu|bantuan|mulai)$/.test(reading.command?.name ?? '') && reading.command && isBare(reading.command);
  const greeting = reading.meaning.kind === 'menu' && reading.words.length <= 4;
  if (asked || greeting) return [reply(event, 'menu', words.menu(state.office, reading.menu)), waitFor(choices)];
  const told = toldBy(event, reading, state, reading.meaning);
  const earlier = state.said.some((said) => said.purpose === 'menu' && state.now - said.at < QUIET_TIME);
  const text = earlier ? words.notUnderstoodAgain : words.notUnderstood(reading.menu);
  return [reply(event, 'menu', text), waitFor(choices, told)];
};
