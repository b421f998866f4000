// The door over a real database: heard once, decided and recorded in one step, kept where it fails, and no words left behind.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { loadContent } from '../src/content.ts';
import { MINUTE, moment } from '../src/core/time.ts';
import type { Address, Event, MessageEvent, MessageId } from '../src/core/types.ts';
import { openDoor } from '../src/handle.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { acked, claim } from '../src/store/outbox.ts';
import { seedGroups, seedStaff } from '../src/store/seed.ts';

const ROOT = join(import.meta.dirname, '..');
const content = loadContent(join(ROOT, 'data'), join(ROOT, 'no-local-content'));
const { people, groups } = content.simulator;
const NOW = moment(2026, 11, 23, 10 * 60);

const TABLES = [
  'people',
  'chats',
  'heard',
  'cases',
  'entries',
  'questions',
  'broadcasts',
  'outbox',
  'errands',
  'journal',
  'failed',
] as const;

interface Bot {
  readonly db: Database;
  hear(event: Event): void;
  hearFailedAgain(): void;
  readonly logged: string[];
  /** How often the sender was woken. */
  committed: number;
  now: number;
  /** Breaks what the door is given, so that a decision throws. */
  broken: boolean;
}

function openBot(): Bot {
  const db = openDatabase(':memory:');
  let count = 0;
  const newId = () => `id-${String(++count).padStart(8, '0')}`;
  const staff = people.filter(({ role }) => role !== 'villager');
  seedStaff(
    db,
    staff.map(({ number, ...person }) => ({ ...person, address: number as Address, active: true })),
    newId,
  );
  seedGroups(
    db,
    groups.map(({ id, ...group }) => ({ ...group, address: id as Address })),
    newId,
  );
  const logged: string[] = [];
  const write = (fields: object, message: string) => logged.push(JSON.stringify(fields) + message);
  let seed = 7;
  const door = openDoor({
    db,
    content: {
      ...content,
      get office() {
        if (bot.broken) throw new Error('the words of somebody');
        return content.office;
      },
    },
    now: () => bot.now,
    random: () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    newId,
    log: { info: write, warn: write, error: write },
    committed: () => {
      bot.committed++;
    },
  });
  const bot: Bot = { db, ...door, logged, committed: 0, now: NOW, broken: false };
  return bot;
}

