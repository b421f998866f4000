// The sender against a channel that fails in every way it can: nothing is lost, nothing doubled, and what is urgent overtakes.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import type { Ack, Channel, Found, Outgoing } from '../src/channels/channel.ts';
import type { Address, CaseCode, CaseId, ChatId, Effect, MessageId, Send } from '../src/core/types.ts';
import { type Pacing, type Sender, startSender } from '../src/sender.ts';
import type { Database } from '../src/store/database.ts';
import { acked, claim } from '../src/store/outbox.ts';
import { messageIdOf, record } from '../src/store/record.ts';
import {
  EIGHT,
  MINUTE,
  messageEvent,
  OFFICE,
  OFFICERS,
  PRIVATE,
  put,
  SECOND,
  sampleCase,
  sampleDatabase,
  send,
  stateAt,
} from './store/sample.ts';

const idOf = (key: string) => messageIdOf(key) as MessageId;
const HOUR = 60 * MINUTE;

/** As main hands it in. */
const PACING: Pacing = {
  gap: [3_000, 8_000],
  typing: [1_000, 3_000],
  broadcastGap: [60_000, 180_000],
  perChat: 6,
  perHour: 200,
};
/** What lies between two replies where chance stands in the middle and the text is short. */
const BETWEEN = 5_500 + 1_100;

/** What the fake channel does with the next texts: `stores` keeps and acks, as a good day does. */
type Mood =
  | 'stores'
  | 'throws-before'
  | 'throws-after'
  | 'hangs'
  | 'refuses'
  | 'no-ack'
  | 'forgets'
  | 'stores-then-hangs';

interface Timer {
  readonly at: number;
  readonly pass: () => void;
}

/** An office with a clock in hand, a channel that obeys, and waits that pass when the clock does. */
class Bench {
  readonly db: Database;
  readonly sent: (Outgoing & { readonly at: number })[] = [];
  readonly reactions: string[] = [];
  readonly lookUps: Outgoing[] = [];
  readonly held = new Map<MessageId, Ack>();
  readonly typings: { readonly chat: Address; readonly at: number }[] = [];
  readonly warnings: string[] = [];
  readonly media = mkdtempSync(join(tmpdir(), 'bot-sender-'));
  /** What the channel refused or forgot at least once, and may therefore be handed over again. */
  readonly refusedOnce = new Set<MessageId>();
  /** How often the sender went to sleep. */
  sleeps = 0;
  mood: Mood = 'stores';
  /** The channel gives its own ids, made from ours. */
  ownIds = false;
  lookUpThrows = false;
  typingFails: 'throws' | 'hangs' | undefined;
  ready = true;
  now = EIGHT;
  random: () => number = () => 0.5;
  private readonly timers = new Set<Timer>();
  private sender: Sender | undefined;

  constructor(db: Database = sampleDatabase()) {
    this.db = db;
    benches.push(this);
  }

  readonly idOfChannel = (id: MessageId) => (this.ownIds ? (`own-${id}` as MessageId) : id);

  private readonly channel: Channel = {
    start: async () => {},
    stop: async () => {},
    state: () => ({ name: 'fake', state: this.ready ? 'ready' : 'down' }),
    send: async (message) => {
      if (this.mood === 'throws-before') throw new Error('before');
      if (this.mood === 'hangs') return new Promise<undefined>(() => {});
      this.sent.push({ ...message, at: this.now });
      const id = this.idOfChannel(message.id);
      this.held.set(id, this.mood === 'refuses' ? -1 : 1);
      if (this.mood === 'refuses' || this.mood === 'forgets') this.refusedOnce.add(id);
      if (this.mood === 'forgets') {
        this.held.delete(id);
        return;
      }
      if (this.mood === 'throws-after') throw new Error('after');
      if (this.mood === 'stores-then-hangs') return new Promise(() => {});
      const ack = this.held.get(id) as Ack;
      if (this.mood !== 'no-ack') setImmediate(() => this.sender?.acked(id, ack));
      return this.ownIds ? id : undefined;
    },
    lookUp: async (message) => {
      this.lookUps.push(message);
      if (this.lookUpThrows) throw new Error('no looking up');
      const found = [message.id, this.idOfChannel(message.id)].find((id) => this.held.has(id));
      return found && ({ id: found, ack: this.held.get(found) } as Found);
    },
    react: async (message, _chat, emoji) => {
      if (this.mood === 'throws-before') throw new Error('before');
      this.reactions.push(`${emoji} ${message}`);
    },
    showTyping: async (chat) => {
      this.typings.push({ chat, at: this.now });
      if (this.typingFails === 'throws') throw new Error('no typing');
      if (this.typingFails === 'hangs') return new Promise(() => {});
    },
    fetchMedia: async () => undefined,
    lookAtInvite: async () => undefined,
    useInvite: async () => 'refused',
  };

