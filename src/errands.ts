// Errands: what takes time is done after the commit, and its result comes back through the door.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from './channels/channel.ts';
import { MINUTE } from './core/time.ts';
import type { AttachmentType, Event, Millis } from './core/types.ts';
import { type WaitFor, within } from './limit.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import { type Errand, type ErrandKind, finishErrand, forgetRunning, nextErrand, takeErrand } from './store/errands.ts';
import { discardedFiles, fileIsGone } from './store/forgetting.ts';

/** One try of anything; what has not come back by then has failed. */
const CALL_LIMIT: Millis = MINUTE;
/** A photo is tried three times over ten minutes; the report never waits for it. An invitation likewise. */
const TRIES = 3;
const WAITS: Readonly<Record<ErrandKind, readonly Millis[]>> = {
  'fetch-media': [5 * MINUTE],
  'look-at-invite': [MINUTE],
  'use-invite': [MINUTE],
  // Written when WhatsApp itself is away: tried without end.
  mail: [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE],
};
/** What only a channel that is ready can do, and what needs none: neither waits for the other. */
const OF_THE_CHANNEL: readonly ErrandKind[] = ['fetch-media', 'look-at-invite', 'use-invite'];
const OF_THE_POST: readonly ErrandKind[] = ['mail'];

/** The largest content that is fetched, in bytes: WhatsApp's own limit for photos, voice notes and videos (16 MB). */
const LARGEST = 16 * 1024 * 1024;
/** Kept as they come, never unpacked and never decoded. */
const FETCHED: readonly AttachmentType[] = ['photo', 'voice', 'video', 'document'];

/** Writes an e-mail; a throw means that it has to be tried again. */
export type Mail = (subject: string, text: string) => Promise<void>;

export interface Errands {
  wake(): void;
  /** When the next errand that can be run now falls due. */
  next(): Millis | undefined;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ErrandsParts {
  readonly db: Database;
  readonly channel: Channel;
  /** Undefined where the office has set no e-mail. */
  readonly mail: Mail | undefined;
  readonly hear: (event: Event) => void;
  readonly folder: string;
  readonly now: () => Millis;
  readonly wait: WaitFor;
  readonly log: Log;
}

type ErrandOf<Kind extends ErrandKind> = Extract<Errand, { kind: Kind }>;

const waitAfter = ({ kind, attempts }: Errand): Millis => {
  const waits = WAITS[kind];
  return waits[Math.min(attempts, waits.length) - 1] as Millis;
};

const isFetched = ({ attachment: { type, bytes } }: ErrandOf<'fetch-media'>) =>
  FETCHED.includes(type) && (bytes ?? 0) <= LARGEST;

export function startErrands(parts: ErrandsParts): Errands {
  const { db, channel, mail, hear, folder, now, wait, log } = parts;
  const stopping = new AbortController();
  const isReady = () => channel.state().state === 'ready';

  forgetRunning(db, now());

  const call = <T>(work: Promise<T>) =>
    within(work, (millis, signal) => wait(millis, AbortSignal.any([signal, stopping.signal])), CALL_LIMIT);

  // Each does one try, and returns true when nothing more is to be done; a throw is a try that failed.

  async function fetchMedia(errand: ErrandOf<'fetch-media'>): Promise<boolean> {
    const common = { case: errand.case, entry: errand.entry, at: now() };
    const content = isFetched(errand) ? await call(channel.fetchMedia(errand.attachment)) : undefined;
    const isKept = content !== undefined && content.length <= LARGEST;
    if (isKept) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // A name of our own: what the sender called it is never a path. The same at every try, so that one that was
      // interrupted leaves no second file.
      const file = `${errand.entry}-${errand.id}`;
      writeFileSync(join(folder, file), content, { mode: 0o600, flush: true });
      hear({ kind: 'media-arrived', ...common, file, attachment: errand.attachment });
      return true;
    }
    // What is too large or of no kind that is kept will not be otherwise the next time.
    if (isFetched(errand) && content === undefined && errand.attempts < TRIES) return false;
    hear({ kind: 'media-failed', ...common });
    return true;
  }

