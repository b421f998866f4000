// Which day people speak of: "besok malam", "hari sabtu", "tanggal 12", "tigo hari lagi". Words in standard spelling.

import { DAY_WORDS, dayExists, dayKey, MONTH_WORDS, moment, type Wall, wall } from '../time.ts';
import type { Millis } from '../types.ts';

/** A day as it is told: so many days on, a day of the week, or a date. */
type Meant =
  | { readonly ahead: number }
  /** `from` the part of the day that is meant: past its end it is the next day's, or over. */
  | { readonly part: string; readonly over: boolean }
  /** `eve`: "malam minggu" is the evening before Sunday. */
  | { readonly weekday: number; readonly next: boolean; readonly eve: boolean }
  | { readonly date: number; readonly month?: number; readonly monthsOn?: number; readonly year?: number };

/** Words that name a day. */
export interface DayPhrase {
  readonly at: number;
  /** Past its last word. */
  readonly end: number;
  readonly said: string;
  /** It can only lie ahead ("besok"); "hari sabtu" and "tanggal 12" may be over. */
  readonly ahead: boolean;
}

/** Part of the day -> when it is over, in minutes since midnight. */
const PARTS: Readonly<Record<string, number>> = {
  subuh: 6 * 60,
  pagi: 11 * 60,
  siang: 15 * 60,
  sore: 18 * 60 + 30,
  petang: 18 * 60 + 30,
  magrib: 19 * 60,
  maghrib: 19 * 60,
  isya: 20 * 60,
  malam: 24 * 60,
};
const NEXT = /^(depan|dpn|dpan|muko|muka|mukak)$/;
const DATE = /^(tanggal|tgl|tangga|tggl|tnggl)$/;
const NUMBERS: Readonly<Record<string, number>> = {
  satu: 1,
  sikok: 1,
  ciek: 1,
  dua: 2,
  duo: 2,
  tiga: 3,
  tigo: 3,
  empat: 4,
  ampek: 4,
  lima: 5,
  limo: 5,
  enam: 6,
  anam: 6,
  tujuh: 7,
  tujuah: 7,
  delapan: 8,
  salapan: 8,
  sembilan: 9,
  sepuluh: 10,
};

const known = <V>(table: Readonly<Record<string, V>>, word: string | undefined): V | undefined =>
  word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;

function numberOf(word: string | undefined, most: number): number | undefined {
  const number = /^\d{1,2}$/.test(word ?? '') ? Number(word) : known(NUMBERS, word);
  return number !== undefined && number >= 1 && number <= most ? number : undefined;
}

/** Names of months are of three letters or whole, so that "mereka" is no March. */
function monthOf(word: string | undefined): number | undefined {
  if (word === undefined || !/^(jan|feb|peb|mar|apr|mei|jun|jul|agu|ags|agt|sep|okt|nov|nop|des)/.test(word)) return;
  const whole =
    /^(januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)$/;
  return word.length <= 4 || whole.test(word) ? MONTH_WORDS[word.slice(0, 3)] : undefined;
}

interface Parsed {
  readonly told: Meant;
  readonly length: number;
  readonly ahead: boolean;
}

/** "3 hari lagi", "seminggu lagi". */
function counted(words: readonly string[]): Parsed | undefined {
  const whole = /^se(hari|minggu)$/.exec(words[0] ?? '');
  const number = whole ? 1 : numberOf(words[0], 60);
  const rest = whole ? [whole[1], ...words.slice(1)] : words.slice(1);
  if (number === undefined || !/^(hari|malam|minggu)$/.test(rest[0] ?? '') || rest[1] !== 'lagi') return undefined;
  return { told: { ahead: number * (rest[0] === 'minggu' ? 7 : 1) }, length: whole ? 2 : 3, ahead: true };
}

/** "tanggal 12", "tanggal 12 bulan depan", "12 desember 2026". */
function dated(words: readonly string[]): Parsed | undefined {
  const marked = DATE.test(words[0] ?? '');
  let i = marked ? 1 : 0;
  const date = /^\d{1,2}$/.test(words[i] ?? '') ? numberOf(words[i], 31) : undefined;
  if (date === undefined) return undefined;
  i++;
  const says = words[i] === 'bulan' ? i + 1 : i;
  const month = monthOf(words[says]) ?? (says > i ? numberOf(words[says], 12) : undefined);
  const monthsOn = says > i && NEXT.test(words[says] ?? '') ? 1 : says > i && words[says] === 'ini' ? 0 : undefined;
  if (month === undefined && monthsOn === undefined) {
    return marked ? { told: { date }, length: i, ahead: false } : undefined;
  }
  i = says + 1;
  const year = /^20\d\d$/.test(words[i] ?? '') ? Number(words[i]) : undefined;
  const length = year === undefined ? i : i + 1;
  if (month === undefined) return { told: { date, monthsOn: monthsOn as number }, length, ahead: monthsOn === 1 };
  return { told: { date, month, ...(year !== undefined && { year }) }, length, ahead: false };
}

/** "hari sabtu", "sabtu depan", "besok senin", "malam minggu"; Sunday and week are one word, so that Sunday needs its "hari". */
function weekday(words: readonly string[]): Parsed | undefined {
  let i = 0;
  const soon = /^(besok|nanti)$/.test(words[0] ?? '');
  if (soon) i++;
  const before = /^(hari|malam)$/.test(words[i] ?? '') ? words[i] : undefined;
  if (before) i++;
  const day = known(DAY_WORDS, words[i]);
  if (day === undefined || (day === 7 && !before)) return undefined;
  i++;
  if (known(PARTS, words[i])) i++;
  const next = NEXT.test(words[i] ?? '');
  const later = next || /^(besok|nanti)$/.test(words[i] ?? '');
  if (later || words[i] === 'ini') i++;
  if (known(PARTS, words[i])) i++;
  return { told: { weekday: day, next, eve: before === 'malam' }, length: i, ahead: soon || later };
}

