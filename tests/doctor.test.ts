// The doctor: what it says of each thing that may be wrong, and the whole of it on a machine where things are broken.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  type BotFacts,
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
  type DatabaseFacts,
  type Finding,
  type FolderFacts,
  type SessionFacts,
  shown,
} from '../scripts/doctor-checks.ts';
import { freePort, runBot } from '../scripts/run-bot.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import type { StaffMember } from '../src/content.ts';
import { openDatabase } from '../src/store/database.ts';

const ROOT = join(import.meta.dirname, '..');
const NOW = Date.parse('2026-11-23T08:00:00+07:00');
const MINUTE = 60_000;
const GB = 1024 ** 3;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

/** `❌ line` of each; what is not right always says what to do. */
function told(...findings: (Finding | readonly Finding[])[]): string[] {
  return findings.flat().map(({ mark, line, todo }) => {
    assert.equal(mark === '✅', (todo?.length ?? 0) === 0, `${line}: a todo belongs to what is not right`);
    return `${mark} ${line}`;
  });
}

const onlyLine = (findings: Finding | readonly Finding[]): string => {
  const lines = told(findings);
  assert.equal(lines.length, 1, lines.join('\n'));
  return lines[0] as string;
};

describe('what it says', () => {
  test('of Node', () => {
    assert.equal(onlyLine(checkNode('v24.21.0')), '✅ Node v24.21.0');
    assert.match(onlyLine(checkNode('v18.20.4')), /^❌ Node v18\.20\.4 terlalu lama/);
  });

  test('of every fault that a setting can have, by its place and without a word of English', () => {
    writeFileSync(
      join(folder, '.env'),
      [
        'PORT=abc',
        'PACING_PER_CHAT=0',
        'PACING_PER_HOUR=1.5',
        'ADMIN_NUMBER=08x',
        'SIMULATOR_NOW=besok',
        'PACING=ya',
        'WAITS=begin=5 start=lama',
        'REPAIRS_OFF=semua',
        'SMTP_URL=ftp://a',
        'MAIL_FROM=bot',
        'MAIL_TO=admin',
        'LOG_LEVEL=loud',
        'PROT=8080',
      ].join('\n'),
    );
    const faults = (root: string, environment: NodeJS.ProcessEnv): string[] => {
      try {
        readConfig(root, environment);
      } catch (error) {
        if (error instanceof ConfigError) return error.message.split('\n');
        throw error;
      }
      return [];
    };
    const all = [
      ...faults(folder, {}),
      ...faults('/nowhere', { PORT: '70000' }),
      ...faults('/nowhere', { MAIL_TO: 'admin@example.org' }),
    ];
    assert.ok(all.length >= 15, all.join('\n'));
    const findings = checkSettings(all);
    const text = shown(findings);
    assert.doesNotMatch(text, /\b(must|there is|go together|such as|or less|or more|called)\b/, text);
    assert.ok(findings.every(({ mark }) => mark === '❌'));
    assert.match(
      text,
      /❌ Pengaturan PORT salah: harus angka\n {3}Yang harus dilakukan: Perbaiki PORT di \.env baris 1\./,
    );
    assert.match(text, /Pengaturan PROT salah: pengaturan ini tidak ada.*\n.*\.env baris 13/);
    assert.match(text, /PORT salah: paling banyak 65535\n.*lingkungan/);
    assert.match(text, /E-mail|e-mail belum lengkap/);
  });

  test('of right settings, and of e-mail that is missing', () => {
    assert.deepEqual(told(checkSettings(readConfig(folder, {}))), [
      '✅ Pengaturan terbaca',
      '⚠️ E-mail darurat belum diisi: kalau WhatsApp mati, tidak ada yang diberi tahu',
    ]);
    const mail = { SMTP_URL: 'smtps://a:b@example.org', MAIL_FROM: 'a@example.org', MAIL_TO: 'b@example.org' };
    assert.ok(told(checkSettings(readConfig(folder, mail))).every((line) => line.startsWith('✅')));
  });

  test('of content and of people who are missing', () => {
    assert.match(onlyLine(checkContent([])), /^✅/);
    assert.equal(
      onlyLine(checkContent(['data/local/office.yaml:7: x'])),
      '❌ Isi salah: data/local/office.yaml baris 7',
    );
    const person = (role: StaffMember['role'], secondContact = false): StaffMember => ({
      name: 'Budi',
      number: '620000000001',
      role,
      secondContact,
      active: false,
    });
    assert.deepEqual(
      told(checkStaff([], undefined)).map((line) => line.slice(0, 20).split(' ').slice(0, 2).join(' ')),
      ['❌ Admin', '⚠️ Petugas', '⚠️ Kepala', '⚠️ Kontak'],
    );
    const staff = [person('officer', true), person('head')];
    assert.match(onlyLine(checkStaff(staff, '620000000009')), /^✅/);
    assert.match(onlyLine(checkStaff(staff, undefined)), /^❌ Admin/);
    assert.match(onlyLine(checkStaff([...staff, person('admin')], undefined)), /^✅/);
    assert.match(onlyLine(checkStaff([person('officer', true)], '620000000009')), /^⚠️ Kepala kantor/);
    assert.match(onlyLine(checkStaff([person('head', true)], '620000000009')), /^⚠️ Petugas/);
  });

  test('of the browser', () => {
    const path = '/usr/bin/chromium';
    const failed = (errors: string) => shown([checkChromium(path, undefined, { ended: 'failed', errors })]);
    assert.match(onlyLine(checkChromium(path, undefined, { ended: 'shown', errors: '' })), /^✅/);
    assert.match(onlyLine(checkChromium(undefined, undefined, undefined)), /^❌ Chromium tidak ditemukan/);
    assert.match(onlyLine(checkChromium(undefined, '/opt/x', undefined)), /^❌ Chromium tidak ada di \/opt\/x/);
    assert.match(onlyLine(checkChromium(path, undefined, { ended: 'too-late', errors: '' })), /^❌.*30 detik/);
    assert.match(
      failed('chromium: error while loading shared libraries: libnss3.so: cannot open shared object file'),
      /❌.*pustaka libnss3\.so tidak ada\n.*--reinstall chromium/,
    );
    assert.match(failed('FATAL: No usable sandbox! Update your kernel'), /❌.*sandbox/);
    assert.match(failed('something\nelse went wrong'), /Kata Chromium: else went wrong/);
  });

  test('of memory and disk', () => {
    assert.equal(onlyLine(checkMemory(2.5 * GB)), '✅ Memori tersedia: 2,5 GB');
    assert.match(onlyLine(checkMemory(0.5 * GB)), /^⚠️ Memori tersedia tinggal 512 MB/);
    assert.match(onlyLine(checkDisk(3 * GB)), /^✅/);
    assert.match(onlyLine(checkDisk(0.5 * GB)), /^⚠️/);
    assert.match(onlyLine(checkDisk(50 * 1024 * 1024)), /^❌ Disk hampir penuh: tinggal 50 MB/);
  });

  test('of the data folder', () => {
    const right: FolderFacts = {
      path: '/srv/data',
      exists: true,
      writable: true,
      mode: 0o700,
      isOwner: true,
      kind: 'disk',
    };
    const said = (change: Partial<FolderFacts>) => onlyLine(checkFolder({ ...right, ...change }));
    assert.match(said({}), /^✅/);
    assert.match(said({ exists: false }), /^⚠️ Folder data belum ada/);
    assert.match(said({ writable: false }), /^❌.*tidak bisa ditulisi/);
    assert.match(said({ mode: 0o755 }), /^⚠️.*izin 755/);
    assert.match(said({ isOwner: false }), /^⚠️.*milik pengguna lain/);
    assert.match(said({ kind: 'memory' }), /^⚠️.*di memori/);
    assert.match(said({ kind: 'network' }), /^❌.*disk jaringan/);
  });

  test('of the session', () => {
    const right: SessionFacts = {
      path: '/srv/data/whatsapp/session',
      exists: true,
      mode: 0o700,
      linkedAt: NOW,
      botRuns: false,
      browsers: [],
    };
    const said = (change: Partial<SessionFacts>) => onlyLine(checkSession({ ...right, ...change }, 8080));
    assert.equal(said({}), '✅ WhatsApp ditautkan sejak Senin, 23 November 2026 pukul 08.00 WIB');
    assert.match(said({ exists: false, linkedAt: undefined }), /^⚠️ WhatsApp belum pernah ditautkan/);
    assert.match(said({ exists: false }), /^⚠️.*simpanannya hilang/);
    assert.match(said({ linkedAt: undefined }), /^⚠️.*belum pernah siap/);
    assert.match(said({ mode: 0o750 }), /^❌.*izin 750/);
    assert.match(said({ browsers: [4242] }), /^⚠️.*nomor proses 4242/);
    assert.match(said({ browsers: [4242], botRuns: true }), /^✅/);
  });

  test('of the bot', () => {
    const health = {
      ok: true,
      channel: { name: 'whatsapp', state: 'ready' },
      database: 'ok' as const,
      outbox: { waiting: 0, dead: 0 },
      oldestUnsentAlertSeconds: null,
      failedEvents: 0,
      openCases: 0,
    };
    const right: BotFacts = { runs: true, port: 8080, health, portTaken: false };
    const said = (change: Partial<BotFacts>) => onlyLine(checkBot({ ...right, ...change }));
    const inState = (state: string, name = 'whatsapp') => said({ health: { ...health, channel: { name, state } } });
    assert.equal(said({}), '✅ Bot berjalan, WhatsApp siap');
    assert.match(said({ runs: false, health: undefined }), /^⚠️ Bot sedang tidak berjalan/);
    assert.match(said({ runs: false, health: undefined, portTaken: true }), /^❌.*8080 dipakai program lain/);
    assert.match(said({ health: undefined }), /^❌.*tidak menjawab/);
    assert.match(inState('connecting'), /^⚠️/);
    assert.match(inState('linking'), /^❌.*belum ditautkan/);
    assert.match(inState('down'), /^❌.*terputus/);
    assert.match(inState('blocked'), /^❌.*diblokir/);
    assert.match(inState('new'), /^⚠️/);
    assert.match(inState('ready', 'simulator'), /^⚠️ Bot berjalan di simulator/);
    const alertAfter = (seconds: number) =>
      told(checkBot({ ...right, health: { ...health, oldestUnsentAlertSeconds: seconds } }));
    assert.match(alertAfter(20)[1] ?? '', /^✅/);
    assert.match(alertAfter(25 * 60)[1] ?? '', /^❌.*belum terkirim sejak 25 mnt lalu/);
  });

  test('of the database', () => {
    const found = {
      whole: true,
      version: 2,
      newestVersion: 2,
      newestAt: NOW,
      linkedAt: NOW,
      failedEvents: 0,
      waiting: 0,
      dead: 0,
      oldestAlertAt: undefined,
    };
    const right: DatabaseFacts = {
      path: '/srv/bot.sqlite',
      exists: true,
      found,
      bytes: 3 * 1024 * 1024,
      botRuns: false,
      now: NOW,
    };
    const said = (change: Partial<DatabaseFacts['found']>) =>
      told(checkDatabase({ ...right, found: { ...found, ...change } }));
    assert.deepEqual(said({}), ['✅ Database utuh, 3 MB']);
    assert.match(onlyLine(checkDatabase({ ...right, exists: false, found: undefined })), /^✅ Database belum ada/);
    assert.match(onlyLine(checkDatabase({ ...right, found: undefined })), /^❌ Database rusak/);
    assert.match(said({ whole: false })[0] ?? '', /^❌ Database rusak/);
    assert.match(said({ version: 3 })[0] ?? '', /^❌.*lebih baru \(3\)/);
    assert.match(said({ version: 1 })[0] ?? '', /^✅.*diperbarui sendiri/);
    assert.match(said({ failedEvents: 2 })[1] ?? '', /^⚠️ 2 pesan gagal diolah/);
    assert.match(said({ dead: 1 })[1] ?? '', /^⚠️ 1 pesan bot tidak bisa dikirim/);
    const waiting = { ...found, oldestAlertAt: NOW - 90 * MINUTE };
    assert.match(told(checkDatabase({ ...right, found: waiting }))[1] ?? '', /^❌.*sejak 1 jam lalu/);
    assert.equal(told(checkDatabase({ ...right, found: waiting, botRuns: true })).length, 1, 'the bot tells it itself');
  });

  test('of the clock', () => {
    assert.match(
      onlyLine(checkClock(NOW, NOW - MINUTE, true)),
      /^✅ Jam komputer: Senin, 23 November 2026 pukul 08\.00 WIB$/,
    );
    assert.match(onlyLine(checkClock(0, undefined, true)), /^❌ Jam komputer salah: Kamis, 1 Januari 1970/);
    assert.match(onlyLine(checkClock(Date.UTC(2099, 0, 1), undefined, true)), /^❌/);
    assert.match(onlyLine(checkClock(NOW, NOW + 3 * MINUTE, true)), /^❌.*catatan terakhir bot Senin.*08\.03 WIB/);
    assert.match(onlyLine(checkClock(NOW, NOW + MINUTE, true)), /^✅/);
    assert.match(onlyLine(checkClock(NOW, undefined, false)), /^⚠️.*tidak disetel otomatis/);
    assert.match(onlyLine(checkClock(NOW, undefined, undefined)), /^⚠️.*Tidak diketahui/);
  });

  test('in the end: what is wrong before what is to be looked at', () => {
    const [right, doubtful, wrong] = [checkMemory(2 * GB), checkMemory(1), checkDisk(1)];
    assert.match(shown([right]), /Semua baik\.$/);
    assert.match(shown([right, doubtful]), /Tidak ada yang salah\. 1 hal perlu dilihat\.$/);
    assert.match(shown([right, doubtful, wrong]), /Ada 1 hal yang salah\. Perbaiki dulu yang bertanda ❌\.$/);
    assert.match(shown([right]), /Koneksi internet dan WhatsApp sendiri tidak diperiksa di sini/);
  });
});