  private readonly wait = (millis: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.sleeps++;
      const timer: Timer = {
        at: this.now + millis,
        pass: () => {
          this.timers.delete(timer);
          resolve();
        },
      };
      this.timers.add(timer);
      signal.addEventListener('abort', timer.pass, { once: true });
      if (signal.aborted) timer.pass();
    });

  start(pacing?: Pacing): this {
    const keep = (fields: object) => this.warnings.push(JSON.stringify(fields));
    this.sender = startSender({
      db: this.db,
      channel: this.channel,
      office: OFFICE,
      mediaFolder: this.media,
      now: () => this.now,
      random: () => this.random(),
      wait: this.wait,
      waits: { call: 35 * SECOND, ack: MINUTE, again: 5 * SECOND },
      pacing,
      log: { info: keep, warn: keep, error: keep },
    });
    return this;
  }

  ack(key: string, ack: Ack): void {
    this.held.set(idOf(key), ack);
    this.sender?.acked(idOf(key), ack);
  }

  /** Something was put into the outbox, as the door says after each commit. */
  async wake(): Promise<void> {
    this.sender?.wake();
    await settle();
  }

  /** Lets time pass, stopping at each moment for which something waits. */
  async pass(millis: number): Promise<void> {
    const until = this.now + millis;
    await settle();
    for (;;) {
      const timer = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!timer || timer.at > until) break;
      this.now = Math.max(this.now, timer.at);
      timer.pass();
      await settle();
    }
    this.now = until;
    await this.wake();
  }

  lookedUp(): MessageId[] {
    return this.lookUps.map(({ id }) => id);
  }

  texts(): string[] {
    return this.sent.map(({ text }) => text);
  }

  state(key: string): string | undefined {
    return this.db.get<{ state: string }>('SELECT state FROM outbox WHERE key = ?', key)?.state;
  }

  next(): number | undefined {
    return this.sender?.next();
  }

  async idle(): Promise<void> {
    await this.sender?.idle();
  }

  async stop(): Promise<void> {
    await this.sender?.stop();
    rmSync(this.media, { recursive: true, force: true });
  }
}

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.stop();
});

/** Lets everything that waits for nothing but a turn take its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** An alert for the officers' group about a case of its own. */
function alertOf(n: number, more: Partial<Send> = {}): Effect[] {
  const theCase = sampleCase({ id: `case-${n}` as CaseId, code: `KRC-A${String(n).padStart(3, '0')}` as CaseCode });
  const alert = send(`alert:${n}`, {
    to: { chat: OFFICERS.id },
    urgency: 'alert',
    purpose: 'alert',
    case: theCase.id,
    text: `alert ${theCase.code}`,
    ...more,
  });
  return [{ do: 'open-case', case: theCase }, alert];
}
const alertsOf = (from: number, to: number): Effect[] =>
  Array.from({ length: to - from + 1 }, (_, i) => alertOf(from + i)).flat();

/** A text for somebody's own chat, one chat for each name. */
function sendTo(db: Database, who: string, key: string, more: Partial<Send> = {}): Send {
  const chat = `chat-${who}` as ChatId;
  db.run(
    "INSERT INTO chats (id, address, kind) VALUES (?, ?, 'private') ON CONFLICT DO NOTHING",
    chat,
    `address-${who}`,
  );
  return send(key, { to: { chat }, ...more });
}

// ---------------------------------------------------------------- one message

test('what is due is sent once, with its own id, and proven by its ack', async () => {
  const bench = new Bench();
  put(bench.db, [send('one', { quote: 'm1' as MessageId }), send('two', { to: { chat: OFFICERS.id } })]);
  bench.start();
  await bench.idle();
  await settle();
  assert.deepEqual(bench.sent, [
    { id: idOf('one'), chat: PRIVATE.address, text: 'text of one', quote: 'm1', since: EIGHT, at: EIGHT },
    { id: idOf('two'), chat: OFFICERS.address, text: 'text of two', since: EIGHT, at: EIGHT },
  ]);
  assert.equal(bench.state('one'), 'sent');
  await bench.pass(10 * MINUTE);
  assert.equal(bench.sent.length, 2);
});

test('a throw before anything arrived: looked up, then sent again under the same id', async () => {
  const bench = new Bench();
  bench.mood = 'throws-before';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  assert.equal(bench.state('one'), 'unknown');
  assert.deepEqual(bench.lookUps, [], 'a first try has nothing to look up');
  bench.mood = 'stores';
  await bench.pass(4 * SECOND);
  assert.deepEqual(bench.sent, [], 'tried again too soon');
  await bench.pass(SECOND);
  assert.deepEqual(bench.lookedUp(), [idOf('one')]);
  assert.deepEqual(
    bench.sent.map(({ id }) => id),
    [idOf('one')],
  );
  assert.equal(bench.state('one'), 'sent');
  assert.doesNotMatch(
    bench.warnings.join(),
    /text of one|before/,
    'the log holds neither words nor messages of errors',
  );
});

test('a throw after it arrived: looked up and found, never doubled', async () => {
  const bench = new Bench();
  bench.mood = 'throws-after';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  assert.equal(bench.state('one'), 'unknown');
  bench.mood = 'stores';
  await bench.pass(5 * SECOND);
  assert.equal(bench.state('one'), 'sent');
  assert.deepEqual(bench.texts(), ['text of one']);
});

test('a call that never comes back is unknown after 35 seconds, and holds up nothing for longer', async () => {
  const bench = new Bench();
  bench.mood = 'hangs';
  put(bench.db, [send('one', { urgency: 'alert' }), send('two')]);
  bench.start();
  await settle();
  assert.equal(bench.state('one'), 'sending');
  bench.mood = 'stores';
  await bench.pass(35 * SECOND - 1);
  assert.equal(bench.state('one'), 'sending');
  await bench.pass(1);
  assert.equal(bench.state('one'), 'unknown');
  assert.deepEqual(bench.texts(), ['text of two']);
  await bench.pass(5 * SECOND);
  assert.deepEqual(bench.texts(), ['text of two', 'text of one']);
});

