// What the model reads off a message: its words, what stands side by side, pieces of words, groups of words, its shape.

import { type Lexicon, normalise, standardise } from '../text.ts';

/** Features are numbered by hashing into so many places; a collision costs little where so few are in use. */
export const PLACES = 2 ** 20;

/** What is needed to read features off a text. */
export interface Reader {
  readonly lexicon: Lexicon;
  /** Standard word -> the group of words it stands for, such as `<keluarga>`. */
  readonly groups: ReadonlyMap<string, string>;
  /** The numbers of words met before, so that each is worked out once; it changes no result. */
  readonly met: Map<string, Numbers>;
}

interface Numbers {
  readonly own: number;
  /** Pieces of four letters, its beginning and end counted as letters. */
  readonly pieces: readonly number[];
}

/** A message as it is read: the words in standard spelling, and the features. */
export interface Read {
  /** The words as they were typed, in plain spelling. */
  readonly typed: readonly string[];
  readonly words: readonly string[];
  /** One number a feature, 0 … PLACES - 1; one that is there twice stands there twice. */
  readonly features: readonly number[];
  /** So many of the first features are words, and pairs of words side by side. */
  readonly told: number;
}

const BEGINNING = '^';
const END = '$';
const QUESTION = '?';
/** A number as a group of words. */
const NUMBER = '#';
const PIECE_LENGTH = 4;
const MET_AT_MOST = 50_000;

/** Seeds that keep features of different sorts apart. */
const WORD = 1;
const PAIR = 2;
const APART = 3;
const PIECE = 4;
const GROUP = 5;
const GROUP_PAIR = 6;
const SHAPE = 7;

/**
 * Reads a message.
 * @param text as typed
 * @param withPieces the pieces of its words among the features; who has them at hand word by word leaves them out
 */
export function readFeatures(text: string, reader: Reader, withPieces = true): Read {
  const typed = normalise(text);
  const words = standardise(typed, reader.lexicon);
  const own = words.map((word) => numbersOf(word, reader).own);
  const features: number[] = [];
  for (let i = 0; i < own.length; i++) {
    const here = own[i] as number;
    features.push(place(here ^ WORD));
    if (i > 0) features.push(pair(own[i - 1] as number, here, PAIR));
  }
  const told = features.length;
  const first = numbersOf(BEGINNING, reader).own;
  const last = numbersOf(text.includes('?') ? QUESTION : END, reader).own;
  features.push(place(last ^ WORD), pair(first, own[0] ?? last, PAIR), pair(own.at(-1) ?? first, last, PAIR));
  addApart([first, ...own, last], features);
  addGroups(words, own, reader, features);
  if (withPieces) for (const word of typed) for (const piece of piecesOf(word, reader)) features.push(piece);
  for (const trait of shapeOf(text, words.length)) features.push(place(hash(trait, SHAPE)));
  return { typed, words, features, told };
}

/** The features of the pieces of a word. */
export const piecesOf = (word: string, reader: Reader): readonly number[] => numbersOf(word, reader).pieces;

/** The features of words and of pairs side by side, named by them. */
export function namedFeatures(words: readonly string[], reader: Reader): ReadonlyMap<number, string> {
  const own = words.map((word) => numbersOf(word, reader).own);
  const named = new Map<number, string>();
  words.forEach((word, i) => {
    named.set(place((own[i] as number) ^ WORD), word);
    if (i > 0) named.set(pair(own[i - 1] as number, own[i] as number, PAIR), `${words[i - 1]} ${word}`);
  });
  return named;
}

/** Two words with one between them. */
function addApart(own: readonly number[], features: number[]): void {
  for (let i = 2; i < own.length; i++) features.push(pair(own[i - 2] as number, own[i] as number, APART));
}

/** The groups that words stand for, and their neighbours. */
function addGroups(words: readonly string[], own: readonly number[], reader: Reader, features: number[]): void {
  let before: number | undefined;
  let beforeIsGroup = false;
  for (let i = 0; i < words.length; i++) {
    const group = groupOf(words[i] as string, reader);
    const here = group === undefined ? (own[i] as number) : numbersOf(group, reader).own;
    if (group !== undefined) features.push(place(here ^ GROUP));
    if (before !== undefined && (group !== undefined || beforeIsGroup)) features.push(pair(before, here, GROUP_PAIR));
    before = here;
    beforeIsGroup = group !== undefined;
  }
}

function groupOf(word: string, reader: Reader): string | undefined {
  return reader.groups.get(word) ?? (/^\d+$/.test(word) ? NUMBER : undefined);
}

/** Long or short, in how many lines, shouted, with pictures: how an advert differs from a question before any word is read. */
function shapeOf(text: string, words: number): string[] {
  const lines = text.split('\n').length;
  const pictures = /[\u0080-\uffff]/.test(text) ? (text.match(/\p{Extended_Pictographic}/gu)?.length ?? 0) : 0;
  return [
    `words:${Math.min(8, Math.floor(Math.log2(1 + words) * 1.5))}`,
    `lines:${Math.min(4, lines)}`,
    `pictures:${Math.min(3, pictures)}`,
    ...(/\p{Lu}{4,}\s+\p{Lu}{3,}/u.test(text) ? ['shouted'] : []),
    ...(text.includes('?') ? ['asked'] : []),
  ];
}

function numbersOf(word: string, reader: Reader): Numbers {
  const met = reader.met.get(word);
  if (met !== undefined) return met;
  const whole = `<${word}>`;
  const pieces: number[] = [];
  for (let at = 0; at + PIECE_LENGTH <= whole.length; at++)
    pieces.push(place(hash(whole.slice(at, at + PIECE_LENGTH), PIECE)));
  const numbers = { own: hash(word, 0), pieces };
  if (reader.met.size >= MET_AT_MOST) reader.met.clear();
  reader.met.set(word, numbers);
  return numbers;
}

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo), 32 bits. */
function hash(text: string, seed: number): number {
  let bits = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  return bits;
}

/** Spreads 32 bits (the finaliser of MurmurHash3) over the places. */
function place(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & (PLACES - 1);
}

const pair = (first: number, second: number, seed: number): number =>
  place((Math.imul(first ^ seed, 0x9e3779b1) + second) | 0);
