// office.yaml: what must hold for villages, people and groups, and how the local file lies over the shipped one.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Fault } from '../../src/content/checked.ts';
import { type CastPerson, type LoadedOffice, loadOffice } from '../../src/content/office.ts';

const folder = mkdtempSync(join(tmpdir(), 'office-'));
after(() => rmSync(folder, { recursive: true }));

const ROOT = join(import.meta.dirname, '../..');
const SHIPPED = { path: join(ROOT, 'data/office.yaml'), shown: 'data/office.yaml' };

const LINES = [
  'name: Kantor', // 1
  'hours: { days: [1, 2], from: "08.00", to: "16.30" }', // 2
  'ladder: { urgent_minutes: 5, ordinary_minutes: 60, repeat_minutes: 15, rungs: [other-officers, head] }', // 3
  'villages:', // 4
  '  - { id: desa-a, name: Desa A, district: Utara, aliases: [da] }', // 5
  '  - { id: desa-b, name: Desa B, district: Utara }', // 6
  'staff:', // 7
  '  - { name: Petugas, number: "620000000101", role: officer, village: desa-a }', // 8
  '  - { name: Kades, number: "620000000102", role: official, village: desa-a }', // 9
  'simulator:', // 10
  '  groups:', // 11
  '    - { id: grup-a, name: Grup A, village: desa-a }', // 12
  '    - { id: grup-petugas, name: Petugas, officers: true }', // 13
  '  people:', // 14
  '    - { id: ani, name: Ani, number: "620000000001", role: villager, village: desa-a, groups: [grup-a] }', // 15
  '    - { id: budi, name: Budi, number: "620000000002", role: officer, groups: [grup-petugas], second_contact: true }', // 16
];

function load(shipped: string, local?: string): { office: LoadedOffice | undefined; faults: Fault[] } {
  const faults: Fault[] = [];
  const path = join(folder, 'office.yaml');
  const localPath = join(folder, 'local.yaml');
  writeFileSync(path, shipped);
  rmSync(localPath, { force: true });
  if (local !== undefined) writeFileSync(localPath, local);
  const office = loadOffice({ path, shown: 'office.yaml' }, { path: localPath, shown: 'local.yaml' }, faults);
  assert.equal(office === undefined, faults.length > 0);
  return { office, faults };
}

function lines(replaced: Readonly<Record<number, string>> = {}): string {
  return LINES.map((line, at) => replaced[at + 1] ?? line).join('\n');
}

test('a right file is read in the words of the house', () => {
  const { office } = load(lines());
  assert.deepEqual(office?.office, {
    name: 'Kantor',
    hours: { days: [1, 2], from: 480, to: 990 },
    ladder: { urgentMinutes: 5, ordinaryMinutes: 60, repeatMinutes: 15, rungs: ['other-officers', 'head'] },
    villages: [
      { id: 'desa-a', name: 'Desa A', district: 'Utara', aliases: ['da'] },
      { id: 'desa-b', name: 'Desa B', district: 'Utara', aliases: [] },
    ],
  });
  assert.deepEqual(office?.staff[0], {
    name: 'Petugas',
    number: '620000000101',
    role: 'officer',
    village: 'desa-a',
    secondContact: false,
    active: false,
  });
  assert.deepEqual(office?.simulator.groups, [
    { id: 'grup-a', name: 'Grup A', village: 'desa-a', officers: false },
    { id: 'grup-petugas', name: 'Petugas', officers: true },
  ]);
  assert.deepEqual(
    office?.simulator.people.map(({ id, active, secondContact }) => ({ id, active, secondContact })),
    [
      { id: 'ani', active: false, secondContact: false },
      { id: 'budi', active: true, secondContact: true },
    ],
  );
});

