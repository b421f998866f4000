// The simulator over HTTP: what scripts and the page may ask, what they get, and how they are refused.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openClock, openSimulator, type Simulator } from '../../src/channels/simulator.ts';
import type { Address, MessageId, Millis } from '../../src/core/types.ts';
import { type RunningServer, startServer } from '../../src/dashboard/server.ts';

const START = Date.parse('2026-11-23T08:00:00+07:00');
const GROUP = 'grup-koto';

let folder = '';
let simulator: Simulator;
let server: RunningServer;
let advanced: Millis[] = [];
let idle: () => Promise<void>;
/** What moving the clock waits for, and how many moves ran at once. */
let gate: Promise<void>;
let running = 0;
let most = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-api-'));
  advanced = [];
  idle = async () => {};
  gate = Promise.resolve();
  running = 0;
  most = 0;
  const clock = openClock({ folder, setTo: START, real: () => 0 });
  simulator = openSimulator({
    folder,
    now: clock.now,
    world: {
      people: [
        { id: 'ani', name: 'Ani', number: '620000000001', role: 'villager', village: 'koto', groups: [GROUP] },
        { id: 'budi', name: 'Budi', number: '620000000002', role: 'officer', village: 'koto', groups: [GROUP] },
        { id: 'tono', name: 'Tono', number: '620000000003', role: 'villager', groups: [] },
      ],
      groups: [{ id: GROUP, name: 'Grup Koto', village: 'koto' }],
    },
  });
  const advance = async (to: Millis) => {
    running += 1;
    most = Math.max(most, running);
    await gate;
    advanced.push(to);
    clock.set(to);
    running -= 1;
  };
  const health = () => ({ channel: 'ready', outbox: 0 });
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    health,
    simulator: { simulator, clock, advance, idle: () => idle() },
  });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const address = (path: string) => `http://127.0.0.1:${server.port}${path}`;

// biome-ignore lint/suspicious/noExplicitAny: what the API answers is what is looked at here
async function get(path: string): Promise<{ status: number; body: any }> {
  const answer = await fetch(address(path));
  return { status: answer.status, body: await answer.json() };
}

