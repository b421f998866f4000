// Pours real chat through the running bot, and tells how often it spoke and whether any of those words stayed behind.
//
//   node scripts/pour.ts [FILE] [N=1000] [MINUTES=0]     FILE: JSON lines {"text"}; MINUTES pass between two messages

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openReadOnly } from '../src/store/database.ts';
import { freePort, type RunningBot, runBot, settled, type World } from './run-bot.ts';

const ROOT = join(import.meta.dirname, '..');
/** Shorter texts and sequences say nothing of anybody. */
const TELLING = 12;
/** So many words in a row give a text away. */
const SEQUENCE = 4;

export interface Poured {
  readonly messages: number;
  readonly seconds: number;
  /** How often the bot spoke, by what for: in the villages' groups, and to everybody else. */
  readonly inGroups: Readonly<Record<string, number>>;
  readonly elsewhere: Readonly<Record<string, number>>;
  /** Cases by kind. */
  readonly cases: Readonly<Record<string, number>>;
  /** What officers were asked about, by kind. */
  readonly doubts: Readonly<Record<string, number>>;
  /** Events that could not be decided. */
  readonly failed: number;
  readonly stayedUp: boolean;
  /** Texts and sequences of words looked for in the bot's own files. */
  readonly lookedFor: number;
  /** Those found there, of messages that opened no case: must be none. */
  readonly leaked: readonly string[];
}

/** The first `count` texts of a file of JSON lines. @throws where it cannot be read */
export function readTexts(file: string, count: number): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(0, count).map((line) => (JSON.parse(line) as { text: string }).text);
}

/** The sequences of four words of a text, and the text itself, as far as they are long enough to tell. */
function tracesOf(text: string): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const sequences = words.slice(SEQUENCE - 1).map((_, i) => words.slice(i, i + SEQUENCE).join(' '));
  return [text.trim(), ...sequences].filter((trace) => trace.length >= TELLING);
}

/** Which of the traces stand in these bytes: one walk over the bytes, whatever the number of traces. */
function found(traces: Iterable<string>, bytes: Buffer): string[] {
  const byHead = new Map<string, { trace: string; whole: string }[]>();
  for (const trace of traces) {
    const whole = Buffer.from(trace).toString('latin1');
    const head = whole.slice(0, TELLING);
    byHead.set(head, [...(byHead.get(head) ?? []), { trace, whole }]);
  }
  const text = bytes.toString('latin1');
  const seen = new Set<string>();
  for (let i = 0; i <= text.length - TELLING; i++) {
    for (const { trace, whole } of byHead.get(text.slice(i, i + TELLING)) ?? []) {
      if (text.startsWith(whole, i)) seen.add(trace);
    }
  }
  return [...seen];
}

/** Everything the bot itself keeps on disk; the simulator's folder is WhatsApp's side. */
function ownBytes(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, 'simulator')));
  return Buffer.concat(files.map((path) => readFileSync(path)));
}

/** What the bot says by itself, whatever it hears. */
function ownSentences(): string {
  const files = [join(ROOT, 'src', 'core', 'words.ts'), join(ROOT, 'src', 'store', 'migrations', '001-start.sql')];
  for (const folder of ['topics', 'language']) {
    for (const name of readdirSync(join(ROOT, 'data', folder))) files.push(join(ROOT, 'data', folder, name));
  }
  return files.map((file) => readFileSync(file, 'utf8').replace(/\s+/g, ' ')).join('\n');
}

async function say(bot: RunningBot, world: World, texts: readonly string[], minutes: number): Promise<void> {
  const groups = world.chats.filter(({ kind, village }) => kind === 'group' && village !== null);
  const writers = groups.flatMap((group) =>
    world.people
      .filter(({ role, village }) => role === 'villager' && village === group.village)
      .map(({ id }) => ({ chat: group.id, from: id })),
  );
  for (const [i, text] of texts.entries()) {
    await bot.post('/simulator/api/messages', { ...(writers[i % writers.length] as object), text });
    if (minutes > 0) await bot.post('/simulator/api/clock', { advance: `PT${minutes}M` });
  }
}

const counted = (rows: readonly { what: string; n: number }[]) =>
  Object.fromEntries(rows.map(({ what, n }) => [what, n]));

/**
 * Starts a bot in a folder of its own, says these texts in the villages' groups, and looks at what became of them.
 * @param minutes simulated minutes between two messages
 */
