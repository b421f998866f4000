// `npm run evaluate -- FILE... [--json]`: how the bot takes labelled messages, by the real understanding and the real rules.

import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ContentError } from '../src/content.ts';
import type { Kind, Severity } from '../src/core/types.ts';
import { understand } from '../src/core/understand.ts';
import { hear, isToTheBot, loadTaught, type Outcome, type Taught } from './hearing.ts';

/** A labelled message; ordinary chat has only a text, and is to be met with silence in a group. */
interface Labelled {
  readonly text: string;
  readonly chat: 'group' | 'private';
  readonly kind: Kind;
  readonly topics: readonly string[];
  readonly severity?: Severity;
  readonly note: string;
  readonly file: string;
}

interface Heard extends Labelled {
  readonly outcome: Outcome;
}

const KINDS: readonly Kind[] = ['answer', 'report', 'warn', 'human', 'menu', 'silent'];

class Fault extends Error {}

function readMessages(file: string): Labelled[] {
  if (!existsSync(file)) throw new Fault(`${file}: there is no such file`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      try {
        const { text, chat = 'group', kind = 'silent', topics = [], severity, note = '-' } = JSON.parse(line);
        if (typeof text !== 'string' || !KINDS.includes(kind)) throw new Error('needs a text and a known kind');
        return [{ text, chat, kind, topics, ...(severity && { severity }), note, file: basename(file, '.jsonl') }];
      } catch (error) {
        throw new Fault(`${file}:${i + 1}: ${(error as Error).message}`);
      }
    });
}

// ---------------------------------------------------------------- counting

/** How many of how many. */
interface Share {
  readonly of: number;
  readonly right: number;
}

const share = <T>(all: readonly T[], isRight: (one: T) => boolean): Share => ({
  of: all.length,
  right: all.filter(isRight).length,
});

const value = ({ of, right }: Share): number | null => (of === 0 ? null : right / of);

/** The 95% interval of a share (Wilson, 1927). */
function interval({ of, right }: Share): readonly [number, number] {
  const z = 1.96;
  const p = right / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return [middle - half, middle + half];
}

const isOpen = (kind: Kind) => (message: Heard) => message.outcome.kind === kind;
const isCaught = ({ outcome }: Heard) => ['report', 'warn'].includes(outcome.kind) || outcome.asked !== undefined;
const isInGroup = (message: Heard) => !isToTheBot(message);
const ofKind = (messages: readonly Heard[], kind: Kind) => messages.filter((message) => message.kind === kind);
const isRightTopic = ({ topics, outcome }: Heard) => outcome.answered.some((topic) => topics.includes(topic));
const isOffered = ({ topics, outcome }: Heard) => outcome.offered.slice(0, 3).some((topic) => topics.includes(topic));
/** What is silence in a group is the menu where the bot was spoken to. */
const isRightKind = (message: Heard) =>
  message.outcome.kind === (message.kind === 'silent' && isToTheBot(message) ? 'menu' : message.kind);
const isSpoken = ({ outcome }: Heard) => outcome.kind !== 'silent';

function measures(messages: readonly Heard[]) {
  const [answers, reports, adverts] = (['answer', 'report', 'warn'] as const).map((kind) => ofKind(messages, kind)) as [
    Heard[],
    Heard[],
    Heard[],
  ];
  const urgent = reports.filter(({ severity }) => severity === 'darurat');
  const quiet = ofKind(messages, 'silent').filter(isInGroup);
  return {
    kind: share(messages, isRightKind),
    topic: share(answers, isRightTopic),
    topicInGroup: share(answers.filter(isInGroup), isRightTopic),
    offered: share(
      answers.filter((message) => isToTheBot(message)),
      isOffered,
    ),
    report: {
      precision: share(messages.filter(isOpen('report')), ({ kind }) => kind === 'report'),
      recall: share(reports, isOpen('report')),
      caught: share(reports, isCaught),
    },
    urgent: { recall: share(urgent, isOpen('report')), caught: share(urgent, isCaught) },
    severity: share(reports.filter(isOpen('report')), ({ severity, outcome }) => severity === outcome.meaning.severity),
    warn: {
      precision: share(messages.filter(isOpen('warn')), ({ kind }) => kind === 'warn'),
      recall: share(adverts, isOpen('warn')),
      caught: share(adverts, isCaught),
    },
    kindInPrivate: share(
      messages.filter((message) => !isInGroup(message)),
      isRightKind,
    ),
    falseAlarms: share(quiet, isSpoken),
    doubtful: share(quiet, ({ outcome }) => outcome.asked !== undefined),
  };
}
type Measures = ReturnType<typeof measures>;

// ---------------------------------------------------------------- showing

const per = (shown: Share, number: number): number | null => {
  const part = value(shown);
  return part === null ? null : part * number;
};

function asJson(found: Measures, messages: number, micros: number) {
  const values = (shares: Readonly<Record<string, Share>>) =>
    Object.fromEntries(Object.entries(shares).map(([name, one]) => [name, value(one)]));
  return {
    messages,
    kindAccuracy: value(found.kind),
    topicAccuracy: value(found.topic),
    offered: value(found.offered),
    report: values(found.report),
    urgent: values(found.urgent),
    warn: values(found.warn),
    falseAlarmsPer1000: per(found.falseAlarms, 1_000),
    doubtfulPer10000: per(found.doubtful, 10_000),
    microsPerMessage: micros,
  };
}

function shown(one: Share, times = 100, unit = '%'): string {
  if (one.of === 0) return '-';
  const [low, high] = interval(one);
  const number = (part: number) => (part * times).toFixed(times > 100 ? 1 : 0);
  return `${number(one.right / one.of)}${unit} [${number(low)}–${number(high)}] ${one.right}/${one.of}`;
}

