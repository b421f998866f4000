// The content as a whole: the shipped files load, the office's own lie over them, and all faults come together.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { ContentError, loadContent } from '../src/content.ts';

const DATA = join(import.meta.dirname, '../data');
const TOPICS = readdirSync(join(DATA, 'topics')).filter((name) => name.endsWith('.md'));
const base = mkdtempSync(join(tmpdir(), 'content-'));
const shipped = join(base, 'data');
const local = join(base, 'local');
after(() => rmSync(base, { recursive: true }));

beforeEach(() => {
  rmSync(shipped, { recursive: true, force: true });
  rmSync(local, { recursive: true, force: true });
  for (const part of ['topics', 'language', 'office.yaml'])
    cpSync(join(DATA, part), join(shipped, part), { recursive: true });
  mkdirSync(join(local, 'topics'), { recursive: true });
});

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const changed = change(before);
  assert.notEqual(changed, before);
  writeFileSync(path, changed);
}

function faultsOf(from = shipped, over = local): readonly string[] {
  try {
    loadContent(from, over);
  } catch (error) {
    assert.ok(error instanceof ContentError, String(error));
    return error.faults;
  }
  return assert.fail('loaded in spite of its faults');
}

/** A topic file nobody ships. */
function ownTopic(questions: readonly string[], menu?: number): string {
  return [
    '---',
    'title: Topik kantor',
    ...(menu === undefined ? [] : [`menu: ${menu}`]),
    'keywords: [topik kantor]',
    'questions:',
    ...questions.map((question) => `  - ${question}`),
    'sources: [{ says: a, source: kantor, status: V }]',
    'checked: 2026-11-23',
    'check_again: 2027-02-23',
    '---',
    'Jawaban kantor.',
    '<!-- lanjut -->',
    'Lebih panjang.',
  ].join('\n');
}

const OWN_QUESTIONS = Array.from({ length: 12 }, (_, at) => `pertanyaan kantor nomor urut ${at + 1}`);

test('the shipped content loads, with or without a local folder', () => {
  const content = loadContent(DATA, join(base, 'nowhere'));
  assert.deepEqual(
    content.topics.map(({ id }) => `${id}.md`),
    [...TOPICS].sort(),
  );
  assert.equal(content.office.villages.length, 2);
  assert.deepEqual(content.staff, []);
  assert.ok(content.simulator.people.length > 0);
});

test('the menu stands in the order of its places', () => {
  const first = loadContent(shipped, local).menu.map(({ id }) => id as string);
  edit(join(shipped, 'topics', `${first[0]}.md`), (text) => text.replace(/^menu: \d+$/m, 'menu: 99'));
  edit(join(shipped, 'topics', `${first[1]}.md`), (text) => text.replace(/^menu: \d+\n/m, ''));
  assert.deepEqual(
    loadContent(shipped, local).menu.map(({ id }) => id as string),
    [...first.slice(2), first[0]],
  );
});

test('all faults of all files come together, each with its file and line', () => {
  edit(join(shipped, 'topics/cek-agen.md'), (text) => text.replace(/^title:.*$/m, 'titel: Cek'));
  edit(join(shipped, 'topics/tppo-apa.md'), (text) => text.replace(/^menu: \d+$/m, 'menu: 1'));
  edit(join(shipped, 'office.yaml'), (text) => text.replace('days: [1,', 'days: [9,'));
  writeFileSync(
    join(local, 'office.yaml'),
    'staff:\n  - { name: A, number: "62000000010", role: officer, village: x }\n',
  );
  writeFileSync(join(local, 'topics', 'Topik Kantor.md'), ownTopic(OWN_QUESTIONS));
  writeFileSync(join(local, 'topics', 'lain.md'), 'tanpa kepala');
  const faults = faultsOf();
  const hoursLine =
    readFileSync(join(shipped, 'office.yaml'), 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith('hours:')) + 1;
  for (const start of [
    `${join(local, 'topics', 'Topik Kantor.md')}:1: the file name`,
    `${join(local, 'topics', 'lain.md')}:1: the file must begin`,
    `${join(shipped, 'topics/cek-agen.md')}:2: titel: is not a known key`,
    `${join(shipped, 'topics/cek-agen.md')}:2: title: is missing`,
    `${join(shipped, 'topics/tppo-apa.md')}:3: menu: place 1 is already taken by`,
    `${join(shipped, 'office.yaml')}:${hoursLine}: hours.days.1: must be at most 7`,
    `${join(local, 'office.yaml')}:2: staff.1.village: there is no village x`,
  ])
    assert.ok(
      faults.some((fault) => fault.startsWith(start)),
      `${start}\n--\n${faults.join('\n')}`,
    );
  assert.equal(faults.length, 7, faults.join('\n'));
});

