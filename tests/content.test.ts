// The content as a whole: the shipped files load, the office's own lie over them, and all faults come together.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { ContentError, type LoadedContent, loadContent } from '../src/content.ts';

const DATA = join(import.meta.dirname, '../data');
const TOPICS = readdirSync(join(DATA, 'topics')).filter((name) => name.endsWith('.md'));
const base = mkdtempSync(join(tmpdir(), 'content-'));
const shipped = join(base, 'data');
const local = join(base, 'local');
after(() => rmSync(base, { recursive: true }));

beforeEach(() => {
  rmSync(shipped, { recursive: true, force: true });
  rmSync(local, { recursive: true, force: true });
  for (const part of ['topics', 'broadcasts', 'language', 'menu.yaml', 'office.yaml'])
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
function ownTopic(questions: readonly string[]): string {
  return [
    '---',
    'title: Topik kantor',
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

test('the menu stands as its file tells it, and the office may write its own', () => {
  const doors = (content: LoadedContent) =>
    content.menu.map(({ title, topics }) => [title, ...topics.map(({ id }) => id)]);
  const before = doors(loadContent(shipped, local));
  assert.ok(before.length > 1 && before.length <= 5);
  writeFileSync(join(local, 'menu.yaml'), 'doors: [{ title: Satu pintu, topics: [tppm, cek-agen] }]');
  assert.deepEqual(doors(loadContent(shipped, local)), [['Satu pintu', 'tppm', 'cek-agen']]);
});

test('every fault of the menu names file and line', () => {
  const menu = join(local, 'menu.yaml');
  for (const [text, fault] of [
    ['doors: []', /menu\.yaml:1: doors: /],
    [
      'doors:\n  - { title: A, topics: [tppm] }\n  - { title: B, topics: [entah] }',
      /menu\.yaml:3: .*there is no topic entah/,
    ],
    ['doors:\n  - { title: A, topics: [tppm, tppm] }', /menu\.yaml:2: .*tppm stands in the menu already/],
    [`doors:\n${'  - { title: A, topics: [tppm] }\n'.repeat(6)}`, /menu\.yaml:\d+: doors: /],
    [`doors:\n  - { title: ${'x'.repeat(41)}, topics: [tppm] }`, /menu\.yaml:2: doors\.1\.title: /],
    ['pintu: []', /menu\.yaml:1: /],
  ] as const) {
    writeFileSync(menu, text);
    assert.match(faultsOf().join('\n'), fault);
  }
});

test('a ready-made broadcast must be short, of known topics, and free of what WhatsApp does not know', () => {
  mkdirSync(join(local, 'broadcasts'), { recursive: true });
  const path = join(local, 'broadcasts', 'uji.md');
  const write = (topics: string, text: string) =>
    writeFileSync(
      path,
      `---\ntitle: Uji\ntopics: [${topics}]\nsources: [{ says: a, source: b, status: K }]\nchecked: 2026-11-23\ncheck_again: 2027-01-01\n---\n${text}`,
    );
  write('tppm', 'Isi siaran.');
  assert.ok(loadContent(shipped, local).readyBroadcasts.some(({ text }) => text === 'Isi siaran.'));
  write('entah', 'Isi siaran.');
  assert.match(faultsOf().join('\n'), /uji\.md:3: topics\.1: there is no topic entah/);
  write('tppm', 'x'.repeat(601));
  assert.match(faultsOf().join('\n'), /uji\.md:8: the message has 601 characters, may have 600/);
  write('tppm', 'Lihat contoh.com');
  assert.match(faultsOf().join('\n'), /uji\.md:8: only links to \.go\.id/);
  write('tppm', 'Alamat: {entah}');
  assert.match(faultsOf().join('\n'), /uji\.md:8: \{entah\} is no fact of the office/);
  write('tppm', '');
  assert.match(faultsOf().join('\n'), /the message is empty/);
});

test('office facts fill their lines; a number shows only with its test date', () => {
  const answer = (content: LoadedContent) => content.topics.find(({ id }) => id === 'kantor-imigrasi')?.answer ?? '';
  assert.doesNotMatch(answer(loadContent(shipped, local)), /Alamat|\{/);
  writeFileSync(
    join(local, 'office.yaml'),
    'facts: { alamat: "Jalan Contoh 1" }\nnumbers:\n  kemlu: { number: "620000000901", tested: 2026-11-20 }\n  lpsk: { number: "620000000902", tested: "" }\n',
  );
  const content = loadContent(shipped, local);
  assert.match(answer(content), /^- Alamat: Jalan Contoh 1$/m);
  const all = content.topics.map((topic) => topic.answer + topic.more).join('\n');
  assert.ok(all.includes('620000000901'));
  assert.ok(!all.includes('620000000902'), 'an untested number is shown');
  writeFileSync(join(local, 'office.yaml'), `facts: { alamat: "${'x'.repeat(300)}", jam: "${'y'.repeat(300)}" }\n`);
  assert.match(faultsOf().join('\n'), /kantor-imigrasi\.md:1: with the office's facts the answer has \d+ characters/);
  writeFileSync(join(local, 'office.yaml'), 'facts: { alamt: "Jalan" }\n');
  assert.match(faultsOf().join('\n'), /office\.yaml:1: facts/);
});

test('all faults of all files come together, each with its file and line', () => {
  edit(join(shipped, 'topics/cek-agen.md'), (text) => text.replace(/^title:.*$/m, 'titel: Cek'));
  edit(join(shipped, 'topics/tppo-apa.md'), (text) => text.replace(/^title:.*$/m, (title) => `${title}\nmenu: 1`));
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
    `${join(shipped, 'topics/tppo-apa.md')}:3: menu: is not a known key`,
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
  const question = loadContent(DATA, join(base, 'nowhere')).topics.find(({ id }) => id === 'paspor-biaya')
    ?.questions[0];
  rmSync(join(local, 'topics', 'cek-agen.md'));
  writeFileSync(join(local, 'topics', 'zzz.md'), ownTopic([`"${question}"`, ...OWN_QUESTIONS]));
  assert.match(faultsOf(DATA, local).join('\n'), /already stands in data\/topics\/paspor-biaya\.md:\d+/);
  const fromHere = relative(process.cwd(), DATA);
  assert.match(faultsOf(fromHere, local).join('\n'), /data\/topics\/paspor-biaya\.md/);
});

test('what editors and file managers leave behind is no topic', () => {
  for (const name of ['._cek-agen.md', '.cek-agen.md.swp', 'cek-agen.md~', 'catatan.txt'])
    writeFileSync(join(local, 'topics', name), '\u0000');
  const { files: _, ...content } = loadContent(shipped, local);
  const { files: __, ...without } = loadContent(shipped, join(base, 'nowhere'));
  assert.deepEqual(content, without);
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
        content.menu.map(({ topics }) => topics.map(({ id }) => id)),
        before.menu.map(({ topics }) => topics.map(({ id }) => id)),
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
