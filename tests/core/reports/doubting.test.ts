// What may be a report or an advert: an officer is asked quietly; yes makes it a case, no and time take its words away.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import type { Case, Chat, Effect, Entry, MessageId, Person, Said, State } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  BUDI,
  CASE,
  command,
  DEWI,
  entry,
  HESTI,
  HIANG_GROUP,
  heardBy,
  KOTO,
  KOTO_GROUP,
  known,
  knownAtTick,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  RATNA,
  reaction,
  reading,
  STAFF,
  said,
  sends,
  tick,
  WAWAN,
} from '../scenes.ts';
import { after, heard, kept, opened, type Told, tells } from './scenes.ts';

const MAYBE = meaning('report', { confidence: 'doubtful', severity: 'darurat', signs: ['confined'] });
const MAYBE_ADVERT = meaning('warn', { confidence: 'doubtful', signs: ['recruiting'] });
const EXAMPLE = { example: 'adik … dikurung' };
const inGroup = (text: string, told: Told = {}) =>
  tells(text, { where: KOTO_GROUP, means: MAYBE, reading: EXAMPLE, ...told });
const does = (effects: readonly Effect[], what: Effect['do']) => effects.some((effect) => effect.do === what);

const { dueAt: _, ...BASE } = CASE;
const DOUBT: Case = {
  ...BASE,
  status: 'doubtful',
  from: 'group',
  severity: 'darurat',
  example: 'adik … dikurung',
  dueAt: NOW + 72 * HOUR,
};
const ADVERT: Case = { ...DOUBT, kind: 'advert', severity: 'biasa' };
const RESTRICTED: Case = { ...DOUBT, restriction: 'head' };
const ORIGINAL = 'heard-0' as MessageId;
const PHOTO = { file: 'photo-1', attachment: { type: 'photo' } } as const;
const wordsOf = (of: Case): Entry => entry(of, 'isi rahasia', { message: ORIGINAL, files: [PHOTO] });

