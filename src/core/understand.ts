// What a message asks or tells. A model learnt from examples says what it is; patterns say what stands out in it. Pure.

import { normalise } from './text.ts';
import { type Meaning, SIGNS, type Sign, type Topic, type TopicId } from './types.ts';
import { type Accusation, accusedIn } from './understand/accused.ts';
import { evidenceIn } from './understand/evidence.ts';
import { facetsOf } from './understand/facets.ts';
import { namedFeatures } from './understand/features.ts';
import {
  answerWith,
  DOUBTFUL,
  type Heard,
  leansOf,
  type Message,
  messageOf,
  SURE,
  shareOf,
  topicLean,
  toTheBot,
  unasked,
  urgencyOf,
  type Verdict,
  verdict,
  WISH,
} from './understand/judging.ts';
import { ACTED, type Learnt, LOOKS } from './understand/learning.ts';
import { matches, scan, type Token } from './understand/patterns.ts';
import { addedBy, rowsIn, sharesOf } from './understand/softmax.ts';
import { tokensIn, tokensOf, type Words } from './understand/words.ts';

export type { Heard } from './understand/judging.ts';
export { type Example, type Learnt, teach } from './understand/learning.ts';
export { knownAs, type Model } from './understand/softmax.ts';
export { type Vocabulary, type Words, wordsOf } from './understand/words.ts';

/** All that `understand` needs, made once by `prepare`. */
export interface Understanding {
  readonly learnt: Learnt;
  readonly words: Words;
  /** A sample question in plain words -> its topic: who asks just so needs no weighing. */
  readonly samples: ReadonlyMap<string, readonly TopicId[]>;
  /** The same for keywords, which only whoever speaks to the bot types alone. */
  readonly keywords: ReadonlyMap<string, readonly TopicId[]>;
}

/** A text as it is compared with samples and keywords: its words, whatever their case, marks and doubled letters. */
const keyOf = (typed: readonly string[]): string => typed.join(' ');

/** Puts together what `understand` needs. */
export function prepare(topics: readonly Topic[], words: Words, learnt: Learnt): Understanding {
  return {
    learnt,
    words,
    samples: byText(topics, (topic) => topic.questions),
    keywords: byText(topics, (topic) => topic.keywords),
  };
}

function byText(topics: readonly Topic[], textsOf: (topic: Topic) => readonly string[]): Map<string, TopicId[]> {
  const found = new Map<string, TopicId[]>();
  for (const topic of topics)
    for (const text of textsOf(topic)) {
      const key = keyOf(normalise(text));
      found.set(key, [...(found.get(key) ?? []), topic.id]);
    }
  return found;
}

/** The model knows what is urgent from this share up, beside the signs that always make it so. */
const URGENT = 0.6;

/** The words that ask, as data/language/kelompok.yaml names them. */
const QUESTION_GROUP = '<tanya>';

/** A wish to report is short, and so is a question how one does; who says more has told, or talks of something else. */
const WISH_WORDS = 5;
const WAY_WORDS = 10;

const NOBODY: Accusation = { accused: [], grave: false };

/** Ordinary chat, and nothing else to say of it. */
export const NOTHING_MEANT: Meaning = {
  kind: 'silent',
  confidence: 'sure',
  topics: [],
  severity: 'biasa',
  signs: [],
  countries: [],
  accuses: [],
  reasons: [],
  contacts: [],
  why: [],
};

/**
 * What a message means. Who is in trouble, when somebody leaves and whose numbers are named: see `detailed`.
 * @param text as typed, without the mention of the bot
 * @param understanding from `prepare`
 * @param heard where it was said
 */
export function understand(text: string, understanding: Understanding, heard: Heard): Meaning {
  const { words, learnt } = understanding;
  const message = messageOf(text, words.reader, learnt);
  const shares = sharesOf(message.rows, learnt.looks);
  const spoken = heard.chat === 'private' || heard.addressed;
  const key = keyOf(message.typed);
  const asked = understanding.samples.get(key) ?? (spoken ? understanding.keywords.get(key) : undefined);
  const short = message.words.length > WAY_WORDS ? undefined : tokensOf(message.words, words);
  const reporting = short && reportingIn(short, words);
  const lean = asked || spoken ? undefined : reporting === 'wish' ? WISH : unasked(message, shares, learnt);
  // Nearly every message of a group ends here, and must cost next to nothing.
  if (lean?.kind === 'silent') return NOTHING_MEANT;
  const tokens = short ?? tokensOf(message.words, words);
  // Nobody is accused by a question among others in a group.
  const accusation = lean?.kind === 'answer' ? NOBODY : accusedIn(text, tokens, tokensIn(words), words.accusations);
  const looksLike = asked
    ? verdict('answer', 'sure', 'sample')
    : (lean ?? toTheBot(message, shares, accusation, asksIn(message, tokens), heard));
  const told = looksLike.kind === 'report' || looksLike.kind === 'warn';
  const topics = told ? [] : topicsOf(message, understanding, asked);
  const signs = told || spoken ? signsIn(tokens, words) : [];
  const reasons = signs.filter((sign) => words.urgent.has(sign));
  const found = asAnswer(looksLike, topics, spoken, reasons);
  const felt = found.kind === 'report' && urgencyOf(message, learnt) >= URGENT;
  return {
    kind: found.kind,
    confidence: found.confidence,
    topics,
    severity: reasons.length > 0 || felt ? 'darurat' : 'biasa',
    signs,
    countries: countriesIn(message.words, words),
    accuses: told || accusation.grave || found.kind === 'menu' ? accusation.accused : [],
    reasons,
    contacts: [],
    ...(reporting && !told && found.kind !== 'report' && { reporting }),
    why: [...found.why, ...signs, ...reasons.map((sign) => `urgent:${sign}`), ...(felt ? ['urgent'] : [])],
  };
}

