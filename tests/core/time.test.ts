// Times as the office speaks of them: office hours, schedules as they are typed, and the dates that follow from them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addOfficeMinutes,
  ageText,
  clockText,
  DAY,
  dateText,
  dayKey,
  HOUR,
  MINUTE,
  moment,
  nextDates,
  parseSchedule,
  scheduleText,
  wall,
} from '../../src/core/time.ts';
import type { Schedule } from '../../src/core/types.ts';
import { OFFICE } from './scenes.ts';

const RUNS = 3_000;
const HOURS = OFFICE.hours;

/** `2026-11-23 08.00` as a wall clock in Kerinci shows it. */
function at(shown: string): number {
  const [, year, month, day, hour, minute] = (/^(\d+)-(\d+)-(\d+) (\d+)\.(\d+)$/.exec(shown) ?? []).map(Number);
  return moment(year as number, month as number, day as number, (hour as number) * 60 + (minute as number));
}
const shown = (moment: number) => `${dayKey(moment)} ${clockText(wall(moment).minute)}`;

const anyMoment = fc.integer({ min: at('2024-01-01 00.00'), max: at('2036-12-31 23.59') });
const anyMinute = fc.integer({ min: 0, max: 24 * 60 - 1 });

describe('the wall clock', () => {
  test('is seven hours ahead of UTC and comes back as it was told', () => {
    assert.equal(moment(2026, 11, 23, 8 * 60), Date.UTC(2026, 10, 23, 1));
    fc.assert(
      fc.property(anyMoment, (now) => {
        const { year, month, day, minute, weekday } = wall(now);
        assert.equal(moment(year, month, day, minute), now - (now % MINUTE));
        assert.ok(weekday >= 1 && weekday <= 7);
      }),
      { numRuns: RUNS },
    );
  });

  test('is told in words', () => {
    assert.equal(dateText(at('2026-11-23 08.00')), 'Senin, 23 November 2026 pukul 08.00 WIB');
    assert.equal(dateText(at('2028-02-29 00.05')), 'Selasa, 29 Februari 2028 pukul 00.05 WIB');
    for (const [millis, text] of [
      [0, '0 mnt'],
      [59 * MINUTE, '59 mnt'],
      [HOUR, '1 jam'],
      [DAY - 1, '23 jam'],
      [9 * DAY, '9 hari'],
      [-5 * MINUTE, '0 mnt'],
    ] as const)
      assert.equal(ageText(millis), text);
  });
});

