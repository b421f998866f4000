// Errands: work that waits until after the commit, and is tried again.

import type { Attachment, CaseId, EntryId, Invite, Millis, PersonId } from '../core/types.ts';
import type { Database } from './database.ts';

interface Common {
  readonly id: number;
  /** Tries so far, this one included. */
  readonly attempts: number;
}

export type Errand = Common &
  (
    | { readonly kind: 'fetch-media'; readonly case: CaseId; readonly entry: EntryId; readonly attachment: Attachment }
    | { readonly kind: 'mail'; readonly subject: string; readonly text: string }
    | { readonly kind: 'look-at-invite'; readonly invite: Invite; readonly asker: PersonId }
    | { readonly kind: 'use-invite'; readonly invite: Invite; readonly asker: PersonId }
  );
export type ErrandKind = Errand['kind'];

interface Row {
  id: number;
  kind: string;
  case_id: string | null;
  entry: string | null;
  attachment: string | null;
  details: string | null;
  attempts: number;
}

/** A mail that was written stays as its key alone, and is no work any more. */
const OPEN = '(details IS NOT NULL OR attachment IS NOT NULL)';
const OF_KIND = 'kind IN (SELECT value FROM json_each(?))';

function toErrand(row: Row): Errand {
  const common = { id: row.id, attempts: row.attempts + 1 };
  const kind = row.kind as ErrandKind;
  if (kind !== 'fetch-media') return { ...common, kind, ...JSON.parse(row.details as string) };
  return {
    ...common,
    kind,
    case: row.case_id as CaseId,
    entry: row.entry as EntryId,
    attachment: JSON.parse(row.attachment as string),
  };
}

/**
 * Takes the oldest errand of these kinds that is due; it comes again at `nextAt` unless it is finished.
 * @param nextAt told the errand, so that waits may grow with its tries
 */
export function takeErrand(
  db: Database,
  kinds: readonly ErrandKind[],
  now: Millis,
  nextAt: (errand: Errand) => Millis,
): Errand | undefined {
  return db.transaction(() => {
    const row = db.get<Row>(
      `SELECT * FROM errands WHERE ${OPEN} AND ${OF_KIND} AND next_at <= ? ORDER BY id LIMIT 1`,
      JSON.stringify(kinds),
      now,
    );
    if (!row) return undefined;
    const errand = toErrand(row);
    db.run('UPDATE errands SET attempts = ?, next_at = ? WHERE id = ?', errand.attempts, nextAt(errand), errand.id);
    return errand;
  });
}

/** After a start nobody is at work on any errand: each is due at once. */
export function forgetRunning(db: Database, now: Millis): void {
  db.run(`UPDATE errands SET next_at = ? WHERE ${OPEN} AND attempts > 0`, now);
}

/** Done, or given up. Of a mail its key stays, so that the same is written once. */
export function finishErrand(db: Database, { id, kind }: Pick<Errand, 'id' | 'kind'>): void {
  db.run(kind === 'mail' ? 'UPDATE errands SET details = NULL WHERE id = ?' : 'DELETE FROM errands WHERE id = ?', id);
}

/** When the next errand of these kinds falls due. */
export function nextErrand(db: Database, kinds: readonly ErrandKind[]): Millis | undefined {
  const row = db.get<{ at: number | null }>(
    `SELECT min(next_at) AS at FROM errands WHERE ${OPEN} AND ${OF_KIND}`,
    JSON.stringify(kinds),
  );
  return row?.at ?? undefined;
}
