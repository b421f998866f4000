// Kills the running bot again and again under load, and then counts: no report may be lost, no alert doubled.
//
//   node scripts/kill-test.ts [KILLS=100] [SEED]

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openReadOnly } from '../src/store/database.ts';
import {
  chance,
  freePort,
  type NewMessage,
  Refused,
  type RunningBot,
  runBot,
  type ShownMessage,
  settled,
  type World,
} from './run-bot.ts';

const OFFICERS_GROUP = 'grup-petugas';
/** People who write at the same time. */
const WRITERS = 4;
/** Kills come at most this long after the bot is ready, or after its start; in milliseconds. */
const ALIVE = 800;
const STARTING = 700;
/** The share of kills that hit the bot while it starts. */
const WHILE_STARTING = 0.25;
/** A word that stands in one message alone. */
const MARK = /\bzq[0-9a-z]+zq\b/g;
/** A picture of one pixel. */
const PHOTO = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

export interface Counts {
  readonly seed: number;
  readonly kills: number;
  readonly killsWhileStarting: number;
  /** Reports, additions and officers' replies whose POST was answered. */
  readonly acknowledged: number;
  /** Those whose POST was not: each counts once or not at all. */
  readonly unanswered: number;
  readonly cases: number;
  readonly botMessages: number;
  readonly slowestStartMillis: number;
  readonly seconds: number;
  /** Each a sentence; empty when nothing is lost, doubled, stuck or damaged. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly alertsMissing: readonly string[];
  readonly alertsDoubled: readonly string[];
  readonly otherFaults: readonly string[];
}

/** What was written, by its mark. */
interface Written {
  readonly what: 'report' | 'reply';
  readonly acknowledged: boolean;
}

/** The load: people who write, report, ask, claim and answer, as long as there is a bot to hear them. */
class Load {
  readonly written = new Map<string, Written>();
  readonly claimed = new Set<string>();
  readonly refusals: string[] = [];
  private readonly random: () => number;
  private readonly villagers: readonly { id: string; village: string | null }[];
  private readonly officers: readonly string[];
  private readonly groups: ReadonlyMap<string, string>;
  private readonly reporters = new Set<string>();
  private count = 0;

