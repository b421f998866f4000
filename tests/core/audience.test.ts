// Who can ever read this? Arbitrary scenes are decided, and what is sent is held against what the office promised.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decide } from '../../src/core/decide.ts';
import {
  type Address,
  type Attachment,
  type Broadcast,
  type BroadcastId,
  type Case,
  type CaseCode,
  type CaseId,
  type Chat,
  type CommandName,
  type Due,
  type Effect,
  type Entry,
  type Event,
  type GroupEvent,
  type Meaning,
  type MessageId,
  type Person,
  type Purpose,
  type Question,
  type Reading,
  type Send,
  SIGNS,
  type State,
  type StoredFile,
  type VillageId,
} from '../../src/core/types.ts';
import {
  ANI,
  BUDI,
  CASE,
  casesAfter,
  EVERYBODY,
  entry,
  HIANG_GROUP,
  hearer,
  KOTO,
  KOTO_GROUP,
  known,
  knownAtTick,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  RUDI,
  reaction,
  reading,
  STAFF,
  said,
  sends,
  TOPICS,
  tick,
} from './scenes.ts';

const RUNS = 3_000;

// ---------------------------------------------------------------- arbitrary scenes

/** Words that stand nowhere else, so that whoever reads them has read that very thing. */
const TYPED = 'RAHASIAKETIK';
const NAME = 'RAHASIANAMA';
const NUMBER = '620000009999';
const told = (of: Case) => `RAHASIAISI${of.id}`;
const noted = (of: Case) => `RAHASIACATATAN${of.id}`;

const PURPOSES: readonly Purpose[] = [
  'answer',
  'menu',
  'invitation',
  'warning',
  'receipt',
  'step',
  'relay',
  'alert',
  'words',
  'note',
  'identity',
  'list',
  'notice',
  'refusal',
  'check',
];
const OFFICE_COMMANDS: readonly CommandName[] = ['ambil', 'balas', 'selesai', 'identitas', 'isi'];
/** What touches a case stands here more often, so that it is tried more often. */
const COMMANDS: readonly CommandName[] = [
  ...OFFICE_COMMANDS,
  ...OFFICE_COMMANDS,
  ...OFFICE_COMMANDS,
  'batal',
  'batal',
  'daftar',
  'mulai',
  'bantuan',
  'siaran',
  'petugas',
  'grup',
  'desa',
  'lapor',
  'batal',
  'menu',
  'privasi',
  'lanjut',
];

interface Scene {
  readonly event: Event;
  readonly reading: Reading;
  readonly state: State;
  /** Every case of the scene as it was. */
  readonly cases: readonly Case[];
}

/** The same person under the number that must not be shown. */
const withNumber = (person: Person): Person => ({ ...person, address: NUMBER as Address });
const REPORTER = withNumber(ANI);

const arbitraryCase = (id: string, code: string, reporter: fc.Arbitrary<Person>): fc.Arbitrary<Case> =>
  fc
    .record({
      kind: fc.constantFrom('report', 'report', 'handover', 'advert'),
      severity: fc.constantFrom('darurat', 'biasa'),
      status: fc.constantFrom('open', 'claimed', 'closed', 'doubtful'),
      verdict: fc.constantFrom(undefined, undefined, 'yes', 'no', 'none'),
      withdrawn: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      reporter,
      from: fc.constantFrom('private', 'private', 'group'),
      village: fc.option(fc.constantFrom<VillageId>(KOTO.id, 'hiang-sakti' as VillageId), { nil: undefined }),
      signs: fc.subarray([...SIGNS].slice(0, 9)),
      restriction: fc.constantFrom('none', 'none', 'head', 'second-contact'),
      claimer: fc.option(fc.constantFrom(...STAFF.filter(({ role }) => role === 'officer' || role === 'head')), {
        nil: undefined,
      }),
      rung: fc.nat(4),
      questions: fc.subarray(['village', 'danger', 'when', 'who'] as const, { maxLength: 3 }),
    })
    .map(({ reporter: by, village, claimer, verdict, withdrawn: back, ...rest }) => {
      const doubted = rest.status === 'doubtful' || verdict === 'no' || verdict === 'none';
      const withdrawn = back && !doubted;
      const taken = claimer !== undefined && rest.status !== 'open' && !doubted;
      const theCase = {
        ...CASE,
        ...rest,
        id: id as CaseId,
        code: code as CaseCode,
        reporter: by.id,
        reporterName: NAME,
        status:
          rest.status === 'doubtful'
            ? 'doubtful'
            : doubted
              ? 'closed'
              : rest.status === 'claimed' && !taken
                ? 'open'
                : rest.status,
        ...(verdict && rest.status !== 'doubtful' && { verdict }),
        ...(taken && { claimer: claimer.id }),
        ...(withdrawn && { withdrawnAt: NOW - 30_000 }),
      } as Case;
      const { village: _, ...nowhere } = theCase;
      return village ? { ...nowhere, village } : nowhere;
    });

