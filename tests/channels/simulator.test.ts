// The simulator keeps what was accepted, tells it once, and shows trouble instead of hiding it.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Outgoing } from '../../src/channels/channel.ts';
import { openClock, openSimulator, Refusal, type Simulator, type World } from '../../src/channels/simulator.ts';
import type { Address, Attachment, Event, MessageEvent, MessageId } from '../../src/core/types.ts';

const WORLD: World = {
  people: [
    { id: 'ani', name: 'Ani', number: '620000000001', role: 'villager', village: 'koto', groups: ['grup-koto'] },
    { id: 'rudi', name: 'Rudi', number: '620000000002', role: 'villager', village: 'koto', groups: ['grup-koto'] },
    { id: 'tono', name: 'Tono', number: '620000000003', role: 'villager', groups: [] },
  ],
  groups: [{ id: 'grup-koto', name: 'Grup Koto', village: 'koto' }],
};
const NOON = Date.parse('2026-11-23T12:00:00+07:00');
const GROUP = 'grup-koto' as Address;
const ANI = '620000000001' as Address;

let folder = '';
let now = NOON;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  now = NOON;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openSimulator({ world: WORLD, folder, now: () => now++ });
const diary = () => join(folder, 'diary.jsonl');
const turn = () => new Promise((resolve) => setImmediate(resolve));
const id = (text: string) => text as MessageId;
/** A text of the bot, as the sender hands it over. */
const text = (name: string, chat: Address, more: Partial<Outgoing> = {}): Outgoing => ({
  id: id(name),
  chat,
  text: name,
  since: NOON,
  ...more,
});
/** What has become of a message, as the sender asks for it. */
const ackOf = async (simulator: Simulator, name: string, chat: Address) => {
  const found = await simulator.lookUp(text(name, chat));
  if (found) assert.equal(found.id, name, 'the simulator takes our ids');
  return found?.ack;
};

/** A bot that only listens. */
async function listen(simulator: Simulator, refuse = (_: Event) => false) {
  const heard: Event[] = [];
  const acks: [MessageId, number][] = [];
  await simulator.start({
    hear(event) {
      if (refuse(event)) throw new Error('not kept');
      heard.push(event);
    },
    acked: (message, ack) => acks.push([message, ack]),
    ready: () => {},
  });
  const texts = () => heard.filter((event) => event.kind === 'message').map((event) => event.text);
  return { heard, acks, texts };
}

test('a message in a group reaches the bot as a messenger tells it', async () => {
  const simulator = open();
  const { heard } = await listen(simulator);
  const first = simulator.post({ chat: 'grup-koto', from: 'rudi', text: 'pagi' });
  const second = simulator.post({ chat: 'grup-koto', from: 'ani', text: 'tanya @Bot ya', quote: first });
  assert.match(second, /^3A[0-9A-F]{30}$/);
  assert.notEqual(first, second);
  const event = heard[1] as MessageEvent;
  assert.deepEqual(
    { ...event, at: 0 },
    {
      kind: 'message',
      id: second,
      chat: GROUP,
      chatKind: 'group',
      chatName: 'Grup Koto',
      from: ANI,
      name: 'Ani',
      text: 'tanya @Bot ya',
      at: 0,
      quote: first,
      mentionsBot: true,
      attachments: [],
    },
  );
  assert.equal((heard[0] as MessageEvent).mentionsBot, false);
});

test('a private message tells the groups its writer shares with the bot', async () => {
  const simulator = open();
  const { heard } = await listen(simulator);
  simulator.post({ chat: 'private', from: 'ani', text: 'halo' });
  simulator.post({ chat: 'private:tono', from: 'tono', text: 'halo' });
  const [ani, tono] = heard as MessageEvent[];
  assert.deepEqual([ani?.chat, ani?.chatKind, ani?.sharedGroups], [ANI, 'private', [GROUP]]);
  assert.deepEqual(tono?.sharedGroups, []);
});