describe('a doubtful report among others in a group', () => {
  test('is asked of the officer of the village alone, in one quiet line, and the group hears nothing', () => {
    const effects = inGroup('adik si Ina dikurung katanya');
    assert.deepEqual(sends(effects).length, 1);
    const [line] = sends(effects);
    assert.deepEqual([line?.to, line?.purpose, line?.urgency], [{ person: BUDI.id }, 'check', 'reply']);
    assert.match(
      line?.text ?? '',
      /^❓ Mungkin ini \*laporan\* \(rahasia\)\nDari grup desa: Koto Dua Baru\n> adik si Ina/,
    );
    assert.match(line?.text ?? '', /👍.*👎.*\*ya\*.*\*bukan\*/);
    assert.doesNotMatch(line?.text ?? '', /KRC/);
    assert.equal(line?.group, KOTO_GROUP.id);
    assert.ok(!does(effects, 'react') && !does(effects, 'ask'));
  });

  test('is no open case: doubtful, kept word for word with its masked example, over in 72 hours', () => {
    const effects = inGroup('adik si Ina dikurung katanya', { event: { name: 'Ani' } });
    const doubt = opened(effects);
    assert.deepEqual(
      [doubt?.status, doubt?.kind, doubt?.severity, doubt?.dueAt, doubt?.example, doubt?.verdict],
      ['doubtful', 'report', 'darurat', NOW + 72 * HOUR, 'adik … dikurung', undefined],
    );
    assert.deepEqual(kept(effects), ['fresh-case: adik si Ina dikurung katanya']);
  });

  test('does not join the own case of who writes it', () => {
    const effects = inGroup('adik si Ina dikurung', { own: CASE });
    assert.equal(opened(effects)?.status, 'doubtful');
    assert.deepEqual(kept(effects), ['fresh-case: adik si Ina dikurung']);
  });

  test('that names the officer goes to the head; that names the head, to the second contact', () => {
    const accuses = (who: 'officer' | 'head') => inGroup('x', { means: { ...MAYBE, accuses: [who] } });
    assert.deepEqual(
      sends(accuses('officer')).map(({ to }) => to),
      [{ person: RATNA.id }],
    );
    assert.deepEqual(
      sends(accuses('head')).map(({ to }) => to),
      [{ person: HESTI.id }],
    );
    assert.deepEqual(heardBy(inGroup('Budi minta uang ke warga'), BUDI), []);
  });

  test('that only a trustee may read, where there is none, is read by nobody, of the admins neither', () => {
    const staff = STAFF.filter((person) => person.role !== 'head');
    assert.deepEqual(sends(inGroup('x', { means: { ...MAYBE, accuses: ['officer'] }, state: { staff } })), []);
  });

  test('that was written while the bot was away says so', () => {
    assert.match(heard(inGroup('x', { event: { at: NOW - 5 * HOUR } }), BUDI), /🕓 Ditulis .*, sampai baru sekarang/);
  });

  test('is asked about also where the bot only listens', () => {
    const listening: Chat = { ...KOTO_GROUP, listens: true };
    const groups = [listening, HIANG_GROUP, OFFICERS];
    const effects = inGroup('x', { where: listening, state: { groups } });
    assert.equal(heardBy(effects, BUDI).length, 1);
    assert.ok(!does(effects, 'count-unsaid'));
  });

  test('whose officer is not active is told to the admins as missing, without a word of it', () => {
    const staff = STAFF.map((person) => (person.id === BUDI.id ? { ...BUDI, active: false } : person));
    const effects = inGroup('adik si Ina', { state: { staff } });
    assert.deepEqual(heardBy(effects, WAWAN), [words.missingOfficer(KOTO)]);
    assert.equal(sends(effects).length, 1);
  });

  test('keeps a photo for later, and fetches it without sending it to anybody', () => {
    const effects = inGroup('x', { event: { attachments: [{ type: 'photo', ref: 'x' }] } });
    assert.ok(does(effects, 'fetch-media'));
    const arrived = decide(
      { kind: 'media-arrived', case: DOUBT.id, entry: wordsOf(DOUBT).id, ...PHOTO, at: NOW },
      reading(''),
      knownAtTick({ case: DOUBT, entry: wordsOf(DOUBT), entries: [wordsOf(DOUBT)] }),
    );
    assert.ok(does(arrived, 'attach'));
    assert.deepEqual(sends(arrived), []);
  });

  test('an advert is asked about as one', () => {
    const effects = inGroup('LOKER', { means: MAYBE_ADVERT });
    assert.match(heard(effects, BUDI), /Mungkin ini \*iklan kerja mencurigakan\*/);
    assert.deepEqual([opened(effects)?.kind, opened(effects)?.severity], ['advert', 'biasa']);
    assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
  });

  test('said to the bot is a case as before; said by staff it is nothing', () => {
    assert.equal(opened(inGroup('x', { reading: { named: true } }))?.status, 'open');
    assert.deepEqual(inGroup('x', { who: BUDI }), []);
  });

  test('what is neither report nor advert is left alone', () => {
    for (const kind of ['answer', 'silent', 'human', 'menu'] as const)
      assert.deepEqual(inGroup('x', { means: meaning(kind, { confidence: 'doubtful' }) }), []);
  });
});

// ---------------------------------------------------------------- the answer

interface Answer {
  readonly of?: Case;
  readonly who?: Person;
  readonly state?: Partial<State>;
}

const scene = ({ of = DOUBT, who = BUDI, state }: Answer): State => {
  const where = privateChat(who);
  const line: Said = said('check', where, { case: of.id, group: KOTO_GROUP.id });
  return known(who, where, { quoted: line, case: of, entries: [wordsOf(of)], ...state });
};
const reacts = (emoji: string, answer: Answer = {}): Effect[] => {
  const { who = BUDI } = answer;
  return decide(reaction(who, privateChat(who), emoji), reading(''), scene(answer));
};
const replies = (text: string, told: Parameters<typeof reading>[2] = {}, answer: Answer = {}): Effect[] => {
  const { who = BUDI } = answer;
  return decide(
    message(who, privateChat(who), text, { quote: 'said-check' as MessageId }),
    reading(text, meaning('menu'), told),
    scene(answer),
  );
};
const YES = { choice: { is: 'yes' } } as const;
const NO = { choice: { is: 'no' } } as const;