const arbitraryMeaning: fc.Arbitrary<Meaning> = fc
  .record({
    kind: fc.constantFrom('answer', 'report', 'report', 'warn', 'human', 'menu', 'silent'),
    confidence: fc.constantFrom('doubtful', 'sure'),
    severity: fc.constantFrom('darurat', 'biasa'),
    signs: fc.subarray([...SIGNS].slice(0, 9)),
    accuses: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(['officer', 'official', 'police', 'head'] as const) },
    ),
    topic: fc.boolean(),
    howTo: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ topic, howTo, kind, ...rest }) =>
    meaning(kind as Meaning['kind'], {
      ...(rest as Partial<Meaning>),
      topics: topic ? [{ topic: TOPICS[0]?.id as never, probability: 0.8 }] : [],
      contacts: [TYPED],
      ...(howTo && { reporting: 'wish' as const }),
      why: [],
    }),
  );

const photoOf = (id: string): StoredFile => ({ file: `photo-of-${id}`, attachment: { type: 'photo' } });
const deleted = (of: Case) => `RAHASIAHAPUS${of.id}`;
const entriesOf = (of: Case): Entry[] => [
  entry(of, told(of), {
    attachments: [{ type: 'contact', name: told(of) } as Attachment],
    contacts: [told(of)],
    files: [photoOf(of.id)],
  }),
  // Its writer deleted it, and its words were kept.
  entry(of, deleted(of), {
    id: `deleted-of-${of.id}` as Entry['id'],
    contacts: [deleted(of)],
    revokedAt: NOW - 20_000,
    files: [photoOf(`deleted-${of.id}`)],
  }),
  entry(of, noted(of), { id: `note-of-${of.id}` as Entry['id'], kind: 'note', by: BUDI.id }),
];

/** Some of the staff have never written `mulai`. */
const arbitraryStaff = fc
  .subarray([...STAFF])
  .map((inactive) => STAFF.map((person) => (inactive.includes(person) ? { ...person, active: false } : person)));

/** How a group stands: most of them speak. */
type Standing = Partial<Pick<Chat, 'listens' | 'closed' | 'gone' | 'introduced'>>;
const STANDINGS: readonly Standing[] = [
  {},
  {},
  {},
  { listens: true },
  { listens: true, introduced: false },
  { closed: true },
  { gone: true },
  { listens: true, closed: true, introduced: false },
];
const arbitraryGroups: fc.Arbitrary<{ readonly koto: Chat; readonly hiang: Chat; readonly officers: Chat }> = fc
  .record({
    koto: fc.constantFrom(...STANDINGS),
    hiang: fc.constantFrom(...STANDINGS),
    officers: fc.constantFrom<Standing>({}, {}, {}, {}, {}, { closed: true }, { gone: true }),
  })
  .map(({ koto, hiang, officers }) => ({
    koto: { ...KOTO_GROUP, ...koto },
    hiang: { ...HIANG_GROUP, ...hiang },
    officers: { ...OFFICERS, ...officers },
  }));

const arbitraryQuestion = (own: Case | undefined): fc.Arbitrary<Question | undefined> =>
  fc.constantFrom<Question | undefined>(
    undefined,
    undefined,
    ...(own
      ? (['village', 'danger', 'when', 'who'] as const).map((question) => ({
          about: 'case' as const,
          case: own.id,
          question,
        }))
      : []),
    { about: 'report' },
    { about: 'menu', choices: TOPICS.map(({ id }) => ({ topic: id })) },
    {
      about: 'menu',
      choices: [],
      told: { text: TYPED, meaning: meaning('silent'), restriction: 'none', at: NOW },
    },
  );

