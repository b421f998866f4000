// What only the office knows: facts and tested telephone numbers. A line that needs one that is missing is left out.

import { z } from 'zod';

/** Every fact a text may ask for, with what the office is asked. */
export const FACTS = {
  alamat: 'alamat kantor',
  jam: 'hari dan jam buka',
  telepon: 'nomor telepon kantor',
  whatsapp: 'nomor WhatsApp kantor',
  email: 'alamat e-mail kantor',
  instagram: 'akun Instagram resmi',
  pimpasa: 'nama petugas desa (Pimpasa) yang boleh disebut',
  polres: 'nama dan nomor Polres',
  'uptd-ppa': 'nama dan nomor UPTD PPA',
  disnaker: 'nama, alamat, dan nomor dinas tenaga kerja',
  bp3mi: 'nama dan nomor BP3MI atau P4MI',
} as const;

/** Every number that may be shown once the office has dialled it. */
export const NUMBERS = {
  kemlu: 'Kemlu, Pelindungan WNI',
  'kp2mi-wa': 'WhatsApp KP2MI',
  'kp2mi-luar-negeri': 'KP2MI dari luar negeri',
  lpsk: 'LPSK',
  'kbri-kl': 'KBRI Kuala Lumpur',
  'kjri-johor': 'KJRI Johor Bahru',
  'sapa-wa': 'WhatsApp SAPA 129',
} as const;

export type FactName = keyof typeof FACTS;
export type NumberName = keyof typeof NUMBERS;

const names = <T extends object>(table: T) => Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
const empty = z.union([z.literal(''), z.null()]).transform(() => undefined);

export const factsSchema = z.partialRecord(z.enum(names(FACTS)), z.union([empty, z.string().trim().min(1).max(300)]));

export const numbersSchema = z.partialRecord(
  z.enum(names(NUMBERS)),
  z.strictObject({
    number: z.union([empty, z.string().regex(/^\+?[\d\s-]{3,20}$/, 'must be a telephone number')]),
    // Untested numbers are never shown.
    tested: z.union([empty, z.iso.date()]),
  }),
);

/** What stands in braces in a text, and what it becomes: `alamat`, `nomor:kemlu`. */
export type Filled = ReadonlyMap<string, string>;

export function filledBy(facts: z.output<typeof factsSchema>, numbers: z.output<typeof numbersSchema>): Filled {
  const filled = new Map<string, string>();
  for (const [name, value] of Object.entries(facts)) if (value) filled.set(name, value);
  for (const [name, value] of Object.entries(numbers)) {
    if (value?.number && value.tested) filled.set(`nomor:${name}`, value.number);
  }
  return filled;
}

const PLACE = /\{([a-z0-9:-]+)\}/g;

/** The facts a text asks for. */
export const asksFor = (text: string): string[] => [...text.matchAll(PLACE)].map((found) => found[1] as string);

const known: ReadonlySet<string> = new Set([
  ...Object.keys(FACTS),
  ...Object.keys(NUMBERS).map((name) => `nomor:${name}`),
]);

/** Names in braces that stand for nothing. */
export const unknownPlaces = (text: string): string[] => asksFor(text).filter((name) => !known.has(name));

/** The text with the facts put in; a line that needs one that is missing is left out, and no gap is left behind. */
export function fill(text: string, filled: Filled): string {
  return text
    .split('\n')
    .filter((line) => asksFor(line).every((name) => filled.has(name)))
    .map((line) => line.replace(PLACE, (_, name: string) => filled.get(name) ?? ''))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