test('who leaves a group neither writes there nor shares it any more, after a restart either', async () => {
  open().setMember('grup-koto', 'ani', false);
  const simulator = open();
  const { heard } = await listen(simulator);
  assert.throws(() => simulator.post({ chat: 'grup-koto', from: 'ani', text: 'a' }), /not in the group/);
  simulator.post({ chat: 'private', from: 'ani', text: 'a' });
  assert.deepEqual((heard[0] as MessageEvent).sharedGroups, []);
  assert.deepEqual(simulator.membersOf('grup-koto'), ['rudi']);
});

test('what a messenger would not allow is refused and leaves nothing behind', () => {
  const simulator = open();
  const elsewhere = simulator.post({ chat: 'private', from: 'ani', text: 'a' });
  const before = readFileSync(diary(), 'utf8');
  const post = { chat: 'grup-koto', from: 'ani', text: 'a' };
  const photo = { name: 'f.jpg', type: 'photo', base64: 'AAAA' };
  const refused: [Parameters<Simulator['post']>[0], RegExp][] = [
    [{ ...post, chat: 'nowhere' }, /Unknown chat/],
    [{ ...post, from: 'nobody' }, /Unknown person/],
    [{ ...post, from: 'tono' }, /not in the group/],
    [{ ...post, chat: 'private:rudi' }, /own chat/],
    [{ ...post, text: ' \n' }, /needs a text or media/],
    [{ ...post, text: 'x'.repeat(65_537) }, /too long/],
    [{ ...post, quote: 'nothing' }, /Unknown message/],
    [{ ...post, quote: elsewhere }, /not in this chat/],
    [{ ...post, media: { ...photo, type: 'hologram' } }, /media.type/],
    [{ ...post, media: { ...photo, base64: '' } }, /base64/],
    [{ ...post, media: { ...photo, base64: '%%%' } }, /base64/],
    [{ ...post, media: { ...photo, base64: 'A'.repeat(22_369_624) } }, /too large.*16 MB/],
  ];
  for (const [message, why] of refused) {
    assert.throws(
      () => simulator.post(message),
      (error: Error) => error instanceof Refusal && why.test(error.message),
    );
  }
  assert.throws(() => simulator.reactAs('tono', elsewhere, '👍'), Refusal);
  assert.throws(() => simulator.messages('nowhere'), Refusal);
  assert.equal(readFileSync(diary(), 'utf8'), before);
  assert.ok(simulator.post({ ...post, text: 'x'.repeat(65_536) }));
});

test('what was written while the bot was away is told at its start, oldest first and once', async () => {
  const before = open();
  before.post({ chat: 'private', from: 'tono', text: 'satu' });
  before.post({ chat: 'grup-koto', from: 'ani', text: 'dua' });
  before.post({ chat: 'private', from: 'tono', text: 'tiga' });
  assert.deepEqual((await listen(open())).texts(), ['satu', 'dua', 'tiga']);
  assert.deepEqual((await listen(open())).texts(), []);
});

test('what the bot could not keep is told again at the next start', async () => {
  const simulator = open();
  const failed: unknown[] = [];
  const shaky = openSimulator({ world: WORLD, folder, now: () => now++, failed: (error) => failed.push(error) });
  const first = await listen(shaky, (event) => event.kind === 'message' && event.text === 'gagal');
  shaky.post({ chat: 'grup-koto', from: 'ani', text: 'gagal' });
  shaky.post({ chat: 'grup-koto', from: 'ani', text: 'jadi' });
  assert.deepEqual(first.texts(), ['jadi']);
  assert.equal(failed.length, 1);
  assert.deepEqual(
    shaky.messages('grup-koto').map(({ ticks }) => ticks),
    [1, 2],
  );
  await shaky.stop();
  shaky.post({ chat: 'grup-koto', from: 'ani', text: 'sesudah' });
  assert.deepEqual((await listen(shaky)).texts(), ['gagal', 'sesudah']);
  assert.equal(simulator.state().state, 'down');
  assert.equal(shaky.state().state, 'ready');
});

test('a last line torn by a kill is cut off, and the diary goes on', async () => {
  const simulator = open();
  simulator.post({ chat: 'grup-koto', from: 'ani', text: 'utuh' });
  simulator.post({ chat: 'grup-koto', from: 'ani', text: 'sobek' });
  truncateSync(diary(), readFileSync(diary()).length - 9);
  const again = open();
  again.post({ chat: 'grup-koto', from: 'rudi', text: 'lanjut' });
  for (const opened of [again, open()]) {
    assert.deepEqual(
      opened.messages('grup-koto').map(({ text }) => text),
      ['utuh', 'lanjut'],
    );
  }
});