const arbitraryHeard: fc.Arbitrary<Scene> = fc
  .record({
    who: fc.constantFrom(REPORTER, REPORTER, RUDI, ...STAFF),
    place: fc.constantFrom('private', 'private', 'koto', 'hiang', 'officers'),
    staff: arbitraryStaff,
    groups: arbitraryGroups,
    named: fc.option(arbitraryCase('case-1', 'KRC-7K2Q', fc.constantFrom(REPORTER, REPORTER, REPORTER, RUDI, BUDI)), {
      freq: 5,
      nil: undefined,
    }),
    ownOther: fc.option(arbitraryCase('case-2', 'KRC-8M3R', fc.constant(REPORTER)), { nil: undefined }),
    openOther: arbitraryCase('case-3', 'KRC-9N4S', fc.constant(RUDI)),
    quote: fc.option(fc.constantFrom(...PURPOSES), { nil: undefined }),
    react: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, '👍', '👍🏽', '❤️', ''),
    command: fc.option(fc.constantFrom(...COMMANDS), { freq: 3, nil: undefined }),
    bare: fc.boolean(),
    choice: fc.option(fc.constantFrom('yes', 'no', 'skip'), { nil: undefined }),
    names: fc.option(fc.constantFrom('budi', 'ratna', 'yusuf', 'hiang sakti'), { freq: 2, nil: undefined }),
    means: arbitraryMeaning,
    addressed: fc.boolean(),
    wordless: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    memberOf: fc.subarray([KOTO.id, 'hiang-sakti' as VillageId]),
    noOfficersGroup: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    question: fc.nat(20),
  })
  .chain((drawn) => {
    const staff = drawn.staff;
    const who = staff.find(({ id }) => id === drawn.who.id) ?? drawn.who;
    const where: Chat =
      drawn.place === 'private'
        ? privateChat(who)
        : drawn.place === 'koto'
          ? drawn.groups.koto
          : drawn.place === 'hiang'
            ? drawn.groups.hiang
            : drawn.groups.officers;
    const open = (theCase: Case | undefined) =>
      theCase?.reporter === who.id &&
      theCase.kind !== 'advert' &&
      theCase.status !== 'closed' &&
      theCase.status !== 'doubtful' &&
      theCase.withdrawnAt === undefined
        ? theCase
        : undefined;
    // One's own open case: the one that is named, or else the newest.
    const named = drawn.named;
    const own = open(named) ?? open(drawn.ownOther && { ...drawn.ownOther, reporter: who.id });
    return arbitraryQuestion(own).map((question): Scene => {
      const cases = [named, own?.id === named?.id ? undefined : own, drawn.openOther].filter(
        (theCase) => theCase !== undefined,
      );
      const quoted =
        drawn.quote && named
          ? said(drawn.quote, where, {
              case: named.id,
              ...(drawn.quote === 'note' && { entry: `note-of-${named.id}` as Entry['id'] }),
            })
          : drawn.quote && said(drawn.quote, where);
      const typed = drawn.command === 'grup' ? '1 bicara' : drawn.command === 'desa' ? '2 koto dua baru' : TYPED;
      const rest = drawn.bare ? '' : typed;
      const text = drawn.wordless
        ? ''
        : drawn.command
          ? `${drawn.command} ${quoted || !named ? '' : named.code} ${rest}`
          : `${TYPED} ${drawn.names ?? ''}`;
      const byCode = named !== undefined && !quoted?.case;
      const event: Event =
        drawn.react !== undefined
          ? reaction(who, where, drawn.react)
          : message(who, where, text, {
              name: NAME,
              mentionsBot: drawn.addressed,
              ...(quoted && { quote: quoted.message }),
              attachments: drawn.wordless ? [{ type: 'contact', name: TYPED, ref: 'x' }] : [],
            });
      const isMessage = event.kind === 'message';
      const theCase = quoted?.case || (byCode && isMessage) ? named : undefined;
      const { officersGroup: _, ...others } = known(who, where, {
        staff,
        groups: Object.values(drawn.groups),
        people: EVERYBODY.map((person) => (person.id === REPORTER.id ? REPORTER : person)),
        memberOf: where.kind === 'private' ? drawn.memberOf : [],
        entries: [...new Set([theCase, own])].flatMap((one) => (one ? entriesOf(one) : [])),
        openCases: drawn.command === 'daftar' && who.role !== 'villager' ? cases : [],
        ...(quoted && { quoted }),
        ...(theCase && { case: theCase }),
        ...(own && { ownCase: own }),
        ...(question && { asked: { question, at: NOW - 60_000 } }),
      });
      const state: State = drawn.noOfficersGroup ? others : { ...others, officersGroup: drawn.groups.officers };
      const read = reading(isMessage ? text : '', isMessage ? drawn.means : meaning('silent'), {
        ...(isMessage && drawn.command && !drawn.wordless && { command: { name: drawn.command, rest } }),
        ...(isMessage && byCode && named && { codes: [named.code] }),
        ...(isMessage && drawn.choice && !drawn.command && { choice: { is: drawn.choice } }),
        named: isMessage && drawn.addressed,
      });
      return { event, reading: read, state, cases };
    });
  });

