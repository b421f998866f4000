// The outbox: what goes first, what is claimed, what an ack changes, what waits for another, what is blanked.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseCode, CaseId, MessageId } from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import {
  acked,
  beingSent,
  blankOld,
  claim,
  crowdedGroups,
  dead,
  digest,
  EVERYTHING,
  forgetSending,
  giveUpGone,
  nextSend,
  outboxHealth,
  refused,
  rename,
  tried,
  triesSince,
  unknown,
} from '../../src/store/outbox.ts';
import { messageIdOf, record } from '../../src/store/record.ts';
import {
  DAY,
  EIGHT,
  MINUTE,
  messageEvent,
  OFFICERS,
  PRIVATE,
  put,
  SECOND,
  sampleCase,
  sampleDatabase,
  send,
  stateAt,
} from './sample.ts';

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
  refused(db, id ?? 0, EIGHT + 5 * SECOND);
  refused(db, id ?? 0, EIGHT + 9 * SECOND);
  assert.equal(nextSend(db), EIGHT + 5 * SECOND, 'told of twice, it is not tried later');
  acked(db, idOf('one'), 1, EIGHT + SECOND);
  assert.equal(beingSent(db, idOf('one')), undefined);
  refused(db, id ?? 0, EIGHT);
  assert.equal(stateOf(db, 'one')?.state, 'sent');
});

test('only what may be said is claimed: urgencies and full chats stay where they are, alerts go into a full chat', () => {
  const db = sampleDatabase();
  put(db, [
    send('reply'),
    send('alert', { urgency: 'alert' }),
    send('elsewhere', { to: { chat: OFFICERS.id } }),
    send('broadcast', { urgency: 'broadcast', to: { chat: OFFICERS.id } }),
  ]);
  const alertsAlone = { ...EVERYTHING, urgencies: [true, false, false] } as const;
  assert.equal(claim(db, EIGHT, LATER, alertsAlone)?.body, 'text of alert');
  assert.equal(claim(db, EIGHT, LATER, alertsAlone), undefined);
  put(db, [send('alert-2', { urgency: 'alert' })]);
  const full = { ...EVERYTHING, fullChats: [PRIVATE.id] };
  const claimed = ['alert-2', 'elsewhere', 'broadcast', undefined].map(() => claim(db, EIGHT, LATER, full)?.body);
  assert.deepEqual(claimed, ['text of alert-2', 'text of elsewhere', 'text of broadcast', undefined]);
  assert.equal(stateOf(db, 'reply')?.attempts, 0);
});

test('a closed group is waited for, one that the bot has left is given up', () => {
  const db = sampleDatabase();
  put(db, [send('one', { to: { chat: OFFICERS.id } }), send('two')]);
  db.run('UPDATE chats SET closed = 1 WHERE id = ?', OFFICERS.id);
  assert.deepEqual(claimAll(db), ['text of two']);
  assert.equal(nextSend(db), EIGHT + MINUTE, 'what is shut away is not due');
  db.run('UPDATE chats SET closed = 0 WHERE id = ?', OFFICERS.id);
  assert.equal(nextSend(db), EIGHT);
  db.run('UPDATE chats SET gone = 1 WHERE id = ?', OFFICERS.id);
  assert.equal(claim(db, EIGHT, LATER), undefined);
  assert.equal(giveUpGone(db), 1);
  assert.deepEqual([stateOf(db, 'one')?.state, stateOf(db, 'two')?.state], ['dead', 'sending']);
});

test('what is handed over is remembered with its time: the first for look-ups, the last for pacing', () => {
  const db = sampleDatabase();
  put(db, [send('one', { urgency: 'alert' }), send('two')]);
  const one = claim(db, EIGHT, LATER)?.id ?? 0;
  tried(db, one, EIGHT);
  tried(db, one, EIGHT + 5 * SECOND);
  tried(db, claim(db, EIGHT, LATER)?.id ?? 0, EIGHT + SECOND);
  assert.deepEqual(triesSince(db, EIGHT - 1, LATER), [
    { at: EIGHT + 5 * SECOND, urgency: 0, chat: PRIVATE.id, digest: false },
    { at: EIGHT + SECOND, urgency: 1, chat: PRIVATE.id, digest: false },
  ]);
  assert.equal(triesSince(db, EIGHT + SECOND, LATER).length, 1, 'what is longer ago');
  assert.equal(triesSince(db, EIGHT - 1, EIGHT + SECOND).length, 1, 'the future, after a clock was set back');
  unknown(db, one, EIGHT);
  assert.equal(claim(db, EIGHT, LATER)?.firstTriedAt, EIGHT);
});

test('what goes along is claimed with the message, and taken away with its words', () => {
  const db = sampleDatabase();
  const media = { file: 'entry-1-1', attachment: { type: 'photo', name: 'bukti.jpg' } } as const;
  put(db, [send('one', { media })]);
  assert.deepEqual(claim(db, EIGHT, LATER)?.media, media);
  acked(db, idOf('one'), 1, EIGHT);
  blankOld(db, EIGHT + 7 * DAY);
  assert.equal(db.get<{ media: string | null }>('SELECT media FROM outbox')?.media, null);
});

