// An office at work in the stand-in: its people, its groups, and the real program beside them as a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/run-bot.ts';
import type { Address, VillageId } from '../../src/core/types.ts';
import { markLinked } from '../../src/store/catchup.ts';
import { openDatabase, openReadOnly } from '../../src/store/database.ts';
import { seedGroups, seedStaff } from '../../src/store/seed.ts';
import { readQr, squaresOf } from '../dashboard/qr-reading.ts';
import { CHROMIUM } from '../standin/chromium.ts';
import { openStandin, type Place, type Sent, type Standin } from '../standin/standin.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Every wait cut down to what a machine needs that has nothing to wait for. Seconds. */
const WAITS = {
  start: 20,
  sync: 0.5,
  ready: 8,
  watch: 0.5,
  call: 4,
  answer: 3,
  opening: 5,
  silence: 60,
  restart: 0.2,
  most: 1,
  alarm: 4,
  ack: 1.5,
  again: 0.5,
  pairing: 1,
};
export type Waits = Partial<Record<keyof typeof WAITS, number>>;

export interface Settings {
  readonly waits?: Waits;
  readonly env?: Readonly<Record<string, string>>;
}

/** The real program. */
export interface Bot {
  readonly port: number;
  readonly process: ChildProcess;
  /** Everything it printed so far, its log too. */
  output(): string;
  /** @throws what it printed, where it ended though nobody asked it to */
  mustRun(): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  health(): Promise<{
    ok: boolean;
    channel: { state: string };
    outbox: { waiting: number; dead: number };
    openCases: number;
  }>;
  link(): Promise<{ state: string; qr?: string; code?: string; version?: string; broken: string[] }>;
}

/** Starts the program on WhatsApp; `folder` is its DATA_DIR. */
export async function runOnWhatsApp(wa: Standin, folder: string, { waits, env }: Settings = {}): Promise<Bot> {
  const port = await freePort();
  const all = { ...WAITS, ...waits };
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), '--whatsapp'], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ...(CHROMIUM && { CHROMIUM }),
      ADMIN_NUMBER: '',
      DATA_DIR: folder,
      PORT: String(port),
      PACING: 'off',
      LOG_LEVEL: 'info',
      // Each start reads the same sources: compiled once, they are not compiled again.
      NODE_COMPILE_CACHE: join(tmpdir(), 'desa-binaan-compiled'),
      CHROMIUM_FLAGS: wa.flags.join('\n'),
      WAITS: Object.entries(all)
        .map(([name, seconds]) => `${name}=${seconds}`)
        .join(' '),
      REPAIRS_OFF: '',
      SMTP_URL: '',
      MAIL_FROM: '',
      MAIL_TO: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as T;
  };
  return {
    port,
    process: child,
    output: () => output,
    mustRun() {
      if (child.exitCode !== null) throw new Error(`the bot ended with ${child.exitCode}: ${output.slice(-3_000)}`);
    },
    ended,
    health: () => get('/healthz'),
    link: () => get('/whatsapp/api/state'),
  };
}

/** People and groups of an office, the same in every scenario. Their numbers cannot exist. */
function cast(wa: Standin, { lids = false }: { lids?: boolean } = {}) {
  const person = (id: string, name: string, n: number) =>
    wa.person(id, { name, phone: `6200000000${n}`, lid: `900000000${n}` });
  const ani = person('ani', 'Ani', 11);
  const rudi = person('rudi', 'Rudi', 12);
  const nurma = person('nurma', 'Mak Nurma', 13);
  const budi = person('budi', 'Budi', 21);
  const eko = person('eko', 'Eko', 22);
  const ratna = person('ratna', 'Bu Ratna', 23);
  const wawan = person('wawan', 'Wawan', 24);
  const koto = wa.group('koto', { name: 'Desa Binaan Koto Dua Baru', members: [ani, rudi, nurma, budi], lids });
  const officers = wa.group('officers', { name: 'Petugas Kanim Kerinci', members: [budi, eko, ratna], lids });
  return { ani, rudi, nurma, budi, eko, ratna, wawan, koto, officers };
}
export type Cast = ReturnType<typeof cast>;

export interface Scene extends Cast {
  readonly wa: Standin;
  /** The program's DATA_DIR. */
  readonly folder: string;
  bot: Bot;
  /** Ends the running program with this signal, waits for its end, and starts it again. */
  restart(signal?: NodeJS.Signals, settings?: Settings): Promise<void>;
  /** Resolves once the program says that it is ready. */
  ready(limit?: number): Promise<void>;
  /** The newest thing the bot said there that holds this, waited for. */
  hears(place: Place, pattern: RegExp, limit?: number): Promise<Sent>;
  /** How many things the bot said there hold this. */
  count(place: Place, pattern: RegExp): number;
  /** Resolves once the bot has taken in all that was written before: it answers a question of its own kind to a stranger. */
  caughtUp(): Promise<void>;
  /** What has been kept, read beside the running program. */
  rows<Row>(sql: string): Row[];
  end(): Promise<void>;
}

