// Linking, starting, dying and coming back: the real program, the real library, real Chromium, and a network that fails.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { skip, WHOLE } from '../standin/chromium.ts';
import { browserProcesses, killBrowser } from './browser.ts';
import { openMailbox } from './mailbox.ts';
import { logOf, openScene, runOnWhatsApp, type Scene, type SceneOptions, shownQr } from './office.ts';

describe('living', { skip }, () => {
  let scene: Scene | undefined;
  afterEach(async () => {
    await scene?.end();
    scene = undefined;
  });
  const open = async (options?: SceneOptions): Promise<Scene> => {
    scene = await openScene(options);
    return scene;
  };

  const asks = async (one: Scene, text = 'brp biaya paspor?') => {
    const { wa, ani } = one;
    const before = wa.sent(ani).length;
    wa.say(ani, ani, text);
    await wa.until(() => wa.sent(ani).length > before, `an answer to "${text}"`, 20_000);
  };
  const isNotReady = async (one: Scene) =>
    one.wa.until(
      async () => (await one.bot.health().catch(() => undefined))?.channel.state !== 'ready',
      'the bot to notice',
      20_000,
    );

  for (const build of ['old', 'autumn'] as const) {
    test(`first link by QR, in the terminal and on the page; the next start needs none (${build})`, async () => {
      const one = await open({ build, unlinked: true, ...(WHOLE && { env: { CHROMIUM: WHOLE } }) });
      const qr = await shownQr(one);
      assert.match(one.bot.output(), /Perangkat tertaut[\s\S]*[▄▀█]{10}/, 'the terminal shows it');
      one.wa.scan(qr);
      await one.ready();
      assert.equal((await one.bot.link()).qr, undefined, 'a QR that was used is not shown any more');
      await asks(one);
      await one.restart('SIGTERM');
      assert.equal(one.wa.links, 1);
      await asks(one, 'syarat bikin paspor apo be?');
    });
  }

  test('a QR that has gone stale is followed by a fresh one', async () => {
    const one = await open({ unlinked: true });
    const first = await shownQr(one);
    one.wa.state('UNPAIRED_IDLE');
    assert.throws(() => one.wa.scan(first), /stale/);
    const second = await one.wa.until(
      async () => {
        const shown = await shownQr(one);
        return shown !== first ? shown : undefined;
      },
      'another QR',
      10_000,
    );
    one.wa.scan(second);
    await one.ready();
  });

  test('a pairing code on request, not two in a row', async () => {
    const one = await open({ unlinked: true, waits: { pairing: 30 } });
    await shownQr(one);
    const ask = (number: string) =>
      fetch(`http://127.0.0.1:${one.bot.port}/whatsapp/api/code`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ number }),
      });
    const given = await ask(one.wa.bot.phone);
    assert.equal(given.status, 200);
    const { code } = (await given.json()) as { code: string };
    assert.notEqual((await ask(one.wa.bot.phone)).status, 200, 'WhatsApp refuses who asks often');
    one.wa.enterCode(code.replace('-', ''));
    await one.ready();
    assert.equal(one.wa.codes, 1);
  });

  test('a clean stop leaves the session and no process behind', async () => {
    const one = await open();
    one.bot.process.kill('SIGTERM');
    assert.equal(await one.bot.ended, 0, one.bot.output());
    assert.deepEqual(browserProcesses(one), []);
    const session = join(one.folder, 'whatsapp', 'session');
    assert.ok(existsSync(session));
    assert.deepEqual(
      readdirSync(session).filter((name) => name.startsWith('Singleton')),
      [],
    );
  });

  test('SIGKILL of the bot: what came meanwhile is heard, nothing twice, no browser is left over', async () => {
    const one = await open();
    const { wa, rudi, officers } = one;
    await asks(one);
    wa.say(rudi, rudi, 'lapor adik saya ditahan majikan di malaysia');
    one.bot.process.kill('SIGKILL');
    await one.bot.ended;
    wa.say(rudi, rudi, 'dia minta tolong, tidak dikasih makan');
    one.bot = await runOnWhatsApp(wa, one.folder);
    await one.ready();
    await one.hears(rudi, /Laporan diterima/);
    await one.caughtUp();
    assert.equal(one.count(rudi, /Laporan diterima/), 1);
    assert.equal(one.rows("SELECT 1 FROM entries WHERE text LIKE '%tidak dikasih makan%'").length, 1);
    assert.ok(one.count(officers, /KRC-/) >= 1);
    assert.equal(browserProcesses(one).filter(({ type }) => type === 'browser').length, 1);
  });

  for (const type of ['browser', 'renderer'] as const) {
    test(`SIGKILL of the ${type}: noticed, started again, what came meanwhile is heard`, async () => {
      const one = await open();
      const { wa, ani } = one;
      killBrowser(one, type);
      wa.say(ani, ani, 'lapor kakak saya dikurung di rumah majikan, hp nya disita');
      await one.hears(ani, /Laporan diterima/, 30_000);
      await one.caughtUp();
      assert.equal(one.count(ani, /Laporan diterima/), 1);
      assert.equal(await Promise.race([one.bot.ended, Promise.resolve('runs')]), 'runs', 'the process itself lives on');
    });
  }

  test('LOGOUT: an e-mail says so, a new QR is shown, and after the scan all goes on', async () => {
    const mailbox = await openMailbox();
    try {
      const one = await open({ env: mailbox.settings });
      await asks(one);
      one.wa.logout();
      const mail = await one.wa.until(
        () => mailbox.mails[0],
        () => `an e-mail; it printed:\n${logOf(one)}`,
        20_000,
      );
      assert.match(mail, /tertaut|tautkan/i);
      assert.doesNotMatch(mail, /62000000|KRC-/);
      one.wa.scan(await shownQr(one));
      await one.ready();
      await asks(one, 'syarat paspor?');
      assert.equal(one.wa.links, 2);
      assert.equal(mailbox.mails.length, 1);
    } finally {
      await mailbox.close();
    }
  });

  test('a judged number: nothing is tried any more, and an e-mail says so', async () => {
    const mailbox = await openMailbox();
    try {
      const one = await open({ env: mailbox.settings });
      one.wa.state('TOS_BLOCK');
      const mail = await one.wa.until(
        () => mailbox.mails[0],
        () => `an e-mail; it printed:\n${logOf(one)}`,
        20_000,
      );
      assert.match(mail, /blokir/i);
      await one.wa.until(async () => (await one.bot.health()).channel.state === 'blocked', 'the bot to stop trying');
      assert.equal(one.wa.pages, 0);
      assert.deepEqual(browserProcesses(one), []);
    } finally {
      await mailbox.close();
    }
  });

  test('an outage that lasts is told by e-mail, and its end too', async () => {
    const mailbox = await openMailbox();
    try {
      const one = await open({ env: mailbox.settings, waits: { alarm: 2, opening: 1 } });
      one.wa.drop();
      await one.wa.until(() => mailbox.mails.length === 1, 'an e-mail of the outage', 30_000);
      one.wa.restore();
      await one.ready();
      await one.wa.until(() => mailbox.mails.length === 2, 'an e-mail of its end', 20_000);
      await asks(one);
    } finally {
      await mailbox.close();
    }
  });

  test('the network drops and comes back: what was written and what was said arrives, once', async () => {
    const one = await open({ waits: { opening: 60 } });
    const { wa, ani, koto } = one;
    wa.drop();
    wa.say(ani, ani, 'lapor suami saya hilang kontak 3 bulan di malaysia');
    await isNotReady(one);
    wa.restore();
    await one.hears(ani, /Laporan diterima/, 30_000);
    await one.caughtUp();
    assert.equal(one.count(ani, /Laporan diterima/), 1);
    for (const place of [ani, koto]) for (const { times } of wa.sent(place)) assert.equal(times, 1);
  });

  test('a connection that is dead without saying so is noticed by asking the network', async () => {
    const one = await open({ waits: { silence: 2, answer: 1 } });
    const { wa, ani } = one;
    wa.freeze();
    await isNotReady(one);
    wa.say(ani, ani, 'lapor paspor saya dirampas agen');
    wa.thaw();
    await one.hears(ani, /Laporan diterima/, 30_000);
    assert.equal(one.count(ani, /Laporan diterima/), 1);
  });

  test('a start without a network, with a page that never comes, and with one that is refused, is tried until it works', async () => {
    const one = await open({ unlinked: true, before: (wa) => wa.drop(), waits: { start: 2 } });
    const givenUp = () => one.bot.output().match(/the browser is given up/g)?.length ?? 0;
    await one.wa.until(() => givenUp() >= 1, 'a first try', 20_000);
    for (const fault of ['hang', 500] as const) {
      const before = givenUp();
      one.wa.faults.page = fault;
      one.wa.restore();
      await one.wa.until(() => givenUp() > before + 1, 'two tries', 30_000);
    }
    one.wa.faults.page = 'normal';
    one.wa.scan(await shownQr(one));
    await one.ready();
    await asks(one);
  });

  test('`ready` that never comes, because the page had synced before anybody listened', async () => {
    const one = await open();
    one.wa.faults.sync = 'early';
    await one.restart();
    assert.match(one.bot.output(), /had synced before anybody listened/);
    await asks(one);
  });

  test('`ready` that does not come at all: the browser is started again, the session kept', async () => {
    const one = await open({ waits: { ready: 2 } });
    one.wa.faults.sync = 'never';
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    one.bot = await runOnWhatsApp(one.wa, one.folder, { waits: { ready: 2 } });
    await one.wa.until(() => one.bot.output().includes('it does not become ready'), 'the deadline', 20_000);
    one.wa.faults.sync = 'normal';
    await one.ready();
    assert.equal(one.wa.links, 1);
  });

  test('`ready` that comes too early: a message of that moment is heard all the same', async () => {
    const one = await open();
    const { wa, ani } = one;
    wa.faults.sync = 'twice';
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    one.bot = await runOnWhatsApp(wa, one.folder);
    await wa.until(() => wa.pages === 1, 'the page', 20_000);
    wa.say(ani, ani, 'lapor ada calo ajak anak sekolah kerja di malaysia');
    await one.ready();
    await one.hears(ani, /Laporan diterima/);
    await one.caughtUp();
    assert.equal(one.count(ani, /Laporan diterima/), 1);
  });

  test('`ready` twice, because the page loads itself anew: each message is answered once', async () => {
    const one = await open();
    const { wa, ani } = one;
    await asks(one);
    wa.reload();
    await wa.until(() => wa.pages === 1 && wa.hears, 'the page again', 20_000);
    await one.ready();
    wa.say(ani, ani, 'lapor gaji saya tidak dibayar 4 bulan');
    await one.hears(ani, /Laporan diterima/, 20_000);
    await one.caughtUp();
    assert.equal(one.count(ani, /Laporan diterima/), 1);
    for (const { times } of wa.sent(ani)) assert.equal(times, 1);
  });

  test('missed while away: reports of any age, questions only when they are fresh, oldest first, each once', async () => {
    const one = await open();
    const { wa, ani, rudi, koto, officers } = one;
    await asks(one);
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    const hours = (n: number) => Date.now() - n * 3_600_000;
    const alerts = wa.sent(officers).length;
    wa.say(rudi, rudi, 'lapor anak saya dipukuli majikan di arab saudi', { at: hours(5) });
    wa.say(koto, ani, 'brp biaya paspor?', { at: hours(4) });
    wa.say(rudi, rudi, 'namanya Fulanah, di kota Jeddah', { at: hours(3) });
    wa.say(koto, ani, 'syarat paspor anak apa saja?');
    one.bot = await runOnWhatsApp(wa, one.folder);
    await one.ready();
    await one.hears(rudi, /Laporan diterima/, 20_000);
    await one.hears(koto, /anak/);
    await one.caughtUp();
    assert.equal(one.count(rudi, /Laporan diterima/), 1);
    assert.equal(wa.sent(koto).length, 1, 'the old question is not answered, the fresh one is');
    assert.ok(wa.sent(officers).length > alerts);
    const told = one.rows<{ text: string }>('SELECT text FROM entries ORDER BY at').map(({ text }) => text);
    assert.ok(told.findIndex((text) => /dipukuli/.test(text)) < told.findIndex((text) => /Fulanah/.test(text)));
  });

  test('more was missed than the page has in memory', async () => {
    const one = await open();
    const { wa, rudi, koto, ani } = one;
    await asks(one);
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    const begin = Date.now() - 2 * 3_600_000;
    wa.say(rudi, rudi, 'lapor paspor saya ditahan agen di batam', { at: begin });
    for (let i = 0; i < 60; i++) wa.say(rudi, rudi, `keterangan nomor ${i}`, { at: begin + (i + 1) * 1_000 });
    for (let i = 0; i < 120; i++) wa.say(koto, ani, `obrolan biasa ${i}`, { at: begin + i * 1_000 });
    one.bot = await runOnWhatsApp(wa, one.folder);
    await one.ready();
    await one.hears(rudi, /Laporan diterima/, 20_000);
    await one.caughtUp();
    assert.equal(one.rows("SELECT 1 FROM entries WHERE text LIKE 'keterangan nomor%'").length, 60);
    assert.equal(one.count(rudi, /Laporan diterima/), 1);
  });

  test('what was missed cannot be looked for: who writes now is heard all the same, and the rest as soon as it can be', async () => {
    const one = await open();
    const { wa, ani, rudi } = one;
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    wa.say(rudi, rudi, 'lapor paspor saya ditahan agen di batam');
    // Neither the library nor the bot gets at any message without it.
    wa.faults.lacks.add('WALinkify');
    one.bot = await runOnWhatsApp(wa, one.folder);
    await wa.until(() => /could not be looked for/.test(one.bot.output()), 'the failure', 20_000);
    wa.faults.lacks.delete('WALinkify');
    await one.ready();
    wa.say(ani, ani, 'lapor gaji saya tidak dibayar');
    await one.hears(ani, /Laporan diterima/);
    await one.hears(rudi, /Laporan diterima/, 20_000);
  });

  test('what stood in the chats before the first link is not the bot’s to answer', async () => {
    const one = await open({
      bare: true,
      before: (wa, { ani, koto }) => {
        wa.say(ani, ani, 'lapor lama sekali, sudah selesai', { at: Date.now() - 86_400_000 });
        wa.say(koto, ani, 'brp biaya paspor?', { at: Date.now() - 300_000 });
      },
    });
    await one.caughtUp();
    assert.equal(one.wa.sent(one.ani).length, 0);
    assert.equal(one.wa.sent(one.koto).length, 0);
  });

  test('a 👍 given while the bot was away is read again', async () => {
    const one = await open({ lids: true });
    const { wa, ani, budi, officers } = one;
    wa.say(ani, ani, 'lapor adik saya disekap di kamboja');
    const alert = await one.hears(officers, /DARURAT/);
    await one.caughtUp();
    one.bot.process.kill('SIGKILL');
    await one.bot.ended;
    wa.react(budi, alert.id, '👍');
    one.bot = await runOnWhatsApp(wa, one.folder);
    await one.ready();
    await one.hears(officers, /ditangani Budi/);
    await one.hears(ani, /sudah ditangani petugas/);
  });

  test('another WhatsApp Web takes the session over: the bot comes back by itself', async () => {
    const one = await open();
    one.wa.state('CONFLICT');
    await isNotReady(one);
    await one.ready();
    await asks(one);
    assert.equal(one.wa.links, 1);
  });

  test('a second bot on the same folder ends with a sentence, the first goes on', async () => {
    const one = await open();
    const second = await runOnWhatsApp(one.wa, one.folder);
    assert.equal(await second.ended, 1);
    assert.match(second.output(), /another bot is already running/);
    await asks(one);
    assert.equal(one.wa.pages, 1);
  });
});
