// The files of the pages, read once when the server starts; a path that is not in this table does not exist.

import { readFileSync } from 'node:fs';

const FOLDER = new URL('./pages/', import.meta.url);

type Routes = readonly (readonly [path: string, file: string])[];

const SIMULATOR: Routes = [
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

const WHATSAPP: Routes = [
  ['/', 'whatsapp/index.html'],
  ['/whatsapp', 'whatsapp/index.html'],
  ['/whatsapp/page/style.css', 'whatsapp/style.css'],
  ['/whatsapp/page/icon.svg', 'whatsapp/icon.svg'],
  ['/whatsapp/page/main.js', 'whatsapp/main.js'],
  ['/whatsapp/page/telling.js', 'whatsapp/telling.js'],
];

/** The pages of each way to run: what is not run on has no page. */
const PAGES = { simulator: SIMULATOR, whatsapp: WHATSAPP };

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

/** Every file of the pages by the path it is served under. */
export function loadPages(of: keyof typeof PAGES): Map<string, Page> {
  return new Map(
    PAGES[of].map(([path, file]) => [
      path,
      { type: TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain', text: readFileSync(new URL(file, FOLDER), 'utf8') },
    ]),
  );
}
