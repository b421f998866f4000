// Reads ready-made broadcasts: a Markdown file each, front matter over the message.

import { z } from 'zod';
import { checkOpened, type Fault, faultAt } from './checked.ts';
import type { Source } from './statements.ts';
import { checkedInOrder, lineFaults, openFrontMatter, provenance } from './topics.ts';

/** What is read in one look, and heard to its end when it is read aloud. */
export const LONGEST_BROADCAST = 600;

const frontMatter = checkedInOrder(
  z.strictObject({ title: z.string().trim().min(1).max(60), topics: z.array(z.string()).min(1), ...provenance }),
);

export interface BroadcastFile {
  readonly file: string;
  readonly title: string;
  readonly text: string;
  readonly topics: readonly string[];
  readonly sources: readonly Source[];
  readonly checked: string;
  readonly checkAgain: string;
}

/** Reads one ready-made broadcast; undefined after adding to `faults`. */
export function readBroadcast(
  shown: string,
  content: string,
  topicIds: readonly string[],
  faults: Fault[],
): BroadcastFile | undefined {
  const before = faults.length;
  const found = openFrontMatter(shown, content, faults);
  if (!found) return undefined;
  const { opened, lines, from } = found;
  const front = checkOpened(opened, frontMatter, faults);
  const text = lines.slice(from).join('\n').trim();
  const length = [...text].length;
  if (length === 0) faults.push(`${shown}:${from + 1}: the message is empty`);
  if (length > LONGEST_BROADCAST)
    faults.push(`${shown}:${from + 1}: the message has ${length} characters, may have ${LONGEST_BROADCAST}`);
  lines.forEach((line, at) => {
    if (at >= from) for (const what of lineFaults(line)) faults.push(`${shown}:${at + 1}: ${what}`);
  });
  front?.topics.forEach((id, at) => {
    if (topicIds.length > 0 && !topicIds.includes(id))
      faults.push(faultAt(opened, ['topics', at], `there is no topic ${id}`));
  });
  if (!front || faults.length > before) return undefined;
  const { title, topics, sources, checked, check_again: checkAgain } = front;
  return { file: shown, title, text, topics, sources, checked, checkAgain };
}
