// Somebody tells the bot something: builders for the tests of reports.

import { decide } from '../../../src/core/decide.ts';
import type {
  Case,
  Chat,
  Effect,
  Meaning,
  MessageEvent,
  Person,
  Question,
  QuestionKind,
  Reading,
  State,
} from '../../../src/core/types.ts';
import {
  ANI,
  asked,
  casesAfter,
  entry,
  heardBy,
  known,
  meaning,
  message,
  privateChat,
  reading,
  TOPICS,
} from '../scenes.ts';

export const HERE = privateChat(ANI);
export const REPORT = meaning('report');
export const URGENT = meaning('report', { severity: 'darurat', signs: ['confined'] });
export const CHAT = meaning('menu');
export const FOUND = meaning('answer', { topics: [{ topic: TOPICS[0]?.id as never, probability: 0.9 }] });

export interface Told {
  readonly means?: Meaning;
  readonly who?: Person;
  readonly where?: Chat;
  readonly own?: Case;
  readonly question?: QuestionKind;
  readonly event?: Partial<MessageEvent>;
  readonly reading?: Partial<Reading>;
  readonly state?: Partial<State>;
}

/** Ani writes something, in private unless it is said otherwise. */
export function tells(text: string, told: Told = {}): Effect[] {
  const { means = REPORT, who = ANI, where = HERE, own, question } = told;
  const ask: Question | undefined = own && question && { about: 'case', case: own.id, question };
  return decide(
    message(who, where, text, told.event),
    reading(text, means, told.reading),
    known(who, where, {
      ...(own && { ownCase: own, entries: [entry(own, 'isi lama')] }),
      ...(ask && asked(ask)),
      ...told.state,
    }),
  );
}

export const opened = (effects: readonly Effect[]): Case | undefined =>
  effects.flatMap((effect) => (effect.do === 'open-case' ? [effect.case] : []))[0];
export const after = (effects: readonly Effect[], own: Case) => casesAfter(effects, [own]).get(own.id) as Case;
export const kept = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'add-entry' ? [`${effect.entry.case}: ${effect.entry.text}`] : []));
export const nextQuestion = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.do === 'ask' && effect.question.about === 'case' ? [effect.question.question] : [],
  )[0];
export const heard = (effects: readonly Effect[], who: Person | Chat) => heardBy(effects, who).join('\n---\n');