const arbitraryTick: fc.Arbitrary<Scene> = fc
  .record({
    staff: arbitraryStaff,
    one: arbitraryCase('case-1', 'KRC-7K2Q', fc.constant(REPORTER)),
    other: arbitraryCase('case-2', 'KRC-8M3R', fc.constantFrom(RUDI, BUDI)),
    late: fc.nat(200),
    groups: arbitraryGroups,
    noOfficersGroup: fc.boolean(),
  })
  .map(({ staff, one, other, late, groups, noOfficersGroup }) => {
    const cases = [one, other].filter(({ status }) => status === 'open' || status === 'doubtful');
    const broadcast: Broadcast = {
      id: 'broadcast-1' as BroadcastId,
      number: 1,
      text: 'Waspada.',
      villages: [],
      schedule: { every: 'week', days: [1], minute: 480 },
      late: 'send',
      status: 'active',
      by: 'person-Wawan' as Person['id'],
    };
    const due: Due[] = [
      ...cases.map((theCase): Due => ({ what: 'case', at: NOW, case: theCase })),
      { what: 'broadcast', at: NOW - late * 60_000, broadcast },
      { what: 'sign-of-life', at: NOW },
      { what: 'listening', at: NOW },
    ];
    const { officersGroup: _, ...without } = knownAtTick({
      staff,
      due,
      groups: Object.values(groups),
      openCases: cases.filter(({ status }) => status === 'open'),
    });
    return {
      event: tick(),
      reading: reading(''),
      state: noOfficersGroup ? without : { ...without, officersGroup: groups.officers },
      cases,
    };
  });

const arbitraryChange: fc.Arbitrary<Scene> = fc
  .record({
    staff: arbitraryStaff,
    groups: arbitraryGroups,
    which: fc.constantFrom('koto', 'hiang', 'officers'),
    change: fc.constantFrom<GroupEvent['change']>('joined', 'left', 'closed', 'opened'),
  })
  .map(({ staff, groups, which, change }) => {
    const chat = groups[which];
    return {
      event: { kind: 'group', chat: chat.address, change, at: NOW },
      reading: reading(''),
      state: knownAtTick({ staff, groups: Object.values(groups), officersGroup: groups.officers, chat }),
      cases: [],
    };
  });

/** A file arrives, or the message it came with is deleted for everyone. */
const arbitraryTold: fc.Arbitrary<Scene> = fc
  .record({
    staff: arbitraryStaff,
    of: arbitraryCase('case-1', 'KRC-7K2Q', fc.constantFrom(REPORTER, REPORTER, BUDI)),
    which: fc.constantFrom(0, 1),
    arrives: fc.boolean(),
    inGroup: fc.boolean(),
    alone: fc.boolean(),
  })
  .map(({ staff, of, which, arrives, inGroup, alone }) => {
    const all = entriesOf(of);
    const one = all[which] as Entry;
    const entries = alone ? [one] : all;
    const where = inGroup ? KOTO_GROUP : privateChat(REPORTER);
    const file = which === 1 ? `photo-of-deleted-${of.id}` : 'photo-new';
    const event: Event = arrives
      ? { kind: 'media-arrived', case: of.id, entry: one.id, file, attachment: { type: 'photo' }, at: NOW }
      : { kind: 'revoked', message: 'heard-1' as MessageId, chat: where.address, chatKind: where.kind, at: NOW };
    const state = knownAtTick({ staff, case: of, entry: one, entries, ...(!arrives && { chat: where }) });
    return { event, reading: reading(''), state, cases: [of] };
  });

