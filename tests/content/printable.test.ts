// The sheet to sign off: every sentence of the shipped content stands in it, beside its source.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printable } from '../../src/content/printable.ts';
import { statementsOf } from '../../src/content/statements.ts';
import { loadContent } from '../../src/content.ts';

const ROOT = join(import.meta.dirname, '../..');
const content = loadContent(join(ROOT, 'data'), join(ROOT, 'no-local-content'));
const sheet = printable(content);
const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

test('each topic and each broadcast has its page, with all its sentences and sources', () => {
  const pages = sheet.split('<section>').slice(1);
  const files = [
    ...content.files.topics.map(({ topic, sources }) => ({ text: `${topic.answer}\n${topic.more}`, sources })),
    ...content.files.broadcasts,
  ];
  assert.equal(pages.length, files.length);
  for (const { text, sources } of files) {
    for (const statement of statementsOf(text)) assert.ok(sheet.includes(escaped(statement.text)), statement.text);
    for (const { source } of sources) assert.ok(sheet.includes(escaped(source)), source);
  }
});

test('what looks like HTML in a text is shown as text', () => {
  const topics = content.files.topics.map((file) => ({
    ...file,
    topic: { ...file.topic, answer: '<script>x</script>' },
  }));
  assert.ok(!printable({ ...content, files: { ...content.files, topics } }).includes('<script>'));
});

test('the sheet in docs is the one of this content', () => {
  assert.equal(
    readFileSync(join(ROOT, 'docs', 'lembar-periksa.html'), 'utf8'),
    sheet,
    'run npm run content -- --print',
  );
});
