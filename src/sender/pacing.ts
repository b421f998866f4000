// Pacing: when the next message may go, so that the bot's number behaves as a person's would. Pure; what was tried is handed in.

import { MINUTE } from '../core/time.ts';
import type { ChatId, Millis } from '../core/types.ts';
import type { Try } from '../store/outbox.ts';

const HOUR = 60 * MINUTE;
/** Alerts leave without a gap, but so many within a minute; what comes above that keeps the gap. */
const ALERTS_A_MINUTE = 10;
/** Letters for which the longest time of typing is shown; shorter texts take proportionally less. */
const LONG_TEXT = 300;

/** Least and most, in milliseconds. */
export type Span = readonly [least: Millis, most: Millis];

/** How the bot spaces what it says. Nobody publishes the limits: the numbers are estimates, and settings. */
export interface Pacing {
  /** Between two messages; alerts skip it. */
  readonly gap: Span;
  /** How long the bot is shown as writing, by the length of the text. */
  readonly typing: Span;
  /** Between two broadcasts, besides the gap. */
  readonly broadcastGap: Span;
  /** At most so many messages within a minute in one chat; alerts are not held back. */
  readonly perChat: number;
  /** At most so many messages within an hour overall; alerts are neither held back nor counted. */
  readonly perHour: number;
}

/** The gaps drawn for the next message and the next broadcast, in milliseconds. */
export interface Gaps {
  readonly message: Millis;
  readonly broadcast: Millis;
}

export interface Limits {
  /** From when on something may go, by its urgency: alert, reply, broadcast. */
  readonly from: readonly [Millis, Millis, Millis];
  /** As many alerts as may go without a gap have gone within the last minute. */
  readonly crowded: boolean;
  /** Chats in which enough was said, and until when nothing but alerts goes there. */
  readonly fullChats: ReadonlyMap<ChatId, Millis>;
}

/** Nothing is held back. */
export const FREE: Limits = { from: [0, 0, 0], crowded: false, fullChats: new Map() };

/** How far back tries matter, in milliseconds. */
export const REMEMBERED: Millis = HOUR;

const between = ([least, most]: Span, share: number): Millis => Math.round(least + share * (most - least));

/** @param random a number from 0 up to, not with, 1 */
export const drawGaps = ({ gap, broadcastGap }: Pacing, random: () => number): Gaps => ({
  message: between(gap, random()),
  broadcast: between(broadcastGap, random()),
});

/** How long the bot seems to write a text, in milliseconds. */
export const typingTime = ({ typing }: Pacing, text: string): Millis =>
  between(typing, Math.min(1, text.length / LONG_TEXT));

/** When as few as `most - 1` of these tries, newest first, lie within the last `span`. */
const freeAgain = (tries: readonly Try[], most: number, span: Millis): Millis => {
  const oldest = tries[most - 1];
  return oldest ? oldest.at + span : 0;
};

/** @param tries what was handed over within the last hour, newest first */
export function limitsAfter(pacing: Pacing, gaps: Gaps, tries: readonly Try[], now: Millis): Limits {
  const last = tries[0];
  const afterGap = last ? last.at + gaps.message : 0;
  // A digest stands for the alerts that were too many, and is not one of them.
  const alertsFrom = freeAgain(
    tries.filter(({ urgency, digest }) => urgency === 0 && !digest),
    ALERTS_A_MINUTE,
    MINUTE,
  );
  const crowded = alertsFrom > now;
  const others = tries.filter(({ urgency }) => urgency > 0);
  const replies = Math.max(afterGap, freeAgain(others, pacing.perHour, HOUR));
  const lastBroadcast = others.find(({ urgency }) => urgency === 2);
  const broadcasts = Math.max(replies, lastBroadcast ? lastBroadcast.at + gaps.broadcast : 0);
  const fullChats = new Map<ChatId, Millis>();
  const byChat = Map.groupBy(tries, ({ chat }) => chat);
  for (const [chat, said] of byChat) {
    const free = freeAgain(said, pacing.perChat, MINUTE);
    if (free > now) fullChats.set(chat, free);
  }
  return { from: [crowded ? Math.min(afterGap, alertsFrom) : 0, replies, broadcasts], crowded, fullChats };
}
