// What is known when an event is decided: no more than it names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Address,
  Case,
  CaseCode,
  CaseId,
  Effect,
  Event,
  Invite,
  MessageId,
  PersonId,
  Reading,
} from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import { isCodeTaken, nextDue, recall } from '../../src/store/recall.ts';
import { messageIdOf, record } from '../../src/store/record.ts';
import {
  ANI,
  addEntry,
  DAY,
  EIGHT,
  freshIds,
  MINUTE,
  messageEvent,
  OFFICE,
  OFFICERS,
  PRIVATE,
  put,
  sampleCase,
  sampleDatabase,
  send,
  stateAt,
} from './sample.ts';

const READING = { text: '', words: [], codes: [], named: false, topics: [], menu: [] } as unknown as Reading;
const known = (db: Database, event: Event, reading: Partial<Reading> = {}, now = EIGHT) =>
  recall(db, event, { ...READING, ...reading }, { now, fresh: freshIds(9), office: OFFICE });

const ofCase = (n: number, more: Partial<Case> = {}) =>
  sampleCase({ id: `case-${n}` as CaseId, code: `KRC-AAA${n}` as CaseCode, openedAt: EIGHT + n, ...more });

test('who is not known is a villager with a fresh id', () => {
  const state = known(
    sampleDatabase(),
    messageEvent('m', { from: '620000000009' as Address, chat: '620000000009' as Address }),
  );
  assert.deepEqual([state.person?.id, state.person?.role, state.chat?.id], ['new-9', 'villager', 'new-9']);
  assert.equal(known(sampleDatabase(), messageEvent('m')).person?.id, ANI.id);
});

test("the sender's own case is the newest one that is open, adverts aside", () => {
  const db = sampleDatabase();
  put(db, [
    { do: 'open-case', case: ofCase(1) },
    { do: 'open-case', case: ofCase(2) },
    { do: 'open-case', case: ofCase(3, { status: 'closed' }) },
    { do: 'open-case', case: ofCase(4, { kind: 'advert' }) },
    addEntry(ofCase(2), 'second'),
  ]);
  const state = known(db, messageEvent('m'));
  assert.equal(state.ownCase?.id, 'case-2');
  assert.deepEqual(
    state.entries.map(({ text }) => text),
    ['second'],
  );
});

test('a quote of the bot names its case; a quote of something else, or from another chat, names none', () => {
  const db = sampleDatabase();
  put(db, [
    { do: 'open-case', case: ofCase(1) },
    send('alert', { to: { chat: OFFICERS.id }, purpose: 'alert', case: 'case-1' as CaseId }),
  ]);
  const quote = messageIdOf('alert') as MessageId;
  const inGroup = { chat: OFFICERS.address, chatKind: 'group', quote } as const;
  assert.equal(known(db, messageEvent('m', inGroup)).case?.id, 'case-1');
  assert.equal(known(db, messageEvent('m', inGroup)).quoted?.purpose, 'alert');
  assert.equal(known(db, messageEvent('m', { quote })).case, undefined);
  assert.equal(known(db, messageEvent('m', { ...inGroup, quote: 'other' as MessageId })).quoted, undefined);
});

test('a code names its case where nothing is quoted', () => {
  const db = sampleDatabase();
  put(db, [{ do: 'open-case', case: ofCase(1) }]);
  assert.equal(known(db, messageEvent('m'), { codes: ['KRC-AAA1' as CaseCode] }).case?.id, 'case-1');
  assert.equal(known(db, messageEvent('m'), { codes: ['KRC-ZZZZ' as CaseCode] }).case, undefined);
  assert.equal(isCodeTaken(db, 'KRC-AAA1'), true);
  assert.equal(isCodeTaken(db, 'KRC-ZZZZ'), false);
});

test('a doubt is no open case, and nobody reaches it by its code; its line names it', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO people (id, address, role) VALUES ('budi', '620000000006', 'officer')");
  put(db, [
    { do: 'open-case', case: ofCase(1, { status: 'doubtful' }) },
    { do: 'open-case', case: ofCase(2, { status: 'closed', verdict: 'no' }) },
    { do: 'open-case', case: ofCase(3, { status: 'closed', verdict: 'none' }) },
    send('line', { purpose: 'check', case: 'case-1' as CaseId, group: OFFICERS.id }),
  ]);
  const byCode = (n: number) => known(db, messageEvent('m'), { codes: [`KRC-AAA${n}` as CaseCode] });
  for (const n of [1, 2, 3]) assert.equal(byCode(n).case, undefined);
  assert.equal(byCode(1).ownCase, undefined);
  const budi = messageEvent('m', { from: '620000000006' as Address, chat: '620000000006' as Address });
  assert.deepEqual(known(db, budi, { command: { name: 'daftar', rest: '' } }).openCases, []);
  db.run("INSERT INTO daily (what, due_at) VALUES ('sign-of-life', ?)", EIGHT);
  assert.deepEqual(known(db, { kind: 'tick', at: EIGHT }).openCases, []);
  const quoting = known(db, messageEvent('m', { quote: messageIdOf('line') as MessageId }));
  assert.deepEqual([quoting.case?.id, quoting.case?.status, quoting.ownCase], ['case-1', 'doubtful', undefined]);
  // Once an officer has said yes it is a case as any.
  put(db, [{ do: 'change-case', case: 'case-1' as CaseId, to: { status: 'open', verdict: 'yes' } }]);
  assert.equal(byCode(1).case?.id, 'case-1');
  assert.equal(byCode(1).ownCase?.id, 'case-1');
});

