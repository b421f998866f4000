// How strongly the words of a message speak for the office's subject at all: learnt word by word from how much more often
// those who mean the office use them than those who just talk. Only the strongest few count, so that no long text adds up to it.

import { PLACES, type Read } from './features.ts';

/** Feature of a word, or of two side by side -> logarithm of how much likelier it is where the office is meant. */
export type Evidence = ReadonlyMap<number, number>;

/** So many of the strongest count. */
const STRONGEST = 6;
/** A word must stand in so many messages for the office to be evidence. */
const FEWEST = 2;
/** Added to each count, so that what was never heard in ordinary talk is not infinitely telling. */
const SMOOTHING = 0.5;

/**
 * Learns what speaks for the subject.
 * @param meant messages for the office
 * @param ordinary messages that have nothing to do with it
 */
export function weigh(meant: readonly Read[], ordinary: readonly Read[]): Evidence {
  const here = countOf(meant);
  const there = countOf(ordinary);
  const evidence = new Map<number, number>();
  here.forEach((times, feature) => {
    if (times < FEWEST) return;
    const share = (times + SMOOTHING) / (meant.length + 1);
    const ordinaryShare = ((there[feature] as number) + SMOOTHING) / (ordinary.length + 1);
    if (share > ordinaryShare) evidence.set(feature, Math.log(share / ordinaryShare));
  });
  return evidence;
}

/** The strongest evidence in a message, added up; 0 where there is none. */
export function evidenceIn({ features, told }: Read, evidence: Evidence): number {
  const strongest: number[] = [];
  const counted: number[] = [];
  for (let i = 0; i < told; i++) {
    const feature = features[i] as number;
    const weight = evidence.get(feature);
    if (weight === undefined) continue;
    let at = strongest.length;
    while (at > 0 && (strongest[at - 1] as number) < weight) at--;
    if (at === STRONGEST || counted.includes(feature)) continue;
    strongest.splice(at, 0, weight);
    counted.splice(at, 0, feature);
    if (strongest.length > STRONGEST) {
      strongest.pop();
      counted.pop();
    }
  }
  return strongest.reduce((sum, weight) => sum + weight, 0);
}

/** In how many messages each word and pair stands. */
function countOf(messages: readonly Read[]): Uint16Array {
  const times = new Uint16Array(PLACES);
  for (const { features, told } of messages)
    for (const feature of new Set(features.slice(0, told))) (times[feature] as number)++;
  return times;
}
