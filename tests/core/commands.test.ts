// What officers do with a case, and what nobody else can.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type {
  Case,
  CaseCode,
  CaseId,
  Chat,
  CommandName,
  Effect,
  EntryId,
  MessageId,
  Person,
  Purpose,
  Said,
  State,
} from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  BUDI,
  CASE,
  casesAfter,
  command,
  DEWI,
  EVERYBODY,
  entry,
  HESTI,
  heardBy,
  KADES,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  RATNA,
  RUDI,
  reaction,
  reading,
  STAFF,
  said,
  sends,
  WAWAN,
} from './scenes.ts';

const CLAIMED: Case = { ...CASE, status: 'claimed', claimer: BUDI.id };
const CLOSED: Case = { ...CLAIMED, status: 'closed', closedAt: NOW - 1 };
const WITHDRAWN: Case = { ...CASE, severity: 'darurat', withdrawnAt: NOW - 60_000 };
const OTHER: Case = { ...CASE, id: 'case-2' as CaseId, code: 'KRC-8M3R' as CaseCode, reporter: RUDI.id };

interface Spoken {
  readonly of?: Case;
  readonly quoting?: Purpose;
  readonly quoted?: Partial<Said>;
  readonly codes?: readonly string[];
  readonly state?: Partial<State>;
}

/** Somebody types a command; the case it speaks of is found as the store would find it. */
function types(who: Person, where: Chat, name: CommandName | undefined, rest: string, more: Spoken = {}): Effect[] {
  const codes = more.codes ?? [];
  const text = `${name ?? ''} ${codes.join(' ')} ${rest}`.trim();
  const quoted = more.quoting && said(more.quoting, where, { ...(more.of && { case: more.of.id }), ...more.quoted });
  return decide(
    message(who, where, text, quoted ? { quote: quoted.message } : {}),
    reading(text, meaning('silent'), { ...(name && command(name, rest)), codes: codes as CaseCode[] }),
    known(who, where, {
      ...(quoted && { quoted }),
      ...(more.of && (quoted || codes.length > 0) && { case: more.of, entries: [entry(more.of, 'isi laporan')] }),
      ...more.state,
    }),
  );
}

function reacts(who: Person, where: Chat, emoji: string, of: Case, purpose: Purpose, more: Partial<State> = {}) {
  return decide(
    reaction(who, where, emoji),
    reading(''),
    known(who, where, {
      quoted: said(purpose, where, { case: of.id, ...(purpose === 'note' && { entry: 'note-1' as EntryId }) }),
      case: of,
      entries: [entry(of, 'isi laporan'), entry(of, 'catatan', { id: 'note-1' as EntryId, kind: 'note', by: BUDI.id })],
      ...more,
    }),
  );
}

const changes = (effects: readonly Effect[]) =>
  effects.filter(({ do: what }) => !/^(send|react|ask|drop-question|journal)$/.test(what));
const after = (effects: readonly Effect[], of: Case) => casesAfter(effects, [of]).get(of.id);
const onlyAnswer = (effects: readonly Effect[], text: string) => {
  assert.deepEqual(
    sends(effects).map((send) => send.text),
    [text],
  );
  assert.deepEqual(changes(effects), []);
};

