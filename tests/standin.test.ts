// The stand-in under the bare library: what works on the old build, what breaks on autumn's, and what each switch does.

import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import whatsapp, { type GroupChat, type Message } from 'whatsapp-web.js';
import { makeCertificate } from './standin/certificate.ts';
import { skip } from './standin/chromium.ts';
import { LEFT_OUT } from './standin/left-out.ts';
import { hearing, type Library, linkLibrary, runLibrary } from './standin/library.ts';
import { type Build, type Group, openStandin, type Person, type Standin } from './standin/standin.ts';

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const idOf = (message: Message | undefined) => message?.id._serialized;
const serialised = (id: unknown) => (id as { readonly _serialized?: string } | undefined)?._serialized;
/** What a promise has come to by now. */
const settled = (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected',
    ),
    new Promise((resolve) => setTimeout(resolve, 300, 'pending')),
  ]);

/** A village, its people, and a folder for the session. */
interface Scene {
  readonly wa: Standin;
  readonly folder: string;
  readonly ani: Person;
  readonly budi: Person;
  readonly hidden: Person;
  readonly koto: Group;
  readonly lidGroup: Group;
}

async function openScene(build: Build = 'old'): Promise<Scene> {
  const wa = await openStandin({ build });
  const ani = wa.person('ani', { name: 'Ani', phone: '620000000011', lid: '900000000011' });
  const budi = wa.person('budi', { name: 'Budi', phone: '620000000021', lid: '900000000021' });
  const lidUnknownPhone = true;
  const hidden = wa.person('hidden', { name: 'Warga', phone: '620000000031', lid: '900000000031', lidUnknownPhone });
  const members = [ani, budi, hidden];
  const koto = wa.group('koto', { name: 'Desa Binaan Koto Dua Baru', members: [ani, budi], admins: [ani] });
  const lidGroup = wa.group('hiang', { name: 'Desa Binaan Hiang Sakti', members, admins: [ani], lids: true });
  return { wa, folder: mkdtempSync(join(tmpdir(), 'standin-')), ani, budi, hidden, koto, lidGroup };
}

