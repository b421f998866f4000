// What a message asks or tells: rules from the vocabulary and examples from the topic files. Pure; prepared once.

import { type Lexicon, lexiconOf, normalise, type Showable, standardise } from './text.ts';
import { type Accused, type Kind, type Meaning, SIGNS, type Sign, type Topic, type TopicId } from './types.ts';
import { type Facets, type FacetWords, facetsOf, prepareFacets } from './understand/facets.ts';
import { compile, type Index, indexOf, matches, scan, type Token } from './understand/patterns.ts';

/** How much a mark speaks for each of three readings of a message; the fourth, ordinary chat, is the zero point. */
export interface Points {
  readonly question?: number;
  readonly report?: number;
  readonly advert?: number;
}

/**
 * The words the bot hears by, as data/language/ tells them.
 *
 * A pattern is a row of words: `paspor .. ditahan`. `a|b` is either word, `<group>` any word of a group, `..` up to 3
 * other words between, `...` up to 8, `a ~ b` both within 5 words in either order, `!a` at the beginning: not after that word.
 */
export interface Vocabulary {
  /** Standard spelling -> slang, dialect and other spellings. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  /** Country -> its other names, cities and places. */
  readonly countries: Readonly<Record<string, readonly string[]>>;
  /** Words that patterns may name together as `<group>`. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** What stands out in a report. */
  readonly signs: Readonly<Record<Sign, readonly string[]>>;
  /** Everything else worth noticing: how people ask, tell, advertise, joke. */
  readonly marks: Readonly<Record<string, readonly string[]>>;
  /** Marks that stand for several others: `danger + person + !joke`; `a / b` is either. */
  readonly combined: Readonly<Record<string, string>>;
  readonly points: Readonly<Record<string, Points>>;
  readonly base: Required<Points>;
  /** Signs and marks of danger now: with one of them a report is `darurat`. */
  readonly urgent: readonly string[];
  readonly accused: {
    readonly roles: Readonly<Record<Accused, readonly string[]>>;
    /** Patterns around `@`, the one named, that make naming harmless, and those that never are. */
    readonly harmless: readonly string[];
    readonly grave: readonly string[];
    /** Words that may stand beside a role when it is only addressed or signs. */
    readonly address: readonly string[];
  };
  /** Who is in trouble, when somebody leaves, banks. */
  readonly facets: FacetWords;
  /** Subject words too common to tell one topic from another. */
  readonly weak: readonly string[];
  /** Subject words that matter for telling topics apart, whether or not their topic is loaded. */
  readonly strong: readonly string[];
  /** Words that say nothing about a subject. */
  readonly filler: readonly string[];
  /** Everyday words that must not be taken for misspelt subject words. */
  readonly everyday: readonly string[];
}

export interface Heard {
  readonly chat: 'group' | 'private';
  /** Mentioned or replied to; what is private always is. */
  readonly addressed: boolean;
  readonly attachments: number;
}

// ---------------------------------------------------------------- what is prepared

interface TopicWords {
  readonly id: TopicId;
  /** Word -> how much it belongs to this topic, 0..1. */
  readonly words: ReadonlyMap<string, number>;
  /** Keywords of several words. */
  readonly phrases: readonly (readonly string[])[];
  /** Words that most of its questions share though they do not set it apart ("paspor"): without them a message is about something else. */
  readonly anchors: readonly string[];
  /** Each example question: its telling words. */
  readonly examples: readonly ReadonlySet<string>[];
}

export interface Understanding {
  readonly lexicon: Lexicon;
  /** What may stay of a text in an example that is kept. */
  readonly showable: Showable;
  readonly symbols: ReadonlyMap<string, readonly string[]>;
  readonly index: Index;
  readonly combined: readonly {
    readonly name: string;
    readonly needs: readonly (readonly string[])[];
    readonly not: readonly string[];
  }[];
  readonly points: ReadonlyMap<string, Points>;
  readonly base: Required<Points>;
  readonly urgent: ReadonlySet<string>;
  readonly countries: ReadonlyMap<string, string>;
  readonly roles: Index;
  readonly harmless: Index;
  readonly grave: Index;
  readonly address: ReadonlySet<string>;
  /** Patterns of the signs alone. */
  readonly signs: Index;
  readonly facets: Facets;
  /** A sample question in plain words -> its topic: who asks just so needs no weighing. */
  readonly samples: ReadonlyMap<string, TopicId>;
  readonly topics: readonly TopicWords[];
  /** Word -> how much it tells topics apart, 0..1. */
  readonly weights: ReadonlyMap<string, number>;
}

