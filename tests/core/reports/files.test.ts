// What came with a report: it goes to who may read the words, when it arrives, when a case is taken, and on request.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import type { Case, Effect, Entry, EntryId, Send } from '../../../src/core/types.ts';
import {
  ANI,
  BUDI,
  CASE,
  command,
  DEWI,
  entry,
  HESTI,
  hearer,
  known,
  knownAtTick,
  message,
  NOW,
  privateChat,
  RATNA,
  reading,
  sends,
} from '../scenes.ts';

const PHOTO = { type: 'photo', ref: 'r' } as const;
const withPhoto = (of: Case, more: Partial<Entry> = {}) => entry(of, '', { attachments: [PHOTO], ...more });
const files = (effects: readonly Effect[]): (readonly [string, string | undefined])[] =>
  sends(effects).flatMap((send) => (send.media ? [[hearer(send), send.media.file] as const] : []));
const whats = (effects: readonly Effect[]) => effects.map(({ do: what }) => what);

function arrives(of: Case, one: Entry = withPhoto(of)): Effect[] {
  const event = {
    kind: 'media-arrived',
    case: of.id,
    entry: one.id,
    file: 'photo-1',
    attachment: PHOTO,
    at: NOW,
  } as const;
  return decide(event, reading(''), knownAtTick({ case: of, entry: one, entries: [one] }));
}

describe('a file that arrives', () => {
  const readers: [string, Partial<Case>, string[]][] = [
    ['goes to the village’s officer while nobody has the case', {}, [BUDI.id]],
    ['goes to who has the case', { status: 'claimed', claimer: DEWI.id }, [DEWI.id]],
    ['of an advert as well', { kind: 'advert' }, [BUDI.id]],
    ['of a case that names officials goes to the head', { restriction: 'head' }, [RATNA.id]],
    ['of a case that names the head goes to the second contact', { restriction: 'second-contact' }, [HESTI.id]],
    [
      'of a case that was taken back and stays goes to the head',
      { severity: 'darurat', withdrawnAt: NOW - 1 },
      [RATNA.id],
    ],
    ['of a closed case goes to nobody', { status: 'closed' }, []],
  ];
  for (const [title, more, who] of readers) {
    test(title, () => {
      const effects = arrives({ ...CASE, ...more });
      assert.deepEqual(
        files(effects),
        who.map((id) => [id, 'photo-1']),
      );
      assert.ok(whats(effects).includes('attach'));
    });
  }

  test('says in one line what it is and of which case', () => {
    const [send] = sends(arrives(CASE)) as [Send];
    assert.equal(send.text, '📎 *KRC-7K2Q*: foto dari pelapor (rahasia)');
    assert.deepEqual([send.purpose, send.shows, send.urgency], ['words', 'words', 'reply']);
  });

  test('with words that were deleted but kept goes to the head', () => {
    assert.deepEqual(files(arrives(CASE, withPhoto(CASE, { revokedAt: NOW - 1 }))), [[RATNA.id, 'photo-1']]);
  });

  test('after its words were taken away is deleted', () => {
    for (const blank of [entry(CASE, ''), entry(CASE, '', { revokedAt: NOW - 1 })]) {
      const effects = arrives(CASE, blank);
      assert.deepEqual(whats(effects), ['discard', 'journal']);
    }
  });

  test('or cannot be had: nobody is sent anything', () => {
    const event = { kind: 'media-failed', case: CASE.id, entry: withPhoto(CASE).id, at: NOW } as const;
    const effects = decide(event, reading(''), knownAtTick({ case: CASE, entry: withPhoto(CASE) }));
    assert.deepEqual(sends(effects), []);
  });
});

describe('the files of a case', () => {
  const kept = (n: number, more: Partial<Entry> = {}) =>
    withPhoto(CASE, { id: `entry-${n}` as EntryId, files: [{ file: `photo-${n}`, attachment: PHOTO }], ...more });
  const commands = (name: 'ambil' | 'isi', who = DEWI, of: Case = CASE, entries = [kept(1), kept(2)]) =>
    decide(
      message(who, privateChat(who), name),
      reading(name, undefined, { ...command(name), codes: [of.code] }),
      known(who, privateChat(who), { case: of, entries }),
    );
  const both = (id: string) => [
    [id, 'photo-1'],
    [id, 'photo-2'],
  ];

  test('go to who takes it, after its words', () => {
    const effects = commands('ambil');
    assert.deepEqual(files(effects), both(DEWI.id));
    const own = sends(effects).filter((send) => hearer(send) === DEWI.id);
    assert.deepEqual(
      own.map(({ media }) => media?.file),
      [undefined, 'photo-1', 'photo-2'],
    );
  });

  test('are shown with isi to who may read it, and to nobody else', () => {
    assert.deepEqual(files(commands('isi', BUDI)), both(BUDI.id));
    assert.deepEqual(files(commands('isi', DEWI)), []);
  });

  test('are the newest twenty', () => {
    const many = Array.from({ length: 25 }, (_, n) => kept(n));
    const shown = files(commands('ambil', DEWI, CASE, many)).map(([, file]) => file);
    assert.equal(shown.length, 20);
    assert.deepEqual([shown[0], shown.at(-1)], ['photo-5', 'photo-24']);
  });

  test('of a deleted message are the head’s', () => {
    const entries = [kept(1, { revokedAt: NOW - 1 }), kept(2)];
    assert.deepEqual(files(commands('ambil', DEWI, CASE, entries)), [[DEWI.id, 'photo-2']]);
    assert.deepEqual(files(commands('ambil', RATNA, CASE, entries)), both(RATNA.id));
    assert.deepEqual(files(commands('isi', RATNA, CASE, entries)), both(RATNA.id));
  });

  test('go along when somebody new is to hear of the case', () => {
    const { village: _, ...nowhere } = CASE;
    const effects = decide(
      message(ANI, privateChat(ANI), 'dari hiang sakti'),
      reading('dari hiang sakti'),
      known(ANI, privateChat(ANI), { ownCase: nowhere, entries: [kept(1), kept(2)] }),
    );
    assert.deepEqual(files(effects), both(DEWI.id));
  });
});
