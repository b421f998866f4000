// The few short questions, each of which may be skipped; the village first of all.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Case, QuestionKind } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import { ANI, BUDI, CASE, DEWI, HIANG, heardBy, KOTO, known, OFFICERS, RATNA, WAWAN } from '../scenes.ts';

import { after, CHAT, FOUND, HERE, heard, kept, nextQuestion, opened, REPORT, tells, URGENT } from './scenes.ts';

describe('the village', () => {
  test('is the group one is in, if it is one', () => {
    assert.equal(opened(tells('x', { state: { memberOf: [HIANG.id] } }))?.village, HIANG.id);
  });

  for (const memberOf of [[], [KOTO.id, HIANG.id]]) {
    test(`is asked where ${memberOf.length} groups could be meant, and unknown goes to the officers and the head`, () => {
      const effects = tells('paspor ditahan', { state: { memberOf } });
      assert.equal(opened(effects)?.village, undefined);
      assert.equal(nextQuestion(effects), 'village');
      assert.match(heard(effects, OFFICERS), /belum diketahui/);
      assert.match(heard(effects, RATNA), /> paspor ditahan/);
    });
  }

  const { village: _, ...nowhere } = { ...CASE, questions: ['village', 'danger'] as QuestionKind[] };

  for (const [text, village] of [
    ['k2b pak', KOTO.id],
    ['saya dari Hiang Sakti', HIANG.id],
    ['HIANGSAKTI', HIANG.id],
    ['dusun sebelah', undefined],
    ['hiang', undefined],
  ] as const) {
    test(`"${text}" is ${village ?? 'none of them'}, and is not asked again`, () => {
      const effects = tells(text, { means: CHAT, own: nowhere, question: 'village' });
      assert.equal(after(effects, nowhere).village, village);
      assert.equal(nextQuestion(effects), 'danger');
    });
  }

  test('once known, its officer reads everything told before', () => {
    const effects = tells('hiangsakti', { means: CHAT, own: nowhere, question: 'village' });
    assert.match(heard(effects, DEWI), /> isi lama\n> hiangsakti/);
    assert.equal(heard(effects, BUDI), '');
  });

  test('a village once known is not changed by a word', () => {
    assert.equal(after(tells('dia di hiang sakti', { own: CASE }), CASE).village, KOTO.id);
  });

  test('an officer who has not written mulai is missed, and the admin hears of it', () => {
    const staff = known(ANI, HERE).staff.map((one) => (one.id === BUDI.id ? { ...one, active: false } : one));
    const effects = tells('paspor ditahan', { state: { staff } });
    assert.equal(heard(effects, BUDI), '');
    assert.match(heard(effects, WAWAN), /belum aktif/);
    assert.doesNotMatch(heard(effects, WAWAN), /paspor ditahan/);
    assert.match(heard(effects, OFFICERS), /KRC-NEW2/);
  });
});

describe('the questions', () => {
  test('are three at most', () => {
    for (const memberOf of [[], [KOTO.id]])
      for (const means of [REPORT, URGENT]) {
        const questions = opened(tells('x', { means, state: { memberOf } }))?.questions ?? [];
        assert.ok(questions.length <= 3);
        assert.equal(questions.includes('danger'), means === REPORT);
      }
  });

  for (const question of ['village', 'danger', 'when', 'who'] as QuestionKind[]) {
    test(`"${question}" may be skipped, and the next one comes`, () => {
      const own: Case = { ...CASE, questions: [question, 'who'] };
      const skip = { reading: { choice: { is: 'skip' } } } as const;
      const effects = tells('lewati', { means: CHAT, own, question, ...skip });
      assert.deepEqual(kept(effects), []);
      assert.equal(heardBy(effects, BUDI).length, 0);
      assert.ok(!after(effects, own).questions.includes(question));
    });
  }

  test('end with thanks', () => {
    const own: Case = { ...CASE, questions: ['who'] };
    const effects = tells('namanya Ujang', { means: CHAT, own, question: 'who' });
    assert.deepEqual(heardBy(effects, ANI), [words.questionsDone(CASE)]);
    assert.ok(effects.some((effect) => effect.do === 'drop-question'));
  });

  test('wait while a clear question in between is answered', () => {
    const own: Case = { ...CASE, questions: ['danger', 'when'] };
    const effects = tells('brp biaya paspor', { means: FOUND, own, question: 'danger' });
    assert.match(heard(effects, ANI), /Jawaban paspor-biaya/);
    assert.deepEqual(kept(effects), ['case-1: brp biaya paspor']);
  });

  for (const [text, urgent] of [
    ['ya', true],
    ['Ya pak, adik saya masih di dalam', true],
    ['iyo', true],
    ['iya dia dipukul terus', true],
    ['tidak', false],
    ['tidak ada', false],
    ['belum tahu pak', false],
  ] as const) {
    test(`"in danger now?" "${text}" makes it ${urgent ? 'urgent' : 'no more urgent'}`, () => {
      const own: Case = { ...CASE, questions: ['danger', 'when'] };
      const choice = text === 'ya' || text === 'iyo' ? ({ is: 'yes' } as const) : undefined;
      const effects = tells(text, { means: CHAT, own, question: 'danger', reading: choice ? { choice } : {} });
      assert.equal(after(effects, own).severity, urgent ? 'darurat' : 'biasa');
      assert.equal(/110/.test(heard(effects, ANI)), urgent);
      assert.equal(/Naik menjadi darurat/.test(heard(effects, OFFICERS)), urgent);
    });
  }
});
