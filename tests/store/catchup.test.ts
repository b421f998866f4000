// What a channel needs to catch up: until when each chat was heard, since when, and which alerts wait for a 👍.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address, CaseCode, CaseId, Event } from '../../src/core/types.ts';
import { heard, heardMarks, linkedSince, markLinked, unclaimedAlerts } from '../../src/store/catchup.ts';
import type { Database } from '../../src/store/database.ts';
import { learnIdentity } from '../../src/store/identities.ts';
import { messageIdOf } from '../../src/store/record.ts';
import {
  ANI,
  EIGHT,
  MINUTE,
  messageEvent,
  OFFICERS,
  put,
  SECOND,
  sampleCase,
  sampleDatabase,
  send,
  TICK,
} from './sample.ts';

const LATER = EIGHT + 60 * MINUTE;
const at = (time: number) => messageEvent('m', { at: time });
const until = (db: Database) => heardMarks(db).get(ANI.address);

test('how far a chat was heard moves on with its messages, at most once a minute of theirs', () => {
  const db = sampleDatabase();
  assert.equal(until(db), undefined);
  heard(db, at(EIGHT), LATER);
  assert.equal(until(db), EIGHT);
  heard(db, at(EIGHT + MINUTE - SECOND), LATER);
  assert.equal(until(db), EIGHT, 'written again too soon');
  heard(db, at(EIGHT + MINUTE), LATER);
  assert.equal(until(db), EIGHT + MINUTE);
});

test('it never goes back, and a message that claims to be of the future moves it no further than now', () => {
  const db = sampleDatabase();
  heard(db, at(EIGHT), LATER);
  heard(db, at(EIGHT - 30 * MINUTE), LATER);
  assert.equal(until(db), EIGHT);
  heard(db, at(LATER + 60 * MINUTE), LATER);
  assert.equal(until(db), LATER);
});

test('a chat that is not known, and what is no message, are nothing to be caught up', () => {
  const db = sampleDatabase();
  heard(db, messageEvent('m', { chat: 'grup-asing' as Address, chatKind: 'group' }), LATER);
  assert.equal(heardMarks(db).get('grup-asing' as Address), undefined);
  const left: Event = { kind: 'group', chat: ANI.address, change: 'left', at: EIGHT };
  for (const event of [TICK, left]) heard(db, event, LATER);
  assert.equal(until(db), undefined);
});

test('a person is found by his hidden address as well', () => {
  const db = sampleDatabase();
  const lid = '990000000001@lid' as Address;
  heard(db, at(EIGHT), LATER);
  assert.equal(heardMarks(db).get(lid), undefined);
  learnIdentity(db, lid, ANI.address, EIGHT);
  assert.equal(heardMarks(db).get(lid), EIGHT);
});

test('the first time that the number was linked is kept, and no later one', () => {
  const db = sampleDatabase();
  assert.equal(linkedSince(db), undefined);
  markLinked(db, EIGHT);
  markLinked(db, LATER);
  assert.equal(linkedSince(db), EIGHT);
});

test('the line of a doubt that nobody has answered waits for a reaction, once it is sent', () => {
  const db = sampleDatabase();
  const doubts = [
    sampleCase({ status: 'doubtful' }),
    sampleCase({ id: 'case-2' as CaseId, code: 'KRC-AAA2' as CaseCode, status: 'closed', verdict: 'no' }),
    sampleCase({ id: 'case-3' as CaseId, code: 'KRC-AAA3' as CaseCode, status: 'open', verdict: 'yes' }),
  ];
  put(db, [
    ...doubts.map((one) => ({ do: 'open-case', case: one }) as const),
    ...doubts.map((one) => send(`check-${one.id}`, { purpose: 'check', case: one.id })),
  ]);
  assert.deepEqual(unclaimedAlerts(db), []);
  db.run("UPDATE outbox SET state = 'sent'");
  assert.deepEqual(unclaimedAlerts(db), [{ message: messageIdOf('check-case-1'), chat: ANI.address }]);
});

test('alerts and words of open cases that nobody has claimed wait for a 👍, once they are sent', () => {
  const db = sampleDatabase();
  const cases = [
    sampleCase(),
    sampleCase({ id: 'case-2' as CaseId, code: 'KRC-AAA2' as CaseCode, status: 'claimed', claimer: ANI.id }),
    sampleCase({ id: 'case-3' as CaseId, code: 'KRC-AAA3' as CaseCode, status: 'closed' }),
  ];
  const to = { chat: OFFICERS.id };
  put(db, [
    ...cases.map((one) => ({ do: 'open-case', case: one }) as const),
    ...cases.map((one) => send(`alert-${one.id}`, { to, purpose: 'alert', case: one.id })),
    send('words', { purpose: 'words', case: 'case-1' as CaseId }),
    send('receipt', { purpose: 'receipt', case: 'case-1' as CaseId }),
  ]);
  assert.deepEqual(unclaimedAlerts(db), []);
  db.run("UPDATE outbox SET state = 'sent'");
  assert.deepEqual(unclaimedAlerts(db), [
    { message: messageIdOf('alert-case-1'), chat: OFFICERS.address },
    { message: messageIdOf('words'), chat: ANI.address },
  ]);
});
