// The browsers of these tests: real Chromium, and where it is installed its headless shell, which starts in half the time.

import { existsSync } from 'node:fs';
import { findChromium } from '../../src/chromium.ts';

/** The whole browser, as an office has it. */
export const WHOLE = findChromium(process.env.CHROMIUM || undefined);
/** The same browser without a window's parts; what Debian puts into /usr/bin is a script that does not hand a kill on. */
const SHELL = '/usr/lib/chromium/chromium-headless-shell';
/** For most scenarios; what is particular to the whole browser asks for that. */
export const CHROMIUM = process.env.CHROMIUM || (existsSync(SHELL) ? SHELL : WHOLE);

/** Under CI a missing browser is a failure; elsewhere it is said by name. */
const mayRun = CHROMIUM !== undefined || !['', '0', 'false', undefined].includes(process.env.CI);

export const skip = mayRun ? false : 'Chromium is missing: install it with scripts/test, or name it in CHROMIUM';
