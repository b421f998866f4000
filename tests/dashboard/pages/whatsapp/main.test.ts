// Real Chromium on the page for WhatsApp: what a camera would see of it, on a small phone, by keyboard, and as it changes.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type RunningServer, startServer } from '../../../../src/dashboard/server.ts';
import type { LinkState } from '../../../../src/dashboard/whatsapp-api.ts';
import { CHROMIUM, skip } from '../../../standin/chromium.ts';
import { readQr } from '../../qr-reading.ts';

/** Chromium reaches for nothing outside this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];

const START = Date.parse('2026-11-23T08:00:00+07:00');
const REFERENCE = `2@${'aB3/+x9Z'.repeat(16)},${'k'.repeat(43)}=,${'Q/7+'.repeat(10)}abc=,${'z9'.repeat(21)}w=,1`;
const LINKING: LinkState = { state: 'linking', since: START, broken: [], qr: REFERENCE };

describe('the page for WhatsApp in Chromium', { skip }, () => {
  let browser: Browser;
  let server: RunningServer;
  let context: BrowserContext;
  let page: Page;
  let state: LinkState;
  let asked: string[];
  let said: string[];

  before(async () => {
    assert.ok(CHROMIUM, 'Chromium is missing');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  after(() => browser?.close());

  beforeEach(async () => {
    state = LINKING;
    asked = [];
    said = [];
    const link = {
      state: () => state,
      requestCode: async (number: string) => {
        asked.push(number);
        return 'WXYZ1234';
      },
    };
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      health: () => ({}),
      whatsapp: { link, now: () => START, pairing: 180_000 },
    });
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
    assert.deepEqual(said, [], 'the page complained');
  });

  async function open(width = 360, height = 740): Promise<void> {
    context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 2, locale: 'id-ID' });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    page.on('console', (message) => {
      // A refused code and a bot that is away are told by the page; Chromium notes the failed requests as well.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`http://127.0.0.1:${server.port}/`);
  }

  const picture = () => page.getByRole('img', { name: 'Kode QR untuk menautkan WhatsApp' });
  const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

  /** The squares as they stand on the screen: a screenshot, looked at in the middle of each square. */
  async function squaresOnScreen(): Promise<boolean[][]> {
    const shot = (await picture().screenshot()).toString('base64');
    const count = 57;
    const looking = await browser.newPage();
    const grid = (await looking.evaluate(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${shot}';
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const paper = canvas.getContext('2d');
      paper.drawImage(image, 0, 0);
      const square = image.width / ${count + 8};
      const dark = (x, y) => paper.getImageData(Math.floor((x + 0.5) * square), Math.floor((y + 0.5) * square), 1, 1).data[0] < 128;
      return Array.from({ length: ${count} }, (_, y) => Array.from({ length: ${count} }, (_, x) => dark(x + 4, y + 4)));
    })()`)) as boolean[][];
    await looking.close();
    return grid;
  }

  test('what stands on the screen of a small phone is the code that WhatsApp gave, large enough for a camera', async () => {
    await open(320, 640);
    await picture().waitFor();
    const box = await picture().boundingBox();
    assert.ok(box && box.width >= 264 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
    assert.equal(readQr(await squaresOnScreen()), REFERENCE);
  });

  test('nothing scrolls sideways at 320 px, whatever is shown', async () => {
    state = {
      ...LINKING,
      code: 'WXYZ1234',
      version: '2.3000.1029384756-alpha-of-a-long-name',
      number: '620000000099',
      broken: ['own-ids', 'groups'],
    };
    await open(320, 640);
    await picture().waitFor();
    await page.getByText('WXYZ-1234').waitFor();
    for (const name of ['linking', 'blocked'] as const) {
      state = { ...state, state: name };
      await told(name === 'linking' ? 'Menunggu ditautkan' : 'Diblokir');
      const [wide, room] = (await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )) as [number, number];
      assert.ok(wide <= room, `${name}: ${wide} pixels wide in a window of ${room}`);
    }
  });

  test('it follows the bot by itself: a new picture without an empty moment, then ready, then away', async () => {
    await open();
    await told('Menunggu ditautkan');
    await picture().waitFor();
    await page.evaluate(`
      window.empty = 0;
      new MutationObserver(() => {
        if (!document.querySelector('#picture img')) window.empty++;
      }).observe(document.querySelector('#picture'), { childList: true });
    `);
    const before = await picture().getAttribute('src');
    state = { ...LINKING, qr: REFERENCE.replace('2@a', '2@b') };
    await page.locator(`#picture img:not([src="${before}"])`).waitFor();
    assert.equal(await page.evaluate('window.empty'), 0);
    assert.equal(readQr(await squaresOnScreen()), state.qr);

    state = { state: 'ready', since: START, broken: ['reactions'], number: '620000000099' };
    await told('Siap sejak Senin, 23 November 2026 pukul 08.00 WIB');
    assert.equal(await picture().count(), 0);
    await page.getByText('balas “ambil” sebagai gantinya').waitFor();
    await page.getByText('+620000000099').waitFor();

    await server.stop();
    await told('Bot tidak menjawab halaman ini');
    assert.equal(await page.getByText('Siap sejak').count(), 0);
  });

  test('a state that stays the same is spoken once', async () => {
    await open();
    await told('Menunggu ditautkan');
    await picture().waitFor();
    await page.evaluate(`
      window.changes = 0;
      new MutationObserver((all) => { window.changes += all.length; })
        .observe(document.body, { childList: true, subtree: true, characterData: true });
    `);
    for (let i = 0; i < 2; i++) await page.waitForResponse((response) => response.url().endsWith('/state'));
    await page.evaluate('new Promise((done) => setTimeout(done, 100))');
    assert.equal(await page.evaluate('window.changes'), 0);
  });

  test('without a mouse: open the form, ask for a code, be refused the second one', async () => {
    await open();
    await picture().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0812');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'bukan angka 0' }).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('+62 0000-0000-99');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await told('Kode: WXYZ-1234');
    assert.deepEqual(asked, ['620000000099']);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'bisa diminta pukul 08.03 WIB' }).waitFor();
    await page.waitForResponse((response) => response.url().endsWith('/state'));
    await told('Kode: WXYZ-1234');
    state = { ...LINKING, state: 'ready', qr: undefined };
    await told('Siap sejak');
    assert.equal(await page.getByText('WXYZ-1234').count(), 0);
  });
});