test('a message without an ack is looked up after a minute, and not sent again where it stands', async () => {
  const bench = new Bench();
  bench.mood = 'no-ack';
  put(bench.db, [send('one')]);
  bench.start();
  await settle();
  await bench.pass(59 * SECOND);
  assert.deepEqual(bench.lookUps, []);
  bench.held.set(idOf('one'), 0);
  await bench.pass(SECOND);
  assert.deepEqual(bench.lookedUp(), [idOf('one')]);
  assert.equal(bench.state('one'), 'unknown', 'it waits in the channel: neither sent nor to be sent again');
  bench.held.set(idOf('one'), 1);
  await bench.pass(MINUTE);
  assert.equal(bench.state('one'), 'sent');
  assert.equal(bench.sent.length, 1);
});

test('what the channel refuses is tried again, with growing waits, under the same id', async () => {
  const bench = new Bench();
  bench.mood = 'refuses';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  assert.equal(bench.sent.length, 1, 'a refusal must not be answered by a storm');
  await bench.pass(5 * SECOND);
  assert.equal(bench.sent.length, 2);
  await bench.pass(5 * SECOND);
  assert.equal(bench.sent.length, 2);
  bench.mood = 'stores';
  await bench.pass(10 * SECOND);
  assert.equal(bench.state('one'), 'sent');
  assert.ok(bench.sent.every(({ id }) => id === idOf('one')));
});

for (const mood of ['refuses', 'forgets'] as const) {
  test(`a broadcast that the channel ${mood} is given up after four tries`, async () => {
    const bench = new Bench();
    bench.mood = mood;
    put(bench.db, [send('one', { urgency: 'broadcast' })]);
    bench.start();
    await settle();
    await bench.pass(50 * MINUTE);
    assert.equal(bench.state('one'), 'dead');
    assert.equal(bench.sent.length, 4);
  });
}

test('where looking up fails nothing is sent blindly', async () => {
  const bench = new Bench();
  bench.mood = 'throws-after';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  bench.mood = 'stores';
  bench.lookUpThrows = true;
  await bench.pass(5 * SECOND);
  await bench.pass(15 * SECOND);
  assert.equal(bench.sent.length, 1);
  bench.lookUpThrows = false;
  await bench.pass(5 * MINUTE);
  assert.equal(bench.state('one'), 'sent');
  assert.equal(bench.sent.length, 1);
});

test('waits grow from five seconds to five minutes', async () => {
  const bench = new Bench();
  bench.mood = 'throws-before';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  const next = () => (bench.db.get<{ at: number }>('SELECT next_at AS at FROM outbox')?.at ?? 0) - bench.now;
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    waits.push(next() / SECOND);
    await bench.pass(next());
  }
  assert.deepEqual(waits, [5, 15, 60, 300, 300, 300]);
});

test('a broadcast is given up after four tries, an alert and a reply never', async () => {
  const bench = new Bench();
  bench.mood = 'throws-before';
  put(bench.db, [send('broadcast', { urgency: 'broadcast' }), send('alert', { urgency: 'alert' }), send('reply')]);
  bench.start();
  await settle();
  for (let i = 0; i < 20; i++) await bench.pass(5 * MINUTE);
  assert.equal(bench.state('broadcast'), 'dead');
  assert.equal(bench.state('alert'), 'unknown');
  assert.equal(bench.state('reply'), 'unknown');
  bench.mood = 'stores';
  await bench.pass(5 * MINUTE);
  assert.deepEqual(bench.texts(), ['text of alert', 'text of reply']);
});

test('a tick goes onto a message once the text it stands for is on the phone', async () => {
  const bench = new Bench();
  put(bench.db, [send('relay')]);
  record(bench.db, messageEvent('m1'), stateAt(), [
    { do: 'react', message: 'm1' as MessageId, emoji: '✅', key: 'react', after: 'relay' },
  ]);
  bench.start();
  await settle();
  assert.deepEqual(bench.reactions, []);
  bench.ack('relay', 2);
  await settle();
  assert.deepEqual(bench.reactions, ['✅ m1']);
  assert.equal(bench.state('react'), 'sent');
});

test('an ack that came while nobody listened is asked for, where something waits for it', async () => {
  const bench = new Bench();
  put(bench.db, [send('relay')]);
  record(bench.db, messageEvent('m1'), stateAt(), [
    { do: 'react', message: 'm1' as MessageId, emoji: '✅', key: 'react', after: 'relay' },
  ]);
  // Before the kill: the network had it. After it: the phone has it, and nobody was told.
  claim(bench.db, EIGHT, EIGHT + MINUTE);
  acked(bench.db, idOf('relay'), 1, EIGHT);
  bench.held.set(idOf('relay'), 2);
  bench.start();
  await settle();
  assert.deepEqual(bench.reactions, ['✅ m1']);
  assert.deepEqual(bench.texts(), [], 'what is proven is not sent again');
});