describe('yes', () => {
  const ways: readonly (readonly [string, (answer?: Answer) => Effect[]])[] = [
    ['👍', (answer) => reacts('👍', answer)],
    ['👍🏽', (answer) => reacts('👍🏽', answer)],
    ['ya', (answer) => replies('ya', YES, answer)],
    ['a 👍 as a reply', (answer) => replies('👍', {}, answer)],
  ];
  for (const [name, says] of ways) {
    test(`${name}: an ordinary open case, unclaimed, alerted, its ladder running`, () => {
      const effects = says();
      const now = after(effects, DOUBT);
      assert.deepEqual(
        [now.status, now.verdict, now.claimer, now.rung, now.openedAt, now.dueAt],
        ['open', 'yes', undefined, 0, NOW, NOW + 5 * MINUTE],
      );
      assert.match(heard(effects, OFFICERS), /🔴 \*DARURAT\* · \*KRC-7K2Q\*/);
      assert.doesNotMatch(heard(effects, OFFICERS), /rahasia/);
      assert.match(heardBy(effects, BUDI)[0] ?? '', /> isi rahasia/);
      assert.deepEqual(
        sends(effects).flatMap(({ media }) => media?.file ?? []),
        ['photo-1'],
      );
      assert.ok(!does(effects, 'blank-case'));
    });
  }

  test('a report is never spoken of in the group', () => {
    assert.deepEqual(heardBy(reacts('👍'), KOTO_GROUP), []);
    assert.deepEqual(heardBy(reacts('👍'), ANI), []);
  });

  test('an advert is warned of in its group, unless it was lately', () => {
    assert.deepEqual(heardBy(reacts('👍', { of: ADVERT }), KOTO_GROUP), [words.warning]);
    const saidThere = [said('warning', KOTO_GROUP)];
    const again = reacts('👍', { of: ADVERT, state: { saidThere } });
    assert.deepEqual(heardBy(again, KOTO_GROUP), []);
    assert.equal(after(again, ADVERT).status, 'open');
  });

  test('an advert of a group where the bot only listens is counted as unsaid', () => {
    const groups = [{ ...KOTO_GROUP, listens: true }, HIANG_GROUP, OFFICERS];
    const effects = reacts('👍', { of: ADVERT, state: { groups } });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), []);
    assert.ok(effects.some((effect) => effect.do === 'count-unsaid' && effect.purpose === 'warning'));
  });

  test('a restricted one goes on to its trustee alone', () => {
    const effects = reacts('👍', { of: RESTRICTED, who: RATNA });
    assert.deepEqual(
      [...new Set(sends(effects).map(({ to }) => JSON.stringify(to)))],
      [JSON.stringify({ person: RATNA.id })],
    );
  });
});

describe('no', () => {
  for (const [name, effects] of [
    ['👎', reacts('👎')],
    ['👎🏿', reacts('👎🏿')],
    ['bukan', replies('bukan', NO)],
  ] as const) {
    test(`${name}: closed, its words taken away, nobody told`, () => {
      const now = after(effects, DOUBT);
      assert.deepEqual(
        [now.status, now.verdict, now.dueAt, now.example],
        ['closed', 'no', undefined, 'adik … dikurung'],
      );
      assert.ok(effects.some((effect) => effect.do === 'blank-case' && effect.case === DOUBT.id));
      for (const send of sends(effects)) assert.equal(send.text, words.checkedNo);
    });
  }

  test('a reaction needs no word, a reply gets one', () => {
    assert.deepEqual(sends(reacts('👎')), []);
    assert.deepEqual(heardBy(replies('bukan', NO), BUDI), [words.checkedNo]);
  });
});