describe('on a machine', () => {
  let data: string;
  beforeEach(() => {
    data = join(folder, 'data');
  });

  /** A browser that shows what it is told to, without the weight of a real one. */
  function browser(does = 'for page; do :; done; printf %s "$page"'): string {
    const path = join(folder, 'browser');
    writeFileSync(path, `#!/bin/sh\n${does}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function doctor(settings: Record<string, string> = {}) {
    const ran = spawnSync(process.execPath, [join(ROOT, 'scripts', 'doctor.ts')], {
      env: {
        PATH: process.env.PATH,
        DATA_DIR: data,
        ADMIN_NUMBER: '620000000099',
        PORT: '8080',
        ...settings,
        CHROMIUM: settings.CHROMIUM ?? browser(),
      },
      encoding: 'utf8',
    });
    assert.equal(ran.stderr, '');
    return { code: ran.status, text: ran.stdout };
  }

  test('where nothing has been started yet, nothing is wrong, and nothing is made', async () => {
    const { code, text } = doctor({ PORT: String(await freePort()) });
    assert.equal(code, 0, text);
    assert.match(text, /✅ Chromium berjalan/);
    assert.match(text, /⚠️ Folder data belum ada/);
    assert.match(text, /⚠️ WhatsApp belum pernah ditautkan/);
    assert.match(text, /⚠️ Bot sedang tidak berjalan/);
    assert.match(doctor({ PORT: String(await freePort()) }).text, /⚠️ Folder data belum ada/, 'looking made the folder');
  });

  test('where the bot runs, it is found and asked', async () => {
    const port = await freePort();
    const bot = runBot(data, port, {});
    try {
      await bot.ready;
      const { code, text } = doctor({ PORT: String(port) });
      assert.match(text, /⚠️ Bot berjalan di simulator/);
      assert.match(text, /✅ Database belum ada/, "the simulator's is not the one that counts");
      assert.equal(code, 0, text);
      const elsewhere = doctor({ PORT: String(await freePort()) });
      assert.match(elsewhere.text, /❌ Bot berjalan, tetapi tidak menjawab/);
      assert.equal(elsewhere.code, 1);
    } finally {
      bot.signal('SIGTERM');
      await bot.ended;
    }
    assert.match(doctor({ PORT: String(port) }).text, /⚠️ Bot sedang tidak berjalan/);
  });

  test('where much is broken at once, each thing has its line', async () => {
    const session = join(data, 'whatsapp', 'session');
    mkdirSync(session, { recursive: true });
    for (const path of [data, session]) chmodSync(path, 0o755);
    const file = join(data, 'whatsapp', 'bot.sqlite');
    openDatabase(file).close();
    writeFileSync(file, 'no database any more '.repeat(500));
    writeFileSync(join(data, 'office.yaml'), 'name: [');
    const stray = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', '--', `--user-data-dir=${session}`], {
      stdio: 'ignore',
    });
    try {
      await new Promise((resolve) => stray.once('spawn', resolve));
      const { code, text } = doctor({ LOG_LEVEL: 'loud' });
      assert.equal(code, 1);
      for (const line of [
        /❌ Pengaturan LOG_LEVEL salah/,
        /❌ Isi salah: .*office\.yaml baris 1/,
        /⚠️ Folder data bisa dilihat pengguna lain \(izin 755\)/,
        /❌ Simpanan WhatsApp bisa dibaca pengguna lain/,
        new RegExp(`⚠️ Peramban bot yang lama masih berjalan tanpa bot \\(nomor proses ${stray.pid}\\)`),
        /❌ Database rusak/,
      ])
        assert.match(text, line);
    } finally {
      stray.kill('SIGKILL');
    }
  });

  test('where the browser lacks a library, or is not where it was said to be', async () => {
    const port = String(await freePort());
    const lacking = browser('echo "x: error while loading shared libraries: libnss3.so: no such file" >&2; exit 127');
    assert.match(doctor({ PORT: port, CHROMIUM: lacking }).text, /❌ Chromium tidak bisa mulai: pustaka libnss3\.so/);
    assert.match(doctor({ PORT: port, CHROMIUM: '/nowhere' }).text, /❌ Chromium tidak ada di \/nowhere/);
  });

  test('its command sets itself up first and is found through a link', () => {
    const project = join(folder, 'the project');
    mkdirSync(join(project, 'scripts'), { recursive: true });
    copyFileSync(join(ROOT, 'scripts', 'doctor'), join(project, 'scripts', 'doctor'));
    chmodSync(join(project, 'scripts', 'doctor'), 0o755);
    writeFileSync(join(project, 'scripts', 'setup'), '#!/bin/sh\necho set up\n');
    chmodSync(join(project, 'scripts', 'setup'), 0o755);
    writeFileSync(join(project, 'scripts', 'doctor.ts'), "console.log('looked');\n");
    mkdirSync(join(project, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(process.execPath, join(project, 'node_modules', '.bin', 'node'));
    symlinkSync(join(project, 'scripts', 'doctor'), join(folder, 'doctor'));
    const ran = spawnSync(join(folder, 'doctor'), { cwd: '/', env: { PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
    assert.deepEqual([ran.status, ran.stdout], [0, 'set up\nlooked\n'], ran.stderr);
  });
});
