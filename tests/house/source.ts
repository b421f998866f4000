// Reads source files for the house test: what of them is code, what they import, which room they are in.

import { posix } from 'node:path';

/** Source files by their path from the project's folder. */
export type Files = Readonly<Record<string, string>>;

/**
 * Blanks what is not code, so that a word in a comment or in a text is not taken for one. Lengths and lines stay.
 * @returns `code` without comments; `bare` without the contents of strings either; `texts` the strings with their place
 */
export function scan(source: string): { code: string; bare: string; texts: { at: number; text: string }[] } {
  const code = source.split('');
  const bare = source.split('');
  const texts: { at: number; text: string }[] = [];
  const blank = (list: string[], from: number, to: number) => {
    for (let i = from; i < to; i++) if (list[i] !== '\n') list[i] = ' ';
  };
  // Depths of braces at which a template's `${` was opened.
  const templates: number[] = [];
  let depth = 0;
  let i = 0;
  /** Reads a text from behind its opening mark to its end or to a `${`. */
  const readText = (mark: string) => {
    const from = i;
    while (i < source.length && source[i] !== mark && !(mark === '`' && source.startsWith('${', i))) {
      i += source[i] === '\\' ? 2 : 1;
    }
    texts.push({ at: from, text: source.slice(from, i) });
    blank(bare, from, i);
    if (source.startsWith('${', i) && mark === '`') {
      templates.push(depth++);
      i += 2;
    } else i++;
  };
  while (i < source.length) {
    const c = source[i] as string;
    if (source.startsWith('//', i) || source.startsWith('/*', i)) {
      const end = source[i + 1] === '/' ? source.indexOf('\n', i) : source.indexOf('*/', i) + 2;
      const to = end < i ? source.length : end;
      blank(code, i, to);
      blank(bare, i, to);
      i = to;
    } else if (c === "'" || c === '"' || c === '`') {
      i++;
      readText(c);
    } else if (
      c === '/' &&
      /(^|[(,=:[!&|?{};+\-*%<>~^]|\b(return|typeof|case|of|in))\s*$/.test(bare.slice(0, i).join(''))
    ) {
      const from = ++i;
      for (let inClass = false; i < source.length && (inClass || source[i] !== '/'); i++) {
        if (source[i] === '\\') i++;
        else if (source[i] === '[') inClass = true;
        else if (source[i] === ']') inClass = false;
      }
      blank(bare, from, i);
      i++;
    } else {
      if (c === '{') depth++;
      if (c === '}') {
        depth--;
        if (templates.at(-1) === depth) {
          templates.pop();
          i++;
          readText('`');
          continue;
        }
      }
      i++;
    }
  }
  return { code: code.join(''), bare: bare.join(''), texts };
}

export const lineAt = (source: string, at: number) => source.slice(0, at).split('\n').length;

export interface Import {
  readonly from: string;
  readonly line: number;
  readonly typeOnly: boolean;
  /** What is imported by name, as it is called there. */
  readonly names: readonly string[];
}

/** Every import of a file: static, of types, passed on with `export`, and dynamic. */
export function importsOf(source: string): Import[] {
  const { code, bare } = scan(source);
  const found: Import[] = [];
  const statement = /(?<![\w$.])(import|export)\b([^;'"`]*?)(['"])/g;
  for (const match of bare.matchAll(statement)) {
    const [whole, word, clause = ''] = match;
    const opened = match.index + whole.length;
    const isImport = word === 'import' && /^\s*(\(\s*|[\s\S]*\bfrom\s*)?$/.test(clause);
    const isExport = word === 'export' && /^[\s\S]*[}*\w]\s*from\s*$/.test(clause);
    if (!isImport && !isExport) continue;
    const names = /\{([^}]*)\}/.exec(clause)?.[1]?.split(',') ?? [];
    found.push({
      from: code.slice(opened, code.indexOf(whole.at(-1) as string, opened)),
      line: lineAt(source, match.index),
      typeOnly: /^\s*type\b/.test(clause) || (names.length > 0 && names.every((name) => /^\s*(type\s|$)/.test(name))),
      names: names
        .map((name) =>
          name
            .replace(/^\s*type\s+/, '')
            .replace(/\sas\s[\s\S]*/, '')
            .trim(),
        )
        .filter(Boolean),
    });
  }
  return found;
}

/** The file an import names, or undefined for a package. */
export const targetOf = (file: string, from: string) =>
  from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), from)) : undefined;

export const packageOf = (from: string) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');

/** `src/core/time.ts` is in `core`, `src/content.ts` and `src/content/office.ts` in `content`. */
export const roomOf = (file: string) => /^src\/([^/.]+)/.exec(file)?.[1] ?? '';

const isCode = (file: string) => /\.(ts|js)$/.test(file);
export const sourcesOf = (files: Files) =>
  Object.entries(files).filter(([file]) => file.startsWith('src/') && isCode(file));