test('a zeroed last line is cut off as well; damage further up is named with its line', () => {
  open().post({ chat: 'grup-koto', from: 'ani', text: 'utuh' });
  appendFileSync(diary(), '\0\0\0\n');
  assert.equal(open().countIn('grup-koto'), 1);
  writeFileSync(diary(), `rusak\n${readFileSync(diary(), 'utf8')}`);
  assert.throws(open, /diary\.jsonl line 1/);
});

test('a text of the bot is kept, acked in later turns, and can be looked up', async () => {
  const simulator = open();
  const { acks } = await listen(simulator);
  const asked = simulator.post({ chat: 'grup-koto', from: 'ani', text: 'tanya' });
  assert.equal(await ackOf(simulator, '3EB0A', GROUP), undefined);
  await simulator.send(text('3EB0A', GROUP, { quote: asked }));
  assert.deepEqual(acks, []);
  await turn();
  assert.deepEqual(acks, [['3EB0A', 1]]);
  await turn();
  assert.deepEqual(acks, [
    ['3EB0A', 1],
    ['3EB0A', 2],
  ]);
  assert.equal(await ackOf(simulator, '3EB0A', GROUP), 2);
  assert.equal(await ackOf(simulator, '3EB0A', ANI), undefined);
  assert.equal(await ackOf(simulator, asked, GROUP), undefined);
  const [question, answer] = simulator.messages('grup-koto');
  assert.equal(question?.ticks, 3);
  assert.deepEqual([answer?.from, answer?.quote, answer?.ticks], ['bot', asked, 2]);
  assert.equal(await ackOf(open(), '3EB0A', GROUP), 2);
});

test('a text sent twice under one id stands there twice', async () => {
  const simulator = open();
  await listen(simulator);
  for (let round = 0; round < 2; round++) await simulator.send(text('3EB0A', GROUP));
  await turn();
  await turn();
  assert.deepEqual(
    simulator.messages('grup-koto').map((message) => message.ticks),
    [2, 2],
  );
  for (const opened of [simulator, open()]) {
    assert.deepEqual(
      opened.messages('grup-koto').map((message) => message.id),
      ['3EB0A', '3EB0A'],
    );
    assert.equal(opened.messages('grup-koto', { after: '3EB0A' }).length, 1);
  }
});

test('a crash between the text and its ack leaves a text that can be looked up', async () => {
  const simulator = open();
  await listen(simulator);
  simulator.faults.neverAck = true;
  await simulator.send(text('3EB0A', GROUP));
  const after = open();
  assert.equal(await ackOf(after, '3EB0A', GROUP), 1);
  const { acks } = await listen(after);
  assert.equal(await ackOf(after, '3EB0A', GROUP), 2);
  assert.deepEqual(acks, []);
});

test('each fault does what it says', async () => {
  const simulator = open();
  const { acks } = await listen(simulator);
  const send = (name: string) => simulator.send(text(name, GROUP));
  simulator.faults.sendThrowsBefore = true;
  await assert.rejects(send('before'));
  assert.equal(await ackOf(simulator, 'before', GROUP), undefined);
  simulator.faults.sendThrowsBefore = false;
  simulator.faults.sendThrowsAfterStoring = true;
  await assert.rejects(send('after'));
  assert.equal(await ackOf(simulator, 'after', GROUP), 1);
  simulator.faults.sendThrowsAfterStoring = false;
  simulator.faults.neverAck = true;
  await send('silent');
  simulator.faults.neverAck = false;
  simulator.faults.hang = true;
  const hanging = await Promise.race([send('hang').then(() => 'returned'), turn().then(() => 'hangs')]);
  assert.equal(hanging, 'hangs');
  assert.equal(await ackOf(simulator, 'hang', GROUP), undefined);
  simulator.faults.hang = false;
  await turn();
  await turn();
  assert.deepEqual(acks, []);
  await assert.rejects(simulator.send(text('x', 'nowhere' as Address)));
});