test('what was being sent when the bot was killed is looked up at the start', async () => {
  const bench = new Bench();
  put(bench.db, [send('arrived'), send('lost')]);
  claim(bench.db, EIGHT, EIGHT + MINUTE);
  claim(bench.db, EIGHT, EIGHT + MINUTE);
  bench.held.set(idOf('arrived'), 2);
  bench.start();
  await settle();
  assert.deepEqual(bench.lookedUp(), [idOf('arrived'), idOf('lost')]);
  assert.deepEqual(bench.texts(), ['text of lost']);
  assert.deepEqual([bench.state('arrived'), bench.state('lost')], ['sent', 'sent']);
});

test('while the channel is down nothing is tried, and waiting for it is not idleness without end', async () => {
  const bench = new Bench();
  bench.ready = false;
  put(bench.db, [send('one')]);
  bench.start();
  await bench.pass(MINUTE);
  await bench.idle();
  assert.deepEqual(bench.sent, []);
  assert.equal(bench.state('one'), 'queued');
  bench.ready = true;
  await bench.pass(0);
  assert.deepEqual(bench.texts(), ['text of one']);
});

test('a reaction that fails is put on later', async () => {
  const bench = new Bench();
  record(bench.db, messageEvent('m1'), stateAt(), [
    { do: 'react', message: 'm1' as MessageId, emoji: '✅', key: 'react' },
  ]);
  bench.mood = 'throws-before';
  bench.start();
  await settle();
  assert.deepEqual(bench.reactions, []);
  bench.mood = 'stores';
  await bench.pass(5 * SECOND);
  assert.deepEqual(bench.reactions, ['✅ m1']);
});

// ---------------------------------------------------------------- ids, files and look-ups

test('where the channel gives its own id, acks, quotes and look-ups go by that', async () => {
  const bench = new Bench();
  bench.ownIds = true;
  put(bench.db, [send('one'), send('two', { quote: idOf('one') })]);
  bench.start();
  await settle();
  assert.deepEqual([bench.state('one'), bench.state('two')], ['sent', 'sent']);
  assert.equal(bench.sent[1]?.quote, `own-${idOf('one')}`, 'what quotes it must quote what stands in the chat');
  const rows = bench.db.all<{ message: string }>('SELECT message FROM outbox ORDER BY id');
  assert.deepEqual(
    rows.map(({ message }) => message),
    [`own-${idOf('one')}`, `own-${idOf('two')}`],
  );
});

test('killed before the channel told its own id: found by its words from the first try on, and known by that id', async () => {
  const bench = new Bench();
  bench.ownIds = true;
  bench.mood = 'throws-after';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await bench.pass(3 * SECOND);
  bench.mood = 'stores';
  await bench.pass(2 * SECOND);
  const [lookUp] = bench.lookUps;
  assert.deepEqual([lookUp?.id, lookUp?.text, lookUp?.since], [idOf('one'), 'text of one', EIGHT]);
  assert.equal(bench.sent.length, 1);
  assert.deepEqual(bench.db.get('SELECT message, state FROM outbox'), { message: `own-${idOf('one')}`, state: 'sent' });
});

test('what is found and is another message of ours is not this one: it is sent, not taken for sent', async () => {
  const bench = new Bench();
  bench.mood = 'throws-before';
  put(bench.db, [send('one', { urgency: 'alert', text: 'Sama-sama 🙏' })]);
  bench.start();
  await settle();
  put(bench.db, [send('earlier', { text: 'Sama-sama 🙏' })]);
  bench.db.run("UPDATE outbox SET message = ?, state = 'sent', ack = 1 WHERE key = 'earlier'", `own-${idOf('one')}`);
  bench.held.set(`own-${idOf('one')}` as MessageId, 2);
  bench.ownIds = true;
  bench.mood = 'no-ack';
  await bench.pass(5 * SECOND);
  assert.equal(bench.sent.length, 1);
  assert.notEqual(bench.state('one'), 'sent');
  assert.match(bench.warnings.join(), /in use|outbox/);
});

test('a refused message that stands under another id is sent again under that one', async () => {
  const bench = new Bench();
  bench.ownIds = true;
  bench.mood = 'refuses';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  bench.ownIds = false;
  bench.mood = 'stores';
  await bench.pass(5 * SECOND);
  assert.deepEqual(
    bench.sent.map(({ id }) => id),
    [idOf('one'), `own-${idOf('one')}`],
  );
  assert.equal(bench.state('one'), 'sent');
});

test('a file goes along with what it is; one that is gone leaves the text alone; with nothing left nothing is sent', async () => {
  const bench = new Bench();
  writeFileSync(join(bench.media, 'entry-1-1'), 'isi');
  const voice = { file: 'entry-1-1', attachment: { type: 'voice', mime: 'audio/ogg; codecs=opus' } } as const;
  const photo = { file: 'entry-1-1', attachment: { type: 'photo', name: 'bukti.jpg' } } as const;
  put(bench.db, [
    send('voice', { media: voice }),
    send('photo', { media: photo, text: '' }),
    send('gone', { media: { ...photo, file: 'entry-2-2' } }),
    send('empty', { media: { ...photo, file: 'entry-2-2' }, text: '' }),
  ]);
  bench.start();
  await settle();
  const path = join(bench.media, 'entry-1-1');
  assert.deepEqual(
    bench.sent.map(({ text, media }) => ({ text, media })),
    [
      { text: 'text of voice', media: { path, mime: 'audio/ogg; codecs=opus', voice: true } },
      { text: '', media: { path, mime: 'image/jpeg', name: 'bukti.jpg', voice: false } },
      { text: 'text of gone', media: undefined },
    ],
  );
  assert.equal(bench.state('empty'), 'dead');
});

