// What is read off a message, and how strongly its words speak for the office's subject.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evidenceIn, weigh } from '../../../src/core/understand/evidence.ts';
import { namedFeatures, PLACES, readFeatures } from '../../../src/core/understand/features.ts';
import { wordsOf } from '../../../src/core/understand.ts';
import { vocabulary } from './vocabulary.ts';

const { reader } = wordsOf([], vocabulary);
const read = (text: string) => readFeatures(text, reader);
const shared = (one: string, other: string) => {
  const there = new Set(read(other).features);
  return read(one).features.filter((feature) => there.has(feature)).length;
};

test('words are read in standard spelling, however they were typed', () => {
  assert.deepEqual(read('brp byr pspor').words, read('BERAPA bayar paspor').words);
  assert.deepEqual(read('brp byr pspor').typed, ['brp', 'byr', 'pspor']);
});

test('alike messages share more than unlike ones, and order counts', () => {
  assert.ok(
    shared('paspor ditahan majikan', 'paspornya ditahan majikan itu') >
      shared('paspor ditahan majikan', 'majikan pulang'),
  );
  const turned = new Set(read('adik menahan agen').features);
  assert.ok(read('agen menahan adik').features.some((feature) => !turned.has(feature)));
});

test('a question mark, shouting and lines are noticed', () => {
  for (const [one, other] of [
    ['paspor hilang', 'paspor hilang?'],
    ['dicari pekerja kebun', 'DICARI PEKERJA KEBUN'],
    ['gaji besar', 'gaji\nbesar'],
    ['gaji besar', 'gaji besar 😀😀'],
  ] as const)
    assert.notDeepEqual(read(one).features, read(other).features, other);
});

test('features are places, and those of words can be named', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { features, words, told } = read(text);
      assert.ok(features.every((feature) => Number.isInteger(feature) && feature >= 0 && feature < PLACES));
      const named = namedFeatures(words, reader);
      assert.ok(features.slice(0, told).every((feature) => named.has(feature)));
    }),
  );
});

const MEANT = ['paspor ditahan agen', 'paspor hilang di malaysia', 'agen itu menahan paspor'].map(read);
const ORDINARY = ['hujan di ladang', 'agen gas habis', 'ayam hilang di ladang', 'malam itu hujan'].map(read);
const EVIDENCE = weigh(MEANT, ORDINARY);

test('evidence is what those who mean the office say more often, the rarer elsewhere the stronger', () => {
  const of = (text: string) => evidenceIn(read(text), EVIDENCE);
  assert.ok(of('paspor') > of('agen'), 'agen stands in ordinary talk too');
  assert.equal(of('hujan di ladang'), 0);
  assert.equal(of('kata yang belum pernah'), 0);
  assert.ok(of('paspor agen') > of('paspor'));
});

test('saying a word again is no more evidence', () => {
  const of = (text: string) => evidenceIn(read(text), EVIDENCE);
  assert.equal(of('paspor . . paspor . . paspor'), of('paspor'));
});
