// A linear model that shares a message out over classes: multinomial logistic regression, learnt by AdaGrad (Duchi, Hazan
// and Singer, 2011). Pure and repeatable.

import { PLACES } from './features.ts';

/** The features that were met often enough to be learnt from: feature -> its row in every model, or -1. */
export interface Known {
  readonly rows: Int32Array;
  readonly count: number;
  /** The rows of the pieces of words met before, so that each is looked up once; it changes no result. */
  readonly met: Map<string, readonly number[]>;
}

/**
 * A learnt model. Its weights are whole steps: a byte each instead of four lets all of them stay in the processor's cache,
 * and what rounding adds up to over a message is far below what decides.
 */
export interface Model {
  readonly classes: number;
  /** `classes` weights for each row, in steps. */
  readonly weights: Int8Array;
  readonly step: number;
  readonly bias: Float32Array;
}

/** One message to learn from. */
export interface Sample {
  /** Its known features. */
  readonly rows: readonly number[];
  /** The classes that are right, each as right as the others; one at least. */
  readonly classes: readonly number[];
  /** How much it counts beside the others. */
  readonly weight: number;
}

/** How often every sample is looked at. */
const ROUNDS = 5;
const RATE = 1;
const FIRST_SQUARE = 0.01;
/** A feature must stand in so many messages to be known. */
const FEWEST = 2;
/** How strongly weights are drawn back to nothing, so that what was seen seldom stays a hint. */
const DRAWN = 0.007;
/** A sample that is right to this share has nothing more to teach in this round. */
const LEARNT = 0.02;
const MOST_STEPS = 127;

/** The features that stand in at least two of the messages. */
export function knownOf(messages: readonly (readonly number[])[]): Known {
  const times = new Uint8Array(PLACES);
  const last = new Int32Array(PLACES).fill(-1);
  messages.forEach((features, at) => {
    for (const feature of features) {
      if (last[feature] === at || times[feature] === FEWEST) continue;
      last[feature] = at;
      (times[feature] as number)++;
    }
  });
  return knownAs(Array.from(times.keys()).filter((feature) => times[feature] === FEWEST));
}

/** These features, in the order of their rows. */
export function knownAs(features: ArrayLike<number>): Known {
  const rows = new Int32Array(PLACES).fill(-1);
  for (let row = 0; row < features.length; row++) rows[features[row] as number] = row;
  return { rows, count: features.length, met: new Map() };
}

/** The rows of what is known among the features. */
export function rowsIn(features: readonly number[], { rows }: Known): number[] {
  const found: number[] = [];
  for (let i = 0; i < features.length; i++) {
    const row = rows[features[i] as number] as number;
    if (row >= 0) found.push(row);
  }
  return found;
}

/**
 * Learns from samples; the same samples in the same order always give the same model.
 * @param count how many rows there are
 * @param classes how many classes there are
 */
export function learn(samples: readonly Sample[], count: number, classes: number): Model {
  const weights = new Float32Array(count * classes);
  const bias = new Float32Array(classes);
  const teacher = teacherOf(weights, bias);
  const next = chanceFrom(1);
  const order = samples.map((_, i) => i);
  const restsUntil = new Uint8Array(samples.length);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, next);
    for (const at of order) {
      if ((restsUntil[at] as number) > round) continue;
      // What it knows already is not looked at in every round.
      if (teacher(samples[at] as Sample)) restsUntil[at] = round + 2;
    }
  }
  return { classes, ...inSteps(weights), bias };
}

/** Corrects a model by one sample; true where it knew. */
function teacherOf(weights: Float32Array, bias: Float32Array) {
  const classes = bias.length;
  // Each row moves the less the more it has moved already.
  const moved = new Float32Array(weights.length / classes).fill(FIRST_SQUARE);
  let biasMoved = FIRST_SQUARE;
  const off = new Float64Array(classes);
  return ({ rows, classes: right, weight }: Sample): boolean => {
    const share = shareOf(rows.length);
    addUp(rows, weights, share, bias, off);
    toShares(off);
    for (const one of right) off[one] = (off[one] as number) - 1 / right.length;
    let square = 0;
    let most = 0;
    for (let one = 0; one < classes; one++) {
      most = Math.max(most, Math.abs(off[one] as number));
      off[one] = (off[one] as number) * weight;
      square += (off[one] as number) ** 2;
    }
    if (most < LEARNT) return true;
    biasMoved += square;
    const biasRate = RATE / Math.sqrt(biasMoved);
    for (let one = 0; one < classes; one++) bias[one] = (bias[one] as number) - biasRate * (off[one] as number);
    square *= share * share;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const sum = (moved[row] as number) + square;
      moved[row] = sum;
      const rate = RATE / Math.sqrt(sum);
      const from = row * classes;
      const kept = 1 - rate * DRAWN;
      for (let one = 0; one < classes; one++)
        weights[from + one] = (weights[from + one] as number) * kept - rate * share * (off[one] as number);
    }
    return false;
  };
}

function inSteps(weights: Float32Array): Pick<Model, 'weights' | 'step'> {
  let most = 0;
  for (let i = 0; i < weights.length; i++) most = Math.max(most, Math.abs(weights[i] as number));
  const step = most / MOST_STEPS || 1;
  const steps = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) steps[i] = Math.round((weights[i] as number) / step);
  return { weights: steps, step };
}

/**
 * How likely each class is.
 * @param rows from `rowsIn`
 * @returns shares that add up to 1
 */
export function sharesOf(rows: readonly number[], { classes, weights, step, bias }: Model): Float64Array {
  const shares = new Float64Array(classes);
  addUp(rows, weights, step * shareOf(rows.length), bias, shares);
  toShares(shares);
  return shares;
}

/** What a row adds for one class. */
export const addedBy = (row: number, one: number, { classes, weights, step }: Model): number =>
  (weights[row * classes + one] as number) * step;

/** A long message must not shout down a short one. */
const shareOf = (known: number): number => 1 / Math.sqrt(Math.max(1, known));

function addUp(
  rows: readonly number[],
  weights: Float32Array | Int8Array,
  share: number,
  bias: Float32Array,
  into: Float64Array,
): void {
  const classes = into.length;
  into.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * classes;
    for (let one = 0; one < classes; one++) into[one] = (into[one] as number) + (weights[from + one] as number);
  }
  for (let one = 0; one < classes; one++) into[one] = (into[one] as number) * share + (bias[one] as number);
}

function toShares(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  let all = 0;
  for (let one = 0; one < scores.length; one++) {
    const score = Math.exp((scores[one] as number) - most);
    scores[one] = score;
    all += score;
  }
  for (let one = 0; one < scores.length; one++) scores[one] = (scores[one] as number) / all;
}

/** Numbers of chance go from 0 to below this. */
const CHANCES = 2 ** 31;

/** A repeatable row of chances (the linear congruential generator of Numerical Recipes, its upper 31 bits). */
function chanceFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 1;
  };
}

function shuffle(order: number[], next: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((next() / CHANCES) * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}
