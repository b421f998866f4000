// Reads data/menu.yaml: few doors, and behind each the topics that digits lead to.

import { z } from 'zod';
import type { Door, Topic } from '../core/types.ts';
import { checkOpened, type Fault, faultAt, openYaml, readText } from './checked.ts';

/** More than nine would need two digits. */
const MOST_BEHIND = 8;

const schema = z.strictObject({
  doors: z
    .array(
      z.strictObject({ title: z.string().trim().min(1).max(40), topics: z.array(z.string()).min(1).max(MOST_BEHIND) }),
    )
    .min(1)
    .max(5),
});

/**
 * Reads the menu; topics that are named there and do not exist, or stand there twice, are faults. A topic behind no door,
 * such as one that the office added, is still found by asking.
 * @param ids of all topics there are files for; a faulty one is missing from `topics` and no fault of the menu
 * @returns the doors, or undefined after adding to `faults`
 */
export function loadMenu(
  { path, shown }: { readonly path: string; readonly shown: string },
  ids: readonly string[],
  topics: readonly Topic[],
  faults: Fault[],
): Door[] | undefined {
  const text = readText(path, shown, faults);
  const opened = text === undefined ? undefined : openYaml(shown, text, faults);
  const menu = opened && checkOpened(opened, schema, faults);
  if (!opened || !menu) return undefined;
  const before = faults.length;
  const seen = new Set<string>();
  menu.doors.forEach((door, at) => {
    door.topics.forEach((id, index) => {
      const place = ['doors', at, 'topics', index];
      if (ids.length > 0 && !ids.includes(id)) faults.push(faultAt(opened, place, `there is no topic ${id}`));
      if (seen.has(id)) faults.push(faultAt(opened, place, `${id} stands in the menu already`));
      seen.add(id);
    });
  });
  if (faults.length > before) return undefined;
  return menu.doors.map((door) => ({
    title: door.title,
    topics: door.topics.flatMap((id) => topics.filter((topic) => topic.id === id)),
  }));
}
