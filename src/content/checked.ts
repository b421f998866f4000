// Reads one file of data/ against its schema and names every fault with file and line.

import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A fault of a content file, ready to be shown: `data/topics/x.md:12: title: is missing`. */
export type Fault = string;

/** A content file could not be used; `faults` names them all together. */
export class ContentError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.join('\n'));
    this.name = 'ContentError';
    this.faults = faults;
  }
}

type Path = readonly PropertyKey[];

/** A YAML text that could be parsed, and where its parts stand. */
export interface Opened {
  /** The path that faults name. */
  readonly file: string;
  readonly value: unknown;
  /** The line of the deepest part of `path` that is there; a missing key is shown where its parent begins. */
  lineOf(path: Path): number;
}

/**
 * Parses YAML text.
 * @param file shown in faults
 * @param lineOffset lines above the text in its file
 * @returns the parsed text, or undefined after adding to `faults`
 */
export function openYaml(file: string, text: string, faults: Fault[], lineOffset = 0): Opened | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line) + lineOffset;
  if (document.errors.length > 0) {
    for (const error of document.errors)
      faults.push(
        `${file}:${lineAt(error.pos[0])}: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? ''}`,
      );
    return undefined;
  }
  const lineOf = (path: Path): number => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const part = partOf(node, step);
      if (!part) break;
      offset = startOf(part.shown) ?? offset;
      node = part.value;
    }
    return lineAt(offset);
  };
  try {
    return { file, value: document.toJS(), lineOf };
  } catch (error) {
    // An alias that points nowhere only shows when the values are made.
    faults.push(`${file}:${1 + lineOffset}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return undefined;
  }
}

/** One step down from a node: what it holds there, and the node whose line a person would look at. */
function partOf(node: unknown, step: PropertyKey): { shown: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    // A block begins on the line below its key, and it is the key that a person looks for.
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    return pair && { shown: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length)
    return { shown: node.items[step], value: node.items[step] };
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/**
 * Checks an opened text, or the part of it below `at`.
 * @returns the checked value, or undefined after adding to `faults`
 */
export function checkOpened<S extends z.ZodType>(
  opened: Opened,
  schema: S,
  faults: Fault[],
  at: Path = [],
): z.output<S> | undefined {
  let value: unknown = opened.value;
  for (const step of at) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  const checked = schema.safeParse(value, { error: (issue) => inPlainWords(issue) });
  if (checked.success) return checked.data;
  const found = checked.error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path, what: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key], what: 'is not a known key' }));
  });
  // From top to bottom, as they are mended.
  found.sort((one, other) => opened.lineOf(one.path) - opened.lineOf(other.path));
  for (const { path, what } of found) faults.push(faultAt(opened, path, what));
  return undefined;
}

/** A fault at one place of an opened text. */
export function faultAt(opened: Opened, path: Path, what: string): Fault {
  const place = path.map((step) => (typeof step === 'number' ? String(step + 1) : String(step))).join('.');
  return `${opened.file}:${opened.lineOf(path)}: ${place === '' ? '' : `${place}: `}${what}`;
}

/** What is wrong, said to somebody who edits files and has never heard of a schema. Undefined leaves it to the schema. */
function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      // A bare 08.00 is a number to YAML, and the quotes are what is missing.
      return `must be ${TYPES[issue.expected] ?? issue.expected}, but is ${found(issue.input)}${
        issue.expected === 'string' && typeof issue.input === 'number' ? ' (put it in quotes)' : ''
      }`;
    case 'too_small':
      if (issue.origin === 'array') return `needs at least ${issue.minimum}, has ${lengthOf(issue.input)}`;
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'is empty' : `is shorter than ${issue.minimum} characters`;
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `may have at most ${issue.maximum}, has ${lengthOf(issue.input)}`;
      if (issue.origin === 'string') return `is longer than ${issue.maximum} characters (${lengthOf(issue.input)})`;
      return `must be at most ${issue.maximum}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'must be a date such as 2026-11-23' : undefined;
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
};

function found(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block of keys';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'string' ? 'text' : String(value);
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

/**
 * Parses YAML text and checks it.
 * @param file shown in faults
 * @param lineOffset lines above the text in its file
 * @returns the checked value, or undefined after adding to `faults`
 */
export function checkYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  faults: Fault[],
  lineOffset = 0,
): z.output<S> | undefined {
  const opened = openYaml(file, text, faults, lineOffset);
  return opened && checkOpened(opened, schema, faults);
}

/** The text of a file, without a byte order mark; a file that cannot be read is a fault. `shown` is the path that faults name. */
export function readText(path: string, shown: string, faults: Fault[]): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    faults.push(`${shown}:1: the file cannot be read`);
    return undefined;
  }
}

/** Reads and checks a YAML file; a missing file is a fault. `shown` is the path that faults name. */
export function readYaml<S extends z.ZodType>(
  path: string,
  shown: string,
  schema: S,
  faults: Fault[],
): z.output<S> | undefined {
  const text = readText(path, shown, faults);
  return text === undefined ? undefined : checkYaml(shown, text, schema, faults);
}
