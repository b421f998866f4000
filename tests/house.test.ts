// The house as it is, held against its plan: a fault names file and line.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, test } from 'node:test';
import {
  type Check,
  clockAndChanceComeFromMain,
  coreImportsOnlyCore,
  coreIsPure,
  entersByTheDoor,
  hasNoCircles,
  hasNoDrawers,
  keepsToTheFloors,
  namesNobodysNumber,
  onlySenderSpeaks,
  onlyTimeKnowsDates,
  packagesStayAtHome,
  pagesOnlyRead,
  remembersNothingByItself,
  saysWhatRoomItIs,
  sourceStandsAlone,
  sqlOnlyInStore,
  testsMirrorSource,
  waitingComesFromMain,
} from './house/rules.ts';
import { type Files, importsOf, scan } from './house/source.ts';

const ROOT = join(import.meta.dirname, '..');

function readFiles(folders: readonly string[]): Files {
  const files: Record<string, string> = {};
  for (const folder of folders) {
    if (!existsSync(join(ROOT, folder))) continue;
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const path = posix.join(entry.parentPath.slice(ROOT.length + 1).replaceAll('\\', '/'), entry.name);
      const isText = /\.(ts|js|css|html|svg|sql|md|ya?ml|json|jsonl|story)$/.test(path) || !/\.\w+$/.test(path);
      if (entry.isFile() && isText && !path.startsWith('data/local/'))
        files[path] = readFileSync(join(ROOT, path), 'utf8');
    }
  }
  for (const file of ['README.md', 'package.json', '.env.example']) {
    if (existsSync(join(ROOT, file))) files[file] = readFileSync(join(ROOT, file), 'utf8');
  }
  return files;
}

const FILES = readFiles(['src', 'scripts', 'tests', 'data', 'docs']);

/** A rule as a test: the real files keep it, and small wrong ones show that it can fail. */
function rule(name: string, check: Check, wrong: Files, faults: readonly (string | RegExp)[], right: Files = {}): void {
  test(name, () => {
    const found = check(FILES);
    assert.equal(found.length, 0, `${name}:\n${found.join('\n')}`);
  });
  test(`${name}: a fault is seen`, () => {
    const found = check(wrong);
    assert.equal(found.length, faults.length, found.join('\n') || 'no fault was seen');
    for (const [i, fault] of faults.entries()) {
      if (typeof fault === 'string') assert.equal(found[i], fault);
      else assert.match(found[i] ?? '', fault);
    }
    assert.deepEqual(check(right), [], 'what is right was taken for a fault');
  });
}

