// Whether these tests can run here: they need a real Chromium.

import { existsSync } from 'node:fs';

const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(
  (path) => path !== undefined && path !== '' && existsSync(path),
);
/** Under CI a missing browser is a failure; elsewhere it is said by name. */
const mayRun = found || !['', '0', 'false', undefined].includes(process.env.CI);

export const skip = mayRun ? false : 'Chromium is missing: install it with scripts/test, or name it in CHROMIUM';
