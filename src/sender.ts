// The sender: outbox -> channel. One message at a time, claimed before it is sent, proven by its ack, looked up when unknown.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, Outgoing as Handed, OutgoingMedia } from './channels/channel.ts';
import { MINUTE } from './core/time.ts';
import type { Address, AttachmentType, ChatId, MessageId, Millis, Office, StoredFile } from './core/types.ts';
import * as words from './core/words.ts';
import { type WaitFor, within } from './limit.ts';
import type { Log } from './log.ts';
import { drawGaps, FREE, type Limits, limitsAfter, type Pacing, REMEMBERED, typingTime } from './sender/pacing.ts';
import type { Database } from './store/database.ts';
import {
  type Allowed,
  acked,
  awaited,
  beingSent,
  claim,
  crowdedGroups,
  dead,
  digest,
  firstDue,
  forgetSending,
  giveUpGone,
  nextSends,
  type Outgoing,
  refused,
  rename,
  tried,
  triesSince,
  unknown,
  waitsIn,
} from './store/outbox.ts';

export type { Pacing } from './sender/pacing.ts';

/** Waits before what was not taken, or cannot be found, is tried again, in multiples of the first; the last one
 * again and again. */
const AGAIN: readonly number[] = [1, 3, 12, 60];
/** A broadcast is given up after so many tries; alerts and replies never are. */
const BROADCAST_TRIES = 4;
/** One digest within this time. */
const BETWEEN_DIGESTS = MINUTE;
/** Showing that the bot writes is a courtesy: nothing waits for it, and it is not waited for either. */
const TYPING_LIMIT = 5_000;
/** Waking is cheap; a minute bounds what a moved clock or a missed wake can cost. */
const LONGEST_SLEEP = MINUTE;
/** What is due and cannot be done must not keep the machine busy. */
const SHORTEST_SLEEP = 50;

/** What an attachment is where nobody said so. */
const MIMES: Readonly<Record<AttachmentType, string>> = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  video: 'video/mp4',
  document: 'application/octet-stream',
  sticker: 'image/webp',
  contact: 'text/vcard',
  place: 'application/geo+json',
};

