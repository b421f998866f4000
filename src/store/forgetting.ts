// What is taken back leaves no words: not in the case, not on their way to somebody, not in files.

import type { CaseId, EntryId, Millis } from '../core/types.ts';
import type { Database } from './database.ts';
import { type EntryRow, toEntry } from './rows.ts';

/** A file below the media folder that belongs to nothing any more is to be deleted. */
export function discard(db: Database, file: string): void {
  db.run('INSERT INTO discarded (file) VALUES (?) ON CONFLICT (file) DO NOTHING', file);
}

/** Files to be deleted, until each is said to be gone. */
export const discardedFiles = (db: Database): string[] =>
  db.all<{ file: string }>('SELECT file FROM discarded ORDER BY file').map(({ file }) => file);

export function fileIsGone(db: Database, file: string): void {
  db.run('DELETE FROM discarded WHERE file = ?', file);
}

/** What still waits is not sent any more: an empty message would be nobody's wish. */
const NOT_SENT = "state = CASE WHEN state IN ('queued', 'sending', 'unknown') THEN 'dead' ELSE state END";

function blank(db: Database, rows: readonly EntryRow[]): void {
  for (const row of rows) {
    for (const { file } of toEntry(row).files ?? []) discard(db, file);
    db.run("UPDATE entries SET text = '', attachments = '[]', contacts = '[]', files = '[]' WHERE id = ?", row.id);
    db.run('DELETE FROM errands WHERE entry = ?', row.id);
  }
}

/** What is a case now is not asked about any more: a line that still waits is not sent. */
export function stopAsking(db: Database, id: CaseId): void {
  db.run(
    `UPDATE outbox SET body = '', ${NOT_SENT} WHERE case_id = ? AND purpose = 'check' AND state IN ('queued', 'sending', 'unknown')`,
    id,
  );
}

/** Takes the words of a case away for good, with the numbers in them, the name of who told it and all that came along. */
export function blankCase(db: Database, id: CaseId): void {
  blank(db, db.all<EntryRow>('SELECT * FROM entries WHERE case_id = ?', id));
  db.run('UPDATE cases SET reporter_name = NULL, leaving = NULL WHERE id = ?', id);
  db.run(
    `UPDATE outbox SET body = '', media = NULL, ${NOT_SENT} WHERE case_id = ? AND purpose IN ('words', 'identity', 'check')`,
    id,
  );
}

/**
 * Marks an entry as deleted by its writer.
 * @param keepWords they stay in the case; on their way to others they are stopped all the same
 */
export function revokeEntry(db: Database, id: EntryId, keepWords: boolean, now: Millis): void {
  const row = db.get<EntryRow>('SELECT * FROM entries WHERE id = ?', id);
  if (!row) return;
  db.run('UPDATE entries SET revoked_at = ? WHERE id = ?', now, id);
  db.run("UPDATE cases SET leaving = json_remove(leaving, '$.said') WHERE id = ?", row.case_id);
  // A message that shows all of a case names no entry; it may hold these words among others.
  const holdsThem = "case_id = ? AND purpose IN ('words', 'check') AND (entry = ? OR entry IS NULL)";
  const waits = "state IN ('queued', 'sending', 'unknown')";
  db.run(
    `UPDATE outbox SET body = '', media = NULL, ${NOT_SENT} WHERE ${holdsThem}${keepWords ? ` AND ${waits}` : ''}`,
    row.case_id,
    id,
  );
  if (!keepWords) blank(db, [row]);
}