describe('the floors', () => {
  rule(
    'each room imports only what the plan names',
    keepsToTheFloors,
    {
      'src/store/rows.ts': "// x\nimport type { Door } from '../handle.ts';\n",
      'src/handle.ts': "// x\nconst later = await import('./sender.ts');\n",
      'src/dashboard/server.ts': "// x\nexport { whatsapp } from '../channels/whatsapp.ts';\n",
      'src/drawer.ts': '// x\n',
    },
    [
      'src/store/rows.ts:2: store may not import src/handle.ts',
      'src/handle.ts:2: handle may not import src/sender.ts',
      'src/dashboard/server.ts:2: dashboard may not import src/channels/whatsapp.ts',
      'src/drawer.ts:1: there is no room called drawer in the plan',
    ],
    {
      'src/main.ts': "// x\nimport { x } from './dashboard/server.ts';\n",
      'src/dashboard/server.ts': "// x\nimport { x } from '../channels/simulator.ts';\nimport { z } from 'zod';\n",
      'src/content/office.ts': "// import { x } from '../main.ts'\nimport type { Office } from '../core/types.ts';\n",
    },
  );

  rule(
    'another room speaks to a folder through the file of its name',
    entersByTheDoor,
    {
      'src/channels/simulator.ts': '// x\n',
      'src/channels/simulator/diary.ts': '// x\n',
      'src/dashboard/server.ts': "// x\nimport { x } from '../channels/simulator/diary.ts';\n",
    },
    ['src/dashboard/server.ts:2: src/channels/simulator/diary.ts is spoken to through src/channels/simulator.ts'],
    {
      'src/channels/simulator.ts': "// x\nimport { x } from './simulator/diary.ts';\n",
      'src/main.ts': "// x\nimport { x } from './store/database.ts';\n",
    },
  );

  rule(
    'there is no circle',
    hasNoCircles,
    {
      'src/core/a.ts': "// x\nimport { b } from './b.ts';\n",
      'src/core/b.ts': "// x\nimport { c } from './c.ts';\n",
      'src/core/c.ts': "// x\nimport type { B } from './b.ts';\n",
    },
    ['src/core/b.ts -> src/core/c.ts -> src/core/b.ts'],
    { 'src/core/a.ts': "// x\nimport { b } from './b.ts';\n", 'src/core/b.ts': '// x\n' },
  );

  rule(
    'src imports nothing outside src',
    sourceStandsAlone,
    { 'src/main.ts': "// x\nimport { bench } from '../scripts/bench.ts';\n" },
    ['src/main.ts:2: src imports nothing outside src, such as ../scripts/bench.ts'],
    { 'src/main.ts': "// x\nimport { x } from './x.ts';\n", 'scripts/bench.ts': "// x\nimport '../src/main.ts';\n" },
  );

  rule(
    'packages that have a place are imported there alone',
    packagesStayAtHome,
    {
      'src/handle.ts': "// x\nimport { pino } from 'pino';\n",
      'src/dashboard/pages.ts': "// x\nimport cron from 'node-cron';\n",
      'src/channels/simulator.ts': "// x\nconst x = await import('whatsapp-web.js');\n",
    },
    [
      /^src\/handle.ts:2: pino/,
      /^src\/dashboard\/pages.ts:2: node-cron/,
      /^src\/channels\/simulator.ts:2: whatsapp-web/,
    ],
    { 'src/log.ts': "// x\nimport { pino } from 'pino';\n" },
  );
});

describe('core', () => {
  rule(
    'core imports nothing outside core',
    coreImportsOnlyCore,
    {
      'src/core/text.ts': "// x\nimport { readFileSync } from 'node:fs';\nimport type { Log } from '../log.ts';\n",
      'src/core/read.ts': "// x\nimport { z } from 'zod';\n",
    },
    [
      'src/core/text.ts:2: core may not import node:fs',
      'src/core/text.ts:3: core may not import ../log.ts',
      'src/core/read.ts:2: core may not import zod',
    ],
    { 'src/core/text.ts': "// x\nimport type { A } from './types.ts';\n" },
  );

  rule(
    'core knows no clock, no chance, no waiting and no process',
    coreIsPure,
    {
      'src/core/a.ts':
        '// x\nexport const a = async () => {\n  await b();\n  return [Date.now(), new Date(), Math.random(), process.env];\n};\n',
    },
    [/:2: async/, /:3: await/, /:4: Date.now/, /:4: new Date\(\)/, /:4: Math.random/, /:4: process/],
    {
      'src/core/time.ts':
        "// no await, no Date.now()\nexport const a = new Date(0);\nconst words = 'process the crypto';\n",
    },
  );

  rule(
    'only core/time.ts makes dates',
    onlyTimeKnowsDates,
    {
      'src/core/words.ts':
        "// x\nconst a = new Date(5);\nconst b = Date.UTC(1);\nconst c = Intl.DateTimeFormat('id');\n",
    },
    [/:2: new Date/, /:3: Date.UTC/, /:4: Intl/],
    { 'src/core/time.ts': '// x\nconst a = new Date(5), b = Date.UTC(1);\n' },
  );
});

