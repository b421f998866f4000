// Errands: what takes time is done after the commit, and its result comes back through the door.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from './channels/channel.ts';
import type { Event, Millis } from './core/types.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import { type Errand, finishErrand, forgetRunning, nextErrand, takeErrand } from './store/errands.ts';
import { discardedFiles, fileIsGone } from './store/forgetting.ts';

const CALL_LIMIT = 60_000;
/** A photo is tried three times over ten minutes; the report never waits for it. */
const TRIES = 3;
const AGAIN = 5 * 60_000;

export interface Errands {
  wake(): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ErrandsParts {
  readonly db: Database;
  readonly channel: Channel;
  readonly hear: (event: Event) => void;
  readonly folder: string;
  readonly now: () => Millis;
  readonly wait: (millis: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}

export function startErrands(parts: ErrandsParts): Errands {
  const { db, channel, hear, folder, now, wait, log } = parts;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  forgetRunning(db, now());

  async function fetchMedia(errand: Errand): Promise<void> {
    const limit = new AbortController();
    const content = await Promise.race([
      channel.fetchMedia(errand.attachment),
      wait(CALL_LIMIT, AbortSignal.any([limit.signal, stopping.signal])).then(() => undefined),
    ]).finally(() => limit.abort());
    const common = { case: errand.case, entry: errand.entry, at: now() };
    if (content) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // A name of our own: what the sender called it is never a path. The same at every try, so that one that was
      // interrupted leaves no second file.
      const file = `${errand.entry}-${errand.id}`;
      writeFileSync(join(folder, file), content, { mode: 0o600, flush: true });
      hear({ kind: 'media-arrived', ...common, file, attachment: errand.attachment });
    } else if (errand.attempts >= TRIES) hear({ kind: 'media-failed', ...common });
    else return;
    finishErrand(db, errand.id);
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

  async function runDue(): Promise<void> {
    deleteDiscarded();
    while (!stopping.signal.aborted && channel.state().state === 'ready') {
      const errand = takeErrand(db, now(), now() + AGAIN);
      if (!errand) return;
      try {
        await fetchMedia(errand);
      } catch (error) {
        log.warn({ errand: errand.id, error: error instanceof Error ? error.name : 'unknown' }, 'an errand failed');
        if (errand.attempts >= TRIES) {
          hear({ kind: 'media-failed', case: errand.case, entry: errand.entry, at: now() });
          finishErrand(db, errand.id);
        }
      }
    }
  }

  const wake = () => {
    running ??= runDue().finally(() => {
      running = undefined;
    });
  };

  return {
    wake,
    async idle() {
      for (;;) {
        const due = nextErrand(db);
        if (!running && (due === undefined || due > now() || channel.state().state !== 'ready')) return;
        wake();
        await running;
      }
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
