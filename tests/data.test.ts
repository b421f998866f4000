// The shipped content: all of it is there, has its sources, and each sample question reaches its topic.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresIn, orphaned, unsourced } from '../src/content/statements.ts';
import { understand } from '../src/core/understand.ts';
import { SHIPPED } from './content/taught.ts';

const content = SHIPPED;

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
          assert.ok(meaning.confidence === 'sure', `${heard.chat}: ${typed}`);
          assert.equal(meaning.topics[0]?.topic, topic.id, `${heard.chat}: ${typed}`);
        }
      }
    }
  });
}

/** The office's fixed vocabulary. */
const ALL_TOPICS =
  'paspor-salah-guna paspor-ditahan paspor-syarat paspor-biaya paspor-hilang-rusak paspor-ditolak visa-salah-guna tppo-apa tppo-ciri tppo-hukum tppm lowongan-daring pengantin-pesanan magang-beasiswa pmi-prosedural pmi-nonprosedural cek-agen biaya-penempatan hak-pmi korban-bantuan keluarga-luar-negeri lapor-cara kontak-darurat kantor-imigrasi desa-binaan orang-asing'.split(
    ' ',
  );

const texts = [
  ...content.files.topics.map(({ topic, sources }) => ({
    name: topic.id as string,
    text: `${topic.answer}\n${topic.more}`,
    sources,
  })),
  ...content.files.broadcasts.map(({ file, text, sources }) => ({ name: file, text, sources })),
];

test('all 26 topics are there, and digits lead to each in two steps', () => {
  assert.deepEqual(content.topics.map(({ id }) => id as string).sort(), [...ALL_TOPICS].sort());
  assert.ok(content.menu.length <= 5);
  assert.deepEqual(
    content.menu.flatMap(({ topics }) => topics.map(({ id }) => id as string)).sort(),
    [...ALL_TOPICS].sort(),
  );
});

test('there are at least 24 broadcasts over all topics, and an introduction', () => {
  const [introduction, ...rest] = content.files.broadcasts;
  assert.match(introduction?.title ?? '', /Perkenalan/);
  assert.ok(rest.length >= 24);
  assert.deepEqual([...new Set(rest.flatMap(({ topics }) => topics))].sort(), [...ALL_TOPICS].sort());
});

test('every statement of every text has a source that holds its figures', () => {
  for (const { name, text, sources } of texts) {
    assert.deepEqual(unsourced(text, sources), [], name);
    assert.deepEqual(orphaned(text, sources), [], name);
  }
});

test('a changed figure in any text is found', () => {
  for (const { name, text, sources } of texts) {
    const bare = text.replace(/\{[^}]*\}/g, '').replace(/^\d+\. /gm, '');
    for (const figure of new Set(figuresIn(bare))) {
      const wrong = bare.replace(figure, `${figure}7`);
      assert.ok(unsourced(wrong, sources).length + orphaned(wrong, sources).length > 0, `${name}: ${figure}`);
    }
  }
});

test('no telephone number stands in a text but 110, 129 and 0800-1000', () => {
  for (const { name, text } of texts) {
    const numbers = [...text.matchAll(/(?:telepon|telp|WA|nomor)[ :*]+(\d[\d -]{2,}\d)/gi)].map((found) =>
      found[1]?.trim(),
    );
    for (const number of numbers) assert.ok(['110', '129', '0800-1000'].includes(number ?? ''), `${name}: ${number}`);
    assert.doesNotMatch(text, /\b(?:\+?62|08)\d{6,}/, name);
  }
});

test('what must not be said is not said', () => {
  // Out of date since 2 January 2026, wrong prices, promises and threats (the office's list).
  const never = [
    /minimal \d+ tahun|paling singkat|sekurang-kurangnya/i,
    /kurungan/i,
    /Rp\s?350\.000/,
    /10 tahun:? \*?Rp650/,
    /pasti (jadi|ditolak|aman)/i,
    /semua biaya (itu )?(dilarang|ilegal)/i,
    /TK[IW] ilegal/i,
    /1 ?x ?24 jam/i,
    /UU 21\/2007 Pasal 2\b|Pasal 120 UU 6\/2011|126 huruf e/,
    /sebagai AI|kecerdasan buatan/i,
  ];
  for (const { name, text } of texts) for (const words of never) assert.doesNotMatch(text, words, name);
});
