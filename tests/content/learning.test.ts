// What was learnt once is kept, found again for the same lessons alone, and a spoilt file is no harm.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Lessons, learnt } from '../../src/content/learning.ts';
import type { TopicId } from '../../src/core/types.ts';
import { wordsOf } from '../../src/core/understand.ts';
import { SHIPPED } from './taught.ts';

const { vocabulary } = SHIPPED.lessons;

function lessons(...questions: string[]): Lessons {
  const topics = [{ id: 'ongkos' as TopicId, title: 'Biaya', keywords: ['biaya'], questions, answer: '', more: '' }];
  const said = ['besok gotong royong', 'besok hujan', 'hujan lagi'];
  return {
    topics,
    vocabulary,
    words: wordsOf(topics, vocabulary),
    examples: said.map((text) => ({ text, kind: 'silent', topics: [], hand: 'x' })),
    digests: ['x'],
  };
}
const FIRST = lessons('berapa biaya paspor', 'biaya paspor berapa ya');

function inFolder(run: (folder: string) => void) {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'learning-'));
    try {
      run(join(folder, 'model'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

test(
  'the same lessons are found again, as they were learnt',
  inFolder((folder) => {
    const made = learnt(FIRST, [folder]);
    const [name] = readdirSync(folder);
    assert.match(name ?? '', /^[0-9a-f]{32}\.model$/);
    assert.deepEqual(learnt(FIRST, [folder]), made);
    assert.deepEqual(learnt(FIRST, [join(folder, 'elsewhere'), folder]), made);
    assert.deepEqual(readdirSync(folder), [name], 'nothing new was kept');
  }),
);

test(
  'other lessons are learnt anew: a question more, a word more, an example less',
  inFolder((folder) => {
    learnt(FIRST, [folder]);
    learnt(lessons('berapa biaya paspor', 'biaya paspor berapa ya', 'ongkosnya berapa'), [folder]);
    assert.equal(readdirSync(folder).length, 2);
    const more = { ...vocabulary, spellings: { ...vocabulary.spellings, zambrud: ['zmbrd'] } };
    learnt({ ...FIRST, vocabulary: more, words: wordsOf(FIRST.topics, more) }, [folder]);
    assert.equal(readdirSync(folder).length, 3);
    learnt({ ...FIRST, examples: FIRST.examples.slice(1), digests: ['y'] }, [folder]);
    assert.equal(readdirSync(folder).length, 4);
  }),
);

for (const [what, spoil] of [
  ['cut off', (file: string) => truncateSync(file, 5_000)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['something else', (file: string) => writeFileSync(file, 'x'.repeat(100))],
] as const)
  test(
    `a kept file that is ${what} is learnt anew and mended`,
    inFolder((folder) => {
      const made = learnt(FIRST, [folder]);
      const file = join(folder, readdirSync(folder)[0] as string);
      const whole = readFileSync(file);
      spoil(file);
      assert.deepEqual(learnt(FIRST, [folder]), made);
      assert.deepEqual(readFileSync(file), whole);
    }),
  );

test(
  'where nothing can be kept it is learnt all the same',
  inFolder((folder) => {
    writeFileSync(folder, 'a file stands in the way');
    assert.ok(learnt(FIRST, [join(folder, 'model')]).looks.weights.length > 0);
  }),
);

test(
  'old builds are let go',
  inFolder((folder) => {
    for (let i = 0; i < 7; i++) learnt(lessons('berapa biaya paspor', `biaya paspor ke ${i}`), [folder]);
    assert.equal(readdirSync(folder).length, 4);
  }),
);