test('what waits in the channel is looked up with growing waits and never sent again, however long', async () => {
  const bench = new Bench();
  bench.mood = 'no-ack';
  put(bench.db, [send('one')]);
  bench.start();
  await settle();
  bench.held.set(idOf('one'), 0);
  const at: number[] = [];
  for (let minute = 1; minute <= 20; minute++) {
    const before = bench.lookUps.length;
    await bench.pass(MINUTE);
    if (bench.lookUps.length > before) at.push(minute);
  }
  assert.deepEqual(at, [1, 2, 3, 8, 13, 18]);
  assert.equal(bench.sent.length, 1);
  assert.equal(bench.state('one'), 'unknown');
});

test('a refusal that is told late, while its message waits to be looked up, is answered soon', async () => {
  const bench = new Bench();
  bench.mood = 'no-ack';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  bench.held.set(idOf('one'), 0);
  await bench.pass(10 * MINUTE);
  assert.equal(bench.state('one'), 'unknown');
  bench.mood = 'stores';
  bench.ack('one', -1);
  await bench.pass(SECOND);
  bench.ack('one', -1);
  const soon = bench.next();
  bench.ack('one', -1);
  assert.equal(bench.next(), soon, 'each telling puts it off again');
  await bench.pass(5 * MINUTE);
  assert.equal(bench.state('one'), 'sent');
});

test('what waits for a group that the bot has left is given up; a closed group is waited for', async () => {
  const bench = new Bench();
  put(bench.db, [send('one', { to: { chat: OFFICERS.id } }), send('two')]);
  bench.db.run('UPDATE chats SET closed = 1 WHERE id = ?', OFFICERS.id);
  bench.start();
  await bench.pass(MINUTE);
  assert.deepEqual([bench.texts(), bench.state('one'), bench.next()], [['text of two'], 'queued', undefined]);
  bench.db.run('UPDATE chats SET gone = 1 WHERE id = ?', OFFICERS.id);
  await bench.wake();
  assert.equal(bench.state('one'), 'dead');
  assert.match(bench.warnings.join(), /"messages":1/);
});

test('stopped while a call hangs, the sender does not wait for it; the next one looks first', async () => {
  const bench = new Bench();
  bench.mood = 'stores-then-hangs';
  put(bench.db, [send('one', { urgency: 'alert' })]);
  bench.start();
  await settle();
  await bench.stop();
  assert.equal(bench.state('one'), 'unknown');
  const next = new Bench(bench.db);
  next.held.set(idOf('one'), 1);
  next.start();
  await next.pass(5 * SECOND);
  assert.deepEqual([next.sent, bench.state('one')], [[], 'sent']);
});

// ---------------------------------------------------------------- pacing

const gapsOf = (sent: readonly { at: number }[]) => sent.slice(1).map(({ at }, i) => at - (sent[i]?.at ?? 0));

test('replies keep a gap that chance draws, and before each the bot is shown writing for as long as its text takes', async () => {
  const bench = new Bench();
  const drawn = [0, 0.5, 0.99];
  let draws = 0;
  bench.random = () => drawn[draws++ % 3] as number;
  const texts = [1, 2, 3, 4].map((n) => sendTo(bench.db, `${n}`, `r${n}`, { text: 'x'.repeat(150 * (n - 1)) || 'ya' }));
  put(bench.db, texts);
  bench.start(PACING);
  await bench.pass(5 * MINUTE);
  assert.deepEqual(
    bench.typings.map(({ chat }) => chat),
    ['address-1', 'address-2', 'address-3', 'address-4'],
  );
  const typed = bench.typings.map(({ at }, i) => (bench.sent[i]?.at ?? 0) - at);
  assert.deepEqual(typed.map(Math.round), [1_013, 2_000, 3_000, 3_000]);
  for (const [i, gap] of gapsOf(bench.sent).entries()) {
    const untyped = gap - (typed[i + 1] as number);
    assert.ok(untyped >= 3_000 && untyped <= 8_000, `gap ${untyped}`);
  }
  assert.equal(new Set(gapsOf(bench.sent)).size, 3, 'each gap is drawn anew');
});

for (const fails of ['throws', 'hangs'] as const) {
  test(`a channel whose typing ${fails} is sent to all the same`, async () => {
    const bench = new Bench();
    bench.typingFails = fails;
    put(bench.db, [send('one')]);
    bench.start(PACING);
    await bench.pass(2 * SECOND);
    assert.deepEqual(bench.texts(), ['text of one']);
  });
}

test('who waits for everything to be sent waits through the gaps, and not for what is held back for longer', async () => {
  const bench = new Bench();
  put(bench.db, [sendTo(bench.db, '1', 'r1'), sendTo(bench.db, '2', 'r2')]);
  const broadcasts = ['b1', 'b2'].map((key) => sendTo(bench.db, key, key, { urgency: 'broadcast' }));
  put(bench.db, broadcasts);
  bench.start(PACING);
  let idle = false;
  bench.idle().then(() => {
    idle = true;
  });
  await bench.pass(10 * SECOND);
  assert.deepEqual([idle, bench.texts().length], [false, 2]);
  await bench.pass(20 * SECOND);
  assert.deepEqual([idle, bench.texts().length], [true, 3], 'a broadcast that may not go for minutes holds nobody up');
  const next = bench.next() ?? 0;
  await bench.pass(next - bench.now - 1);
  assert.equal(bench.texts().length, 3);
  await bench.pass(10 * SECOND);
  assert.equal(bench.texts().length, 4, 'next tells when it may go');
});

