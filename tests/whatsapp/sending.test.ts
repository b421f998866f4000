// Sending when WhatsApp will not: hanging, failing, never acked, half broken; nothing lost, nothing doubled.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { skip } from '../standin/chromium.ts';
import type { Person, Sent } from '../standin/standin.ts';
import { openScene, runOnWhatsApp, type Scene, type SceneOptions } from './office.ts';

const LAPOR = 'lapor paspor adik saya ditahan majikan di malaysia';

for (const build of ['old', 'autumn'] as const) {
  describe(`sending that fails, on the ${build} build`, { skip }, () => {
    let scene: Scene;
    before(async () => {
      scene = await openScene({ build, waits: { call: 1 } });
    });
    after(async () => {
      await scene?.end();
    });

    /** This person's report was received and told of once, whatever went wrong meanwhile; resolves with the receipt. */
    async function toldOnce(reporter: Person): Promise<Sent> {
      const receipt = await scene.hears(reporter, /Laporan diterima/, 40_000);
      const code = /KRC-[2-9A-Z]{4}/.exec(receipt.text)?.[0] ?? '';
      await scene.hears(scene.officers, new RegExp(code), 40_000);
      await scene.caughtUp();
      assert.equal(scene.count(reporter, /Laporan diterima/), 1);
      assert.equal(scene.count(scene.officers, new RegExp(`${code}[\\s\\S]*untuk menangani`)), 1);
      for (const place of [reporter, scene.officers])
        for (const { times } of scene.wa.sent(place)) assert.equal(times, 1);
      return receipt;
    }
    const failures = () => scene.bot.output().match(/a message is unknown/g)?.length ?? 0;

    for (const fault of ['hang', 'throws'] as const) {
      test(`a send that ${fault === 'hang' ? 'hangs' : 'throws'} before anything went out goes out later, once`, async () => {
        const { wa, ani, rudi } = scene;
        const reporter = fault === 'hang' ? ani : rudi;
        const before = failures();
        wa.faults.send = fault;
        await wa.settle();
        wa.say(reporter, reporter, LAPOR);
        await wa.until(() => failures() > before, 'the failure', 10_000);
        wa.faults.send = 'normal';
        await toldOnce(reporter);
      });
    }

    test('a send that fails after it went out is not sent again', async () => {
      const { wa, nurma } = scene;
      wa.faults.send = 'throws-after';
      await wa.settle();
      wa.say(nurma, nurma, LAPOR);
      await scene.hears(nurma, /Laporan diterima/, 30_000);
      await wa.until(
        () => scene.rows('SELECT 1 FROM outbox WHERE attempts = 0').length === 0,
        'all to be tried',
        10_000,
      );
      wa.faults.send = 'normal';
      await toldOnce(nurma);
    });

    test('a message that the network refuses goes out again, and is known whatever id it went under', async () => {
      const { wa } = scene;
      const lina = wa.person('lina', { name: 'Lina', phone: '620000000014', lid: '90000000014' });
      wa.faults.ack = 'error';
      await wa.settle();
      wa.say(lina, lina, LAPOR);
      await wa.until(() => scene.rows("SELECT 1 FROM outbox WHERE state = 'unknown'").length > 0, 'a refusal', 10_000);
      wa.faults.ack = 'normal';
      const receipt = await toldOnce(lina);
      wa.say(lina, lina, 'dia di Johor', { quote: receipt.id });
      await wa.until(() => scene.rows("SELECT 1 FROM entries WHERE text LIKE '%Johor%'").length === 1, 'the addition');
    });
  });
}