test('an ack that the listener cannot take does not stop the next one', async () => {
  const simulator = open();
  const acks: number[] = [];
  await simulator.start({
    hear() {},
    acked(_, ack) {
      acks.push(ack);
      throw new Error('not kept');
    },
    ready() {},
  });
  await simulator.send(text('3EB0A', GROUP));
  await turn();
  await turn();
  assert.deepEqual(acks, [1, 2]);
});

test('what a person writes shows that he has read what the bot wrote to him before', async () => {
  const simulator = open();
  const { acks } = await listen(simulator);
  await simulator.send(text('3EB0A', ANI));
  await turn();
  await turn();
  simulator.post({ chat: 'private', from: 'ani', text: 'b' });
  assert.deepEqual(acks.at(-1), ['3EB0A', 3]);
  assert.equal(simulator.messages('private:ani')[0]?.ticks, 3);
  assert.equal(open().messages('private:ani')[0]?.ticks, 3);
});

test('of reactions the latest of each person counts, and an empty one takes it back', async () => {
  const simulator = open();
  const { heard } = await listen(simulator);
  const message = simulator.post({ chat: 'grup-koto', from: 'ani', text: 'a' });
  simulator.reactAs('rudi', message, '👍');
  simulator.reactAs('rudi', message, '👍');
  simulator.reactAs('rudi', message, '❤️');
  simulator.reactAs('ani', message, '🙏');
  simulator.reactAs('ani', message, '');
  await simulator.react(message, GROUP, '✅');
  await simulator.react(message, GROUP, '✅');
  const expected = [
    { from: 'rudi', emoji: '❤️' },
    { from: 'bot', emoji: '✅' },
  ];
  assert.deepEqual(simulator.reactionsOn(message), expected);
  assert.deepEqual(open().reactionsOn(message), expected);
  const told = heard.filter((event) => event.kind === 'reaction');
  assert.deepEqual(
    told.map(({ from, emoji }) => [from, emoji]),
    [
      ['620000000002', '👍'],
      ['620000000002', '❤️'],
      [ANI, '🙏'],
      [ANI, ''],
    ],
  );
  assert.deepEqual([told[0]?.message, told[0]?.chat, told[0]?.chatKind], [message, GROUP, 'group']);
});

test('a reaction given while the bot is away is seen in the chat and never told', async () => {
  const before = open();
  const message = before.post({ chat: 'grup-koto', from: 'ani', text: 'a' });
  before.reactAs('rudi', message, '👍');
  const simulator = open();
  const { heard } = await listen(simulator);
  assert.deepEqual(
    heard.map(({ kind }) => kind),
    ['message'],
  );
  assert.deepEqual(simulator.reactionsOn(message), [{ from: 'rudi', emoji: '👍' }]);
});

test('media come with their type, and their content can be fetched after a restart', async () => {
  const simulator = open();
  const { heard } = await listen(simulator);
  const content = Buffer.from('isi');
  const base64 = content.toString('base64');
  const types: [string, string][] = [
    ['photo', 'photo'],
    ['image/png', 'photo'],
    ['ptt', 'voice'],
    ['audio/ogg; codecs=opus', 'voice'],
    ['video', 'video'],
    ['application/pdf', 'document'],
    ['sticker', 'sticker'],
    ['vcard', 'contact'],
    ['location', 'place'],
  ];
  for (const [type] of types) {
    simulator.post({ chat: 'private', from: 'ani', text: '', media: { name: 'berkas', type, base64 } });
  }
  const attachments = heard.map((event) => (event as MessageEvent).attachments[0]);
  assert.deepEqual(
    attachments.map((attachment) => attachment?.type),
    types.map(([, expected]) => expected),
  );
  const [first] = attachments;
  assert.ok(first);
  assert.deepEqual([first.name, first.mime, first.bytes], ['berkas', 'image/jpeg', 3]);
  const again = open();
  assert.deepEqual(Buffer.from((await again.fetchMedia(first)) ?? []), content);
  assert.deepEqual(again.media(first.ref ?? '')?.attachment, first);
  assert.equal(await again.fetchMedia({ type: 'photo' }), undefined);
  assert.equal(await again.fetchMedia({ type: 'photo', ref: '../clock.json' }), undefined);
  assert.equal(again.media('../diary.jsonl'), undefined);
});