test('who answers the line of a doubt knows what was said lately in its group, and nobody else does', () => {
  const db = sampleDatabase();
  put(db, [
    { do: 'open-case', case: ofCase(1, { status: 'doubtful' }) },
    send('line', { purpose: 'check', case: 'case-1' as CaseId, group: OFFICERS.id }),
    send('notice', { purpose: 'notice', group: OFFICERS.id }),
    send('warning', { purpose: 'warning', to: { chat: OFFICERS.id } }),
  ]);
  const there = (key: string, now = EIGHT) =>
    known(db, messageEvent('m', { quote: messageIdOf(key) as MessageId }), {}, now).saidThere?.map(
      ({ purpose }) => purpose,
    );
  assert.deepEqual(there('line'), ['warning']);
  assert.deepEqual(there('line', EIGHT + 31 * MINUTE), []);
  assert.equal(there('notice'), undefined);
});

test('an open question is forgotten after a day', () => {
  const db = sampleDatabase();
  record(db, messageEvent('m1'), stateAt(), [{ do: 'ask', question: { about: 'report' } }]);
  assert.deepEqual(known(db, messageEvent('m2'), {}, EIGHT + DAY - 1).asked?.question, { about: 'report' });
  assert.equal(known(db, messageEvent('m2'), {}, EIGHT + DAY).asked, undefined);
});

test('what was said here in the last half hour is known, newest first, and nothing of other chats', () => {
  const db = sampleDatabase();
  put(db, [send('first')], EIGHT);
  put(db, [send('second', { purpose: 'receipt' }), send('elsewhere', { to: { chat: OFFICERS.id } })], EIGHT + MINUTE);
  const said = (now: number) => known(db, messageEvent('m'), {}, now).said.map(({ message }) => message);
  assert.deepEqual(said(EIGHT + 2 * MINUTE), [messageIdOf('second'), messageIdOf('first')]);
  assert.deepEqual(said(EIGHT + 30 * MINUTE), [messageIdOf('second')]);
});

test('shared groups tell the villages of a sender without keeping who is in them', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO chats (id, address, kind, village) VALUES ('g', 'grup', 'group', 'hiang-sakti')");
  const before = db.get('SELECT count(*) AS n FROM people');
  const state = known(db, messageEvent('m', { sharedGroups: ['grup', 'unknown'] as Address[] }));
  assert.deepEqual(state.memberOf, ['hiang-sakti']);
  assert.deepEqual(db.get('SELECT count(*) AS n FROM people'), before);
});

test('a tick knows what is due by then, oldest first, at most 200', () => {
  const db = sampleDatabase();
  put(db, [
    ...Array.from({ length: 205 }, (_, n) => ({
      do: 'open-case' as const,
      case: sampleCase({ id: `c${n}` as CaseId, code: `K${n}` as CaseCode, dueAt: EIGHT + 1000 - n }),
    })),
    { do: 'open-case', case: ofCase(1, { dueAt: EIGHT + MINUTE + 1 }) },
  ]);
  const { due } = known(db, { kind: 'tick', at: EIGHT + MINUTE });
  assert.equal(due.length, 200);
  assert.ok(due.every((one, i) => i === 0 || one.at >= (due[i - 1]?.at ?? 0)));
  assert.equal(due[0]?.at, EIGHT + 1000 - 204);
  assert.equal(nextDue(db), EIGHT + 1000 - 204);
  assert.equal(known(db, messageEvent('m')).due.length, 0);
});

