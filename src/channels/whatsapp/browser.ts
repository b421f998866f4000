// The browser that WhatsApp's page runs in: found, cleared of what an earlier one left behind, started with care.

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the browser leaves in a profile to keep others out. */
const LOCKS = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/** A flag that means nothing to Chromium and names its bot, so that an orphan is known by it. */
export function markOf(folder: string): string {
  return `--desa-binaan-bot=${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}

/** Processes whose command line holds this flag; none where the system does not tell. */
function processesWith(flag: string): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => commandLineOf(pid).includes(flag))
      .map(Number);
  } catch {
    return [];
  }
}

/** Chromium's children join what they were started with by blanks, so that it can only be searched as a whole. */
function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** On systems without /proc the profile's own lock names the browser: `host-pid`. */
function lockHolder(session: string): number | undefined {
  try {
    const pid = Number(readlinkSync(join(session, 'SingletonLock')).split('-').at(-1));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/**
 * Ends browsers that an earlier bot left running on this session and takes their locks away. The folder's own lock
 * makes sure that no other bot is at work here.
 * @param folder where the session is kept; made for its owner alone, since whoever has it has the account
 * @returns how many processes were ended
 */
export function clearBrowser(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const session = join(folder, 'session');
  const found = processesWith(markOf(folder));
  const orphans = found.length > 0 ? found : process.platform === 'linux' ? [] : [lockHolder(session)];
  for (const pid of orphans) if (pid !== undefined) end(pid);
  for (const lock of LOCKS) rmSync(join(session, lock), { force: true });
  return orphans.length;
}

/** After a logout the session is worth nothing and would only stand in the way of the next. */
export function forgetSession(folder: string): void {
  rmSync(join(folder, 'session'), { recursive: true, force: true, maxRetries: 4, retryDelay: 100 });
}

/** Few flags, each with a reason: nothing asks other hosts for anything, and a small machine is not asked for much. */
export function browserFlags(folder: string, more: readonly string[]): string[] {
  return [
    markOf(folder),
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-sync',
    '--disable-extensions',
    // A page in the background is not slowed down.
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    ...more,
  ];
}