export interface SceneOptions extends Settings {
  readonly build?: 'old' | 'autumn';
  /** The groups go by LIDs. */
  readonly lids?: boolean;
  /** Leaves the number unlinked: the test shows the phone the QR. */
  readonly unlinked?: boolean;
  /** Leaves the groups untied and everyone inactive. */
  readonly bare?: boolean;
  /** Changes the world before the program starts. */
  readonly before?: (wa: Standin, cast: Cast) => void;
}

/** The number was linked before, so that what was written since is the bot's to hear. */
const LINKED_AGO = 2 * 24 * 3_600_000;

const STAFF = `staff:
  - { name: Budi, number: "620000000021", role: officer, village: koto-dua-baru }
  - { name: Eko, number: "620000000022", role: officer }
  - { name: Bu Ratna, number: "620000000023", role: head }
  - { name: Wawan, number: "620000000024", role: admin }
`;

/** Writes down what an office has said and done before the scene begins. */
function prepare(folder: string, { koto, officers }: Cast, bare: boolean): void {
  mkdirSync(join(folder, 'whatsapp'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'office.yaml'), STAFF);
  if (bare) return;
  const db = openDatabase(databaseOf(folder));
  let count = 0;
  const newId = () => `seed-${++count}`;
  const staff = (name: string, number: string, role: 'officer' | 'head' | 'admin', village?: string) => ({
    name,
    address: number as Address,
    role,
    active: true,
    ...(village && { village: village as VillageId }),
  });
  seedStaff(
    db,
    [
      staff('Budi', '620000000021', 'officer', 'koto-dua-baru'),
      staff('Eko', '620000000022', 'officer'),
      staff('Bu Ratna', '620000000023', 'head'),
      staff('Wawan', '620000000024', 'admin'),
    ],
    newId,
  );
  seedGroups(
    db,
    [
      { name: 'Desa Binaan Koto Dua Baru', address: koto.id as Address, village: 'koto-dua-baru' as VillageId },
      { name: 'Petugas Kanim Kerinci', address: officers.id as Address, officers: true },
    ],
    newId,
  );
  markLinked(db, Date.now() - LINKED_AGO);
  db.close();
}

const databaseOf = (folder: string) => join(folder, 'whatsapp', 'bot.sqlite');

/** What the program logged last, without the drawn QR. */
export const logOf = ({ bot }: Scene) =>
  bot
    .output()
    .replace(/^[▄▀█ ]+$/gm, '')
    .slice(-3_000)
    .trim();

/** Opens the world, starts the program in it, links it as a phone would, and waits until it is ready. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const wa = await openStandin({ build: options.build ?? 'autumn' });
  const people = cast(wa, options.lids === undefined ? {} : { lids: options.lids });
  const folder = mkdtempSync(join(tmpdir(), 'wa-'));
  prepare(folder, people, options.bare ?? false);
  options.before?.(wa, people);
  const bot = await runOnWhatsApp(wa, folder, options);
  const passer = wa.person('passer', { name: 'Tono', phone: '620000000031', lid: '90000000031' });
  const scene: Scene = {
    ...people,
    wa,
    folder,
    bot,
    async restart(signal = 'SIGTERM', settings = options) {
      scene.bot.process.kill(signal);
      await scene.bot.ended;
      scene.bot = await runOnWhatsApp(wa, folder, settings);
      await scene.ready();
    },
    async ready(limit = 40_000) {
      await wa.until(
        async () => {
          scene.bot.mustRun();
          return (await scene.bot.health().catch(() => undefined))?.channel.state === 'ready';
        },
        () => `the bot to be ready; it printed:\n${logOf(scene)}`,
        limit,
      );
    },
    hears: (place, pattern, limit = 15_000) =>
      wa.until(
        () => wa.sent(place).findLast(({ text }) => pattern.test(text)),
        () => `the bot to say ${pattern} to ${place.key}; it printed:\n${logOf(scene)}`,
        limit,
      ),
    count: (place, pattern) => wa.sent(place).filter(({ text }) => pattern.test(text)).length,
    async caughtUp() {
      const before = wa.sent(passer).length;
      wa.say(passer, passer, 'privasi');
      await wa.until(
        () => wa.sent(passer).length > before,
        () => `the bot to answer the passer-by; it printed:\n${logOf(scene)}`,
        15_000,
      );
      await wa.until(
        async () => (await scene.bot.health().catch(() => undefined))?.outbox.waiting === 0,
        'the outbox to be empty',
        15_000,
      );
    },
    rows<Row>(sql: string) {
      const db = openReadOnly(databaseOf(folder));
      try {
        return db.all<Row>(sql);
      } finally {
        db.close();
      }
    },
    async end() {
      scene.bot.process.kill('SIGKILL');
      await scene.bot.ended;
      await wa.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  if (options.unlinked) return scene;
  try {
    wa.scan(await shownQr(scene));
    await scene.ready();
  } catch (error) {
    // Nobody else would end what is running here.
    await scene.end();
    throw error;
  }
  return scene;
}

/** The QR that the program shows on the office's page. */
export async function shownQr({ wa, bot }: Scene): Promise<string> {
  const picture = await wa.until(
    async () => {
      bot.mustRun();
      return (await bot.link().catch(() => undefined))?.qr;
    },
    () => `a QR; the bot printed:\n${bot.output().slice(-3_000)}`,
    30_000,
  );
  return readQr(squaresOf(picture));
}
