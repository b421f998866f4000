// Real Chromium on the simulator's page of the real program: a villager, an officer and an admin at work, by role and label.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { freePort, type RunningBot, runBot } from '../scripts/run-bot.ts';
import { CHROMIUM, skip } from './standin/chromium.ts';

/** A place that Chromium fills without reaching for anything outside this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

describe('the page in Chromium', { skip }, () => {
  let browser: Browser;
  let bot: RunningBot;
  let address: string;
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));

  before(async () => {
    assert.ok(CHROMIUM, 'Chromium is missing');
    const port = await freePort();
    address = `http://127.0.0.1:${port}/`;
    bot = runBot(folder, port, { SIMULATOR_NOW: '2026-11-23T08:00:00+07:00' });
    [browser] = await Promise.all([chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS }), bot.ready]);
  });

  after(async () => {
    await browser?.close();
    bot?.signal('SIGTERM');
    await bot?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /** A phone or a desk of its own: nothing is shared between two people but the bot. Whatever its console says fails the test. */
  async function open(t: TestContext, person: string, chat: string, viewport = DESKTOP): Promise<Page> {
    const context = await browser.newContext({ viewport, locale: 'id-ID' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => {
      said.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    t.after(async () => {
      await context.close();
      assert.deepEqual(said, [], 'the page complained');
    });
    await page.goto(address);
    await page.getByLabel('Bermain sebagai').selectOption({ label: person });
    await page.getByRole('link', { name: chat }).click();
    return page;
  }

  const bubbles = (page: Page): Locator => page.getByRole('log').getByRole('article');
  const bubble = (page: Page, text: string | RegExp): Locator => bubbles(page).filter({ hasText: text }).last();
  const seen = (page: Page, text: string | RegExp) => bubble(page, text).waitFor();

  async function write(page: Page, text: string): Promise<void> {
    await page.getByLabel('Tulis pesan', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Kirim' }).click();
    await page.getByLabel('Tulis pesan', { exact: true }).and(page.locator(':placeholder-shown')).waitFor();
  }

  async function react(to: Locator, emoji: string): Promise<void> {
    await to.hover();
    await to.getByRole('button', { name: /^Beri reaksi pada pesan/ }).click();
    await to.getByRole('button', { name: `Reaksi ${emoji}`, exact: true }).click();
  }

  async function reply(page: Page, to: Locator, text: string): Promise<void> {
    await to.hover();
    await to.getByRole('button', { name: /^Balas pesan/ }).click();
    await write(page, text);
  }

  test('a villager asks in the group and is answered, her message quoted', async (t) => {
    const ani = await open(t, 'Ani (Warga)', 'Desa Binaan Koto Dua Baru');
    await write(ani, 'brp biaya paspor sekarang');
    const answer = bubble(ani, 'Rp650.000');
    await answer.getByRole('button', { name: /Ke pesan yang dikutip/ }).waitFor();
    assert.match((await answer.textContent()) ?? '', /brp biaya paspor sekarang/);
    await write(ani, 'besok gotong royong jam 7 ya');
    await ani.getByRole('article', { name: /^Anda/ }).filter({ hasText: 'gotong royong' }).waitFor();
    assert.equal(await bubbles(ani).filter({ hasText: 'gotong royong' }).count(), 1, 'ordinary chat gets silence');
  });

  test('a report on a small phone reaches the officer, who claims, answers and closes it', async (t) => {
    const group = await open(t, 'Budi (Petugas desa)', 'Petugas Kanim Kerinci');
    const own = await open(t, 'Budi (Petugas desa)', 'Bot (pribadi)');
    const rudi = await open(t, 'Rudi (Warga)', 'Bot (pribadi)', PHONE);
    await write(rudi, 'paspor istri saya Marlina ditahan agen di jambi');
    await seen(rudi, /Laporan diterima\. Kode: KRC-[2-9A-Z]{4}/);

    await seen(group, /KRC-[2-9A-Z]{4}[\s\S]*paspor atau dokumen ditahan/);
    assert.equal(await bubbles(group).filter({ hasText: 'Marlina' }).count(), 0, 'the group does not read the words');
    await seen(own, 'paspor istri saya Marlina ditahan agen di jambi');
    await react(bubble(group, 'untuk menangani'), '👍');
    await seen(group, /ditangani Budi/);
    await seen(rudi, /sudah ditangani petugas/);

    await reply(own, bubble(own, /Isi laporan/), 'balas Pak Rudi, besok kami datang.');
    await seen(rudi, /Petugas menjawab[\s\S]*Pak Rudi, besok kami datang\./);
    await bubble(own, 'balas Pak Rudi').getByText('✅').waitFor();
    await reply(group, bubble(group, /ditangani Budi/), 'selesai Paspor sudah kembali.');
    await seen(rudi, /ditutup oleh petugas[\s\S]*Paspor sudah kembali\./);
  });

  test('a voice note alone is a report', async (t) => {
    const sari = await open(t, 'Sari (Warga)', 'Bot (pribadi)', PHONE);
    await sari.getByRole('button', { name: 'Lampirkan' }).click();
    const chosen = sari.waitForEvent('filechooser');
    await sari.getByRole('button', { name: 'Pesan suara' }).click();
    await (await chosen).setFiles({ name: 'suara.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS') });
    await sari.getByRole('button', { name: 'Kirim' }).click();
    await seen(sari, /Kami menerima pesan suara \(isi belum dibaca\)/);
  });

  test('an urgent report that nobody claims climbs the ladder as the clock is moved', async (t) => {
    const eko = await open(t, 'Eko (Petugas)', 'Bot (pribadi)');
    const joni = await open(t, 'Joni (Warga)', 'Bot (pribadi)');
    await write(joni, 'tolong, anak saya disekap di johor, umurnya 16 tahun');
    await seen(joni, /110[\s\S]*129/);
    assert.equal(await bubbles(eko).filter({ hasText: 'Belum ada yang menangani' }).count(), 0);
    await joni.getByRole('button', { name: '+5 menit' }).click();
    await seen(eko, /Belum ada yang menangani[\s\S]*DARURAT/);
  });

  test('what looks like HTML is shown as text', async (t) => {
    const fikri = await open(t, 'Fikri (Warga)', 'Desa Binaan Hiang Sakti');
    await write(fikri, '<img src=x onerror=alert(1)><script>alert(2)</script>');
    await seen(fikri, '<script>alert(2)</script>');
  });

  test('without a mouse: choose a person, open a chat, write, reply', async (t) => {
    const page = await open(t, 'Dedi (Warga)', 'Desa Binaan Koto Dua Baru');
    await page.getByLabel('Bermain sebagai').focus();
    await page.keyboard.type('Mak Nurma');
    await page.keyboard.press('Enter');
    await page
      .getByText('Anda (Mak Nurma)')
      .or(page.getByRole('link', { name: 'Bot (pribadi)' }))
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Desa Binaan Koto Dua Baru' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Tulis pesan', { exact: true }).focus();
    await page.keyboard.type('selamat pagi semua');
    await page.keyboard.press('Enter');
    await seen(page, 'selamat pagi semua');
    await bubble(page, 'selamat pagi semua')
      .getByRole('button', { name: /^Balas pesan/ })
      .focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('pagi juga');
    await page.keyboard.press('Enter');
    await seen(page, /selamat pagi semua[\s\S]*pagi juga/);
  });

  test('nothing scrolls sideways on the smallest phone', async (t) => {
    const page = await open(t, 'Ani (Warga)', 'Desa Binaan Koto Dua Baru', { width: 320, height: 640 });
    await page.getByLabel('Tulis pesan', { exact: true }).waitFor();
    const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number;
    const room = (await page.evaluate('document.documentElement.clientWidth')) as number;
    assert.ok(wide <= room, `${wide} pixels wide in a window of ${room}`);
    for (const name of ['Kirim', 'Lampirkan', 'Kembali ke daftar obrolan', '+1 hari']) {
      const box = await page.getByRole('button', { name, exact: true }).boundingBox();
      assert.ok(box && box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 640, `${name} is out of reach`);
    }
  });

  // Last: it moves the clock by days.
  test('an admin makes a weekly broadcast, which comes on its day, once', async (t) => {
    const wawan = await open(t, 'Wawan (Admin)', 'Bot (pribadi)');
    const lina = await open(t, 'Lina (Warga)', 'Desa Binaan Koto Dua Baru');
    for (const [typed, answered] of [
      ['siaran', /Belum ada siaran/],
      ['siaran baru', /Tulis isi siaran/],
      ['Waspada tawaran kerja tanpa kontrak.', /Untuk desa mana/],
      ['semua', /Kapan dikirim/],
      ['setiap selasa 08.00', /Periksa dulu[\s\S]*24 November[\s\S]*1 Desember[\s\S]*8 Desember/],
      ['ya', /Siaran 1 disimpan/],
    ] as const) {
      await write(wawan, typed);
      await seen(wawan, answered);
    }
    const broadcast = bubbles(lina).filter({ hasText: 'Waspada tawaran kerja tanpa kontrak.' });
    assert.equal(await broadcast.count(), 0);
    await wawan.getByRole('button', { name: '+1 hari' }).click();
    await broadcast.waitFor();
    const moved = wawan.waitForResponse((response) => response.url().endsWith('/clock'));
    await wawan.getByRole('button', { name: '+1 hari' }).click();
    await moved;
    await write(lina, 'terima kasih infonya');
    assert.equal(await broadcast.count(), 1);
  });
});