describe('taking a case', () => {
  for (const thumb of ['👍', '👍🏻', '👍🏼', '👍🏽', '👍🏾', '👍🏿', '👍\uFE0F']) {
    test(`${thumb} on an alert takes it`, () => {
      const effects = reacts(BUDI, OFFICERS, thumb, CASE, 'alert');
      assert.equal(after(effects, CASE)?.claimer, BUDI.id);
      assert.equal(after(effects, CASE)?.dueAt, undefined);
      assert.deepEqual(heardBy(effects, ANI), [words.stepClaimed(CASE)]);
      assert.deepEqual(heardBy(effects, OFFICERS), [words.claimed(CASE, BUDI)]);
      assert.match(heardBy(effects, BUDI).join(), /> isi laporan/);
    });
  }

  for (const emoji of ['❤️', '👎', '🙏', '', '👍👍', '✅', 'ambil']) {
    test(`"${emoji}" as a reaction takes nothing and is answered with nothing`, () => {
      assert.deepEqual(reacts(BUDI, OFFICERS, emoji, CASE, 'alert'), []);
    });
  }

  for (const purpose of ['list', 'step', 'receipt', 'relay', 'answer', 'menu', 'dialog', 'broadcast'] as const) {
    test(`👍 on a message that is a ${purpose} takes nothing`, () => {
      assert.deepEqual(reacts(BUDI, OFFICERS, '👍', CASE, purpose), []);
    });
  }

  test('👍 on a case one has, or that is closed, needs no word', () => {
    assert.deepEqual(reacts(BUDI, OFFICERS, '👍', CLAIMED, 'alert'), []);
    assert.deepEqual(reacts(BUDI, OFFICERS, '👍', CLOSED, 'alert'), []);
  });

  test('who comes second is told who has it, and takes over only when he says so', () => {
    onlyAnswer(reacts(DEWI, OFFICERS, '👍', CLAIMED, 'alert'), words.alreadyClaimed(CLAIMED, BUDI));
    onlyAnswer(
      types(DEWI, OFFICERS, 'ambil', '', { of: CLAIMED, quoting: 'alert' }),
      words.alreadyClaimed(CLAIMED, BUDI),
    );
    const effects = types(DEWI, OFFICERS, 'ambil', 'alih', { of: CLAIMED, quoting: 'alert' });
    assert.equal(after(effects, CLAIMED)?.claimer, DEWI.id);
    assert.match(heardBy(effects, DEWI).join(), /> isi laporan/);
    assert.deepEqual(heardBy(effects, BUDI), []);
  });

  test('two who react late with the same sign are both answered', () => {
    const keys = [DEWI, HESTI].map((who, i) => {
      const state = known(who, OFFICERS, { quoted: said('alert', OFFICERS, { case: CASE.id }), case: CLAIMED });
      return sends(decide({ ...reaction(who, OFFICERS, '👍'), at: NOW + i }, reading(''), state))[0]?.key;
    });
    assert.notEqual(keys[0], keys[1]);
  });

  test('a reopened case taken anew by a reaction to its old alert is told anew', () => {
    const first = reacts(BUDI, OFFICERS, '👍', CASE, 'alert');
    const later = decide(
      { ...reaction(BUDI, OFFICERS, '👍'), at: NOW + 1_000_000 },
      reading(''),
      known(BUDI, OFFICERS, {
        now: NOW + 1_000_000,
        quoted: said('alert', OFFICERS, { case: CASE.id }),
        case: CASE,
        entries: [],
      }),
    );
    const keys = new Set(sends(first).map(({ key }) => key));
    assert.deepEqual(
      sends(later).filter(({ key }) => keys.has(key)),
      [],
    );
  });

  test('a withdrawn case is not taken off the ladder by one who may not read it', () => {
    const effects = types(DEWI, OFFICERS, 'ambil', '', { of: WITHDRAWN, quoting: 'alert' });
    const next = after(effects, WITHDRAWN);
    assert.ok(next?.dueAt !== undefined || next?.claimer !== DEWI.id);
    assert.deepEqual(heardBy(effects, ANI), []);
  });

  test('the head takes a withdrawn case, and its phone hears nothing', () => {
    const effects = types(RATNA, privateChat(RATNA), 'ambil', '', { of: WITHDRAWN, codes: [CASE.code] });
    assert.equal(after(effects, WITHDRAWN)?.claimer, RATNA.id);
    assert.deepEqual(heardBy(effects, ANI), []);
    assert.match(heardBy(effects, RATNA).join(), /> isi laporan/);
  });
});