// biome-ignore lint/suspicious/noExplicitAny: what the API answers is what is looked at here
async function post(path: string, body: unknown, headers = {}): Promise<{ status: number; body: any }> {
  const answer = await fetch(address(`/simulator/api${path}`), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** As fetch cannot send a Host header of its own. */
const statusWith = (headers: Record<string, string>, method = 'GET', path = '/healthz') =>
  new Promise<number>((resolve, reject) => {
    const asked = request({ port: server.port, host: '127.0.0.1', path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(method === 'POST' ? '{}' : undefined);
  });

test('/healthz prints what main tells', async () => {
  assert.deepEqual(await get('/healthz'), { status: 200, body: { channel: 'ready', outbox: 0 } });
});

test('the world is told as the contract has it', async () => {
  assert.deepEqual((await get('/simulator/api/world')).body, {
    now: '2026-11-23T08:00:00.000+07:00',
    people: [
      { id: 'ani', name: 'Ani', role: 'villager', village: 'koto' },
      { id: 'budi', name: 'Budi', role: 'officer', village: 'koto' },
      { id: 'tono', name: 'Tono', role: 'villager', village: null },
    ],
    chats: [
      { id: 'grup-koto', name: 'Grup Koto', kind: 'group', village: 'koto' },
      { id: 'private:ani', name: 'Ani', kind: 'private', village: 'koto' },
      { id: 'private:budi', name: 'Budi', kind: 'private', village: 'koto' },
      { id: 'private:tono', name: 'Tono', kind: 'private', village: null },
    ],
  });
});

test('messages are written and read back, oldest first', async () => {
  const first = await post('/messages', { chat: GROUP, from: 'ani', text: 'pagi' });
  assert.equal(first.status, 200);
  assert.deepEqual(Object.keys(first.body), ['id']);
  const second = await post('/messages', { chat: GROUP, from: 'budi', text: 'ya', quote: first.body.id });
  await simulator.send({ id: '3EB0A' as MessageId, chat: GROUP as Address, text: 'halo', since: 0 });
  // Its acks come in later turns.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  const { body } = await get(`/simulator/api/messages?chat=${GROUP}`);
  assert.deepEqual(body[1], {
    id: second.body.id,
    chat: GROUP,
    from: 'budi',
    fromBot: false,
    text: 'ya',
    at: '2026-11-23T08:00:00.000+07:00',
    quote: first.body.id,
    reactions: [],
    ticks: 1,
    media: null,
  });
  assert.deepEqual([body[0].quote, body[2].from, body[2].fromBot, body.length], [null, 'bot', true, 3]);
  const after = await get(`/simulator/api/messages?chat=${GROUP}&after=${first.body.id}`);
  assert.deepEqual(after.body, body.slice(1));
  assert.deepEqual((await get(`/simulator/api/messages?chat=${GROUP}&last=1`)).body, body.slice(2));
});

test("`private` is the sender's own chat with the bot", async () => {
  await post('/messages', { chat: 'private', from: 'ani', text: 'rahasia', quote: null, media: null });
  const { body } = await get('/simulator/api/messages?chat=private:ani');
  assert.deepEqual([body[0].chat, body[0].text], ['private:ani', 'rahasia']);
  assert.deepEqual((await get('/simulator/api/messages?chat=private:budi')).body, []);
});

test('media are kept and given back, and never as something a browser would run', async () => {
  const base64 = Buffer.from('<script>alert(1)</script>').toString('base64');
  const send = (name: string, type: string) =>
    post('/messages', { chat: 'private', from: 'ani', text: '', media: { name, type, base64 } });
  await send('foto.png', 'image/png');
  await send('halaman "jahat".html', 'text/html');
  await send('gambar.svg', 'image/svg+xml');
  const { body } = await get('/simulator/api/messages?chat=private:ani');
  assert.deepEqual(body[0].media, { name: 'foto.png', type: 'photo', ref: body[0].media.ref });
  const answers = await Promise.all(
    body.map((message: { media: { ref: string } }) => fetch(address(`/simulator/api/media/${message.media.ref}`))),
  );
  assert.equal(Buffer.from(await answers[0].arrayBuffer()).toString('base64'), base64);
  const seen = answers.map(({ headers }) => [
    headers.get('content-type'),
    headers.get('content-disposition')?.split(';')[0],
  ]);
  assert.deepEqual(seen, [
    ['image/png', 'inline'],
    ['application/octet-stream', 'attachment'],
    ['application/octet-stream', 'attachment'],
  ]);
  for (const { headers } of answers) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
  }
  assert.equal((await get('/simulator/api/media/..%2Fdiary.jsonl')).status, 404);
});

test('reactions are given and taken back', async () => {
  const { body: message } = await post('/messages', { chat: GROUP, from: 'ani', text: 'a' });
  await post('/reactions', { message: message.id, from: 'budi', emoji: '👍🏽' });
  const shown = async () => (await get(`/simulator/api/messages?chat=${GROUP}`)).body[0].reactions;
  assert.deepEqual(await shown(), [{ from: 'budi', emoji: '👍🏽' }]);
  assert.equal((await post('/reactions', { message: message.id, from: 'budi', emoji: '' })).status, 200);
  assert.deepEqual(await shown(), []);
});

test('a message that cannot be is refused with a sentence', async () => {
  const message = { chat: GROUP, from: 'ani', text: 'a' };
  const refused: [unknown, RegExp][] = [
    ['{', /not JSON/],
    ['[]', /expected object/],
    [{ ...message, from: undefined }, /^from: /],
    [{ ...message, text: 7 }, /^text: /],
    [{ ...message, mentionsBot: 'ya' }, /^mentionsBot: /],
    [{ ...message, media: { name: 'a' } }, /media\.type: .*media\.base64: /],
    [{ ...message, media: { name: 'a', type: 'hologram', base64: 'AAAA' } }, /media\.type/],
    [{ ...message, chat: 'nowhere' }, /Unknown chat: nowhere/],
    [{ ...message, from: 'nobody' }, /Unknown person: nobody/],
    [{ ...message, from: 'tono' }, /tono is not in the group/],
    [{ ...message, chat: 'private:budi' }, /own chat/],
    [{ ...message, quote: 'nothing' }, /Unknown message: nothing/],
    [{ ...message, text: '  ' }, /needs a text or media/],
    [{ ...message, text: 'x'.repeat(65_537) }, /too long/],
    [{ ...message, text: 'x'.repeat(26 * 1024 * 1024) }, /25 MB/],
    [{ ...message, media: { name: 'a', type: 'photo', base64: 'A'.repeat(22_369_624) } }, /16 MB/],
  ];
  for (const [body, why] of refused) {
    const answer = await post('/messages', body);
    assert.equal(answer.status, 400);
    assert.match(answer.body.error, why);
  }
  assert.equal(simulator.countIn(GROUP), 0);
});

test('a reaction that cannot be is refused with a sentence', async () => {
  const { body: message } = await post('/messages', { chat: GROUP, from: 'ani', text: 'a' });
  const refused: [unknown, RegExp][] = [
    [{ message: 'nothing', from: 'ani', emoji: '👍' }, /Unknown message/],
    [{ message: message.id, from: 'nobody', emoji: '👍' }, /Unknown person/],
    [{ message: message.id, from: 'tono', emoji: '👍' }, /not in the group/],
    [{ message: message.id, from: 'ani' }, /^emoji: /],
  ];
  for (const [body, why] of refused) {
    const answer = await post('/reactions', body);
    assert.equal(answer.status, 400);
    assert.match(answer.body.error, why);
  }
});

test('what cannot be read is refused: an unknown chat, message or person', async () => {
  assert.equal((await get('/simulator/api/messages?chat=nowhere')).status, 404);
  assert.match((await get('/simulator/api/messages')).body.error, /which chat/);
  assert.equal((await get(`/simulator/api/messages?chat=${GROUP}&after=nothing`)).status, 400);
  assert.equal((await get(`/simulator/api/messages?chat=${GROUP}&last=-1`)).status, 400);
  assert.equal((await get('/simulator/api/chats?person=nobody')).status, 404);
  assert.equal((await get('/simulator/api/stream?person=nobody')).status, 404);
  assert.equal((await get('/simulator/api/nothing')).status, 404);
});

test('the clock is advanced by durations and set to moments', async () => {
  const moves: [object, string][] = [
    [{ advance: 'PT10M' }, '2026-11-23T08:10:00.000+07:00'],
    [{ advance: 'P1D' }, '2026-11-24T08:10:00.000+07:00'],
    [{ advance: 'P1DT2H' }, '2026-11-25T10:10:00.000+07:00'],
    [{ advance: 'PT1.5S' }, '2026-11-25T10:10:01.500+07:00'],
    [{ advance: 'P1W' }, '2026-12-02T10:10:01.500+07:00'],
    [{ set: '2026-12-02T20:00:00+07:00' }, '2026-12-02T20:00:00.000+07:00'],
    [{ set: '2026-12-02T13:00:01Z' }, '2026-12-02T20:00:01.000+07:00'],
  ];
  for (const [move, now] of moves) assert.deepEqual(await post('/clock', move), { status: 200, body: { now } });
  assert.equal((await get('/simulator/api/world')).body.now, '2026-12-02T20:00:01.000+07:00');
});

test('a move of the clock that cannot be is refused', async () => {
  const refused: [unknown, RegExp][] = [
    [{}, /either/],
    [{ advance: 'PT1M', set: '2026-12-02T20:00:00+07:00' }, /either/],
    [{ advance: 10 }, /either/],
    [{ advance: '10 menit' }, /Not a duration/],
    [{ advance: 'P' }, /Not a duration/],
    [{ advance: 'PT' }, /Not a duration/],
    [{ advance: 'P1M' }, /Not a duration/],
    [{ advance: '-PT5M' }, /Not a duration/],
    [{ advance: 'P500D' }, /at most 400 days/],
    [{ set: 'besok' }, /Not a moment/],
    [{ set: '2026-12-02T20:00:00' }, /Not a moment/],
    [{ set: '2027-02-30T20:00:00+07:00' }, /Not a moment/],
    [{ set: '2026-11-23T07:59:59+07:00' }, /cannot go back/],
  ];
  for (const [move, why] of refused) {
    const answer = await post('/clock', move);
    assert.equal(answer.status, 400, JSON.stringify(move));
    assert.match(answer.body.error, why);
  }
  assert.deepEqual(advanced, []);
});

test('clocks moved at the same time are moved one after the other', async () => {
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  const asked = Array.from({ length: 5 }, () => post('/clock', { advance: 'PT1M' }));
  for (let round = 0; round < 10; round++) await get('/healthz');
  open();
  const answers = await Promise.all(asked);
  assert.equal(most, 1);
  assert.deepEqual(
    advanced.map((to) => (to - START) / 60_000),
    [1, 2, 3, 4, 5],
  );
  assert.ok(answers.every(({ status }) => status === 200));
});

test('/idle answers once main says that all is done', async () => {
  let done = () => {};
  idle = () => new Promise((resolve) => (done = resolve));
  let answered = false;
  const asked = get('/simulator/api/idle').then((answer) => {
    answered = true;
    return answer;
  });
  await get('/healthz');
  assert.equal(answered, false);
  done();
  assert.equal((await asked).status, 200);
});

test('a failure inside is told as such', async () => {
  idle = async () => {
    throw new Error('the outbox is stuck');
  };
  const answer = await get('/simulator/api/idle');
  assert.equal(answer.status, 500);
  assert.match(answer.body.error, /the outbox is stuck/);
});

test("a person's chats are listed with their last message", async () => {
  await post('/messages', { chat: GROUP, from: 'budi', text: 'satu' });
  await post('/messages', { chat: GROUP, from: 'budi', text: 'dua' });
  const { body } = await get('/simulator/api/chats?person=ani');
  assert.deepEqual(
    body.map((chat: { id: string; count: number; last: { text: string } | null }) => [
      chat.id,
      chat.count,
      chat.last?.text,
    ]),
    [
      ['private:ani', 0, undefined],
      [GROUP, 2, 'dua'],
    ],
  );
  assert.deepEqual(body[1].members, ['ani', 'budi']);
});

test('the stream tells a person of changes in his chats and of the clock, and ends with the server', async () => {
  let subscribers = 0;
  const subscribe = simulator.subscribe;
  simulator.subscribe = (changed) => {
    const unsubscribe = subscribe(changed);
    subscribers += 1;
    return () => {
      subscribers -= 1;
      unsubscribe();
    };
  };
  const answer = await fetch(address('/simulator/api/stream?person=tono'));
  assert.match(answer.headers.get('content-type') ?? '', /text\/event-stream/);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  let told = '';
  const until = async (text: string) => {
    while (!told.includes(text)) {
      const { value, done } = await reader.read();
      assert.equal(done, false);
      told += value;
    }
  };
  await until('event: clock');
  await post('/messages', { chat: GROUP, from: 'ani', text: 'bukan untuk Tono' });
  await post('/messages', { chat: 'private', from: 'tono', text: 'a' });
  await until('event: change');
  assert.match(told, /data: \{"chat":"private:tono"\}/);
  assert.doesNotMatch(told, new RegExp(GROUP));
  await post('/clock', { advance: 'PT10M' });
  await until('08:10:00.000+07:00');
  assert.equal(subscribers, 1);
  await server.stop();
  assert.equal(subscribers, 0);
  await assert.doesNotReject(reader.read().catch(() => undefined));
});

test('only requests to this machine by its own name are answered', async () => {
  for (const host of ['localhost', 'localhost:8080', '127.0.0.1', '127.0.0.1:1', '[::1]:8080', 'LOCALHOST']) {
    assert.equal(await statusWith({ Host: host }), 200, host);
  }
  for (const host of ['jahat.example', 'localhost.jahat.example', '127.0.0.1.jahat.example', '192.168.1.5:8080']) {
    assert.equal(await statusWith({ Host: host }), 403, host);
  }
  assert.equal(await statusWith({ Host: 'jahat.example' }, 'GET', '/'), 403);
});

test('a page from elsewhere cannot write', async () => {
  const json = { 'Content-Type': 'application/json' };
  const write = (origin: string) =>
    statusWith({ ...json, Host: 'localhost:8080', Origin: origin }, 'POST', '/simulator/api/messages');
  assert.equal(await write('http://localhost:8080'), 400);
  for (const origin of ['http://jahat.example', 'http://localhost:9999', 'https://localhost:8080', 'null']) {
    assert.equal(await write(origin), 403, origin);
  }
  const message = { chat: GROUP, from: 'ani', text: 'a' };
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    const answer = await post('/messages', message, { 'Content-Type': type });
    assert.equal(answer.status, 400);
    assert.match(answer.body.error, /Content-Type/);
  }
  assert.equal(simulator.countIn(GROUP), 0);
});
