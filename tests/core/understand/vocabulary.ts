// The shipped vocabulary, made ready once for the tests of understanding.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadLanguage } from '../../../src/content/language.ts';
import type { Meaning } from '../../../src/core/types.ts';
import { prepare, understand } from '../../../src/core/understand.ts';

const loaded = loadLanguage(join(import.meta.dirname, '..', '..', '..', 'data', 'language'), 'data/language', []);
assert.ok(loaded, 'the shipped language files load');
export const vocabulary = loaded;

const understanding = prepare([], vocabulary);

export const inPrivate = (text: string): Meaning =>
  understand(text, understanding, { chat: 'private', addressed: true, attachments: 0 });
export const inGroup = (text: string): Meaning =>
  understand(text, understanding, { chat: 'group', addressed: false, attachments: 0 });
