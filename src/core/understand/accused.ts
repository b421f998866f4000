// Who is named as the wrongdoer.

import type { Accused } from '../types.ts';
import { type Index, matches, scan, type Token } from './patterns.ts';

/** The words that tell it, as `terlapor.yaml` has them. */
export interface Accusations {
  readonly roles: Index;
  /** Patterns around `@`, the one named, that make naming harmless, and those that never are. */
  readonly harmless: Index;
  readonly grave: Index;
  readonly address: ReadonlySet<string>;
}

export interface Accusation {
  readonly accused: readonly Accused[];
  /** What they did is told too, so that the message is a report whatever else it looks like. */
  readonly grave: boolean;
}

/**
 * Who is named as the wrongdoer. Every mention of an officer, official, policeman or head counts, unless it is plainly
 * harmless (an address, a signature, "sudah lapor ke ..."): a leak to the accused is worse than a detour.
 * @param tokens all words of the text
 * @param tokensOf the words of a clause
 */
export function accusedIn(
  text: string,
  tokens: readonly Token[],
  tokensOf: (clause: string) => readonly Token[],
  { roles, harmless, grave: graves, address }: Accusations,
): Accusation {
  if (!matches(tokens, roles)) return { accused: [], grave: false };
  const accused = new Set<Accused>();
  let grave = false;
  const clauses = text
    .split(/(?<=[.!?\n,;])/)
    .map((clause) => ({ tokens: tokensOf(clause), end: clause.trimEnd().at(-1) ?? '' }))
    .filter((clause) => clause.tokens.length > 0);
  clauses.forEach((clause, i) => {
    scan(clause.tokens, roles, (pattern, at, end) => {
      const role = pattern.name as Accused;
      const named: Token = { word: '@', symbols: ['@', `@${role}`] };
      const around = [...clause.tokens.slice(0, at), named, ...clause.tokens.slice(end)];
      if (matches(around, graves)) {
        accused.add(role);
        grave = true;
      } else if (matches(around, harmless)) return;
      else if (around.every((token) => token === named || address.has(token.word)) && isAddress(clauses, i)) return;
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