/** Something doubtful is said in a group, or changed there after it was. */
const arbitraryDoubt: fc.Arbitrary<Scene> = fc
  .record({
    staff: arbitraryStaff,
    groups: arbitraryGroups,
    where: fc.constantFrom('koto', 'hiang'),
    of: fc.option(arbitraryCase('case-1', 'KRC-7K2Q', fc.constant(REPORTER)), { nil: undefined }),
    kind: fc.constantFrom('report', 'report', 'warn', 'silent'),
    means: arbitraryMeaning,
  })
  .map(({ staff, groups, where: which, of, kind, means }) => {
    const where = groups[which as 'koto' | 'hiang'];
    const doubt: Case | undefined = of && { ...of, status: 'doubtful', from: 'group' };
    const [first] = doubt ? entriesOf(doubt) : [];
    const { officersGroup: _, ...state } = known(REPORTER, where, {
      staff,
      groups: Object.values(groups),
      ...(doubt && { case: doubt, entries: [first as Entry] }),
      ...(first && { entry: first, originalHeard: true }),
    });
    return {
      event: message(REPORTER, where, TYPED, { name: NAME, ...(doubt && { edits: 'heard-0' as MessageId }) }),
      reading: reading(TYPED, { ...means, kind: kind as Meaning['kind'] }),
      state: { ...state, officersGroup: groups.officers },
      cases: doubt ? [doubt] : [],
    };
  });

const arbitraryScene = fc.oneof(
  { weight: 18, arbitrary: arbitraryHeard },
  { weight: 2, arbitrary: arbitraryTick },
  { weight: 2, arbitrary: arbitraryTold },
  { weight: 3, arbitrary: arbitraryDoubt },
  { weight: 1, arbitrary: arbitraryChange },
);

// ---------------------------------------------------------------- what the office promised

interface Decided extends Scene {
  readonly effects: readonly Effect[];
  readonly sent: readonly Send[];
  readonly after: ReadonlyMap<CaseId, Case>;
}

function always(promise: (decided: Decided) => void): void {
  fc.assert(
    fc.property(arbitraryScene, (scene) => {
      const effects = decide(scene.event, scene.reading, scene.state);
      promise({ ...scene, effects, sent: sends(effects), after: casesAfter(effects, scene.cases) });
    }),
    { numRuns: RUNS },
  );
}

const isGroup = (send: Send) => hearer(send).startsWith('group-');
const senderOf = ({ state, event }: Scene) =>
  event.kind === 'message' || event.kind === 'reaction' ? state.person : undefined;

/** The heads of the scene, or its second contact; stated anew, so that the code is not its own judge. */
function isTrustee(person: Person | undefined, theCase: Case): boolean {
  if (!person) return false;
  return theCase.restriction === 'second-contact' ? person.secondContact : person.role === 'head';
}

/** The village's officer, the claimer and the head; of a withdrawn case the head; of a restricted one its trustees. */
function reads(person: Person | undefined, theCase: Case): boolean {
  if (!person) return false;
  if (theCase.restriction !== 'none') return isTrustee(person, theCase);
  if (person.role === 'head') return true;
  if (person.role !== 'officer' || theCase.withdrawnAt !== undefined) return false;
  return theCase.claimer === person.id || (theCase.village !== undefined && theCase.village === person.village);
}

/** A group as it is after what was decided; stated anew, so that the code is not its own judge. */
function groupAfter(id: string | undefined, { state, effects }: Decided): Chat | undefined {
  const before = state.groups.find((group) => group.id === id);
  if (!before) return undefined;
  const after: Record<string, unknown> = { ...before };
  for (const effect of effects) {
    if (effect.do === 'change-chat' && effect.chat === id)
      for (const [field, value] of Object.entries(effect.to)) after[field] = value;
  }
  return after as unknown as Chat;
}

const canBeWrittenTo = (group: Chat | undefined) => group !== undefined && !group.gone && !group.closed;

const staffCalled = (id: string, { state }: Scene) => state.staff.find((person) => person.id === id);

