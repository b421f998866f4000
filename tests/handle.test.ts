// The door over a real database: heard once, decided and recorded in one step, kept where it fails, and no words left behind.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MINUTE, moment } from '../src/core/time.ts';
import type { Address, CaseId, EntryId, Event, MessageEvent, MessageId } from '../src/core/types.ts';
import { openDoor } from '../src/handle.ts';
import { heardMarks } from '../src/store/catchup.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { discardedFiles } from '../src/store/forgetting.ts';
import { acked, claim } from '../src/store/outbox.ts';
import { seedGroups, seedStaff } from '../src/store/seed.ts';
import { SHIPPED } from './content/taught.ts';

const content = SHIPPED;
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

function openBot(file = ':memory:'): Bot {
  const db = openDatabase(file);
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

  describe('of a doubt', () => {
    const GROUP = 'grup-koto-dua-baru';
    const budi = person('budi').number as Address;
    const photo = { type: 'photo', name: 'zebrafoto', ref: 'zebraref' } as const;
    const line = (bot: Bot) =>
      bot.db.get<{ message: MessageId; body: string; state: string }>(
        "SELECT message, body, state FROM outbox WHERE purpose = 'check'",
      );
    const answers = (bot: Bot, emoji: string) =>
      bot.hear({
        kind: 'reaction',
        message: line(bot)?.message as MessageId,
        chat: budi,
        chatKind: 'private',
        from: budi,
        emoji,
        at: bot.now,
      });
    const ENDS: Readonly<Record<string, (bot: Bot) => void>> = {
      'that was answered with no': (bot) => answers(bot, '👎'),
      'that nobody answered for 72 hours': (bot) => {
        bot.now += 72 * 60 * MINUTE;
        bot.hear({ kind: 'tick', at: bot.now });
      },
      'whose message was deleted': (bot) =>
        bot.hear({
          kind: 'revoked',
          message: 'm1' as MessageId,
          chat: GROUP as Address,
          chatKind: 'group',
          at: bot.now,
        }),
    };

    /** A doubt with a photo that came and one that is still to come, changed once; its line is with the officer. */
    function doubted(file: string): Bot {
      const bot = openBot(file);
      const text = 'zebrasatu agen itu datang lagi ke kampung kita kumpulkan ktp zebradua';
      bot.hear(message('m1', 'ani', GROUP, text, { name: 'zebranama', attachments: [photo, photo] }));
      const row = bot.db.get<{ id: EntryId; case_id: CaseId }>('SELECT id, case_id FROM entries');
      assert.ok(row);
      bot.hear({
        kind: 'media-arrived',
        case: row.case_id,
        entry: row.id,
        file: 'photo-1',
        attachment: photo,
        at: bot.now,
      });
      bot.db.run('DELETE FROM errands WHERE id = (SELECT min(id) FROM errands)');
      drain(bot);
      assert.match(line(bot)?.body ?? '', /zebrasatu/);
      const edited = { edits: 'm1' as MessageId };
      bot.hear(message('m2', 'ani', GROUP, `${text} zebratiga`, edited));
      assert.match(JSON.stringify(bot.db.all('SELECT text FROM entries')), /zebratiga/);
      drain(bot);
      return bot;
    }

    for (const [name, end] of Object.entries(ENDS)) {
      test(`${name}: no word in any table, nor in the bytes of the file, and its files are to be deleted`, () => {
        const folder = mkdtempSync(join(tmpdir(), 'bot-doubt-'));
        try {
          const bot = doubted(join(folder, 'bot.sqlite'));
          end(bot);
          const tables = bot.db
            .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
            .map(({ name: table }) => bot.db.all(`SELECT * FROM ${table}`));
          assert.doesNotMatch(JSON.stringify(tables), /zebra/);
          assert.deepEqual(discardedFiles(bot.db), ['photo-1']);
          assert.equal(count(bot.db, 'errands'), 0);
          const example = bot.db.get<{ example: string | null }>('SELECT example FROM cases')?.example;
          if (name.includes('deleted')) assert.equal(example, null);
          else assert.equal(example, '… agen itu datang lagi ke kampung kita mengumpulkan ktp …');
          assert.deepEqual(bot.logged, []);
          bot.db.close();
          for (const file of readdirSync(folder))
            assert.ok(!readFileSync(join(folder, file)).includes('zebra'), `${file} still holds its words`);
        } finally {
          rmSync(folder, { recursive: true });
        }
      });
    }

    test('that still waited to be asked about: it is asked about no more', () => {
      const bot = openBot();
      bot.hear(message('m1', 'ani', GROUP, 'agen datang lagi ke rumah minta ktp anak-anak'));
      ENDS['whose message was deleted']?.(bot);
      assert.deepEqual([line(bot)?.state, line(bot)?.body], ['dead', '']);
    });

    test('that became a case before it was asked about: it is asked about no more', () => {
      const bot = openBot();
      bot.hear(message('m1', 'ani', GROUP, 'agen datang lagi ke rumah minta ktp anak-anak'));
      const sure = 'tolong, saya disekap di rumah agen di batam';
      bot.hear(message('m2', 'ani', GROUP, sure, { edits: 'm1' as MessageId }));
      assert.deepEqual([line(bot)?.state, line(bot)?.body], ['dead', '']);
      const told = bot.db.all<{ purpose: string }>("SELECT purpose FROM outbox WHERE state = 'queued' ORDER BY id");
      assert.deepEqual(
        told.map(({ purpose }) => purpose),
        ['alert', 'words', 'invitation'],
      );
    });

    test('that was right: its words live in the case, and go with it', () => {
      const bot = doubted(':memory:');
      answers(bot, '👍');
      assert.match(JSON.stringify(bot.db.all('SELECT text FROM entries')), /zebratiga/);
      drain(bot);
      bot.hear(message('m3', 'ani', 'private', 'batal'));
      const kept = ['cases', 'entries', 'outbox', 'errands'].map((table) => bot.db.all(`SELECT * FROM ${table}`));
      assert.doesNotMatch(JSON.stringify(kept), /zebra/);
    });
  });

  const texts = fc.constantFrom(
    ...CHAT,
    'paspor adik saya ditahan agen zebrasatu',
    'tolong saya disekap di batam zebrasatu',
    'anak saya 15 tahun mau dibawa ke malaysia zebrasatu',
    'petugas Budi minta uang zebrasatu',
    'agen itu datang lagi ke kampung kita kumpulkan ktp zebrasatu',
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

describe('who hides his number', () => {
  const LID = '990000000001@lid' as Address;
  const OFFICER = '990000000006@lid' as Address;
  const learns = (lid: Address, id: string): Event => ({
    kind: 'identity',
    lid,
    phone: person(id).number as Address,
    at: NOW,
  });
  const hidden = (event: MessageEvent, lid: Address): MessageEvent => ({
    ...event,
    from: lid,
    chat: event.chatKind === 'private' ? lid : event.chat,
  });

  /** All that is known of people and cases, by what stays the same however they came about. */
  const known = (db: Database) => ({
    people: db.all('SELECT address, role FROM people ORDER BY address'),
    private: db.all("SELECT address FROM chats WHERE kind = 'private' ORDER BY address"),
    told: db.all(
      `SELECT e.text, e.message, w.address AS by, r.address AS reporter, k.status FROM entries e
       JOIN cases k ON k.id = e.case_id JOIN people w ON w.id = e.by JOIN people r ON r.id = k.reporter ORDER BY e.text`,
    ),
    heard: db.all(
      'SELECT c.address, h.message FROM heard h JOIN chats c ON c.id = h.chat ORDER BY h.message, c.address',
    ),
    said: db.all(
      "SELECT c.address, o.purpose, count(*) AS n FROM outbox o JOIN chats c ON c.id = o.chat WHERE c.kind = 'private' GROUP BY 1, 2 ORDER BY 1, 2",
    ),
  });

  test('is the same person with the same cases, whenever it is learned who he is', () => {
    const step = fc.record({
      who: fc.constantFrom('ani', 'ani', 'rudi'),
      hides: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.nat(6),
        fc.nat(6),
        (steps, learnAni, learnRudi) => {
          const lids: Readonly<Record<string, Address>> = { ani: LID, rudi: '990000000002@lid' as Address };
          const play = (ani: number, rudi: number) => {
            const bot = openBot();
            for (let i = 0; i <= steps.length; i++) {
              if (Math.min(ani, steps.length) === i) bot.hear(learns(LID, 'ani'));
              if (Math.min(rudi, steps.length) === i) bot.hear(learns(lids.rudi as Address, 'rudi'));
              const one = steps[i];
              if (!one) continue;
              const text = `lapor baru paspor saya nomor ${i} ditahan agen di jambi`;
              const event = message(`m${i}`, one.who, 'private', text);
              bot.hear(one.hides ? hidden(event, lids[one.who] as Address) : event);
            }
            assert.equal(count(bot.db, 'failed'), 0, bot.logged.join());
            return known(bot.db);
          };
          assert.deepEqual(play(learnAni, learnRudi), play(0, 0));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('and is of the staff is recognised as soon as his number is known, and not before', () => {
    const bot = openBot();
    bot.hear(report());
    const { code } = bot.db.get<{ code: string }>('SELECT code FROM cases') as { code: string };
    const takes = (id: string) => hidden(message(id, 'budi', 'grup-petugas', `ambil ${code}`), OFFICER);
    const status = () => bot.db.get<{ status: string }>('SELECT status FROM cases')?.status;
    bot.hear(takes('t1'));
    assert.equal(status(), 'open');
    bot.hear(learns(OFFICER, 'budi'));
    bot.hear(takes('t2'));
    assert.equal(status(), 'claimed');
  });

  test('what is known of him already leaves no row', () => {
    const bot = openBot();
    bot.hear(learns(LID, 'ani'));
    const before = counts(bot.db);
    bot.hear(learns(LID, 'ani'));
    assert.deepEqual(counts(bot.db), before);
  });
});

test('how far a chat was heard is kept also of what led to nothing, with the event or not at all', () => {
  const bot = openBot();
  const group = 'grup-koto-dua-baru' as Address;
  bot.hear(message('m1', 'rudi', group, 'besok gotong royong', { at: NOW - MINUTE }));
  assert.equal(heardMarks(bot.db).get(group), NOW - MINUTE);
  bot.broken = true;
  bot.hear(message('m2', 'rudi', group, 'bawa cangkul'));
  assert.equal(heardMarks(bot.db).get(group), NOW - MINUTE);
});

test('a file of what was taken back is to be deleted, whether it came before or comes after', () => {
  const photo = { type: 'photo', ref: 'r' } as const;
  const bot = openBot();
  const arrives = (file: string) => {
    const row = bot.db.get<{ id: string; case_id: string }>('SELECT id, case_id FROM entries') as never as {
      id: EntryId;
      case_id: CaseId;
    };
    bot.hear({ kind: 'media-arrived', case: row.case_id, entry: row.id, file, attachment: photo, at: NOW });
  };
  bot.hear(message('m1', 'ani', 'private', '', { attachments: [photo] }));
  arrives('before');
  assert.deepEqual(discardedFiles(bot.db), []);
  const ani = person('ani').number as Address;
  bot.hear({ kind: 'revoked', message: 'm1' as MessageId, chat: ani, chatKind: 'private', at: NOW });
  assert.deepEqual(discardedFiles(bot.db), ['before']);
  arrives('after');
  assert.deepEqual(discardedFiles(bot.db), ['after', 'before']);
  assert.equal(bot.db.get("SELECT 1 FROM entries WHERE files <> '[]' OR attachments <> '[]'"), undefined);
  assert.equal(bot.db.get('SELECT 1 FROM outbox WHERE media IS NOT NULL'), undefined);
});

describe('two machines that answer each other', () => {
  const OTHER = '620000000077' as Address;

  /** Hands over what the bot said to the other number since, as the network would. */
  function saidTo(bot: Bot, address: Address): string[] {
    const said: string[] = [];
    for (let row = claim(bot.db, bot.now, bot.now + MINUTE); row; row = claim(bot.db, bot.now, bot.now + MINUTE)) {
      acked(bot.db, row.message, 2, bot.now);
      if (row.kind === 'text' && row.address === address) said.push(row.body);
    }
    return said;
  }
  let ids = 0;
  const says = (text: string, now: number): Event =>
    message(`machine-${++ids}`, 'ani', 'private', text, { from: OTHER, chat: OTHER, at: now, sharedGroups: [] });

  for (const start of ['menu', 'brp biaya paspor', 'paspor saya ditahan agen', 'halo', 'lapor', 'petugas']) {
    test(`of this very make fall silent after "${start}"`, () => {
      const bots = [openBot(), openBot()] as const;
      let talk = [start];
      let turn = 0;
      for (; talk.length > 0 && turn < 500; turn++) {
        const bot = bots[turn % 2] as Bot;
        const said = talk;
        talk = [];
        for (const text of said) {
          bot.now += 1_000;
          bot.hear(says(text, bot.now));
          talk.push(...saidTo(bot, OTHER));
        }
      }
      assert.ok(turn < 100, `they still talk after ${turn} turns`);
    });
  }

  const machines: readonly [string, (n: number) => string][] = [
    ['asks the same in other words each time', (n) => `brp biaya paspor ${n}`],
    ['thanks each time', (n) => `terima kasih, pesan nomor ${n} kami terima`],
    ['greets each time', (n) => `halo ${n}, ada yang bisa kami bantu?`],
    ['reports each time', (n) => `paspor saya ditahan agen, laporan nomor ${n}`],
    ['asks for a person each time', (n) => `mau bicara dengan petugas, antrean ${n}`],
  ];
  for (const [title, speak] of machines) {
    test(`and one that ${title} gets no more than some answers`, () => {
      const bot = openBot();
      let answers = 0;
      let n = 0;
      // It answers everything that is said to it, one second later.
      for (let waiting = 1; waiting > 0 && n < 500; n++) {
        bot.now += 1_000;
        bot.hear(says(speak(n), bot.now));
        const said = saidTo(bot, OTHER).length;
        answers += said;
        waiting += said - 1;
      }
      assert.ok(n < 100, `it is still answered after ${n} messages`);
      assert.ok(answers <= 22, `${answers} answers`);
    });
  }
});
