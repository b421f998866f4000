// ISO 8601 as the simulator's API speaks it: moments with +07:00, durations without months and years.

import { Refusal } from '../channels/simulator.ts';
import type { Millis } from '../core/types.ts';

/** Asia/Jakarta is UTC+7 all year. */
const WIB: Millis = 7 * 3_600_000;

/** `2026-11-23T08:00:00.000+07:00` */
export function isoText(at: Millis): string {
  return new Date(at + WIB).toISOString().replace('Z', '+07:00');
}

/** Reads `2026-11-23T08:00:00+07:00`; the offset must be given. Throws a Refusal. */
export function readMoment(text: string): Millis {
  const form = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.exec(text.trim());
  const at = form ? Date.parse(text.trim()) : Number.NaN;
  // Date.parse takes 31 February for 3 March.
  const day = form?.[1] ?? '';
  if (
    Number.isNaN(at) ||
    Number.isNaN(Date.parse(day)) ||
    new Date(Date.parse(day)).toISOString().slice(0, 10) !== day
  ) {
    throw new Refusal(`Not a moment: "${text}". Give ISO 8601 with an offset, such as 2026-11-23T08:00:00+07:00.`);
  }
  return at;
}

/** Reads `PT10M`, `P1D`, `P1DT2H`, `P2W` into milliseconds. Throws a Refusal. */
export function readDuration(text: string): Millis {
  const form = /^P(?=[\dT])(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text.trim(),
  );
  if (!form) {
    throw new Refusal(
      `Not a duration: "${text}". Give ISO 8601 with weeks, days, hours, minutes or seconds, such as PT10M.`,
    );
  }
  const [weeks, days, hours, minutes, seconds] = form.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Math.round((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000);
}