test('an alert overtakes a long row of replies and sits through no gap, though the bot is shown writing', async () => {
  const bench = new Bench();
  put(
    bench.db,
    Array.from({ length: 50 }, (_, i) => sendTo(bench.db, `${i}`, `r${i}`, { text: 'reply' })),
  );
  bench.start(PACING);
  await bench.pass(2 * SECOND);
  assert.deepEqual(bench.texts(), ['reply']);
  put(bench.db, [send('alert', { urgency: 'alert', text: 'alert' })]);
  await bench.wake();
  assert.deepEqual(bench.texts(), ['reply', 'alert']);
  // Now while the next one is being written.
  while (bench.typings.length < 2) await bench.pass(100);
  put(bench.db, [send('alert-2', { urgency: 'alert', text: 'alert' })]);
  await bench.wake();
  assert.deepEqual(bench.texts(), ['reply', 'alert', 'alert']);
  assert.equal(bench.typings.length, 2, 'an alert is not written slowly');
  await bench.pass(8 * SECOND + 3 * SECOND);
  assert.deepEqual(bench.texts(), ['reply', 'alert', 'alert', 'reply']);
});

test('broadcasts keep a long distance between each other, and replies do not wait for that', async () => {
  const bench = new Bench();
  const broadcasts = [1, 2, 3].map((n) =>
    sendTo(bench.db, `v${n}`, `b${n}`, { urgency: 'broadcast', text: 'broadcast' }),
  );
  put(bench.db, broadcasts);
  bench.start(PACING);
  await bench.pass(10 * SECOND);
  put(bench.db, [sendTo(bench.db, 'ani', 'r1', { text: 'reply' })]);
  await bench.wake();
  await bench.pass(20 * SECOND);
  assert.deepEqual(bench.texts(), ['broadcast', 'reply']);
  await bench.pass(10 * MINUTE);
  const at = bench.sent.filter(({ text }) => text === 'broadcast');
  assert.equal(at.length, 3);
  for (const gap of gapsOf(at)) assert.ok(gap >= 2 * MINUTE && gap <= 2 * MINUTE + 10 * SECOND, `${gap}`);
});

test('in one chat at most so many a minute; other chats go on meanwhile, and alerts go in', async () => {
  const bench = new Bench();
  put(
    bench.db,
    Array.from({ length: 5 }, (_, i) => send(`r${i}`)),
  );
  put(bench.db, [sendTo(bench.db, 'rudi', 'other')]);
  bench.start({ ...PACING, perChat: 2 });
  await bench.pass(30 * SECOND);
  assert.deepEqual(bench.texts(), ['text of r0', 'text of r1', 'text of other']);
  put(bench.db, [send('alert', { urgency: 'alert' })]);
  await bench.wake();
  assert.equal(bench.texts().at(-1), 'text of alert');
  await bench.pass(5 * MINUTE);
  assert.deepEqual(bench.texts().slice(4), ['text of r2', 'text of r3', 'text of r4']);
  const own = bench.sent.filter(({ chat, text }) => chat === PRIVATE.address && text !== 'text of alert');
  for (let i = 2; i < own.length; i++) assert.ok((own[i]?.at ?? 0) - (own[i - 2]?.at ?? 0) >= MINUTE);
});

test('at most so many an hour; alerts are not held back, a restart forgets nothing, and nobody spins meanwhile', async () => {
  const bench = new Bench();
  const pacing = { ...PACING, perHour: 5 };
  put(
    bench.db,
    Array.from({ length: 8 }, (_, i) => sendTo(bench.db, `${i}`, `r${i}`)),
  );
  bench.start(pacing);
  await bench.pass(5 * MINUTE);
  assert.equal(bench.sent.length, 5);
  await bench.stop();
  const later = new Bench(bench.db);
  later.now = bench.now;
  later.start(pacing);
  put(bench.db, [send('alert', { urgency: 'alert' })]);
  await later.pass(0);
  assert.deepEqual(later.texts(), ['text of alert']);
  await later.pass(54 * MINUTE);
  assert.equal(later.sent.length, 1, 'more than five within the hour');
  assert.equal(later.next(), (bench.sent[0]?.at ?? 0) + HOUR);
  assert.ok(later.sleeps < 80, `slept ${later.sleeps} times in an hour`);
  await later.pass(10 * MINUTE);
  assert.equal(later.sent.length, 4);
});

test('a restart forgets no gap', async () => {
  const bench = new Bench();
  put(bench.db, [sendTo(bench.db, '1', 'r1'), sendTo(bench.db, '2', 'r2')]);
  bench.start(PACING);
  await bench.pass(2 * SECOND);
  await bench.stop();
  const later = new Bench(bench.db);
  later.now = bench.now;
  later.start(PACING);
  await later.pass(5 * SECOND);
  assert.deepEqual(later.texts(), []);
  await later.pass(5 * SECOND);
  assert.deepEqual(later.texts(), ['text of r2']);
  assert.ok((later.sent[0]?.at ?? 0) - (bench.sent[0]?.at ?? 0) >= BETWEEN - 100);
});

