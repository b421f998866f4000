// The outbox: what goes first, what is claimed, what an ack changes, what waits for another, what is blanked.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageId } from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import {
  acked,
  beingSent,
  blankOld,
  claim,
  dead,
  forgetSending,
  nextSend,
  outboxHealth,
  unknown,
} from '../../src/store/outbox.ts';
import { messageIdOf, record } from '../../src/store/record.ts';
import { DAY, EIGHT, MINUTE, messageEvent, OFFICERS, put, SECOND, sampleDatabase, send, stateAt } from './sample.ts';

const LATER = EIGHT + MINUTE;
const idOf = (key: string) => messageIdOf(key) as MessageId;
const stateOf = (db: Database, key: string) =>
  db.get<{ state: string; ack: number; attempts: number; sent_at: number | null }>(
    'SELECT state, ack, attempts, sent_at FROM outbox WHERE key = ?',
    key,
  );

/** Keys in the order in which they are claimed at that moment. */
function claimAll(db: Database, now = EIGHT): string[] {
  const keys: string[] = [];
  for (let row = claim(db, now, now + MINUTE); row; row = claim(db, now, now + MINUTE)) keys.push(row.body);
  return keys;
}

test('alerts go before replies, replies before broadcasts, and each kind in the order of its coming', () => {
  const db = sampleDatabase();
  put(db, [
    send('broadcast', { urgency: 'broadcast', text: 'b1' }),
    send('reply', { text: 'r1' }),
    send('alert', { urgency: 'alert', text: 'a1' }),
    send('reply-2', { text: 'r2' }),
    send('alert-2', { urgency: 'alert', text: 'a2' }),
  ]);
  assert.deepEqual(claimAll(db), ['a1', 'a2', 'r1', 'r2', 'b1']);
});

test('what is claimed is not claimed again before its time, and then counts as tried', () => {
  const db = sampleDatabase();
  put(db, [send('one', { to: { chat: OFFICERS.id } })]);
  const first = claim(db, EIGHT, LATER);
  assert.deepEqual(
    { message: first?.message, address: first?.address, group: first?.group, attempts: first?.attempts },
    { message: idOf('one'), address: OFFICERS.address, group: true, attempts: 0 },
  );
  assert.equal(stateOf(db, 'one')?.state, 'sending');
  assert.equal(claim(db, LATER - 1, LATER + MINUTE), undefined);
  assert.equal(nextSend(db), LATER);
  const second = claim(db, LATER, LATER + MINUTE);
  assert.equal(second?.attempts, 1, 'the second try must know that there was a first');
  assert.equal(second?.message, first?.message, 'the same message keeps its id');
});

test('the same key is one message, whatever the text', () => {
  const db = sampleDatabase();
  put(db, [send('alert:case:0')]);
  put(db, [send('alert:case:0', { text: 'other words' })]);
  assert.deepEqual(claimAll(db), ['text of alert:case:0']);
});

test('a message id has the shape of a phone and hangs on the key alone', () => {
  assert.match(messageIdOf('alert:case:0'), /^3EB0[0-9A-F]{18}$/);
  assert.equal(messageIdOf('alert:case:0'), messageIdOf('alert:case:0'));
  assert.notEqual(messageIdOf('alert:case:0'), messageIdOf('alert:case:1'));
});

test('from ack 1 a message is sent; its ack only rises', () => {
  const db = sampleDatabase();
  put(db, [send('one')]);
  claim(db, EIGHT, LATER);
  acked(db, idOf('one'), 0, EIGHT);
  assert.equal(stateOf(db, 'one')?.state, 'sending');
  acked(db, idOf('one'), 2, EIGHT + SECOND);
  acked(db, idOf('one'), 1, EIGHT + 2 * SECOND);
  acked(db, idOf('one'), -1, EIGHT + 3 * SECOND);
  assert.deepEqual(stateOf(db, 'one'), { state: 'sent', ack: 2, attempts: 1, sent_at: EIGHT + SECOND });
  assert.equal(nextSend(db), undefined);
});