describe('the first answer counts', () => {
  const RIGHT: Case = { ...CASE, status: 'open', verdict: 'yes', example: 'x' };
  const WRONG: Case = { ...DOUBT, status: 'closed', verdict: 'no' };
  const OVER: Case = { ...DOUBT, status: 'closed', verdict: 'none' };

  test('the same again is nothing', () => {
    assert.deepEqual(reacts('👍', { of: RIGHT }), []);
    assert.deepEqual(reacts('👎', { of: WRONG }), []);
    assert.deepEqual(replies('bukan', NO, { of: WRONG }), []);
  });

  test('another one gets a short sentence and changes nothing', () => {
    for (const [effects, of, text] of [
      [reacts('👎', { of: RIGHT }), RIGHT, /^Sudah dijawab: \*ya\*\. Kodenya \*KRC-7K2Q\*\.$/],
      [reacts('👍', { of: WRONG }), WRONG, /^Sudah dijawab: \*bukan\*/],
      [reacts('👍', { of: OVER }), OVER, /^Tidak perlu dijawab lagi/],
      [replies('selesai', command('selesai'), { of: RIGHT }), RIGHT, /Sudah dijawab: \*ya\*/],
    ] as const) {
      assert.deepEqual(after(effects, of), of);
      assert.equal(sends(effects).length, 1);
      assert.match(sends(effects)[0]?.text ?? '', text);
    }
  });

  test('a reaction taken back, or of another kind, is nothing', () => {
    for (const emoji of ['', '❤️', '🙏']) {
      assert.deepEqual(reacts(emoji), []);
      assert.deepEqual(reacts(emoji, { of: RIGHT }), []);
    }
  });
});

describe('the line takes yes and no only', () => {
  for (const name of ['ambil', 'selesai', 'isi', 'balas', 'identitas'] as const) {
    test(`${name} answers with how to answer`, () => {
      const effects = replies(name, command(name));
      assert.deepEqual(heardBy(effects, BUDI), [words.howToCheck]);
      assert.deepEqual(after(effects, DOUBT), DOUBT);
      assert.ok(!does(effects, 'add-entry'));
    });
  }

  test('so do other words; that sentence may be answered like the line itself', () => {
    const [sent] = sends(replies('siapa ini ya'));
    assert.deepEqual(
      [sent?.text, sent?.purpose, sent?.case, sent?.group],
      [words.howToCheck, 'check', DOUBT.id, KOTO_GROUP.id],
    );
  });

  test('who may no longer read it cannot answer it', () => {
    assert.deepEqual(reacts('👍', { who: DEWI }), []);
    assert.deepEqual(reacts('👍', { of: RESTRICTED }), []);
    assert.deepEqual(heardBy(replies('ya', YES, { of: RESTRICTED }), BUDI), [words.noSuchCase]);
    assert.ok(!does(replies('ya', YES, { who: ANI }), 'change-case'));
  });

  test('no other message of the bot leads to it', () => {
    const quoted = said('notice', privateChat(HESTI), { case: DOUBT.id });
    for (const doubt of [DOUBT, { ...DOUBT, status: 'closed', verdict: 'no' } as Case]) {
      const effects = replies('ambil', command('ambil'), { of: doubt, who: RATNA, state: { quoted } });
      assert.deepEqual(after(effects, doubt), doubt);
      assert.doesNotMatch(JSON.stringify(sends(effects)), /KRC|rahasia/);
    }
  });
});

// ---------------------------------------------------------------- its end

describe('without an answer', () => {
  test('its words go at the time that was set, and nobody hears of it', () => {
    const due = [{ what: 'case', at: NOW, case: { ...DOUBT, dueAt: NOW } }] as const;
    const effects = decide(tick(), reading(''), knownAtTick({ due }));
    const now = after(effects, DOUBT);
    assert.deepEqual([now.status, now.verdict, now.dueAt, now.example], ['closed', 'none', undefined, DOUBT.example]);
    assert.ok(does(effects, 'blank-case'));
    assert.deepEqual(sends(effects), []);
    assert.equal(now.rung, 0);
  });
});

