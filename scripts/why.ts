// `npm run why -- "text" [--private]`: why the bot takes one message for what it takes it for.

import { ContentError } from '../src/content.ts';
import { weighed } from '../src/core/understand.ts';
import { hear, isToTheBot, loadTaught, type Outcome } from './hearing.ts';

const percent = (share: number) => `${(share * 100).toFixed(0)}%`.padStart(4);

function whatItDoes({ kind, asked, answered, offered }: Outcome): string {
  if (asked) return `says nothing, and asks an officer whether it is ${asked === 'report' ? 'a report' : 'an advert'}`;
  if (answered.length > 0) return `answers with ${answered.join(' and ')}`;
  if (offered.length > 0) return `offers ${offered.join(', ')}`;
  const does: Readonly<Record<Outcome['kind'], string>> = {
    answer: 'answers',
    report: 'takes it down as a report',
    warn: 'warns of an advert',
    human: 'hands over to an officer',
    menu: 'shows the menu',
    silent: 'says nothing',
  };
  return does[kind];
}

function main(): void {
  const text = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  if (!text) {
    console.error('what was said? npm run why -- "paspor adik saya ditahan agen" [--private]');
    process.exitCode = 1;
    return;
  }
  const said = { text, chat: process.argv.includes('--private') ? ('private' as const) : ('group' as const) };
  const content = loadTaught();
  const outcome = hear(said, content);
  const { meaning } = outcome;
  const { words, looks, leans, topicLean, strongest, nearest } = weighed(
    text.replace(/@bot\b/gi, ' '),
    content.understanding,
  );
  console.log(`in ${said.chat === 'group' ? 'a group' : 'private'} the bot ${whatItDoes(outcome)}\n`);
  console.log(`understood as   ${meaning.kind} (${meaning.confidence})`);
  console.log(`read as         ${words.join(' ')}`);
  console.log('\nlooks like');
  for (const { look, share } of looks) console.log(`  ${percent(share)}  ${look}`);
  if (!isToTheBot(said)) {
    console.log('\noutweighs all else by, and must by to act openly / to ask an officer');
    for (const { kind, lean, sure, doubtful } of leans) {
      const outweighs = (lean + (kind === 'answer' ? topicLean : 0)).toFixed(1).padStart(5);
      console.log(`  ${outweighs}  ${kind.padEnd(7)} ${sure} / ${Number.isFinite(doubtful) ? doubtful : 'never'}`);
    }
  }
  console.log('\nwords that speak for the subject of the office');
  for (const { words: unit, weight } of strongest) console.log(`  ${weight.toFixed(1).padStart(5)}  ${unit}`);
  console.log(`\nmost telling for "${nearest.look}"`);
  for (const { words: unit, adds } of nearest.units) console.log(`  ${adds.toFixed(2).padStart(5)}  ${unit}`);
  if (meaning.topics.length > 0) console.log('\ntopics');
  for (const { topic, probability } of meaning.topics) console.log(`  ${percent(probability)}  ${topic}`);
  if (meaning.kind === 'report' || meaning.kind === 'warn') {
    console.log(`\nurgency         ${meaning.severity}`);
    if (meaning.reasons.length > 0) console.log(`because of      ${meaning.reasons.join(', ')}`);
    if (meaning.signs.length > 0) console.log(`signs           ${meaning.signs.join(', ')}`);
    if (meaning.who) console.log(`who             ${meaning.who}`);
    if (meaning.when) console.log(`when            ${meaning.when.said}`);
    if (meaning.countries.length > 0) console.log(`countries       ${meaning.countries.join(', ')}`);
    if (meaning.contacts.length > 0) console.log(`numbers         ${meaning.contacts.length}`);
  }
  if (meaning.accuses.length > 0) console.log(`accuses         ${meaning.accuses.join(', ')}`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