/** A question is answered as surely as its topic is known; who tells the bot of danger is never shown a mere menu. */
function asAnswer(looksLike: Verdict, topics: Meaning['topics'], spoken: boolean, reasons: readonly Sign[]): Verdict {
  if (looksLike.kind === 'answer' && spoken) return answerWith(topics);
  const inDanger = reasons.some((sign) => sign !== 'child' && sign !== 'leaving-soon');
  return looksLike.kind === 'menu' && inDanger ? verdict('report', 'sure', 'danger') : looksLike;
}

/**
 * A meaning with who is in trouble, when somebody leaves and the numbers that stand in the text, where it may become a
 * case: what is told openly, and whatever is said in private.
 */
export function detailed(text: string, meaning: Meaning, { words }: Understanding, heard: Heard): Meaning {
  const told = meaning.kind === 'report' || meaning.kind === 'warn';
  if (!told && heard.chat === 'group') return meaning;
  return { ...meaning, ...facetsOf(text, words.facets, tokensIn(words), words.signs, meaning.kind !== 'warn') };
}

/** So many words are shown of what told most. */
const MOST_TELLING = 8;

/** What a text looks like, how it leans and which of its words told most, strongest first: for whoever wants to know why. */
export function weighed(text: string, { words, learnt }: Understanding) {
  const message = messageOf(text, words.reader, learnt);
  const shares = sharesOf(message.rows, learnt.looks);
  const lean = leansOf(message, shares, learnt);
  const looks = LOOKS.map((look) => ({ look, share: shareOf(look, shares) })).sort((a, b) => b.share - a.share);
  const [{ look }] = looks as [(typeof looks)[number]];
  const named = [...namedFeatures(message.words, words.reader)];
  return {
    words: message.words,
    looks,
    topicLean: topicLean(message, learnt),
    leans: ACTED.map((kind) => ({ kind, lean: lean(kind), sure: SURE[kind], doubtful: DOUBTFUL[kind] })).sort(
      (a, b) => b.lean - a.lean,
    ),
    evidence: evidenceIn(message, learnt.evidence),
    strongest: named
      .flatMap(([feature, unit]) => {
        const weight = learnt.evidence.get(feature);
        return weight === undefined ? [] : [{ words: unit, weight }];
      })
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST_TELLING),
    nearest: {
      look,
      units: named
        .flatMap(([feature, unit]) =>
          rowsIn([feature], learnt.known).map((row) => ({
            words: unit,
            adds: addedBy(row, LOOKS.indexOf(look), learnt.looks),
          })),
        )
        .sort((a, b) => b.adds - a.adds)
        .slice(0, MOST_TELLING),
    },
  };
}

function signsIn(tokens: readonly Token[], words: Words): Sign[] {
  const found = new Set<string>();
  scan(tokens, words.signs, (pattern) => found.add(pattern.name));
  return SIGNS.filter((sign) => found.has(sign));
}

function reportingIn(tokens: readonly Token[], words: Words): Meaning['reporting'] {
  if (tokens.length <= WISH_WORDS && matches(tokens, words.wishes)) return 'wish';
  return matches(tokens, words.ways) ? 'how' : undefined;
}

/** Put as a question, by its mark or by a word. */
const asksIn = ({ text }: Message, tokens: readonly Token[]): boolean =>
  text.includes('?') || tokens.some(({ symbols }) => symbols.includes(QUESTION_GROUP));

function countriesIn(words: readonly string[], { countries }: Words): string[] {
  return [...new Set(words.flatMap((word) => countries.get(word) ?? []))];
}

// ---------------------------------------------------------------- topics

/** Topics below this are not named at all; no more than this many are. */
const TOPIC_NAMED = 0.02;
const TOPICS_NAMED = 5;

/** The likeliest topics, best first. */
function topicsOf(
  message: Message,
  { learnt }: Understanding,
  asked: readonly TopicId[] | undefined,
): Meaning['topics'] {
  if (asked) return asked.map((topic) => ({ topic, probability: 1 / asked.length }));
  const shares = message.topicShares();
  return learnt.topicIds
    .map((topic, at) => ({ topic, probability: shares[at] as number }))
    .filter(({ probability }) => probability >= TOPIC_NAMED)
    .sort((one, other) => other.probability - one.probability)
    .slice(0, TOPICS_NAMED);
}