const count = (db: Database, table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
const counts = (db: Database) => Object.fromEntries(TABLES.map((table) => [table, count(db, table)]));
const person = (id: string) => {
  const found = people.find((one) => one.id === id);
  assert.ok(found);
  return found;
};

function message(
  id: string,
  from: string,
  where: string,
  text: string,
  more: Partial<MessageEvent> = {},
): MessageEvent {
  const { number, name, groups: shared } = person(from);
  const isPrivate = where === 'private';
  return {
    kind: 'message',
    id: id as MessageId,
    chat: (isPrivate ? number : where) as Address,
    chatKind: isPrivate ? 'private' : 'group',
    from: number as Address,
    name,
    text,
    at: NOW,
    mentionsBot: false,
    attachments: [],
    ...(isPrivate && { sharedGroups: shared as unknown as Address[] }),
    ...more,
  };
}
const report = (id = 'm1') => message(id, 'ani', 'private', 'paspor adik saya ditahan agen di jambi');

describe('hearing', () => {
  test('the same message twice is one case, one alert and one answer', () => {
    const bot = openBot();
    bot.hear(report());
    const once = counts(bot.db);
    assert.equal(count(bot.db, 'cases'), 1);
    for (let i = 0; i < 20; i++) bot.hear(report());
    assert.deepEqual(counts(bot.db), once);
  });

  test('the same id in another chat is another message', () => {
    const bot = openBot();
    bot.hear(report());
    bot.hear(message('m1', 'sari', 'private', 'gaji saya tidak dibayar majikan'));
    assert.equal(count(bot.db, 'cases'), 2);
  });

  test('the sender is woken only after all is on disk', () => {
    const bot = openBot();
    bot.hear(report());
    assert.ok(bot.committed > 0);
    assert.ok(count(bot.db, 'outbox') > 0);
  });

  test('codes are drawn until one is free', () => {
    const bot = openBot();
    for (let i = 0; i < 30; i++) bot.hear(message(`m${i}`, 'ani', 'private', 'lapor baru paspor saya ditahan agen'));
    const codes = bot.db.all<{ code: string }>('SELECT code FROM cases').map(({ code }) => code);
    assert.equal(new Set(codes).size, 30);
    for (const code of codes) assert.match(code, /^KRC-[2-9A-HJ-NP-Z]{4}$/);
  });
});

describe('what cannot be decided', () => {
  test('is kept whole, changes nothing else, and is heard again', () => {
    const bot = openBot();
    const before = counts(bot.db);
    bot.broken = true;
    bot.hear(report());
    assert.deepEqual(counts(bot.db), { ...before, failed: 1 });
    bot.broken = false;
    bot.hearFailedAgain();
    assert.equal(count(bot.db, 'failed'), 0);
    assert.equal(count(bot.db, 'cases'), 1);
    // And heard once more by the channel it is still one.
    bot.hear(report());
    assert.equal(count(bot.db, 'cases'), 1);
  });

  test('when it fails half way leaves nothing of the half', () => {
    const bot = openBot();
    const before = counts(bot.db);
    bot.db.run("CREATE TRIGGER breaks BEFORE INSERT ON journal BEGIN SELECT raise(ABORT, 'no'); END");
    bot.hear(report());
    assert.deepEqual(counts(bot.db), { ...before, failed: 1 });
    bot.db.run('DROP TRIGGER breaks');
    bot.hearFailedAgain();
    assert.equal(count(bot.db, 'cases'), 1);
  });

  test('and fails again is still kept, once', () => {
    const bot = openBot();
    bot.broken = true;
    bot.hear(report());
    bot.hearFailedAgain();
    bot.hearFailedAgain();
    assert.equal(count(bot.db, 'failed'), 1);
  });

  test('is logged without words, names or numbers', () => {
    const bot = openBot();
    bot.broken = true;
    bot.hear(report());
    assert.equal(bot.logged.length, 1);
    assert.doesNotMatch(bot.logged.join(), /words of somebody|paspor|Ani|6200/);
  });

  test('does not stop what comes after it', () => {
    const bot = openBot();
    bot.broken = true;
    bot.hear(report());
    bot.broken = false;
    bot.hear(report('m2'));
    assert.equal(count(bot.db, 'cases'), 1);
  });
});

describe('what is left behind', () => {
  const CHAT = [
    'besok gotong royong jam 7 ya, bawa cangkul',
    'siap pak',
    'selamat ulang tahun bu nurma',
    'hujan dari tadi malam',
    '1',
    'ya',
    '👍',
    'ambil cangkulnya di rumah',
    'selesai rapat langsung pulang',
    '',
  ];

  test('of ordinary chat: no row in any table', () => {
    const bot = openBot();
    const before = counts(bot.db);
    CHAT.forEach((text, i) => {
      bot.hear(message(`m${i}`, 'rudi', 'grup-koto-dua-baru', text));
      bot.hear(message(`o${i}`, 'budi', 'grup-petugas', text));
      bot.hear(message(`v${i}`, 'budi', 'grup-koto-dua-baru', text));
    });
    bot.hear(message('photo', 'rudi', 'grup-koto-dua-baru', '', { attachments: [{ type: 'photo', ref: 'x' }] }));
    bot.hear({
      kind: 'reaction',
      message: 'm1' as MessageId,
      chat: 'grup-koto-dua-baru' as Address,
      chatKind: 'group',
      from: person('ani').number as Address,
      emoji: '👍',
      at: NOW,
    });
    bot.hear({ kind: 'tick', at: NOW });
    assert.deepEqual(counts(bot.db), before);
  });

  test('of a private text that meant nothing: none of its words after the next message', () => {
    const bot = openBot();
    bot.hear(message('m1', 'ani', 'private', 'zebrasatu jadi ambil kue dua kilo'));
    bot.hear(message('m2', 'ani', 'private', 'brp biaya paspor'));
    assert.doesNotMatch(JSON.stringify(TABLES.map((table) => bot.db.all(`SELECT * FROM ${table}`))), /zebrasatu/);
  });

  test('of an ordinary report that was taken back: none of its words in the case', () => {
    const bot = openBot();
    bot.hear(message('m1', 'ani', 'private', 'zebrasatu paspor saya ditahan agen'));
    drain(bot);
    bot.hear(message('m2', 'ani', 'private', 'batal'));
    drain(bot);
    const kept = ['cases', 'entries', 'questions', 'outbox', 'errands'].map((table) =>
      bot.db.all(`SELECT * FROM ${table}`),
    );
    assert.doesNotMatch(JSON.stringify(kept), /zebrasatu/);
  });

  const texts = fc.constantFrom(
    ...CHAT,
    'paspor adik saya ditahan agen zebrasatu',
    'tolong saya disekap di batam zebrasatu',
    'anak saya 15 tahun mau dibawa ke malaysia zebrasatu',
    'petugas Budi minta uang zebrasatu',
    'brp biaya paspor',
    'LOWONGAN KAMBOJA gaji 15 juta tanpa pengalaman tiket ditanggung minat chat WA zebrasatu',
    'saya mau bicara dengan petugas zebrasatu',
    'ambil',
    'ambil alih',
    'balas zebradua kami datang',
    'selesai zebradua',
    'identitas zebradua menelepon',
    'isi',
    'daftar',
    'lapor',
    'batal',
    'lewati',
    'menu',
    'siaran baru zebratiga',
    'semua',
    'setiap hari 10.30',
    'mulai',
    'zebradua dicatat saja',
  );
  const steps = fc.array(
    fc.record({
      who: fc.constantFrom(...people.map(({ id }) => id)),
      where: fc.constantFrom('private', 'private', 'private', 'grup-koto-dua-baru', 'grup-petugas', 'grup-asing'),
      text: texts,
      quotes: fc.option(fc.nat(30), { nil: undefined }),
      thumb: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      code: fc.boolean(),
      voice: fc.boolean(),
      minutes: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 60, maxLength: 120 },
  );

  /** Hands over everything due as a channel without trouble would. */
  function drain(bot: Bot): void {
    for (let row = claim(bot.db, bot.now, bot.now + MINUTE); row; row = claim(bot.db, bot.now, bot.now + MINUTE))
      acked(bot.db, row.message, 2, bot.now);
  }

  test('of a long session: journal, heard and log hold no words, names or numbers, and nothing has failed', () => {
    const secret = new RegExp(
      ['zebra', ...people.flatMap(({ name, number }) => [name.split(' ').at(-1) as string, number])].join('|'),
      'i',
    );
    let cases = 0;
    fc.assert(
      fc.property(steps, (session) => {
        const bot = openBot();
        session.forEach((step, i) => {
          bot.now += step.minutes * MINUTE;
          const chat = step.where === 'private' ? person(step.who).number : step.where;
          const said = bot.db.all<{ message: string }>(
            "SELECT o.message FROM outbox o JOIN chats c ON c.id = o.chat WHERE c.address = ? AND o.kind = 'text' ORDER BY o.id DESC LIMIT 31",
            chat,
          );
          const quote = step.quotes === undefined ? undefined : said[step.quotes]?.message;
          const code = bot.db.get<{ code: string }>('SELECT code FROM cases ORDER BY opened_at DESC, id DESC')?.code;
          if (step.thumb && quote) {
            bot.hear({
              kind: 'reaction',
              message: quote as MessageId,
              chat: chat as Address,
              chatKind: step.where === 'private' ? 'private' : 'group',
              from: person(step.who).number as Address,
              emoji: '👍',
              at: bot.now,
            });
          } else {
            bot.hear(
              message(`m${i}`, step.who, step.where, step.code && code ? `${step.text} ${code}` : step.text, {
                at: bot.now,
                ...(quote && { quote: quote as MessageId }),
                attachments: step.voice ? [{ type: 'voice', name: 'zebraempat', ref: `r${i}` }] : [],
                chatName: 'zebralima',
              }),
            );
          }
          bot.hear({ kind: 'tick', at: bot.now });
          drain(bot);
        });
        cases += count(bot.db, 'cases');
        assert.equal(count(bot.db, 'failed'), 0, bot.logged.join());
        for (const table of ['journal', 'heard'])
          for (const row of bot.db.all(`SELECT * FROM ${table}`))
            assert.doesNotMatch(JSON.stringify(row), secret, table);
        assert.doesNotMatch(bot.logged.join(), secret);
      }),
      { numRuns: 40 },
    );
    assert.ok(cases > 40, 'the sessions told of hardly anything');
  });
});