function printMeasures(found: Measures): void {
  const rows: readonly (readonly [string, Share, number?, string?])[] = [
    ['right kind', found.kind],
    ['right kind, private or addressed', found.kindInPrivate],
    ['right topic, of questions', found.topic],
    ['right topic, of questions in groups', found.topicInGroup],
    ['right topic answered or among three, private or addressed', found.offered],
    ['reports acted on openly', found.report.recall],
    ['reports caught', found.report.caught],
    ['of what was taken for a report', found.report.precision],
    ['urgent reports acted on openly', found.urgent.recall],
    ['urgent reports caught', found.urgent.caught],
    ['right urgency, of reports acted on', found.severity],
    ['adverts warned of', found.warn.recall],
    ['adverts caught', found.warn.caught],
    ['of what was taken for an advert', found.warn.precision],
    ['spoken where silence was due, per 10,000', found.falseAlarms, 10_000, ''],
    ['doubtful lines where silence was due, per 10,000', found.doubtful, 10_000, ''],
  ];
  for (const [what, one, times, unit] of rows)
    if (one.of > 0) console.log(`  ${what.padEnd(60)} ${shown(one, times, unit)}`);
}

function group<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Longer lists are of ordinary chat, and of no use. */
const MOST_SHOWN = 60;

function printWrong(messages: readonly Heard[]): void {
  const wrong = messages.filter((message) =>
    message.kind === 'answer' ? !isRightTopic(message) && !isOffered(message) : !isRightKind(message),
  );
  for (const [what, list] of group(
    wrong,
    ({ kind, outcome, chat }) => `${chat}: ${kind} taken for ${takenFor(outcome)}`,
  )) {
    console.log(`\n  ${what}: ${list.length}`);
    for (const { text, topics } of list.slice(0, MOST_SHOWN))
      console.log(`    ${text.replaceAll('\n', ' ⏎ ')}${topics.length > 0 ? `  (${topics.join(', ')})` : ''}`);
  }
}

const takenFor = ({ kind, asked, answered, offered }: Outcome): string =>
  asked ? `${asked}?` : kind === 'answer' ? `answer ${answered.join('+') || `offer of ${offered.join(', ')}`}` : kind;

/** How often the likeliest topic is right, by how likely it was said to be. */
function printCalibration(messages: readonly Heard[]): void {
  const asked = messages.filter(({ kind, outcome }) => kind === 'answer' && outcome.meaning.topics.length > 0);
  if (asked.length === 0) return;
  console.log('\n  how likely the first topic was said to be, and how often it was right');
  const tenth = ({ outcome }: Heard) => Math.min(9, Math.floor((outcome.meaning.topics[0]?.probability ?? 0) * 10));
  for (const [from, list] of group(asked, (message) => String(tenth(message)))) {
    const right = share(list, ({ topics, outcome }) => topics.includes(outcome.meaning.topics[0]?.topic ?? ''));
    console.log(`    0.${from}–${(Number(from) + 1) / 10}`.padEnd(14), shown(right));
  }
}

function printTable(messages: readonly Heard[], micros: number): void {
  for (const [file, list] of group(messages, ({ file }) => file)) {
    console.log(`\n${file}: ${list.length} messages`);
    printMeasures(measures(list));
    for (const [note, some] of group(list, (message) => message.note))
      if (note !== '-') console.log(`  right kind, ${note}`.padEnd(63), shown(share(some, isRightKind)));
  }
  const kinds = group(messages, ({ kind }) => kind);
  console.log('\nkinds');
  for (const [kind, list] of kinds) console.log(`  ${kind.padEnd(8)} ${shown(share(list, isRightKind))}`);
  const topics = group(ofKind(messages, 'answer'), ({ topics: [first] }) => first ?? '');
  if (topics.size > 0) console.log('\ntopics: answered rightly, and among three where not sure');
  for (const [topic, list] of topics)
    console.log(
      `  ${topic.padEnd(22)} ${shown(share(list, isRightTopic)).padEnd(28)} ${shown(share(list, isOffered))}`,
    );
  printCalibration(messages);
  printWrong(messages);
  if (group(messages, ({ file }) => file).size > 1) {
    console.log('\nall files together');
    printMeasures(measures(messages));
  }
  console.log(`\n${micros.toFixed(1)} µs a message (understanding alone, mean)`);
}

// ---------------------------------------------------------------- the command

/** So many messages warm the engine up, and so many more are timed. */
const TIMED = 3_000;

/** How long the understanding takes for a message, on average, in microseconds. */
function microsFor(messages: readonly Labelled[], { understanding }: Taught): number {
  const all = messages.map((message) => ({
    text: message.text,
    heard: { chat: message.chat, addressed: isToTheBot(message), attachments: 0 },
  }));
  const rounds = Math.ceil(TIMED / Math.max(1, all.length));
  const run = () => {
    const begun = performance.now();
    for (let round = 0; round < rounds; round++)
      for (const { text, heard } of all) understand(text, understanding, heard);
    return performance.now() - begun;
  };
  run();
  return (run() * 1_000) / Math.max(1, rounds * all.length);
}

function main(): void {
  const json = process.argv.includes('--json');
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  if (files.length === 0)
    throw new Fault('name at least one file: npm run evaluate -- FILE.jsonl [FILE.jsonl ...] [--json]');
  const messages = files.flatMap(readMessages);
  const content = loadTaught();
  const heard = messages.map((message): Heard => ({ ...message, outcome: hear(message, content) }));
  const micros = microsFor(messages, content);
  if (json) console.log(JSON.stringify(asJson(measures(heard), messages.length, micros)));
  else printTable(heard, micros);
}

try {
  main();
} catch (error) {
  if (!(error instanceof ContentError || error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
