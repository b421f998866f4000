// What officers said of doubts is kept as kind, verdict and masked example.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Case, CaseCode, CaseId } from '../../src/core/types.ts';
import { keptVerdicts } from '../../src/store/verdicts.ts';
import { EIGHT, put, sampleCase, sampleDatabase } from './sample.ts';

test('verdicts come oldest first; a doubt that is open or was deleted, and an ordinary case, have none', () => {
  const db = sampleDatabase();
  const cases: Partial<Case>[] = [
    { status: 'closed', verdict: 'no', example: 'ambil … #', openedAt: EIGHT + 2 },
    { status: 'open', verdict: 'yes', example: 'gaji UANG', kind: 'advert', openedAt: EIGHT + 1 },
    { status: 'closed', verdict: 'none', example: '', openedAt: EIGHT + 3 },
    { status: 'doubtful', example: 'paspor …' },
    { status: 'closed', verdict: 'none' },
    {},
  ];
  put(
    db,
    cases.map((more, n) => ({
      do: 'open-case',
      case: sampleCase({ id: `c${n}` as CaseId, code: `K${n}` as CaseCode, ...more }),
    })),
  );
  assert.deepEqual(keptVerdicts(db), [
    { kind: 'advert', verdict: 'yes', at: EIGHT + 1, example: 'gaji UANG' },
    { kind: 'report', verdict: 'no', at: EIGHT + 2, example: 'ambil … #' },
    { kind: 'report', verdict: 'none', at: EIGHT + 3, example: '' },
  ]);
});
