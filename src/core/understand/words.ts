// The words of data/language/ and the keywords of topics, made ready for reading messages.

import { lexiconOf, normalise, type Showable, standardise } from '../text.ts';
import type { Accused, Sign, Topic } from '../types.ts';
import type { Accusations } from './accused.ts';
import { type Facets, type FacetWords, prepareFacets } from './facets.ts';
import type { Reader } from './features.ts';
import { compile, type Index, indexOf, type Token } from './patterns.ts';

/** The words the bot hears by, as data/language/ tells them. How a pattern is written: see `understand/patterns.ts`. */
export interface Vocabulary {
  /** Standard spelling -> slang, dialect and other spellings. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  /** Country -> its other names, cities and places. */
  readonly countries: Readonly<Record<string, readonly string[]>>;
  /** Words that patterns may name together as `<group>`, and that the model takes for alike. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** What stands out in a report: patterns. */
  readonly signs: Readonly<Record<Sign, readonly string[]>>;
  /** Signs of danger now: with one of them a report is `darurat`. */
  readonly urgent: readonly Sign[];
  /** Says that one wants to report, or asks how one does, and nothing yet of what: patterns. */
  readonly reporting: { readonly wish: readonly string[]; readonly how: readonly string[] };
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
  /** Words of the subject; misspelt ones are repaired towards them. */
  readonly subject: readonly string[];
  /** Words that say nothing about a subject. */
  readonly filler: readonly string[];
  /** Everyday words that must not be taken for misspelt subject words. */
  readonly everyday: readonly string[];
}

/** Topics and vocabulary made ready. */
export interface Words {
  readonly reader: Reader;
  readonly symbols: ReadonlyMap<string, readonly string[]>;
  readonly signs: Index;
  readonly urgent: ReadonlySet<Sign>;
  readonly wishes: Index;
  readonly ways: Index;
  readonly countries: ReadonlyMap<string, string>;
  readonly accusations: Accusations;
  readonly facets: Facets;
  /** What may stay of a text in an example that is kept. */
  readonly showable: Showable;
}

/** A group every vocabulary has: the countries. */
const COUNTRY_GROUP = '<negara>';

const NUMBER_GROUP = '<angka>';

/**
 * Makes topics and vocabulary ready; done once, and again when they were edited.
 * @param topics the topics that are loaded, in any number
 * @param names of villages, districts and people; no word of them is ever shown in an example
 */
export function wordsOf(topics: readonly Topic[], vocabulary: Vocabulary, names: readonly string[] = []): Words {
  const { countries, spellings } = countryWords(vocabulary);
  const plain = sourcesOf(vocabulary).flatMap(plainWords);
  const keywords = topics.flatMap((topic) => topic.keywords.flatMap(normalise));
  const subject = new Set([...plain, ...countries.keys(), ...vocabulary.subject, ...keywords]);
  const common = [...vocabulary.filler, ...vocabulary.everyday];
  for (const word of common) subject.delete(word);
  const lexicon = lexiconOf(spellings, subject, [...common, ...plain, ...Object.values(vocabulary.groups).flat()]);
  const spell = (word: string): string => lexicon.spellings.get(word)?.[0] ?? word;
  const symbols = new Map<string, string[]>();
  const join = (word: string, group: string) => symbols.set(word, [...(symbols.get(word) ?? [word]), group]);
  for (const [group, words] of Object.entries(vocabulary.groups))
    for (const word of words) join(spell(word), `<${group}>`);
  for (const word of countries.keys()) join(word, COUNTRY_GROUP);
  const compiled = (name: string, list: readonly string[]) => list.flatMap((source) => compile(name, source, spell));
  const named = (record: Readonly<Record<string, readonly string[]>>) =>
    indexOf(Object.entries(record).flatMap(([name, list]) => compiled(name, list)));
  const reader: Reader = {
    lexicon,
    groups: new Map([...symbols].map(([word, all]) => [word, all[1] as string])),
    met: new Map(),
  };
  return {
    reader,
    symbols,
    signs: named(vocabulary.signs),
    urgent: new Set(vocabulary.urgent),
    wishes: indexOf(compiled('wish', vocabulary.reporting.wish)),
    ways: indexOf(compiled('how', vocabulary.reporting.how)),
    countries,
    accusations: {
      roles: named(vocabulary.accused.roles),
      harmless: indexOf(compiled('harmless', vocabulary.accused.harmless)),
      grave: indexOf(compiled('grave', vocabulary.accused.grave)),
      address: new Set(vocabulary.accused.address.map(spell)),
    },
    facets: prepareFacets(vocabulary.facets, spell),
    showable: showableOf(vocabulary, [...countries.keys(), ...plain], names),
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
    ...vocabulary.subject,
    ...Object.values(vocabulary.groups).flat(),
    ...Object.keys(vocabulary.spellings).flatMap((standard) => standard.split(' ')),
  ]);
  // "Pak Kades Yusuf": his office is nobody's name.
  const roles = new Set([...Object.values(vocabulary.accused.roles).flat().flatMap(plainWords), ...vocabulary.filler]);
  for (const word of names.flatMap(normalise)) if (!roles.has(word)) words.delete(word);
  return { words, alsoNames: new Set(vocabulary.everyday) };
}

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

const sourcesOf = (vocabulary: Vocabulary): string[] => [
  ...Object.values(vocabulary.signs).flat(),
  ...Object.values(vocabulary.accused.roles).flat(),
  ...Object.values(vocabulary.reporting).flat(),
];

function plainWords(source: string): string[] {
  return source.split(/[\s|~!]+/).filter((word) => /^\p{L}/u.test(word));
}

/** Words with the groups they belong to. */
export function tokensOf(words: readonly string[], { symbols }: Words): Token[] {
  return words.map((word) => ({
    word,
    symbols: symbols.get(word) ?? (/^\d+$/.test(word) ? [word, NUMBER_GROUP] : [word]),
  }));
}

/** Reads the words of any piece of text. */
export const tokensIn = (words: Words) => (part: string) =>
  tokensOf(standardise(normalise(part), words.reader.lexicon), words);
