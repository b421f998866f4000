// The sender against a channel that fails in every way it can: nothing is lost, nothing doubled, and what is urgent overtakes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ack, Channel, OutgoingText } from '../src/channels/channel.ts';
import type { Address, MessageId } from '../src/core/types.ts';
import { type Pacing, type Sender, startSender } from '../src/sender.ts';
import type { Database } from '../src/store/database.ts';
import { acked, claim } from '../src/store/outbox.ts';
import { messageIdOf, record } from '../src/store/record.ts';
import { EIGHT, MINUTE, messageEvent, OFFICERS, put, SECOND, sampleDatabase, send, stateAt } from './store/sample.ts';

const idOf = (key: string) => messageIdOf(key) as MessageId;

/** What the fake channel does with the next texts: `stores` keeps and acks, as a good day does. */
type Mood = 'stores' | 'throws-before' | 'throws-after' | 'hangs' | 'refuses' | 'no-ack';

interface Waiting {
  readonly millis: number;
  readonly pass: () => void;
}

/** An office with a clock in hand, a channel that obeys, and waits that pass only when told to. */
class Bench {
  readonly db: Database = sampleDatabase();
  readonly sent: OutgoingText[] = [];
  readonly reactions: string[] = [];
  readonly lookUps: MessageId[] = [];
  readonly held = new Map<MessageId, Ack>();
  readonly waiting = new Set<Waiting>();
  readonly warnings: string[] = [];
  mood: Mood = 'stores';
  lookUpThrows = false;
  ready = true;
  now = EIGHT;
  private sender: Sender | undefined;

  private readonly channel: Channel = {
    start: async () => {},
    stop: async () => {},
    state: () => ({ name: 'fake', state: this.ready ? 'ready' : 'down' }),
    send: async (message) => {
      if (this.mood === 'throws-before') throw new Error('before');
      if (this.mood === 'hangs') return new Promise(() => {});
      this.sent.push(message);
      if (this.mood === 'refuses') {
        this.held.set(message.id, -1);
        setImmediate(() => this.sender?.acked(message.id, -1));
        return;
      }
      this.held.set(message.id, 1);
      if (this.mood === 'throws-after') throw new Error('after');
      if (this.mood === 'stores') setImmediate(() => this.sender?.acked(message.id, 1));
    },
    lookUp: async (id) => {
      this.lookUps.push(id);
      if (this.lookUpThrows) throw new Error('no looking up');
      return this.held.get(id);
    },
    react: async (message, _chat, emoji) => {
      if (this.mood === 'throws-before') throw new Error('before');
      this.reactions.push(`${emoji} ${message}`);
    },
    fetchMedia: async () => undefined,
  };

  start(pacing?: Pacing): this {
    this.sender = startSender({
      db: this.db,
      channel: this.channel,
      now: () => this.now,
      random: () => 0.5,
      wait: (millis, signal) =>
        new Promise((resolve) => {
          const one: Waiting = {
            millis,
            pass: () => {
              this.waiting.delete(one);
              resolve();
            },
          };
          this.waiting.add(one);
          signal.addEventListener('abort', one.pass, { once: true });
          if (signal.aborted) one.pass();
        }),
      pacing,
      log: { info: () => {}, warn: (fields) => this.warnings.push(JSON.stringify(fields)), error: () => {} },
    });
    return this;
  }

  ack(key: string, ack: Ack): void {
    this.held.set(idOf(key), ack);
    this.sender?.acked(idOf(key), ack);
  }

  /** Lets time pass and everything that is due then be done. */
  async pass(millis: number): Promise<void> {
    this.now += millis;
    this.sender?.wake();
    await settle();
  }

  /** Lets the longest wait of at most this length run out. */
  async timeOut(millis: number): Promise<void> {
    [...this.waiting].find((one) => one.millis === millis)?.pass();
    await settle();
  }

  texts(): string[] {
    return this.sent.map(({ text }) => text);
  }

  state(key: string): string | undefined {
    return this.db.get<{ state: string }>('SELECT state FROM outbox WHERE key = ?', key)?.state;
  }

  async idle(): Promise<void> {
    await this.sender?.idle();
  }

  async stop(): Promise<void> {
    await this.sender?.stop();
  }
}

