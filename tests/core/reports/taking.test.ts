// What is taken down as a case: in private the first message, in the group what is sure, adverts.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Attachment, AttachmentType } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  asked,
  BUDI,
  command,
  DEWI,
  heardBy,
  KOTO,
  KOTO_GROUP,
  meaning,
  NOW,
  OFFICERS,
  said,
  sends,
} from '../scenes.ts';

import { CHAT, FOUND, heard, kept, nextQuestion, opened, type Told, tells, URGENT } from './scenes.ts';

describe('a first message in private', () => {
  test('is the case: kept word for word, receipted, told to the office', () => {
    const effects = tells('paspor adik saya ditahan', { event: { name: 'Ani' } });
    assert.equal(opened(effects)?.village, KOTO.id);
    assert.equal(opened(effects)?.reporterName, 'Ani');
    assert.deepEqual(kept(effects), ['fresh-case: paspor adik saya ditahan']);
    assert.match(heard(effects, ANI), /Laporan diterima. Kode: \*KRC-NEW2\*/);
    assert.match(heard(effects, BUDI), /> paspor adik saya ditahan/);
    assert.doesNotMatch(heard(effects, OFFICERS), /paspor adik/);
    assert.equal(heard(effects, DEWI), '');
  });

  test('that is urgent is answered with 110 and 129, and the alert goes first', () => {
    const effects = tells('saya disekap', { means: URGENT });
    assert.match(heard(effects, ANI), /110.+129/s);
    assert.deepEqual(
      sends(effects).map(({ urgency }) => urgency),
      sends(effects).map(() => 'alert'),
    );
    assert.equal(opened(effects)?.dueAt, NOW + 5 * 60_000);
  });

  test('that wants a person and tells of danger is urgent as well', () => {
    const effects = tells('mau bicara dengan petugas, saya disekap', {
      means: meaning('human', { severity: 'darurat', signs: ['confined'] }),
    });
    assert.equal(opened(effects)?.severity, 'darurat');
    assert.match(heard(effects, ANI), /110/);
  });

  test('that asks how to report while it tells is not lost', () => {
    const effects = tells('bagaimana cara melapor, saya disekap', {
      means: meaning('menu', { severity: 'darurat', signs: ['confined'], reporting: 'wish' }),
    });
    assert.ok(opened(effects) ?? nextQuestion(effects) === undefined);
    assert.deepEqual(
      kept(effects).map((line) => line.replace(/^\S+ /, '')),
      ['bagaimana cara melapor, saya disekap'],
    );
  });

  for (const type of ['photo', 'voice', 'video', 'document', 'contact', 'place'] as AttachmentType[]) {
    test(`a ${type} without words is a report`, () => {
      const effects = tells('', { means: CHAT, event: { attachments: [{ type, ref: 'x' }] } });
      assert.ok(opened(effects));
      assert.match(heard(effects, ANI), /isi belum dibaca/);
      assert.match(heard(effects, OFFICERS), /isi belum dibaca/);
    });
  }

  test('a sticker is none', () => {
    assert.equal(
      opened(tells('', { means: CHAT, event: { attachments: [{ type: 'sticker', ref: 'x' }] } })),
      undefined,
    );
  });

  for (const [command_, state] of [
    ['lapor', asked({ about: 'report' })],
    ['lapor', {}],
  ] as const) {
    test(`a bare ${command_} opens nothing yet`, () => {
      const effects = tells('lapor', { means: CHAT, reading: command(command_), state });
      assert.equal(opened(effects), undefined);
      assert.deepEqual(heardBy(effects, ANI), [words.askForReport]);
    });
  }

  test('after lapor whatever comes is the report, also what nobody understands', () => {
    const effects = tells('itu si anu datang lagi', { means: CHAT, state: asked({ about: 'report' }) });
    assert.deepEqual(kept(effects), ['fresh-case: itu si anu datang lagi']);
  });

  test('after lapor, batal stops and keeps nothing', () => {
    const effects = tells('batal', { means: CHAT, reading: command('batal'), state: asked({ about: 'report' }) });
    assert.deepEqual(heardBy(effects, ANI), [words.stopped]);
    assert.equal(opened(effects), undefined);
  });

  test('the menu shown for what was not understood: lapor makes that the report', () => {
    const told = { text: 'itu si anu datang lagi', meaning: CHAT, restriction: 'none' as const, at: NOW };
    const state = asked({ about: 'menu', choices: [], told });
    assert.deepEqual(kept(tells('lapor', { means: CHAT, reading: command('lapor'), state })), [
      'fresh-case: itu si anu datang lagi',
    ]);
    // And what was said is forgotten with the next message, whatever that is.
    const later = tells('brp biaya paspor', { means: FOUND, state });
    assert.ok(later.some((effect) => effect.do === 'ask' && effect.question.about === 'menu' && !effect.question.told));
    assert.doesNotMatch(JSON.stringify(later.filter(({ do: what }) => what === 'ask')), /si anu/);
  });
});

describe('in a group', () => {
  const inGroup = (text: string, told: Told = {}) => tells(text, { where: KOTO_GROUP, ...told });

  test('who reports and who asks how read the same, at most once in half an hour', () => {
    const how = meaning('menu', { reporting: 'wish' });
    const one = inGroup('adik saya disekap', { means: URGENT });
    const other = inGroup('cara lapor gimana', { means: how });
    assert.deepEqual(heardBy(one, KOTO_GROUP), heardBy(other, KOTO_GROUP));
    assert.equal(sends(one).find(({ to }) => 'chat' in to && to.chat === KOTO_GROUP.id)?.quote, undefined);
    const state = { said: [said('invitation', KOTO_GROUP)] };
    assert.deepEqual(heardBy(inGroup('adik saya disekap', { means: URGENT, state }), KOTO_GROUP), []);
    assert.deepEqual(heardBy(inGroup('cara lapor gimana', { means: how, state }), KOTO_GROUP), []);
    assert.ok(opened(inGroup('adik saya disekap', { means: URGENT, state })));
  });

  test('a photo without words is left alone', () => {
    const attachments: Attachment[] = [{ type: 'photo', ref: 'x' }];
    assert.deepEqual(inGroup('', { means: meaning('silent'), event: { attachments } }), []);
  });

  test('an advert is warned of once in half an hour, and no word of officers or of who posted it', () => {
    const advert = meaning('warn', { signs: ['recruiting'] });
    const effects = inGroup('LOWONGAN KAMBOJA', { means: advert, event: { name: 'Ani' } });
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.warning]);
    assert.equal(opened(effects)?.kind, 'advert');
    assert.doesNotMatch(words.warning, /petugas|Ani/);
    const again = inGroup('LOWONGAN LAOS', { means: advert, state: { said: [said('warning', KOTO_GROUP)] } });
    assert.deepEqual(heardBy(again, KOTO_GROUP), []);
  });

  test('what an officer says among villagers is his work, and no report', () => {
    for (const means of [URGENT, meaning('warn')])
      assert.deepEqual(tells('ada yang disekap di kamboja', { means, who: BUDI, where: KOTO_GROUP }), []);
  });
});
