// Who is in trouble, when somebody leaves, and whose numbers stand in a report: worked out from fixed patterns alone.

import type { SaidDay, Who } from '../types.ts';
import { contactsIn, type Money } from './contacts.ts';
import { type DayPhrase, daysIn } from './days.ts';
import { compile, type Index, indexOf, matches, scan, type Token } from './patterns.ts';

const WHO = ['self', 'kin', 'another'] as const satisfies readonly Who[];

/** The words for it, as data/language/rincian.yaml tells them. */
export interface FacetWords {
  /** `none`: words for a person that tell of nobody in trouble. What stands first in this order takes its words. */
  readonly who: Readonly<Record<Who | 'none', readonly string[]>>;
  /** Patterns of leaving and being taken. */
  readonly leaving: readonly string[];
  /** Right before a leaving word: it has been. */
  readonly over: readonly string[];
  /** Right before a leaving word: it is not to be. */
  readonly off: readonly string[];
  /** Shortly before a leaving word: it has not been. */
  readonly toCome: readonly string[];
  /** Patterns of a story that has happened. */
  readonly happened: readonly string[];
  /** Before a day that is of something else. */
  readonly otherDay: readonly string[];
  /** After a day that has been. */
  readonly pastDay: readonly string[];
  readonly money: Money;
}

export interface Facets {
  readonly who: readonly { readonly is: Who | 'none'; readonly index: Index }[];
  readonly leaving: Index;
  readonly over: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
  readonly toCome: ReadonlySet<string>;
  readonly happened: Index;
  readonly otherDay: ReadonlySet<string>;
  readonly pastDay: ReadonlySet<string>;
  readonly money: Money;
}

/** @param spell a word in standard spelling */
export function prepareFacets(words: FacetWords, spell: (word: string) => string): Facets {
  const indexed = (sources: readonly string[]) => indexOf(sources.flatMap((source) => compile('', source, spell)));
  const set = (list: readonly string[]) => new Set(list.map(spell));
  return {
    who: (['none', 'another', 'kin', 'self'] as const).map((is) => ({ is, index: indexed(words.who[is]) })),
    leaving: indexed(words.leaving),
    over: set(words.over),
    off: set(words.off),
    toCome: set(words.toCome),
    happened: indexed(words.happened),
    otherDay: set(words.otherDay),
    pastDay: set(words.pastDay),
    money: words.money,
  };
}

export interface Found {
  readonly who?: Who;
  readonly when?: SaidDay;
  readonly contacts: readonly string[];
}

/**
 * What a text tells besides its signs.
 * @param text as typed
 * @param tokens gives the words of a piece of it, in standard spelling
 * @param signs patterns of what stands out in a report: whoever is named beside it is in trouble
 * @param tells of somebody in trouble; what an advert says of "saya" is its writer
 */
export function facetsOf(
  text: string,
  facets: Facets,
  tokens: (text: string) => readonly Token[],
  signs: Index,
  tells: boolean,
): Found {
  const sentences = sentencesOf(text, tokens);
  const who = tells ? whoIn(sentences, facets, signs) : undefined;
  const when = whenIn(sentences, facets);
  return { ...(who && { who }), ...(when && { when }), contacts: contactsIn(text, facets.money) };
}

// ---------------------------------------------------------------- sentences

interface Sentence {
  readonly tokens: readonly Token[];
  /** For each word the number of its clause. */
  readonly clause: readonly number[];
}

/** "12/12/2026" and "12-12": the marks between are lost on the words. */
const NUMERIC_DATE =
  /(?<![\d/.-])(?:(?:tanggal|tgl)\.?\s*)?(\d{1,2})[/-](\d{1,2})(?:[/-](20\d\d|\d\d))?(?![\d/-]|\.\d)/gi;

/** Dates as words, where they can be dates: "8-10 orang" is none, nor "1/2 juta". */
function spellDates(text: string): string {
  return text.replace(/\btgl\./gi, 'tgl ').replace(NUMERIC_DATE, (all, day, month, year) => {
    const isDate = Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
    const marked = /^t/i.test(all) || year !== undefined || all.includes('/');
    if (!isDate || !marked) return all;
    return ` tanggal ${Number(day)} bulan ${Number(month)} ${year === undefined ? '' : String(2000 + (Number(year) % 2000))} `;
  });
}

function sentencesOf(text: string, tokens: (text: string) => readonly Token[]): Sentence[] {
  return spellDates(text)
    .split(/[.!?\n]+(?=\s|$)|\n/)
    .map((sentence): Sentence => {
      const words: Token[] = [];
      const clause: number[] = [];
      sentence.split(/[,;:](?=\s|$)/).forEach((part, i) => {
        for (const token of tokens(part)) {
          words.push(token);
          clause.push(i);
        }
      });
      return { tokens: words, clause };
    })
    .filter((sentence) => sentence.tokens.length > 0);
}

interface Span {
  readonly at: number;
  readonly end: number;
}

function spansOf(tokens: readonly Token[], index: Index): Span[] {
  const spans: Span[] = [];
  scan(tokens, index, (_pattern, at, end) => spans.push({ at, end }));
  return spans;
}

// ---------------------------------------------------------------- when

/** A day belongs to a leaving word that is no further from it than so many words. */
const NEAR = 8;
/** What stands in another clause is that much further off. */
const CLAUSE_GAP = 3;