  constructor(world: World, random: () => number) {
    this.random = random;
    this.villagers = world.people.filter(({ role }) => role === 'villager');
    this.officers = world.people.filter(({ role }) => role === 'officer').map(({ id }) => id);
    this.groups = new Map(
      world.chats
        .filter(({ kind, village }) => kind === 'group' && village)
        .map((chat) => [String(chat.village), chat.id]),
    );
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  private mark(): string {
    return `zq${(++this.count).toString(36)}${Math.floor(this.random() * 46_656).toString(36)}zq`;
  }

  /** Posts what carries a mark; true when it was acknowledged. */
  private async post(bot: RunningBot, what: Written['what'], mark: string, message: NewMessage): Promise<boolean> {
    this.written.set(mark, { what, acknowledged: false });
    await bot.post('/simulator/api/messages', message);
    this.written.set(mark, { what, acknowledged: true });
    return true;
  }

  async privateReport(bot: RunningBot): Promise<void> {
    const { id } = this.pick(this.villagers);
    const mark = this.mark();
    const photo = this.random() < 0.15 && { media: { name: 'foto.gif', type: 'image/gif', base64: PHOTO } };
    const text = `lapor baru gaji saya tidak dibayar majikan ${mark}`;
    if (await this.post(bot, 'report', mark, { chat: 'private', from: id, text, ...photo })) this.reporters.add(id);
  }

  async addition(bot: RunningBot): Promise<void> {
    if (this.reporters.size === 0) return this.privateReport(bot);
    const mark = this.mark();
    const text = `sudah dua bulan begini ${mark}`;
    await this.post(bot, 'report', mark, { chat: 'private', from: this.pick([...this.reporters]), text });
  }

  async groupReport(bot: RunningBot): Promise<string> {
    const { id, village } = this.pick(this.villagers.filter((person) => person.village));
    const mark = this.mark();
    const text = `tolong pak, adik saya disekap majikan di Malaysia, paspornya ditahan ${mark}`;
    await this.post(bot, 'report', mark, { chat: this.groups.get(String(village)) as string, from: id, text });
    return mark;
  }

  private async chat(bot: RunningBot, text: string): Promise<void> {
    const { id, village } = this.pick(this.villagers.filter((person) => person.village));
    await bot.post('/simulator/api/messages', { chat: this.groups.get(String(village)), from: id, text });
  }

  private async alertOf(bot: RunningBot): Promise<ShownMessage | undefined> {
    const path = `/simulator/api/messages?chat=${OFFICERS_GROUP}&last=30`;
    const spoken = (await bot.get<ShownMessage[]>(path)).filter(({ fromBot }) => fromBot);
    return spoken.length > 0 ? this.pick(spoken) : undefined;
  }

  private async claim(bot: RunningBot): Promise<void> {
    const alert = await this.alertOf(bot);
    if (!alert) return;
    await bot.post('/simulator/api/reactions', { message: alert.id, from: this.pick(this.officers), emoji: '👍' });
    this.claimed.add(alert.id);
  }

  private async reply(bot: RunningBot): Promise<void> {
    const alert = await this.alertOf(bot);
    if (!alert) return;
    const mark = this.mark();
    const from = this.pick(this.officers);
    const text = `balas kami sedang mengurusnya ${mark}`;
    await this.post(bot, 'reply', mark, { chat: OFFICERS_GROUP, from, text, quote: alert.id });
  }

  /** One thing that somebody does. */
  step(bot: RunningBot): Promise<unknown> {
    const draw = this.random();
    if (draw < 0.45) return this.privateReport(bot);
    if (draw < 0.57) return this.addition(bot);
    if (draw < 0.69) return this.groupReport(bot);
    if (draw < 0.75) return this.chat(bot, 'berapa biaya paspor sekarang ya pak');
    if (draw < 0.8) return this.chat(bot, 'besok gotong royong jam delapan');
    if (draw < 0.91) return this.claim(bot);
    return this.reply(bot);
  }
}

/** Writes until told to stop, each life of the bot anew. */
async function write(load: Load, random: () => number, living: () => RunningBot | undefined, on: () => boolean) {
  while (on()) {
    const bot = living();
    if (bot) {
      try {
        await load.step(bot);
      } catch (error) {
        // No answer is what a kill looks like from outside; a refusal is not.
        if (error instanceof Refused) load.refusals.push(error.message);
      }
    }
    await sleep(1 + random() * 15);
  }
}

const among = (sorted: readonly number[]) => Math.max(0, ...sorted);

/**
 * Kills the bot `kills` times and counts what became of everything.
 * @param seed the same seed gives the same load and moments; what meets what is still up to the machine
 * @throws where the bot cannot be started or ends by itself
 */
export async function killTest(kills: number, seed: number, tell: (line: string) => void = () => {}): Promise<Counts> {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'bot-kill-test-'));
  const port = await freePort();
  const random = chance(seed);
  const starts: number[] = [];
  let living: RunningBot | undefined;
  let starting: RunningBot | undefined;

  const awake = async (bot: RunningBot) => {
    const from = performance.now();
    await bot.ready;
    starts.push(performance.now() - from);
    living = bot;
  };

  try {
    starting = runBot(folder, port);
    await awake(starting);
    const load = new Load(await starting.get<World>('/simulator/api/world'), random);
    await load.privateReport(starting);
    const known = await load.groupReport(starting);
    if (!onDisk(folder).marks.has(known)) {
      throw new Error('The report in a group is not understood as one any more: give kill-test.ts a clearer text.');
    }
    let on = true;
    const writers = Array.from({ length: WRITERS }, (_, i) =>
      write(
        load,
        chance(seed + i + 1),
        () => living,
        () => on,
      ),
    );

    let whileStarting = 0;
    for (let kill = 1; kill <= kills; kill++) {
      if (kill > 1) starting = runBot(folder, port);
      const bot: RunningBot = starting;
      if (living === undefined && random() < WHILE_STARTING) {
        whileStarting++;
        bot.ready.then(
          () => {
            if (starting === bot) living = bot;
          },
          () => {},
        );
        await sleep(random() * STARTING);
      } else {
        if (living === undefined) await awake(bot);
        await sleep(1 + random() * ALIVE);
      }
      bot.signal('SIGKILL');
      living = undefined;
      const end = await bot.ended;
      if (end !== 'SIGKILL') throw new Error(`the bot ended by itself with ${end}: ${bot.output()}`);
      if (kill % 10 === 0) tell(`${kill} kills, ${load.written.size} written`);
    }
    on = false;
    await Promise.all(writers);

    starting = runBot(folder, port);
    await awake(starting);
    await settled(starting);
    const faults = await count(starting, folder, load);
    starting.signal('SIGTERM');
    const end = await starting.ended;
    if (end !== 0) faults.otherFaults.push(`it stopped with ${end} instead of 0: ${starting.output()}`);
    const ofAll = [...load.written.values()];
    const counts: Counts = {
      seed,
      kills,
      killsWhileStarting: whileStarting,
      acknowledged: ofAll.filter(({ acknowledged }) => acknowledged).length,
      unanswered: ofAll.filter(({ acknowledged }) => !acknowledged).length,
      slowestStartMillis: Math.round(among(starts)),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      ...faults,
    };
    if (isFlawless(counts)) rmSync(folder, { recursive: true });
    else tell(`Kept for a look: ${folder}`);
    return counts;
  } finally {
    starting?.signal('SIGKILL');
  }
}

