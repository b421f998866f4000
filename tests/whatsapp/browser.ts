// The browser of a scene as the operating system sees it, to be looked at and to be killed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './office.ts';

/** Processes of this scene's browser by the type that Chromium gives them; the browser itself has none. */
export function browserProcesses({ folder }: Scene): { pid: number; type: string }[] {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      // Behind the name, which may hold anything but stands in brackets: state, parent.
      const parent = Number(
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[1],
      );
      return line === '' ? [] : [{ pid: Number(name), parent, line }];
    } catch {
      return [];
    }
  });
  const found = all.filter(({ line }) => line.includes(join(folder, 'whatsapp', 'session')) && !/--type=/.test(line));
  // Children are known by whose children they are.
  for (const one of found)
    found.push(...all.filter(({ pid, parent }) => parent === one.pid && !found.some((known) => known.pid === pid)));
  return found
    .filter(({ line }) => !line.includes('crashpad_handler'))
    .map(({ pid, line }) => ({ pid, type: /--type=([a-z-]+)/.exec(line)?.[1] ?? 'browser' }));
}
/** Ends all of a scene's browser's processes of one type, as a crash would. */
export const killBrowser = (one: Scene, type: string) => {
  const found = browserProcesses(one).filter((process) => process.type === type);
  assert.ok(found.length > 0, `no ${type} runs`);
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
};
