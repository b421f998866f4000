// Finding the browser: the setting rules, then the first of the known places that can run.

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findChromium } from '../src/chromium.ts';

test('the setting rules, then the first place that holds something that runs', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [first, second, locked] = ['first', 'second', 'locked'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [second, locked]) writeFileSync(path, '#!/bin/sh\n');
  chmodSync(second, 0o755);
  chmodSync(locked, 0o644);
  assert.equal(findChromium(undefined, [first, locked, second]), second);
  assert.equal(findChromium(undefined, [first]), undefined);
  assert.equal(findChromium(second, []), second);
  assert.equal(findChromium(first, [second]), undefined, 'a wrong setting is said, not passed over');
  assert.equal(findChromium(locked, [second]), undefined);
});