test('only staff who asks for the list is given every open case', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO people (id, address, role) VALUES ('budi', '620000000006', 'officer')");
  put(db, [
    { do: 'open-case', case: ofCase(1) },
    { do: 'open-case', case: ofCase(2, { status: 'closed' }) },
  ]);
  const list = { command: { name: 'daftar', rest: '' } } as const;
  const budi = messageEvent('m', { from: '620000000006' as Address, chat: '620000000006' as Address });
  assert.deepEqual(
    known(db, budi, list).openCases.map(({ id }) => id),
    ['case-1'],
  );
  assert.deepEqual(known(db, budi).openCases, []);
  assert.deepEqual(known(db, messageEvent('m'), list).openCases, []);
  assert.equal(known(db, messageEvent('m'), list).person?.id, ANI.id as PersonId);
  assert.equal(known(db, messageEvent('m')).chat?.id, PRIVATE.id);
});

const GROUP = { kind: 'group', chat: 'grup-baru' as Address, chatName: 'Arisan', change: 'joined', at: EIGHT } as const;

test('a group event is known by its chat alone: nobody is made up', () => {
  const db = sampleDatabase();
  const fresh = known(db, GROUP);
  assert.deepEqual(
    [fresh.chat?.id, fresh.chat?.name, fresh.chat?.kind, fresh.person],
    ['new-9', 'Arisan', 'group', undefined],
  );
  record(db, GROUP, { ...fresh, now: EIGHT }, [{ do: 'journal', what: 'group-found' }]);
  const again = known(db, { ...GROUP, change: 'left' });
  assert.equal(again.chat?.id, 'new-9');
  assert.deepEqual(
    again.groups.map(({ id }) => id),
    [OFFICERS.id, 'new-9'],
  );
  assert.deepEqual(db.get('SELECT count(*) AS n FROM people'), { n: 1 });
});

test('an invitation that comes back is known by who showed it and his private chat', () => {
  const db = sampleDatabase();
  const event = { kind: 'invite', invite: 'x' as Invite, result: 'found', at: EIGHT } as const;
  const state = known(db, { ...event, asker: ANI.id });
  assert.deepEqual([state.person, state.chat?.id], [ANI, PRIVATE.id]);
  db.run("INSERT INTO people (id, address, role) VALUES ('wawan', '620000000024', 'admin')");
  const first = known(db, { ...event, asker: 'wawan' as PersonId });
  assert.deepEqual([first.chat?.id, first.chat?.kind, first.chat?.address], ['new-9', 'private', '620000000024']);
  assert.equal(known(db, { ...event, asker: 'nobody' as PersonId }).person, undefined);
});

test('what comes each day falls due with the rest, and brings what is told of', () => {
  const db = sampleDatabase();
  put(db, [
    { do: 'open-case', case: ofCase(1, { dueAt: EIGHT + MINUTE }) },
    { do: 'set-daily', what: 'sign-of-life', at: EIGHT - MINUTE },
    { do: 'set-daily', what: 'listening', at: EIGHT + 2 * MINUTE },
    { do: 'count-unsaid', chat: OFFICERS.id, purpose: 'answer', topic: 'paspor-biaya' as never },
    { do: 'count-unsaid', chat: OFFICERS.id, purpose: 'answer', topic: 'paspor-biaya' as never },
    { do: 'count-unsaid', chat: OFFICERS.id, purpose: 'menu' },
  ]);
  assert.equal(nextDue(db), EIGHT - MINUTE);
  const morning = known(db, { kind: 'tick', at: EIGHT });
  assert.deepEqual(morning.due, [{ what: 'sign-of-life', at: EIGHT - MINUTE }]);
  assert.deepEqual([morning.openCases.length, morning.unsaid.length], [1, 0]);
  put(db, [{ do: 'set-daily', what: 'sign-of-life', at: EIGHT + DAY }]);
  assert.equal(nextDue(db), EIGHT + MINUTE);
  const later = known(db, { kind: 'tick', at: EIGHT + 2 * MINUTE });
  assert.deepEqual(
    later.due.map(({ what }) => what),
    ['case', 'listening'],
  );
  assert.deepEqual(later.unsaid, [
    { chat: OFFICERS.id, purpose: 'answer', topic: 'paspor-biaya', times: 2 },
    { chat: OFFICERS.id, purpose: 'menu', times: 1 },
  ]);
  assert.deepEqual(later.openCases, []);
});

test('what was left unsaid is known to the admin who asks for the groups', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO people (id, address, role) VALUES ('wawan', '620000000024', 'admin')");
  put(db, [{ do: 'count-unsaid', chat: OFFICERS.id, purpose: 'menu' }]);
  const groups = { command: { name: 'grup', rest: '' } } as const;
  const wawan = messageEvent('m', { from: '620000000024' as Address, chat: '620000000024' as Address });
  assert.equal(known(db, wawan, groups).unsaid.length, 1);
  assert.equal(known(db, wawan).unsaid.length, 0);
  assert.equal(known(db, messageEvent('m'), groups).unsaid.length, 0);
});

// ---------------------------------------------------------------- what a message became, and what the bot said itself

