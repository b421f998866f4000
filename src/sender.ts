// The sender: outbox -> channel. One message at a time, claimed before it is sent, proven by its ack, looked up when unknown.

import type { Channel } from './channels/channel.ts';
import type { MessageId, Millis } from './core/types.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import {
  acked,
  awaited,
  beingSent,
  claim,
  dead,
  forgetSending,
  nextSend,
  type Outgoing,
  unknown,
} from './store/outbox.ts';

/** A call to the channel that has not come back by then is unknown (reliability measurements: 35 s). */
const CALL_LIMIT = 35_000;
/** A message without an ack is looked up after this. */
const ACK_LIMIT = 60_000;
/** How often acks are asked for that something waits for. */
const ASK_AGAIN = 60_000;
const WAITS: readonly Millis[] = [5_000, 15_000, 60_000, 300_000];
/** A broadcast is given up after so many tries; alerts and replies never are. */
const BROADCAST_TRIES = 4;

export interface Pacing {
  /** Least and greatest gap between two messages, in milliseconds; alerts skip it. */
  readonly gap: readonly [number, number];
}

export interface Sender {
  /** Something may be due. */
  wake(): void;
  /** The channel saw an ack. */
  acked(message: MessageId, ack: number): void;
  /** Resolves once everything due has been handed over and answered for. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface SenderParts {
  readonly db: Database;
  readonly channel: Channel;
  readonly now: () => Millis;
  readonly random: () => number;
  /** Waits; resolves early when the signal is given. Real time, whatever the office's clock shows. */
  readonly wait: (millis: number, signal: AbortSignal) => Promise<void>;
  readonly pacing: Pacing | undefined;
  readonly log: Log;
}

class Late extends Error {}

async function within<T>(work: Promise<T>, wait: SenderParts['wait'], limit: number): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(limit, done.signal).then(() => {
        throw new Late('the channel did not answer in time');
      }),
    ]);
  } finally {
    done.abort();
  }
}

export function startSender(parts: SenderParts): Sender {
  const { db, channel, now, random, wait, pacing, log } = parts;
  let stopped = false;
  let busy = false;
  let inGap = false;
  let sleeping = new AbortController();
  const stopping = new AbortController();
  let idleWaiters: (() => void)[] = [];

  forgetSending(db, now());

  const handedOver = (row: Outgoing) => ({
    id: row.message,
    chat: row.address,
    text: row.body,
    since: now(),
    ...(row.quote && { quote: row.quote }),
  });

  const call = <T>(work: Promise<T>) => within(work, wait, CALL_LIMIT);

  /** What became of an earlier try: true when nothing more is to be done now. */
  async function settledBefore(row: Outgoing): Promise<boolean> {
    const { ack } = (await call(channel.lookUp(handedOver(row)))) ?? {};
    if (ack === undefined || ack < 0) return false;
    if (ack >= 1) acked(db, row.message, ack, now());
    // It waits in the channel and goes out by itself: sending again would double it.
    else unknown(db, row.id, now() + ACK_LIMIT);
    return true;
  }

  /** It was not taken: to be tried again after a while, or given up. `tries` counts the last one. */
  function tryLater(row: Pick<Outgoing, 'id' | 'urgency'>, tries: number): void {
    if (row.urgency === 2 && tries >= BROADCAST_TRIES) dead(db, row.id);
    else unknown(db, row.id, now() + (WAITS[Math.min(tries, WAITS.length) - 1] as number));
  }

  async function send(row: Outgoing): Promise<void> {
    if (row.kind === 'reaction') {
      await call(channel.react(row.target as MessageId, row.address, row.body));
      // The same reaction twice is one, so handing it over is enough.
      acked(db, row.message, 1, now());
      return;
    }
    if (row.attempts > 0 && (await settledBefore(row))) return;
    if (row.urgency === 2 && row.attempts >= BROADCAST_TRIES) return dead(db, row.id);
    await call(channel.send(handedOver(row)));
  }

  async function sendOne(): Promise<boolean> {
    const row = claim(db, now(), now() + ACK_LIMIT, inGap);
    if (!row) return false;
    try {
      await send(row);
    } catch (error) {
      // A throw says nothing about arrival: the next try looks first.
      log.warn(
        { outbox: row.id, attempts: row.attempts + 1, error: error instanceof Error ? error.name : 'unknown' },
        'a message is unknown',
      );
      tryLater(row, row.attempts + 1);
    }
    if (pacing && row.urgency > 0) keepGap(pacing);
    return true;
  }

  /** Until the gap is over alerts alone are sent. */
  function keepGap({ gap: [least, most] }: Pacing): void {
    inGap = true;
    wait(least + random() * (most - least), stopping.signal).then(() => {
      inGap = false;
      sleeping.abort();
    });
  }

  let askAt = Number.NEGATIVE_INFINITY;

  /** Asks for acks that came while nobody listened. */
  async function askForAcks(): Promise<void> {
    if (now() < askAt) return;
    askAt = now() + ASK_AGAIN;
    for (const { message, address } of awaited(db)) {
      try {
        const found = await call(channel.lookUp({ id: message, chat: address, text: '', since: now() }));
        if (found) acked(db, message, found.ack, now());
      } catch (error) {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'an ack could not be asked for');
        return;
      }
    }
  }

  /** Does what is due; true when there may be more. */
  async function work(): Promise<boolean> {
    if (channel.state().state !== 'ready') return false;
    await askForAcks();
    return sendOne();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      busy = true;
      const sent = await work();
      busy = false;
      if (sent) continue;
      // In a gap what is due still waits, and so does whoever wants it done; its end wakes this up.
      if (!inGap) for (const waiter of idleWaiters.splice(0)) waiter();
      const due = inGap ? undefined : nextSend(db);
      sleeping = new AbortController();
      // Waking is cheap; a minute bounds what a moved clock or a missed wake can cost.
      const pause = due === undefined ? 60_000 : Math.min(60_000, Math.max(50, due - now()));
      await wait(pause, AbortSignal.any([sleeping.signal, stopping.signal]));
    }
  }
  const running = run();

  return {
    wake: () => sleeping.abort(),
    acked(message, ack) {
      const refused = ack < 0 && beingSent(db, message);
      if (refused) tryLater(refused, refused.attempts);
      else acked(db, message, ack, now());
      sleeping.abort();
    },
    async idle() {
      for (;;) {
        const due = nextSend(db);
        if (!busy && (due === undefined || due > now() || channel.state().state !== 'ready' || stopped)) return;
        await new Promise<void>((resolve) => {
          idleWaiters.push(resolve);
          sleeping.abort();
        });
      }
    },
    async stop() {
      stopped = true;
      stopping.abort();
      await running;
      for (const waiter of idleWaiters.splice(0)) waiter();
      idleWaiters = [];
    },
  };
}