describe('office hours: Monday to Friday, 08.00 to 16.00', () => {
  for (const [from, minutes, until] of [
    ['2026-11-23 10.00', 60, '2026-11-23 11.00'],
    ['2026-11-23 07.00', 60, '2026-11-23 09.00'],
    ['2026-11-23 15.30', 60, '2026-11-24 08.30'],
    ['2026-11-23 15.00', 60, '2026-11-23 16.00'],
    ['2026-11-23 16.00', 60, '2026-11-24 09.00'],
    // Friday evening, Saturday and Sunday all wait for Monday.
    ['2026-11-27 15.59', 60, '2026-11-30 08.59'],
    ['2026-11-28 12.00', 60, '2026-11-30 09.00'],
    ['2026-11-29 23.59', 15, '2026-11-30 08.15'],
    ['2026-12-31 15.50', 20, '2027-01-01 08.10'],
    ['2026-11-23 08.00', 8 * 60, '2026-11-23 16.00'],
    ['2026-11-23 08.00', 8 * 60 + 1, '2026-11-24 08.01'],
  ] as const) {
    test(`${minutes} minutes after ${from} it is ${until}`, () => {
      assert.equal(shown(addOfficeMinutes(HOURS, at(from), minutes)), until);
    });
  }

  test('the moment is always within them, later, and in order', () => {
    fc.assert(
      fc.property(
        anyMoment,
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 500 }),
        (from, first, more) => {
          const one = addOfficeMinutes(HOURS, from, first);
          const other = addOfficeMinutes(HOURS, from, first + more);
          assert.ok(one - from >= first * MINUTE);
          assert.ok(other > one);
          const { weekday, minute } = wall(one);
          assert.ok(HOURS.days.includes(weekday), shown(one));
          assert.ok(minute >= HOURS.from && minute <= HOURS.to, shown(one));
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('an office that is never open does not stop the bot', () => {
    assert.equal(addOfficeMinutes({ days: [], from: 480, to: 960 }, 0, 60), 60 * MINUTE);
  });
});

describe('schedules as they are typed, on Monday 23 November 2026 at 10.00', () => {
  const now = at('2026-11-23 10.00');
  for (const [typed, first] of [
    ['25 nov 19.30', '2026-11-25 19.30'],
    ['25 November 2026 jam 7 malam', '2026-11-25 19.00'],
    ['25/11 08.00', '2026-11-25 08.00'],
    ['25-11-26 pukul 8:15 wib', '2026-11-25 08.15'],
    ['5 jan 09.00', '2027-01-05 09.00'],
    ['23 nov 09.00', '2027-11-23 09.00'],
    ['besok jam 8', '2026-11-24 08.00'],
    ['besok pagi jam 8', '2026-11-24 08.00'],
    ['lusa 06.30', '2026-11-25 06.30'],
    ['hari ini jam 3 sore', '2026-11-23 15.00'],
    ['senin 08.00', '2026-11-30 08.00'],
    ['senin 11.00', '2026-11-23 11.00'],
    ["jum'at jam 1 siang", '2026-11-27 13.00'],
    ['Setiap Senin 08.00', '2026-11-30 08.00'],
    ['tiap senin dan kamis jam 7 malam', '2026-11-23 19.00'],
    ['setiap hari 06.30', '2026-11-24 06.30'],
    ['tiap tanggal 1 jam 9', '2026-12-01 09.00'],
    ['tiap tgl 23 jam 12 siang', '2026-11-23 12.00'],
    ['setiap minggu jam 7 pagi', '2026-11-29 07.00'],
    ['29 feb 2028 10.00', '2028-02-29 10.00'],
  ] as const) {
    test(`${typed} is first ${first}`, () => {
      const schedule = parseSchedule(typed, now);
      assert.notEqual(typeof schedule, 'string', String(schedule));
      assert.equal(shown(nextDates(schedule as Schedule, now, 1)[0] as number), first);
    });
  }

  for (const [typed, fault] of [
    ['setiap senin', 'no-time'],
    ['08.00', 'no-day'],
    ['nanti malam jam 8', 'no-day'],
    ['25 nov', 'no-time'],
    ['25 nov 25.00', 'no-time'],
    ['31 feb 08.00', 'no-such-day'],
    ['30 feb 2028 08.00', 'no-such-day'],
    ['29 feb 2027 08.00', 'no-such-day'],
    ['12/13 08.00', 'no-such-day'],
    ['tiap tanggal 32 jam 9', 'no-such-day'],
    ['22 nov 2026 08.00', 'past'],
    ['hari ini 09.59', 'past'],
    ['', 'no-time'],
  ] as const) {
    test(`"${typed}" is refused: ${fault}`, () => {
      assert.equal(parseSchedule(typed, now), fault);
    });
  }

  for (const [typed, minute] of [
    ['besok jam 12 malam', 0],
    ['besok jam 1 malam', 60],
    ['besok jam 12 siang', 720],
    ['besok jam 11 siang', 660],
    ['besok jam 4 sore', 960],
    ['besok jam 6 petang', 1_080],
    ['besok 5 pagi', 300],
  ] as const) {
    test(`${typed} is ${clockText(minute)}`, () => {
      const schedule = parseSchedule(typed, now);
      assert.ok(typeof schedule !== 'string' && schedule.every === 'once');
      assert.equal(wall(schedule.at).minute, minute);
    });
  }

  test('whatever is typed is a schedule or a fault, and what is said back is understood again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'setiap',
            'tiap',
            'senin',
            'jumat',
            'tanggal',
            '31',
            '1',
            'jam',
            '9',
            '08.00',
            'nov',
            'malam',
            'besok',
            'hari',
            '/',
            '29 feb',
            'dan',
            '٣',
            '99.99',
          ),
          { maxLength: 7 },
        ),
        anyMoment,
        (parts, when) => {
          const schedule = parseSchedule(parts.join(' '), when);
          if (typeof schedule === 'string') return;
          const dates = nextDates(schedule, when, 3);
          assert.ok(dates.length > 0);
          const again = parseSchedule(scheduleText(schedule).replace('pukul', 'jam'), when);
          assert.deepEqual(again, schedule, scheduleText(schedule));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('the dates of a schedule', () => {
  test('weekly: on the days, at the minute, each later than the last and none left out', () => {
    fc.assert(
      fc.property(
        anyMoment,
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        anyMinute,
        fc.integer({ min: 1, max: 20 }),
        (after, days, minute, count) => {
          const dates = nextDates({ every: 'week', days, minute }, after, count);
          assert.equal(dates.length, count);
          let last = after;
          for (const date of dates) {
            assert.ok(date > last);
            assert.ok(days.includes(wall(date).weekday));
            assert.equal(wall(date).minute, minute);
            assert.ok(date - last <= 7 * DAY);
            last = date;
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('monthly: one in every month, on the day or the last one there is', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 31 }), anyMinute, (after, day, minute) => {
        const dates = nextDates({ every: 'month', day, minute }, after, 14);
        assert.equal(dates.length, 14);
        let last = after;
        const months = dates.map((date) => {
          assert.ok(date > last);
          last = date;
          const { year, month, day: on, minute: when } = wall(date);
          const lastOfMonth = wall(moment(year, month + 1, 0, 0)).day;
          assert.equal(on, Math.min(day, lastOfMonth));
          assert.equal(when, minute);
          return year * 12 + month;
        });
        months.forEach((month, i) => {
          assert.equal(month, (months[0] as number) + i);
        });
      }),
      { numRuns: RUNS },
    );
  });

  test('the 31st comes on 28, 29 and 30 as well', () => {
    const dates = nextDates({ every: 'month', day: 31, minute: 540 }, at('2028-01-31 09.00'), 3);
    assert.deepEqual(dates.map(shown), ['2028-02-29 09.00', '2028-03-31 09.00', '2028-04-30 09.00']);
    assert.equal(
      shown(nextDates({ every: 'month', day: 31, minute: 540 }, at('2027-01-31 09.00'), 1)[0] as number),
      '2027-02-28 09.00',
    );
  });

  test('once: that moment, and after it none', () => {
    const schedule: Schedule = { every: 'once', at: 5_000 };
    assert.deepEqual(nextDates(schedule, 4_999, 3), [5_000]);
    assert.deepEqual(nextDates(schedule, 5_000, 3), []);
  });
});
