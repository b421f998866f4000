// A village, its officers and the bot at work over the real library in real Chromium, on both builds of the page.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { skip } from '../standin/chromium.ts';
import { openScene, type Scene } from './office.ts';

/** A picture of one pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const VOICE = Buffer.from('OggS a voice note of a moment');

for (const build of ['old', 'autumn'] as const) {
  describe(`talking, on the ${build} build`, { skip }, () => {
    let scene: Scene;
    before(async () => {
      scene = await openScene({ build, lids: build === 'autumn' });
    });
    after(async () => {
      await scene?.end();
    });
    const codeIn = (text: string) => /KRC-[2-9A-Z]{4}/.exec(text)?.[0] ?? assert.fail(`no code in: ${text}`);

    test('a question in the group is answered there, as a quote of it', async () => {
      const { wa, koto, ani } = scene;
      const asked = wa.say(koto, ani, 'brp biaya bikin paspor?');
      const answer = await scene.hears(koto, /paspor/i);
      assert.equal(answer.quote, asked);
      assert.equal(answer.times, 1);
    });

    test('a mention of the bot is understood, and `lanjut` on its answer', async () => {
      const { wa, koto, rudi } = scene;
      const lanjut = wa.say(koto, rudi, 'lanjut', { quote: (await scene.hears(koto, /lanjut/)).id });
      const more = await wa.until(() => wa.sent(koto).find(({ quote }) => quote === lanjut), 'the longer text', 10_000);
      assert.ok(more.text.length > 800, 'the longer text is longer');
      const hello = wa.say(koto, rudi, `@${koto.lids ? wa.bot.lid : wa.bot.phone} halo`, { mentions: [wa.bot] });
      await wa.until(() => wa.sent(koto).some(({ quote }) => quote === hello), 'an answer to the mention', 10_000);
    });

    test('ordinary chat is met with silence and leaves no trace', async () => {
      const { wa, koto, nurma } = scene;
      const said = wa.sent(koto).length;
      wa.say(koto, nurma, 'besok gotong royong jam 7 di mesjid yo, bawak cangkul');
      wa.say(koto, nurma, 'iyo pak siap');
      await scene.caughtUp();
      assert.equal(wa.sent(koto).length, said);
      const bytes = readFileSync(join(scene.folder, 'whatsapp', 'bot.sqlite'));
      assert.equal(bytes.includes('gotong royong'), false);
    });

    test('a report in private: receipt, alert, 👍, words, balas, ✅', async () => {
      const { wa, ani, budi, officers } = scene;
      wa.say(ani, ani, 'lapor paspor adik saya ditahan calo di malaysia, gaji tidak dibayar');
      const code = codeIn((await scene.hears(ani, /Laporan diterima/)).text);
      const alert = await scene.hears(officers, new RegExp(code));
      assert.doesNotMatch(alert.text, /620000000011|Ani/, 'nobody is named among the officers');
      wa.react(budi, alert.id, '👍');
      await scene.hears(officers, /ditangani Budi/);
      const words = await scene.hears(budi, /Isi laporan \(rahasia\)/);
      assert.match(words.text, /ditahan calo/);
      await scene.hears(ani, /sudah ditangani petugas/);
      const reply = wa.say(budi, budi, 'balas Ibu, kami sedang menghubungi KJRI', { quote: words.id });
      await scene.hears(ani, /Petugas menjawab[\s\S]*menghubungi KJRI/);
      await wa.until(
        () => wa.reactionsOn(reply).some(({ by, emoji }) => by === wa.bot && emoji === '✅'),
        'the tick on the officer’s message',
        10_000,
      );
    });

    test('a photo becomes part of the case, and the officer who has it in hand sees it', async () => {
      const { wa, ani, budi } = scene;
      wa.send(ani, ani, { photo: { bytes: PHOTO, mime: 'image/png' } }, {});
      const shown = await wa.until(() => wa.sent(budi).find(({ media }) => media), 'the photo at the officer', 20_000);
      assert.deepEqual(shown.media?.bytes, PHOTO);
      assert.match(shown.text, /KRC-/);
      const kept = readdirSync(join(scene.folder, 'whatsapp', 'media'));
      assert.deepEqual(
        kept.map((name) => readFileSync(join(scene.folder, 'whatsapp', 'media', name))),
        [PHOTO],
      );
    });

    test('a voice note alone is a report, and reaches the officer of the village', async () => {
      const { wa, rudi, budi, officers } = scene;
      wa.send(rudi, rudi, { voice: { bytes: VOICE, mime: 'audio/ogg; codecs=opus' } }, {});
      const code = codeIn((await scene.hears(rudi, /pesan suara \(isi belum dibaca\)/)).text);
      await scene.hears(officers, new RegExp(`${code}[\\s\\S]*pesan suara`));
      await wa.until(
        () => wa.sent(budi).find(({ media, type }) => media && /ptt|audio/.test(type)),
        'the voice note at the officer',
        20_000,
      );
    });

    test('a photo that is gone leaves the report as it is', async () => {
      const { wa, nurma, officers } = scene;
      wa.faults.media = '404';
      wa.send(
        nurma,
        nurma,
        { photo: { bytes: PHOTO, mime: 'image/png' }, caption: 'lapor anak saya dipukul majikan di arab' },
        {},
      );
      const code = codeIn((await scene.hears(nurma, /Laporan diterima/)).text);
      await scene.hears(officers, new RegExp(code));
      await scene.caughtUp();
      wa.faults.media = 'normal';
      assert.equal(scene.count(nurma, /Laporan diterima/), 1);
    });

    test('a place, a contact and a poll are told as they are', async () => {
      const { wa, ani, budi } = scene;
      wa.send(ani, ani, { location: { lat: -2.06, lng: 101.39, name: 'Terminal Sungai Penuh' } }, {});
      await scene.hears(budi, /Terminal Sungai Penuh/);
      wa.send(ani, ani, { contact: scene.rudi }, {});
      await scene.hears(budi, /kontak[\s\S]*Rudi/);
    });

    test('a changed message is added to the case, the first words stay', async () => {
      const { wa, ani, budi } = scene;
      const first = wa.say(ani, ani, 'calonya bernama si Anu');
      await scene.hears(budi, /si Anu/);
      wa.edit(first, 'calonya bernama si Polan');
      await scene.hears(budi, /si Polan/);
      assert.equal(scene.rows("SELECT 1 FROM entries WHERE text LIKE '%si Anu%'").length, 1);
    });

    test('a deleted message of an ordinary case: its words are gone, the case stays', async () => {
      const { wa, ani, budi } = scene;
      const said = wa.say(ani, ani, 'alamat kami rumah biru dekat surau');
      await scene.hears(budi, /rumah biru/);
      wa.revoke(said);
      await wa.until(
        () => scene.rows("SELECT 1 FROM entries WHERE text LIKE '%rumah biru%'").length === 0,
        'the words to be gone',
        10_000,
      );
      await wa.until(() => scene.rows('SELECT 1 FROM entries WHERE revoked_at IS NOT NULL').length === 1, 'the mark');
      assert.ok((await scene.bot.health()).openCases >= 1);
    });

    test('a deleted report of an urgent case is marked, its words stay for the head', async () => {
      const { wa, rudi, nurma, ratna, officers } = scene;
      void rudi;
      const told = wa.say(nurma, nurma, 'lapor baru anak saya disekap di kamboja, dipukuli tiap hari');
      await scene.hears(officers, /DARURAT/);
      wa.revoke(told);
      await scene.hears(ratna, /ditarik[\s\S]*disekap di kamboja/);
      await scene.hears(officers, /ditarik/);
    });

    test('a suspicious advert in the group is warned of', async () => {
      const { wa, koto, rudi, officers } = scene;
      wa.say(
        koto,
        rudi,
        'LOWONGAN KERJA ke Kamboja jadi admin, gaji 15 juta, berangkat pakai visa wisata, tanpa biaya, paspor diurus, hub wa',
      );
      await scene.hears(koto, /Hati-hati dengan tawaran/);
      await scene.hears(officers, /iklan kerja/);
    });

    test('what could not be read at first is heard once it can be', async () => {
      const { wa, ani } = scene;
      const hidden = wa.ciphertext(ani, ani);
      await scene.caughtUp();
      hidden.decrypt('agennya minta lima juta lagi');
      await scene.hears(scene.budi, /lima juta lagi/);
    });

    test('two machines that answer each other fall silent', async () => {
      const { wa, koto } = scene;
      const robot = wa.person(`robot-${build}`, { name: 'Toko', phone: '620000000041', lid: '90000000041' });
      wa.add(koto, robot);
      // It gives back whatever it is told.
      let answered = 0;
      for (let round = 0; round < 40; round++) {
        const said = wa.sent(robot);
        wa.say(robot, robot, said.at(-1)?.text ?? 'halo selamat datang di toko kami');
        await scene.caughtUp();
        if (wa.sent(robot).length === said.length) break;
        answered++;
      }
      assert.ok(answered <= 6, `answered ${answered} times`);
    });

    test('nothing of all this stands in the log, and the page met nothing it does not know', async () => {
      assert.doesNotMatch(scene.bot.output(), /62000000|90000000|disekap|paspor adik|Nurma/);
      assert.deepEqual(scene.wa.complaints, []);
      for (const place of [scene.koto, scene.officers, scene.ani, scene.rudi, scene.nurma, scene.budi])
        for (const sent of scene.wa.sent(place)) assert.equal(sent.times, 1, `doubled: ${sent.text}`);
    });
  });
}
