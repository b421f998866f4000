// Two thousand messages of a village and its people in private, the browser killed every two hundred: no report is
// lost, no alert is doubled, nobody is told anything twice.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chance } from '../../scripts/run-bot.ts';
import { skip } from '../standin/chromium.ts';
import type { Person } from '../standin/standin.ts';
import { browserProcesses, killBrowser } from './browser.ts';
import { openScene } from './office.ts';

const MESSAGES = 2_000;
const KILL_EVERY = 200;
/** Each a new person's first words in private. */
const REPORTS = [
  'lapor paspor saya ditahan agen di malaysia',
  'lapor adik saya disekap di kamboja, dipukul',
  'lapor suami saya sudah 4 bulan tidak ada kabar, kerja di kapal',
  'lapor ada calo ajak anak sekolah kerja di luar negeri',
  'lapor gaji saya tidak dibayar majikan',
];
const CHAT = [
  'besok gotong royong jam 7 yo',
  'iyo pak',
  'siapo yang punyo cangkul lebih',
  'selamat pagi semuo',
  'harga kayu manis naik lagi',
  'anak sayo demam, puskesmas buko dak?',
  'alhamdulillah panen kentang bagus',
];
const QUESTIONS = ['brp biaya paspor?', 'syarat bikin paspor apo be?', 'cara cek agen resmi gimana?'];

describe('soak', { skip }, () => {
  test(`${MESSAGES} messages, the browser killed every ${KILL_EVERY}`, async (t) => {
    const scene = await openScene({ lids: true });
    t.after(() => scene.end());
    const { wa, koto, officers, ani, rudi, nurma } = scene;
    const random = chance(2026);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const reporters: Person[] = [];
    let kills = 0;
    for (let i = 1; i <= MESSAGES; i++) {
      const dice = random();
      if (dice < 0.06) {
        const n = 100 + reporters.length;
        const person = wa.person(`r${n}`, {
          name: `Warga ${n}`,
          phone: `62000000${1000 + n}`,
          lid: `90000000${1000 + n}`,
        });
        reporters.push(person);
        wa.say(person, person, one(REPORTS));
      } else if (dice < 0.1) wa.say(koto, one([ani, rudi, nurma]), one(QUESTIONS));
      else wa.say(koto, one([ani, rudi, nurma]), one(CHAT));
      // A village does not write two hundred messages in one moment, and some of them come while the browser is dead.
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
      if (i % KILL_EVERY === KILL_EVERY / 2) {
        // It may still be on its way up from the last time.
        await wa.until(() => browserProcesses(scene).some(({ type }) => type === 'browser'), 'a browser', 30_000);
        killBrowser(scene, 'browser');
        kills++;
      }
      if (i % KILL_EVERY === 0) await scene.ready();
    }
    await wa.until(
      () => reporters.every((person) => wa.sent(person).some(({ text }) => /Laporan diterima/.test(text))),
      'every receipt',
      120_000,
    );
    await scene.caughtUp();
    const cases = scene.rows<{ code: string; n: number }>('SELECT code, count(*) AS n FROM cases GROUP BY reporter');
    const alerts = wa.sent(officers).map(({ text }) => /KRC-[2-9A-Z]{4}/.exec(text)?.[0]);
    const perCase = cases.map(({ code }) => alerts.filter((alert) => alert === code).length);
    // A frame that left just before a kill is sent again by the page itself, under its own id, which the network shows
    // once. That WhatsApp's network does so too, no stand-in can prove.
    const repeated = [officers, koto, ...reporters].flatMap((place) => wa.sent(place)).filter(({ times }) => times > 1);
    t.diagnostic(
      `${kills} kills, ${reporters.length} reports, ${cases.length} cases, ${alerts.length} alerts, ` +
        `${wa.sent(koto).length} said in the group, ${repeated.length} frames that came again under one id`,
    );
    assert.equal(kills, MESSAGES / KILL_EVERY);
    assert.equal(cases.length, reporters.length, 'no report is lost');
    assert.ok(
      cases.every(({ n }) => n === 1),
      'no report became two cases',
    );
    assert.deepEqual(
      perCase.filter((count) => count !== 1),
      [],
      'each case is told of once',
    );
    for (const person of reporters)
      assert.equal(wa.sent(person).filter(({ text }) => /Laporan diterima/.test(text)).length, 1);
  });
});
