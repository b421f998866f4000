// Reads data/language/: the words by which the bot understands people.

import { join } from 'node:path';
import { z } from 'zod';
import { SIGNS } from '../core/types.ts';
import type { Points, Vocabulary } from '../core/understand.ts';
import { type Fault, readYaml } from './checked.ts';

const words = z.array(z.coerce.string().min(1));
const wordsByName = z.record(z.string().min(1), words);
const patterns = z.array(z.coerce.string().trim().min(1)).min(1);
const points = z.strictObject({
  tanya: z.number().optional(),
  lapor: z.number().optional(),
  iklan: z.number().optional(),
});

const SignPatterns = z.strictObject(
  Object.fromEntries(SIGNS.map((sign) => [sign, patterns])) as Record<(typeof SIGNS)[number], typeof patterns>,
);
const Marks = z.strictObject({
  ciri: z.record(z.string().min(1), patterns),
  gabungan: z.record(z.string().min(1), z.string().min(1)),
  darurat: words,
});
const Common = z.strictObject({ lemah: words, kuat: words, kosong: words, seharihari: words });
const AccusedWords = z.strictObject({
  jabatan: z.strictObject({ officer: patterns, head: patterns, official: patterns, police: patterns }),
  'tidak-menuduh': patterns,
  menuduh: patterns,
  sapaan: words,
});
const Facets = z.strictObject({
  siapa: z.strictObject({ bukan: patterns, another: patterns, kin: patterns, self: patterns }),
  berangkat: patterns,
  lewat: words,
  batal: words,
  akan: words,
  'sudah-terjadi': patterns,
  'bukan-hari': words,
  'sudah-lewat': words,
  bank: wordsByName,
  dompet: wordsByName,
});
const AllPoints = z.strictObject({
  dasar: z.strictObject({ tanya: z.number(), lapor: z.number(), iklan: z.number() }),
  poin: z.record(z.string().min(1), points),
});

/** Marks that `understand` finds without a pattern; points may name them. */
const BUILT_IN = ['tanda-tanya', 'pendek', 'singkat', 'panjang', 'banyak-baris', 'huruf-besar', 'negara'];

/**
 * Reads the vocabulary.
 * @param dir folder of the language files
 * @param shown the same folder as faults name it
 * @returns the vocabulary, or undefined after adding every fault found, in all files, to `faults`
 */
export function loadLanguage(dir: string, shown: string, faults: Fault[]): Vocabulary | undefined {
  const read = <S extends z.ZodType>(file: string, schema: S) =>
    readYaml(join(dir, file), `${shown}/${file}`, schema, faults);
  const spellings = read('kata.yaml', wordsByName);
  const countries = read('negara.yaml', wordsByName);
  const groups = read('kelompok.yaml', wordsByName);
  const signs = read('tanda.yaml', SignPatterns);
  const marks = read('ciri.yaml', Marks);
  const common = read('umum.yaml', Common);
  const accused = read('terlapor.yaml', AccusedWords);
  const facets = read('rincian.yaml', Facets);
  const scores = read('poin.yaml', AllPoints);
  if (!spellings || !countries || !groups || !signs || !marks || !common || !accused || !facets || !scores)
    return undefined;
  const names = new Set<string>([...SIGNS, ...BUILT_IN, ...Object.keys(marks.ciri), ...Object.keys(marks.gabungan)]);
  const before = faults.length;
  for (const name of Object.keys(scores.poin))
    if (!names.has(name)) faults.push(`${shown}/poin.yaml:1: poin.${name}: no such mark`);
  for (const [name, rule] of Object.entries(marks.gabungan))
    for (const part of rule.split(/[+/]/).map((one) => one.trim().replace(/^!/, '')))
      if (!names.has(part)) faults.push(`${shown}/ciri.yaml:1: gabungan.${name}: no such mark: ${part}`);
  const known = new Set([...Object.keys(groups), 'negara', 'angka']);
  const everyPattern = [
    signs,
    marks.ciri,
    accused.jabatan,
    facets.siapa,
    { berangkat: facets.berangkat, happened: facets['sudah-terjadi'] },
  ].flatMap((list) => Object.entries(list));
  for (const [name, list] of everyPattern)
    for (const pattern of list)
      for (const [, group] of pattern.matchAll(/<([^>]*)>/g))
        if (group !== undefined && !known.has(group))
          faults.push(`${shown}/kelompok.yaml:1: no group <${group}>, which ${name} names`);
  if (faults.length > before) return undefined;
  return {
    spellings,
    countries,
    groups,
    signs,
    marks: marks.ciri,
    combined: marks.gabungan,
    urgent: marks.darurat,
    points: Object.fromEntries(Object.entries(scores.poin).map(([name, point]) => [name, pointsOf(point)])),
    base: { question: scores.dasar.tanya, report: scores.dasar.lapor, advert: scores.dasar.iklan },
    accused: {
      roles: accused.jabatan,
      harmless: accused['tidak-menuduh'],
      grave: accused.menuduh,
      address: accused.sapaan,
    },
    facets: {
      who: {
        none: facets.siapa.bukan,
        another: facets.siapa.another,
        kin: facets.siapa.kin,
        self: facets.siapa.self,
      },
      leaving: facets.berangkat,
      over: facets.lewat,
      off: facets.batal,
      toCome: facets.akan,
      happened: facets['sudah-terjadi'],
      otherDay: facets['bukan-hari'],
      pastDay: facets['sudah-lewat'],
      money: { banks: facets.bank, wallets: facets.dompet },
    },
    weak: common.lemah,
    strong: common.kuat,
    filler: common.kosong,
    everyday: common.seharihari,
  };
}

function pointsOf(point: z.output<typeof points>): Points {
  return { question: point.tanya ?? 0, report: point.lapor ?? 0, advert: point.iklan ?? 0 };
}