test('a question that two topics claim is a fault', () => {
  const question = loadContent(shipped, local).topics[0]?.questions[0] ?? '';
  writeFileSync(
    join(local, 'topics', 'topik-kantor.md'),
    ownTopic([`"${question.toUpperCase()}?!"`, ...OWN_QUESTIONS]),
  );
  assert.match(faultsOf()[0] ?? '', /topik-kantor\.md:5: questions\.1: already stands in .*\.md:\d+$/);
});

test('a missing office, a missing language and a folder without topics are faults, not crashes', () => {
  rmSync(join(shipped, 'office.yaml'));
  rmSync(join(shipped, 'topics'), { recursive: true });
  rmSync(join(shipped, 'language'), { recursive: true });
  const faults = faultsOf();
  assert.ok(faults.includes(`${join(shipped, 'office.yaml')}:1: the file cannot be read`), faults.join('\n'));
  assert.ok(faults.includes(`${join(shipped, 'topics')}:1: there is no topic`), faults.join('\n'));
  assert.ok(
    faults.some((fault) => fault.startsWith(join(shipped, 'language'))),
    faults.join('\n'),
  );
});

test('files of the project are named from its folder on', () => {
  writeFileSync(join(local, 'topics', 'cek-agen.md'), ownTopic(['"']));
  writeFileSync(join(local, 'topics', 'tppo-apa.md'), ownTopic(OWN_QUESTIONS, 1));
  assert.match(
    faultsOf(DATA, local).join('\n'),
    /is already taken by data\/topics\/paspor-biaya\.md|^data\/topics\/paspor-biaya\.md:\d+: menu/m,
  );
  const fromHere = relative(process.cwd(), DATA);
  assert.match(faultsOf(fromHere, local).join('\n'), /data\/topics\/paspor-biaya\.md/);
});

test('what editors and file managers leave behind is no topic', () => {
  for (const name of ['._cek-agen.md', '.cek-agen.md.swp', 'cek-agen.md~', 'catatan.txt'])
    writeFileSync(join(local, 'topics', name), '\u0000');
  assert.deepEqual(loadContent(shipped, local), loadContent(shipped, join(base, 'nowhere')));
});

test('a local topic takes the place of the shipped one, or is added; nothing else changes', () => {
  const before = loadContent(shipped, join(base, 'nowhere'));
  const names = [...TOPICS, 'aaa.md', 'topik-kantor.md'];
  fc.assert(
    fc.property(fc.subarray(names), (chosen) => {
      rmSync(join(local, 'topics'), { recursive: true, force: true });
      mkdirSync(join(local, 'topics'), { recursive: true });
      for (const name of chosen)
        writeFileSync(
          join(local, 'topics', name),
          ownTopic(OWN_QUESTIONS.map((question) => `${question} ${name.replace('.md', '')}`)),
        );
      const content = loadContent(shipped, local);
      assert.deepEqual(
        content.topics.map(({ id }) => `${id}.md`),
        [...new Set([...TOPICS, ...chosen])].sort(),
      );
      for (const topic of content.topics)
        if (chosen.includes(`${topic.id}.md`)) assert.equal(topic.answer, 'Jawaban kantor.');
        else
          assert.deepEqual(
            topic,
            before.topics.find(({ id }) => id === topic.id),
          );
      assert.deepEqual(
        content.menu.map(({ id }) => id),
        before.menu.map(({ id }) => id).filter((id) => !chosen.includes(`${id}.md`)),
      );
    }),
    { numRuns: 25 },
  );
});

test('a broken shipped topic that the office has replaced does not matter', () => {
  writeFileSync(join(shipped, 'topics/cek-agen.md'), 'rusak');
  assert.equal(faultsOf().length, 1);
  writeFileSync(join(local, 'topics/cek-agen.md'), ownTopic(OWN_QUESTIONS));
  assert.doesNotThrow(() => loadContent(shipped, local));
});

test("the office's own people are read from the local file, and are active only by their own word", () => {
  writeFileSync(
    join(local, 'office.yaml'),
    'staff:\n  - { name: Contoh, number: "620000000101", role: officer, village: hiang-sakti, second_contact: true }\n',
  );
  const content = loadContent(shipped, local);
  assert.deepEqual(content.staff, [
    {
      name: 'Contoh',
      number: '620000000101',
      role: 'officer',
      village: 'hiang-sakti',
      secondContact: true,
      active: false,
    },
  ]);
  assert.deepEqual(content.office, loadContent(shipped, join(base, 'nowhere')).office);
});