describe('which case is meant', () => {
  test('a wrong code, and a command without any, are answered in private', () => {
    onlyAnswer(types(BUDI, privateChat(BUDI), 'ambil', '', { codes: ['KRC-ZZZZ'] }), words.noSuchCase);
    onlyAnswer(types(BUDI, privateChat(BUDI), 'selesai', 'sudah'), words.nameTheCase);
  });

  for (const name of ['ambil', 'balas', 'selesai', 'isi', 'identitas'] as const) {
    test(`${name} without a quote or code is ordinary talk in the officers' group`, () => {
      assert.deepEqual(types(BUDI, OFFICERS, name, 'semua ya'), []);
    });

    test(`${name} with two codes goes to neither`, () => {
      const effects = types(BUDI, privateChat(BUDI), name, 'alasan', { of: CASE, codes: [CASE.code, OTHER.code] });
      onlyAnswer(effects, words.nameTheCase);
    });

    test(`${name} that quotes one case and names another goes to neither`, () => {
      const effects = types(BUDI, privateChat(BUDI), name, 'alasan', {
        of: CASE,
        quoting: 'words',
        codes: [OTHER.code],
      });
      onlyAnswer(effects, words.nameTheCase);
    });

    test(`${name} on a closed case changes nothing`, () => {
      const effects = types(BUDI, privateChat(BUDI), name, 'alasan', { of: CLOSED, codes: [CASE.code] });
      assert.deepEqual(changes(effects), []);
      assert.deepEqual(heardBy(effects, ANI), []);
    });
  }
});

describe('only the office commands', () => {
  const everybody: readonly Person[] = [ANI, RUDI, KADES, WAWAN];
  for (const who of everybody) {
    for (const name of ['ambil', 'balas', 'selesai', 'isi', 'identitas', 'daftar'] as const) {
      test(`${who.role} ${who.id} who types ${name} changes no case and learns nothing`, () => {
        for (const where of [privateChat(who), KOTO_GROUP]) {
          for (const more of [
            { of: OTHER, codes: [OTHER.code] },
            { of: OTHER, quoting: 'alert' as const },
            { of: OTHER, codes: [OTHER.code], state: { openCases: [OTHER] } },
          ]) {
            const effects = types(who, where, name, 'x', more);
            assert.deepEqual(changes(effects), []);
            for (const { text } of sends(effects)) assert.doesNotMatch(text, /KRC-8M3R|isi laporan|Jenis:/);
          }
        }
      });
    }

    test(`a 👍 by ${who.role} ${who.id} means nothing`, () => {
      assert.deepEqual(reacts(who, privateChat(who), '👍', OTHER, 'alert'), []);
      assert.deepEqual(reacts(who, KOTO_GROUP, '👍', OTHER, 'alert'), []);
    });
  }

  test("a villager in the officers' group, by whatever mistake, is not heard", () => {
    assert.deepEqual(types(RUDI, OFFICERS, 'ambil', '', { of: CASE, quoting: 'alert' }), []);
    assert.deepEqual(types(RUDI, OFFICERS, 'daftar', '', { state: { openCases: [CASE] } }), []);
    assert.deepEqual(reacts(RUDI, OFFICERS, '👍', CASE, 'alert'), []);
  });

  test("in a village's group an officer commands nothing", () => {
    assert.deepEqual(types(BUDI, KOTO_GROUP, 'ambil', '', { of: CASE, codes: [CASE.code] }), []);
    assert.deepEqual(types(BUDI, KOTO_GROUP, 'daftar', '', { state: { openCases: [CASE] } }), []);
    assert.deepEqual(reacts(BUDI, KOTO_GROUP, '👍', CASE, 'alert'), []);
  });

  test('the name an officer bears does not make one: the number does', () => {
    const clone = { ...RUDI, name: 'Budi', village: BUDI.village as never };
    const effects = types(clone, privateChat(clone), 'isi', '', { of: CASE, codes: [CASE.code] });
    for (const { text } of sends(effects)) assert.doesNotMatch(text, /isi laporan/);
  });
});

