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

/** Abbreviations and addresses hold full stops that end nothing. */
const SENTENCE_END = /(?<=[.!?]["”)]?)\s+(?=["“(]?[\p{Lu}\d{])/u;

/**
 * The statements of a text, in order. Each line ends one; so does a full stop, question or exclamation mark.
 * List marks are left out. A line wholly in bold, or one that ends in a colon, is a heading.
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
    for (const sentence of plain(line).split(SENTENCE_END)) statements.push({ text: sentence, heading: false });
  }
  return statements;
}

/** The sources that speak of a statement. */
export function sourcesOf(statement: Statement, sources: readonly Source[]): Source[] {
  return sources.filter((source) => {
    const says = plain(source.says);
    return statement.text.includes(says) || says.includes(statement.text);
  });
}

/** Every figure of a text: amounts, articles, years, telephone numbers, days. */
export function figuresIn(text: string): string[] {
  return [...text.matchAll(/\d[\d.,-]*\d|\d/g)].map((found) => found[0]);
}

export interface Unsourced {
  readonly statement: string;
  /** The figures that no source of this statement holds; none: the statement has no source at all. */
  readonly figures: readonly string[];
}

/** Statements without a source, and figures that stand in no source of their statement. */
export function unsourced(text: string, sources: readonly Source[]): Unsourced[] {
  const found: Unsourced[] = [];
  for (const statement of statementsOf(text)) {
    const covering = sourcesOf(statement, sources);
    if (covering.length === 0) {
      if (!statement.heading || figuresIn(statement.text).length > 0) found.push({ statement: statement.text, figures: [] });
      continue;
    }
    const known = covering.map(({ says, source }) => `${plain(says)} ${source}`).join(' ');
    const figures = figuresIn(statement.text).filter((figure) => !figuresIn(known).includes(figure));
    if (figures.length > 0) found.push({ statement: statement.text, figures });
  }
  return found;
}

/** Sources whose words stand nowhere in the text any more. */
export function orphaned(text: string, sources: readonly Source[]): Source[] {
  const whole = plain(text);
  return sources.filter((source) => !whole.includes(plain(source.says)));
}
