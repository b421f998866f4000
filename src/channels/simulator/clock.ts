// The simulator's clock: the machine's time moved forward by hand, never back.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Millis } from '../../core/types.ts';
import { Refusal } from './refusal.ts';

export interface SimulatorClock {
  /** Simulated time; flows on with the machine's and never goes back, over a restart either. */
  now(): Millis;
  /** Moves the clock forward to this moment. Throws a Refusal where that would be back. */
  set(to: Millis): void;
  /** True when the moment asked for at the start lies before what this world has already lived. */
  readonly keptLater: boolean;
}

/** How far the position on disk may lag behind; it matters only when the machine's own clock was set back meanwhile. */
const NOTE_EVERY: Millis = 5_000;

/**
 * Opens the clock kept in `folder`.
 * `setTo` is the moment the simulation is to begin at; a world that is already later stays where it is (`keptLater`).
 * `real` is the machine's clock.
 */
export function openClock(options: {
  readonly folder: string;
  readonly setTo?: Millis | undefined;
  readonly real: () => Millis;
}): SimulatorClock {
  const { folder, setTo, real } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'clock.json');
  const kept = readKept(file);
  let offset = kept?.offset ?? 0;
  let last = kept?.last ?? Number.NEGATIVE_INFINITY;
  let noted = Number.NEGATIVE_INFINITY;

  const note = () => {
    // Written aside and renamed, so that a killed process leaves either the old position or the new one.
    writeFileSync(`${file}.new`, JSON.stringify({ offset, last }));
    renameSync(`${file}.new`, file);
    noted = last;
  };

  const now = () => {
    const flowing = real() + offset;
    // The machine's clock was set back: this world waits at no moment, it goes on from where it was.
    if (flowing < last) offset += last - flowing;
    last = Math.max(last, flowing);
    if (last - noted >= NOTE_EVERY) note();
    return last;
  };

  const moveTo = (to: Millis) => {
    offset = to - real();
    last = to;
    note();
  };

  let keptLater = false;
  if (setTo !== undefined) {
    if (kept && now() > setTo) keptLater = true;
    else moveTo(setTo);
  }
  now();

  return {
    now,
    set(to) {
      const current = now();
      if (to < current) throw new Refusal('The clock cannot go back.');
      moveTo(to);
    },
    keptLater,
  };
}

function readKept(file: string): { offset: Millis; last: Millis } | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { offset, last } = JSON.parse(text) as Record<string, unknown>;
    if (Number.isFinite(offset) && Number.isFinite(last)) return { offset: offset as Millis, last: last as Millis };
  } catch {
    // Falls through to the sentence below.
  }
  throw new Error(`${file} cannot be read: delete the simulator's folder to begin anew.`);
}