test('renamed, a message is known by its new id wherever it stands; an id in use is nobody else’s', () => {
  const db = sampleDatabase();
  put(db, [send('one'), send('two', { quote: idOf('one') }), send('three', { quote: 'heard' as MessageId })]);
  db.transaction(() =>
    record(db, messageEvent('m1'), stateAt(), [{ do: 'react', message: idOf('one'), emoji: '✅', key: 'react' }]),
  );
  assert.equal(rename(db, idOf('one'), 'new' as MessageId), true);
  const rows = db.all<{ message: string; quote: string | null; target: string | null }>(
    'SELECT message, quote, target FROM outbox ORDER BY id',
  );
  assert.deepEqual(rows, [
    { message: 'new', quote: null, target: null },
    { message: idOf('two'), quote: 'new', target: null },
    { message: idOf('three'), quote: 'heard', target: null },
    { message: idOf('react'), quote: null, target: 'new' },
  ]);
  acked(db, 'new' as MessageId, 1, EIGHT);
  assert.equal(stateOf(db, 'one')?.state, 'sent');
  assert.equal(rename(db, 'new' as MessageId, 'new' as MessageId), true);
  assert.equal(rename(db, idOf('two'), 'new' as MessageId), false);
  assert.equal(rows.length, 4);
});

// ---------------------------------------------------------------- too many alerts at once

/** An alert for the officers' group about a case of its own. */
function alertOf(db: Database, n: number, more: Parameters<typeof sampleCase>[0] = {}, to = OFFICERS.id): void {
  const theCase = sampleCase({ id: `case-${n}` as CaseId, code: `KRC-AAA${n}` as CaseCode, ...more });
  put(db, [
    { do: 'open-case', case: theCase },
    send(`alert:${n}`, { to: { chat: to }, urgency: 'alert', purpose: 'alert', case: theCase.id }),
  ]);
}
const codes = (cases: readonly { code: string }[]) => cases.map(({ code }) => code).join(' ');

test('alerts for a group become one message, urgent cases first, each once; they themselves are over, without words', () => {
  const db = sampleDatabase();
  alertOf(db, 1);
  alertOf(db, 2, { severity: 'darurat' });
  alertOf(db, 3);
  put(db, [
    send('again:1', { to: { chat: OFFICERS.id }, urgency: 'alert', purpose: 'alert', case: 'case-1' as CaseId }),
    send('words', { urgency: 'alert', purpose: 'words', case: 'case-1' as CaseId }),
  ]);
  assert.deepEqual(crowdedGroups(db, EIGHT), [{ chat: OFFICERS.id, lastDigestAt: undefined }]);
  digest(db, OFFICERS.id, EIGHT, codes);
  assert.deepEqual(claimAll(db), ['KRC-AAA2 KRC-AAA1 KRC-AAA3', 'text of words']);
  for (const key of ['alert:1', 'alert:2', 'alert:3', 'again:1']) assert.equal(stateOf(db, key)?.state, 'digested');
  assert.equal(db.get<{ n: number }>("SELECT count(body) AS n FROM outbox WHERE state = 'digested'")?.n, 0);
  const row = db.get('SELECT chat, purpose, urgency, case_id FROM outbox WHERE key LIKE ?', 'digest:%');
  assert.deepEqual(row, { chat: OFFICERS.id, purpose: 'list', urgency: 0, case_id: null });
  assert.deepEqual(crowdedGroups(db, EIGHT), []);
  alertOf(db, 4);
  assert.deepEqual(crowdedGroups(db, LATER), [], 'one alone is not a crowd');
  alertOf(db, 5);
  assert.deepEqual(crowdedGroups(db, LATER), [{ chat: OFFICERS.id, lastDigestAt: EIGHT }]);
  assert.deepEqual(crowdedGroups(db, EIGHT - 1), [], 'what is not due yet');
});

test('left out of a digest: what may already be in the chat, what is for one person, and a case that became restricted', () => {
  const db = sampleDatabase();
  alertOf(db, 1);
  unknown(db, claim(db, EIGHT, LATER)?.id ?? 0, EIGHT);
  alertOf(db, 2, { restriction: 'head' });
  alertOf(db, 3, {}, PRIVATE.id);
  alertOf(db, 4);
  alertOf(db, 5);
  digest(db, OFFICERS.id, EIGHT, codes);
  assert.equal(db.get<{ body: string }>("SELECT body FROM outbox WHERE purpose = 'list'")?.body, 'KRC-AAA4 KRC-AAA5');
  for (const n of [1, 2, 3]) assert.notEqual(stateOf(db, `alert:${n}`)?.state, 'digested');
});

test('a digest holds a hundred cases; the rest comes in the next', () => {
  const db = sampleDatabase();
  for (let n = 100; n < 250; n++) alertOf(db, n);
  digest(db, OFFICERS.id, EIGHT, (cases) => `${cases.length}`);
  digest(db, OFFICERS.id, LATER, (cases) => `${cases.length}`);
  digest(db, OFFICERS.id, LATER, (cases) => `${cases.length}`);
  const bodies = db.all<{ body: string }>("SELECT body FROM outbox WHERE purpose = 'list' ORDER BY id");
  assert.deepEqual(
    bodies.map(({ body }) => body),
    ['100', '50'],
  );
});

test('group alerts go first where they are in a crowd, and not at all while they are held', () => {
  const db = sampleDatabase();
  put(db, [send('words', { urgency: 'alert', purpose: 'words' })]);
  alertOf(db, 1);
  assert.equal(claim(db, EIGHT, LATER, { ...EVERYTHING, groupAlerts: 'held' })?.body, 'text of words');
  assert.equal(claim(db, EIGHT, LATER, { ...EVERYTHING, groupAlerts: 'held' }), undefined);
  put(db, [send('words-2', { urgency: 'alert', purpose: 'words' })]);
  assert.equal(claim(db, EIGHT, LATER, { ...EVERYTHING, groupAlerts: 'first' })?.body, 'text of alert:1');
});

// ---------------------------------------------------------------- what has become of it

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
