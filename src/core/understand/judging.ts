// What a message is taken for: how far its looks must outweigh ordinary talk before the bot acts, asks an officer, or is silent.

import type { Confidence, Kind, Meaning } from '../types.ts';
import type { Accusation } from './accused.ts';
import { evidenceIn } from './evidence.ts';
import { piecesOf, type Read, type Reader, readFeatures } from './features.ts';
import { ACTED, type Acted, type Learnt, LOOKS, type Look, SEVERITIES } from './learning.ts';
import { type Known, rowsIn, sharesOf } from './softmax.ts';

/** Where a message was said. */
export interface Heard {
  readonly chat: 'group' | 'private';
  /** Mentioned or replied to; what is private always is. */
  readonly addressed: boolean;
  readonly attachments: number;
}

/** How much the subject weighs beside the kind, and each piece of evidence for it. */
const SUBJECT_WEIGHT = 1.5;

const EVIDENCE_WEIGHT = 0.2;

/** More evidence than this says nothing more: who speaks of the subject at length may well want nothing. */
const MOST_EVIDENCE = 18;

/**
 * Unasked, in a group: how far a reading must outweigh all others, as the logarithm of its odds with the subject's, for the
 * bot to act openly. Measured on real ordinary chat so that it speaks at most twice in 10,000 messages (`npm run evaluate`).
 */
export const SURE: Readonly<Record<Acted, number>> = { answer: 3.8, report: 6, warn: 4.25 };

/** The same for showing it to an officer: at most ten in 10,000. A doubtful question gets silence. */
export const DOUBTFUL: Readonly<Record<Acted, number>> = { answer: Number.POSITIVE_INFINITY, report: 4.25, warn: 3.1 };

/** A topic is answered from this probability up, where the bot was spoken to; below it is offered among others. */
const TOPIC_SURE = 0.3;

/** In a group, unasked, a wrong answer is worse than none: how much the likeliest topic's probability weighs, as a logarithm. */
const TOPIC_WEIGHT = 3;

/** Where the bot is spoken to, how much likelier than among the examples each look is: there hardly anybody just talks. */
const SPOKEN_TO: Readonly<Record<Look, number>> = {
  answer: 1,
  report: 1.5,
  warn: 1,
  human: 11,
  menu: 5,
  passing: 0.1,
  other: 0.6,
};

/** Who speaks of an officer, an official or the police is likelier to tell on him. */
const NAMING = 3;

/** Without a question a report needs only this share of what speaks for a question. */
const TOLD = 0.4;
const ADDRESSED = ['answer', 'report', 'warn', 'human'] as const;

/** What a message is, and how that was found. */
export interface Verdict {
  readonly kind: Kind;
  readonly confidence: Confidence;
  readonly why: readonly string[];
}

/** Puts a verdict together. */
export const verdict = (kind: Kind, confidence: Confidence, ...why: string[]): Verdict => ({ kind, confidence, why });

/** A message with what was read off it. */
export interface Message extends Read {
  readonly text: string;
  /** Its known features. */
  readonly rows: readonly number[];
  /** How likely each topic is; worked out when it is first asked for. */
  topicShares(): Float64Array;
}

/** Words remembered at most. */
const MET_AT_MOST = 50_000;

function piecesKnown(word: string, known: Known, reader: Reader): readonly number[] {
  const met = known.met.get(word);
  if (met !== undefined) return met;
  const rows = rowsIn(piecesOf(word, reader), known);
  if (known.met.size >= MET_AT_MOST) known.met.clear();
  known.met.set(word, rows);
  return rows;
}

/** A message as it is read, with what the models know of it. */
export function messageOf(text: string, reader: Reader, { known, topics }: Learnt): Message {
  const read = readFeatures(text, reader, false);
  const rows = rowsIn(read.features, known);
  for (const word of read.typed) for (const row of piecesKnown(word, known, reader)) rows.push(row);
  let shares: Float64Array | undefined;
  return {
    ...read,
    text,
    rows,
    topicShares: () => {
      shares ??= sharesOf(rows, topics);
      return shares;
    },
  };
}

/** How likely it looks so. */
export const shareOf = (look: Look, shares: Float64Array): number => shares[LOOKS.indexOf(look)] as number;

