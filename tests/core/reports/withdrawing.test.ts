// Taking a report back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Case, CaseCode } from '../../../src/core/types.ts';
import { ANI, BUDI, CASE, command, heardBy, KOTO_GROUP, NOW, OFFICERS, RATNA } from '../scenes.ts';

import { after, CHAT, heard, type Told, tells, URGENT } from './scenes.ts';

describe('batal', () => {
  const batal = (own: Case | undefined, told: Told = {}) =>
    tells('batal', { means: CHAT, reading: command('batal'), ...(own && { own }), ...told });

  test('closes an ordinary case and takes its words away', () => {
    const effects = batal(CASE);
    assert.equal(after(effects, CASE).status, 'closed');
    assert.ok(effects.some((effect) => effect.do === 'blank-case' && effect.case === CASE.id));
    assert.doesNotMatch(heard(effects, OFFICERS) + heard(effects, RATNA), /isi lama/);
  });

  for (const own of [
    { ...CASE, severity: 'darurat' },
    { ...CASE, signs: ['child'] },
  ] as Case[]) {
    test(`leaves one that is ${own.severity} ${own.signs} open for the head, and the phone hears the same`, () => {
      const effects = batal(own);
      assert.equal(after(effects, own).status, 'open');
      assert.equal(after(effects, own).withdrawnAt, NOW);
      assert.ok(after(effects, own).dueAt);
      assert.ok(!effects.some(({ do: what }) => what === 'blank-case'));
      assert.match(heard(effects, RATNA), /> isi lama/);
      assert.deepEqual(heardBy(effects, ANI), heardBy(batal(CASE), ANI));
      assert.deepEqual(heardBy(effects, BUDI), []);
    });
  }

  test('during a question ends the asking too', () => {
    assert.ok(batal(CASE, { question: 'when' }).some(({ do: what }) => what === 'drop-question'));
  });

  test('with a code that is not of one’s own open case withdraws nothing', () => {
    const effects = batal(CASE, { reading: { ...command('batal'), codes: ['KRC-8M3R' as CaseCode] } });
    assert.deepEqual(after(effects, CASE), CASE);
  });

  test('in a group withdraws nothing', () => {
    assert.deepEqual(batal(CASE, { where: KOTO_GROUP }), []);
  });

  test('as the beginning of a sentence is no command', () => {
    const effects = tells('batal berangkat, dia disekap', {
      means: URGENT,
      own: CASE,
      reading: command('batal', 'berangkat, dia disekap'),
    });
    assert.equal(after(effects, CASE).withdrawnAt, undefined);
    assert.equal(after(effects, CASE).severity, 'darurat');
  });
});