describe('audience', () => {
  test('no group ever reads the words of a case, or who told it', () => {
    always(({ sent, cases }) => {
      const secrets = [TYPED, NAME, NUMBER, ...cases.flatMap((theCase) => [told(theCase), noted(theCase)])];
      for (const send of sent.filter(isGroup)) {
        for (const secret of secrets) assert.ok(!send.text.includes(secret), `${hearer(send)} reads: ${send.text}`);
      }
    });
  });

  test('the words of a case reach only its reporter and who may read it as it is afterwards', () => {
    always((decided) => {
      for (const theCase of decided.cases) {
        const now = decided.after.get(theCase.id) ?? theCase;
        const shown = decided.sent.filter(({ text }) => text.includes(told(theCase)) || text.includes(noted(theCase)));
        for (const send of shown) {
          const who = staffCalled(hearer(send), decided);
          assert.ok(
            hearer(send) === now.reporter || reads(who, now),
            `${hearer(send)} reads the words of ${theCase.id}: ${send.text}`,
          );
        }
      }
    });
  });

  test('what its writer deleted, words and files, reaches only who may read a withdrawn case', () => {
    always((decided) => {
      for (const theCase of decided.cases) {
        const now = decided.after.get(theCase.id) ?? theCase;
        const shown = decided.sent.filter(
          ({ text, media }) => text.includes(deleted(theCase)) || media?.file === `photo-of-deleted-${theCase.id}`,
        );
        for (const send of shown) {
          const who = staffCalled(hearer(send), decided);
          assert.ok(reads(who, { ...now, withdrawnAt: NOW }), `${hearer(send)} reads: ${send.text}`);
        }
      }
    });
  });

  test('files go to no group, and only to who may read the words of their case as it is afterwards', () => {
    let files = 0;
    always((decided) => {
      for (const send of decided.sent.filter(({ media }) => media !== undefined)) {
        files++;
        assert.ok(!isGroup(send), `${hearer(send)} sees ${send.media?.file}`);
        const now = send.case && decided.after.get(send.case);
        assert.ok(now && reads(staffCalled(hearer(send), decided), now), `${hearer(send)} sees ${send.media?.file}`);
      }
    });
    assert.ok(files > 50, 'hardly a file was sent');
  });

  test('what is typed now reaches only the sender, readers of its case, and the reporter when an officer answers', () => {
    always((decided) => {
      const sender = senderOf(decided);
      for (const send of decided.sent.filter(({ text }) => text.includes(TYPED))) {
        if (hearer(send) === sender?.id) continue;
        const now = send.case && decided.after.get(send.case);
        assert.ok(now, `no case belongs to: ${send.text}`);
        const who = staffCalled(hearer(send), decided);
        const byOffice = sender?.role === 'officer' || sender?.role === 'head';
        const answered = byOffice && hearer(send) === now.reporter;
        const reason = send.purpose === 'notice' && isTrustee(who, now);
        assert.ok(answered || reason || reads(who, now), `${hearer(send)} reads: ${send.text}`);
      }
    });
  });

  test('name and number are shown only to who may read the case and asked for them with a reason', () => {
    always((decided) => {
      for (const send of decided.sent.filter(({ text }) => text.includes(NAME) || text.includes(NUMBER))) {
        const now = send.case && decided.after.get(send.case);
        assert.ok(now && reads(staffCalled(hearer(send), decided), now), `${hearer(send)} reads: ${send.text}`);
        assert.equal(hearer(send), senderOf(decided)?.id);
        assert.equal(decided.reading.command?.name, 'identitas');
        assert.notEqual(decided.reading.command?.rest, '');
      }
    });
  });

  test('of a restricted case only its trustees and its reporter hear', () => {
    always((decided) => {
      for (const now of decided.after.values()) {
        if (now.restriction === 'none') continue;
        for (const send of decided.sent.filter(
          ({ text }) => text.includes(`*${now.code}*`) && text.includes('Jenis:'),
        )) {
          const who = staffCalled(hearer(send), decided);
          assert.ok(hearer(send) === now.reporter || isTrustee(who, now), `${hearer(send)} hears: ${send.text}`);
        }
        for (const send of decided.sent.filter(({ case: of }) => of === now.id)) {
          const who = staffCalled(hearer(send), decided);
          const toReporter = hearer(send) === now.reporter;
          const inReply = hearer(send) === decided.state.chat?.id && isTrustee(senderOf(decided), now);
          assert.ok(toReporter || inReply || isTrustee(who, now), `${hearer(send)} hears: ${send.text}`);
        }
      }
    });
  });

  test('a restricted case that is opened or climbs is heard by somebody', () => {
    always((decided) => {
      for (const effect of decided.effects) {
        if (effect.do !== 'open-case' || effect.case.restriction === 'none') continue;
        const asked = effect.case.status === 'doubtful' ? 'check' : 'words';
        const heard = decided.sent.filter(({ case: of, purpose }) => of === effect.case.id && purpose === asked);
        assert.ok(heard.length > 0, 'nobody reads it');
      }
    });
  });

  test('nothing of a withdrawn case is written to the phone it came from', () => {
    always((decided) => {
      for (const before of decided.cases) {
        const now = decided.after.get(before.id) ?? before;
        if (now.withdrawnAt === undefined) continue;
        if (staffCalled(now.reporter, decided)) continue;
        const others = [...decided.after.keys()].filter((id) => id !== now.id);
        for (const send of decided.sent.filter((one) => hearer(one) === now.reporter)) {
          // Of another matter of the same person's the bot does speak.
          if (send.case && others.includes(send.case)) continue;
          assert.ok(!send.text.includes(`*${now.code}*`) && send.case !== now.id, `the phone gets: ${send.text}`);
          assert.equal(senderOf(decided)?.id, now.reporter, `the phone gets: ${send.text}`);
        }
      }
    });
  });

  test('of a doubt nothing is said to any group, and to nobody but who may read it or answers it', () => {
    let doubts = 0;
    always((decided) => {
      for (const now of decided.after.values()) {
        if (now.status !== 'doubtful') continue;
        const sent = decided.sent.filter(({ case: of, purpose }) => of === now.id && purpose !== 'notice');
        doubts += sent.length;
        for (const send of sent) {
          const inReply = hearer(send) === senderOf(decided)?.id && reads(senderOf(decided), now);
          assert.equal(send.purpose, 'check', send.text);
          assert.ok(!isGroup(send) && (inReply || reads(staffCalled(hearer(send), decided), now)), send.text);
          assert.ok(send.urgency === 'reply' && !send.text.includes(now.code), send.text);
        }
      }
    });
    assert.ok(doubts > 5, 'hardly a doubt was asked about');
  });

  test('no answer, tick, change or deletion leaves words in a doubt that is over', () => {
    let over = 0;
    always(({ effects, after, cases }) => {
      for (const before of cases) {
        const now = after.get(before.id);
        if (before.status !== 'doubtful' || now?.status !== 'closed') continue;
        over++;
        assert.ok(effects.some((effect) => effect.do === 'blank-case' && effect.case === before.id));
        assert.ok(now.verdict === 'no' || now.verdict === 'none');
        assert.equal(now.dueAt, undefined);
      }
    });
    assert.ok(over > 20, 'hardly a doubt ended');
  });

  test('who has not written mulai is not written to first, but as a trustee with nobody to fall back on', () => {
    always((decided) => {
      const sender = senderOf(decided);
      for (const send of decided.sent) {
        const who = staffCalled(hearer(send), decided);
        if (!who || who.active || who.role === 'official') continue;
        if (sender?.id === who.id && decided.state.chat?.kind === 'private') continue;
        const now = send.case && decided.after.get(send.case);
        const own = now?.reporter === who.id;
        // Without an officers' group that can be written to there is nobody else to fall back on.
        const alone = now !== undefined && (now.restriction !== 'none' || !canBeWrittenTo(decided.state.officersGroup));
        assert.ok(own || (alone && isTrustee(who, now)), `${who.name} is written to: ${send.text}`);
      }
    });
  });

  test('villagers and officials hear only of their own cases and in reply', () => {
    always((decided) => {
      for (const send of decided.sent.filter((one) => !isGroup(one))) {
        const who = staffCalled(hearer(send), decided);
        if (who && who.role !== 'official') continue;
        const now = send.case && decided.after.get(send.case);
        assert.ok(hearer(send) === senderOf(decided)?.id || now?.reporter === hearer(send), send.text);
        if (now) assert.equal(now.reporter, hearer(send), send.text);
      }
    });
  });

  test('nothing is ever said in a group that is gone, closed, or only listened to, but who the bot is', () => {
    always((decided) => {
      for (const send of decided.sent.filter(isGroup)) {
        const group = groupAfter(hearer(send), decided);
        assert.ok(canBeWrittenTo(group), `${hearer(send)} cannot be written to: ${send.text}`);
        assert.ok(!group?.listens || send.purpose === 'introduction', `${hearer(send)} is listened to: ${send.text}`);
      }
      const here = groupAfter(decided.state.chat?.id, decided);
      if (!here || (canBeWrittenTo(here) && !here.listens)) return;
      // Nor is anything put on a message there, or waited for.
      for (const effect of decided.effects) assert.ok(effect.do !== 'react' && effect.do !== 'ask', effect.do);
    });
  });

  test('what is left unsaid is counted where the bot listens, and only there', () => {
    always((decided) => {
      for (const effect of decided.effects) {
        if (effect.do !== 'count-unsaid') continue;
        const group = groupAfter(effect.chat, decided);
        assert.ok(group?.listens && canBeWrittenTo(group));
        assert.notEqual(effect.purpose, 'introduction');
      }
    });
  });

  test('whatever becomes of the groups, a case that is opened is heard by somebody', () => {
    always((decided) => {
      for (const effect of decided.effects) {
        if (effect.do !== 'open-case' || effect.case.status === 'doubtful') continue;
        const heard = decided.sent.filter(
          ({ case: of, purpose }) => of === effect.case.id && (purpose === 'alert' || purpose === 'words'),
        );
        assert.ok(heard.length > 0, `nobody hears of a ${effect.case.kind}`);
      }
    });
  });

  test('what is listened to loses nothing but words: the same is decided for everybody else', () => {
    fc.assert(
      fc.property(arbitraryHeard, (scene) => {
        const speaks = (chat: Chat): Chat => ({ ...chat, listens: false });
        const open = { ...scene.state, groups: scene.state.groups.map(speaks) };
        const loud = decide(scene.event, scene.reading, open.chat ? { ...open, chat: speaks(open.chat) } : open);
        const quiet = decide(scene.event, scene.reading, scene.state);
        // What an admin says of the groups themselves is different, as it should be.
        if (scene.reading.command?.name === 'grup' || scene.reading.command?.name === 'desa') return;
        const listened = scene.state.groups.filter((group) => group.listens).map(({ id }) => id as string);
        const here = listened.includes(scene.state.chat?.id ?? '');
        const kept = (effects: readonly Effect[]) =>
          effects.filter(
            (effect) =>
              effect.do !== 'count-unsaid' &&
              !(effect.do === 'send' && listened.includes(hearer(effect))) &&
              !(here && (effect.do === 'react' || effect.do === 'ask')),
          );
        assert.deepEqual(kept(quiet), kept(loud));
      }),
      { numRuns: RUNS },
    );
  });

  test('nobody hears the same thing twice from one event', () => {
    always(({ sent }) => {
      const keys = sent.map((send) => `${hearer(send)} ${send.key.slice(0, send.key.lastIndexOf(':'))}`);
      assert.deepEqual(keys, [...new Set(keys)]);
      const texts = sent.map((send) => `${hearer(send)} ${send.text} ${send.media?.file}`);
      assert.deepEqual(texts, [...new Set(texts)]);
    });
  });
});

test('the scenes reach every kind of telling', () => {
  const purposes = new Set<string>();
  const roles = new Set<string>();
  for (const scene of fc.sample(arbitraryScene, { numRuns: 5 * RUNS, seed: 7 })) {
    const effects = decide(scene.event, scene.reading, scene.state);
    if (effects.some((effect) => effect.do === 'count-unsaid')) purposes.add('unsaid');
    for (const send of sends(effects)) {
      purposes.add(send.purpose);
      roles.add(isGroup(send) ? hearer(send) : (staffCalled(hearer(send), scene)?.role ?? 'villager'));
    }
  }
  const wanted =
    'alert check words relay step receipt identity notice note warning introduction broadcast unsaid'.split(' ');
  for (const purpose of wanted) assert.ok(purposes.has(purpose), purpose);
  for (const role of ['villager', 'officer', 'head', OFFICERS.id, KOTO_GROUP.id]) assert.ok(roles.has(role), role);
});
