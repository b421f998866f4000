// `npm run evaluate [FILE.jsonl ...]`: how well the bot understands labelled messages, and how often it would speak for nothing.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ContentError, loadContent } from '../src/content.ts';
import type { Kind, Meaning, Severity } from '../src/core/types.ts';
import { type Understanding, understand } from '../src/core/understand.ts';

/** A labelled message, as shared/topics.md describes it; real chat has only a text. */
interface Labelled {
  readonly text: string;
  readonly chat?: 'group' | 'private';
  readonly kind?: Kind;
  readonly topics?: readonly string[];
  readonly severity?: Severity;
}

interface Understood extends Labelled {
  readonly meaning: Meaning;
}

const MENTION = /@bot\b/;
const SPOKEN: readonly Kind[] = ['answer', 'report', 'warn'];

function readMessages(file: string): Labelled[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Labelled);
}

function hear(message: Labelled, understanding: Understanding): Understood {
  const chat = message.chat ?? 'group';
  const heard = { chat, addressed: chat === 'private' || MENTION.test(message.text), attachments: 0 };
  return { ...message, meaning: understand(message.text.replace(MENTION, ' '), understanding, heard) };
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((100 * part) / whole)}% (${part}/${whole})`;
}

/** Would be spoken unasked in a group. */
function isSpoken({ kind, confidence }: Meaning): boolean {
  return SPOKEN.includes(kind) && confidence === 'sure';
}

function reportLabelled(messages: readonly Understood[], loaded: ReadonlySet<string>): void {
  for (const chat of ['group', 'private'] as const) {
    const here = messages.filter((message) => message.chat === chat);
    console.log(
      `  ${chat}: ${here.length} messages; kind right ${share(here.filter(isKindRight).length, here.length)}`,
    );
    for (const kind of new Set(here.map((message) => message.kind)).values()) {
      const of = here.filter((message) => message.kind === kind);
      const seen = new Map<string, number>();
      for (const { meaning } of of) {
        const as =
          chat === 'group' && SPOKEN.includes(meaning.kind) && meaning.confidence === 'doubtful'
            ? `${meaning.kind}?`
            : meaning.kind;
        seen.set(as, (seen.get(as) ?? 0) + 1);
      }
      const row = [...seen].sort((a, b) => b[1] - a[1]).map(([as, count]) => `${as} ${count}`);
      console.log(`    ${kind} ${of.length}: ${row.join(', ')}`);
      if (kind !== undefined && SPOKEN.includes(kind) && chat === 'group') {
        const sure = of.filter(({ meaning }) => meaning.kind === kind && meaning.confidence === 'sure');
        const quiet = of.filter(({ meaning }) => meaning.kind === kind && meaning.confidence === 'doubtful');
        console.log(`      sure ${share(sure.length, of.length)}, quiet ${share(quiet.length, of.length)}`);
      }
    }
  }
  reportTopics(messages, loaded);
  const reports = messages.filter((message) => message.kind === 'report' && message.meaning.kind === 'report');
  const right = reports.filter((message) => message.severity === message.meaning.severity);
  const urgent = reports.filter((message) => message.severity === 'darurat');
  console.log(
    `  severity right ${share(right.length, reports.length)}; urgent seen as urgent ${share(urgent.filter(({ meaning }) => meaning.severity === 'darurat').length, urgent.length)}`,
  );
}

/** In a group what is not sure counts as silence. */
function isKindRight({ chat, kind, meaning }: Understood): boolean {
  return (
    (chat === 'group' && SPOKEN.includes(meaning.kind) && meaning.confidence === 'doubtful'
      ? 'silent'
      : meaning.kind) === kind
  );
}

function reportTopics(messages: readonly Understood[], loaded: ReadonlySet<string>): void {
  const questions = messages.filter((message) => message.kind === 'answer');
  const possible = questions.filter(({ topics }) => topics?.some((topic) => loaded.has(topic)));
  const best = possible.filter(({ topics, meaning }) => topics?.includes(meaning.topics[0]?.topic ?? ''));
  const among = possible.filter(({ topics, meaning }) =>
    meaning.topics.slice(0, 3).some(({ topic }) => topics?.includes(topic)),
  );
  console.log(
    `  topics: first right ${share(best.length, possible.length)}, among three ${share(among.length, possible.length)}`,
  );
  for (const chat of ['group', 'private'] as const) {
    const answered = (message: Understood) =>
      message.meaning.kind === 'answer' && (chat === 'private' || message.meaning.confidence === 'sure');
    const mine = possible.filter((message) => message.chat === chat);
    const others = questions.filter((message) => message.chat === chat && !possible.includes(message));
    const right = mine.filter((message) => answered(message) && best.includes(message));
    const wrong = others.filter((message) => answered(message) && message.meaning.topics.length > 0);
    console.log(
      `    ${chat}: loaded topic answered rightly ${share(right.length, mine.length)}; of ${others.length} whose topic is not loaded, answered with another ${wrong.length}`,
    );
  }
}

function reportRealChat(messages: readonly Understood[]): void {
  const spoken = messages.filter(({ meaning }) => isSpoken(meaning));
  const quiet = messages.filter(
    ({ meaning }) => ['report', 'warn'].includes(meaning.kind) && meaning.confidence === 'doubtful',
  );
  const count = (kind: Kind) => spoken.filter(({ meaning }) => meaning.kind === kind).length;
  const per = (number: number) => ((number * 10_000) / messages.length).toFixed(1);
  console.log(`  ${messages.length} messages of the public, heard in a group`);
  console.log(
    `  spoken ${per(spoken.length)} per 10,000 (${count('answer')} answers, ${count('report')} reports, ${count('warn')} warnings); told silently ${per(quiet.length)} per 10,000`,
  );
}

function main(): number {
  const root = join(import.meta.dirname, '..');
  const shared = join(root, '..', 'shared', 'language');
  const given = process.argv.slice(2);
  const found = existsSync(shared) ? readdirSync(shared).filter((name) => /^dev-.*\.jsonl$/.test(name)) : [];
  const files = given.length > 0 ? given : [...found.sort(), 'real-chat-dev.jsonl'].map((name) => join(shared, name));
  const content = loadContent(join(root, 'data'), join(root, 'data', 'local'));
  const loaded = new Set<string>(content.topics.map(({ id }) => id));
  console.log(`${loaded.size} topics are loaded: ${[...loaded].join(', ')}`);
  let missing = 0;
  for (const file of files) {
    if (!existsSync(file)) {
      console.log(`\n${file}: there is no such file; give the labelled files as arguments`);
      missing++;
      continue;
    }
    const messages = readMessages(file);
    const begun = performance.now();
    const understood = messages.map((message) => hear(message, content.understanding));
    const micros = ((performance.now() - begun) * 1000) / Math.max(1, messages.length);
    console.log(`\n${basename(file)} (${Math.round(micros)} µs a message)`);
    if (messages[0]?.kind === undefined) reportRealChat(understood);
    else reportLabelled(understood, loaded);
  }
  return missing === files.length ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
