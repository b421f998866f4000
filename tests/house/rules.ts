// The plan of the house and its rules: which room may know which, and what each may not do.

import { posix } from 'node:path';
import { type Files, importsOf, lineAt, packageOf, roomOf, scan, sourcesOf, targetOf } from './source.ts';

/** What each room may import besides its own files. `main` may import all; a room not named here does not exist. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  config: [],
  log: [],
  limit: [],
  chromium: [],
  mail: [],
  content: ['core', 'log'],
  store: ['core', 'log'],
  channels: ['core', 'limit', 'log'],
  handle: ['core', 'store', 'log'],
  sender: ['core', 'store', 'channels', 'limit', 'log'],
  errands: ['core', 'store', 'channels', 'handle', 'limit', 'log'],
  clock: ['core', 'handle', 'log'],
  dashboard: ['core', 'store', 'channels/channel', 'channels/simulator', 'handle', 'log'],
};

/** Packages that belong to one place alone. */
const HOME_OF_PACKAGE: Readonly<Record<string, RegExp>> = {
  'whatsapp-web.js': /^src\/channels\/whatsapp(\.ts$|\/)/,
  // The terminal's drawing in the channel, the squares themselves for the page.
  'qrcode-terminal': /^src\/(channels\/whatsapp|dashboard\/qr)\.ts$/,
  nodemailer: /^src\/mail\.ts$/,
  'node-cron': /^src\/clock\.ts$/,
  pino: /^src\/log\.ts$/,
  'better-sqlite3': /^src\/store\/database\.ts$/,
  hono: /^src\/dashboard\//,
  '@hono/node-server': /^src\/dashboard\//,
  yaml: /^src\/content\//,
};

/** Packages that `core` may import because they neither wait, remember nor look outside. */
const PURE_PACKAGES: readonly string[] = [];

/** The files that may change the database; the rest of the house reads. */
const WRITERS = /^src\/store\/(database|record|outbox|errands|seed|identities|catchup|forgetting)\.ts$/;

/** Tests that belong to no single file of src. */
const TESTS_OF_THE_WHOLE = [
  'browser',
  'data',
  'doctor',
  'house',
  'kill',
  'messages',
  'standin',
  'start',
  'stories',
  'whatsapp',
];

/** Numbers that anyone may call and that stand in public; digits alone. */
const PUBLIC_NUMBERS: readonly string[] = [];

/** Looks for breaches of one rule; each is `file:line: what is wrong`. */
export type Check = (files: Files) => string[];

export const keepsToTheFloors: Check = (files) =>
  sourcesOf(files).flatMap(([file, source]) => {
    const room = roomOf(file);
    const allowed = ARROWS[room];
    if (room === 'main') return [];
    if (!allowed) return [`${file}:1: there is no room called ${room} in the plan`];
    return importsOf(source).flatMap(({ from, line }) => {
      const target = targetOf(file, from);
      if (target === undefined || roomOf(target) === room) return [];
      const isAllowed = allowed.some(
        (other) => roomOf(target) === other || new RegExp(`^src/${other}(\\.ts|/)`).test(target),
      );
      return isAllowed ? [] : [`${file}:${line}: ${room} may not import ${target}`];
    });
  });

/** A folder belongs to the file of its name: from another room only that file is spoken to. */
export const entersByTheDoor: Check = (files) =>
  sourcesOf(files).flatMap(([file, source]) =>
    importsOf(source).flatMap(({ from, line }) => {
      const target = targetOf(file, from);
      const owner = target && `${posix.dirname(target)}.ts`;
      if (!target || !owner || !(owner in files) || roomOf(target) === roomOf(file)) return [];
      return [`${file}:${line}: ${target} is spoken to through ${owner}`];
    }),
  );

export const hasNoCircles: Check = (files) => {
  const faults = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const seen = path.indexOf(file);
    if (seen >= 0) {
      faults.add([...path.slice(seen), file].join(' -> '));
      return;
    }
    const source = files[file];
    if (done.has(file) || source === undefined) return;
    for (const { from } of importsOf(source)) {
      const target = targetOf(file, from);
      if (target) visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const [file] of sourcesOf(files)) visit(file, []);
  return [...faults];
};