test('every fault names file and line', async (t) => {
  const person = (rest: string) => `    - { id: cici, name: Cici, ${rest} }`;
  const cases: readonly (readonly [string, Record<number, string>, string])[] = [
    ['an unknown key', { 1: 'nama: Kantor\nname: Kantor' }, '1: nama: is not a known key'],
    ['a missing key', { 1: '' }, '1: name: is missing'],
    ['an empty name', { 1: 'name: " "' }, '1: name: is empty'],
    [
      'a time without quotes',
      { 2: 'hours: { days: [1], from: 08.00, to: "16.00" }' },
      '2: hours.from: must be text, but is the number 8 (put it in quotes)',
    ],
    [
      'a time that is none',
      { 2: 'hours: { days: [1], from: "08.60", to: "16.00" }' },
      '2: hours.from: must be a time in quotes, such as "08.00"',
    ],
    [
      'closing before opening',
      { 2: 'hours: { days: [1], from: "16.00", to: "08.00" }' },
      '2: hours: from must be earlier than to',
    ],
    ['an eighth day', { 2: 'hours: { days: [8], from: "08.00", to: "16.00" }' }, '2: hours.days.1: must be at most 7'],
    ['a day twice', { 2: 'hours: { days: [1, 1], from: "08.00", to: "16.00" }' }, '2: hours.days: names a day twice'],
    ['no day', { 2: 'hours: { days: [], from: "08.00", to: "16.00" }' }, '2: hours.days: needs at least 1, has 0'],
    [
      'no patience',
      { 3: 'ladder: { urgent_minutes: 0, ordinary_minutes: 60, repeat_minutes: 15, rungs: [head] }' },
      '3: ladder.urgent_minutes: must be at least 1',
    ],
    [
      'an unknown rung',
      { 3: 'ladder: { urgent_minutes: 5, ordinary_minutes: 60, repeat_minutes: 15, rungs: [kades] }' },
      '3: ladder.rungs.1: must be one of: other-officers, head',
    ],
    [
      'a village id that is no slug',
      { 6: '  - { id: Desa B, name: Desa B, district: Utara }' },
      '6: villages.2.id: must be lower-case letters, digits and single hyphens, e.g. koto-dua-baru',
    ],
    ['a village twice', { 6: '  - { id: desa-a, name: Desa B, district: Utara }' }, '6: villages.2.id: is used twice'],
    [
      'an alias of two villages',
      { 6: '  - { id: desa-b, name: Desa B, district: Utara, aliases: [DA] }' },
      '6: villages.2.aliases.1: this name or alias is used twice',
    ],
    [
      'staff in an unknown village',
      { 8: '  - { name: Petugas, number: "620000000101", role: officer, village: desa-c }' },
      '8: staff.1.village: there is no village desa-c',
    ],
    [
      'a number without quotes',
      { 8: '  - { name: Petugas, number: 620000000101, role: officer }' },
      '8: staff.1.number: must be a number in quotes, such as "62..."',
    ],
    [
      'a number without country code',
      { 8: '  - { name: Petugas, number: "08000000001", role: officer }' },
      '8: staff.1.number: must be 8 to 15 digits beginning with the country code, without +, spaces or hyphens',
    ],
    [
      'a number with hyphens',
      { 8: '  - { name: Petugas, number: "+62-800-0000", role: officer }' },
      '8: staff.1.number: must be 8 to 15 digits beginning with the country code, without +, spaces or hyphens',
    ],
    [
      'a number twice',
      { 9: '  - { name: Kades, number: "620000000101", role: official, village: desa-a }' },
      '9: staff.2.number: is used twice',
    ],
    [
      'a villager among the staff',
      { 8: '  - { name: Petugas, number: "620000000101", role: villager }' },
      '8: staff.1.role: must be one of: officer, official, head, admin',
    ],
    [
      'an official of nowhere',
      { 9: '  - { name: Kades, number: "620000000102", role: official }' },
      '9: staff.2: an official needs a village',
    ],
    [
      'the head as his own second contact',
      { 8: '  - { name: Kepala, number: "620000000101", role: head, second_contact: true }' },
      '8: staff.1.second_contact: only an officer or an admin can be the second contact',
    ],
    [
      'a group of an unknown village',
      { 12: '    - { id: grup-a, name: Grup A, village: desa-c }' },
      '12: simulator.groups.1.village: there is no village desa-c',
    ],
    [
      'a group of nobody',
      { 12: '    - { id: grup-a, name: Grup A }' },
      '12: simulator.groups.1: needs either a village or officers: true',
    ],
    [
      'a second officers group',
      { 12: '    - { id: grup-a, name: Grup A, officers: true }' },
      '13: simulator.groups.2.officers: there is already an officers group',
    ],
    [
      'a group twice',
      { 13: '    - { id: grup-a, name: Petugas, officers: true }', 16: '' },
      '13: simulator.groups.2.id: is used twice',
    ],
    [
      'an unknown group',
      { 15: person('number: "620000000003", role: villager, groups: [grup-c]') },
      '15: simulator.people.1.groups.1: there is no group grup-c',
    ],
    [
      'a person twice',
      { 16: '    - { id: ani, name: Ani, number: "620000000003", role: villager }' },
      '16: simulator.people.2.id: is used twice',
    ],
    [
      'a cast number twice',
      { 16: person('number: "620000000001", role: villager') },
      '16: simulator.people.2.number: is used twice',
    ],
    [
      'a cast number somebody may have',
      { 16: person('number: "15555550100", role: villager') },
      '16: simulator.people.2.number: must be a number that cannot exist: 620... or 600...',
    ],
    [
      'a second second contact',
      { 15: person('number: "620000000003", role: officer, second_contact: true') },
      '16: simulator.people.2.second_contact: there is already a second contact',
    ],
    [
      'a villager as second contact',
      { 16: person('number: "620000000003", role: villager, second_contact: true') },
      '16: simulator.people.2.second_contact: only an officer or an admin can be the second contact',
    ],
  ];
  for (const [name, replaced, fault] of cases)
    await t.test(name, () => {
      assert.deepEqual(load(lines(replaced)).faults, [`office.yaml:${fault}`]);
    });
});