/** True when nothing is lost, doubled, stuck or damaged. */
export function isFlawless(counts: Counts): boolean {
  const { lost, doubled, alertsMissing, alertsDoubled, otherFaults } = counts;
  return [lost, doubled, alertsMissing, alertsDoubled, otherFaults].every((faults) => faults.length === 0);
}

/** How often each mark stands in the entries of cases, as the file on disk has it. */
function onDisk(folder: string): { db: Database; marks: Map<string, number> } {
  const db = openReadOnly(join(folder, 'bot.sqlite'));
  const marks = new Map<string, number>();
  for (const { text } of db.all<{ text: string }>('SELECT text FROM entries')) {
    for (const [mark] of text.matchAll(MARK)) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  }
  return { db, marks };
}

interface Found {
  readonly cases: number;
  readonly botMessages: number;
  readonly lost: string[];
  readonly doubled: string[];
  readonly alertsMissing: string[];
  readonly alertsDoubled: string[];
  readonly otherFaults: string[];
}

async function count(bot: RunningBot, folder: string, load: Load): Promise<Found> {
  const { chats } = await bot.get<World>('/simulator/api/world');
  const said: ShownMessage[] = [];
  for (const { id } of chats) said.push(...(await bot.messages(id)));
  const spoken = said.filter(({ fromBot }) => fromBot);
  const { db, marks } = onDisk(folder);
  const cases = db.all<CaseLine>("SELECT id, code, restriction, claimer FROM cases WHERE status <> 'doubtful'");
  const found: Found = {
    cases: cases.length,
    botMessages: spoken.length,
    lost: [],
    doubled: [],
    alertsMissing: [],
    alertsDoubled: [],
    otherFaults: [...load.refusals],
  };
  countWritten(load, marks, spoken, found);
  countAlerts(db, cases, spoken, found);
  countSpoken(spoken, found);
  for (const { id, chat, ticks, fromBot } of said) {
    if (!fromBot && ticks < 2) found.otherFaults.push(`${id} in ${chat} was never heard`);
  }
  countClaims(db, load, cases, found);
  lookAtDatabase(db, folder, found);
  db.close();
  return found;
}

interface CaseLine {
  readonly id: string;
  readonly code: string;
  readonly restriction: string;
  readonly claimer: string | null;
}

function countWritten(load: Load, marks: ReadonlyMap<string, number>, spoken: readonly ShownMessage[], found: Found) {
  const relayed = new Map<string, number>();
  for (const { chat, text } of spoken) {
    if (!chat.startsWith('private:')) continue;
    for (const [mark] of text.matchAll(MARK)) relayed.set(mark, (relayed.get(mark) ?? 0) + 1);
  }
  for (const [mark, { what, acknowledged }] of load.written) {
    const entries = marks.get(mark) ?? 0;
    if (acknowledged && entries === 0) found.lost.push(`${what} ${mark} was acknowledged and stands in no case`);
    if (entries > 1) found.doubled.push(`${what} ${mark} stands ${entries} times in cases`);
    // What an officer answers has to reach the reporter, once.
    if (what !== 'reply' || entries === 0) continue;
    const times = relayed.get(mark) ?? 0;
    if (times === 0) found.lost.push(`reply ${mark} did not reach the reporter`);
    if (times > 1) found.doubled.push(`reply ${mark} reached the reporter ${times} times`);
  }
}

function countAlerts(db: Database, cases: readonly CaseLine[], spoken: readonly ShownMessage[], found: Found) {
  const rows = db.all<{ key: string; message: string; body: string }>(
    "SELECT key, message, body FROM outbox WHERE purpose = 'alert'",
  );
  const byId = new Map<string, number>();
  const byText = new Map<string, number>();
  for (const { id, chat, text } of spoken) {
    if (chat !== OFFICERS_GROUP) continue;
    byId.set(id, (byId.get(id) ?? 0) + 1);
    byText.set(text, (byText.get(text) ?? 0) + 1);
  }
  const firstOf = new Map<string, typeof rows>();
  for (const row of rows) {
    const theCase = /^alert:([^:]+):0:/.exec(row.key)?.[1];
    if (theCase) firstOf.set(theCase, [...(firstOf.get(theCase) ?? []), row]);
  }
  for (const { id, code, restriction } of cases) {
    // What only the head may hear is told in private.
    if (restriction !== 'none') continue;
    const inGroup = (firstOf.get(id) ?? []).filter(({ message }) => byId.has(message));
    const alert = inGroup[0];
    if (!alert?.body.includes(code)) found.alertsMissing.push(`${code} has no alert in the officers' group`);
    else if (inGroup.length > 1 || (byId.get(alert.message) ?? 0) > 1 || (byText.get(alert.body) ?? 0) > 1) {
      found.alertsDoubled.push(`${code} has more than one first alert in the officers' group`);
    }
  }
}

