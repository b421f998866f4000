// The shipped content at work: every sample question of every topic reaches its topic, in a group and in private.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadContent } from '../src/content.ts';
import { SURE } from '../src/core/types.ts';
import { understand } from '../src/core/understand.ts';

const content = loadContent(join(import.meta.dirname, '..', 'data'), join(import.meta.dirname, 'no-local-content'));

for (const topic of content.topics) {
  test(`${topic.id}: each of its ${topic.questions.length} questions is answered with it`, () => {
    for (const question of topic.questions) {
      for (const typed of [question, `${question}?`, question.toUpperCase()]) {
        for (const heard of [
          { chat: 'group', addressed: false, attachments: 0 },
          { chat: 'private', addressed: true, attachments: 0 },
        ] as const) {
          const meaning = understand(typed, content.understanding, heard);
          assert.equal(meaning.kind, 'answer', `${heard.chat}: ${typed}`);
          assert.ok(meaning.confidence >= SURE, `${heard.chat}: ${typed}`);
          assert.equal(meaning.topics[0]?.topic, topic.id, `${heard.chat}: ${typed}`);
        }
      }
    }
  });
}
