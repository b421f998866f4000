// The shipped content with what is learnt from it; what was learnt once is kept for all tests and for the bot.

import { join } from 'node:path';
import { loadContent, taught } from '../../src/content.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where what was learnt is kept. */
export const MODELS = [join(ROOT, 'data', 'local', 'model')];
export const SHIPPED = taught(loadContent(join(ROOT, 'data'), join(ROOT, 'no-local-content')), MODELS);
