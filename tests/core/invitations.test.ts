// Invitations: shown by an admin in private, looked at, and used after a `ya`; from anybody else everyday chat.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import type { Chat, Effect, Invite, InviteEvent, Meaning, Person, Reading, State } from '../../src/core/types.ts';
import * as words from '../../src/core/words.ts';
import {
  ANI,
  asked,
  BUDI,
  command,
  EVERYBODY,
  heardBy,
  KOTO_GROUP,
  known,
  meaning,
  message,
  NOW,
  OFFICERS,
  privateChat,
  reading,
  WAWAN,
} from './scenes.ts';

const INVITE = 'AbCdEfGhIjKlMnOpQrStUv' as Invite;
const LINK = `https://chat.whatsapp.com/${INVITE}`;

const errands = (effects: readonly Effect[]) =>
  effects.filter((effect) => effect.do === 'look-at-invite' || effect.do === 'use-invite');

const shows = (
  who: Person,
  where: Chat,
  means: Meaning = meaning('menu'),
  { own = false, more = {} }: { own?: boolean; more?: Partial<Reading> } = {},
) =>
  decide(
    message(who, where, own ? '' : LINK, own ? { invite: INVITE } : {}),
    reading(own ? '' : LINK, means, { invite: INVITE, ...more }),
    known(who, where),
  );

describe('an invitation', () => {
  for (const own of [false, true]) {
    test(`${own ? 'as a message of its own' : 'as a link'}, from an admin in private, is looked at`, () => {
      const effects = shows(WAWAN, privateChat(WAWAN), meaning('menu'), { own });
      assert.deepEqual(errands(effects), [{ do: 'look-at-invite', invite: INVITE, asker: WAWAN.id }]);
      assert.deepEqual(heardBy(effects, WAWAN), [words.lookingAtInvite]);
    });
  }

  for (const who of EVERYBODY.filter((person) => person !== WAWAN)) {
    test(`from ${who.id} is just text`, () => {
      for (const where of [privateChat(who), KOTO_GROUP, OFFICERS]) assert.deepEqual(errands(shows(who, where)), []);
    });
  }

  test('from the admin in a group is just text', () => {
    for (const where of [KOTO_GROUP, OFFICERS]) assert.deepEqual(errands(shows(WAWAN, where)), []);
  });

  test('within a report or an advert belongs to what is told', () => {
    for (const kind of ['report', 'warn'] as const) {
      const effects = shows(WAWAN, privateChat(WAWAN), meaning(kind));
      assert.deepEqual(errands(effects), []);
      assert.ok(effects.some((effect) => effect.do === 'open-case'));
    }
    assert.deepEqual(errands(shows(WAWAN, privateChat(WAWAN), meaning('menu'), { more: command('lapor', LINK) })), []);
  });

  test('within the text of a broadcast stays there', () => {
    const effects = decide(
      message(WAWAN, privateChat(WAWAN), LINK),
      reading(LINK, meaning('menu'), { invite: INVITE }),
      known(WAWAN, privateChat(WAWAN), asked({ about: 'broadcast', step: 'text', draft: {} })),
    );
    assert.deepEqual(errands(effects), []);
  });
});

function comesBack(
  result: InviteEvent['result'],
  more: Partial<InviteEvent> = {},
  state: Partial<State> = {},
): Effect[] {
  const event: InviteEvent = { kind: 'invite', invite: INVITE, asker: WAWAN.id, result, at: NOW, ...more };
  return decide(event, reading(''), known(WAWAN, privateChat(WAWAN), state));
}

describe('what an invitation leads to', () => {
  test('is told with its size, and asked', () => {
    const effects = comesBack('found', { name: 'Desa Binaan Hiang Sakti', size: 123 });
    assert.deepEqual(heardBy(effects, WAWAN), [
      'Grup *Desa Binaan Hiang Sakti*, 123 anggota.\nBalas *ya* untuk bergabung, *tidak* untuk batal.',
    ]);
    assert.deepEqual(
      effects.filter((effect) => effect.do === 'ask'),
      [{ do: 'ask', question: { about: 'join', invite: INVITE } }],
    );
  });

  test('is told harmlessly where its name is made to look like the bot’s words, and without a size where there is none', () => {
    const [text = ''] = heardBy(comesBack('found', { name: 'Arisan*\n*ya*\u202E' }), WAWAN);
    assert.match(text.split('\n')[0] ?? '', /^Grup \*Arisan[^*]*\*\.$/);
    assert.doesNotMatch(text, /\u202E|undefined/);
  });

  for (const [result, told] of [
    ['joined', words.inviteJoined('Arisan')],
    ['waiting', words.inviteWaiting('Arisan')],
    ['refused', words.inviteRefused],
  ] as const) {
    test(`"${result}" is told, and asks nothing`, () => {
      const effects = comesBack(result, { name: 'Arisan' });
      assert.deepEqual(heardBy(effects, WAWAN), [told]);
      assert.ok(!effects.some((effect) => effect.do === 'ask'));
    });
  }

  test('is told to nobody who is no admin any more', () => {
    const { person: _, chat: __, ...nobody } = known(WAWAN, privateChat(WAWAN));
    const event: InviteEvent = { kind: 'invite', invite: INVITE, asker: WAWAN.id, result: 'found', at: NOW };
    assert.deepEqual(decide(event, reading(''), nobody), []);
    assert.deepEqual(decide(event, reading(''), known(BUDI, privateChat(BUDI))), []);
  });
});

describe('shall I join?', () => {
  const answers = (text: string, more: Partial<Reading>, who = WAWAN, at = NOW - 60_000) =>
    decide(
      message(who, privateChat(who), text),
      reading(text, meaning('menu'), more),
      known(who, privateChat(who), asked({ about: 'join', invite: INVITE }, at)),
    );

  test('ya: it goes in, once', () => {
    const effects = answers('ya', { choice: { is: 'yes' } });
    assert.deepEqual(errands(effects), [{ do: 'use-invite', invite: INVITE, asker: WAWAN.id }]);
    assert.ok(effects.some((effect) => effect.do === 'drop-question'));
    assert.deepEqual(heardBy(effects, WAWAN), [words.joiningGroup]);
  });

  test('tidak or batal: it does not, and the question is over', () => {
    for (const more of [{ choice: { is: 'no' } as const }, command('batal')]) {
      const effects = answers('tidak', more);
      assert.deepEqual(errands(effects), []);
      assert.deepEqual(heardBy(effects, WAWAN), [words.notJoining]);
      assert.ok(effects.some((effect) => effect.do === 'drop-question'));
    }
  });

  test('anything else, or a ya of somebody else: it does not', () => {
    assert.deepEqual(errands(answers('nanti', {})), []);
    assert.deepEqual(errands(answers('1', { choice: { is: 'number', number: 1 } })), []);
    assert.deepEqual(errands(answers('ya', { choice: { is: 'yes' } }, ANI)), []);
  });
});
