// The bot's place in groups: let in, listening first, sent away, silenced, invited.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { skip } from '../standin/chromium.ts';
import { openScene, type Scene, type SceneOptions } from './office.ts';

describe('groups', { skip }, () => {
  let scene: Scene | undefined;
  afterEach(async () => {
    await scene?.end();
    scene = undefined;
  });
  const open = async (options?: SceneOptions): Promise<Scene> => {
    scene = await openScene(options);
    return scene;
  };
  const newGroup = ({ wa, ani, nurma }: Scene, more: { approval?: boolean; withBot?: boolean } = {}) =>
    wa.group('hiang', {
      name: 'Desa Binaan Hiang Sakti',
      members: [ani, nurma],
      admins: [ani],
      withBot: false,
      ...more,
    });

  for (const build of ['old', 'autumn'] as const) {
    test(`let into a group: told, tied, introduced, listening; then it speaks (${build})`, async () => {
      const one = await open({ build, lids: build === 'autumn' });
      const { wa, wawan, ani } = one;
      const hiang = newGroup(one);
      wa.addBot(hiang);
      const notice = await one.hears(wawan, /grup baru[\s\S]*Hiang Sakti/);
      assert.equal(wa.sent(hiang).length, 0, 'nobody is greeted before the admin has spoken');
      wa.say(wawan, wawan, 'desa Hiang Sakti', { quote: notice.id });
      await one.hears(hiang, /Assalamualaikum warga Hiang Sakti/);
      wa.say(hiang, ani, 'brp biaya bikin paspor?');
      wa.say(ani, ani, 'lapor ada calo di kampung kami');
      await one.hears(ani, /Laporan diterima/);
      await one.caughtUp();
      assert.equal(wa.sent(hiang).length, 1, 'it listens first');
      wa.say(wawan, wawan, 'grup');
      const list = await one.hears(wawan, /\*Grup\*[\s\S]*Hiang Sakti/);
      assert.match(list.text, /mendengarkan[\s\S]*1 jawaban/);
      const number = /(\d+)\. [^\n]*Hiang Sakti/.exec(list.text)?.[1];
      wa.say(wawan, wawan, `grup ${number} bicara`);
      await wa.until(() => one.rows('SELECT 1 FROM chats WHERE listens = 1').length === 0, 'speech to be on', 10_000);
      wa.say(hiang, ani, 'syarat paspor untuk anak apa saja?');
      await one.hears(hiang, /anak/);
    });
  }

  test('sent away: the admin is told, nothing more is said there', async () => {
    const one = await open();
    const { wa, koto, wawan, ani } = one;
    wa.removeBot(koto);
    await one.hears(wawan, /Koto Dua Baru/);
    const said = wa.sent(koto).length;
    wa.say(ani, ani, 'brp biaya paspor?');
    await one.hears(ani, /paspor/i);
    await one.caughtUp();
    assert.equal(wa.sent(koto).length, said);
    assert.equal(one.rows('SELECT 1 FROM chats WHERE gone = 1').length, 1);
  });

  test('sent away while it was off, and let in again: both are noticed', async () => {
    const one = await open();
    const { wa, koto, wawan } = one;
    await one.caughtUp();
    one.bot.process.kill('SIGTERM');
    await one.bot.ended;
    wa.removeBot(koto);
    await one.restart('SIGTERM');
    await one.hears(wawan, /Koto Dua Baru/);
    const told = wa.sent(wawan).length;
    wa.addBot(koto);
    await wa.until(() => wa.sent(wawan).length > told, 'word of the return', 15_000);
    await wa.until(() => one.rows('SELECT 1 FROM chats WHERE gone = 1').length === 0, 'the return');
  });

  test('a group where only admins may write: told, nothing waits for it; after promotion it answers', async () => {
    const one = await open();
    const { wa, koto, wawan, ani, rudi } = one;
    wa.close(koto);
    await one.hears(wawan, /Koto Dua Baru[\s\S]*admin/);
    wa.say(koto, ani, 'brp biaya paspor?');
    await one.caughtUp();
    assert.equal(wa.sent(koto).length, 0);
    assert.equal((await one.bot.health()).outbox.waiting, 0);
    wa.promoteBot(koto);
    await wa.until(() => one.rows('SELECT 1 FROM chats WHERE closed = 1').length === 0, 'the promotion', 10_000);
    wa.say(koto, rudi, 'syarat paspor untuk anak apa saja?');
    await one.hears(koto, /anak/);
  });

  for (const approval of [false, true]) {
    test(`an admin sends the link of a group${approval ? ' that lets in by approval' : ''}`, async () => {
      const one = await open();
      const { wa, wawan } = one;
      const hiang = newGroup(one, { approval });
      wa.say(wawan, wawan, `https://chat.whatsapp.com/${wa.invite(hiang)}`);
      await one.hears(wawan, /Hiang Sakti[\s\S]*ya/);
      assert.equal(hiang.members.has(wa.bot), false, 'not before the admin has said yes');
      wa.say(wawan, wawan, 'ya');
      if (approval) {
        await one.hears(wawan, /[Mm]enunggu persetujuan/);
        wa.approveBot(hiang);
      }
      await one.hears(wawan, /grup baru[\s\S]*Hiang Sakti/);
      assert.equal(hiang.members.has(wa.bot), true);
    });
  }

  test('a link that leads nowhere, and one from somebody who is no admin', async () => {
    const one = await open();
    const { wa, wawan, ani } = one;
    wa.say(wawan, wawan, 'https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA');
    await one.hears(wawan, /(tidak berlaku|kedaluwarsa|salah)/i, 40_000);
    const hiang = newGroup(one);
    wa.say(ani, ani, `https://chat.whatsapp.com/${wa.invite(hiang)}`);
    await one.caughtUp();
    assert.equal(hiang.members.has(wa.bot), false);
    assert.equal(wa.requests(hiang).length, 0);
  });

  test('an officer known by LID alone takes a case, though nobody has ever seen his number here', async () => {
    const one = await open({ lids: true });
    const { wa, rudi, budi, officers } = one;
    wa.say(rudi, rudi, 'lapor saya dipaksa kerja tanpa gaji di malaysia');
    const alert = await one.hears(officers, /KRC-/);
    wa.react(budi, alert.id, '👍');
    await one.hears(officers, /ditangani Budi/);
    await one.hears(budi, /Isi laporan/);
  });

  test('one person by number in private and by LID in the group is one person', async () => {
    const one = await open({ lids: true });
    const { wa, koto, nurma } = one;
    wa.say(nurma, nurma, 'lapor anak saya ditahan agen di batam');
    await one.hears(nurma, /Laporan diterima/);
    wa.say(koto, nurma, 'tolong anak saya disekap di kamboja, dipukuli');
    await one.caughtUp();
    assert.equal(one.rows('SELECT 1 FROM cases').length, 1);
    assert.equal(one.rows('SELECT DISTINCT reporter FROM cases').length, 1);
    assert.equal(one.rows("SELECT 1 FROM people WHERE address LIKE '%@lid'").length, 0);
  });

  test('somebody whose number nobody may see is answered all the same', async () => {
    const one = await open({ lids: true });
    const { wa, koto, budi, officers } = one;
    const hidden = wa.person('tersembunyi', {
      name: 'Warga',
      phone: '620000000051',
      lid: '90000000051',
      lidUnknownPhone: true,
    });
    wa.add(koto, hidden);
    wa.say(hidden, hidden, 'lapor paspor saya ditahan majikan');
    await one.hears(hidden, /Laporan diterima/);
    const alert = await one.hears(officers, /KRC-/);
    wa.react(budi, alert.id, '👍');
    const words = await one.hears(budi, /Isi laporan/);
    const code = /KRC-[2-9A-Z]{4}/.exec(words.text)?.[0];
    wa.say(budi, budi, `identitas ${code} perlu menghubungi keluarga`);
    await one.hears(budi, /tidak terlihat/);
    wa.say(budi, budi, 'balas kami segera ke sana', { quote: words.id });
    await one.hears(hidden, /segera ke sana/);
  });
});