describe('what each room may do', () => {
  rule(
    "the machine's clock and chance are handed in by main",
    clockAndChanceComeFromMain,
    {
      'src/sender.ts': '// x\nconst a = Date.now();\nconst b = Math.random();\n',
      'src/store/record.ts': "// x\nimport { randomUUID } from 'node:crypto';\nconst a = new Date();\n",
    },
    [/^src\/sender.ts:2/, /^src\/sender.ts:3/, /^src\/store\/record.ts:2/, /^src\/store\/record.ts:3/],
    {
      'src/main.ts': '// x\nconst a = Date.now();\n',
      'src/dashboard/iso-time.ts': '// x\nconst a = new Date(5);\nconst b = Date.parse(c);\n',
    },
  );

  rule(
    'waiting is handed in by main',
    waitingComesFromMain,
    { 'src/sender.ts': "// x\nimport { setTimeout as s } from 'node:timers/promises';\nsetTimeout(x, 5);\n" },
    [/^src\/sender.ts:3/, /^src\/sender.ts:2: node:timers/],
    { 'src/main.ts': "// x\nimport { setTimeout as s } from 'node:timers/promises';\n" },
  );

  rule(
    'SQL stands in store alone',
    sqlOnlyInStore,
    {
      'src/handle.ts': '// x\nconst a = other.all(`SELECT id\n  FROM people WHERE x = 1`);\n',
      'src/dashboard/server.ts': '// x\nconst a = db.get(question);\n',
    },
    [/^src\/handle.ts:2: SQL/, /^src\/dashboard\/server.ts:2: db.get/],
    {
      'src/store/rows.ts': "// x\ndb.run('DELETE FROM people');\n",
      'src/core/words.ts': "// x\nconst a = 'Select the topic and update it';\n",
      'src/dashboard/server.ts': "// x\napp.get('/healthz', (c) => c.req.query('from'));\n",
    },
  );

  rule(
    'only the sender speaks to a channel, only errands fetch from it',
    onlySenderSpeaks,
    {
      'src/handle.ts': '// x\nawait channel.send(message);\n',
      'src/errands.ts': "// x\nconst { react } = channel;\nparts.channel.lookUp('x', 'y');\n",
      'src/sender.ts':
        '// x\nawait channel.fetchMedia(attachment);\nawait channel.lookAtInvite(invite);\nconst { useInvite } = channel;\n',
      'src/clock.ts': '// x\nawait channel.showTyping(chat);\n',
    },
    [
      /^src\/handle.ts:2: \.send/,
      /^src\/errands.ts:2/,
      /^src\/errands.ts:3: \.lookUp/,
      /^src\/clock.ts:2: \.showTyping/,
      /^src\/sender.ts:2: \.fetchMedia/,
      /^src\/sender.ts:3: \.lookAtInvite/,
      /^src\/sender.ts:4/,
    ],
    {
      'src/sender.ts': '// x\nawait channel.send(message);\nawait channel.react(message);\n',
      'src/errands.ts': '// x\nawait channel.fetchMedia(attachment);\nawait channel.useInvite(invite);\n',
    },
  );

  rule(
    'pages cannot write the database',
    pagesOnlyRead,
    {
      'src/dashboard/server.ts': "// x\nimport { record } from '../store/record.ts';\nwork.transaction(() => {});\n",
      'src/main.ts':
        '// x\nstartServer({ health: () => readHealth(db), simulator: { advance: travel({ db, clock }) } });\n',
    },
    [/^src\/dashboard\/server.ts:2: pages write/, /^src\/dashboard\/server.ts:3/, /^src\/main.ts:2: pages are given/],
    {
      'src/dashboard/server.ts': "// x\nimport type { Database } from '../store/database.ts';\n",
      'src/main.ts':
        '// x\nstartServer({ health: () => readHealth(pages), simulator: { advance: travel({ db, clock }) } });\nseed(db);\n',
    },
  );

  rule(
    'no file keeps state of its own',
    remembersNothingByItself,
    { 'src/store/rows.ts': '// x\nlet count = 0;\nexport let other = 1;\n' },
    [/^src\/store\/rows.ts:2/, /^src\/store\/rows.ts:3/],
    { 'src/store/rows.ts': '// x\nconst a = 1;\nfunction f() {\n  let b = 0;\n}\n' },
  );
});