/** "besok malam", "lusa", "besok lusa", "minggu depan", "nanti malam", "malam ini", "hari ini". */
function relative(words: readonly string[]): Parsed | undefined {
  const [first = '', second = '', third = ''] = words;
  const isPart = (word: string) => known(PARTS, word) !== undefined;
  if (first === 'minggu' && NEXT.test(second)) return { told: { ahead: 7 }, length: 2, ahead: true };
  if (first === 'minggu' && second === 'ini')
    return { told: { weekday: 7, next: false, eve: false }, length: 2, ahead: false };
  if (first === 'besok' || first === 'lusa') {
    const both = first === 'besok' && second === 'lusa';
    const i = both ? 2 : 1;
    return { told: { ahead: first === 'lusa' ? 2 : 1 }, length: isPart(words[i] ?? '') ? i + 1 : i, ahead: true };
  }
  if (first === 'hari' && second === 'ini') return { told: { ahead: 0 }, length: 2, ahead: false };
  if (first === 'nanti' && isPart(second)) return { told: { part: second, over: false }, length: 2, ahead: true };
  if (!isPart(first)) return undefined;
  if (second === 'besok' || second === 'lusa')
    return { told: { ahead: second === 'lusa' ? 2 : 1 }, length: 2, ahead: true };
  if (second === 'nanti') return { told: { part: first, over: false }, length: 2, ahead: true };
  if (second === 'ini' && third !== 'tadi') return { told: { part: first, over: true }, length: 2, ahead: false };
  return undefined;
}

/** Of "rabu tanggal 9 desember" the date counts. */
function namedDay(words: readonly string[]): Parsed | undefined {
  const day = weekday(words);
  const date = day && dated(words.slice(day.length));
  return date ? { ...date, length: day.length + date.length } : day;
}

function parse(words: readonly string[]): Parsed | undefined {
  const found = counted(words) ?? namedDay(words) ?? relative(words) ?? dated(words);
  if (!found) return undefined;
  // The hour belongs to it: "besok jam 8 malam".
  let { length } = found;
  if (words[length] === 'jam' && numberOf(words[length + 1], 24) !== undefined) {
    length += known(PARTS, words[length + 2]) ? 3 : 2;
  }
  return { ...found, length };
}

/** The longest phrase of a day has so many words. */
const LONGEST = 9;

/** The days named in a text, in their order. */
export function daysIn(words: readonly string[]): DayPhrase[] {
  const found: DayPhrase[] = [];
  for (let at = 0; at < words.length; ) {
    const parsed = parse(words.slice(at, at + LONGEST));
    if (parsed) {
      const end = at + parsed.length;
      found.push({ at, end, said: words.slice(at, end).join(' '), ahead: parsed.ahead });
    }
    at += parsed?.length ?? 1;
  }
  return found;
}

/**
 * The day that is meant, counted from when it was said. Where it may be meant so or so it is the nearer one.
 * @param said as `daysIn` found it
 * @param at when it was written
 * @returns `2026-11-28`, that day itself or later; undefined when it is over or no day at all
 */
export function dayAhead(said: string, at: Millis): string | undefined {
  const told = parse(said.split(' '))?.told;
  if (!told) return undefined;
  const today = wall(at);
  const on = (days: number) => dayKey(moment(today.year, today.month, today.day + days, 0));
  if ('ahead' in told) return on(told.ahead);
  if ('part' in told) {
    const isOver = today.minute >= (known(PARTS, told.part) as number);
    return isOver && told.over ? undefined : on(isOver ? 1 : 0);
  }
  if ('weekday' in told) {
    // "sabtu depan" is the one of next week.
    if (told.next) return on(8 - today.weekday + told.weekday - 1 - (told.eve ? 1 : 0));
    return on((told.weekday - (told.eve ? 1 : 0) - today.weekday + 7) % 7);
  }
  return dateAhead(told, today);
}

function dateAhead(told: Extract<Meant, { readonly date: number }>, today: Wall): string | undefined {
  const { date } = told;
  const key = (year: number, month: number) => {
    const w = wall(moment(year, month, 1, 0));
    return dayExists(w.year, w.month, date) ? dayKey(moment(w.year, w.month, date, 0)) : undefined;
  };
  const now = dayKey(moment(today.year, today.month, today.day, 0));
  const notBefore = (day: string | undefined) => (day !== undefined && day >= now ? day : undefined);
  if (told.month !== undefined) {
    if (told.year !== undefined) return notBefore(key(told.year, told.month));
    // "5 januari" said in November means the coming one; said in March of last January it is over.
    const monthsOn = (told.month - today.month + 12) % 12;
    return monthsOn <= MONTHS_AHEAD ? notBefore(key(today.year, today.month + monthsOn)) : undefined;
  }
  if (told.monthsOn !== undefined) return notBefore(key(today.year, today.month + told.monthsOn));
  return date >= today.day ? key(today.year, today.month) : key(today.year, today.month + 1);
}

/** A month further on than this is the one that has been. */
const MONTHS_AHEAD = 9;