/** Lets everything that waits for nothing but a turn take its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('what is due is sent once, with its own id, and proven by its ack', async () => {
  const bench = new Bench();
  put(bench.db, [send('one', { quote: 'm1' as MessageId }), send('two', { to: { chat: OFFICERS.id } })]);
  bench.start();
  await bench.idle();
  await settle();
  assert.deepEqual(bench.sent, [
    { id: idOf('one'), chat: '620000000001' as Address, text: 'text of one', quote: 'm1' },
    { id: idOf('two'), chat: OFFICERS.address, text: 'text of two' },
  ]);
  assert.equal(bench.state('one'), 'sent');
  await bench.pass(10 * MINUTE);
  assert.equal(bench.sent.length, 2);
  await bench.stop();
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
  assert.deepEqual(bench.lookUps, [idOf('one')]);
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
  await bench.stop();
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
  await bench.stop();
});

test('a call that never comes back is unknown after 35 seconds, and holds up nothing for longer', async () => {
  const bench = new Bench();
  bench.mood = 'hangs';
  put(bench.db, [send('one', { urgency: 'alert' }), send('two')]);
  bench.start();
  await settle();
  assert.equal(bench.state('one'), 'sending');
  bench.mood = 'stores';
  await bench.timeOut(35_000);
  assert.equal(bench.state('one'), 'unknown');
  assert.deepEqual(bench.texts(), ['text of two']);
  await bench.pass(5 * SECOND);
  assert.deepEqual(bench.texts(), ['text of two', 'text of one']);
  await bench.stop();
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
  assert.deepEqual(bench.lookUps, [idOf('one')]);
  assert.equal(bench.state('one'), 'unknown', 'it waits in the channel: neither sent nor to be sent again');
  bench.held.set(idOf('one'), 1);
  await bench.pass(MINUTE);
  assert.equal(bench.state('one'), 'sent');
  assert.equal(bench.sent.length, 1);
  await bench.stop();
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
  await bench.stop();
});

for (const mood of ['refuses', 'no-ack'] as const) {
  test(`a broadcast that the channel ${mood === 'refuses' ? 'refuses' : 'forgets'} is given up after four tries`, async () => {
    const bench = new Bench();
    bench.mood = mood;
    put(bench.db, [send('one', { urgency: 'broadcast' })]);
    bench.start();
    await settle();
    for (let i = 0; i < 10; i++) {
      if (mood === 'no-ack') bench.held.clear();
      await bench.pass(5 * MINUTE);
    }
    assert.equal(bench.state('one'), 'dead');
    assert.equal(bench.sent.length, 4);
    await bench.stop();
  });
}

test('who waits for everything to be sent waits through the gaps', async () => {
  const bench = new Bench();
  put(bench.db, [send('b1', { urgency: 'broadcast' }), send('b2', { urgency: 'broadcast' })]);
  bench.start({ gap: [3_000, 8_000] });
  let idle = false;
  bench.idle().then(() => {
    idle = true;
  });
  await settle();
  assert.deepEqual([idle, bench.texts().length], [false, 1]);
  await bench.timeOut(5_500);
  await bench.timeOut(5_500);
  assert.deepEqual([idle, bench.texts().length], [true, 2]);
  await bench.stop();
});

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
  await bench.stop();
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
  await bench.stop();
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
  await bench.stop();
});

test('an alert overtakes a long row of broadcasts', async () => {
  const bench = new Bench();
  const broadcasts = Array.from({ length: 50 }, (_, i) => send(`b${i}`, { urgency: 'broadcast', text: 'broadcast' }));
  put(bench.db, broadcasts);
  bench.start({ gap: [3_000, 8_000] });
  await settle();
  assert.deepEqual(bench.texts(), ['broadcast']);
  put(bench.db, [send('alert', { urgency: 'alert', text: 'alert' })]);
  await bench.timeOut(5_500);
  assert.deepEqual(bench.texts(), ['broadcast', 'alert', 'broadcast']);
  await bench.stop();
});

test('an alert need not sit through the gap after a broadcast', async () => {
  const bench = new Bench();
  put(bench.db, [send('b1', { urgency: 'broadcast' }), send('b2', { urgency: 'broadcast' })]);
  bench.start({ gap: [3_000, 8_000] });
  await settle();
  put(bench.db, [send('alert', { urgency: 'alert' })]);
  await bench.pass(0);
  assert.deepEqual(
    bench.texts(),
    ['text of b1', 'text of alert'],
    'the alert waits, or the gap was given up for a broadcast',
  );
  await bench.stop();
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
  await bench.stop();
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
  await bench.stop();
});

test('what was being sent when the bot was killed is looked up at the start', async () => {
  const bench = new Bench();
  put(bench.db, [send('arrived'), send('lost')]);
  claim(bench.db, EIGHT, EIGHT + MINUTE);
  claim(bench.db, EIGHT, EIGHT + MINUTE);
  bench.held.set(idOf('arrived'), 2);
  bench.start();
  await settle();
  assert.deepEqual(bench.lookUps, [idOf('arrived'), idOf('lost')]);
  assert.deepEqual(bench.texts(), ['text of lost']);
  assert.deepEqual([bench.state('arrived'), bench.state('lost')], ['sent', 'sent']);
  await bench.stop();
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
  await bench.stop();
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
  await bench.stop();
});