describe('answering', () => {
  test('balas takes the case where nobody has it, is kept, and gets its tick when it has arrived', () => {
    const effects = types(DEWI, OFFICERS, 'balas', 'kami datang', { of: CASE, quoting: 'alert' });
    assert.equal(after(effects, CASE)?.claimer, DEWI.id);
    assert.deepEqual(heardBy(effects, ANI), [words.stepClaimed(CASE), words.relayed(CASE, 'kami datang')]);
    const relay = sends(effects).find(({ purpose }) => purpose === 'relay');
    const tick = effects.find((effect) => effect.do === 'react');
    assert.ok(tick?.do === 'react' && tick.emoji === '✅' && tick.after === relay?.key);
  });

  test('balas without words sends nothing', () => {
    onlyAnswer(types(BUDI, OFFICERS, 'balas', '', { of: CASE, quoting: 'alert' }), words.replyNeedsText);
  });

  test('an advert has nobody to be answered', () => {
    const advert: Case = { ...CASE, kind: 'advert' };
    const effects = types(BUDI, OFFICERS, 'balas', 'halo', { of: advert, quoting: 'alert' });
    onlyAnswer(effects, words.noReporter(advert));
  });

  for (const name of ['balas', 'selesai'] as const) {
    test(`${name} on a withdrawn case writes nothing to that phone`, () => {
      assert.deepEqual(
        heardBy(types(RATNA, OFFICERS, name, 'kami datang', { of: WITHDRAWN, quoting: 'alert' }), ANI),
        [],
      );
    });
  }

  test('a plain reply is a note, goes out on 👍, and only once', () => {
    const kept = types(BUDI, OFFICERS, undefined, 'agennya dikenal', { of: CLAIMED, quoting: 'alert' });
    assert.deepEqual(heardBy(kept, ANI), []);
    assert.deepEqual(heardBy(kept, OFFICERS), [words.noteKept]);
    const first = sends(reacts(BUDI, OFFICERS, '👍', CLAIMED, 'note')).find(({ purpose }) => purpose === 'relay');
    const second = sends(reacts(DEWI, OFFICERS, '👍🏿', CLAIMED, 'note')).find(({ purpose }) => purpose === 'relay');
    assert.equal(first?.text, words.relayed(CLAIMED, 'catatan'));
    assert.equal(first?.key, second?.key);
  });

  test('a note of a withdrawn or closed case is not sent, whenever it was written', () => {
    for (const theCase of [{ ...CLAIMED, withdrawnAt: NOW - 1 }, CLOSED])
      assert.deepEqual(heardBy(reacts(BUDI, OFFICERS, '👍', theCase, 'note'), ANI), []);
  });

  test('a photo of an officer in reply is no report of his own', () => {
    const effects = decide(
      message(BUDI, privateChat(BUDI), '', {
        quote: 'said-words' as MessageId,
        attachments: [{ type: 'photo', ref: 'x' }],
      }),
      reading(''),
      known(BUDI, privateChat(BUDI), { quoted: said('words', privateChat(BUDI), { case: CASE.id }), case: CASE }),
    );
    assert.deepEqual(changes(effects), []);
  });
});

describe('restricted cases', () => {
  const head: Case = { ...CASE, restriction: 'head' };
  const second: Case = { ...CASE, restriction: 'second-contact' };

  for (const name of ['ambil', 'balas', 'selesai', 'isi', 'identitas'] as const) {
    for (const [of, who] of [
      [head, BUDI],
      [head, HESTI],
      [second, RATNA],
      [second, DEWI],
    ] as const) {
      test(`${name} by ${who.name} on a case for the ${of.restriction} is a code that does not exist`, () => {
        onlyAnswer(types(who, privateChat(who), name, 'x', { of, codes: [of.code] }), words.noSuchCase);
      });
    }
  }

  test('daftar names them to their trustee, in private alone', () => {
    const state = { openCases: [CASE, { ...OTHER, restriction: 'head' as const }] };
    const list = (who: Person, where: Chat) =>
      types(who, where, 'daftar', '', { state }).flatMap((e) => (e.do === 'send' ? [e.text] : []))[0] as string;
    assert.match(list(RATNA, privateChat(RATNA)), /KRC-8M3R/);
    for (const text of [
      list(RATNA, OFFICERS),
      list(BUDI, OFFICERS),
      list(BUDI, privateChat(BUDI)),
      list(HESTI, privateChat(HESTI)),
    ]) {
      assert.match(text, /KRC-7K2Q/);
      assert.doesNotMatch(text, /KRC-8M3R/);
    }
  });

  test('a second contact who is an admin can do what an officer can', () => {
    const wawan = { ...WAWAN, secondContact: true };
    const staff = STAFF.map((person) => (person.id === wawan.id ? wawan : { ...person, secondContact: false }));
    const more = { of: second, codes: [second.code], state: { staff, people: EVERYBODY } };
    assert.equal(after(types(wawan, privateChat(wawan), 'ambil', '', more), second)?.claimer, wawan.id);
    assert.match(heardBy(types(wawan, privateChat(wawan), 'isi', '', more), wawan).join(), /> isi laporan/);
    onlyAnswer(
      types(wawan, privateChat(wawan), 'isi', '', { of: CASE, codes: [CASE.code], state: { staff } }),
      words.noSuchCase,
    );
  });

  test('a sign given to the old alert of a case that is restricted by now is passed over', () => {
    for (const emoji of ['❤️', '', '😢']) assert.deepEqual(reacts(BUDI, OFFICERS, emoji, head, 'alert'), []);
  });

  test('the old alert of a restricted case, answered or thumbed, opens nothing', () => {
    for (const effects of [
      reacts(BUDI, OFFICERS, '👍', head, 'alert'),
      types(BUDI, OFFICERS, 'isi', '', { of: head, quoting: 'alert' }),
      types(BUDI, OFFICERS, undefined, 'sudah saya cek', { of: head, quoting: 'alert' }),
    ]) {
      assert.deepEqual(changes(effects), []);
      for (const { text } of sends(effects)) assert.doesNotMatch(text, /isi laporan|Jenis:/);
    }
  });
});