describe('habits', () => {
  rule(
    'every file says first what room it is',
    saysWhatRoomItIs,
    { 'src/core/a.ts': "import { b } from './b.ts';\n// late\n", 'src/store/migrations/1.sql': 'CREATE TABLE a;\n' },
    [/^src\/core\/a.ts:1/, /^src\/store\/migrations\/1.sql:1/],
    { 'src/core/a.ts': '// A room.\n', 'src/b.css': '/* A room. */\n', 'src/c.sql': '-- A room.\n' },
  );

  rule(
    'there is no drawer',
    hasNoDrawers,
    { 'src/utils/a.ts': '// x\n', 'tests/helpers.ts': '// x\n' },
    [/^src\/utils/, /^tests\/helpers/],
    { 'src/core/words.ts': '// x\n' },
  );

  rule(
    'tests stand where the files they test stand',
    testsMirrorSource,
    { 'tests/core/tme.test.ts': '// x\n', 'src/core/time.ts': '// x\n' },
    [/^tests\/core\/tme.test.ts/],
    { 'tests/core/time.test.ts': '// x\n', 'src/core/time.ts': '// x\n', 'tests/house.test.ts': '// x\n' },
  );

  // Put together here, so that this file does not hold one itself.
  const mobile = ['0812', '3456', '7890'];
  rule(
    "nobody's telephone number stands in the project",
    namesNobodysNumber,
    {
      'data/a.yaml': `x: 1\nnumber: "${mobile.join('')}"\n`,
      'tests/a.test.ts': `// +62 ${mobile.join('-').slice(1)}\n`,
      'docs/a.md': `Call ${['+60', '12', '345', '6789'].join(' ')}.\n`,
    },
    [/^data\/a.yaml:2/, /^tests\/a.test.ts:1/, /^docs\/a.md:1/],
    {
      'data/a.yaml': 'number: "620000000001"\nabroad: "600000000001"\nhotline: 0800-1000, 110, 129\n',
      'src/a.ts': '// 1764028800000 is a moment, 2026-11-23T08:00:00+07:00 too\n',
    },
  );
});

describe('reading source files', () => {
  test('comments, texts and patterns are told from code', () => {
    // § stands for the sign that begins a placeholder.
    const source = "const a = `x §{f({ b: 'y' })} z`; // '\nconst c = /['\"/]/.test(a) / 2; /* \" */ d('e');\n";
    const { code, bare, texts } = scan(source.replace('§', '$'));
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['x ', 'y', ' z', 'e'],
    );
    assert.doesNotMatch(code, /\/\/|\/\*/);
    assert.match(bare, /f\(\{ b: ' ' \}\)/);
    assert.equal(bare.split('\n').length, 3);
  });

  test('every kind of import is seen', () => {
    const found = importsOf(`// import 'no'
import 'a';
import b from "b";
import * as c from 'c';
import type { D } from 'd';
import {
  e, type E,
} from 'e';
import { type F } from 'f';
export * from 'g';
export { h as i } from 'h';
const j = await import('j');
const text = "import x from 'no'";
export const k = 'no';
type L = import('l').L;
`);
    assert.deepEqual(
      found.map(({ from }) => from),
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'l'],
    );
    assert.deepEqual(
      found.filter(({ typeOnly }) => typeOnly).map(({ from }) => from),
      ['d', 'f'],
    );
    assert.equal(found[4]?.line, 6);
  });

  test('the real files are there', () => {
    assert.ok(FILES['src/main.ts'] && FILES['src/core/types.ts'] && FILES['data/office.yaml'], 'nothing was read');
    assert.ok(importsOf(FILES['src/main.ts'] ?? '').length > 10, 'the imports of main were not seen');
  });
});