async function end({ wa, folder }: Scene, ...libraries: readonly (Library | undefined)[]): Promise<void> {
  for (const library of libraries) await library?.stop().catch(() => {});
  await wa.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A scene with a library of its own, for one test. */
async function inScene(build: Build, run: (scene: Scene, keep: (one: Library) => Library) => Promise<void>) {
  const scene = await openScene(build);
  const libraries: Library[] = [];
  try {
    await run(scene, (one) => {
      libraries.push(one);
      return one;
    });
  } finally {
    await end(scene, ...libraries);
  }
}

// ---------------------------------------------------------------- without a browser

describe('the stand-in by itself', () => {
  test('its modules and those left out are all that the library asks for', () => {
    const library = join(dirname(createRequire(import.meta.url).resolve('whatsapp-web.js/package.json')), 'src');
    const asked = readdirSync(library, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .flatMap((source) => [...source.matchAll(/(?:require\(\s*|module: )'(WA\w+)'/g)].map(([, name]) => name ?? ''));
    const known = [...providedModules(), ...Object.values(LEFT_OUT).flat()];
    assert.deepEqual(
      [...new Set(asked)].sort(),
      known.sort(),
      'the library moved: see page/modules.js and left-out.ts',
    );
    assert.equal(new Set(known).size, known.length, 'provided and left out at once');
  });

  test('its certificate is signed by its own key, and Chromium is told the hash of it', () => {
    const { cert, spki } = makeCertificate('web.whatsapp.com');
    const read = new X509Certificate(cert);
    assert.equal(read.verify(read.publicKey), true);
    assert.equal(read.checkHost('web.whatsapp.com'), 'web.whatsapp.com');
    const key = read.publicKey.export({ type: 'spki', format: 'der' });
    assert.equal(spki, createHash('sha256').update(key).digest('base64'));
  });

  test('who waits in vain is told for what, and what stands in the chats', async () => {
    const { wa, ani, koto, ...rest } = await openScene();
    wa.say(koto, ani, 'brp biaya paspor?');
    await assert.rejects(
      wa.until(() => undefined, 'an answer', 30),
      /waited 30 ms for an answer[\s\S]*group koto:\n {2}ani: brp biaya paspor\?/,
    );
    await end({ wa, ani, koto, ...rest });
  });

  test('a QR that nobody shows is refused', async () => {
    const scene = await openScene();
    assert.throws(() => scene.wa.scan('2@x,y,z,a,1'), /stale or unknown/);
    await end(scene);
  });
});

function providedModules(): string[] {
  const source = readFileSync(join(import.meta.dirname, 'standin', 'page', 'modules.js'), 'utf8');
  return [...source.matchAll(/^ {4}(WA\w+)[:,]/gm)].map(([, name]) => name ?? '');
}

/** What the library leaves unhandled when its page or its browser goes away under it. */
const LIBRARYS_OWN =
  /Target closed|Session closed|detached|Execution context|Protocol error|ENOTEMPTY|EBUSY|Connection closed|TargetCloseError|window is not defined/;

describe('the library at the stand-in', { skip }, () => {
  const unhandled: unknown[] = [];
  let listeners: NodeJS.UnhandledRejectionListener[];
  before(() => {
    listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => unhandled.push(reason));
  });
  after(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    const strange = unhandled.filter((reason) => !LIBRARYS_OWN.test(String(reason)));
    assert.deepEqual(strange, [], 'rejections that are not the library’s own');
  });

  // -------------------------------------------------------------- the old build

  describe('on the old build', () => {
    let scene: Scene;
    let library: Library;
    before(async () => {
      scene = await openScene();
      library = await linkLibrary(scene.wa, scene.folder);
    });
    after(async () => {
      await end(scene, library);
      assert.deepEqual(scene.wa.complaints, []);
    });

    /** The newest message heard, once there is one with these words. */
    const heard = (text: string) =>
      scene.wa.until(() => library.heard('message').find(([{ body }]) => body === text)?.[0], `to hear "${text}"`);

    test('it is linked by the QR, once', () => {
      assert.equal(scene.wa.linked, true);
      assert.equal(scene.wa.links, 1);
      assert.equal(scene.wa.pages, 1);
      assert.equal(library.heard('authenticated').length, 1);
      const [[qr] = ['']] = library.heard('qr');
      assert.throws(() => scene.wa.scan(qr), /stale/);
    });

    test('a message in a group, an answer with its quote, and acks up to read', async () => {
      const { wa, koto, ani } = scene;
      const id = wa.say(koto, ani, 'brp biaya paspor?');
      const message = await heard('brp biaya paspor?');
      assert.equal(idOf(message), id);
      assert.equal(message.from, koto.id);
      assert.equal(message.author, `${ani.phone}@c.us`);
      assert.equal(message.fromMe, false);
      const answer = await message.reply('Rp650.000');
      const sent = await wa.until(() => wa.sent(koto)[0], 'the answer');
      assert.deepEqual(
        { ...sent, at: 0, ack: 0 },
        { id: idOf(answer), text: 'Rp650.000', type: 'chat', quote: id, at: 0, ack: 0, times: 1 },
      );
      await wa.until(() => wa.sent(koto)[0]?.ack === 2, 'the phones');
      wa.read(koto);
      const acks = () => library.heard('message_ack').flatMap(([one, ack]) => (idOf(one) === sent.id ? [ack] : []));
      await wa.until(() => acks().length === 3, 'three acks');
      assert.deepEqual(acks(), [1, 2, 3]);
    });

    test('in private, with a quote of the bot and a mention', async () => {
      const { wa, ani, koto, budi } = scene;
      const [first] = wa.sent(koto);
      assert.ok(first);
      wa.say(koto, budi, `@${wa.bot.phone} terima kasih`, { quote: first.id, mentions: [wa.bot] });
      const message = await heard(`@${wa.bot.phone} terima kasih`);
      assert.equal(message.hasQuotedMsg, true);
      assert.equal(idOf(await message.getQuotedMessage()), first.id);
      assert.equal((await message.getMentions())[0]?.isMe, true);
      wa.say(ani, ani, 'lapor');
      const told = await heard('lapor');
      assert.equal(told.from, `${ani.phone}@c.us`);
      assert.equal(told.author, undefined);
      await library.client.sendMessage(told.from, 'Laporan diterima');
      assert.equal((await wa.until(() => wa.sent(ani)[0], 'the receipt')).text, 'Laporan diterima');
    });

    test('what is typed on the phone of the bot is an own message, and none that the page sent', async () => {
      const { wa, budi } = scene;
      wa.say(budi, wa.bot, 'diketik di HP');
      await wa.until(() => library.heard('message_create').some(([{ body }]) => body === 'diketik di HP'), 'it');
      assert.equal(
        library.heard('message').some(([{ body }]) => body === 'diketik di HP'),
        false,
      );
      assert.deepEqual(wa.sent(budi), []);
    });

    test('a photo comes and goes, a voice note goes as such', async () => {
      const { wa, ani } = scene;
      wa.send(ani, ani, { photo: { bytes: PHOTO, mime: 'image/png', name: 'surat.png' }, caption: 'ini suratnya' });
      const message = await heard('ini suratnya');
      assert.equal(message.type, 'image');
      assert.equal(message.hasMedia, true);
      const media = await message.downloadMedia();
      assert.deepEqual(Buffer.from(media.data, 'base64'), PHOTO);
      assert.equal(media.mimetype, 'image/png');
      assert.equal(media.filesize, PHOTO.length);
      const before = wa.sent(ani).length;
      await library.client.sendMessage(message.from, media, { caption: 'kami terima' });
      const voice = new whatsapp.MessageMedia(
        'audio/ogg; codecs=opus',
        Buffer.from('OggS').toString('base64'),
        'suara.ogg',
      );
      await library.client.sendMessage(message.from, voice, { sendAudioAsVoice: true });
      const [photo, note] = await wa.until(() => wa.sent(ani).length === before + 2 && wa.sent(ani).slice(-2), 'both');
      assert.equal(photo?.text, 'kami terima');
      assert.deepEqual(photo?.media?.bytes, PHOTO);
      assert.equal(note?.type, 'ptt');
      assert.equal(note?.media?.bytes.toString(), 'OggS');
    });

    test('media that is gone is undefined, media that hangs stays open', async () => {
      const { wa, ani } = scene;
      wa.send(ani, ani, { voice: { bytes: Buffer.from('OggS') } });
      const [message] = await wa.until(() => library.heard('message').find(([{ type }]) => type === 'ptt'), 'a voice');
      wa.faults.media = '404';
      assert.equal(await message.downloadMedia(), undefined);
      wa.faults.media = 'hang';
      assert.equal(await settled(message.downloadMedia()), 'pending');
      wa.faults.media = 'normal';
      assert.equal(Buffer.from((await message.downloadMedia()).data, 'base64').toString(), 'OggS');
    });

    test('a place, a contact, a sticker, a document', async () => {
      const { wa, budi } = scene;
      const kinds = ['location', 'vcard', 'sticker', 'document'];
      wa.send(budi, budi, { location: { lat: -2.06, lng: 101.39, name: 'Terminal', address: 'Sungai Penuh' } });
      wa.send(budi, budi, { contact: { name: 'Ani', phone: scene.ani.phone } });
      wa.send(budi, budi, { sticker: { bytes: Buffer.from('RIFF') } });
      wa.send(budi, budi, { document: { bytes: Buffer.from('%PDF'), name: 'surat.pdf' } });
      const one = (kind: string) => library.heard('message').find(([{ type }]) => type === kind)?.[0];
      await wa.until(() => kinds.every(one), 'all four');
      const { location } = one('location') ?? {};
      assert.deepEqual([location?.latitude, location?.longitude, location?.name], [-2.06, 101.39, 'Terminal']);
      assert.match(one('vcard')?.vCards[0] ?? '', /FN:Ani/);
      assert.equal((await one('document')?.downloadMedia())?.filename, 'surat.pdf');
      assert.equal((await one('sticker')?.downloadMedia())?.mimetype, 'image/webp');
    });

    test('a poll and a vote, told with the name of what was chosen', async () => {
      const { wa, koto, ani, budi } = scene;
      const poll = wa.send(koto, ani, { poll: { question: 'Kapan?', options: ['Senin', 'Selasa'] } });
      await wa.until(() => library.heard('message').some(([{ type }]) => type === 'poll_creation'), 'the poll');
      wa.vote(budi, poll, ['Selasa']);
      const [vote] = await wa.until(() => library.heard('vote_update')[0], 'the vote');
      assert.equal(vote.selectedOptions[0]?.name, 'Selasa');
      assert.throws(() => wa.vote(budi, poll, ['Minggu']), /no option Minggu/);
    });

    test('reactions both ways, taken back, and read again', async () => {
      const { wa, koto, ani, budi } = scene;
      const id = wa.say(koto, ani, 'siapa bisa bantu?');
      const message = await heard('siapa bisa bantu?');
      await message.react('👀');
      assert.deepEqual(wa.reactionsOn(id), [{ by: wa.bot, emoji: '👀' }]);
      const sent = wa.sent(koto)[0]?.id ?? '';
      wa.react(budi, sent, '👍');
      const mine = () =>
        library.heard('message_reaction').filter(([{ senderId }]) => senderId === `${budi.phone}@c.us`);
      const [[reaction] = []] = await wa.until(() => mine().length === 1 && mine(), 'the reaction');
      assert.equal(reaction?.reaction, '👍');
      assert.equal(serialised(reaction?.msgId), sent);
      const again = await library.client.getMessageById(sent);
      const [given] = (await again.getReactions()) ?? [];
      assert.equal(given?.id, '👍');
      assert.equal(given?.senders[0]?.senderId, `${budi.phone}@c.us`);
      wa.react(budi, sent, '');
      await wa.until(() => mine().length === 2, 'its end');
      assert.equal((await library.client.getMessageById(sent)).hasReaction, false);
    });

    test('words are changed and taken back, by people and by the bot', async () => {
      const { wa, koto, ani } = scene;
      const id = wa.say(koto, ani, 'calonya si Anu');
      const message = await heard('calonya si Anu');
      wa.edit(id, 'calonya si Polan');
      const [edited, now, was] = await wa.until(() => library.heard('message_edit')[0], 'the change');
      assert.deepEqual([idOf(edited), now, was], [id, 'calonya si Polan', 'calonya si Anu']);
      wa.revoke(id);
      const [revoked, old] = await wa.until(() => library.heard('message_revoke_everyone')[0], 'the revocation');
      assert.deepEqual([idOf(revoked), revoked.type, old?.body], [id, 'revoked', 'calonya si Polan']);
      const own = await message.reply('jawaban').catch(() => library.client.sendMessage(koto.id, 'jawaban'));
      assert.equal((await own.edit('jawaban baru'))?.body, 'jawaban baru');
      const shown = () => wa.sent(koto).find((sent) => sent.id === idOf(own));
      await wa.until(() => shown()?.text === 'jawaban baru', 'the new answer');
      await own.delete(true);
      assert.equal(shown()?.type, 'revoked');
    });

    test('people by LID: the page learns the number by asking, or never', async () => {
      const { wa, lidGroup, budi, hidden } = scene;
      wa.say(lidGroup, budi, 'dari anggota');
      wa.say(lidGroup, hidden, 'dari yang tersembunyi');
      assert.equal((await heard('dari anggota')).author, `${budi.lid}@lid`);
      assert.deepEqual(await library.client.getContactLidAndPhone([`${budi.lid}@lid`]), [
        { lid: `${budi.lid}@lid`, pn: `${budi.phone}@c.us` },
      ]);
      assert.equal((await library.client.getContactById(`${budi.lid}@lid`)).id._serialized, `${budi.phone}@c.us`);
      assert.deepEqual(await library.client.getContactLidAndPhone([`${hidden.lid}@lid`]), [
        { lid: `${hidden.lid}@lid` },
      ]);
      await library.client.sendMessage(lidGroup.id, 'dari bot');
      await wa.until(() => wa.sent(lidGroup)[0]?.id.endsWith(`_${wa.bot.lid}@lid`), 'the bot under its LID');
      wa.say(hidden, hidden, 'lapor rahasia');
      const told = await heard('lapor rahasia');
      assert.equal(told.from, `${hidden.lid}@lid`);
      await told.reply('kami dengar', undefined, {});
      await wa.until(() => wa.sent(hidden).length === 1, 'an answer to who hides');
    });

    test('chats, contacts, numbers', async () => {
      const { wa, koto, ani, lidGroup, budi } = scene;
      const chats = await library.client.getChats();
      assert.ok(chats.some(({ name }) => name === koto.name) && chats.some(({ name }) => name === 'Ani'));
      const group = (await library.client.getChatById(lidGroup.id)) as GroupChat;
      assert.equal(group.isGroup, true);
      const known = group.participants.map(({ id }) => id._serialized);
      assert.ok(known.includes(`${budi.phone}@c.us`), 'what the page has learned is told by number');
      assert.ok(known.includes(`${ani.lid}@lid`), 'and what it has not by LID');
      assert.equal(group.participants.find(({ id }) => id.user === ani.lid)?.isAdmin, true);
      assert.equal((await library.client.getContactById(`${ani.phone}@c.us`)).pushname, 'Ani');
      assert.equal((await library.client.getNumberId(ani.phone))?._serialized, `${ani.phone}@c.us`);
      assert.equal(await library.client.getNumberId('620000000077'), null);
      assert.equal(wa.complaints.length, 0);
    });

    test('seen, and typing', async () => {
      const { wa, koto, ani } = scene;
      wa.say(koto, ani, 'belum dibaca');
      await heard('belum dibaca');
      const seen = wa.seen(koto);
      const chat = await library.client.getChatById(koto.id);
      assert.ok(chat.unreadCount > 0);
      await chat.sendSeen();
      await chat.sendStateTyping();
      await wa.until(() => wa.seen(koto) === seen + 1 && wa.typing(koto) === 1, 'both');
      assert.equal((await library.client.getChatById(koto.id)).unreadCount, 0);
      assert.equal(wa.typing(ani), 0);
    });

    test('groups by link: with approval, without, and one that leads nowhere', async () => {
      const { wa, ani } = scene;
      const open = wa.group('open', { name: 'Terbuka', members: [ani], withBot: false });
      const closed = wa.group('closed', { name: 'Tertutup', members: [ani], withBot: false, approval: true });
      const info = (await library.client.getInviteInfo(wa.invite(open))) as { subject: string; size: number };
      assert.deepEqual([info.subject, info.size], ['Terbuka', 1]);
      assert.equal(await library.client.acceptInvite(wa.invite(open)), open.id);
      const own = `${wa.bot.phone}@c.us`;
      const joined = (id: string) =>
        library.heard('group_join').some(([one]) => one.chatId === id && one.recipientIds.includes(own));
      await wa.until(() => joined(open.id), 'word of having joined');
      await assert.rejects(library.client.acceptInvite(wa.invite(closed)), (error: Error) =>
        /UnexpectedJoinGroupViaInviteResponse/.test(`${error.name} ${error.message}`),
      );
      assert.deepEqual(wa.requests(closed), [wa.bot]);
      assert.equal(joined(closed.id), false);
      wa.approveBot(closed);
      await wa.until(() => joined(closed.id), 'word of being let in');
      await assert.rejects(library.client.acceptInvite('AAAA'), (error: Error) =>
        /ServerStatusCodeError/.test(`${error.name} ${error.message}`),
      );
      wa.send(ani, ani, { invite: wa.group('v4', { name: 'Undangan', members: [ani], withBot: false }), from: ani });
      const [message] = await wa.until(
        () => library.heard('message').find(([{ type }]) => type === 'groups_v4_invite'),
        'an invitation',
      );
      assert.equal(message.inviteV4?.groupName, 'Undangan');
      await message.acceptGroupV4Invite();
      await wa.until(() => joined(message.inviteV4?.groupId ?? ''), 'word of having accepted');
    });

    test('let in, closed, promoted, and sent away', async () => {
      const { wa, ani, budi } = scene;
      const group = wa.group('turn', { name: 'Berganti', members: [ani], admins: [ani], withBot: false });
      wa.say(group, ani, 'belum terdengar');
      wa.addBot(group);
      await wa.until(() => library.heard('group_join').some(([{ chatId }]) => chatId === group.id), 'being let in');
      assert.equal(
        library.heard('message').some(([{ body }]) => body === 'belum terdengar'),
        false,
      );
      wa.close(group);
      await wa.until(() => library.heard('group_update').some(([{ chatId }]) => chatId === group.id), 'the closing');
      assert.equal((await library.client.getChatById(group.id)).isReadOnly, true);
      const acks = (id: string | undefined) =>
        library.heard('message_ack').flatMap(([one, ack]) => (idOf(one) === id ? [ack] : []));
      const refused = await library.client.sendMessage(group.id, 'tidak boleh');
      await wa.until(() => acks(idOf(refused))[0] === -1, 'the refusal');
      wa.promoteBot(group);
      await wa.until(() => library.heard('group_admin_changed').length === 1, 'the promotion');
      await library.client.sendMessage(group.id, 'boleh');
      wa.open(group);
      wa.add(group, budi);
      wa.remove(group, budi);
      wa.removeBot(group);
      const left = () => library.heard('group_leave').filter(([{ chatId }]) => chatId === group.id);
      await wa.until(() => left().length === 2, 'both leaving');
      assert.deepEqual(left()[1]?.[0].recipientIds, [`${wa.bot.phone}@c.us`]);
      const after = await library.client.sendMessage(group.id, 'sudah di luar');
      await wa.until(() => acks(idOf(after))[0] === -1, 'the refusal from outside');
      assert.deepEqual(
        wa.sent(group).map(({ text }) => text),
        ['boleh'],
      );
    });

    test('a message that cannot be read yet is told as such, and as a message once it can', async () => {
      const { wa, ani } = scene;
      const hidden = wa.ciphertext(ani, ani);
      const [message] = await wa.until(() => library.heard('message_ciphertext')[0], 'the ciphertext');
      assert.equal(idOf(message), hidden.id);
      hidden.decrypt('ternyata ini');
      assert.equal(idOf(await heard('ternyata ini')), hidden.id);
    });

    // ------------------------------------------------------------ what goes wrong with a message

    test('acks that never come, come late, or refuse', async () => {
      const { wa, budi } = scene;
      const acks = (id: string | undefined) =>
        library.heard('message_ack').flatMap(([one, ack]) => (idOf(one) === id ? [ack] : []));
      wa.faults.ack = 'never';
      const never = await library.client.sendMessage(`${budi.phone}@c.us`, 'tanpa tanda');
      assert.equal((await wa.until(() => wa.sent(budi)[0], 'it to arrive')).ack, 0);
      wa.faults.ackLateMs = 200;
      wa.faults.ack = 'late';
      const late = await library.client.sendMessage(`${budi.phone}@c.us`, 'tanda terlambat');
      await wa.until(() => wa.sent(budi).length === 2, 'it to arrive');
      assert.deepEqual(acks(idOf(late)), []);
      await wa.until(() => acks(idOf(late)).length === 2, 'the late acks');
      wa.faults.ack = 'error';
      const error = await library.client.sendMessage(`${budi.phone}@c.us`, 'ditolak');
      await wa.until(() => acks(idOf(error))[0] === -1, 'the refusal');
      wa.faults.ack = 'normal';
      assert.deepEqual(acks(idOf(never)), []);
      assert.equal(wa.sent(budi).length, 2);
    });

    test('sends that hang, fail, fail though they arrive, or are slow', async () => {
      const { wa, koto } = scene;
      const count = wa.sent(koto).length;
      const send = (text: string) => library.client.sendMessage(koto.id, text);
      wa.faults.send = 'hang';
      await wa.settle();
      assert.equal(await settled(send('menggantung')), 'pending');
      wa.faults.send = 'throws';
      await wa.settle();
      await assert.rejects(send('gagal'));
      assert.equal(wa.sent(koto).length, count);
      wa.faults.send = 'throws-after';
      await wa.settle();
      await assert.rejects(send('gagal tapi sampai'));
      assert.equal(wa.sent(koto).at(-1)?.text, 'gagal tapi sampai');
      wa.faults.send = 'normal';
      wa.faults.sendMsgSlowly = 400;
      await wa.settle();
      const slow = send('lambat');
      assert.equal(await settled(slow), 'pending');
      await slow;
      wa.faults.sendMsgSlowly = 0;
      await wa.settle();
    });

    test('the same id is taken once', async () => {
      const { koto } = scene;
      const twice = library.client.pupPage?.evaluate(`(async () => {
        const chat = require('WAWebCollections').Chat.get('${koto.id}');
        const MsgKey = require('WAWebMsgKey');
        const from = require('WAWebUserPrefsMeUser').getMaybeMePnUser();
        const id = new MsgKey({ from, to: chat.id, id: '3EB000000000000000AAAA', participant: from, selfDir: 'out' });
        const send = () => require('WAWebSendMsgChatAction').addAndSendMsgToChat(chat, {
          id, from, to: chat.id, ack: 0, body: 'sekali saja', type: 'chat', t: 1, local: true, self: 'out', isNewMsg: true,
        })[0];
        await send();
        return send().catch((error) => error.name);
      })()`);
      assert.equal(await twice, 'DuplicateMessageError');
      assert.equal(scene.wa.sent(koto).filter(({ text }) => text === 'sekali saja').length, 1);
    });

    test('a chat that cannot be begun before its number was asked for', async () => {
      const { wa } = scene;
      const rudi = wa.person('rudi', { name: 'Rudi', phone: '620000000041', lid: '900000000041' });
      const send = () => library.client.sendMessage(`${rudi.phone}@c.us`, 'halo', { sendSeen: false });
      wa.faults.newChat = 'no-lid';
      await wa.settle();
      await assert.rejects(send(), /No LID for user/);
      await library.client.getNumberId(rudi.phone);
      await send();
      await wa.until(() => wa.sent(rudi).length === 1, 'the message');
      wa.faults.newChat = 'normal';
    });

    test('a module that is lacking is named, and is no complaint; one that was never there is both', async () => {
      const { wa } = scene;
      const ask = (name: string) => library.client.pupPage?.evaluate(`window.require('${name}')`);
      wa.faults.lacks.add('WAWebMsgReply');
      await wa.settle();
      await assert.rejects(async () => ask('WAWebMsgReply'), /Requiring unknown module "WAWebMsgReply"/);
      assert.deepEqual(wa.complaints, []);
      wa.faults.lacks.clear();
      await assert.rejects(async () => ask('WAWebNoSuch'), /Requiring unknown module "WAWebNoSuch"/);
      assert.deepEqual(await wa.until(() => wa.complaints.length > 0 && wa.complaints.splice(0), 'the complaint'), [
        'unknown module: WAWebNoSuch',
      ]);
    });

    // ------------------------------------------------------------ what goes wrong with the network

    test('the network drops and comes back: states, what was sent meanwhile goes out once, what came is history', async () => {
      const { wa, koto, ani } = scene;
      wa.drop();
      await wa.until(() => library.heard('change_state').some(([state]) => state === 'TIMEOUT'), 'the drop');
      assert.equal(wa.pages, 0);
      wa.say(koto, ani, 'ditulis saat putus');
      const sent = await library.client.sendMessage(koto.id, 'dikirim saat putus', { sendSeen: false });
      const mine = () => wa.sent(koto).filter(({ text }) => text === 'dikirim saat putus');
      assert.equal(mine().length, 0);
      wa.restore();
      await wa.until(() => library.heard('change_state').at(-1)?.[0] === 'CONNECTED', 'the return');
      await wa.until(() => mine()[0]?.ack === 2, 'the message to arrive');
      assert.deepEqual(
        mine().map(({ id, times }) => [id, times]),
        [[idOf(sent), 1]],
      );
      assert.equal(
        library.heard('message').some(([{ body }]) => body === 'ditulis saat putus'),
        false,
      );
      const history = await (await library.client.getChatById(koto.id)).fetchMessages({ limit: 5 });
      assert.ok(history.some(({ body }) => body === 'ditulis saat putus'));
    });

    test('half-open: the page believes itself connected, and a question stays open until the thaw', async () => {
      const { wa, ani } = scene;
      wa.freeze();
      const asked = library.client.getNumberId(ani.phone);
      assert.equal(await settled(asked), 'pending');
      assert.equal(await library.client.getState(), 'CONNECTED');
      wa.thaw();
      assert.equal((await asked)?.user, ani.phone);
    });

    test('after a reload it is ready again, and knows what was said and done before', async () => {
      const { wa, koto, ani } = scene;
      const readies = library.heard('ready').length;
      wa.reload();
      await wa.until(() => library.heard('ready').length === readies + 1 && wa.hears, 'another ready', 15_000);
      assert.equal(wa.links, 1);
      const [own] = wa.sent(koto);
      assert.equal((await library.client.getMessageById(own?.id ?? '')).ack, 3);
      const before = library.heard('message').length;
      wa.say(koto, ani, 'sesudah dimuat ulang');
      await heard('sesudah dimuat ulang');
      assert.equal(library.heard('message').length, before + 1, 'once');
    });

    test('CONFLICT ends the library’s run', async () => {
      scene.wa.state('CONFLICT');
      await scene.wa.until(() => library.heard('disconnected')[0]?.[0] === 'CONFLICT', 'the end');
      await scene.wa.until(() => library.client.pupBrowser?.connected === false, 'the browser to be closed');
    });
  });

  // -------------------------------------------------------------- starting, ending, starting again

  describe('from one start to the next', () => {
    test('a browser killed right after linking keeps its session; what came and what waited meanwhile is there', async () =>
      inScene('old', async ({ wa, folder, koto, ani, budi }, keep) => {
        const first = keep(runLibrary(wa, folder));
        const [qr] = await wa.until(() => first.heard('qr')[0], 'a QR', 20_000);
        wa.scan(qr);
        await hearing(wa, first);
        await first.client.sendMessage(koto.id, 'pengingat');
        const sent = await wa.until(() => wa.sent(koto)[0], 'the message');
        wa.drop();
        await wa.until(() => wa.pages === 0, 'the drop');
        const waiting = await first.client.sendMessage(koto.id, 'belum terkirim', { sendSeen: false });
        await first.kill();
        wa.restore();
        for (let n = 1; n <= 45; n++) wa.say(koto, ani, `pesan ${n}`);
        wa.react(budi, sent.id, '👍');

        const second = keep(runLibrary(wa, folder));
        await hearing(wa, second);
        assert.equal(wa.links, 1);
        assert.deepEqual(second.heard('qr'), []);
        const late = () => wa.sent(koto).find(({ text }) => text === 'belum terkirim');
        await wa.until(() => late()?.ack === 2, 'what waited to go out');
        assert.deepEqual([late()?.id, late()?.times], [idOf(waiting), 1]);
        assert.deepEqual([second.heard('message'), second.heard('message_reaction')], [[], []]);
        const chat = await second.client.getChatById(koto.id);
        const inMemory = await chat.fetchMessages({});
        assert.ok(inMemory.length <= 21, `${inMemory.length} in memory`);
        const history = await chat.fetchMessages({ limit: 60, fromMe: false });
        assert.deepEqual(
          history.map(({ body }) => body),
          Array.from({ length: 45 }, (_, n) => `pesan ${n + 1}`),
        );
        const message = await second.client.getMessageById(sent.id);
        assert.equal(message.hasReaction, true);
        assert.equal((await message.getReactions())?.[0]?.senders[0]?.senderId, `${budi.phone}@c.us`);
      }));

    test('the phone ends the link: LOGOUT, a new QR, and all goes on', async () =>
      inScene('old', async ({ wa, folder, koto, ani }, keep) => {
        const library = keep(await linkLibrary(wa, folder));
        wa.logout();
        assert.equal(wa.linked, false);
        await wa.until(() => library.heard('disconnected')[0]?.[0] === 'LOGOUT', 'LOGOUT', 10_000);
        const [qr] = await wa.until(() => library.heard('qr')[1], 'another QR', 15_000);
        wa.scan(qr);
        await wa.until(() => library.heard('ready').length === 2 && wa.hears, 'another ready', 15_000);
        assert.equal(wa.links, 2);
        wa.say(koto, ani, 'masih ada?');
        await wa.until(() => library.heard('message')[0]?.[0].body === 'masih ada?', 'a message');
      }));

    test('QRs that expire, a pairing code, and a number that is judged, also at the next start', async () =>
      inScene('old', async ({ wa, folder }, keep) => {
        const library = keep(runLibrary(wa, folder));
        const [first] = await wa.until(() => library.heard('qr')[0], 'a QR', 20_000);
        wa.freshQr();
        const [second] = await wa.until(() => library.heard('qr')[1], 'a fresh QR');
        assert.throws(() => wa.scan(first), /stale/);
        await library.started;
        wa.state('UNPAIRED_IDLE');
        assert.throws(() => wa.scan(second), /stale/);
        await wa.until(async () => (await library.client.getState()) === 'UNPAIRED_IDLE', 'the page to be idle');
        await library.client.pupPage?.evaluate("require('WAWebCmd').Cmd.refreshQR()");
        await wa.until(() => library.heard('qr')[2], 'a QR after that');
        const code = await library.client.requestPairingCode(wa.bot.phone);
        assert.match(code, /^[0-9A-F]{8}$/);
        assert.throws(() => wa.enterCode('ABCDEFGH'), /stale or unknown/);
        wa.enterCode(code);
        await hearing(wa, library);
        assert.deepEqual([wa.links, wa.codes], [1, 1]);
        wa.state('TOS_BLOCK');
        await wa.until(() => library.heard('disconnected')[0]?.[0] === 'TOS_BLOCK', 'the end');
        await wa.until(() => wa.pages === 0, 'the browser to be closed');
        const again = keep(runLibrary(wa, folder));
        await again.started;
        assert.equal(await again.client.getState(), 'TOS_BLOCK');
      }));

    test('a page refused, a page that never comes, and no network', async () =>
      inScene('old', async ({ wa, folder }, keep) => {
        wa.faults.page = 500;
        const refused = keep(runLibrary(wa, folder, { authTimeoutMs: 500 }));
        await assert.rejects(refused.started, (error) => error === 'auth timeout');
        await refused.stop();
        wa.faults.page = 'hang';
        const hanging = keep(runLibrary(wa, folder));
        await wa.until(() => hanging.client.pupPage, 'a browser', 15_000);
        assert.equal(await settled(hanging.started), 'pending');
        await hanging.stop();
        wa.faults.page = 'normal';
        wa.drop();
        await assert.rejects(keep(runLibrary(wa, folder)).started, /net::ERR_/);
        assert.equal(wa.pages, 0);
      }));

    test('sync that never comes, comes too early, comes twice', async () =>
      inScene('old', async ({ wa, folder, koto, ani }, keep) => {
        wa.faults.sync = 'never';
        const never = keep(runLibrary(wa, folder));
        const [qr] = await wa.until(() => never.heard('qr')[0], 'a QR', 20_000);
        await never.started;
        wa.scan(qr);
        await wa.until(async () => (await never.client.getState()) === 'CONNECTED', 'the link');
        assert.deepEqual(never.heard('ready'), []);
        wa.faults.sync = 'normal';
        await hearing(wa, never);
        await never.stop();

        wa.faults.sync = 'early';
        const early = keep(runLibrary(wa, folder));
        await early.started;
        const synced = "require('WAWebSocketModel').Socket.hasSynced && window.WWebJS === undefined";
        await wa.until(async () => early.client.pupPage?.evaluate(synced), 'a sync that nobody heard');
        assert.deepEqual(early.heard('ready'), []);
        await early.client.pupPage?.evaluate('window.onAppStateHasSyncedEvent()');
        await hearing(wa, early);
        await early.stop();

        wa.faults.sync = 'twice';
        const twice = keep(runLibrary(wa, folder));
        let heardAtFirst: boolean | undefined;
        twice.client.once('ready', () => {
          heardAtFirst = wa.hears;
          wa.say(koto, ani, 'terlalu dini');
        });
        await wa.until(() => twice.heard('ready').length === 2 && wa.hears, 'two readies', 15_000);
        assert.equal(heardAtFirst, false, 'the first comes before messages are heard');
        wa.say(koto, ani, 'sekarang terdengar');
        await wa.until(() => twice.heard('message').length > 0, 'a message');
        assert.deepEqual(
          twice.heard('message').map(([{ body }]) => body),
          ['sekarang terdengar'],
        );
      }));
  });

  // -------------------------------------------------------------- the build of autumn

  describe('on autumn’s build the bare library breaks as it did', () => {
    let scene: Scene;
    let library: Library;
    let message: Message;
    before(async () => {
      scene = await openScene('autumn');
      library = await linkLibrary(scene.wa, scene.folder);
      scene.wa.send(scene.koto, scene.ani, { photo: { bytes: PHOTO, mime: 'image/png' }, caption: 'ini suratnya' });
      [message] = await scene.wa.until(() => library.heard('message')[0], 'a message');
    });
    after(() => end(scene, library));
    const said = () => scene.wa.sent(scene.koto);

    test('every module is there', async () => {
      const missing = await library.client.pupPage?.evaluate(
        `${JSON.stringify(providedModules())}.filter((name) => { try { require(name); } catch { return true; } })`,
      );
      assert.deepEqual(missing, []);
    });

    test('a message carries no serialised id, but its parts', () => {
      assert.equal(message.id._serialized, undefined);
      assert.equal(message.id.remote, scene.koto.id);
      const { $1: text } = message.id as unknown as { $1: string };
      assert.match(text, /^false_\d+@g\.us_[0-9A-F]{32}_620000000011@c\.us$/);
    });

    test('an answer arrives without its quote and is returned as undefined; its acks carry no id', async () => {
      assert.equal(await message.reply('jawaban'), undefined);
      const [answer] = await scene.wa.until(() => said().length === 1 && said(), 'the answer');
      assert.deepEqual([answer?.text, answer?.quote], ['jawaban', undefined]);
      await scene.wa.until(() => library.heard('message_ack').length === 2, 'the acks');
      for (const [acked] of library.heard('message_ack')) assert.equal(idOf(acked), undefined);
    });

    test('a reaction of the bot reaches nothing; one of others is told without its message', async () => {
      await message.react('👀');
      const { $1: id } = message.id as unknown as { $1: string };
      assert.deepEqual(scene.wa.reactionsOn(id), []);
      scene.wa.react(scene.budi, said()[0]?.id ?? '', '👍');
      const [reaction] = await scene.wa.until(() => library.heard('message_reaction')[0], 'the reaction');
      assert.equal(reaction.reaction, '👍');
      assert.equal(serialised(reaction.msgId), undefined);
    });

    test('media cannot be fetched by its message, nor without telling its kind', async () => {
      await assert.rejects(message.downloadMedia(), /DataError|No key or key range/);
      const download = (given: string) =>
        library.client.pupPage?.evaluate(`(async () => {
          const [msg] = require('WAWebCollections').Msg.getModelsArray().filter(({ directPath }) => directPath);
          const { downloadAndMaybeDecrypt } = require('WAWebDownloadManager').downloadManager;
          return (await downloadAndMaybeDecrypt({ directPath: msg.directPath, ${given} })).byteLength;
        })()`);
      await assert.rejects(async () => download(''), /Cannot read properties of undefined/);
      assert.equal(await download('mimetype: msg.mimetype'), PHOTO.length);
    });

    test('media cannot be sent; text still can', async () => {
      const media = new whatsapp.MessageMedia('image/png', PHOTO.toString('base64'));
      await assert.rejects(
        library.client.sendMessage(scene.koto.id, media),
        /Data passed to getter must include an id property \(it's how we memoize\) but got undefined/,
      );
      await library.client.sendMessage(scene.koto.id, 'teks tetap terkirim');
      assert.equal(said().at(-1)?.text, 'teks tetap terkirim');
    });

    test('chats cannot be listed, own messages neither changed nor deleted, votes are not told', async () => {
      await assert.rejects(library.client.getChats(), /DataError|No key or key range/);
      const [own] = await scene.wa.until(
        () => library.heard('message_create').find(([{ fromMe }]) => fromMe),
        'an own message',
      );
      await assert.rejects(own.edit('baru'), /DataError|No key or key range/);
      await assert.rejects(own.delete(true), /DataError|No key or key range/);
      const poll = scene.wa.send(scene.koto, scene.ani, { poll: { question: 'Kapan?', options: ['Senin'] } });
      const rejections = scene.wa.complaints.length;
      scene.wa.vote(scene.budi, poll, ['Senin']);
      await scene.wa.until(() => scene.wa.complaints.length > rejections, 'the rejection on the page');
      await scene.wa.settle();
      assert.deepEqual(library.heard('vote_update'), []);
    });

    test('all that the page complained of is that break', () => {
      const others = scene.wa.complaints.filter((text) => !/No key or key range/.test(text));
      assert.deepEqual(others, []);
    });
  });
});