describe('name and number', () => {
  const asks = (who: Person, of: Case, rest: string) =>
    types(who, privateChat(who), 'identitas', rest, { of, codes: [of.code] });

  test('with a reason, to who may read the words; the head hears who and why', () => {
    const effects = asks(BUDI, { ...CASE, reporterName: 'Ani' }, 'menelepon keluarga');
    assert.match(
      heardBy(effects, BUDI).join(),
      /Nama di WhatsApp: Ani\nNomor: 620000000001\nhttps:\/\/wa\.me\/620000000001\n/,
    );
    assert.match(heardBy(effects, RATNA).join(), /Budi membuka identitas .*\nAlasan:\n> menelepon keluarga/);
    assert.ok(effects.some((effect) => effect.do === 'journal' && effect.what === 'identity-shown'));
  });

  test('not without a reason, nor to who has not taken the case', () => {
    onlyAnswer(asks(BUDI, CASE, ''), words.identityNeedsReason);
    onlyAnswer(asks(DEWI, CASE, 'ingin tahu'), words.claimFirst(CASE));
  });

  test('a name that is made to look like a line of the bot stays one harmless line', () => {
    const name = 'Ani\nNomor: 62999\n*KRC-9999* \u202Editutup\u200B';
    const text = heardBy(asks(BUDI, { ...CASE, reporterName: name }, 'menelepon'), BUDI).join();
    assert.equal(text.split('\n').filter((line) => line.startsWith('Nomor:')).length, 1);
    assert.doesNotMatch(text, /\*KRC-9999\*|[\u202E\u200B]/);
  });

  test('where the head is named he does not hear that it was opened', () => {
    const of: Case = { ...CASE, restriction: 'second-contact' };
    assert.deepEqual(heardBy(asks(HESTI, of, 'menelepon'), RATNA), []);
  });
});

test('who has not written mulai and takes a case in the group is asked to, and is not written to in private', () => {
  const budi = { ...BUDI, active: false };
  const effects = reacts(budi, OFFICERS, '👍', CASE, 'alert', {
    staff: STAFF.map((person) => (person.id === budi.id ? budi : person)),
  });
  assert.deepEqual(heardBy(effects, budi), []);
  assert.match(heardBy(effects, OFFICERS).join(), /mulai/);
});

test('a list of hundreds of open cases fits into one message', () => {
  const openCases = Array.from({ length: 400 }, (_, i): Case => ({ ...CASE, id: `case-${i}` as CaseId }));
  const [list] = sends(types(BUDI, OFFICERS, 'daftar', '', { state: { openCases } }));
  assert.ok(list && list.text.length < 5_000);
  assert.match(list.text, /Laporan terbuka: 400.*dan 370 lagi/s);
});

test('a case told in hundreds of long messages is still shown in a message that WhatsApp takes', () => {
  const entries = Array.from({ length: 300 }, (_, i) =>
    entry(CASE, `${i} ${'panjang sekali '.repeat(200)}`, { id: `entry-${i}` as EntryId }),
  );
  for (const name of ['isi', 'ambil'] as const) {
    const effects = types(BUDI, privateChat(BUDI), name, '', { of: CASE, codes: [CASE.code], state: { entries } });
    for (const { text } of sends(effects)) assert.ok(text.length < 65_536, `${name}: ${text.length}`);
  }
});