test('what the bot sends along stands in the chat with its content, as from a person, after a restart too', async () => {
  const simulator = open();
  await listen(simulator);
  const path = join(folder, 'entry-1-1');
  writeFileSync(path, 'isi');
  const media = { path, mime: 'image/png', name: 'bukti.png', voice: false };
  await simulator.send(text('3EB0A', ANI, { media }));
  await simulator.send(text('3EB0B', ANI, { media: { path, mime: 'audio/ogg; codecs=opus', voice: true } }));
  await simulator.send(text('3EB0C', ANI, { media: { path, mime: 'rusak', voice: false } }));
  rmSync(path);
  for (const opened of [simulator, open()]) {
    const along = opened.messages('private:ani').map((message) => message.media);
    assert.deepEqual(along, [
      { type: 'photo', name: 'bukti.png', mime: 'image/png', bytes: 3, ref: '3EB0A' },
      { type: 'voice', mime: 'audio/ogg', bytes: 3, ref: '3EB0B' },
      { type: 'document', mime: 'application/octet-stream', bytes: 3, ref: '3EB0C' },
    ]);
    assert.deepEqual(Buffer.from(opened.media('3EB0A')?.content ?? []), Buffer.from('isi'));
    assert.deepEqual(Buffer.from((await opened.fetchMedia(along[1] as Attachment)) ?? []), Buffer.from('isi'));
  }
  await assert.rejects(simulator.send(text('3EB0D', ANI, { media })), 'a file that is gone cannot go along');
  assert.equal(await ackOf(simulator, '3EB0D', ANI), undefined, 'and leaves nothing in the chat');
});

test('whoever subscribed hears in which chat something changed', () => {
  const simulator = open();
  const changed: string[] = [];
  const unsubscribe = simulator.subscribe((chat) => changed.push(chat));
  const message = simulator.post({ chat: 'grup-koto', from: 'ani', text: 'a' });
  simulator.reactAs('rudi', message, '👍');
  unsubscribe();
  simulator.post({ chat: 'private', from: 'ani', text: 'a' });
  assert.deepEqual(changed, ['grup-koto', 'grup-koto']);
});

test('a person sees his own chat with the bot and his groups', () => {
  const simulator = open();
  assert.deepEqual(
    simulator.chatsFor('ani').map((chat) => chat.id),
    ['private:ani', 'grup-koto'],
  );
  assert.deepEqual(
    simulator.chatsFor('tono').map((chat) => chat.id),
    ['private:tono'],
  );
});

test('the simulated clock flows with the real one, goes forward by hand, and never back', () => {
  let real = 1_000_000;
  const openIt = (setTo?: number) => openClock({ folder, setTo, real: () => real });
  const clock = openIt(NOON);
  assert.equal(clock.now(), NOON);
  real += 1000;
  assert.equal(clock.now(), NOON + 1000);
  clock.set(NOON + 60_000);
  assert.equal(clock.now(), NOON + 60_000);
  assert.throws(() => clock.set(NOON), Refusal);
  real += 1000;
  assert.equal(clock.now(), NOON + 61_000);

  const restarted = openIt();
  assert.equal(restarted.now(), NOON + 61_000);
  assert.equal(restarted.keptLater, false);
  const setEarlier = openIt(NOON);
  assert.equal(setEarlier.keptLater, true);
  assert.equal(setEarlier.now(), NOON + 61_000);
  const setLater = openIt(NOON + 120_000);
  assert.equal(setLater.keptLater, false);
  assert.equal(setLater.now(), NOON + 120_000);
});

test("when the machine's clock is set back, simulated time goes on from where it was", () => {
  let real = 1_000_000_000;
  const clock = openClock({ folder, setTo: NOON, real: () => real });
  real -= 3_600_000;
  assert.equal(clock.now(), NOON);
  real += 1000;
  assert.equal(clock.now(), NOON + 1000);
  real -= 3_600_000;
  assert.ok(openClock({ folder, real: () => real }).now() >= NOON);
});
