// What the channel says of itself: by e-mail where WhatsApp cannot carry it, to the admins where it still can.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../src/core/decide.ts';
import { HOUR, MINUTE, moment } from '../../src/core/time.ts';
import { CAPABILITIES, type ChannelEvent, type State } from '../../src/core/types.ts';
import { CASE, heardBy, knownAtTick, OFFICE, reading, sends, WAWAN } from './scenes.ts';

/** Wednesday, 25 November 2026, 20.10 in Kerinci. */
const EVENING = moment(2026, 11, 25, 20 * 60 + 10);

const says = (event: Omit<ChannelEvent, 'kind' | 'at'>, at = EVENING, more: Partial<State> = {}) =>
  decide({ kind: 'channel', at, ...event }, reading(''), knownAtTick(more));
const mails = (effects: ReturnType<typeof says>) => effects.filter((effect) => effect.do === 'mail');
const keyOf = (what: ChannelEvent['what'], at: number) => mails(says({ what }, at)).map(({ key }) => key);

const MAILED = ['logged-out', 'blocked', 'down', 'up'] as const;

describe('an e-mail', () => {
  for (const what of MAILED) {
    test(`"${what}" is written once, with what happened, what it means and what to do, and is in the journal`, () => {
      const effects = says({ what }, EVENING, { openCases: [CASE] });
      const [mail, ...more] = mails(effects);
      assert.deepEqual(more, []);
      assert.ok(mail);
      assert.match(mail.subject, /^Bot desa binaan: /);
      assert.ok(mail.subject.length < 60);
      assert.match(mail.text, new RegExp(`^${OFFICE.name}\nWaktu: Rabu, 25 November 2026 pukul 20.10 WIB`));
      assert.match(mail.text, /HP bot/);
      if (what !== 'up') assert.match(mail.text, /Artinya bagi desa: .*110.*1\. .*2\. /s);
      // No formatting of a chat, no case, nobody's number.
      assert.doesNotMatch(mail.subject + mail.text, /[*_]|KRC|\d{6,}|undefined/);
      assert.deepEqual(sends(effects), [], 'WhatsApp cannot carry it');
      assert.ok(effects.some((effect) => effect.do === 'journal' && effect.what === `channel-${what}`));
    });
  }

  test('what must be done by hand is written once a day', () => {
    for (const what of ['logged-out', 'blocked'] as const) {
      assert.deepEqual(keyOf(what, EVENING), [`${what}:2026-11-25`]);
      assert.deepEqual(keyOf(what, EVENING), keyOf(what, EVENING + 3 * HOUR));
      assert.notDeepEqual(keyOf(what, EVENING), keyOf(what, EVENING + 4 * HOUR));
    }
  });

  test('a second outage of the same day is written of, and so is its end', () => {
    for (const what of ['down', 'up'] as const) {
      assert.notDeepEqual(keyOf(what, EVENING), keyOf(what, EVENING + HOUR));
      assert.deepEqual(keyOf(what, EVENING), keyOf(what, EVENING + 5 * MINUTE));
    }
    assert.notDeepEqual(keyOf('down', EVENING), keyOf('up', EVENING));
  });
});

describe('WhatsApp has changed', () => {
  test('the admins read a line for each thing that is broken', () => {
    const effects = says({ what: 'changed', version: '2.3000.1', broken: CAPABILITIES });
    assert.deepEqual(mails(effects), []);
    const [text = ''] = heardBy(effects, WAWAN);
    assert.match(text, /^⚠️ \*WhatsApp Web berubah/);
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    assert.equal(new Set(lines).size, CAPABILITIES.length);
    // Each says first what still works.
    for (const line of lines) assert.match(line, /tetap/);
    assert.doesNotMatch(text, /own-ids|acks|media-in|undefined/);
  });

  test('once for a version and what is broken in it, in whatever order it is found', () => {
    const key = (version: string, broken: ChannelEvent['broken']) =>
      sends(says({ what: 'changed', version, ...(broken && { broken }) })).map((send) => send.key);
    assert.deepEqual(key('1', ['acks', 'quotes']), key('1', ['quotes', 'acks']));
    assert.notDeepEqual(key('1', ['acks']), key('1', ['quotes', 'acks']));
    assert.notDeepEqual(key('1', ['acks']), key('2', ['acks']));
  });

  test('all is well again: nothing', () => {
    assert.deepEqual(says({ what: 'changed', version: '1', broken: [] }), []);
    assert.deepEqual(says({ what: 'changed', version: '1' }), []);
  });
});
