// What is taken back leaves no words: not in the case, not on their way to somebody, not in files.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CaseId, EntryId, Send } from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import { blankCase, discard, discardedFiles, fileIsGone, revokeEntry } from '../../src/store/forgetting.ts';
import { addEntry, EIGHT, put, sampleCase, sampleDatabase, send } from './sample.ts';

const CASE = sampleCase({
  reporterName: 'Ani',
  who: 'kin',
  when: { day: '2026-11-24', said: 'besok malam' },
});
const ONE = 'entry-1' as EntryId;
const TWO = 'entry-2' as EntryId;

/** A case of two messages, each with a photo that came and one that is still to come, told in every state of the outbox. */
function told(): Database {
  const db = sampleDatabase();
  const attachment = { type: 'photo' } as const;
  put(db, [
    { do: 'open-case', case: CASE },
    ...[ONE, TWO].flatMap((entry) => [
      addEntry(CASE, `zebra ${entry}`, entry, { contacts: [`number of ${entry}`] }),
      { do: 'attach', entry, file: `file-${entry}`, attachment } as const,
      { do: 'fetch-media', case: CASE.id, entry, attachment } as const,
    ]),
  ]);
  const says = (key: string, state: string, more: Partial<Send>) => {
    put(db, [send(key, { case: CASE.id, purpose: 'words', text: `zebra ${key}`, ...more })]);
    db.run('UPDATE outbox SET state = ? WHERE key = ?', state, key);
  };
  for (const state of ['queued', 'sending', 'unknown', 'sent']) {
    says(`one-${state}`, state, { entry: ONE, media: { file: 'file-entry-1', attachment } });
    says(`two-${state}`, state, { entry: TWO });
    says(`all-${state}`, state, {});
  }
  says('line', 'sent', { purpose: 'check', entry: ONE });
  says('alert', 'queued', { purpose: 'alert' });
  return db;
}

/** Numbers that are still kept, and how the day of leaving was said. */
const kept = (db: Database) => [
  ...db
    .all<{ contacts: string }>('SELECT contacts FROM entries ORDER BY id')
    .flatMap(({ contacts }) => JSON.parse(contacts)),
  db.get<{ leaving: string | null }>('SELECT leaving FROM cases')?.leaving,
];
const entries = (db: Database) => db.all('SELECT id, text, files FROM entries ORDER BY id');
/** The keys of messages that still hold words, with their states. */
const worded = (db: Database) =>
  db
    .all<{ key: string; state: string }>("SELECT key, state FROM outbox WHERE body <> '' ORDER BY id")
    .map(({ key, state }) => (key === 'alert' ? key : `${key}:${state}`));
const TWOS = ['two-queued:queued', 'two-sending:sending', 'two-unknown:unknown', 'two-sent:sent'];
const fetched = (db: Database) => db.all<{ entry: string }>('SELECT entry FROM errands').map(({ entry }) => entry);

describe('a case that is taken back', () => {
  test('loses words, name and files; nothing of it is fetched or sent any more', () => {
    const db = told();
    blankCase(db, CASE.id);
    assert.deepEqual(entries(db), [
      { id: ONE, text: '', files: '[]' },
      { id: TWO, text: '', files: '[]' },
    ]);
    assert.deepEqual(kept(db), [null]);
    assert.equal(db.get<{ name: null }>('SELECT reporter_name AS name FROM cases')?.name, null);
    assert.deepEqual(discardedFiles(db), ['file-entry-1', 'file-entry-2']);
    assert.deepEqual(fetched(db), []);
    assert.deepEqual(worded(db), ['alert']);
    assert.equal(
      db.get("SELECT 1 FROM outbox WHERE media IS NOT NULL OR (state NOT IN ('sent', 'dead') AND key <> 'alert')"),
      undefined,
    );
  });

  test('leaves other cases as they are', () => {
    const db = told();
    const before = [entries(db), worded(db)];
    blankCase(db, 'case-9' as CaseId);
    assert.deepEqual([entries(db), worded(db)], before);
  });
});

describe('an entry that its writer deleted', () => {
  test('loses words and files, and the others keep theirs', () => {
    const db = told();
    revokeEntry(db, ONE, false, EIGHT);
    assert.deepEqual(entries(db), [
      { id: ONE, text: '', files: '[]' },
      { id: TWO, text: 'zebra entry-2', files: '[{"file":"file-entry-2","attachment":{"type":"photo"}}]' },
    ]);
    assert.deepEqual(db.all('SELECT revoked_at FROM entries ORDER BY id'), [
      { revoked_at: EIGHT },
      { revoked_at: null },
    ]);
    assert.deepEqual(kept(db), ['number of entry-2', '{"day":"2026-11-24"}']);
    assert.deepEqual(discardedFiles(db), ['file-entry-1']);
    assert.deepEqual(fetched(db), [TWO]);
    assert.deepEqual(
      worded(db),
      [...TWOS, 'alert'].filter((key) => key !== ''),
    );
  });

  test('whose words are kept keeps them in the case, and they go to nobody who was still to be told', () => {
    const db = told();
    const before = entries(db);
    revokeEntry(db, ONE, true, EIGHT);
    assert.deepEqual(entries(db), before);
    assert.deepEqual(kept(db), ['number of entry-1', 'number of entry-2', '{"day":"2026-11-24"}']);
    assert.deepEqual(discardedFiles(db), []);
    assert.deepEqual(fetched(db), [ONE, TWO]);
    assert.deepEqual(worded(db).sort(), [...TWOS, 'one-sent:sent', 'all-sent:sent', 'line:sent', 'alert'].sort());
  });
});

test('a file is to be deleted until it is said to be gone', () => {
  const db = sampleDatabase();
  discard(db, 'one');
  discard(db, 'one');
  assert.deepEqual(discardedFiles(db), ['one']);
  fileIsGone(db, 'one');
  assert.deepEqual(discardedFiles(db), []);
});
