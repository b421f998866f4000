// What officers said of doubts: kind, verdict and masked example. No case, no person, no words.

import type { CaseKind, Millis, Verdict } from '../core/types.ts';
import type { Database } from './database.ts';

export interface KeptVerdict {
  readonly kind: CaseKind;
  readonly verdict: Verdict;
  /** When it was heard; of a doubt that was right, when that was said. */
  readonly at: Millis;
  readonly example: string;
}

/** The verdicts that were kept, oldest first. What its writer deleted is not among them. */
export const keptVerdicts = (db: Database): KeptVerdict[] =>
  db.all(
    `SELECT kind, verdict, opened_at AS at, example FROM cases
     WHERE verdict IS NOT NULL AND example IS NOT NULL ORDER BY opened_at, id`,
  );
