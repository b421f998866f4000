// What comes again each day: the sign of life in the officers' group, the Monday's reminder of groups that only listen.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAILIES, nextDaily } from '../../src/core/daily.ts';
import { decide } from '../../src/core/decide.ts';
import { DAY, HOUR, MINUTE, moment } from '../../src/core/time.ts';
import type { Case, CaseId, Chat, Daily, State, Unsaid } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  BUDI,
  CASE,
  HIANG_GROUP,
  heardBy,
  KOTO_GROUP,
  knownAtTick,
  OFFICERS,
  reading,
  sends,
  TOPICS,
  tick,
  WAWAN,
} from './scenes.ts';

const SEVEN = moment(2026, 11, 23, 7 * 60);

const falls = (what: Daily, now: number, more: Partial<State> = {}, due = now) =>
  decide(tick(now), reading(''), knownAtTick({ now, due: [{ what, at: due }], ...more }));
const next = (effects: ReturnType<typeof falls>) => effects.filter((effect) => effect.do === 'set-daily');

const theCase = (n: number, more: Partial<Case> = {}): Case => ({
  ...CASE,
  id: `case-${n}` as CaseId,
  openedAt: SEVEN - HOUR,
  ...more,
});
const TAKEN = { status: 'claimed', claimer: BUDI.id } as const;

describe('the sign of life', () => {
  test('comes each morning at seven, in Kerinci', () => {
    assert.equal(nextDaily('sign-of-life', SEVEN - 1), SEVEN);
    assert.equal(nextDaily('sign-of-life', SEVEN), SEVEN + DAY);
    assert.deepEqual(DAILIES, ['sign-of-life', 'listening']);
  });

  test('is one line in the officers’ group, and the next is set', () => {
    const effects = falls('sign-of-life', SEVEN);
    assert.deepEqual(next(effects), [{ do: 'set-daily', what: 'sign-of-life', at: SEVEN + DAY }]);
    assert.deepEqual(heardBy(effects, OFFICERS), ['✅ Bot hidup. Tidak ada laporan terbuka.']);
    assert.equal(sends(effects).length, 1);
  });

  test('after days without the bot comes once, late, and the next in the morning', () => {
    const effects = falls('sign-of-life', SEVEN + 3 * DAY + 5 * HOUR, {}, SEVEN);
    assert.equal(heardBy(effects, OFFICERS).length, 1);
    assert.deepEqual(next(effects), [{ do: 'set-daily', what: 'sign-of-life', at: SEVEN + 4 * DAY }]);
  });

  test('late one day and in time the next has two keys; twice on one day has one', () => {
    const key = (now: number) => sends(falls('sign-of-life', now)).map((send) => send.key);
    assert.notDeepEqual(key(SEVEN), key(SEVEN + DAY));
    assert.deepEqual(key(SEVEN), key(SEVEN + HOUR));
  });

  test('does not count what is kept from the officers’ group', () => {
    const openCases = [theCase(1), theCase(2, { restriction: 'head' }), theCase(3, { restriction: 'second-contact' })];
    assert.deepEqual(heardBy(falls('sign-of-life', SEVEN, { openCases }), OFFICERS), [
      '✅ Bot hidup. 1 laporan terbuka. 1 belum ditangani.',
    ]);
  });

  test('tells how many nobody has taken, and how many days the oldest of those waits', () => {
    const old = theCase(1, { ...TAKEN, openedAt: SEVEN - 9 * DAY });
    assert.equal(words.signOfLife([old], SEVEN), '✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.');
    assert.equal(
      words.signOfLife([old, theCase(2, { openedAt: SEVEN - DAY })], SEVEN),
      '✅ Bot hidup. 2 laporan terbuka. 1 belum ditangani.',
    );
    assert.equal(
      words.signOfLife([old, theCase(2), theCase(3, { openedAt: SEVEN - 2 * DAY - MINUTE })], SEVEN),
      '✅ Bot hidup. 3 laporan terbuka. 2 belum ditangani. Yang terlama menunggu 2 hari.',
    );
  });

  test('goes nowhere without an officers’ group that can be written to, and its time moves on', () => {
    const { officersGroup: _, ...without } = knownAtTick({ now: SEVEN, due: [{ what: 'sign-of-life', at: SEVEN }] });
    const alone = decide(tick(SEVEN), reading(''), without);
    for (const effects of [
      alone,
      falls('sign-of-life', SEVEN, {
        officersGroup: { ...OFFICERS, gone: true },
        groups: [{ ...OFFICERS, gone: true }],
      }),
    ]) {
      assert.deepEqual(sends(effects), []);
      assert.equal(next(effects).length, 1);
    }
  });
});

describe('groups that only listen', () => {
  const listening = (group: Chat): Chat => ({ ...group, listens: true });
  const HALF_PAST = SEVEN + 30 * MINUTE;
  const unsaid: readonly Unsaid[] = [
    { chat: KOTO_GROUP.id, purpose: 'answer', topic: TOPICS[0]?.id as NonNullable<Unsaid['topic']>, times: 5 },
    { chat: HIANG_GROUP.id, purpose: 'warning', times: 1 },
  ];

  test('are told of on Monday at half past seven', () => {
    assert.equal(nextDaily('listening', SEVEN), HALF_PAST);
    assert.equal(nextDaily('listening', HALF_PAST), HALF_PAST + 7 * DAY);
  });

  test('one: with its counts, and a reply lets it speak', () => {
    const groups = [OFFICERS, listening(KOTO_GROUP), HIANG_GROUP];
    const [sent, ...more] = sends(falls('listening', HALF_PAST, { groups, unsaid }));
    assert.deepEqual(more, []);
    assert.deepEqual(sent?.to, { person: WAWAN.id });
    assert.equal(sent?.group, KOTO_GROUP.id);
    assert.equal(
      sent?.text,
      [
        '👂 *Grup yang masih saya dengarkan saja:*',
        '2. group-koto',
        '    Yang akan saya katakan: 5 jawaban (Judul paspor-biaya 5)',
        'Supaya saya menjawab di sana, balas pesan ini dengan *bicara*.',
      ].join('\n'),
    );
  });

  test('several: with the command, under the numbers of `grup`', () => {
    const groups = [OFFICERS, listening(KOTO_GROUP), listening(HIANG_GROUP)];
    const [sent] = sends(falls('listening', HALF_PAST, { groups, unsaid }));
    assert.equal(sent?.group, undefined);
    assert.match(
      sent?.text ?? '',
      /^2\. group-koto$[\s\S]*^3\. group-hiang$[\s\S]*1 peringatan[\s\S]*\*grup 2 bicara\*/m,
    );
  });

  test('none, or one that is gone: nothing is said, and the next Monday is set', () => {
    for (const groups of [[KOTO_GROUP], [{ ...listening(KOTO_GROUP), gone: true }]]) {
      assert.deepEqual(falls('listening', HALF_PAST, { groups }), [
        { do: 'set-daily', what: 'listening', at: HALF_PAST + 7 * DAY },
      ]);
    }
  });
});