export interface Sender {
  /** Something may be due. */
  wake(): void;
  /** The channel saw an ack. */
  acked(message: MessageId, ack: number): void;
  /** When something is to be done next, pacing and all; undefined where nothing is, or the channel cannot speak. */
  next(): Millis | undefined;
  /**
   * Resolves once everything due has been handed over and answered for. It waits through gaps, and not for what pacing
   * holds back for longer.
   */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface SenderParts {
  readonly db: Database;
  readonly channel: Channel;
  /** For the names of villages in a digest. */
  readonly office: Office;
  /** Where the files that go along lie. */
  readonly mediaFolder: string;
  readonly now: () => Millis;
  readonly random: () => number;
  /** Waits; resolves early when the signal is given. Real time, whatever the office's clock shows. */
  readonly wait: WaitFor;
  /** In milliseconds: after which a call counts as unknown, a message without an ack is looked up, one that was not taken is tried again. */
  readonly waits: { readonly call: Millis; readonly ack: Millis; readonly again: Millis };
  /** Undefined: everything goes at once. */
  readonly pacing: Pacing | undefined;
  readonly log: Log;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');

export function startSender(parts: SenderParts): Sender {
  const { db, channel, office, mediaFolder, now, random, wait, waits, pacing, log } = parts;
  let stopped = false;
  let busy = false;
  let sleeping = new AbortController();
  const stopping = new AbortController();
  const idleWaiters: (() => void)[] = [];
  let gaps = pacing && drawGaps(pacing, random);
  /** The message for which the bot is shown as writing, and until when. */
  let typing: { readonly id: number; readonly until: Millis } | undefined;

  forgetSending(db, now());

  /** Being stopped ends every limit at once: what is under way is then unknown, and looked up at the next start. */
  const waitUnlessStopped: WaitFor = (millis, signal) => wait(millis, AbortSignal.any([signal, stopping.signal]));
  const call = <T>(work: Promise<T>) => within(work, waitUnlessStopped, waits.call);

  // ---- one message

  /** Undefined where the file is gone: what was taken back is deleted. */
  function mediaOf({ file, attachment }: StoredFile): OutgoingMedia | undefined {
    const path = join(mediaFolder, file);
    if (!existsSync(path)) return undefined;
    return {
      path,
      mime: attachment.mime ?? MIMES[attachment.type],
      ...(attachment.name && { name: attachment.name }),
      voice: attachment.type === 'voice',
    };
  }

  function handedOver(row: Outgoing): Handed {
    const media = row.media && mediaOf(row.media);
    return {
      id: row.message,
      chat: row.address,
      text: row.body,
      since: row.firstTriedAt ?? now(),
      ...(row.quote && { quote: row.quote }),
      ...(media && { media }),
    };
  }

  /** What became of an earlier try: under which id it stands in the chat, and whether nothing more is to be done now. */
  async function lookUp(row: Outgoing): Promise<{ message: MessageId; settled: boolean }> {
    const found = await call(channel.lookUp(handedOver(row)));
    // Where that id is another message's, two of the same words stand in the chat, and this one is not among them.
    if (!found || !rename(db, row.message, found.id)) return { message: row.message, settled: false };
    const message = found.id;
    if (found.ack < 0) return { message, settled: false };
    if (found.ack >= 1) acked(db, message, found.ack, now());
    // It waits in the channel and goes out by itself: sending again would double it.
    else unknown(db, row.id, now() + Math.max(waits.ack, againAfter(row.attempts + 1)));
    return { message, settled: true };
  }

  const isGivenUp = ({ urgency }: Pick<Outgoing, 'urgency'>, tries: number) =>
    urgency === 2 && tries >= BROADCAST_TRIES;
  const againAfter = (tries: number): Millis => waits.again * (AGAIN[Math.min(tries, AGAIN.length) - 1] as number);

  /** It was not taken: to be tried again after a while, or given up. `tries` counts the last one. */
  function tryLater(row: Pick<Outgoing, 'id' | 'urgency'>, tries: number): void {
    if (isGivenUp(row, tries)) dead(db, row.id);
    else unknown(db, row.id, now() + againAfter(tries));
  }

  async function react(row: Outgoing): Promise<void> {
    tried(db, row.id, now());
    await call(channel.react(row.target as MessageId, row.address, row.body));
    // The same reaction twice is one, so handing it over is enough.
    acked(db, row.message, 1, now());
  }

  async function send(row: Outgoing): Promise<void> {
    if (row.kind === 'reaction') return react(row);
    let { message } = row;
    if (row.attempts > 0) {
      const earlier = await lookUp(row);
      if (earlier.settled) return;
      message = earlier.message;
    }
    if (isGivenUp(row, row.attempts)) return dead(db, row.id);
    const outgoing = { ...handedOver(row), id: message };
    if (outgoing.text === '' && !outgoing.media) {
      log.warn({ outbox: row.id }, 'a message has nothing left to say');
      return dead(db, row.id);
    }
    tried(db, row.id, now());
    if (pacing && gaps) {
      const drawn = drawGaps(pacing, random);
      gaps = { message: drawn.message, broadcast: row.urgency === 2 ? drawn.broadcast : gaps.broadcast };
    }
    const given = await call(channel.send(outgoing));
    if (given && !rename(db, message, given)) log.warn({ outbox: row.id }, 'the channel gave an id that is in use');
  }

  async function deliver(row: Outgoing): Promise<void> {
    try {
      await send(row);
    } catch (error) {
      // A throw says nothing about arrival: the next try looks first.
      log.warn({ outbox: row.id, attempts: row.attempts + 1, error: nameOf(error) }, 'a message is unknown');
      tryLater(row, row.attempts + 1);
    }
  }

  // ---- which one, and when

  function limitsNow(): Limits {
    if (!pacing || !gaps) return FREE;
    return limitsAfter(pacing, gaps, triesSince(db, now() - REMEMBERED, now()), now());
  }

  /** Groups in which alerts wait to be told together, and from when on they may be. */
  function digestsDue(limits: Limits): { chat: ChatId; from: Millis }[] {
    if (!limits.crowded) return [];
    return crowdedGroups(db, now()).map(({ chat, lastDigestAt }) => ({
      chat,
      from: lastDigestAt === undefined ? now() : lastDigestAt + BETWEEN_DIGESTS,
    }));
  }

  const allowedBy = ({ from, fullChats, crowded }: Limits, digests: readonly unknown[]): Allowed => ({
    urgencies: [from[0] <= now(), from[1] <= now(), from[2] <= now()],
    fullChats: [...fullChats.keys()],
    // One alert alone must not stand behind all the receipts and words of a flood.
    groupAlerts: digests.length > 0 ? 'held' : crowded ? 'first' : 'in-turn',
  });

  function next(): Millis | undefined {
    if (stopped || channel.state().state !== 'ready') return undefined;
    const limits = limitsNow();
    const digests = digestsDue(limits);
    const allowed = allowedBy(limits, digests);
    const first = firstDue(db, now(), allowed);
    if (first) return typing?.id === first.id ? Math.max(typing.until, now()) : now();
    const all: Allowed = { ...allowed, urgencies: [true, true, true] };
    const times = [
      ...nextSends(db, all).map((at, urgency) => Math.max(at, limits.from[urgency] as Millis)),
      ...digests.map(({ from }) => from),
      ...[...limits.fullChats].map(([chat, until]) => (waitsIn(db, chat) ? until : Number.POSITIVE_INFINITY)),
    ];
    const earliest = Math.min(...times);
    return Number.isFinite(earliest) ? earliest : undefined;
  }

  async function showTyping(chat: Address): Promise<void> {
    try {
      await within(channel.showTyping(chat), waitUnlessStopped, TYPING_LIMIT);
    } catch {
      // Never a reason not to send.
    }
  }

  /** True once the bot was shown as writing for as long as this text takes; shows it first. */
  function isTyped(row: Outgoing): boolean {
    // What was tried before may be there already; who looks it up writes nothing.
    if (!pacing || row.kind === 'reaction' || row.urgency === 0 || row.attempts > 0) return true;
    if (typing?.id !== row.id) {
      typing = { id: row.id, until: now() + typingTime(pacing, row.body) };
      void showTyping(row.address);
    }
    return typing.until <= now();
  }

  let askedAt = Number.NEGATIVE_INFINITY;

  /** Asks for acks that came while nobody listened. */
  async function askForAcks(): Promise<void> {
    if (now() >= askedAt && now() < askedAt + waits.ack) return;
    askedAt = now();
    for (const { message, address } of awaited(db)) {
      try {
        const found = await call(channel.lookUp({ id: message, chat: address, text: '', since: 0 }));
        if (found && rename(db, message, found.id)) acked(db, found.id, found.ack, now());
      } catch (error) {
        log.warn({ error: nameOf(error) }, 'an ack could not be asked for');
        return;
      }
    }
  }

  /** Does the first thing that is due; true when there may be more. */
  async function work(): Promise<boolean> {
    if (channel.state().state !== 'ready') return false;
    await askForAcks();
    const gone = giveUpGone(db);
    if (gone > 0) log.warn({ messages: gone }, 'the bot is no longer in the group they were for');
    const limits = limitsNow();
    const digests = digestsDue(limits);
    for (const { chat, from } of digests)
      if (from <= now()) digest(db, chat, now(), (cases) => words.moreReports(cases, office));
    const allowed = allowedBy(limits, digests);
    const first = firstDue(db, now(), allowed);
    if (!first || !isTyped(first)) return false;
    const row = claim(db, now(), now() + waits.ack, allowed);
    if (row) await deliver(row);
    return true;
  }

  /** What pacing holds back for longer than this nobody waits for. */
  const patience = pacing ? pacing.gap[1] + pacing.typing[1] : 0;
  const isIdle = (at: Millis | undefined) => at === undefined || at > now() + patience;

  async function run(): Promise<void> {
    while (!stopped) {
      busy = true;
      const done = await work();
      busy = false;
      if (done) continue;
      const at = next();
      if (isIdle(at)) for (const waiter of idleWaiters.splice(0)) waiter();
      sleeping = new AbortController();
      const pause = at === undefined ? LONGEST_SLEEP : Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, at - now()));
      await wait(pause, AbortSignal.any([sleeping.signal, stopping.signal]));
    }
  }
  const running = run();

  return {
    wake: () => sleeping.abort(),
    acked(message, ack) {
      const row = ack < 0 ? beingSent(db, message) : undefined;
      if (!row) acked(db, message, ack, now());
      else if (isGivenUp(row, row.attempts)) dead(db, row.id);
      else refused(db, row.id, now() + againAfter(row.attempts));
      sleeping.abort();
    },
    next,
    async idle() {
      while (busy || !isIdle(next())) {
        await new Promise<void>((resolve) => {
          idleWaiters.push(resolve);
          sleeping.abort();
        });
        if (stopped) return;
      }
    },
    async stop() {
      stopped = true;
      stopping.abort();
      await running;
      for (const waiter of idleWaiters.splice(0)) waiter();
    },
  };
}
