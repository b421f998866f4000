// Settings: the environment over .env, and every fault named at once with its place.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ConfigError, readConfig, WAITS } from '../src/config.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bot-config-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (...lines: string[]) => writeFileSync(join(root, '.env'), lines.join('\n'));

/** The faults, a line each. */
function faults(environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    readConfig(root, environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message.split('\n');
  }
  return [];
}

test('without any setting there are defaults', () => {
  assert.deepEqual(readConfig(root, {}), {
    port: 8080,
    dataDir: join(root, 'data', 'local'),
    adminNumber: undefined,
    simulatorNow: undefined,
    pacing: undefined,
    pacingPerChat: 6,
    pacingPerHour: 200,
    chromium: undefined,
    chromiumFlags: [],
    waits: Object.fromEntries(Object.entries(WAITS).map(([name, seconds]) => [name, seconds * 1_000])),
    repairsOff: [],
    mail: undefined,
    logLevel: 'info',
  });
});

test('waits are changed one by one, in seconds', () => {
  const { waits } = readConfig(root, { WAITS: 'sync=1.5, start=240' });
  assert.deepEqual([waits.sync, waits.start, waits.watch], [1_500, 240_000, WAITS.watch * 1_000]);
  assert.match(faults({ WAITS: 'snyc=1' })[0] ?? '', /no wait called snyc/);
  assert.match(faults({ WAITS: 'sync=soon' })[0] ?? '', /sync must be a number of seconds/);
});

test('flags of the browser may hold blanks, and each begins with two hyphens', () => {
  const { chromiumFlags } = readConfig(root, { CHROMIUM_FLAGS: '--host-resolver-rules=MAP a b, MAP c d --x=1' });
  assert.deepEqual(chromiumFlags, ['--host-resolver-rules=MAP a b, MAP c d', '--x=1']);
});

test('a repair that does not exist cannot be switched off', () => {
  assert.deepEqual(readConfig(root, { REPAIRS_OFF: 'stale-qr media-send' }).repairsOff, ['stale-qr', 'media-send']);
  assert.match(faults({ REPAIRS_OFF: 'stale' })[0] ?? '', /no repair called stale/);
});

test('the three settings of e-mail go together, and no password is shown', () => {
  const MAIL = {
    SMTP_URL: 'smtps://bot:secret@mail.example.org',
    MAIL_FROM: 'bot@example.org',
    MAIL_TO: 'a@example.org, b@example.org',
  };
  assert.deepEqual(readConfig(root, MAIL).mail, {
    url: MAIL.SMTP_URL,
    from: 'bot@example.org',
    to: ['a@example.org', 'b@example.org'],
  });
  assert.match(faults({ MAIL_TO: 'a@example.org' })[0] ?? '', /go together/);
  const wrong = faults({ ...MAIL, SMTP_URL: 'https://bot:secret@mail.example.org', MAIL_TO: 'nobody' });
  assert.equal(wrong.length, 2);
  assert.doesNotMatch(wrong.join(), /secret/);
});

test('the environment rules over .env, and what is empty counts as not set', () => {
  write('PORT=9001', 'DATA_DIR=kept', 'PACING=on', 'LOG_LEVEL= ', 'SIMULATOR_NOW="2026-11-23T08:00:00+07:00"');
  const config = readConfig(root, { PORT: '9002', PACING: '' });
  assert.deepEqual(
    [config.port, config.dataDir, config.pacing, config.logLevel, config.simulatorNow],
    [9002, join(root, 'kept'), undefined, 'info', Date.UTC(2026, 10, 23, 1)],
  );
});

test('every fault is named at once, with its line of .env or as of the environment', () => {
  write(
    '# the port',
    'PORT=abc',
    '',
    'export LOG_LEVEL=loud',
    'PROT=8080',
    'ADMIN_NUMBER=0800',
    'SIMULATOR_NOW=tomorrow',
  );
  const found = faults({ PACING: 'maybe', LOG_LEVEL: 'louder' });
  const starts = found.map((fault) => fault.replace(/^([^:]*(?::\d+)?: \w+):.*$/, '$1')).sort();
  assert.deepEqual(starts, [
    '.env:2: PORT',
    '.env:5: PROT',
    '.env:6: ADMIN_NUMBER',
    '.env:7: SIMULATOR_NOW',
    'environment: LOG_LEVEL',
    'environment: PACING',
  ]);
  assert.match(found.find((fault) => fault.includes('PORT')) ?? '', /must be a number$/);
  assert.match(found.find((fault) => fault.includes('PACING')) ?? '', /must be on or off$/);
  assert.match(found.find((fault) => fault.includes('PROT')) ?? '', /no such setting \(see \.env\.example\)$/);
});

test('a port is a whole number that exists', () => {
  for (const port of ['0', '65536', '80.5', '-1', '8080x']) {
    assert.equal(faults({ PORT: port }).length, 1, `${port} was taken`);
  }
  assert.equal(readConfig(root, { PORT: ' 65535 ' }).port, 65_535);
});

test('a number has its country code and digits alone', () => {
  for (const number of ['+620000000001', '0000', '62 000', 'Ani']) {
    assert.match(faults({ ADMIN_NUMBER: number })[0] ?? '', /country code and digits alone/);
  }
  assert.equal(readConfig(root, { ADMIN_NUMBER: '620000000001' }).adminNumber, '620000000001');
});

test('a fault shows what is wanted, not what was given', () => {
  assert.doesNotMatch(faults({ ADMIN_NUMBER: '+620000000001' }).join(), /620000000001/);
});

test('.env.example names every setting, and each as it stands there is right', () => {
  const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8');
  const names = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  const known = [
    'PORT',
    'DATA_DIR',
    'ADMIN_NUMBER',
    'SIMULATOR_NOW',
    'PACING',
    'PACING_PER_CHAT',
    'PACING_PER_HOUR',
    'CHROMIUM',
    'CHROMIUM_FLAGS',
    'SMTP_URL',
    'MAIL_FROM',
    'MAIL_TO',
    'WAITS',
    'REPAIRS_OFF',
    'LOG_LEVEL',
  ];
  assert.deepEqual([...names].sort(), [...known].sort());
  writeFileSync(join(root, '.env'), example.replace(/^#(?=[A-Z_]+=)/gm, ''));
  assert.deepEqual(faults(), []);
  for (const name of known) {
    // A wrong value is only ever refused by name where the name is a setting.
    assert.doesNotMatch(faults({ [name]: '\u0000' }).join(), /no such setting/);
  }
});
