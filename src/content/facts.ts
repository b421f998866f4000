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

/** Seven digits or more, as telephone numbers are written; neither opening hours such as 08.00-16.00 nor a postal code. */
const TELEPHONE = /(?:\d[\s()+-]*){7}|\d{3,}(?:\.\d{3,})+/;

const factText = z.string().trim().min(1).max(300);
const day = z.union([empty, z.iso.date()]);

/** A fact is a text; where it holds a telephone number, the day on which somebody dialled it stands beside it. */
export const factsSchema = z.partialRecord(
  z.enum(names(FACTS)),
  z.union([
    empty,
    factText.refine(
      (text) => !TELEPHONE.test(text),
      'holds a telephone number and needs the day it was dialled: { text: "...", tested: 2026-12-01 }',
    ),
    z.strictObject({ text: z.union([empty, factText]), tested: day }),
  ]),
);

export const numbersSchema = z.partialRecord(
  z.enum(names(NUMBERS)),
  z.strictObject({
    number: z.union([empty, z.string().regex(/^\+?[\d\s-]{3,20}$/, 'must be a telephone number')]),
    tested: day,
  }),
);

/** What stands in braces in a text, and what it becomes: `alamat`, `nomor:kemlu`. */
export type Filled = ReadonlyMap<string, string>;

/** Facts and numbers as the office has written them down; `tested` is an ISO date. */
interface Told {
  readonly text: string;
  readonly tested?: string;
  /** Holds a telephone number, so it is shown only once it was dialled. */
  readonly needsTest: boolean;
}

function toldBy(facts: z.output<typeof factsSchema>, numbers: z.output<typeof numbersSchema>): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string') told.set(name, { text: value, needsTest: false });
    else if (value?.text)
      told.set(name, {
        text: value.text,
        needsTest: TELEPHONE.test(value.text),
        ...(value.tested && { tested: value.tested }),
      });
  }
  for (const [name, value] of Object.entries(numbers))
    if (value?.number)
      told.set(`nomor:${name}`, {
        text: value.number,
        needsTest: true,
        ...(value.tested && { tested: value.tested }),
      });
  return told;
}

/** What may be shown: untested numbers never. */
export function filledBy(facts: z.output<typeof factsSchema>, numbers: z.output<typeof numbersSchema>): Filled {
  return new Map(
    [...toldBy(facts, numbers)].flatMap(([name, { text, tested, needsTest }]) =>
      needsTest && !tested ? [] : [[name, text]],
    ),
  );
}

/** The telephone numbers the office has written down, by their names, with the day they were dialled; undefined: not yet. */
export type Dialled = ReadonlyMap<string, string | undefined>;

export function dialledBy(facts: z.output<typeof factsSchema>, numbers: z.output<typeof numbersSchema>): Dialled {
  return new Map(
    [...toldBy(facts, numbers)].flatMap(([name, { tested, needsTest }]) => (needsTest ? [[name, tested]] : [])),
  );
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
