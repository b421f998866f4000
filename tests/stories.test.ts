// Every story in tests/stories is played as it stands.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SHIPPED } from './content/taught.ts';
import { Teller } from './stories/teller.ts';

const FOLDER = join(import.meta.dirname, 'stories');
const content = SHIPPED;

for (const file of readdirSync(FOLDER)
  .filter((name) => name.endsWith('.story'))
  .sort()) {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  // "# inactive: budi", "# untied: grup-hiang-sakti" and "# dailies: yes" say what is unusual before a story begins.
  const list = (word: string) => new RegExp(`^# ${word}: (.*)$`, 'm').exec(text)?.[1]?.split(/,\s*/) ?? [];
  test(`story: ${file.replace(/\.story$/, '')}`, () => {
    new Teller(content, {
      inactive: list('inactive'),
      untied: list('untied'),
      dailies: list('dailies').length > 0,
    }).tell(join(FOLDER, file));
  });
}
