// Reads data/language/: the words by which the bot understands people.

import { join } from 'node:path';
import { z } from 'zod';
import { SIGNS } from '../core/types.ts';
import type { Vocabulary } from '../core/understand.ts';
import { type Fault, readYaml } from './checked.ts';

const words = z.array(z.coerce.string().min(1));
const wordsByName = z.record(z.string().min(1), words);
const patterns = z.array(z.coerce.string().trim().min(1)).min(1);
const SignPatterns = z.strictObject(
  Object.fromEntries(SIGNS.map((sign) => [sign, patterns])) as Record<(typeof SIGNS)[number], typeof patterns>,
);
const Common = z.strictObject({
  pokok: words,
  kosong: words,
  seharihari: words,
  darurat: z.array(z.enum(SIGNS)).min(1),
});
const Reporting = z.strictObject({ ingin: patterns, cara: patterns });
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
  const common = read('umum.yaml', Common);
  const accused = read('terlapor.yaml', AccusedWords);
  const facets = read('rincian.yaml', Facets);
  const reporting = read('melapor.yaml', Reporting);
  if (!spellings || !countries || !groups || !signs || !common || !accused || !facets || !reporting) return undefined;
  const before = faults.length;
  const known = new Set([...Object.keys(groups), 'negara', 'angka']);
  const everyPattern = [
    signs,
    reporting,
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
    urgent: common.darurat,
    reporting: { wish: reporting.ingin, how: reporting.cara },
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
    filler: common.kosong,
    subject: common.pokok,
    everyday: common.seharihari,
  };
}
