// Errands: a photo is fetched after the commit, an invitation looked at and used, a mail written though the channel is away.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Channel } from '../src/channels/channel.ts';
import type { Attachment, Event, Invite, PersonId } from '../src/core/types.ts';
import { type Errands, type Mail, startErrands } from '../src/errands.ts';
import type { Database } from '../src/store/database.ts';
import { nextErrand, takeErrand } from '../src/store/errands.ts';
import { discard, discardedFiles } from '../src/store/forgetting.ts';
import { addEntry, EIGHT, MINUTE, put, SECOND, sampleCase, sampleDatabase } from './store/sample.ts';

/** What the fake channel and the fake post do with the next errand. */
type Mood = 'gives' | 'has-none' | 'throws' | 'hangs';
const FETCH = ['fetch-media'] as const;
const ALL = ['fetch-media', 'mail', 'look-at-invite', 'use-invite'] as const;

/** An office with a clock in hand and a channel that obeys. */
class Bench {
  readonly db: Database = sampleDatabase();
  readonly folder = mkdtempSync(join(tmpdir(), 'bot-errands-'));
  readonly media = join(this.folder, 'media');
  readonly heard: Event[] = [];
  readonly passes: (() => void)[] = [];
  mood: Mood = 'gives';
  ready = true;
  now = EIGHT;
  hear: (event: Event) => void = (event) => this.heard.push(event);

  /** Every call to the channel and to the post, in order. */
  readonly asked: string[] = [];
  readonly logged: string[] = [];
  content: Uint8Array = new Uint8Array([1, 2, 3]);
  joins: 'joined' | 'waiting' | 'refused' = 'joined';

  private async does<T>(what: string, gives: T): Promise<T | undefined> {
    this.asked.push(what);
    if (this.mood === 'throws') throw new Error('not now');
    if (this.mood === 'hangs') return new Promise(() => {});
    return this.mood === 'gives' ? gives : undefined;
  }

  readonly post: Mail = async (subject, text) => {
    await this.does(`mail ${subject}: ${text}`, undefined);
  };

