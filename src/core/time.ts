// Times as the office speaks of them: Asia/Jakarta (UTC+7, no summer time), office hours, schedules.

import type { Millis, OfficeHours, Schedule } from './types.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Western Indonesian Time has been UTC+7 without summer time since 1964 (IANA tz, Asia/Jakarta). */
const WIB = 7 * HOUR;

const DAY_NAMES = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'] as const;
const MONTH_NAMES = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const;

/** A moment as a wall clock in Kerinci shows it. `weekday`: 1 Monday … 7 Sunday; `minute` since midnight. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly minute: number;
}

export function wall(at: Millis): Wall {
  const date = new Date(at + WIB);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
    minute: date.getUTCHours() * 60 + date.getUTCMinutes(),
  };
}

/** The moment at which a wall clock in Kerinci shows this. Days and minutes past their range roll over. */
export function moment(year: number, month: number, day: number, minute: number): Millis {
  return Date.UTC(year, month - 1, day, 0, minute) - WIB;
}

const twoDigits = (n: number) => String(n).padStart(2, '0');

/** `08.00` */
export function clockText(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}.${twoDigits(minute % 60)}`;
}

/** `Senin, 23 November 2026 pukul 08.00 WIB` */
export function dateText(at: Millis): string {
  const w = wall(at);
  return `${DAY_NAMES[w.weekday - 1]}, ${w.day} ${MONTH_NAMES[w.month - 1]} ${w.year} pukul ${clockText(w.minute)} WIB`;
}

/** `2026-11-23` as it is in Kerinci. */
export function dayKey(at: Millis): string {
  const w = wall(at);
  return `${w.year}-${twoDigits(w.month)}-${twoDigits(w.day)}`;
}

/** `Sabtu, 28 November`, of a day as `dayKey` writes it. */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const w = wall(moment(year, month, date, 0));
  return `${DAY_NAMES[w.weekday - 1]}, ${w.day} ${MONTH_NAMES[w.month - 1]}`;
}

/** How long something has lasted, for a list: `5 mnt`, `3 jam`, `2 hari`. */
export function ageText(millis: number): string {
  if (millis < HOUR) return `${Math.max(0, Math.floor(millis / MINUTE))} mnt`;
  if (millis < DAY) return `${Math.floor(millis / HOUR)} jam`;
  return `${Math.floor(millis / DAY)} hari`;
}

/**
 * The moment after `minutes` of office time have passed.
 * Outside office hours the count begins when the office next opens.
 */
export function addOfficeMinutes(hours: OfficeHours, from: Millis, minutes: number): Millis {
  let left = minutes * MINUTE;
  const start = wall(from);
  for (let offset = 0; offset < 400; offset++) {
    const opens = moment(start.year, start.month, start.day + offset, hours.from);
    const closes = moment(start.year, start.month, start.day + offset, hours.to);
    if (!hours.days.includes(wall(opens).weekday)) continue;
    const begin = Math.max(opens, from);
    if (begin >= closes) continue;
    if (begin + left <= closes) return begin + left;
    left -= closes - begin;
  }
  return from + minutes * MINUTE;
}

/** The next `count` moments of a schedule strictly after `after`; fewer when it ends. */
export function nextDates(schedule: Schedule, after: Millis, count: number): Millis[] {
  if (schedule.every === 'once') return schedule.at > after ? [schedule.at] : [];
  const dates: Millis[] = [];
  const start = wall(after);
  if (schedule.every === 'week') {
    for (let offset = 0; dates.length < count && offset < 7 * (count + 2); offset++) {
      const at = moment(start.year, start.month, start.day + offset, schedule.minute);
      if (at > after && schedule.days.includes(wall(at).weekday)) dates.push(at);
    }
    return dates;
  }
  for (let offset = 0; dates.length < count && offset < count + 2; offset++) {
    // A month without that day uses its last one, so that "tanggal 31" is never left out.
    const lastDay = wall(moment(start.year, start.month + offset + 1, 0, 0)).day;
    const at = moment(start.year, start.month + offset, Math.min(schedule.day, lastDay), schedule.minute);
    if (at > after) dates.push(at);
  }
  return dates;
}

/** `setiap Senin pukul 08.00`, for the admin. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.every) {
    case 'once':
      return dateText(schedule.at);
    case 'week':
      return schedule.days.length === 7
        ? `setiap hari pukul ${clockText(schedule.minute)}`
        : `setiap ${schedule.days.map((day) => DAY_NAMES[day - 1]).join(', ')} pukul ${clockText(schedule.minute)}`;
    case 'month':
      return `setiap tanggal ${schedule.day} pukul ${clockText(schedule.minute)}`;
    default:
      return schedule satisfies never;
  }
}

/** Name of a day -> 1 Monday … 7 Sunday. */
export const DAY_WORDS: Readonly<Record<string, number>> = {
  senin: 1,
  senen: 1,
  selasa: 2,
  rabu: 3,
  kamis: 4,
  jumat: 5,
  "jum'at": 5,
  jumaat: 5,
  sabtu: 6,
  minggu: 7,
  ahad: 7,
};

/** First three letters of a month -> 1 … 12. */
export const MONTH_WORDS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  peb: 2,
  mar: 3,
  apr: 4,
  mei: 5,
  jun: 6,
  jul: 7,
  agu: 8,
  ags: 8,
  agt: 8,
  sep: 9,
  okt: 10,
  nov: 11,
  nop: 11,
  des: 12,
};

/** Whether the calendar has this day. */
export function dayExists(year: number, month: number, day: number): boolean {
  const w = wall(moment(year, month, day, 0));
  return w.month === month && w.day === day;
}

/** What could not be understood of a schedule, so that the answer can say it. */
export type ScheduleFault = 'no-time' | 'no-day' | 'past' | 'no-such-day';

/** Takes the time of day out of a text: `08.00`, `8:30`, `jam 9`, `jam 7 malam`, `pukul 19.30`. */
function takeTime(text: string): { minute?: number; rest: string } {
  const found =
    /\b(?:(?:jam|pukul|pkl\.?)\s*)?(\d{1,2})[.:](\d{2})\b(?:\s*wib)?(?:\s*(pagi|siang|sore|petang|malam))?/.exec(
      text,
    ) ??
    /\b(?:jam|pukul|pkl\.?)\s*(\d{1,2})()\b(?:\s*wib)?(?:\s*(pagi|siang|sore|petang|malam))?/.exec(text) ??
    /\b(\d{1,2})()\s*(pagi|siang|sore|petang|malam)\b/.exec(text);
  if (!found) return { rest: text };
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  let hour = Number(found[1]);
  const minute = Number(found[2] || 0);
  const part = found[3];
  // "jam 12 malam" and "jam 1 malam" begin the day; "jam 7 malam" ends it; "jam 11 siang" is before noon.
  if (part === 'malam') hour = hour === 12 ? 0 : hour >= 5 && hour < 12 ? hour + 12 : hour;
  else if (part === 'siang') hour = hour < 10 ? hour + 12 : hour;
  else if (part && part !== 'pagi' && hour < 12) hour += 12;
  if (hour > 23 || minute > 59) return { rest };
  return { minute: hour * 60 + minute, rest };
}

/**
 * Reads when a broadcast is to be sent.
 * @param typed e.g. `setiap senin 08.00`, `tiap senin dan kamis jam 7 malam`, `setiap hari 06.30`,
 *   `tiap tanggal 1 jam 9`, `25 nov 19.30`, `besok jam 8`, `senin 08.00`
 * @param now the moment "besok" and a date without a year are counted from
 */
export function parseSchedule(typed: string, now: Millis): Schedule | ScheduleFault {
  const { minute, rest } = takeTime(typed.toLowerCase().replace(/[’`]/g, "'"));
  const words = rest.split(/[^\p{L}\p{N}'/-]+/u).filter((word) => word !== '');
  const recurring = words.some((word) => /^(se)?tiap$/.test(word));
  const days = [...new Set(words.map((word) => DAY_WORDS[word]).filter((day) => day !== undefined))].sort();
  const today = wall(now);
  if (minute === undefined) return 'no-time';

  if (recurring) {
    if (words.includes('hari') && days.length === 0) return { every: 'week', days: [1, 2, 3, 4, 5, 6, 7], minute };
    if (days.length > 0) return { every: 'week', days, minute };
    const day = Number(/\b(?:tanggal|tgl)\s*(\d{1,2})\b/.exec(rest)?.[1]);
    if (day >= 1 && day <= 31) return { every: 'month', day, minute };
    return day ? 'no-such-day' : 'no-day';
  }

  const once = (at: Millis): Schedule | ScheduleFault => (at > now ? { every: 'once', at } : 'past');
  const relative = words.includes('besok')
    ? 1
    : words.includes('lusa')
      ? 2
      : words.includes('ini') && words.includes('hari')
        ? 0
        : undefined;
  if (relative !== undefined) return once(moment(today.year, today.month, today.day + relative, minute));

  const slashed = /\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?\b/.exec(rest);
  const named = /\b(\d{1,2})\s+([a-z]{3,})(?:\s+(\d{4}))?/.exec(rest);
  const month = slashed ? Number(slashed[2]) : MONTH_WORDS[named?.[2]?.slice(0, 3) ?? ''];
  const date = slashed ?? (month ? named : null);
  if (date && month) {
    const day = Number(date[1]);
    const year = date[3] ? Number(date[3]) + (date[3].length === 2 ? 2000 : 0) : today.year;
    if (month > 12 || !dayExists(year, month, day)) return 'no-such-day';
    const at = moment(year, month, day, minute);
    // "5 jan" said in November means the coming January.
    return at <= now && !date[3] && dayExists(year + 1, month, day)
      ? once(moment(year + 1, month, day, minute))
      : once(at);
  }

  const weekday = days[0];
  if (weekday !== undefined && days.length === 1) {
    const ahead = (weekday - today.weekday + 7) % 7;
    const at = moment(today.year, today.month, today.day + ahead, minute);
    return once(at > now ? at : at + 7 * DAY);
  }
  return 'no-day';
}
