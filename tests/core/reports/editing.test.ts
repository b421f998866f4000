// A message that its writer changed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Case, Effect, EntryId, MessageId, State } from '../../../src/core/types.ts';
import {
  ANI,
  BUDI,
  CASE,
  command,
  entry,
  heardBy,
  KOTO_GROUP,
  meaning,
  NOW,
  OFFICERS,
  privateChat,
  sends,
} from '../scenes.ts';
import { after, CHAT, FOUND, heard, kept, REPORT, type Told, tells, URGENT } from './scenes.ts';

const ORIGINAL = 'heard-0' as MessageId;
const first = (of: Case) => entry(of, 'isi lama', { message: ORIGINAL });

/** Ani changes a message to this text; what it had become is in the state. */
const changes = (text: string, state: Partial<State>, told: Told = {}): Effect[] =>
  tells(text, { ...told, event: { edits: ORIGINAL, ...told.event }, state: { originalHeard: true, ...state } });
const ofCase = (of: Case): Partial<State> => ({ case: of, ownCase: of, entry: first(of), entries: [first(of)] });

describe('a change of what was told in a case', () => {
  test('joins it, marked as a change; the earlier words stay', () => {
    const effects = changes('isi baru', ofCase(CASE));
    assert.deepEqual(kept(effects), ['case-1: isi baru']);
    assert.match(heard(effects, BUDI), /^✏️ Diubah pelapor \*KRC-7K2Q\* \(rahasia\):\n> isi baru/);
    assert.ok(effects.every(({ do: what }) => what !== 'revoke-entry' && what !== 'blank-case'));
    assert.ok(effects.some((effect) => effect.do === 'add-entry' && effect.entry.message === ORIGINAL));
  });

  test('gets its tick on the message itself, which has the first id', () => {
    const react = changes('isi baru', ofCase(CASE)).find(({ do: what }) => what === 'react');
    assert.ok(react?.do === 'react');
    assert.equal(react.message, ORIGINAL);
    assert.deepEqual(
      sends(changes('isi baru', ofCase(CASE))).filter(({ to }) => 'chat' in to),
      [],
    );
  });

  test('to the words it already has is none', () => {
    assert.deepEqual(changes(' isi lama ', ofCase(CASE)), []);
    const again = { ...first(CASE), id: 'entry-2' as EntryId, text: 'isi baru' };
    assert.deepEqual(changes('isi baru', { ...ofCase(CASE), entries: [first(CASE), again] }), []);
    // Back to the first words is a change again.
    assert.deepEqual(kept(changes('isi lama', { ...ofCase(CASE), entries: [first(CASE), again] })), [
      'case-1: isi lama',
    ]);
  });

  test('can raise it', () => {
    const effects = changes('dia dikurung', ofCase(CASE), { means: URGENT });
    assert.equal(after(effects, CASE).severity, 'darurat');
    assert.match(heard(effects, OFFICERS), /Naik menjadi darurat/);
    assert.match(heard(effects, ANI), /kami jadikan \*darurat\*/);
  });

  test('fetches nothing anew', () => {
    const along = { event: { attachments: [{ type: 'photo', ref: 'r' }] } } as const;
    assert.ok(!changes('isi baru', ofCase(CASE), along).some(({ do: what }) => what === 'fetch-media'));
  });

  test('in a group is told to the office, and the group sees nothing', () => {
    const effects = changes('isi baru', ofCase(CASE), { where: KOTO_GROUP });
    assert.match(heard(effects, BUDI), /> isi baru/);
    assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
    assert.ok(!effects.some(({ do: what }) => what === 'react'));
  });

  test('that was taken back or deleted adds nothing', () => {
    assert.deepEqual(changes('isi baru', ofCase({ ...CASE, severity: 'darurat', withdrawnAt: NOW - 1 })), []);
    assert.deepEqual(changes('isi baru', { ...ofCase(CASE), entry: { ...first(CASE), revokedAt: NOW - 1 } }), []);
  });

  test('that is closed is heard only as a new report', () => {
    const closed = { case: { ...CASE, status: 'closed' } as Case, entry: first(CASE), entries: [first(CASE)] };
    assert.deepEqual(changes('makasih', closed, { means: CHAT }), []);
    assert.ok(changes('ditahan lagi', closed).some(({ do: what }) => what === 'open-case'));
  });
});

describe('what staff change', () => {
  const own = privateChat(BUDI);
  const selesai = { who: BUDI, means: CHAT, reading: { ...command('selesai'), codes: [CASE.code] } };

  test('is never a command', () => {
    assert.deepEqual(
      changes('selesai KRC-7K2Q', { case: CASE, originalHeard: false }, { ...selesai, where: OFFICERS }),
      [],
    );
    assert.deepEqual(changes('selesai KRC-7K2Q', { case: CASE }, { ...selesai, where: own }), []);
    const report = { who: BUDI, where: own };
    assert.deepEqual(changes('paspor ditahan', { originalHeard: false }, report), []);
  });

  test('of his own report is a reporter’s word', () => {
    const mine: Case = { ...CASE, reporter: BUDI.id };
    const effects = changes('selesai', ofCase(mine), { ...selesai, where: own });
    assert.deepEqual(kept(effects), ['case-1: selesai']);
    assert.equal(after(effects, mine).status, 'open');
  });
});

describe('a change of a message that became no report', () => {
  test('but led to something is heard as a report or an advert, and not answered', () => {
    assert.ok(changes('paspor ditahan', {}).some(({ do: what }) => what === 'open-case'));
    const advert = changes('lowongan', {}, { where: KOTO_GROUP, means: meaning('warn') });
    assert.ok(advert.some(({ do: what }) => what === 'open-case'));
    for (const where of [privateChat(ANI), KOTO_GROUP])
      for (const means of [FOUND, CHAT, meaning('human')])
        assert.deepEqual(changes('biaya', {}, { where, means, reading: { named: true } }), []);
    assert.deepEqual(changes('batal', { ownCase: CASE }, { means: CHAT, reading: command('batal') }), []);
  });

  test('and led to nothing is heard as a message, and the answer quotes the message itself', () => {
    const effects = changes('biaya', { originalHeard: false }, { where: KOTO_GROUP, means: FOUND });
    assert.deepEqual(
      sends(effects).map(({ purpose, quote }) => [purpose, quote]),
      [['answer', ORIGINAL]],
    );
  });

  test('opens a case that knows the message by its first id', () => {
    const opens = changes('paspor ditahan', { originalHeard: false }, { means: REPORT });
    const added = opens.find(({ do: what }) => what === 'add-entry');
    assert.ok(added?.do === 'add-entry');
    assert.equal(added.entry.message, ORIGINAL);
  });
});