export async function pour(texts: readonly string[], minutes: number): Promise<Poured> {
  const folder = mkdtempSync(join(tmpdir(), 'bot-pour-'));
  const bot = runBot(folder, await freePort(), { SIMULATOR_NOW: '2026-11-23T08:00:00+07:00' });
  try {
    await bot.ready;
    const world = await bot.get<World>('/simulator/api/world');
    const began = performance.now();
    await say(bot, world, texts, minutes);
    const seconds = (performance.now() - began) / 1000;
    await settled(bot);
    // With the write-ahead log beside it, and once more as it is left behind.
    const running = ownBytes(folder);
    const db = openReadOnly(join(folder, 'bot.sqlite'));
    const spoke = (villages: boolean) =>
      db.all<{ what: string; n: number }>(
        `SELECT purpose AS what, count(*) AS n FROM outbox o JOIN chats c ON c.id = o.chat
         WHERE (c.kind = 'group' AND c.village IS NOT NULL) = ? AND o.kind = 'text' GROUP BY purpose ORDER BY n DESC`,
        villages ? 1 : 0,
      );
    const inGroups = counted(spoke(true));
    const elsewhere = counted(spoke(false));
    const ofKind = (doubts: boolean) =>
      counted(
        db.all<{ what: string; n: number }>(
          "SELECT kind AS what, count(*) AS n FROM cases WHERE (status = 'doubtful') = ? GROUP BY kind",
          doubts ? 1 : 0,
        ),
      );
    const cases = ofKind(false);
    const doubts = ofKind(true);
    const failed = db.get<{ n: number }>('SELECT count(*) AS n FROM failed')?.n ?? 0;
    const told = db.all<{ text: string }>('SELECT text FROM entries').map(({ text }) => text);
    db.close();
    bot.signal('SIGTERM');
    const stayedUp = (await bot.ended) === 0;

    const kept = new Set(told);
    const known = `${told.map((text) => text.split(/\s+/).join(' ')).join('\n')}\n${ownSentences()}`;
    const traces = new Set(
      texts
        .filter((text) => !kept.has(text))
        .flatMap(tracesOf)
        .filter((trace) => !known.includes(trace)),
    );
    const leaked = new Set([...found(traces, running), ...found(traces, ownBytes(folder))]);
    return {
      messages: texts.length,
      seconds,
      inGroups,
      elsewhere,
      cases,
      doubts,
      failed,
      stayedUp,
      lookedFor: traces.size,
      leaked: [...leaked],
    };
  } finally {
    bot.signal('SIGKILL');
    await bot.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ') || 'none';
const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);

/** What became of them, as a table of plain text. */
export function asTable(poured: Poured): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['messages poured', poured.messages],
    ['a second', Math.round(poured.messages / poured.seconds)],
    ['spoke in groups', `${sum(poured.inGroups)} (${listed(poured.inGroups)})`],
    ['spoke elsewhere', `${sum(poured.elsewhere)} (${listed(poured.elsewhere)})`],
    ['cases', `${sum(poured.cases)} (${listed(poured.cases)})`],
    ['asked officers', `${sum(poured.doubts)} (${listed(poured.doubts)})`],
    ['could not decide', poured.failed],
    ['stayed up', poured.stayedUp ? 'yes' : 'NO'],
    ['words looked for', poured.lookedFor],
    ['words found', poured.leaked.length],
  ];
  return [...rows.map(([name, value]) => `${name.padEnd(20)}${value}`), ...poured.leaked.slice(0, 20)].join('\n');
}

if (import.meta.main) {
  const file = resolve(process.argv[2] ?? join(ROOT, '..', 'shared', 'language', 'real-chat-dev.jsonl'));
  const count = Number(process.argv[3] ?? 1000);
  const minutes = Number(process.argv[4] ?? 0);
  if (!existsSync(file)) {
    console.error(`There is no file ${file}: give one with a JSON object {"text": "..."} on each line.`);
    process.exit(1);
  }
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(minutes) || minutes < 0) {
    console.error('Say how many: node scripts/pour.ts FILE 1000');
    process.exit(1);
  }
  const poured = await pour(readTexts(file, count), minutes);
  console.log(asTable(poured));
  process.exit(poured.stayedUp && poured.leaked.length === 0 && poured.failed === 0 ? 0 : 1);
}