test('faults of both files, of single keys and between keys are named together', () => {
  const { faults } = load(
    lines({ 2: 'hours: {}', 8: '  - { name: Petugas, number: "620000000101", role: officer, village: desa-c }' }),
    'name: ""\nladder: 5\n',
  );
  assert.deepEqual(faults, [
    'office.yaml:2: hours.days: is missing',
    'office.yaml:2: hours.from: is missing',
    'office.yaml:2: hours.to: is missing',
    'local.yaml:1: name: is empty',
    'local.yaml:2: ladder: must be a block of keys, but is the number 5',
    'office.yaml:8: staff.1.village: there is no village desa-c',
  ]);
});

test('a village that only the other file knows is a fault which names that file', () => {
  const { faults } = load(lines({ 9: '' }), 'villages:\n  - { id: desa-b, name: Desa B, district: Utara }\n');
  assert.deepEqual(faults, [
    'office.yaml:8: staff.1.village: there is no village desa-a; the villages stand in local.yaml',
    'office.yaml:12: simulator.groups.1.village: there is no village desa-a; the villages stand in local.yaml',
    'office.yaml:15: simulator.people.1.village: there is no village desa-a; the villages stand in local.yaml',
  ]);
});

test('a local file of comments alone changes nothing', () => {
  assert.deepEqual(load(lines(), '# nothing yet\n').office, load(lines()).office);
});

test('each key of the local file takes the place of the whole key, and only of that', () => {
  const local = {
    name: 'Kantor Lain',
    hours: { days: [6], from: '09.00', to: '12.00' },
    ladder: { urgent_minutes: 3, ordinary_minutes: 30, repeat_minutes: 10, rungs: ['head'] },
    villages: [
      { id: 'desa-a', name: 'Desa A Baru', district: 'Utara' },
      { id: 'desa-c', name: 'Desa C', district: 'Selatan' },
    ],
    staff: [{ name: 'Kepala', number: '620000000109', role: 'head' }],
    simulator: { groups: [], people: [] },
  };
  const shipped = load(lines()).office;
  const whole = load(lines(), stringify(local)).office;
  assert.ok(shipped && whole);
  const parts = (office: LoadedOffice) => ({ ...office.office, staff: office.staff, simulator: office.simulator });
  fc.assert(
    fc.property(fc.subarray(Object.keys(local)), (keys) => {
      const chosen = Object.fromEntries(Object.entries(local).filter(([key]) => keys.includes(key)));
      const read = load(lines(), keys.length === 0 ? '' : stringify(chosen)).office;
      assert.ok(read);
      for (const [key, value] of Object.entries(parts(read)))
        assert.deepEqual(
          value,
          parts(keys.includes(key) ? whole : shipped)[key as keyof ReturnType<typeof parts>],
          key,
        );
    }),
    { numRuns: 64 },
  );
});

// ---------------------------------------------------------------- the shipped office

function shippedOffice(): LoadedOffice {
  const faults: Fault[] = [];
  const office = loadOffice(SHIPPED, { path: join(folder, 'none.yaml'), shown: 'none.yaml' }, faults);
  assert.deepEqual(faults, []);
  assert.ok(office);
  return office;
}

test('the shipped office names no real person', () => {
  const { staff, simulator } = shippedOffice();
  assert.deepEqual(staff, []);
  for (const { number } of simulator.people) assert.match(number, /^6[02]0/);
});

test('the cast is complete', () => {
  const { office, simulator } = shippedOffice();
  const { people, groups } = simulator;
  const officersGroup = groups.find(({ officers }) => officers);
  const count = (fits: (person: CastPerson) => boolean) => people.filter(fits).length;
  for (const { id } of office.villages) {
    const group = groups.find(({ village }) => village === id);
    assert.ok(group, id);
    const inGroup = (person: CastPerson) => person.village === id && person.groups.includes(group.id);
    assert.ok(count((person) => inGroup(person) && person.role === 'villager') >= 4, id);
    assert.equal(
      count((person) => inGroup(person) && person.role === 'official'),
      1,
      id,
    );
    assert.equal(
      count((person) => inGroup(person) && person.role === 'officer'),
      1,
      id,
    );
  }
  assert.ok(officersGroup);
  for (const person of people)
    assert.equal(
      person.groups.includes(officersGroup.id),
      person.role === 'officer' || person.role === 'head',
      person.id,
    );
  assert.ok(count(({ role, village, secondContact }) => role === 'officer' && !village && !secondContact) >= 1);
  assert.equal(
    count(({ secondContact }) => secondContact),
    1,
  );
  assert.equal(
    count(({ role }) => role === 'head'),
    1,
  );
  assert.equal(
    count(({ role }) => role === 'admin'),
    1,
  );
  assert.equal(
    count(({ number, groups: own }) => number.startsWith('6000000000') && own.length === 1),
    1,
  );
  assert.equal(
    count(({ role, village, groups: own }) => role === 'villager' && !village && own.length === 0),
    1,
  );
  assert.ok(people.every(({ role, active }) => active === (role !== 'villager')));
});