function whenIn(sentences: readonly Sentence[], facets: Facets): SaidDay | undefined {
  let named: SaidDay | undefined;
  const happened = sentences.some(({ tokens }) => matches(tokens, facets.happened));
  for (const sentence of sentences) {
    const words = sentence.tokens.map(({ word }) => word);
    const days = daysIn(words).filter((day) => isAhead(day, words, facets));
    if (days.length === 0) continue;
    const leaving = spansOf(sentence.tokens, facets.leaving).map((span) => leavingAt(span, words, facets, happened));
    // It says that somebody leaves, and not when: a day near by is of that, or of nothing.
    const best = nearest(days, leaving, sentence, words, facets);
    if (best) return { said: best.said, leaves: true };
    const free = days.find((day) => otherBefore(day, words, sentence, facets) === undefined);
    if (free && leaving.length === 0) named ??= { said: free.said, leaves: false };
  }
  return named;
}

interface LeavingWord extends Span {
  /** It has been: "sudah berangkat", or a story that has happened, as it stands. */
  readonly over: boolean;
  /** It is not to be: "tidak jadi berangkat". */
  readonly off: boolean;
}

/** So far before a leaving word stands that it is still to come: "mau ikut dibawa". */
const TO_COME = 3;

function leavingAt(span: Span, words: readonly string[], facets: Facets, happened: boolean): LeavingWord {
  const before = words[span.at - 1] ?? '';
  const toCome = words.slice(Math.max(0, span.at - TO_COME), span.end).some((word) => facets.toCome.has(word));
  return { ...span, off: facets.off.has(before), over: facets.over.has(before) || (happened && !toCome) };
}

/** "hari sabtu kemarin" has been. */
const isAhead = (day: DayPhrase, words: readonly string[], facets: Facets) =>
  !facets.pastDay.has(words[day.end] ?? '') &&
  !(words[day.end] === 'yang' && facets.pastDay.has(words[day.end + 1] ?? ''));

/** Where it says that the day is of something else: "gajian tanggal 5", "sejak hari senin"; one or two words before, in its own clause. */
const otherBefore = (day: DayPhrase, words: readonly string[], sentence: Sentence, facets: Facets) =>
  [day.at - 1, day.at - 2].find(
    (at) => sentence.clause[at] === sentence.clause[day.at] && facets.otherDay.has(words[at] ?? ''),
  );

function nearest(
  days: readonly DayPhrase[],
  leaving: readonly LeavingWord[],
  sentence: Sentence,
  words: readonly string[],
  facets: Facets,
): DayPhrase | undefined {
  let best: DayPhrase | undefined;
  let least = NEAR + 1;
  for (const day of days) {
    const other = otherBefore(day, words, sentence, facets);
    for (const span of leaving) {
      // What is to be tomorrow cannot have been.
      if (span.off || (span.over && !day.ahead)) continue;
      const follows = day.at >= span.at;
      const gap = follows ? Math.max(0, day.at - span.end) : Math.max(0, span.at - day.end);
      const apart = Math.abs((sentence.clause[day.at] ?? 0) - (sentence.clause[span.at] ?? 0));
      const distance = gap + apart * CLAUSE_GAP;
      // "janji bayar tanggal 28" is not of leaving, unless leaving stands between or right after: "bayar dulu sabtu berangkat".
      const between = other !== undefined && span.at > other && span.at < day.at;
      if (other !== undefined && !between && !(gap === 0 && !follows && apart === 0)) continue;
      if (distance < least || (distance === least && follows && !best)) {
        best = day;
        least = distance;
      }
    }
  }
  return best;
}

// ---------------------------------------------------------------- who

/** Whom something happens to stands before it ("adik saya dibawa"), whom something is done to after it ("membawa adik saya"). */
const OTHER_SIDE = 3;
const DOES = /^(me(?!nikah|nyeberang|ninggal|rantau)|ng(?!o)|bawa$|jual$|angkut$|jemput$)/;

interface Mention extends Span {
  readonly is: Who;
}

/** Whoever is named nearest to what happens, all places counted; where nothing happens, kin or another that is named. */
function whoIn(sentences: readonly Sentence[], facets: Facets, signs: Index): Who | undefined {
  const votes: Record<Who, number> = { self: 0, kin: 0, another: 0 };
  const named = new Set<Who>();
  for (const { tokens } of sentences) {
    const mentions = mentionsIn(tokens, facets);
    for (const { is } of mentions) named.add(is);
    for (const trouble of [...spansOf(tokens, signs), ...spansOf(tokens, facets.leaving)]) {
      const beside = mentions
        .map((mention) => ({ is: mention.is, far: farFrom(mention, trouble, tokens) }))
        .sort((a, b) => a.far - b.far)[0];
      if (beside) votes[beside.is] += 1 / (1 + beside.far);
    }
  }
  const most = [...WHO].sort((a, b) => votes[b] - votes[a])[0] as Who;
  if (votes[most] > 0) return most;
  if (named.has('kin')) return 'kin';
  return named.has('another') ? 'another' : undefined;
}

function farFrom(mention: Span, trouble: Span, tokens: readonly Token[]): number {
  const does = DOES.test(tokens[trouble.at]?.word ?? '');
  if (mention.end <= trouble.at) return trouble.at - mention.end + (does ? OTHER_SIDE : 0);
  return mention.at >= trouble.end ? mention.at - trouble.end + (does ? 0 : OTHER_SIDE) : 0;
}

function mentionsIn(tokens: readonly Token[], facets: Facets): Mention[] {
  const taken = new Set<number>();
  const mentions: Mention[] = [];
  const owner = new Set(
    facets.who.filter(({ is }) => is === 'self').flatMap(({ index }) => spansOf(tokens, index).map(({ at }) => at)),
  );
  for (const { is, index } of facets.who) {
    for (const { at, end: last } of spansOf(tokens, index)) {
      if (taken.has(at)) continue;
      // "adik perempuan saya": whose sister she is, and no other person.
      const end = owner.has(last) && is !== 'self' ? last + 1 : last;
      for (let i = at; i < end; i++) taken.add(i);
      if (is !== 'none') mentions.push({ is, at, end });
    }
  }
  return mentions;
}
