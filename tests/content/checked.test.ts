// Faults of a YAML file are named with their file and line, in words of people who edit files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ContentError, checkYaml, type Fault, openYaml, readYaml } from '../../src/content/checked.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  size: z.int().min(1).max(9),
  kind: z.enum(['big', 'small']).optional(),
  when: z.iso.date().optional(),
  list: z.array(z.strictObject({ id: z.string().max(3) })).min(2),
});

function faultsOf(lines: readonly string[], lineOffset = 0): Fault[] {
  const faults: Fault[] = [];
  const value = checkYaml('x.yaml', lines.join('\n'), schema, faults, lineOffset);
  assert.equal(value === undefined, faults.length > 0);
  return faults;
}

const RIGHT = ['name: a', 'size: 1', 'list:', '  - id: a', '  - id: b'];

test('a right file has no fault and gives its value', () => {
  const faults: Fault[] = [];
  assert.deepEqual(checkYaml('x.yaml', RIGHT.join('\n'), schema, faults), {
    name: 'a',
    size: 1,
    list: [{ id: 'a' }, { id: 'b' }],
  });
  assert.deepEqual(faults, []);
});

test('every fault of a file is named at once, each on its own line', () => {
  assert.deepEqual(
    faultsOf([
      '# a comment above',
      'name: 8.00',
      'size: 12',
      'kind: huge',
      'colour: red',
      'when: 2026-02-30',
      'list:',
      '  - id: long',
      '    ib: 1',
    ]),
    [
      'x.yaml:2: name: must be text, but is the number 8 (put it in quotes)',
      'x.yaml:3: size: must be at most 9',
      'x.yaml:4: kind: must be one of: big, small',
      'x.yaml:5: colour: is not a known key',
      'x.yaml:6: when: must be a date such as 2026-11-23',
      'x.yaml:7: list: needs at least 2, has 1',
      'x.yaml:8: list.1.id: is longer than 3 characters (4)',
      'x.yaml:9: list.1.ib: is not a known key',
    ],
  );
});

test('a missing key is shown where the block it is missing from begins', () => {
  assert.deepEqual(faultsOf(['name: a', 'size: 1', 'list:', '  - id: a', '  - {}']), [
    'x.yaml:5: list.2.id: is missing',
  ]);
});

test('an empty file, a list and a text are not a block of keys', () => {
  assert.deepEqual(faultsOf([]), ['x.yaml:1: must be a block of keys, but is empty']);
  assert.deepEqual(faultsOf(['- a']), ['x.yaml:1: must be a block of keys, but is a list']);
  assert.deepEqual(faultsOf(['text']), ['x.yaml:1: must be a block of keys, but is text']);
});

test('what is no YAML is shown at the line where it breaks, moved by the lines above', () => {
  const lines = ['name: a', 'size: [1', 'list: b'];
  const [line] = faultsOf(lines).map((fault) => Number(fault.split(':')[1]));
  assert.ok(line === 2 || line === 3, String(line));
  assert.deepEqual(
    faultsOf(lines, 10).map((fault) => Number(fault.split(':')[1])),
    faultsOf(lines).map((fault) => Number(fault.split(':')[1]) + 10),
  );
});

test('a key given twice and an alias to nothing are faults, not exceptions', () => {
  assert.match(faultsOf([...RIGHT, 'size: 2'])[0] ?? '', /^x\.yaml:6: .*unique/);
  assert.match(faultsOf(['name: *nothing', ...RIGHT.slice(1)])[0] ?? '', /^x\.yaml:1: .*nothing/);
});

test('lineOf finds keys, entries, and what is not there', () => {
  const opened = openYaml('x.yaml', RIGHT.join('\n'), []);
  assert.equal(opened?.lineOf(['list']), 3);
  assert.equal(opened?.lineOf(['list', 1, 'id']), 5);
  assert.equal(opened?.lineOf(['list', 7]), 3);
  assert.equal(opened?.lineOf([]), 1);
});

test('a file that is not there is a fault', () => {
  const faults: Fault[] = [];
  assert.equal(readYaml('/nowhere/x.yaml', 'data/x.yaml', schema, faults), undefined);
  assert.deepEqual(faults, ['data/x.yaml:1: the file cannot be read']);
  assert.equal(new ContentError(['a', 'b']).message, 'a\nb');
});