test('a refusal is no ack; what was refused can still be found while it is being sent', () => {
  const db = sampleDatabase();
  put(db, [send('one', { urgency: 'broadcast' })]);
  assert.equal(beingSent(db, idOf('one')), undefined);
  const id = claim(db, EIGHT, LATER)?.id;
  acked(db, idOf('one'), -1, EIGHT + SECOND);
  assert.equal(stateOf(db, 'one')?.state, 'sending');
  assert.deepEqual(beingSent(db, idOf('one')), { id, urgency: 2, attempts: 1 });
  acked(db, idOf('one'), 1, EIGHT + SECOND);
  assert.equal(beingSent(db, idOf('one')), undefined);
});

test('in a gap alerts alone are claimed', () => {
  const db = sampleDatabase();
  put(db, [send('reply'), send('alert', { urgency: 'alert' })]);
  assert.equal(claim(db, EIGHT, LATER, true)?.body, 'text of alert');
  assert.equal(claim(db, EIGHT, LATER, true), undefined);
  assert.equal(stateOf(db, 'reply')?.attempts, 0);
});

test('an ack that comes before the throw is handled is not taken back', () => {
  const db = sampleDatabase();
  put(db, [send('one')]);
  const row = claim(db, EIGHT, LATER);
  acked(db, idOf('one'), 1, EIGHT);
  unknown(db, row?.id ?? 0, LATER);
  assert.equal(stateOf(db, 'one')?.state, 'sent');
});

test('after a start what was being sent is unknown and due at once', () => {
  const db = sampleDatabase();
  put(db, [send('one'), send('two')]);
  claim(db, EIGHT, LATER);
  forgetSending(db, EIGHT + SECOND);
  assert.equal(stateOf(db, 'one')?.state, 'unknown');
  assert.equal(stateOf(db, 'two')?.state, 'queued');
  assert.equal(claim(db, EIGHT + SECOND, LATER)?.attempts, 1);
});

test('a tick waits until the text it belongs to is on the phone', () => {
  const db = sampleDatabase();
  put(db, [send('relay')]);
  db.transaction(() =>
    record(db, messageEvent('m1'), stateAt(), [
      { do: 'react', message: 'm1' as MessageId, emoji: '✅', key: 'react', after: 'relay' },
    ]),
  );
  assert.equal(claim(db, EIGHT, LATER)?.kind, 'text');
  assert.equal(claim(db, EIGHT, LATER), undefined);
  acked(db, idOf('relay'), 1, EIGHT);
  assert.equal(claim(db, EIGHT, LATER), undefined, 'the network has it, the phone does not');
  assert.equal(nextSend(db), undefined, 'what waits for another is not due by itself');
  acked(db, idOf('relay'), 2, EIGHT);
  assert.equal(nextSend(db), EIGHT);
  const reaction = claim(db, EIGHT, LATER);
  assert.deepEqual([reaction?.kind, reaction?.body, reaction?.target], ['reaction', '✅', 'm1']);
});

test('what is given up is never claimed again, and is counted', () => {
  const db = sampleDatabase();
  put(db, [send('one', { urgency: 'broadcast' })]);
  dead(db, claim(db, EIGHT, LATER)?.id ?? 0);
  assert.equal(claim(db, LATER + DAY, LATER + DAY), undefined);
  assert.equal(outboxHealth(db).dead, 1);
});

test('health tells what waits and since when the oldest alert does', () => {
  const db = sampleDatabase();
  put(db, [send('reply')], EIGHT - MINUTE);
  put(db, [send('alert', { urgency: 'alert' })], EIGHT);
  put(db, [send('alert-2', { urgency: 'alert' })], EIGHT + MINUTE);
  assert.deepEqual(outboxHealth(db), { waiting: 3, dead: 0, oldestAlertAt: EIGHT });
  acked(db, idOf('alert'), 1, EIGHT);
  assert.equal(outboxHealth(db).oldestAlertAt, EIGHT + MINUTE);
});

test('the words of what was sent are blanked after a week, those still to be sent are not', () => {
  const db = sampleDatabase();
  put(db, [send('old'), send('young'), send('waiting')]);
  acked(db, idOf('old'), 1, EIGHT);
  acked(db, idOf('young'), 1, EIGHT + SECOND);
  assert.equal(blankOld(db, EIGHT + 7 * DAY - 1), 0);
  assert.equal(blankOld(db, EIGHT + 7 * DAY), 1);
  const bodies = db.all<{ body: string | null }>('SELECT body FROM outbox ORDER BY id').map(({ body }) => body);
  assert.deepEqual(bodies, [null, 'text of young', 'text of waiting']);
});