  /** Deletes what was taken back; what cannot be deleted now is tried at the next waking. */
  function deleteDiscarded(): void {
    for (const file of discardedFiles(db)) {
      try {
        rmSync(join(folder, file), { force: true });
        fileIsGone(db, file);
      } catch (error) {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a file could not be deleted');
      }
    }
  }

  async function lookAtInvite({ invite, asker }: ErrandOf<'look-at-invite'>): Promise<boolean> {
    const found = await call(channel.lookAtInvite(invite));
    hear({
      kind: 'invite',
      invite,
      asker,
      ...(found ? { result: 'found', ...found } : { result: 'refused' }),
      at: now(),
    });
    return true;
  }

  async function useInvite({ invite, asker }: ErrandOf<'use-invite'>): Promise<boolean> {
    hear({ kind: 'invite', invite, asker, result: await call(channel.useInvite(invite)), at: now() });
    return true;
  }

  async function sendMail({ id, subject, text }: ErrandOf<'mail'>): Promise<boolean> {
    if (mail) await call(mail(subject, text));
    else log.warn({ errand: id }, 'no e-mail is set up; it was not written');
    return true;
  }

  async function tryOnce(errand: Errand): Promise<boolean> {
    switch (errand.kind) {
      case 'fetch-media':
        return fetchMedia(errand);
      case 'look-at-invite':
        return lookAtInvite(errand);
      case 'use-invite':
        return useInvite(errand);
      case 'mail':
        return sendMail(errand);
      default:
        return errand satisfies never;
    }
  }

  /** What the door hears of an errand that was tried often enough; true when it is over with that. */
  function giveUp(errand: Errand): boolean {
    if (errand.kind === 'mail' || errand.attempts < TRIES) return false;
    if (errand.kind === 'fetch-media')
      hear({ kind: 'media-failed', case: errand.case, entry: errand.entry, at: now() });
    else hear({ kind: 'invite', invite: errand.invite, asker: errand.asker, result: 'refused', at: now() });
    return true;
  }

  async function run(errand: Errand): Promise<void> {
    let isOver = false;
    try {
      isOver = await tryOnce(errand);
    } catch (error) {
      // Stopped in the middle: taken up again at the next start.
      if (stopping.signal.aborted) return;
      const name = error instanceof Error ? error.name : 'unknown';
      log.warn({ errand: errand.id, kind: errand.kind, attempts: errand.attempts, error: name }, 'an errand failed');
      isOver = giveUp(errand);
    }
    if (isOver) finishErrand(db, errand);
  }

  /** Runs errands of some kinds, one at a time, while it may. */
  function line(kinds: readonly ErrandKind[], mayRun: () => boolean) {
    let running: Promise<void> | undefined;
    const runDue = async (): Promise<void> => {
      while (!stopping.signal.aborted && mayRun()) {
        const errand = takeErrand(db, kinds, now(), (taken) => now() + waitAfter(taken));
        if (!errand) return;
        await run(errand);
      }
    };
    const next = () => (stopping.signal.aborted || !mayRun() ? undefined : nextErrand(db, kinds));
    const wake = () => {
      running ??= runDue().finally(() => {
        running = undefined;
      });
    };
    const idle = async (): Promise<void> => {
      for (;;) {
        const due = next();
        if (!running && (due === undefined || due > now())) return;
        wake();
        await running;
      }
    };
    return { next, wake, idle, ended: async () => running };
  }

  const lines = [line(OF_THE_CHANNEL, isReady), line(OF_THE_POST, () => true)];

  return {
    wake() {
      deleteDiscarded();
      for (const { wake } of lines) wake();
    },
    next() {
      const times = lines.map(({ next }) => next()).filter((at) => at !== undefined);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    async idle() {
      deleteDiscarded();
      await Promise.all(lines.map(({ idle }) => idle()));
    },
    async stop() {
      stopping.abort();
      await Promise.all(lines.map(({ ended }) => ended()));
    },
  };
}
