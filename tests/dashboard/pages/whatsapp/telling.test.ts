// What the page says of each state: every one told apart, with the moment where it matters, and with what to do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAPABILITIES } from '../../../../src/core/types.ts';

interface Told {
  readonly state: string;
  readonly headline: string;
  readonly advice: readonly string[];
}
const module = await import(new URL('../../../../src/dashboard/pages/whatsapp/telling.js', import.meta.url).href);
const telling = module.telling as (link?: { state: string; since: string }) => Told;
const brokenWords = module.brokenWords as (capabilities: readonly string[]) => string[];

const since = '2026-11-23T07:00:00.000+07:00';

test('every state has a headline of its own and says what to do', () => {
  const states = ['connecting', 'linking', 'ready', 'down', 'blocked'];
  const told = [...states.map((state) => telling({ state, since })), telling(undefined)];
  assert.equal(new Set(told.map(({ headline }) => headline)).size, states.length + 1);
  assert.ok(told.every(({ advice }) => advice.length > 0));
  assert.deepEqual(
    told.map(({ state }) => state),
    [...states, 'away'],
  );
});

test('since when is told by the clock of Kerinci', () => {
  assert.equal(telling({ state: 'ready', since }).headline, 'Siap sejak Senin, 23 November 2026 pukul 07.00 WIB');
  assert.match(telling({ state: 'blocked', since }).headline, /^Diblokir oleh WhatsApp sejak Senin/);
});

test('who is blocked is told not to link again and again', () => {
  assert.match(telling({ state: 'blocked', since }).advice.join('\n'), /Jangan menautkan ulang/);
});

test('a state that this page does not know yet is not taken for a good one', () => {
  assert.equal(telling({ state: 'something-new', since }).state, 'away');
});

test('whatever may break has words', () => {
  const words = brokenWords(CAPABILITIES);
  assert.equal(words.length, CAPABILITIES.length);
  for (const [i, name] of CAPABILITIES.entries()) assert.notEqual(words[i], name);
});
