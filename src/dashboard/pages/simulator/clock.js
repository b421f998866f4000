// The bar with the simulated time and the buttons that move it.

import { moveClock, Trouble } from './api.js';
import { byId } from './element.js';

/** Asia/Jakarta is UTC+7 all year; shifted by it, a moment's UTC parts are Kerinci's. */
const WIB = 7 * 3_600_000;
const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const MONTHS = [
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
];
/** A small screen has room for the first letters of a day or a month. */
const letters = () => (matchMedia('(max-width: 419px)').matches ? 3 : 20);
const two = (number) => String(number).padStart(2, '0');

/** `2026-11-23T08:00:05+07:00` → `08.00` */
export const timeText = (iso) => iso.slice(11, 16).replace(':', '.');

/** The day of a moment in words, seen from `today` (both as `2026-11-23`). */
export function dayText(day, today) {
  const passed = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  if (passed === 0) return 'Hari ini';
  if (passed === 1) return 'Kemarin';
  const date = new Date(day);
  return `${DAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** The next Monday at eight, in Kerinci, after `now` (milliseconds), as ISO 8601. */
export function nextMonday(now) {
  const here = new Date(now + WIB);
  const monday = Date.UTC(
    here.getUTCFullYear(),
    here.getUTCMonth(),
    here.getUTCDate() - ((here.getUTCDay() + 6) % 7),
    8,
  );
  const to = monday - WIB > now ? monday : monday + 7 * 86_400_000;
  return `${new Date(to).toISOString().slice(0, 19)}+07:00`;
}

/** Sets the bar up. `told(iso)` is called whenever the server tells the time; `today()` is the day shown. */
export function openClockBar() {
  const shown = byId('now');
  const status = byId('clock-status');
  const form = byId('clock-form');
  const open = byId('clock-open');
  const field = byId('clock-to');
  const buttons = [...document.querySelectorAll('.clock button')];
  let ahead = 0;
  let known = false;

  const now = () => Date.now() + ahead;
  const local = () => new Date(now() + WIB).toISOString();
  const show = () => {
    if (!known) return;
    const here = new Date(now() + WIB);
    const [weekday, month] = [DAYS[here.getUTCDay()], MONTHS[here.getUTCMonth()]].map((name) =>
      name.slice(0, letters()),
    );
    const day = `${weekday}, ${here.getUTCDate()} ${month} ${here.getUTCFullYear()}`;
    const text = `${day} ${two(here.getUTCHours())}.${two(here.getUTCMinutes())}`;
    if (shown.textContent !== text) shown.textContent = text;
    shown.dateTime = local().slice(0, 16);
  };

  const told = (iso) => {
    ahead = Date.parse(iso) - Date.now();
    known = true;
    show();
  };

  const move = async (change) => {
    for (const button of buttons) button.setAttribute('aria-disabled', 'true');
    status.textContent = 'Waktu sedang dimajukan…';
    status.classList.remove('bad');
    try {
      told((await moveClock(change)).now);
      status.textContent = '';
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      status.textContent = error.message;
      status.classList.add('bad');
    } finally {
      for (const button of buttons) button.removeAttribute('aria-disabled');
    }
  };

  const showForm = (visible) => {
    form.hidden = !visible;
    open.setAttribute('aria-expanded', String(visible));
    status.textContent = '';
    if (!visible) return;
    field.value = local().slice(0, 16);
    field.focus();
  };

  for (const button of buttons) {
    button.addEventListener('click', (event) => {
      if (button.getAttribute('aria-disabled')) return event.preventDefault();
      if (button.dataset.advance) move({ advance: button.dataset.advance });
      else if ('monday' in button.dataset) move({ set: nextMonday(now()) });
      else if (button === open) showForm(form.hidden);
    });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    move({ set: `${field.value.slice(0, 16)}:00+07:00` }).then(() => {
      if (!status.textContent) showForm(false);
    });
  });
  setInterval(show, 1000);

  return { told, today: () => local().slice(0, 10) };
}