/** A group every vocabulary has: the countries. */
const COUNTRY_GROUP = '<negara>';
const NUMBER_GROUP = '<angka>';

/**
 * Makes topics and vocabulary ready; done once, and again when they were edited.
 * @param topics the topics that are loaded, in any number
 * @param names of villages, districts and people; no word of them is ever shown in an example
 */
export function prepare(
  topics: readonly Topic[],
  vocabulary: Vocabulary,
  names: readonly string[] = [],
): Understanding {
  const { countries, spellings } = countryWords(vocabulary);
  const sources = allSources(vocabulary);
  const subject = new Set(
    sources.flatMap(plainWords).concat([...countries.keys()], vocabulary.weak, vocabulary.strong),
  );
  for (const topic of topics)
    for (const keyword of topic.keywords) for (const word of normalise(keyword)) subject.add(word);
  for (const word of [...vocabulary.filler, ...vocabulary.everyday]) subject.delete(word);
  const lexicon = lexiconOf(spellings, subject, [
    ...vocabulary.filler,
    ...vocabulary.everyday,
    ...sources.flatMap(plainWords),
    ...Object.values(vocabulary.groups).flat(),
  ]);
  const spell = (word: string): string => lexicon.spellings.get(word)?.[0] ?? word;
  const symbols = new Map<string, string[]>();
  const join = (word: string, group: string) => symbols.set(word, [...(symbols.get(word) ?? [word]), group]);
  for (const [group, words] of Object.entries(vocabulary.groups))
    for (const word of words) join(spell(word), `<${group}>`);
  for (const word of countries.keys()) join(word, COUNTRY_GROUP);
  const compiled = (name: string, list: readonly string[]) => list.flatMap((source) => compile(name, source, spell));
  const named = (record: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(record).flatMap(([name, list]) => compiled(name, list));
  return {
    lexicon,
    showable: showableOf(vocabulary, [...countries.keys(), ...sources.flatMap(plainWords)], names),
    symbols,
    index: indexOf([...named(vocabulary.signs), ...named(vocabulary.marks)]),
    combined: Object.entries(vocabulary.combined).map(([name, rule]) => combinationOf(name, rule)),
    points: new Map(Object.entries(vocabulary.points)),
    base: vocabulary.base,
    urgent: new Set(vocabulary.urgent),
    countries,
    roles: indexOf(named(vocabulary.accused.roles)),
    harmless: indexOf(compiled('harmless', vocabulary.accused.harmless)),
    grave: indexOf(compiled('grave', vocabulary.accused.grave)),
    address: new Set(vocabulary.accused.address.map(spell)),
    signs: indexOf(named(vocabulary.signs)),
    facets: prepareFacets(vocabulary.facets, spell),
    samples: new Map(topics.flatMap((topic) => topic.questions.map((asked) => [sampleKey(asked), topic.id]))),
    ...topicWords(topics, vocabulary, lexicon),
  };
}

/**
 * What the bot judges by, and what says nothing by itself. Keywords of topics are left out, since topics name places; so
 * are everyday words that no pattern knows, since many of them are names.
 */
function showableOf(vocabulary: Vocabulary, judgedBy: readonly string[], names: readonly string[]): Showable {
  const words = new Set([
    ...judgedBy,
    ...vocabulary.filler,
    ...vocabulary.weak,
    ...vocabulary.strong,
    ...Object.values(vocabulary.groups).flat(),
    ...Object.keys(vocabulary.spellings).flatMap((standard) => standard.split(' ')),
  ]);
  // "Pak Kades Yusuf": his office is nobody's name.
  const roles = new Set([...Object.values(vocabulary.accused.roles).flat().flatMap(plainWords), ...vocabulary.filler]);
  for (const word of names.flatMap(normalise)) if (!roles.has(word)) words.delete(word);
  return { words, alsoNames: new Set(vocabulary.everyday) };
}

/** A question as it is compared with the samples: its words, whatever their case, marks and doubled letters. */
const sampleKey = (text: string): string => normalise(text).join(' ');

function countryWords(vocabulary: Vocabulary) {
  const countries = new Map<string, string>();
  const spellings: Record<string, readonly string[]> = { ...vocabulary.spellings };
  for (const [country, names] of Object.entries(vocabulary.countries)) {
    const standard = country.toLowerCase().replace(/\s+/g, '-');
    countries.set(standard, country);
    spellings[standard] = [...(spellings[standard] ?? []), country, ...names];
  }
  return { countries, spellings };
}

function allSources(vocabulary: Vocabulary): string[] {
  return [
    ...Object.values(vocabulary.signs),
    ...Object.values(vocabulary.marks),
    ...Object.values(vocabulary.accused.roles),
  ].flat();
}

function plainWords(source: string): string[] {
  return source.split(/[\s|~!]+/).filter((word) => /^\p{L}/u.test(word));
}

function combinationOf(name: string, rule: string) {
  const terms = rule.split('+').map((term) => term.trim());
  return {
    name,
    needs: terms.filter((term) => !term.startsWith('!')).map((term) => term.split('/').map((one) => one.trim())),
    not: terms.filter((term) => term.startsWith('!')).map((term) => term.slice(1).trim()),
  };
}

/** A word in this share of a topic's questions belongs to it wholly. */
const FULL_SHARE = 0.25;
const ANCHOR_SHARE = 0.4;

function topicWords(topics: readonly Topic[], vocabulary: Vocabulary, lexicon: Lexicon) {
  const filler = new Set(vocabulary.filler);
  const weak = new Set(vocabulary.weak);
  const telling = (text: string) =>
    standardise(normalise(text), lexicon).filter((word) => !filler.has(word) && !/^\d{1,2}$/.test(word));
  const prepared = topics.map((topic): TopicWords => {
    const words = new Map<string, number>();
    const examples = topic.questions.map((question) => new Set(telling(question)));
    for (const example of examples) for (const word of example) words.set(word, (words.get(word) ?? 0) + 1);
    const full = Math.max(1, topic.questions.length * FULL_SHARE);
    const anchors = [...words]
      .filter(([word, count]) => weak.has(word) && count >= topic.questions.length * ANCHOR_SHARE)
      .map(([word]) => word);
    for (const [word, count] of words) words.set(word, Math.min(1, count / full));
    const keywords = topic.keywords.map(telling);
    for (const word of [...keywords.flat(), ...telling(topic.title)]) words.set(word, 1);
    return { id: topic.id, words, phrases: keywords.filter((keyword) => keyword.length > 1), anchors, examples };
  });
  const spread = new Map<string, number>();
  for (const topic of prepared)
    for (const [word, share] of topic.words) spread.set(word, (spread.get(word) ?? 0) + share);
  const strong = new Set(vocabulary.strong);
  const everyday = new Set(vocabulary.everyday);
  const weights = new Map<string, number>();
  for (const word of new Set([...spread.keys(), ...weak, ...strong])) {
    const rarity = Math.log((topics.length + 1) / (1 + (spread.get(word) ?? 0))) / Math.log(topics.length + 1 || 2);
    const kind = weak.has(word) ? WEAK_WORD : strong.has(word) ? 1 : everyday.has(word) ? EVERYDAY_WORD : PLAIN_WORD;
    weights.set(word, kind * (0.4 + 0.6 * Math.max(0, rarity)));
  }
  return { topics: prepared, weights };
}

const WEAK_WORD = 0.12;
const EVERYDAY_WORD = 0.1;
const PLAIN_WORD = 0.7;

// ---------------------------------------------------------------- understanding one message

/** What is noticed in a text before it is judged. */
interface Noticed {
  readonly tokens: readonly Token[];
  readonly marks: ReadonlySet<string>;
  readonly countries: readonly string[];
}

/** In a private chat somebody who tells something is believed to tell it to be helped: the zero point is lower. */
const PRIVATE_LEAN: Required<Points> = { question: 2.5, report: 3, advert: 1.5 };
/** A question is answered from this fit up, in private and in a group. */
const FIT_PRIVATE = 0.3;
/** From here up it is answered in private even without a word that is surely the office's. */
const FIT_ALONE = 0.55;
const FIT_GROUP = 0.37;
/** Unasked in a group, a message must be this much of a question besides. */
const QUESTION_GROUP = 0.25;
/** From here up a report or an advert in a group is worth telling officers silently. */
const QUIET = 0.35;
/** Topics below this fit are not named at all; no more than this many are. */
const FIT_NAMED = 0.12;
const TOPICS_NAMED = 5;

/**
 * What a message means.
 * @param text as typed, without the mention of the bot
 * @param understanding from `prepare`
 * @param heard where it was said
 */
export function understand(text: string, understanding: Understanding, heard: Heard): Meaning {
  const noticed = notice(text, understanding);
  const topics = rank(noticed.tokens, understanding);
  const spoken = heard.chat === 'private' || heard.addressed;
  const odds = judge(noticed.marks, understanding, spoken);
  const accusation = accusedIn(text, understanding);
  const asked = understanding.samples.get(sampleKey(text));
  const verdict = asked
    ? { kind: 'answer' as const, certainty: 1, why: ['sample'] }
    : decide(noticed, topics, odds, heard, spoken, accusation);
  const urgent = [...noticed.marks].filter((mark) => understanding.urgent.has(mark));
  const signs = SIGNS.filter((sign) => noticed.marks.has(sign));
  // In private whatever is said may belong to a case; of chat in a group nothing more is asked.
  const mayBeCase = heard.chat === 'private' || verdict.kind === 'report' || verdict.kind === 'warn';
  const tokens = (part: string) => tokensOf(part, understanding);
  const facets = mayBeCase
    ? facetsOf(text, understanding.facets, tokens, understanding.signs, verdict.kind !== 'warn')
    : { contacts: [] };
  return {
    kind: verdict.kind,
    confidence: verdict.certainty >= SURE ? 'sure' : 'doubtful',
    topics: [
      ...(asked ? [{ topic: asked, score: 1 }] : []),
      ...topics.filter((fit) => fit.score >= FIT_NAMED && fit.topic !== asked),
    ].slice(0, TOPICS_NAMED),
    severity: urgent.length > 0 ? 'darurat' : 'biasa',
    signs,
    reasons: signs.filter((sign) => understanding.urgent.has(sign)),
    ...facets,
    countries: noticed.countries,
    accuses: verdict.kind === 'report' || verdict.kind === 'warn' || accusation.grave ? accusation.accused : [],
    why: [
      ...verdict.why,
      ...noticed.marks,
      ...urgent.map((mark) => `urgent:${mark}`),
      `odds:${odds.question.toFixed(2)}/${odds.report.toFixed(2)}/${odds.advert.toFixed(2)}`,
    ],
  };
}

function tokensOf(text: string, understanding: Understanding): Token[] {
  return standardise(normalise(text), understanding.lexicon).map((word) => ({
    word,
    symbols: understanding.symbols.get(word) ?? (/^\d+$/.test(word) ? [word, NUMBER_GROUP] : [word]),
  }));
}

/** Marks that no word pattern can show. */
const SHORT_WORDS = 4;
const BRIEF_WORDS = 8;
const LONG_WORDS = 40;
const ADVERT_LINES = 4;

function notice(text: string, understanding: Understanding): Noticed {
  const tokens = tokensOf(text, understanding);
  const marks = new Set<string>();
  scan(tokens, understanding.index, (pattern) => marks.add(pattern.name));
  if (text.includes('?')) marks.add('tanda-tanya');
  if (tokens.length <= SHORT_WORDS) marks.add('pendek');
  if (tokens.length <= BRIEF_WORDS) marks.add('singkat');
  if (tokens.length >= LONG_WORDS) marks.add('panjang');
  if (text.split('\n').filter((line) => line.trim() !== '').length >= ADVERT_LINES) marks.add('banyak-baris');
  if (/\p{Lu}{4,}(?:\s+\p{Lu}{3,}){2,}/u.test(text)) marks.add('huruf-besar');
  const countries: string[] = [];
  for (const { word } of tokens) {
    const country = understanding.countries.get(word);
    if (country !== undefined && !countries.includes(country)) countries.push(country);
  }
  if (countries.length > 0) marks.add('negara');
  for (const { name, needs, not } of understanding.combined)
    if (needs.every((any) => any.some((mark) => marks.has(mark))) && !not.some((mark) => marks.has(mark)))
      marks.add(name);
  return { tokens, marks, countries };
}

/** The shares of the three readings, 0..1 each; what is missing to 1 is ordinary chat. */
function judge(marks: ReadonlySet<string>, understanding: Understanding, spoken: boolean): Required<Points> {
  const sum = { ...understanding.base };
  for (const mark of marks) {
    const points = understanding.points.get(mark);
    if (points === undefined) continue;
    sum.question += points.question ?? 0;
    sum.report += points.report ?? 0;
    sum.advert += points.advert ?? 0;
  }
  const lean = spoken ? PRIVATE_LEAN : { question: 0, report: 0, advert: 0 };
  const question = Math.exp(sum.question + lean.question);
  const report = Math.exp(sum.report + lean.report);
  const advert = Math.exp(sum.advert + lean.advert);
  const all = 1 + question + report + advert;
  return { question: question / all, report: report / all, advert: advert / all };
}

interface Verdict {
  readonly kind: Kind;
  /** 0..1 */
  readonly certainty: number;
  readonly why: readonly string[];
}
/** From here up a meaning is sure enough to speak unasked in a group. */
const SURE = 0.6;

type Fit = Meaning['topics'][number];

/** In private a problem is taken down from this share up: a story must never get a mere menu. */
const PRIVATE_REPORT = 0.35;
const PRIVATE_ADVERT = 0.5;

function decide(
  noticed: Noticed,
  topics: readonly Fit[],
  odds: Required<Points>,
  heard: Heard,
  spoken: boolean,
  accusation: Accusation,
): Verdict {
  const { marks, tokens } = noticed;
  const fit = topics[0]?.score ?? 0;
  const verdict = (kind: Kind, certainty: number, ...why: string[]): Verdict => ({ kind, certainty, why });
  if (!spoken) return inGroup(marks, odds, fit, verdict);
  if (tokens.length === 0 && heard.attachments > 0) return verdict('report', SURE, 'attachment-only');
  if (odds.advert >= PRIVATE_ADVERT && odds.advert > odds.report) return verdict('warn', odds.advert);
  if (accusation.grave) return verdict('report', Math.max(SURE, odds.report), 'accuses');
  if (marks.has('tanya-cara-lapor')) {
    if (fit >= FIT_PRIVATE) return verdict('answer', fit);
    return verdict('menu', 1, 'how-to-report');
  }
  if (marks.has('hanya-urusan-sendiri')) return verdict('human', 0.8, 'own-matter');
  if (marks.has('hanya-minta-orang') || (marks.has('minta-orang') && odds.report < PRIVATE_REPORT))
    return verdict('human', 0.9, 'asks-for-a-person');
  if (odds.report >= PRIVATE_REPORT && odds.report >= odds.question) return verdict('report', odds.report);
  if (accusation.accused.length > 0 && marks.has('perkara') && !marks.has('bertanya'))
    return verdict('report', SURE, 'accuses');
  if (
    fit >= FIT_PRIVATE &&
    (fit >= FIT_ALONE || marks.has('pokok') || marks.has('pasti')) &&
    !marks.has('urusan-sendiri')
  )
    return verdict('answer', fit);
  if (odds.report >= PRIVATE_REPORT) return verdict('report', odds.report);
  if (marks.has('urusan-sendiri') || marks.has('minta-orang')) return verdict('human', 0.8, 'own-matter');
  if (marks.has('pokok') && (marks.has('tanya') || marks.has('tanda-tanya') || marks.has('minta-tahu')))
    return verdict('human', 0.7, 'no-topic');
  if (marks.has('butuh-bantuan')) return verdict('report', odds.report, 'may-need-help');
  return verdict('menu', 1);
}

function inGroup(
  marks: ReadonlySet<string>,
  odds: Required<Points>,
  fit: number,
  verdict: (kind: Kind, certainty: number, ...why: string[]) => Verdict,
): Verdict {
  const best = Math.max(odds.question, odds.report, odds.advert);
  if (odds.advert === best && odds.advert >= QUIET) return verdict('warn', odds.advert);
  if (odds.report === best && odds.report >= QUIET) return verdict('report', odds.report);
  if (marks.has('tanya-cara-lapor')) {
    if (fit >= FIT_GROUP) return verdict('answer', Math.max(SURE, fit));
    return verdict('answer', SURE, 'how-to-report');
  }
  const asks = marks.has('tanda-tanya') || (marks.has('bertanya') && !marks.has('syukur') && !marks.has('pengumuman'));
  if (asks && marks.has('pasti') && odds.question === best && fit > FIT_GROUP / 2)
    return verdict('answer', Math.min(1, SURE * Math.min(odds.question / QUESTION_GROUP, fit / FIT_GROUP)));
  return verdict('silent', 1 - best);
}

// ---------------------------------------------------------------- topics

/** Score of a message that has this much telling weight explained is half of what it can be. */
const HALF_WEIGHT = 0.5;
const UNEXPLAINED = 0.8;
const PHRASE_BONUS = 0.35;
const EXAMPLE_SHARE = 0.4;
const UNANCHORED = 0.6;

function rank(tokens: readonly Token[], understanding: Understanding): Fit[] {
  const { weights } = understanding;
  const words = new Set(tokens.map((token) => token.word));
  let total = 0;
  for (const word of words) total += weights.get(word) ?? 0;
  if (total === 0) return [];
  return understanding.topics
    .map((topic) => ({ topic: topic.id, score: fitOf(topic, words, total, weights) }))
    .filter((fit) => fit.score > 0)
    .sort((a, b) => b.score - a.score || (a.topic < b.topic ? -1 : 1));
}

function fitOf(
  topic: TopicWords,
  words: ReadonlySet<string>,
  total: number,
  weights: ReadonlyMap<string, number>,
): number {
  let explained = 0;
  for (const word of words) explained += (weights.get(word) ?? 0) * (topic.words.get(word) ?? 0);
  if (explained === 0) return 0;
  let bonus = 0;
  for (const phrase of topic.phrases) if (phrase.every((word) => words.has(word))) bonus = PHRASE_BONUS;
  const coverage = explained / (explained + UNEXPLAINED * (total - explained));
  const mass = (explained + bonus) / (explained + bonus + HALF_WEIGHT);
  let nearest = 0;
  for (const example of topic.examples) nearest = Math.max(nearest, likeness(example, words, total, weights));
  const anchored = topic.anchors.length === 0 || topic.anchors.some((word) => words.has(word)) ? 1 : UNANCHORED;
  return (
    anchored * Math.min(1, coverage * mass * (1 - EXAMPLE_SHARE) + nearest * EXAMPLE_SHARE + bonus * coverage * 0.3)
  );
}

/** How alike an example and a message are: shared weight against the weight of both, 0..1. */
function likeness(
  example: ReadonlySet<string>,
  words: ReadonlySet<string>,
  total: number,
  weights: ReadonlyMap<string, number>,
): number {
  let shared = 0;
  let own = 0;
  for (const word of example) {
    const weight = weights.get(word) ?? 0;
    own += weight;
    if (words.has(word)) shared += weight;
  }
  return shared === 0 ? 0 : shared / (own + total - shared);
}

// ---------------------------------------------------------------- who is accused

interface Accusation {
  readonly accused: readonly Accused[];
  /** What they did is told too, so that the message is a report whatever else it looks like. */
  readonly grave: boolean;
}

/**
 * Who is named as the wrongdoer. Every mention of an officer, official, policeman or head counts, unless it is plainly
 * harmless (an address, a signature, "sudah lapor ke ..."): a leak to the accused is worse than a detour.
 */
function accusedIn(text: string, understanding: Understanding): Accusation {
  const accused = new Set<Accused>();
  let grave = false;
  const clauses = text
    .split(/(?<=[.!?\n,;])/)
    .map((clause) => ({ tokens: tokensOf(clause, understanding), end: clause.trimEnd().at(-1) ?? '' }))
    .filter((clause) => clause.tokens.length > 0);
  clauses.forEach((clause, i) => {
    scan(clause.tokens, understanding.roles, (pattern, at, end) => {
      const role = pattern.name as Accused;
      const named: Token = { word: '@', symbols: ['@', `@${role}`] };
      const around = [...clause.tokens.slice(0, at), named, ...clause.tokens.slice(end)];
      if (matches(around, understanding.grave)) {
        accused.add(role);
        grave = true;
      } else if (matches(around, understanding.harmless)) return;
      else if (
        around.every((token) => token === named || understanding.address.has(token.word)) &&
        isAddress(clauses, i)
      )
        return;
      else accused.add(role);
    });
  });
  return { accused: [...accused], grave };
}

/** A clause that only names somebody is an address at the beginning, and a signature after a full stop. */
function isAddress(clauses: readonly { readonly end: string }[], i: number): boolean {
  if (i === 0) return clauses.length > 1;
  return i < clauses.length - 1 || clauses[i - 1]?.end !== ',';
}