test('a clock that was set back a year holds nothing up', async () => {
  const bench = new Bench();
  put(bench.db, [sendTo(bench.db, '1', 'r1')]);
  bench.start(PACING);
  await bench.pass(2 * SECOND);
  await bench.stop();
  const later = new Bench(bench.db);
  later.now = EIGHT - 365 * 24 * HOUR;
  put(later.db, [sendTo(bench.db, '2', 'r2')], later.now);
  later.start(PACING);
  await later.pass(2 * SECOND);
  assert.deepEqual(later.texts(), ['text of r2']);
});

// ---------------------------------------------------------------- too many alerts

test('ten alerts go at once; the rest become one message that names each case once, and no second one for a minute', async () => {
  const bench = new Bench();
  put(bench.db, alertsOf(1, 30));
  bench.start(PACING);
  await settle();
  assert.equal(bench.sent.length, 11);
  assert.deepEqual(
    bench.texts().slice(0, 10),
    Array.from({ length: 10 }, (_, i) => `alert KRC-A${String(i + 1).padStart(3, '0')}`),
  );
  const told = bench.texts()[10] ?? '';
  assert.match(told, /^📋 \*20 laporan lagi\*\n/);
  for (let n = 11; n <= 30; n++) assert.equal(told.split(`KRC-A0${n}`).length, 2, `case ${n}`);
  put(bench.db, alertsOf(31, 40));
  await bench.wake();
  await bench.pass(59 * SECOND);
  assert.equal(bench.sent.length, 11, 'held until a minute is over');
  await bench.pass(SECOND);
  assert.ok(bench.sent.length > 11, 'and no longer');
  await bench.pass(MINUTE);
  for (let n = 31; n <= 40; n++) {
    assert.equal(bench.texts().filter((text) => text.includes(`KRC-A0${n}`)).length, 1, `case ${n}`);
  }
});

test('receipts and words to single people are never told together: beyond ten they keep the gap', async () => {
  const bench = new Bench();
  const receipts = Array.from({ length: 15 }, (_, i) =>
    sendTo(bench.db, `${i}`, `receipt:${i}`, { urgency: 'alert', purpose: i % 2 ? 'receipt' : 'words' }),
  );
  put(bench.db, receipts);
  bench.start(PACING);
  await settle();
  assert.equal(bench.sent.length, 10);
  await bench.pass(5 * MINUTE);
  assert.equal(bench.sent.length, 15);
  for (const gap of gapsOf(bench.sent.slice(9))) assert.ok(gap >= 3_000, `${gap}`);
});

test('an alert alone in a crowd of receipts does not stand behind them', async () => {
  const bench = new Bench();
  const receipts = Array.from({ length: 40 }, (_, i) =>
    sendTo(bench.db, `${i}`, `receipt:${i}`, { urgency: 'alert', purpose: 'receipt' }),
  );
  put(bench.db, [...receipts, ...alertOf(1)]);
  bench.start(PACING);
  await bench.pass(9 * SECOND);
  assert.ok(bench.texts().includes('alert KRC-A001'));
  assert.ok(!bench.texts().some((text) => text.startsWith('📋')), 'one is told by itself, so that 👍 still works');
});

test('a digest that fails is looked up and sent again like any other', async () => {
  const bench = new Bench();
  put(bench.db, alertsOf(1, 10));
  bench.start(PACING);
  await settle();
  bench.mood = 'throws-before';
  put(bench.db, alertsOf(11, 12));
  await bench.wake();
  bench.mood = 'stores';
  await bench.pass(5 * SECOND);
  assert.equal(bench.texts().filter((text) => text.startsWith('📋')).length, 1);
});

test('without pacing everything goes at once, and nothing is told together', async () => {
  const bench = new Bench();
  put(bench.db, [...alertsOf(1, 30), send('reply')]);
  bench.start();
  await settle();
  await bench.idle();
  assert.equal(bench.sent.length, 31);
  assert.deepEqual(bench.typings, []);
});

// ---------------------------------------------------------------- whatever comes

type Step =
  | { readonly is: 'alerts'; readonly count: number }
  | { readonly is: 'receipts' | 'replies' | 'broadcasts'; readonly count: number; readonly who: number }
  | { readonly is: 'pass'; readonly seconds: number }
  | { readonly is: 'mood'; readonly mood: Mood }
  | { readonly is: 'restart' };

const count = fc.integer({ min: 1, max: 25 });
const who = fc.nat(4);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ is: fc.constant('alerts' as const), count }),
  fc.record({ is: fc.constantFrom('receipts' as const, 'replies' as const, 'broadcasts' as const), count, who }),
  fc.record({ is: fc.constant('pass' as const), seconds: fc.integer({ min: 0, max: 90 }) }),
  fc.record({
    is: fc.constant('mood' as const),
    mood: fc.constantFrom<Mood>(
      'stores',
      'stores',
      'throws-before',
      'throws-after',
      'refuses',
      'no-ack',
      'forgets',
      'stores-then-hangs',
    ),
  }),
  fc.constant({ is: 'restart' as const }),
);

/** How many messages were handed over within the span that ends then; one that had to be handed over again is one. */
const distinct = (list: Bench['sent'], until: number, span: number): number =>
  new Set(list.filter(({ at }) => at <= until && at > until - span).map(({ id }) => id)).size;

