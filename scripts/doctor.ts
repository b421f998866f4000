// scripts/doctor: looks at this machine for whoever runs the bot on it, changes nothing, contacts nobody outside it.

import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { freemem, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findChromium } from '../src/chromium.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { ContentError, type LoadedContent, loadContent } from '../src/content.ts';
import { isLocked } from '../src/store/database.ts';
import type { Health } from '../src/store/health.ts';
import { type Inspection, inspect } from '../src/store/inspection.ts';
import {
  checkBot,
  checkChromium,
  checkClock,
  checkContent,
  checkDatabase,
  checkDisk,
  checkFolder,
  checkMemory,
  checkNode,
  checkSession,
  checkSettings,
  checkStaff,
  type Finding,
  type FolderFacts,
  shown,
  type Trial,
} from './doctor-checks.ts';

const ROOT = join(import.meta.dirname, '..');
const HOST = '127.0.0.1';
const DEFAULT_PORT = 8080;
/** The browser to show a page. Two cores of a small machine need some seconds. In milliseconds. */
const BROWSER_LIMIT = 30_000;
const ANSWER_LIMIT = 5_000;
/** What the browser is to show, so that it can be told that it did. */
const SIGN = 'peramban-hidup';
/** Numbers of file systems, from statfs(2). */
const IN_MEMORY = [0x01021994, 0x858458f6];
const ON_NETWORK = [0x6969, 0xff534d42, 0xfe534d42, 0x517b];

function settings(): Config | string[] {
  try {
    return readConfig(ROOT, process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

function content(dataDir: string): LoadedContent | string[] {
  try {
    return loadContent(join(ROOT, 'data'), dataDir);
  } catch (error) {
    if (error instanceof ContentError) return [...error.faults];
    throw error;
  }
}

/** Starts the browser as the bot would, on a page of its own that needs no network, and ends it with all its children. */
async function tryChromium(path: string, flags: readonly string[]): Promise<Trial> {
  const profile = mkdtempSync(join(tmpdir(), 'doctor-'));
  const child = spawn(
    path,
    [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${profile}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...flags,
      '--dump-dom',
      `data:text/html,<p>${SIGN}</p>`,
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let page = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    page += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const ended = new Promise<Trial['ended']>((done) => {
    const limit = setTimeout(() => done('too-late'), BROWSER_LIMIT);
    child.once('error', (error) => {
      errors += error.message;
      clearTimeout(limit);
      done('failed');
    });
    child.once('close', () => {
      clearTimeout(limit);
      done(page.includes(SIGN) ? 'shown' : 'failed');
    });
  });
  const trial = { ended: await ended, errors };
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself, as it should.
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return trial;
}

/** Bytes that programs may still take; the system's own count knows what it would give back. */
function availableMemory(): number {
  const found = existsSync('/proc/meminfo') && /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return found ? Number(found[1]) * 1024 : freemem();
}

/** The folder itself, or the nearest one above it that exists. */
const nearest = (path: string): string => (existsSync(path) || path === dirname(path) ? path : nearest(dirname(path)));

const modeOf = (path: string) => (existsSync(path) ? statSync(path).mode & 0o777 : 0);

function folderFacts(path: string): FolderFacts {
  const exists = existsSync(path);
  const { type } = statfsSync(nearest(path));
  let writable = exists;
  try {
    if (exists) accessSync(path, constants.W_OK | constants.X_OK);
  } catch {
    writable = false;
  }
  return {
    path,
    exists,
    writable,
    mode: modeOf(path),
    isOwner: !exists || process.getuid === undefined || statSync(path).uid === process.getuid(),
    kind: IN_MEMORY.includes(type) ? 'memory' : ON_NETWORK.includes(type) ? 'network' : 'disk',
  };
}

/** Process numbers of the browsers, not of their children, that work on a session. */
function browsersOn(session: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parts = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return parts.includes(`--user-data-dir=${session}`) && !parts.some((part) => part.startsWith('--type='));
      } catch {
        // Ended meanwhile, or another user's.
        return false;
      }
    })
    .map(Number);
}

async function health(port: number): Promise<Health | undefined> {
  try {
    const answer = await fetch(`http://${HOST}:${port}/healthz`, { signal: AbortSignal.timeout(ANSWER_LIMIT) });
    return (await answer.json()) as Health;
  } catch {
    return undefined;
  }
}

async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  return await new Promise((done) => {
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'EADDRINUSE'));
    server.listen(port, HOST, () => server.close(() => done(false)));
  });
}

function inspected(path: string): Inspection | undefined {
  try {
    return inspect(path);
  } catch {
    return undefined;
  }
}

/** Whether the system keeps its clock by the network; undefined where there is no timedatectl to say so. */
function isSynchronised(): boolean | undefined {
  const asked = spawnSync('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], {
    encoding: 'utf8',
    timeout: ANSWER_LIMIT,
  });
  const said = asked.status === 0 ? asked.stdout.trim() : '';
  return said === 'yes' ? true : said === 'no' ? false : undefined;
}

async function examine(now: number): Promise<Finding[]> {
  const read = settings();
  const config = 'port' in read ? read : undefined;
  const dataDir = config?.dataDir ?? resolve(ROOT, process.env.DATA_DIR || join('data', 'local'));
  const port = config?.port ?? DEFAULT_PORT;
  const loaded = content(dataDir);
  const chromium = findChromium(config?.chromium);
  const runs = isLocked(dataDir);
  // What the simulator keeps lies beside it and is nobody's.
  const kept = join(dataDir, 'whatsapp');
  const session = join(kept, 'session');
  const file = join(kept, 'bot.sqlite');
  const found = existsSync(file) ? inspected(file) : undefined;
  return [
    checkNode(process.version),
    ...checkSettings(read),
    ...checkContent('office' in loaded ? [] : loaded),
    ...('office' in loaded ? checkStaff(loaded.staff, config?.adminNumber) : []),
    checkChromium(
      chromium,
      config?.chromium,
      chromium ? await tryChromium(chromium, config?.chromiumFlags ?? []) : undefined,
    ),
    checkMemory(availableMemory()),
    checkDisk(((fs) => fs.bavail * fs.bsize)(statfsSync(nearest(dataDir)))),
    ...checkFolder(folderFacts(dataDir)),
    ...checkSession(
      {
        path: session,
        exists: existsSync(session),
        mode: modeOf(session),
        linkedAt: found?.linkedAt,
        botRuns: runs,
        browsers: browsersOn(session),
      },
      port,
    ),
    ...checkBot({
      runs,
      port,
      health: runs ? await health(port) : undefined,
      portTaken: !runs && (await isTaken(port)),
    }),
    ...checkDatabase({
      path: file,
      exists: existsSync(file),
      found,
      bytes: existsSync(file) ? statSync(file).size : 0,
      botRuns: runs,
      now,
    }),
    checkClock(now, found?.newestAt, isSynchronised()),
  ];
}

const findings = await examine(Date.now());
console.log(shown(findings));
process.exitCode = findings.some(({ mark }) => mark === '❌') ? 1 : 0;
