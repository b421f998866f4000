// Errands: a photo is fetched after the commit, comes back through the door, and is never fetched into two files.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Channel } from '../src/channels/channel.ts';
import type { Attachment, Event } from '../src/core/types.ts';
import { type Errands, startErrands } from '../src/errands.ts';
import type { Database } from '../src/store/database.ts';
import { nextErrand, takeErrand } from '../src/store/errands.ts';
import { discard, discardedFiles } from '../src/store/forgetting.ts';
import { addEntry, EIGHT, MINUTE, put, SECOND, sampleCase, sampleDatabase } from './store/sample.ts';

type Mood = 'gives' | 'has-none' | 'throws' | 'hangs';

/** An office with a clock in hand and a channel that obeys. */
class Bench {
  readonly db: Database = sampleDatabase();
  readonly folder = mkdtempSync(join(tmpdir(), 'bot-errands-'));
  readonly media = join(this.folder, 'media');
  readonly heard: Event[] = [];
  readonly passes: (() => void)[] = [];
  fetched = 0;
  mood: Mood = 'gives';
  ready = true;
  now = EIGHT;
  hear: (event: Event) => void = (event) => this.heard.push(event);

  start(): Errands {
    const channel = {
      state: () => ({ name: 'fake', state: this.ready ? 'ready' : 'down' }),
      fetchMedia: async () => {
        this.fetched++;
        if (this.mood === 'throws') throw new Error('not now');
        if (this.mood === 'hangs') return new Promise(() => {});
        return this.mood === 'gives' ? new Uint8Array([1, 2, 3]) : undefined;
      },
    } as unknown as Channel;
    return startErrands({
      db: this.db,
      channel,
      hear: (event) => this.hear(event),
      folder: this.media,
      now: () => this.now,
      wait: (_millis, signal) =>
        new Promise((resolve) => {
          this.passes.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
  }

  fetch(attachment: Partial<Attachment> = {}): void {
    const theCase = sampleCase();
    put(this.db, [
      { do: 'open-case', case: theCase },
      addEntry(theCase, ''),
      {
        do: 'fetch-media',
        case: theCase.id,
        entry: 'entry-1' as never,
        attachment: { type: 'photo', name: '../../etc/passwd', ref: 'r1', ...attachment },
      },
    ]);
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => rmSync(bench.folder, { recursive: true, force: true }));

const kinds = () => bench.heard.map(({ kind }) => kind);

test('a photo is kept under a name of our own and told to the door', async () => {
  bench.fetch();
  await bench.start().idle();
  const [event] = bench.heard;
  assert.ok(event?.kind === 'media-arrived' && event.file);
  assert.deepEqual(
    { case: event.case, entry: event.entry, at: event.at },
    { case: 'case-1', entry: 'entry-1', at: EIGHT },
  );
  assert.deepEqual(readdirSync(bench.media), [event.file]);
  assert.doesNotMatch(event.file, /[/\\]|passwd/);
  assert.deepEqual([...readFileSync(join(bench.media, event.file))], [1, 2, 3]);
  assert.equal(nextErrand(bench.db), undefined);
});

for (const mood of ['throws', 'has-none'] as const) {
  test(`a channel that ${mood} is asked three times in ten minutes, then the door hears that it cannot be had`, async () => {
    bench.fetch();
    bench.mood = mood;
    const errands = bench.start();
    await errands.idle();
    assert.deepEqual([bench.fetched, kinds()], [1, []]);
    bench.now += 5 * MINUTE - SECOND;
    await errands.idle();
    assert.equal(bench.fetched, 1, 'asked again too soon');
    bench.now += SECOND;
    await errands.idle();
    assert.deepEqual([bench.fetched, kinds()], [2, []]);
    bench.now += 5 * MINUTE;
    await errands.idle();
    assert.deepEqual([bench.fetched, kinds()], [3, ['media-failed']]);
    assert.equal(nextErrand(bench.db), undefined);
    await errands.stop();
  });
}

test('a fetch that never comes back is given up after a while and tried again', async () => {
  bench.fetch();
  bench.mood = 'hangs';
  const errands = bench.start();
  const idle = errands.idle();
  await new Promise((resolve) => setImmediate(resolve));
  for (const pass of bench.passes) pass();
  await idle;
  assert.deepEqual(kinds(), []);
  bench.mood = 'gives';
  bench.now += 5 * MINUTE;
  await errands.idle();
  assert.deepEqual(kinds(), ['media-arrived']);
});

test('what a killed bot was at is taken up at once at the next start', async () => {
  bench.fetch();
  takeErrand(bench.db, EIGHT, EIGHT + 5 * MINUTE);
  bench.now += SECOND;
  await bench.start().idle();
  assert.deepEqual(kinds(), ['media-arrived']);
});

test('killed after the result was kept, before the errand was finished: the same file again, not a second one', async () => {
  bench.fetch();
  const files: (string | undefined)[] = [];
  bench.hear = (event) => {
    if (event.kind === 'media-arrived') files.push(event.file);
    if (files.length === 1) throw new Error('killed here');
  };
  await bench.start().idle();
  await bench.start().idle();
  assert.equal(files.length, 2);
  assert.equal(files[0], files[1]);
  assert.equal(readdirSync(bench.media).length, 1);
});

test('while the channel is down nothing is fetched and no try is spent', async () => {
  bench.fetch();
  bench.ready = false;
  const errands = bench.start();
  await errands.idle();
  assert.equal(bench.fetched, 0);
  bench.ready = true;
  await errands.idle();
  assert.deepEqual(kinds(), ['media-arrived']);
  assert.equal(bench.db.get<{ n: number }>('SELECT count(*) AS n FROM errands')?.n, 0);
  assert.ok(existsSync(bench.media));
});

test('what was taken back is deleted from the folder, also while the channel is down', async () => {
  bench.fetch();
  const errands = bench.start();
  await errands.idle();
  const [file] = readdirSync(bench.media);
  discard(bench.db, file ?? '');
  discard(bench.db, 'was-never-there');
  bench.ready = false;
  errands.wake();
  await errands.idle();
  assert.deepEqual(readdirSync(bench.media), []);
  assert.deepEqual(discardedFiles(bench.db), []);
});

test('a file that cannot be deleted is tried again, and holds up nothing', async () => {
  mkdirSync(join(bench.media, 'a-folder', 'deep'), { recursive: true });
  discard(bench.db, 'a-folder');
  bench.fetch();
  const errands = bench.start();
  await errands.idle();
  assert.deepEqual(kinds(), ['media-arrived']);
  assert.deepEqual(discardedFiles(bench.db), ['a-folder']);
  rmSync(join(bench.media, 'a-folder'), { recursive: true });
  errands.wake();
  await errands.idle();
  assert.deepEqual(discardedFiles(bench.db), []);
});