describe('its writer deletes the message', () => {
  const deletes = (of: Case) => {
    const { person: __, ...state } = known(ANI, KOTO_GROUP, { case: of, entry: wordsOf(of), entries: [wordsOf(of)] });
    const where = { chat: KOTO_GROUP.address, chatKind: 'group' } as const;
    return decide({ kind: 'revoked', message: ORIGINAL, ...where, at: NOW }, reading(''), state);
  };

  for (const doubt of [DOUBT, ADVERT, RESTRICTED, { ...DOUBT, signs: ['child'] } as Case]) {
    test(`${doubt.kind} ${doubt.restriction} ${doubt.signs}: doubt, words and example go at once, and nobody is told`, () => {
      const effects = deletes(doubt);
      assert.deepEqual(sends(effects), []);
      assert.ok(does(effects, 'blank-case'));
      const now = after(effects, doubt);
      assert.deepEqual([now.status, now.example, now.dueAt], ['closed', undefined, undefined]);
    });
  }

  test('after the answer no: there is nothing left', () => {
    assert.deepEqual(deletes({ ...DOUBT, status: 'closed', verdict: 'no' }), []);
  });

  test('after the answer yes: as with any case', () => {
    const effects = deletes({ ...CASE, verdict: 'yes' });
    assert.ok(does(effects, 'revoke-entry'));
    assert.match(heard(effects, OFFICERS), /pelapor menghapus pesannya/);
  });
});

describe('its writer changes the message', () => {
  const changes = (text: string, told: Told = {}, of: Case = DOUBT) =>
    inGroup(text, {
      ...told,
      event: { edits: ORIGINAL },
      state: { originalHeard: true, case: of, entry: wordsOf(of), entries: [wordsOf(of)], ...told.state },
    });
  const SURE = meaning('report', { severity: 'darurat', signs: ['confined'] });

  test('still in doubt: the newest words take the place of the earlier ones, and nobody hears more', () => {
    const effects = changes('isi baru', { means: MAYBE_ADVERT, reading: { example: 'lowongan …' } });
    assert.deepEqual(
      effects.filter(({ do: what }) => what === 'reword-entry'),
      [{ do: 'reword-entry', entry: wordsOf(DOUBT).id, text: 'isi baru', contacts: [] }],
    );
    const now = after(effects, DOUBT);
    assert.deepEqual([now.status, now.kind, now.example, now.dueAt], ['doubtful', 'advert', 'lowongan …', DOUBT.dueAt]);
    assert.deepEqual(sends(effects), []);
    assert.ok(!does(effects, 'add-entry') && !does(effects, 'open-case'));
  });

  test('into ordinary talk: it stays a doubt, with those words', () => {
    const effects = changes('tidak jadi', { means: meaning('silent'), reading: {} });
    assert.deepEqual([after(effects, DOUBT).status, after(effects, DOUBT).example], ['doubtful', DOUBT.example]);
    assert.ok(does(effects, 'reword-entry'));
    assert.deepEqual(sends(effects), []);
  });

  test('so that whoever was asked is named: he may answer no more, and the head is asked', () => {
    const effects = changes('isi baru', { means: { ...MAYBE, accuses: ['officer'] } });
    assert.equal(after(effects, DOUBT).restriction, 'head');
    assert.deepEqual(
      sends(effects).map(({ to, purpose }) => [to, purpose]),
      [[{ person: RATNA.id }, 'check']],
    );
  });

  test('now sure: a case openly as any, with the newest words', () => {
    const effects = changes('adik saya dikurung', { means: SURE, reading: {} });
    const now = after(effects, DOUBT);
    assert.deepEqual(
      [now.status, now.verdict, now.example, now.dueAt],
      ['open', undefined, undefined, NOW + 5 * MINUTE],
    );
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.invitation]);
    assert.match(heard(effects, BUDI), /> adik saya dikurung/);
    assert.doesNotMatch(heard(effects, BUDI), /isi rahasia/);
    assert.match(heard(effects, OFFICERS), /DARURAT/);
  });

  test('now surely an advert: the group is warned', () => {
    assert.deepEqual(heardBy(changes('LOKER', { means: meaning('warn') }), KOTO_GROUP), [words.warning]);
  });

  test('the same words again, as when a link gets its preview: nothing', () => {
    assert.deepEqual(changes(' isi rahasia '), []);
  });

  test('after the answer no: asked again never, but sure it is a case of its own', () => {
    const wrong: Case = { ...DOUBT, status: 'closed', verdict: 'no' };
    assert.deepEqual(changes('isi baru', {}, wrong), []);
    assert.equal(opened(changes('isi baru', { means: SURE }, wrong))?.status, 'open');
  });
});