/** Faults for each place at which the code itself, not its texts or comments, matches. */
function forbid(files: Files, where: (file: string) => boolean, pattern: RegExp, why: string): string[] {
  return sourcesOf(files)
    .filter(([file]) => where(file))
    .flatMap(([file, source]) =>
      [...scan(source).bare.matchAll(pattern)].map(
        (match) => `${file}:${lineAt(source, match.index)}: ${match[0].trim()} ${why}`,
      ),
    );
}

const inCore = (file: string) => file.startsWith('src/core/');

export const coreImportsOnlyCore: Check = (files) =>
  sourcesOf(files)
    .filter(([file]) => inCore(file))
    .flatMap(([file, source]) =>
      importsOf(source)
        .filter(({ from }) => {
          const target = targetOf(file, from);
          return target ? !inCore(target) : !PURE_PACKAGES.includes(packageOf(from));
        })
        .map(({ from, line }) => `${file}:${line}: core may not import ${from}`),
    );

export const coreIsPure: Check = (files) =>
  forbid(
    files,
    inCore,
    /(?<![.\w$])(await|async|process|console|globalThis|performance|fetch|setTimeout|setInterval|setImmediate|queueMicrotask|crypto)(?![\w$]|\s*[?]?:)|\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?!\s*\()|(?<!new )(?<![\w.])Date\(|\bMath\.random\b|\.toLocale\w+/g,
    'does not belong into core',
  );

export const onlyTimeKnowsDates: Check = (files) =>
  forbid(
    files,
    (file) => inCore(file) && file !== 'src/core/time.ts',
    /\bnew Date\b|\bDate\.(UTC|parse)\b|\bIntl\b/g,
    'belongs into core/time.ts',
  );

export const clockAndChanceComeFromMain: Check = (files) =>
  forbid(
    files,
    (file) => file !== 'src/main.ts' && !file.endsWith('.js'),
    /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )(?<![\w.])Date\(|\bMath\.random\b|\bperformance\.now\b|\bhrtime\b|\brandom(UUID|UUIDv7|Bytes|Int)\b|\bgetRandomValues\b/g,
    'is handed in by main',
  );

/** The live stream's heartbeat is of the network, not of the office. */
export const waitingComesFromMain: Check = (files) => [
  ...forbid(
    files,
    (file) => file !== 'src/main.ts' && file !== 'src/dashboard/simulator-api.ts' && !file.endsWith('.js'),
    /(?<![\w.$])(setTimeout|setInterval)\s*\(/g,
    'is handed in by main as wait',
  ),
  ...sourcesOf(files).flatMap(([file, source]) =>
    importsOf(source)
      .filter(({ from }) => /^(node:)?timers/.test(from) && file !== 'src/main.ts')
      .map(({ from, line }) => `${file}:${line}: ${from} is handed in by main as wait`),
  ),
];

const SQL =
  /\b(SELECT\s[\s\S]+\sFROM|SELECT\s+\d|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER)|BEGIN\s+IMMEDIATE|PRAGMA\s)/i;

export const sqlOnlyInStore: Check = (files) => [
  ...sourcesOf(files)
    .filter(([file]) => roomOf(file) !== 'store')
    .flatMap(([file, source]) =>
      scan(source)
        .texts.filter(({ text }) => SQL.test(text))
        .map(({ at }) => `${file}:${lineAt(source, at)}: SQL belongs into store/`),
    ),
  ...forbid(
    files,
    (file) => roomOf(file) !== 'store',
    /\b(db|database|sqlite|pages)\s*\??\.\s*(run|get|all|prepare|exec|pragma)\b/g,
    'belongs into store/',
  ),
];

export const packagesStayAtHome: Check = (files) =>
  sourcesOf(files).flatMap(([file, source]) =>
    importsOf(source).flatMap(({ from, line }) => {
      const home = HOME_OF_PACKAGE[packageOf(from)];
      return home && !home.test(file) ? [`${file}:${line}: ${from} is imported in its own place alone`] : [];
    }),
  );

export const onlySenderSpeaks: Check = (files) => [
  ...forbid(
    files,
    (file) => roomOf(file) !== 'sender' && roomOf(file) !== 'channels' && !file.endsWith('.js'),
    /\.\s*(send|react|lookUp|showTyping)\s*\(|\{[^{}]*\b(send|react|lookUp|showTyping)\b[^{}]*\}\s*=\s*\w*[cC]hannel\b/g,
    'to a channel is the work of sender.ts',
  ),
  ...forbid(
    files,
    (file) => roomOf(file) !== 'errands' && roomOf(file) !== 'channels' && !file.endsWith('.js'),
    /\.\s*(fetchMedia|lookAtInvite|useInvite)\s*\(|\{[^{}]*\b(fetchMedia|lookAtInvite|useInvite)\b[^{}]*\}\s*=\s*\w*[cC]hannel\b/g,
    'is the work of errands.ts',
  ),
];

export const pagesOnlyRead: Check = (files) => [
  ...sourcesOf(files)
    .filter(([file]) => roomOf(file) === 'dashboard')
    .flatMap(([file, source]) =>
      importsOf(source)
        .filter(({ from, typeOnly }) => WRITERS.test(targetOf(file, from) ?? '') && !typeOnly)
        .map(({ from, line }) => `${file}:${line}: pages write through the door, not with ${from}`),
    ),
  ...forbid(
    files,
    (file) => roomOf(file) === 'dashboard',
    /\.\s*transaction\b|\bopenDatabase\b/g,
    'has no place in a page',
  ),
  // In main the writable handle is `db`; what the server is given besides closures must not hold it.
  ...Object.entries(files)
    .filter(([file]) => file === 'src/main.ts')
    .flatMap(([file, source]) => {
      const { bare } = scan(source);
      const start = bare.indexOf('startServer({');
      let end = start;
      for (let depth = 0; start >= 0; end++) {
        if (bare[end] === '{') depth++;
        if (bare[end] === '}' && --depth === 0) break;
        if (end > bare.length) break;
      }
      const given = start < 0 ? '' : bare.slice(start, end);
      // Moving the clock has to look up what falls due; it is a part of main.
      const rest = given.replace(/\btravel\(\{[^}]*\}\)/g, '');
      return /\bdb\b/.test(rest) ? [`${file}:${lineAt(source, start)}: pages are given a database they can write`] : [];
    }),
];

export const sourceStandsAlone: Check = (files) =>
  sourcesOf(files).flatMap(([file, source]) =>
    importsOf(source)
      .filter(({ from }) => targetOf(file, from)?.startsWith('src/') === false)
      .map(({ from, line }) => `${file}:${line}: src imports nothing outside src, such as ${from}`),
  );

export const saysWhatRoomItIs: Check = (files) =>
  Object.entries(files)
    .filter(([file]) => /^(src|scripts|tests)\/.*\.(ts|js|css|sql)$/.test(file))
    .filter(([, source]) => !/^(#![^\n]*\n)?(\/\/|\/\*|--) ?\S/.test(source))
    .map(([file]) => `${file}:1: the first line says in a comment what room this is`);

export const hasNoDrawers: Check = (files) =>
  Object.keys(files)
    .filter((file) => file.split('/').some((part) => /^(utils?|helpers?|misc|common|lib)(\.|$)/i.test(part)))
    .map((file) => `${file}: a drawer; name it for what is in it`);

export const testsMirrorSource: Check = (files) =>
  Object.keys(files)
    .filter((file) => file.startsWith('tests/') && file.endsWith('.test.ts'))
    .filter((file) => {
      const path = file.slice('tests/'.length, -'.test.ts'.length);
      return (
        !TESTS_OF_THE_WHOLE.includes(path.split('/')[0] ?? '') &&
        !(`src/${path}.ts` in files) &&
        !(`src/${path}.js` in files)
      );
    })
    .map((file) => `${file}: there is no file in src with this path`);

export const remembersNothingByItself: Check = (files) =>
  forbid(
    files,
    (file) => file.endsWith('.ts'),
    /^(export )?(let|var)\b/gm,
    'at the top of a file keeps state that nobody handed in',
  );

/** A number that somebody may answer: Indonesian mobiles, and Malaysian ones. What begins with 0 behind the country code cannot exist. */
const REACHABLE = /^(08[1-9]\d{7,}|\+?628[1-9]\d{7,}|\+60[1-9]\d{6,})$/;

export const namesNobodysNumber: Check = (files) =>
  Object.entries(files).flatMap(([file, source]) =>
    [...source.matchAll(/(?<![\w+.-])\+?\d[\d .()/-]{6,}\d(?!\w)/g)].flatMap((match) => {
      const digits = match[0].replace(/[ .()/-]/g, '');
      if (!REACHABLE.test(digits) || PUBLIC_NUMBERS.includes(digits.replace('+', ''))) return [];
      return [`${file}:${lineAt(source, match.index)}: ${match[0]} may be somebody's number; use 6200000000NN`];
    }),
  );
