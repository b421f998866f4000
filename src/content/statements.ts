// Takes a text apart into its statements and finds the sources of each, so that a reader can check every sentence.

export interface Source {
  /** Words of the statement, as they stand in the text without * and _. */
  readonly says: string;
  readonly source: string;
  /** V: seen in the source; K: general knowledge. Nothing else may be said. */
  readonly status: 'V' | 'K';
}

export interface Statement {
  readonly text: string;
  /** A line that only names what follows; it states nothing. */
  readonly heading: boolean;
}

/** Without WhatsApp's marks, blanks folded. */
export function plain(text: string): string {
  return text.replace(/[*_]/g, '').replace(/\s+/g, ' ').trim();
}

/** A full stop, question or exclamation mark ends a sentence, where a capital letter, a figure or a place for a fact follows. */
const SENTENCE_END = /(?<=[.!?]["”)]?)\s+(?=["“(]?[\p{Lu}\d{])/u;
/** Abbreviations after which the sentence goes on. */
const GOES_ON =
  /(?:^|[\s("“])(?:no|nomor|jl|kec|kab|kel|prov|hlm|h|hj|dr|drs|prof|a\.n|s\.d|u\.p|mis|tgl|tel|telp)\.$/i;

function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  for (const piece of line.split(SENTENCE_END)) {
    const last = sentences.at(-1);
    if (last !== undefined && GOES_ON.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences;
}

/**
 * The statements of a text, in order. Each line ends one; so does a full stop, question or exclamation mark.
 * List marks are left out. A line wholly in bold that does not end as a sentence, or one that ends in a colon, is a heading.
 */
export function statementsOf(text: string): Statement[] {
  const statements: Statement[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim().replace(/^(-|\d{1,2}\.)\s+/, '');
    if (plain(line) === '') continue;
    const heading = /^\*[^*]+\*$/.test(line) && !/[.!]\*?$/.test(line);
    if (heading || /:\*?$/.test(line)) {
      statements.push({ text: plain(line), heading: true });
      continue;
    }
    for (const sentence of sentencesOf(plain(line))) statements.push({ text: sentence, heading: false });
  }
  return statements;
}

/** True when the words stand in the text as whole words: "5 tahun" does not stand in "15 tahun". */
function standsIn(words: string, text: string): boolean {
  if (words === '') return false;
  const inside = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const cutBefore = inside.test(words[0] ?? '') && inside.test(text[at - 1] ?? '');
    const cutAfter = inside.test(words.at(-1) ?? '') && inside.test(text[at + words.length] ?? '');
    if (!cutBefore && !cutAfter) return true;
  }
  return false;
}

/** The sources that speak of a statement. */
export function sourcesOf(statement: Statement, sources: readonly Source[]): Source[] {
  return sources.filter((source) => {
    const says = plain(source.says);
    return standsIn(says, statement.text) || standsIn(statement.text, says);
  });
}

/** Articles of a law, one or several: "Pasal 4", "Pasal 76F, 83", "Pasal 24 dan 44", "Pasal 48-50". */
const ARTICLES = /\bPasal (\d+[A-Z]?(?:(?:, | dan |-)\d+[A-Z]?)*)/g;
/** A law by its number and year. */
const LAWS = /\b\d+\/\d{4}\b/g;

/**
 * Every figure of a text: amounts, years, telephone numbers, days as they stand; laws as "21/2007" and articles as
 * "Pasal 4", so that neither the 4 of a date nor another law's 21 can speak for them.
 */
export function figuresIn(text: string): string[] {
  const articles: string[] = [];
  const laws: string[] = [];
  const rest = text
    .replace(ARTICLES, (_, list: string) => {
      for (const one of articlesIn(list)) articles.push(`Pasal ${one}`);
      return ' ';
    })
    .replace(LAWS, (law) => {
      laws.push(law);
      return ' ';
    });
  return [...articles, ...laws, ...[...rest.matchAll(/\d[\d.,-]*\d|\d/g)].map((found) => found[0])];
}

/** "48-50" names 49 as well. */
function articlesIn(list: string): string[] {
  return list.split(/, | dan /).flatMap((part) => {
    const [from, to] = part.split('-');
    if (to === undefined) return [part];
    return Array.from({ length: Math.max(0, Number(to) - Number(from)) + 1 }, (_, at) => String(Number(from) + at));
  });
}

export interface Unsourced {
  readonly statement: string;
  /** The figures that no source of this statement holds; none: the statement has no source at all. */
  readonly figures: readonly string[];
}

/**
 * Statements without a source, and figures that stand in no source of their statement. `npm run content` and the tests
 * take each for a fault of a shipped text. At start it is none: an office may put its own wording in DATA_DIR before
 * it has written a source for every sentence, and its bot answers all the same.
 */
export function unsourced(text: string, sources: readonly Source[]): Unsourced[] {
  const found: Unsourced[] = [];
  for (const statement of statementsOf(text)) {
    const covering = sourcesOf(statement, sources);
    const figures = figuresIn(statement.text);
    if (covering.length === 0) {
      if (!statement.heading || figures.length > 0) found.push({ statement: statement.text, figures: [] });
      continue;
    }
    const known = new Set(covering.flatMap(({ says, source }) => [...figuresIn(plain(says)), ...figuresIn(source)]));
    const missing = figures.filter((figure) => !known.has(figure));
    if (missing.length > 0) found.push({ statement: statement.text, figures: missing });
  }
  return found;
}

/** Sources whose words stand nowhere in the text any more. Like what is unsourced, a fault everywhere but at start. */
export function orphaned(text: string, sources: readonly Source[]): Source[] {
  const whole = plain(text);
  return sources.filter((source) => !standsIn(plain(source.says), whole));
}
