// Effects become rows, once; an event that leads to nothing leaves none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address, Chat, ChatId, Effect, MessageId, Person, PersonId } from '../../src/core/types.ts';
import type { Database } from '../../src/store/database.ts';
import { dropFailed, failedEvents, record, recordFailure, wasHeard } from '../../src/store/record.ts';
import { toCase, toEntry } from '../../src/store/rows.ts';
import {
  ANI,
  addEntry,
  EIGHT,
  MINUTE,
  messageEvent,
  OFFICERS,
  PRIVATE,
  put,
  sampleCase,
  sampleDatabase,
  send,
  stateAt,
} from './sample.ts';

const count = (db: Database, table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n;
const TABLES = ['people', 'chats', 'heard', 'cases', 'entries', 'questions', 'outbox', 'errands', 'journal', 'failed'];
const everything = (db: Database) => TABLES.map((table) => `${table} ${count(db, table)}`);

const RUDI: Person = { ...ANI, id: 'rudi' as PersonId, address: '620000000002' as Address };
const RUDIS: Chat = { ...PRIVATE, id: 'chat-rudi' as ChatId, address: RUDI.address };

test('an event that leads to nothing leaves no row, of its author neither', () => {
  const db = sampleDatabase();
  const before = everything(db);
  record(
    db,
    messageEvent('m1', { from: RUDI.address, chat: RUDI.address }),
    stateAt(EIGHT, { person: RUDI, chat: RUDIS }),
    [],
  );
  assert.deepEqual(everything(db), before);
  assert.equal(wasHeard(db, messageEvent('m1')), false);
});

test('an event that leads to something is heard once, in its chat', () => {
  const db = sampleDatabase();
  const event = messageEvent('m1', { from: RUDI.address, chat: RUDI.address });
  const state = stateAt(EIGHT, { person: RUDI, chat: RUDIS });
  record(db, event, state, [send('one', { to: { person: RUDI.id } })]);
  assert.equal(wasHeard(db, event), true);
  assert.equal(wasHeard(db, messageEvent('m1')), false, 'the same id in another chat is another message');
  assert.equal(wasHeard(db, { kind: 'tick', at: EIGHT }), false);
  assert.throws(() => record(db, event, state, [send('two')]), /UNIQUE/, 'a second hearing cannot slip through');
  assert.equal(db.get<{ id: string }>('SELECT id FROM people WHERE address = ?', RUDI.address)?.id, 'rudi');
});

test('of a change both ids are heard: the message itself may come after it', () => {
  const db = sampleDatabase();
  record(db, messageEvent('change', { edits: 'm1' as MessageId }), stateAt(), [send('one')]);
  record(db, messageEvent('again', { edits: 'm1' as MessageId }), stateAt(), [send('two')]);
  for (const id of ['change', 'again', 'm1']) assert.equal(wasHeard(db, messageEvent(id)), true, id);
});

test('a person without a chat gets one with the first message', () => {
  const db = sampleDatabase();
  db.run("INSERT INTO people (id, address, role) VALUES ('budi', '620000000006', 'officer')");
  put(db, [send('one', { to: { person: 'budi' as PersonId } }), send('two', { to: { person: 'budi' as PersonId } })]);
  const chats = db.all<{ chat: string }>('SELECT DISTINCT chat FROM outbox').map(({ chat }) => chat);
  assert.deepEqual(chats, ['private-budi']);
  assert.throws(() => put(db, [send('three', { to: { person: 'nobody' as PersonId } })]), /not known/);
});

test('a case is kept with all its fields, and changes take only what they name', () => {
  const db = sampleDatabase();
  const theCase = sampleCase({
    reporterName: 'Ani',
    village: 'hiang-sakti' as never,
    rung: 1,
    reasons: ['leaving-soon', 'danger-now'],
    who: 'kin',
    when: { day: '2026-11-24', said: 'besok malam' },
  });
  put(db, [{ do: 'open-case', case: theCase }, addEntry(theCase, 'words')]);
  const kept = () => toCase(db.get('SELECT * FROM cases') as never);
  assert.deepEqual(kept(), theCase);
  put(db, [
    {
      do: 'change-case',
      case: theCase.id,
      to: { status: 'claimed', claimer: ANI.id, dueAt: undefined, signs: ['child', 'death'], questions: [] },
    },
  ]);
  const { dueAt: _, ...rest } = theCase;
  assert.deepEqual(kept(), { ...rest, status: 'claimed', claimer: ANI.id, signs: ['child', 'death'], questions: [] });
});

test('of what is told later the day of leaving takes the place of the earlier one, and the rest stays', () => {
  const db = sampleDatabase();
  const theCase = sampleCase({ who: 'another', when: { day: '2026-11-24', said: 'besok' } });
  put(db, [{ do: 'open-case', case: theCase }]);
  const when = { day: '2026-11-28', said: 'hari sabtu' };
  put(db, [{ do: 'change-case', case: theCase.id, to: { when, reasons: ['child'] } }]);
  assert.deepEqual(toCase(db.get('SELECT * FROM cases') as never), { ...theCase, when, reasons: ['child'] });
});

test('numbers are kept with the words that hold them', () => {
  const db = sampleDatabase();
  const theCase = sampleCase();
  const contacts = ['080000001111', 'BRI 001201000345508'];
  put(db, [
    { do: 'open-case', case: theCase },
    addEntry(theCase, 'one', 'entry-1', { contacts }),
    addEntry(theCase, 'two', 'entry-2'),
  ]);
  const entries = db.all<never>('SELECT * FROM entries ORDER BY id').map(toEntry);
  assert.deepEqual(
    entries.map((entry) => entry.contacts),
    [contacts, undefined],
  );
});

test('a case that is taken back loses its words, in entries and in what was sent', () => {
  const db = sampleDatabase();
  const theCase = sampleCase();
  const about = { case: theCase.id };
  put(db, [
    { do: 'open-case', case: theCase },
    addEntry(theCase, 'secret words'),
    send('words', { ...about, purpose: 'words', text: 'secret words' }),
    send('alert', { ...about, purpose: 'alert', text: 'outline' }),
  ]);
  db.run("UPDATE outbox SET state = 'sent'");
  put(db, [{ do: 'blank-case', case: theCase.id }]);
  assert.equal(db.get<{ text: string }>('SELECT text FROM entries')?.text, '');
  assert.deepEqual(db.all('SELECT body FROM outbox ORDER BY id'), [{ body: '' }, { body: 'outline' }]);
});

test('an open question replaces the one before it, and goes when it is answered', () => {
  const db = sampleDatabase();
  const ask = (question: Extract<Effect, { do: 'ask' }>['question'], at: number) =>
    record(db, messageEvent(`m${at}`), stateAt(at), [{ do: 'ask', question }]);
  ask({ about: 'report' }, EIGHT);
  ask({ about: 'menu', choices: [] }, EIGHT + MINUTE);
  assert.deepEqual(db.all('SELECT question, at FROM questions'), [
    { question: '{"about":"menu","choices":[]}', at: EIGHT + MINUTE },
  ]);
  record(db, messageEvent('m3'), stateAt(), [{ do: 'drop-question' }]);
  assert.equal(count(db, 'questions'), 0);
});

test('the same content that arrives twice is one file', () => {
  const db = sampleDatabase();
  const theCase = sampleCase();
  put(db, [{ do: 'open-case', case: theCase }, addEntry(theCase, '')]);
  const attach = (file: string, type: 'photo' | 'voice'): Effect => ({
    do: 'attach',
    entry: 'entry-1' as never,
    file,
    attachment: { type },
  });
  put(db, [attach('one', 'photo')]);
  put(db, [attach('one', 'photo')]);
  put(db, [attach('two', 'voice')]);
  assert.deepEqual(JSON.parse(db.get<{ files: string }>('SELECT files FROM entries')?.files ?? ''), [
    { file: 'one', attachment: { type: 'photo' } },
    { file: 'two', attachment: { type: 'voice' } },
  ]);
});

test('a failed event is kept whole and can be heard again', () => {
  const db = sampleDatabase();
  const event = messageEvent('m1', { text: 'words "in" quotes' });
  recordFailure(db, event, 'TypeError', EIGHT);
  const [failed] = failedEvents(db);
  assert.deepEqual(failed?.event, event);
  dropFailed(db, failed?.id ?? 0);
  assert.deepEqual(failedEvents(db), []);
});

test('a reaction goes onto the message it answers, in the chat of the event', () => {
  const db = sampleDatabase();
  record(db, messageEvent('m1'), stateAt(), [
    { do: 'react', message: 'm1' as MessageId, emoji: '✅', key: 'react:m1' },
  ]);
  assert.deepEqual(db.get('SELECT kind, chat, body, target, urgency FROM outbox'), {
    kind: 'reaction',
    chat: PRIVATE.id,
    body: '✅',
    target: 'm1',
    urgency: 1,
  });
});

test('a group that is left: what waits for it is given up without its words, and nothing else is', () => {
  const db = sampleDatabase();
  put(db, [
    send('waits', { to: { chat: OFFICERS.id } }),
    send('is sent', { to: { chat: OFFICERS.id } }),
    send('elsewhere'),
  ]);
  db.run("UPDATE outbox SET state = 'sent' WHERE key = 'is sent'");
  const rows = () => db.all('SELECT key, state, body IS NULL AS blank FROM outbox ORDER BY id');
  put(db, [{ do: 'change-chat', chat: OFFICERS.id, to: { closed: true, name: 'Lain' } }]);
  assert.deepEqual(rows()[0], { key: 'waits', state: 'queued', blank: 0 });
  put(db, [{ do: 'change-chat', chat: OFFICERS.id, to: { gone: true } }]);
  assert.deepEqual(rows(), [
    { key: 'waits', state: 'dead', blank: 1 },
    { key: 'is sent', state: 'sent', blank: 0 },
    { key: 'elsewhere', state: 'queued', blank: 0 },
  ]);
  put(db, [
    send('later', { to: { chat: OFFICERS.id } }),
    { do: 'change-chat', chat: OFFICERS.id, to: { gone: false } },
  ]);
  assert.deepEqual(rows()[3], { key: 'later', state: 'queued', blank: 0 });
  assert.deepEqual(db.get('SELECT name, closed, gone FROM chats WHERE id = ?', OFFICERS.id), {
    name: 'Lain',
    closed: 1,
    gone: 0,
  });
});

test('what was left unsaid in a group is forgotten once it may be said, there alone', () => {
  const db = sampleDatabase();
  const unsaid = (chat: ChatId): Effect => ({ do: 'count-unsaid', chat, purpose: 'answer' });
  put(db, [unsaid(OFFICERS.id), unsaid(PRIVATE.id), unsaid(OFFICERS.id)]);
  put(db, [{ do: 'change-chat', chat: OFFICERS.id, to: { listens: true } }]);
  assert.deepEqual(db.get('SELECT times FROM unsaid WHERE chat = ?', OFFICERS.id), { times: 2 });
  put(db, [{ do: 'change-chat', chat: OFFICERS.id, to: { listens: false } }]);
  assert.deepEqual(db.all('SELECT chat FROM unsaid'), [{ chat: PRIVATE.id }]);
});
