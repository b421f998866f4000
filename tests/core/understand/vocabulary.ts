// The shipped vocabulary and what was learnt from the shipped examples, made ready once for the tests of understanding.

import type { Meaning } from '../../../src/core/types.ts';
import { detailed, type Heard, understand } from '../../../src/core/understand.ts';
import { SHIPPED } from '../../content/taught.ts';

export const { vocabulary } = SHIPPED.lessons;

const means = (text: string, heard: Heard): Meaning =>
  detailed(text, understand(text, SHIPPED.understanding, heard), SHIPPED.understanding, heard);

export const inPrivate = (text: string): Meaning => means(text, { chat: 'private', addressed: true, attachments: 0 });
export const inGroup = (text: string): Meaning => means(text, { chat: 'group', addressed: false, attachments: 0 });