describe('sending', { skip }, () => {
  let scene: Scene | undefined;
  afterEach(async () => {
    await scene?.end();
    scene = undefined;
  });
  const open = async (options?: SceneOptions): Promise<Scene> => {
    scene = await openScene(options);
    return scene;
  };
  /** The receipt of a report stands there once, and every frame of the bot arrived once. */
  const onceEach = ({ wa, ani, officers }: Scene) => {
    assert.equal(wa.sent(ani).filter(({ text }) => /Laporan diterima/.test(text)).length, 1);
    assert.equal(wa.sent(officers).filter(({ text }) => /KRC-/.test(text)).length, 1);
    for (const place of [ani, officers]) for (const { times } of wa.sent(place)) assert.equal(times, 1);
  };

  test('a message that is never acked is looked up, never doubled', async () => {
    const one = await open();
    one.wa.faults.ack = 'never';
    await one.wa.settle();
    one.wa.say(one.ani, one.ani, LAPOR);
    await one.hears(one.ani, /Laporan diterima/, 20_000);
    // Long enough for several look-ups.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    assert.equal((await one.bot.health()).outbox.waiting > 0, true, 'without an ack it does not count as sent');
    one.wa.faults.ack = 'normal';
    for (const place of [one.ani, one.officers, one.budi, one.ratna]) one.wa.read(place);
    await one.wa.until(async () => (await one.bot.health()).outbox.waiting === 0, 'the acks to be taken', 40_000);
    onceEach(one);
  });

  test('a private chat that WhatsApp opens only after the number was asked for', async () => {
    const one = await open();
    one.wa.faults.newChat = 'no-lid';
    await one.wa.settle();
    one.wa.say(one.ani, one.ani, LAPOR);
    const alert = await one.hears(one.officers, /KRC-/, 20_000);
    one.wa.react(one.budi, alert.id, '👍');
    await one.hears(one.budi, /Isi laporan/, 40_000);
  });

  test('what of WhatsApp’s page is missing is told to the admin, and texts go on without it', async () => {
    const one = await open({
      before: (wa) => {
        wa.faults.lacks.add('WAWebMsgReply');
        wa.faults.lacks.add('WAWebSendReactionMsgAction');
        wa.faults.lacks.add('WAWebChatStateBridge');
      },
    });
    const notice = await one.hears(one.wawan, /WhatsApp Web berubah/);
    assert.match(notice.text, /tidak menempel pada pertanyaannya/);
    assert.equal(one.count(one.wawan, /WhatsApp Web berubah/), 1);
    one.wa.say(one.koto, one.ani, 'brp biaya paspor?');
    const answer = await one.hears(one.koto, /paspor/i);
    assert.equal(answer.quote, undefined, 'without its quote');
    assert.deepEqual((await one.bot.link()).broken, ['quotes', 'reactions', 'typing']);
  });

  test('where our own ids cannot be used any more, the library sends, and what it sent is known again', async () => {
    const one = await open({ before: (wa) => void wa.faults.lacks.add('WAWebGetEphemeralFieldsMsgActionsUtils') });
    // The library itself needs the module for sending: it is back by then.
    one.wa.faults.lacks.delete('WAWebGetEphemeralFieldsMsgActionsUtils');
    await one.wa.settle();
    assert.deepEqual((await one.bot.link()).broken, ['own-ids']);
    one.wa.say(one.ani, one.ani, LAPOR);
    await one.hears(one.ani, /Laporan diterima/, 20_000);
    const alert = await one.hears(one.officers, /KRC-/, 20_000);
    await one.caughtUp();
    onceEach(one);
    one.wa.react(one.budi, alert.id, '👍');
    await one.hears(one.officers, /ditangani Budi/);
  });

  test('with pacing: typing is shown, answers keep their distance, an alert does not wait', async () => {
    const one = await open({ env: { PACING: 'on', PACING_PER_CHAT: '6' } });
    const { wa, koto, ani, rudi, officers } = one;
    wa.say(koto, ani, 'brp biaya paspor?');
    wa.say(koto, ani, 'cara cek agen resmi gimana?');
    wa.say(rudi, rudi, 'lapor anak saya disekap di kamboja');
    const alert = await one.hears(officers, /DARURAT/, 20_000);
    await wa.until(() => wa.sent(koto).length === 2, 'both answers', 40_000);
    const [first, second] = wa.sent(koto);
    assert.ok(first && second && second.at - first.at >= 3_000, 'the answers keep a gap');
    assert.ok(alert.at < (second?.at ?? 0), 'the alert went before the second answer');
    assert.ok(wa.typing(koto) >= 1, 'typing was shown');
    assert.equal(wa.typing(officers), 0, 'an alert does not stop to type');
  });

  test('a flood of reports: ten alerts, then one digest; every case is told of', async () => {
    const one = await open({ env: { PACING: 'on' } });
    const { wa, officers } = one;
    const people = Array.from({ length: 25 }, (_, i) =>
      wa.person(`w${i}`, { name: `Warga ${i}`, phone: `6200000001${10 + i}`, lid: `9000000001${10 + i}` }),
    );
    // Written while the bot is away, so that all is known before anything is told.
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    for (const person of people) wa.say(person, person, 'lapor saya ditipu agen, uang sudah dibayar');
    one.bot = await runOnWhatsApp(wa, one.folder, { env: { PACING: 'on' } });
    await one.ready();
    await one.hears(officers, /laporan lagi/, 60_000);
    const codes = one.rows<{ code: string }>('SELECT code FROM cases').map(({ code }) => code);
    assert.equal(codes.length, people.length);
    await wa.until(
      () => codes.every((code) => wa.sent(officers).some(({ text }) => text.includes(code))),
      'every case to be told of',
      20_000,
    );
    const alerts = wa.sent(officers).filter(({ text }) => /ambil\* untuk menangani/.test(text));
    assert.ok(alerts.length <= 12, `${alerts.length} alerts of their own`);
  });
});
