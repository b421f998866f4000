// The small language in which data/language/ tells what to look for: rows of words, and where they stand in a text.

interface Step {
  readonly any: ReadonlySet<string>;
  /** How many other words may stand before it. */
  readonly gap: number;
}

export interface Pattern {
  readonly name: string;
  readonly source: string;
  readonly not?: ReadonlySet<string>;
  readonly steps: readonly Step[];
}

/** First word or group of a pattern -> patterns. */
export type Index = ReadonlyMap<string, readonly Pattern[]>;

const GAPS: Readonly<Record<string, number>> = { '..': 3, '...': 8 };
const EITHER_ORDER_GAP = 5;

export function compile(name: string, source: string, spell: (word: string) => string): Pattern[] {
  const words = source.trim().split(/\s+/);
  const both = words.indexOf('~');
  if (both > 0) {
    const left = words.slice(0, both);
    const right = words.slice(both + 1);
    const near = stepsOf([...right], spell, EITHER_ORDER_GAP);
    const far = stepsOf([...left], spell, EITHER_ORDER_GAP);
    return [
      { name, source, steps: [...stepsOf(left, spell), ...near] },
      { name, source, steps: [...stepsOf(right, spell), ...far] },
    ];
  }
  const first = words[0] ?? '';
  if (!first.startsWith('!')) return [{ name, source, steps: stepsOf(words, spell) }];
  return [{ name, source, not: alternatives(first.slice(1), spell), steps: stepsOf(words.slice(1), spell) }];
}

function stepsOf(words: readonly string[], spell: (word: string) => string, firstGap = 0): Step[] {
  const steps: Step[] = [];
  let gap = firstGap;
  for (const word of words) {
    const wide = GAPS[word];
    if (wide !== undefined) gap = wide;
    else {
      steps.push({ any: alternatives(word, spell), gap });
      gap = 0;
    }
  }
  return steps;
}

function alternatives(word: string, spell: (word: string) => string): ReadonlySet<string> {
  return new Set(word.split('|').map((one) => (/^[<@A-Z]/.test(one) ? one : spell(one))));
}

export function indexOf(patterns: readonly Pattern[]): Index {
  const index = new Map<string, Pattern[]>();
  for (const pattern of patterns)
    for (const word of pattern.steps[0]?.any ?? []) {
      const list = index.get(word);
      if (list) list.push(pattern);
      else index.set(word, [pattern]);
    }
  return index;
}

/** A word with the groups it belongs to. */
export interface Token {
  readonly word: string;
  readonly symbols: readonly string[];
}

/** Calls `found` for each place where a pattern begins; `end` is past its last word. */
export function scan(
  tokens: readonly Token[],
  index: Index,
  found: (pattern: Pattern, at: number, end: number) => void,
): void {
  for (let at = 0; at < tokens.length; at++)
    for (const symbol of (tokens[at] as Token).symbols)
      for (const pattern of index.get(symbol) ?? []) {
        if (pattern.not && at > 0 && fits(tokens[at - 1] as Token, pattern.not)) continue;
        const end = follow(tokens, pattern.steps, 1, at + 1);
        if (end > 0) found(pattern, at, end);
      }
}

function follow(tokens: readonly Token[], steps: readonly Step[], step: number, from: number): number {
  const wanted = steps[step];
  if (wanted === undefined) return from;
  const last = Math.min(from + wanted.gap, tokens.length - 1);
  for (let at = from; at <= last; at++) {
    if (!fits(tokens[at] as Token, wanted.any)) continue;
    const end = follow(tokens, steps, step + 1, at + 1);
    if (end > 0) return end;
  }
  return 0;
}

function fits(token: Token, any: ReadonlySet<string>): boolean {
  return token.symbols.some((symbol) => any.has(symbol));
}

/** Whether any of the patterns stands in the text. */
export function matches(tokens: readonly Token[], index: Index): boolean {
  let any = false;
  scan(tokens, index, () => {
    any = true;
  });
  return any;
}