function countSpoken(spoken: readonly ShownMessage[], found: Found) {
  const seen = new Set<string>();
  for (const { id, chat } of spoken) {
    if (seen.has(id)) found.doubled.push(`the bot's message ${id} stands more than once, last in ${chat}`);
    seen.add(id);
  }
}

function countClaims(db: Database, load: Load, cases: readonly CaseLine[], found: Found) {
  const byMessage = new Map(
    db
      .all<{ message: string; case_id: string }>("SELECT message, case_id FROM outbox WHERE purpose = 'alert'")
      .map((row) => [row.message, cases.find(({ id }) => id === row.case_id)]),
  );
  for (const message of load.claimed) {
    const theCase = byMessage.get(message);
    if (theCase && theCase.claimer === null) found.lost.push(`the 👍 on the alert of ${theCase.code} was forgotten`);
  }
}

function lookAtDatabase(db: Database, folder: string, found: Found) {
  const { otherFaults } = found;
  const health = db.all<{ integrity_check: string }>('PRAGMA integrity_check')[0]?.integrity_check;
  if (health !== 'ok') otherFaults.push(`the database is damaged: ${health}`);
  if (db.all('PRAGMA foreign_key_check').length > 0) otherFaults.push('rows point to rows that are not there');
  const waiting = db.all<{ key: string; state: string; after_key: string | null }>(
    "SELECT key, state, after_key FROM outbox WHERE state <> 'sent'",
  );
  for (const { key, state, after_key } of waiting) {
    otherFaults.push(`outbox: ${key} is stuck as ${state}${after_key ? ', waiting for another' : ''}`);
  }
  const failed = db.all<{ error: string }>('SELECT error FROM failed');
  for (const { error } of failed) otherFaults.push(`an event could not be decided: ${error}`);
  const errands = db.all('SELECT id FROM errands').length;
  if (errands > 0) otherFaults.push(`${errands} errands were never run`);
  const sentAlong = db.all<{ id: string; attachments: string; files: string }>(
    "SELECT id, attachments, files FROM entries WHERE attachments <> '[]'",
  );
  for (const { id, attachments, files } of sentAlong) {
    const names = (JSON.parse(files) as { file: string }[]).map(({ file }) => file);
    const wanted = (JSON.parse(attachments) as unknown[]).length;
    const there = names.filter((name) => existsSync(join(folder, 'media', name))).length;
    if (names.length < wanted || there < names.length) found.lost.push(`entry ${id} has ${there} of ${wanted} files`);
    if (names.length > wanted) found.doubled.push(`entry ${id} has ${names.length} files instead of ${wanted}`);
  }
}

/** The counts as a table of plain text, the faults below it. */
export function asTable(counts: Counts): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['seed', counts.seed],
    ['kills', `${counts.kills} (${counts.killsWhileStarting} while starting)`],
    ['acknowledged', counts.acknowledged],
    ['without an answer', counts.unanswered],
    ['cases', counts.cases],
    ["the bot's messages", counts.botMessages],
    ['lost', counts.lost.length],
    ['doubled', counts.doubled.length],
    ['alerts missing', counts.alertsMissing.length],
    ['alerts doubled', counts.alertsDoubled.length],
    ['other faults', counts.otherFaults.length],
    ['slowest start', `${counts.slowestStartMillis} ms`],
    ['seconds', counts.seconds],
  ];
  const { lost, doubled, alertsMissing, alertsDoubled, otherFaults } = counts;
  const faults = [lost, doubled, alertsMissing, alertsDoubled, otherFaults].flatMap((list) => list.slice(0, 20));
  return [...rows.map(([name, value]) => `${name.padEnd(20)}${value}`), ...faults].join('\n');
}

if (import.meta.main) {
  const kills = Number(process.argv[2] ?? 100);
  const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1_000_000));
  if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
    console.error('Say how often to kill: node scripts/kill-test.ts 100 [SEED]');
    process.exit(1);
  }
  console.log(`Killing the bot ${kills} times, seed ${seed}.`);
  const counts = await killTest(kills, seed, console.log);
  console.log(asTable(counts));
  process.exit(isFlawless(counts) ? 0 : 1);
}