  start(mail: Mail | undefined): Errands {
    const channel = {
      state: () => ({ name: 'fake', state: this.ready ? 'ready' : 'down' }),
      fetchMedia: () => this.does('fetch', this.content),
      lookAtInvite: (invite: Invite) => this.does(`look ${invite}`, { name: 'Grup Baru', size: 12 }),
      useInvite: async (invite: Invite) => (await this.does(`use ${invite}`, this.joins)) ?? 'refused',
    } as unknown as Channel;
    const keep = (fields: object, words?: string) => this.logged.push(`${JSON.stringify(fields)} ${words}`);
    return startErrands({
      db: this.db,
      channel,
      mail,
      hear: (event) => this.hear(event),
      folder: this.media,
      now: () => this.now,
      wait: (_millis, signal) =>
        new Promise((resolve) => {
          this.passes.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      log: { info: keep, warn: keep, error: keep },
    });
  }

  get fetched(): number {
    return this.asked.filter((what) => what === 'fetch').length;
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
  await bench.start(bench.post).idle();
  const [event] = bench.heard;
  assert.ok(event?.kind === 'media-arrived' && event.file);
  assert.deepEqual(
    { case: event.case, entry: event.entry, at: event.at },
    { case: 'case-1', entry: 'entry-1', at: EIGHT },
  );
  assert.deepEqual(readdirSync(bench.media), [event.file]);
  assert.doesNotMatch(event.file, /[/\\]|passwd/);
  assert.deepEqual([...readFileSync(join(bench.media, event.file))], [1, 2, 3]);
  assert.equal(nextErrand(bench.db, FETCH), undefined);
});

for (const mood of ['throws', 'has-none'] as const) {
  test(`a channel that ${mood} is asked three times in ten minutes, then the door hears that it cannot be had`, async () => {
    bench.fetch();
    bench.mood = mood;
    const errands = bench.start(bench.post);
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
    assert.equal(nextErrand(bench.db, FETCH), undefined);
    await errands.stop();
  });
}

test('a fetch that never comes back is given up after a while and tried again', async () => {
  bench.fetch();
  bench.mood = 'hangs';
  const errands = bench.start(bench.post);
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
  takeErrand(bench.db, FETCH, EIGHT, () => EIGHT + 5 * MINUTE);
  bench.now += SECOND;
  await bench.start(bench.post).idle();
  assert.deepEqual(kinds(), ['media-arrived']);
});

test('killed after the result was kept, before the errand was finished: the same file again, not a second one', async () => {
  bench.fetch();
  const files: (string | undefined)[] = [];
  bench.hear = (event) => {
    if (event.kind === 'media-arrived') files.push(event.file);
    if (files.length === 1) throw new Error('killed here');
  };
  await bench.start(bench.post).idle();
  await bench.start(bench.post).idle();
  assert.equal(files.length, 2);
  assert.equal(files[0], files[1]);
  assert.equal(readdirSync(bench.media).length, 1);
});

test('while the channel is down nothing is fetched and no try is spent', async () => {
  bench.fetch();
  bench.ready = false;
  const errands = bench.start(bench.post);
  await errands.idle();
  assert.equal(bench.fetched, 0);
  bench.ready = true;
  await errands.idle();
  assert.deepEqual(kinds(), ['media-arrived']);
  assert.equal(bench.db.get<{ n: number }>('SELECT count(*) AS n FROM errands')?.n, 0);
  assert.ok(existsSync(bench.media));
});

for (const [what, attachment] of [
  ['larger than 16 MB', { bytes: 16 * 1024 * 1024 + 1 }],
  ['of a kind that is not kept', { type: 'sticker' }],
] as const) {
  test(`what is ${what} is not fetched at all, and the door hears so at once`, async () => {
    bench.fetch(attachment);
    await bench.start(bench.post).idle();
    assert.deepEqual([bench.fetched, kinds()], [0, ['media-failed']]);
    assert.equal(nextErrand(bench.db, FETCH), undefined);
  });
}

test('what turns out to be larger than it said is not kept', async () => {
  bench.fetch({ bytes: 3 });
  bench.content = new Uint8Array(16 * 1024 * 1024 + 1);
  await bench.start(bench.post).idle();
  assert.deepEqual([kinds(), existsSync(bench.media)], [['media-failed'], false]);
});

for (const type of ['photo', 'voice', 'video', 'document'] as const) {
  test(`the largest ${type} is fetched`, async () => {
    bench.fetch({ type, bytes: 16 * 1024 * 1024 });
    await bench.start(bench.post).idle();
    assert.deepEqual(kinds(), ['media-arrived']);
  });
}

// ---------------------------------------------------------------- invitations

const INVITE = 'AbCdEf' as Invite;
const ASKER = 'wawan' as PersonId;
const invite = (what: 'look-at-invite' | 'use-invite') => put(bench.db, [{ do: what, invite: INVITE, asker: ASKER }]);
const told = { kind: 'invite', invite: INVITE, asker: ASKER } as const;

test('an invitation is looked at: the group it leads to, or that it leads nowhere', async () => {
  invite('look-at-invite');
  const errands = bench.start(bench.post);
  await errands.idle();
  bench.mood = 'has-none';
  invite('look-at-invite');
  await errands.idle();
  assert.deepEqual(bench.heard, [
    { ...told, result: 'found', name: 'Grup Baru', size: 12, at: EIGHT },
    { ...told, result: 'refused', at: EIGHT },
  ]);
  assert.deepEqual(bench.asked, ['look AbCdEf', 'look AbCdEf']);
});

test('an invitation is used, and the door hears what came of it', async () => {
  const errands = bench.start(bench.post);
  for (const result of ['joined', 'waiting', 'refused'] as const) {
    bench.joins = result;
    invite('use-invite');
    await errands.idle();
    assert.deepEqual(bench.heard.at(-1), { ...told, result, at: EIGHT });
  }
  assert.equal(bench.db.get<{ n: number }>('SELECT count(*) AS n FROM errands')?.n, 0);
});

for (const what of ['look-at-invite', 'use-invite'] as const) {
  test(`a channel that throws at ${what} is asked three times, then it counts as refused`, async () => {
    bench.mood = 'throws';
    invite(what);
    const errands = bench.start(bench.post);
    for (let minute = 0; minute < 5; minute++) {
      await errands.idle();
      bench.now += MINUTE;
    }
    assert.equal(bench.asked.length, 3);
    assert.deepEqual(bench.heard, [{ ...told, result: 'refused', at: EIGHT + 2 * MINUTE }]);
    assert.doesNotMatch(bench.logged.join(), /AbCdEf|wawan/);
  });
}

// ---------------------------------------------------------------- mails

const MAIL = { do: 'mail', key: 'down:1', subject: 'Bot mati', text: 'WhatsApp tidak tersambung.' } as const;

test('a mail is written though the channel is away, once for its key, and then forgotten but for the key', async () => {
  bench.ready = false;
  bench.fetch();
  put(bench.db, [MAIL]);
  const errands = bench.start(bench.post);
  await errands.idle();
  put(bench.db, [{ ...MAIL, text: 'Lagi.' }]);
  await errands.idle();
  assert.deepEqual(bench.asked, ['mail Bot mati: WhatsApp tidak tersambung.']);
  const [row] = bench.db.all("SELECT key, details FROM errands WHERE kind = 'mail'");
  assert.deepEqual(row, { key: 'down:1', details: null });
  assert.equal(nextErrand(bench.db, ALL), EIGHT, 'the photo still waits for the channel');
  assert.equal(errands.next(), undefined, 'and nothing can be done now');
});

test('a mail that cannot be written is tried after 1, 5, 15 and then each 60 minutes, without end', async () => {
  bench.mood = 'throws';
  put(bench.db, [MAIL]);
  const errands = bench.start(bench.post);
  const waited: number[] = [];
  for (let i = 0; i < 7; i++) {
    await errands.idle();
    const next = errands.next() ?? 0;
    waited.push((next - bench.now) / MINUTE);
    bench.now = next;
  }
  assert.deepEqual(waited, [1, 5, 15, 60, 60, 60, 60]);
  bench.mood = 'gives';
  await errands.idle();
  assert.equal(errands.next(), undefined);
  assert.doesNotMatch(bench.logged.join(), /Bot mati|tersambung/, 'the log holds no words');
});

test('where no e-mail is set up a mail is over at once, and the log says so', async () => {
  put(bench.db, [MAIL]);
  const errands = bench.start(undefined);
  await errands.idle();
  assert.deepEqual([bench.asked, errands.next()], [[], undefined]);
  assert.match(bench.logged.join(), /no e-mail is set up/);
  assert.doesNotMatch(bench.logged.join(), /tersambung/);
});

test('a photo that does not come holds up no mail', async () => {
  bench.mood = 'hangs';
  bench.fetch();
  const errands = bench.start(bench.post);
  errands.wake();
  await new Promise((resolve) => setImmediate(resolve));
  bench.mood = 'gives';
  put(bench.db, [MAIL]);
  errands.wake();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(bench.asked, ['fetch', 'mail Bot mati: WhatsApp tidak tersambung.']);
  await errands.stop();
  assert.equal(bench.heard.length, 0, 'stopped in the middle, it is told nothing');
});

test('what was taken back is deleted from the folder, also while the channel is down', async () => {
  bench.fetch();
  const errands = bench.start(bench.post);
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
  const errands = bench.start(bench.post);
  await errands.idle();
  assert.deepEqual(kinds(), ['media-arrived']);
  assert.deepEqual(discardedFiles(bench.db), ['a-folder']);
  rmSync(join(bench.media, 'a-folder'), { recursive: true });
  errands.wake();
  await errands.idle();
  assert.deepEqual(discardedFiles(bench.db), []);
});