/** Everything that was handed over breaks none of the limits. */
function assertPaced(sent: Bench['sent'], urgencyOf: (id: MessageId) => number): void {
  const isDigest = ({ text }: Outgoing) => text.startsWith('📋');
  const urgent = sent.filter((one) => urgencyOf(one.id) === 0 && !isDigest(one));
  const others = sent.filter(({ id }) => urgencyOf(id) > 0);
  for (const [i, one] of sent.entries()) {
    const before = sent[i - 1];
    if (!before || isDigest(one) || one.at - before.at >= PACING.gap[0]) continue;
    assert.equal(urgencyOf(one.id), 0, 'only alerts skip the gap');
    const lately = distinct(urgent, one.at, MINUTE);
    assert.ok(lately <= 10, `${lately} alerts without a gap within a minute`);
  }
  const atLeast = (list: Bench['sent'], most: number, span: number, what: string) => {
    for (const { at } of list) assert.ok(distinct(list, at, span) <= most, `more than ${most} ${what}`);
  };
  atLeast(others, PACING.perHour, HOUR, 'an hour');
  atLeast(
    others.filter(({ id }) => urgencyOf(id) === 2),
    1,
    PACING.broadcastGap[0],
    'broadcasts',
  );
  for (const chat of new Set(others.map((one) => one.chat)))
    atLeast(
      others.filter((one) => one.chat === chat),
      PACING.perChat,
      MINUTE,
      'in a chat',
    );
}

test('whatever floods in, with whatever trouble: all that was queued is told, once, and within the limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      async (steps, chance) => {
        let bench = new Bench();
        const { db } = bench;
        const arrived: Bench['sent'] = [];
        let sleeps = 0;
        let n = 0;
        const random = () => chance.next().value as number;
        bench.random = random;
        bench.start(PACING);
        const restart = async () => {
          await bench.stop();
          arrived.push(...bench.sent);
          sleeps += bench.sleeps;
          const next = new Bench(db);
          next.now = bench.now;
          next.random = random;
          for (const [id, ack] of bench.held) next.held.set(id, ack);
          for (const id of bench.refusedOnce) next.refusedOnce.add(id);
          bench = next.start(PACING);
        };
        for (const one of steps) {
          switch (one.is) {
            case 'alerts':
              put(db, alertsOf(n + 1, n + one.count), bench.now);
              n += one.count;
              await bench.wake();
              break;
            case 'pass':
              await bench.pass(one.seconds * SECOND);
              break;
            case 'mood':
              bench.mood = one.mood;
              break;
            case 'restart':
              await restart();
              break;
            default: {
              const urgency = one.is === 'receipts' ? 'alert' : one.is === 'replies' ? 'reply' : 'broadcast';
              // Few enough broadcasts that all of them can go out within the time of the test.
              const many = one.is === 'broadcasts' ? Math.min(2, one.count) : one.count;
              put(
                db,
                Array.from({ length: many }, () => sendTo(db, `${one.who}`, `${one.is}:${n++}`, { urgency })),
                bench.now,
              );
              await bench.wake();
            }
          }
        }
        bench.mood = 'stores';
        const began = bench.now;
        while ((bench.next() ?? Infinity) < Infinity && bench.now < began + 6 * HOUR) await bench.pass(5 * MINUTE);
        await restart();
        const rows = db.all<{
          key: string;
          message: MessageId;
          state: string;
          urgency: number;
          case_id: string | null;
        }>('SELECT key, message, state, urgency, case_id FROM outbox');
        const urgencies = new Map(rows.map(({ message, urgency }) => [message, urgency]));
        const times = new Map<MessageId, number>();
        // What was refused was not told; it is in the chat only once it is taken.
        for (const { id } of arrived) times.set(id, (times.get(id) ?? 0) + 1);
        for (const row of rows) {
          const said = times.get(row.message) ?? 0;
          if (row.state === 'dead') {
            assert.equal(row.urgency, 2, `${row.key} was given up`);
            continue;
          }
          assert.ok(row.state === 'sent' || row.state === 'digested', `${row.key} is ${row.state}`);
          if (row.state === 'digested') assert.equal(said, 0, `${row.key} was told by itself as well`);
          else assert.ok(said >= 1, `${row.key} was never told`);
        }
        for (let i = 1; i <= n; i++) {
          const code = `KRC-A${String(i).padStart(3, '0')}`;
          const telling = new Set(arrived.filter(({ text }) => text.includes(code)).map(({ id }) => id));
          const alert = rows.find(({ key }) => key === `alert:${i}`);
          if (alert) assert.equal(telling.size, 1, `${code} is told in ${telling.size} messages`);
        }
        const doubled = [...times].filter(([id, said]) => said > 1 && !bench.refusedOnce.has(id));
        assert.deepEqual(doubled, [], 'told twice without having been refused');
        const digests = db.all<{ at: number }>(
          "SELECT created_at AS at FROM outbox WHERE purpose = 'list' ORDER BY id",
        );
        for (const gap of gapsOf(digests)) assert.ok(gap >= MINUTE, `two digests within ${gap} ms`);
        assertPaced(arrived, (id) => urgencies.get(id) ?? -1);
        const minutes = (bench.now - EIGHT) / MINUTE;
        assert.ok(sleeps < 4 * minutes + 12 * arrived.length + 20 * steps.length + 50, `slept ${sleeps} times`);
      },
    ),
    { numRuns: 25 },
  );
});
