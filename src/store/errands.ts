// Errands: work that waits until after the commit, and is tried again.

import type { Attachment, CaseId, EntryId, Millis } from '../core/types.ts';
import type { Database } from './database.ts';

export interface Errand {
  readonly id: number;
  readonly case: CaseId;
  readonly entry: EntryId;
  readonly attachment: Attachment;
  readonly attempts: number;
}

/** Takes the oldest errand that is due; it comes again at `nextAt` unless it is finished. */
export function takeErrand(db: Database, now: Millis, nextAt: Millis): Errand | undefined {
  return db.transaction(() => {
    const row = db.get<{ id: number; case_id: string; entry: string; attachment: string; attempts: number }>(
      'SELECT * FROM errands WHERE next_at <= ? ORDER BY id LIMIT 1',
      now,
    );
    if (!row) return undefined;
    db.run('UPDATE errands SET attempts = attempts + 1, next_at = ? WHERE id = ?', nextAt, row.id);
    return {
      id: row.id,
      case: row.case_id as CaseId,
      entry: row.entry as EntryId,
      attachment: JSON.parse(row.attachment),
      attempts: row.attempts + 1,
    };
  });
}

/** After a start nobody is at work on any errand: each is due at once. */
export function forgetRunning(db: Database, now: Millis): void {
  db.run('UPDATE errands SET next_at = ? WHERE attempts > 0', now);
}

export function finishErrand(db: Database, id: number): void {
  db.run('DELETE FROM errands WHERE id = ?', id);
}

export function nextErrand(db: Database): Millis | undefined {
  return db.get<{ at: number | null }>('SELECT min(next_at) AS at FROM errands')?.at ?? undefined;
}
