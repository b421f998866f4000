// What an earlier browser left behind is cleared away, and nothing else is.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { browserFlags, clearBrowser, forgetSession, markOf } from '../../../src/channels/whatsapp/browser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that would run for a minute, known by a flag. */
const idle = (flag: string) => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', '--', flag]);
const ended = (child: ReturnType<typeof idle>) =>
  new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));

test('the folder of the session is for its owner alone', () => {
  const made = join(folder, 'whatsapp');
  clearBrowser(made);
  assert.equal(statSync(made).mode & 0o777, 0o700);
});

test('a browser that an earlier bot left running is ended, another bot’s is not', {
  skip: process.platform !== 'linux',
}, async () => {
  const orphan = idle(markOf(folder));
  const other = idle(markOf(`${folder}-other`));
  try {
    await Promise.all([orphan, other].map((child) => new Promise((resolve) => child.once('spawn', resolve))));
    const end = ended(orphan);
    assert.equal(clearBrowser(folder), 1);
    assert.equal(await end, 'SIGKILL');
    assert.equal(other.exitCode, null);
    assert.equal(other.signalCode, null);
    assert.equal(clearBrowser(folder), 0);
  } finally {
    orphan.kill('SIGKILL');
    other.kill('SIGKILL');
  }
});

test('stale locks go, the session stays', () => {
  const session = join(folder, 'session');
  mkdirSync(session);
  symlinkSync(`${hostname()}-999999999`, join(session, 'SingletonLock'));
  for (const name of ['SingletonCookie', 'SingletonSocket', 'Local State']) writeFileSync(join(session, name), 'x');
  clearBrowser(folder);
  assert.throws(() => statSync(join(session, 'SingletonLock')), /ENOENT/);
  assert.equal(existsSync(join(session, 'SingletonSocket')), false);
  assert.equal(existsSync(join(session, 'Local State')), true);
  forgetSession(folder);
  assert.equal(existsSync(session), false);
});

test('the sandbox is left out for root alone', () => {
  assert.equal(browserFlags(folder, []).includes('--no-sandbox'), process.getuid?.() === 0);
  assert.equal(browserFlags(folder, ['--x=1']).at(-1), '--x=1');
});