/** How likely a report is urgent. */
export const urgencyOf = (message: Message, { urgency }: Learnt): number =>
  sharesOf(message.rows, urgency)[SEVERITIES.indexOf('darurat')] as number;

/**
 * Unasked, in a group: the likeliest of what the bot acts on, where it outweighs ordinary talk far enough. What falls
 * short of that, or is likelier a question, may still be a report or an advert worth showing to an officer.
 */
export function unasked(message: Message, shares: Float64Array, learnt: Learnt): Verdict {
  const lean = leansOf(message, shares, learnt);
  const likeliest = (kinds: readonly Acted[]) =>
    kinds.reduce<Acted | undefined>((best, kind) => (best && lean(best) >= lean(kind) ? best : kind), undefined);
  const found = (kind: Acted, confidence: Confidence) =>
    verdict(kind, confidence, `lean:${kind} ${lean(kind).toFixed(1)}`);
  const best = likeliest(ACTED) as Acted;
  if (lean(best) + (best === 'answer' ? topicLean(message, learnt) : 0) >= SURE[best]) return found(best, 'sure');
  const doubt = likeliest(ACTED.filter((kind) => lean(kind) >= DOUBTFUL[kind]));
  return doubt ? found(doubt, 'doubtful') : SILENCE;
}

/** How much is to be taken off where no topic is likely. */
export const topicLean = (message: Message, { topicIds }: Learnt): number =>
  topicIds.length === 0 ? Number.NEGATIVE_INFINITY : TOPIC_WEIGHT * Math.log(Math.max(...message.topicShares()));

/** How far each kind outweighs all others, with the weight of the office's subject. */
export function leansOf(message: Message, shares: Float64Array, learnt: Learnt): (kind: Acted) => number {
  const subject = -logOdds(shareOf('other', shares));
  const ours =
    SUBJECT_WEIGHT * subject + EVIDENCE_WEIGHT * Math.min(MOST_EVIDENCE, evidenceIn(message, learnt.evidence));
  return (kind) => logOdds(shareOf(kind, shares)) + ours;
}

const SILENCE = verdict('silent', 'sure');

/** Says that one wants to report. */
export const WISH = verdict('answer', 'sure', 'wishes-to-report');

const logOdds = (share: number): number => Math.log(share + TINY) - Math.log(1 - share + TINY);

const TINY = 1e-9;

/** With which topic a question to the bot is answered, if any. */
export function answerWith(topics: Meaning['topics']): Verdict {
  if (topics.length === 0) return verdict('human', 'sure', 'no-topic');
  const [likely = 0, next = 0] = topics.map(({ probability }) => probability);
  return verdict('answer', likely >= TOPIC_SURE && likely > next ? 'sure' : 'doubtful');
}

/** In private or addressed: something is always said, so silence is no choice, and a problem comes before all else. */
export function toTheBot(
  message: Message,
  shares: Float64Array,
  { accused, grave }: Accusation,
  asks: boolean,
  heard: Heard,
): Verdict {
  if (message.words.length === 0)
    return heard.attachments > 0 && heard.chat === 'private'
      ? verdict('report', 'sure', 'attachment-only')
      : verdict('menu', 'sure');
  if (grave) return verdict('report', 'sure', 'accuses');
  const weight = (look: Look) =>
    shareOf(look, shares) * SPOKEN_TO[look] * (look === 'report' && accused.length > 0 ? NAMING : 1);
  const offSubject = weight('menu') + weight('passing') + weight('other');
  const kinds = [...ADDRESSED.map((kind) => [kind, weight(kind)] as const), ['menu', offSubject] as const];
  const [kind] = kinds.reduce((one, other) => (other[1] > one[1] ? other : one));
  // Who asks nothing tells something: nearer to a report than a question would have to be.
  if (kind === 'answer' && !asks && weight('report') >= TOLD * weight('answer'))
    return verdict('report', 'sure', 'told');
  // Who names one of them, and neither asks nor wants a person, tells on him.
  const tells = accused.length > 0 && !asks && (kind === 'answer' || kind === 'menu');
  return tells ? verdict('report', 'sure', 'accuses') : verdict(kind, 'sure');
}
