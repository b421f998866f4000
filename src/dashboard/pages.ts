// The files of the pages, read once when the server starts; a path that is not in this table does not exist.

import { readFileSync } from 'node:fs';

const FOLDER = new URL('./pages/', import.meta.url);

const ROUTES: readonly (readonly [path: string, file: string])[] = [
  ['/', 'simulator/index.html'],
  ['/simulator', 'simulator/index.html'],
  ['/simulator/page/style.css', 'simulator/style.css'],
  ['/simulator/page/icon.svg', 'simulator/icon.svg'],
  ['/simulator/page/main.js', 'simulator/main.js'],
  ['/simulator/page/api.js', 'simulator/api.js'],
  ['/simulator/page/bubble.js', 'simulator/bubble.js'],
  ['/simulator/page/clock.js', 'simulator/clock.js'],
  ['/simulator/page/composer.js', 'simulator/composer.js'],
  ['/simulator/page/element.js', 'simulator/element.js'],
  ['/simulator/page/format.js', 'simulator/format.js'],
  ['/simulator/page/icon.js', 'simulator/icon.js'],
  ['/simulator/page/people.js', 'simulator/people.js'],
];

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export interface Page {
  readonly type: string;
  readonly text: string;
}

/** Every page's file by the path it is served under. */
export function loadPages(): Map<string, Page> {
  return new Map(
    ROUTES.map(([path, file]) => [
      path,
      { type: TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain', text: readFileSync(new URL(file, FOLDER), 'utf8') },
    ]),
  );
}
