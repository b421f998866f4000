// A report whose message was deleted for everyone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import type { Case, Chat, Effect, Entry, EntryId, MessageId, State } from '../../../src/core/types.ts';
import {
  ANI,
  BUDI,
  CASE,
  DEWI,
  entry,
  HESTI,
  heardBy,
  KOTO_GROUP,
  known,
  NOW,
  OFFICERS,
  privateChat,
  RATNA,
  reading,
  sends,
} from '../scenes.ts';
import { after, heard } from './scenes.ts';

const MESSAGE = 'heard-1' as MessageId;
const PHOTO = { file: 'photo-1', attachment: { type: 'photo' } } as const;
const first = (of: Case) => entry(of, 'isi pertama', { message: MESSAGE, files: [PHOTO] });
const second = (of: Case, more: Partial<Entry> = {}) => entry(of, 'isi kedua', { id: 'entry-2' as EntryId, ...more });

/** The first message of a case is deleted. */
function deletes(
  of: Case,
  rest: readonly Entry[] = [],
  where: Chat = privateChat(ANI),
  more: Partial<State> = {},
): Effect[] {
  const { person: _, ...state } = known(ANI, where, {
    case: of,
    entry: first(of),
    entries: [first(of), ...rest],
    ...more,
  });
  const event = { kind: 'revoked', message: MESSAGE, chat: where.address, chatKind: where.kind, at: NOW } as const;
  return decide(event, reading(''), state);
}

const revoked = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'revoke-entry' ? [[effect.entry, effect.keepWords]] : []));
const URGENT: Case = { ...CASE, severity: 'darurat' };
const CHILD: Case = { ...CASE, signs: ['child'] };
const ID = first(CASE).id;

describe('an ordinary report', () => {
  test('loses its words and stays open; the officers hear that it was deleted, and nothing of what it said', () => {
    const effects = deletes(CASE);
    assert.deepEqual(revoked(effects), [[ID, false]]);
    assert.deepEqual(after(effects, CASE), CASE);
    assert.match(
      heard(effects, OFFICERS),
      /pelapor menghapus pesannya\.\nLaporan \*tetap terbuka\*\.\nIsinya sudah kami hapus juga/,
    );
    assert.deepEqual(sends(effects).length, 1);
    assert.doesNotMatch(JSON.stringify(sends(effects)), /isi pertama|photo-1/);
  });

  test('that is taken is told to who has it, with the way to what is left', () => {
    const effects = deletes({ ...CASE, status: 'claimed', claimer: DEWI.id }, [second(CASE)]);
    assert.deepEqual(revoked(effects), [[ID, false]]);
    assert.match(heard(effects, DEWI), /Yang masih ada: ketik \*isi KRC-7K2Q\*/);
    assert.equal(sends(effects).length, 1);
  });

  test('that was changed before is deleted with its changes', () => {
    const changed = second(CASE, { message: MESSAGE });
    assert.deepEqual(revoked(deletes(CASE, [changed])), [
      [ID, false],
      ['entry-2', false],
    ]);
  });

  test('that is closed loses its words, and nobody is told', () => {
    const effects = deletes({ ...CASE, status: 'closed' });
    assert.deepEqual(revoked(effects), [[ID, false]]);
    assert.deepEqual(sends(effects), []);
  });
});

for (const grave of [URGENT, CHILD]) {
  describe(`what is ${grave.severity} ${grave.signs}`, () => {
    test('is marked as taken back where nothing else was told; its words and files are the head’s', () => {
      const effects = deletes(grave);
      assert.deepEqual(revoked(effects), [[ID, true]]);
      assert.equal(after(effects, grave).withdrawnAt, NOW);
      assert.equal(after(effects, grave).status, 'open');
      assert.match(heard(effects, RATNA), /> isi pertama/);
      assert.deepEqual(
        sends(effects).flatMap(({ media, to }) => (media ? [[media, to]] : [])),
        [[PHOTO, { person: RATNA.id }]],
      );
      assert.match(heard(effects, OFFICERS), /ditarik oleh pelapor.*\n.*tetap terbuka/);
      assert.deepEqual(heardBy(effects, ANI), []);
      assert.deepEqual(heardBy(effects, BUDI), []);
    });

    test('where more was told stays the reporter’s; that message alone is the head’s', () => {
      const effects = deletes(grave, [second(grave)]);
      assert.deepEqual(revoked(effects), [[ID, true]]);
      assert.deepEqual(after(effects, grave), grave);
      assert.match(heard(effects, RATNA), /> isi pertama/);
      assert.doesNotMatch(heard(effects, RATNA), /isi kedua/);
      assert.match(heard(effects, OFFICERS), /pelapor menghapus pesannya/);
      assert.deepEqual(heardBy(effects, ANI), []);
    });

    test('whose rest was deleted before is marked as taken back by the last', () => {
      const effects = deletes(grave, [second(grave, { revokedAt: NOW - 1 })]);
      assert.equal(after(effects, grave).withdrawnAt, NOW);
      assert.match(heard(effects, RATNA), /> isi pertama/);
      assert.match(heard(effects, RATNA), /🗑️ dihapus pelapor:\n> isi kedua/);
    });
  });
}

describe('evidence', () => {
  test('of an advert stays as it is, and the officers hear that it was deleted', () => {
    const effects = deletes({ ...CASE, kind: 'advert', from: 'group' }, [], KOTO_GROUP);
    assert.deepEqual(revoked(effects), []);
    assert.match(heard(effects, OFFICERS), /iklan ini sudah dihapus/);
    assert.equal(sends(effects).length, 1);
  });

  test('of a report in a group that names the office or officials stays: the group’s admin may be the one it names', () => {
    const named: Case = { ...CASE, restriction: 'head', from: 'group' };
    const effects = deletes(named, [], KOTO_GROUP);
    assert.deepEqual(revoked(effects), []);
    assert.match(heard(effects, RATNA), /Yang menghapus: pelapor, atau admin grup/);
    assert.deepEqual(heardBy(effects, OFFICERS), []);
    // In private nobody but the reporter can delete it.
    assert.deepEqual(revoked(deletes({ ...named, from: 'private' })), [[ID, false]]);
  });

  test('that names the head is told to the second contact alone', () => {
    const effects = deletes({ ...URGENT, restriction: 'second-contact' });
    assert.match(heard(effects, HESTI), /> isi pertama/);
    assert.deepEqual(heardBy(effects, RATNA), []);
    assert.deepEqual(heardBy(effects, OFFICERS), []);
  });
});

describe('a deleted message', () => {
  const nothing = (more: Partial<State>) => {
    const { person: _, ...state } = known(ANI, privateChat(ANI), more);
    const event = { kind: 'revoked', message: MESSAGE, chat: ANI.address, chatKind: 'private', at: NOW } as const;
    return decide(event, reading(''), state);
  };

  test('that became nothing leads to nothing', () => assert.deepEqual(nothing({}), []));

  test('that is told to be deleted once more leads to nothing', () => {
    const gone = { ...first(CASE), revokedAt: NOW - 1 };
    assert.deepEqual(nothing({ case: CASE, entry: gone, entries: [gone] }), []);
  });
});
