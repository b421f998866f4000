// Where the browser is that carries WhatsApp's page.

import { accessSync, constants } from 'node:fs';

/** As Debian, Ubuntu and Google name it. Whichever stands first is taken. */
export const CHROMIUM_PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-headless-shell',
];

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the browser.
 * @param setting the path from the setting CHROMIUM, which rules: where it names nothing that runs, no other is taken
 * @returns the path of its program, or undefined where there is none
 */
export function findChromium(
  setting: string | undefined,
  places: readonly string[] = CHROMIUM_PLACES,
): string | undefined {
  return (setting === undefined ? places : [setting]).find(canRun);
}
