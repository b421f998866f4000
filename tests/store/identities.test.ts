// One person under two addresses: recognised by either, and made one of the two he was before it was known.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Address, Event, MessageId } from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import { isKnownIdentity, learnIdentity, withKnownAddresses } from '../../src/store/identities.ts';
import { ANI, EIGHT, MINUTE, messageEvent, PRIVATE, put, sampleCase, sampleDatabase, send } from './sample.ts';

const LID = '990000000001@lid' as Address;
const PHONE = ANI.address;
const REVOKED: Event = { kind: 'revoked', message: 'm' as MessageId, chat: LID, chatKind: 'private', at: EIGHT };
const GROUP = 'grup' as Address;

const learn = (db: Database) => learnIdentity(db, LID, PHONE, EIGHT);
/** A database in which Ani is known by her hidden address alone. */
function hiddenAlone(): Database {
  const db = sampleDatabase();
  put(db, [{ do: 'open-case', case: sampleCase() }, send('receipt')]);
  db.run('UPDATE people SET address = ? WHERE id = ?', LID, ANI.id);
  db.run('UPDATE chats SET address = ? WHERE id = ?', LID, PRIVATE.id);
  return db;
}

/** … in which she is known by both, and nobody knows that the two are one. */
function twice(role = 'villager'): Database {
  const db = sampleDatabase();
  db.run('UPDATE people SET role = ? WHERE id = ?', role, ANI.id);
  db.run("INSERT INTO people (id, address, role) VALUES ('hidden', ?, 'villager')", LID);
  db.run("INSERT INTO chats (id, address, kind, heard_until) VALUES ('chat-hidden', ?, 'private', 7)", LID);
  return db;
}

describe('addresses', () => {
  test('of a LID whose number is known become the number: who writes, and where in private', () => {
    const db = sampleDatabase();
    learn(db);
    const heard = (event: Event) => withKnownAddresses(db, event);
    const written = heard(messageEvent('m', { from: LID, chat: LID }));
    assert.ok(written.kind === 'message');
    assert.deepEqual([written.from, written.chat], [PHONE, PHONE]);
    const inGroup = heard(messageEvent('m', { from: LID, chat: GROUP, chatKind: 'group' }));
    assert.ok(inGroup.kind === 'message');
    assert.deepEqual([inGroup.from, inGroup.chat], [PHONE, GROUP]);
    const revoked = heard(REVOKED);
    assert.ok(revoked.kind === 'revoked');
    assert.equal(revoked.chat, PHONE);
    const reacted = heard({ ...REVOKED, kind: 'reaction', from: LID, emoji: '👍' });
    assert.ok(reacted.kind === 'reaction');
    assert.deepEqual([reacted.from, reacted.chat], [PHONE, PHONE]);
  });

  test('of which nothing is known stay as they are', () => {
    const event = messageEvent('m', { from: LID, chat: LID });
    assert.deepEqual(withKnownAddresses(sampleDatabase(), event), event);
  });

  test('that are known to be one person need not be learned again; another number is news', () => {
    const db = sampleDatabase();
    const tells = (phone: Address): Event => ({ kind: 'identity', lid: LID, phone, at: EIGHT });
    assert.equal(isKnownIdentity(db, tells(PHONE)), false);
    learn(db);
    assert.equal(isKnownIdentity(db, tells(PHONE)), true);
    assert.equal(isKnownIdentity(db, tells('620000000099' as Address)), false);
    assert.equal(isKnownIdentity(db, messageEvent('m')), false);
  });
});

describe('learning who somebody is', () => {
  test('who was known by the hidden address alone gets the number, and his chat with him', () => {
    const db = hiddenAlone();
    learn(db);
    assert.deepEqual(db.all('SELECT id, address FROM people'), [{ id: ANI.id, address: PHONE }]);
    assert.equal(db.get<{ address: string }>('SELECT address FROM chats WHERE id = ?', PRIVATE.id)?.address, PHONE);
    assert.equal(db.get<{ reporter: string }>('SELECT reporter FROM cases')?.reporter, ANI.id);
  });

  test('of whom nothing is known yet makes nobody', () => {
    const db = sampleDatabase();
    learnIdentity(db, LID, '620000000099' as Address, EIGHT);
    assert.equal(db.get<{ n: number }>('SELECT count(*) AS n FROM people')?.n, 1);
  });

  test('who was two is one: cases, entries, broadcasts, what was said and heard; the journal stays', () => {
    const db = twice();
    put(db, [{ do: 'open-case', case: sampleCase({ reporter: 'hidden' as never, claimer: 'hidden' as never }) }]);
    db.run(
      "INSERT INTO entries (id, case_id, kind, by, text, attachments, at) VALUES ('e', 'case-1', 'report', 'hidden', 'x', '[]', 1)",
    );
    db.run(
      "INSERT INTO broadcasts (id, number, text, villages, schedule, late, status, by) VALUES ('b', 1, 'x', '[]', '{}', 'send', 'active', 'hidden')",
    );
    db.run(
      "INSERT INTO heard (chat, message, at) VALUES ('chat-hidden', 'm1', 1), ('chat-hidden', 'm2', 1), (?, 'm2', 1)",
      PRIVATE.id,
    );
    db.run("INSERT INTO journal (at, what, person) VALUES (1, 'case-opened', 'hidden')");
    put(db, [send('receipt', { to: { chat: 'chat-hidden' as never } })]);
    learn(db);
    assert.deepEqual(db.get('SELECT reporter, claimer FROM cases'), { reporter: ANI.id, claimer: ANI.id });
    assert.deepEqual(db.all('SELECT by FROM entries UNION SELECT by FROM broadcasts'), [{ by: ANI.id }]);
    assert.deepEqual(db.all('SELECT DISTINCT chat FROM outbox'), [{ chat: PRIVATE.id }]);
    assert.deepEqual(db.all('SELECT chat, message FROM heard ORDER BY message'), [
      { chat: PRIVATE.id, message: 'm1' },
      { chat: PRIVATE.id, message: 'm2' },
    ]);
    assert.deepEqual(db.all('SELECT id FROM people'), [{ id: ANI.id }]);
    assert.deepEqual(db.all("SELECT id, heard_until FROM chats WHERE kind = 'private'"), [
      { id: PRIVATE.id, heard_until: 7 },
    ]);
    assert.equal(db.get<{ person: string }>('SELECT person FROM journal')?.person, 'hidden');
  });

  for (const newer of ['hidden', ANI.id]) {
    test(`of two open questions the newer stays, here of ${newer}`, () => {
      const db = twice();
      const ask = (person: string, chat: string) =>
        db.run(
          'INSERT INTO questions (person, chat, question, at) VALUES (?, ?, ?, ?)',
          person,
          chat,
          JSON.stringify(person),
          person === newer ? EIGHT + MINUTE : EIGHT,
        );
      ask('hidden', 'chat-hidden');
      ask(ANI.id, PRIVATE.id);
      // In a group each was asked something as well.
      ask('hidden', 'chat-officers');
      ask(ANI.id, 'chat-officers');
      learn(db);
      assert.deepEqual(db.all('SELECT person, chat, question FROM questions ORDER BY chat'), [
        { person: ANI.id, chat: PRIVATE.id, question: JSON.stringify(newer) },
        { person: ANI.id, chat: 'chat-officers', question: JSON.stringify(newer) },
      ]);
    });
  }

  test('staff who are known by their number stay what they are', () => {
    const db = twice('officer');
    learn(db);
    assert.deepEqual(db.all('SELECT id, role FROM people'), [{ id: ANI.id, role: 'officer' }]);
  });
});