const KOTO = { id: 'chat-koto', address: 'grup-koto' as Address };

/** A report of Ani's, heard in private or in a group as message m1. */
function reported(where: 'private' | 'group'): Database {
  const db = sampleDatabase();
  db.run("INSERT INTO chats (id, address, kind) VALUES (?, ?, 'group')", KOTO.id, KOTO.address);
  const theCase = sampleCase();
  const entry = { ...(addEntry(theCase, 'words') as Extract<Effect, { do: 'add-entry' }>).entry };
  put(db, [
    { do: 'open-case', case: theCase },
    { do: 'add-entry', entry: { ...entry, message: 'm1' as MessageId } },
    { ...addEntry(theCase, 'more', 'entry-2') },
  ]);
  db.run(
    'INSERT INTO heard (chat, message, at) VALUES (?, ?, ?)',
    where === 'private' ? PRIVATE.id : KOTO.id,
    'm1',
    EIGHT,
  );
  return db;
}
const deletes = (chat: Address, chatKind: 'private' | 'group', message = 'm1'): Event => ({
  kind: 'revoked',
  message: message as MessageId,
  chat,
  chatKind,
  at: EIGHT,
});

test('a message that was deleted names what it became, in its own chat alone', () => {
  const inPrivate = known(reported('private'), deletes(ANI.address, 'private'));
  assert.deepEqual([inPrivate.entry?.text, inPrivate.case?.id], ['words', 'case-1']);
  assert.deepEqual(
    inPrivate.entries.map(({ text }) => text),
    ['words', 'more'],
  );
  const inGroup = known(reported('group'), deletes(KOTO.address, 'group'));
  assert.equal(inGroup.entry?.text, 'words');
  assert.equal(known(reported('private'), deletes(KOTO.address, 'group')).entry, undefined);
  assert.equal(known(reported('group'), deletes(ANI.address, 'private')).entry, undefined);
  assert.equal(known(reported('private'), deletes(ANI.address, 'private', 'm2')).entry, undefined);
});

test('the same id heard in two chats is two messages', () => {
  const db = reported('private');
  db.run('INSERT INTO heard (chat, message, at) VALUES (?, ?, ?)', KOTO.id, 'm1', EIGHT);
  assert.equal(known(db, deletes(KOTO.address, 'group')).entry, undefined);
  assert.equal(known(db, deletes(ANI.address, 'private')).entry?.text, 'words');
});

test('a change names what the message had become, or that it led to something else, or to nothing', () => {
  const db = reported('private');
  db.run('INSERT INTO heard (chat, message, at) VALUES (?, ?, ?)', PRIVATE.id, 'answered', EIGHT);
  const change = (edits: string) => known(db, messageEvent('change', { edits: edits as MessageId }));
  assert.deepEqual(
    [change('m1').entry?.text, change('m1').case?.id, change('m1').originalHeard],
    ['words', 'case-1', true],
  );
  assert.deepEqual([change('answered').entry, change('answered').originalHeard], [undefined, true]);
  assert.deepEqual([change('unheard').entry, change('unheard').originalHeard], [undefined, false]);
  assert.equal(known(db, messageEvent('m2')).originalHeard, undefined);
});

test('a file that comes knows its entry and its case', () => {
  const state = known(reported('private'), {
    kind: 'media-arrived',
    case: 'case-1' as CaseId,
    entry: 'entry-1' as never,
    at: EIGHT,
  });
  assert.deepEqual([state.entry?.text, state.case?.id, state.person], ['words', 'case-1', undefined]);
});

test('the bot knows its own words again for a day: said in this chat, or to this person', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO chats (id, address, kind) VALUES (?, ?, 'group')", KOTO.id, KOTO.address);
  put(db, [
    send('private', { text: 'Kata bot.\n' }),
    send('group', { to: { chat: KOTO.id as never }, text: 'Kata grup.' }),
    send('officers', { to: { chat: OFFICERS.id }, text: 'Kata lain.' }),
  ]);
  const group = { chat: KOTO.address, chatKind: 'group' } as const;
  const echo = (text: string, more: object = {}, now = EIGHT + MINUTE) =>
    known(db, messageEvent('m', { text, ...more }), {}, now).echo;
  assert.equal(echo(' Kata bot. '), true);
  assert.equal(echo('Kata bot. Ya.'), false);
  assert.equal(echo('Kata bot.', group), true, 'said to this person in private');
  assert.equal(echo('Kata grup.', group), true);
  assert.equal(echo('Kata grup.'), false);
  assert.equal(echo('Kata lain.'), false);
  assert.equal(echo('Kata bot.', {}, EIGHT + DAY), false);
  db.run("UPDATE outbox SET body = ''");
  assert.equal(echo(''), false);
});
