// The office as its files tell it: name, hours, ladder, villages, staff, and the simulator's fictional people.

import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Office, Role, VillageId } from '../core/types.ts';
import { checkOpened, type Fault, faultAt, type Opened, openYaml, readText } from './checked.ts';
import { type Dialled, dialledBy, type Filled, factsSchema, filledBy, numbersSchema } from './facts.ts';

/** Somebody of the office or of a village's administration. */
export interface StaffMember {
  readonly name: string;
  /** International form, digits only. */
  readonly number: string;
  readonly role: Exclude<Role, 'villager'>;
  readonly village?: VillageId;
  /** Hears of what names the head. */
  readonly secondContact: boolean;
  /** Counts as having written `mulai`. */
  readonly active: boolean;
}

/** A fictional person of the simulator. */
export interface CastPerson {
  readonly id: string;
  readonly name: string;
  /** Digits only, and such that nobody can have it. */
  readonly number: string;
  readonly role: Role;
  readonly village?: VillageId;
  /** Ids of the groups this person is in. */
  readonly groups: readonly string[];
  readonly secondContact: boolean;
  readonly active: boolean;
}

/** A group of the simulator: a village's, or the officers' own. */
export interface CastGroup {
  readonly id: string;
  readonly name: string;
  readonly village?: VillageId;
  readonly officers: boolean;
}

export interface Cast {
  readonly people: readonly CastPerson[];
  readonly groups: readonly CastGroup[];
}

/** What office.yaml holds, checked. */
export interface LoadedOffice {
  readonly office: Office;
  readonly staff: readonly StaffMember[];
  readonly simulator: Cast;
  /** What only the office knows, as far as it is known. */
  readonly filled: Filled;
  readonly dialled: Dialled;
}

/** Where a file stands, and the path that faults name. */
export interface Place {
  readonly path: string;
  readonly shown: string;
}

const word = z.string().trim().min(1);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens, e.g. koto-dua-baru');
const villageId = slug.transform((id) => id as VillageId);

/** "08.00" -> minutes since midnight. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3])[.:][0-5]\d$|^24[.:]00$/, 'must be a time in quotes, such as "08.00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** International numbers have at most 15 digits and never begin with 0 (ITU-T E.164). */
const phoneNumber = z
  .string('must be a number in quotes, such as "62..."')
  .regex(/^[1-9]\d{7,14}$/, 'must be 8 to 15 digits beginning with the country code, without +, spaces or hyphens');

/** Behind the country codes 62 and 60 no subscriber's number begins with 0 (ITU-T E.164: the trunk prefix is left out). */
const impossibleNumber = phoneNumber.regex(/^6[02]0/, 'must be a number that cannot exist: 620... or 600...');

const minutes = z.int().min(1).max(1440);

const hours = z
  .strictObject({
    days: z.array(z.int().min(1).max(7)).min(1).refine(areDistinct, 'names a day twice'),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from < to, 'from must be earlier than to');

const ladder = z
  .strictObject({
    urgent_minutes: minutes,
    ordinary_minutes: minutes,
    repeat_minutes: minutes,
    rungs: z
      .array(z.enum(['other-officers', 'head']))
      .min(1)
      .refine(areDistinct, 'names a rung twice'),
  })
  .transform((read) => ({
    urgentMinutes: read.urgent_minutes,
    ordinaryMinutes: read.ordinary_minutes,
    repeatMinutes: read.repeat_minutes,
    rungs: read.rungs,
  }));

const village = z.strictObject({ id: villageId, name: word, district: word, aliases: z.array(word).default([]) });

const STAFF_ROLES = ['officer', 'official', 'head', 'admin'] as const;

const staffMember = z.strictObject({
  name: word,
  number: phoneNumber,
  role: z.enum(STAFF_ROLES),
  village: villageId.optional(),
  second_contact: z.boolean().default(false),
});

const castPerson = z.strictObject({
  id: slug,
  name: word,
  number: impossibleNumber,
  role: z.enum(['villager', ...STAFF_ROLES]),
  village: villageId.optional(),
  groups: z.array(slug).default([]),
  second_contact: z.boolean().default(false),
});

const castGroup = z
  .strictObject({ id: slug, name: word, village: villageId.optional(), officers: z.boolean().default(false) })
  .refine((group) => (group.village !== undefined) !== group.officers, 'needs either a village or officers: true');

const SCHEMAS = {
  name: word,
  hours,
  ladder,
  villages: z.array(village).min(1),
  staff: z.array(staffMember),
  facts: factsSchema,
  numbers: numbersSchema,
  simulator: z.strictObject({ people: z.array(castPerson), groups: z.array(castGroup) }),
} as const;

type Key = keyof typeof SCHEMAS;
/** An office that knows nothing yet need not say so. */
const OPTIONAL: readonly Key[] = ['facts', 'numbers'];
type Values = { [K in Key]?: z.output<(typeof SCHEMAS)[K]> };
/** The values of both files laid over each other, and which file each came from. */
interface Merged {
  readonly values: Values;
  readonly from: { [K in Key]?: Opened };
}

function areDistinct(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}

/**
 * Reads the shipped office.yaml and lays the local one over it, top-level key by top-level key.
 * @returns the office, or undefined after adding every fault of both files to `faults`
 */
export function loadOffice(shipped: Place, local: Place, faults: Fault[]): LoadedOffice | undefined {
  const before = faults.length;
  const merged: Merged = { values: {}, from: {} };
  // What the local file replaces is still read in the shipped one, so that a fault there does not wait for its day.
  layOver(merged, shipped, faults);
  if (existsSync(local.path)) layOver(merged, local, faults);
  if (faults.length === before)
    for (const key of Object.keys(SCHEMAS) as Key[])
      if (merged.values[key] === undefined && !OPTIONAL.includes(key))
        faults.push(`${shipped.shown}:1: ${key}: is missing`);
  faults.push(...crossFaults(merged));
  const { name, hours, ladder, villages, staff, facts = {}, numbers = {}, simulator } = merged.values;
  if (faults.length > before || !name || !hours || !ladder || !villages || !staff || !facts || !numbers || !simulator)
    return undefined;
  return {
    office: { name, hours, ladder, villages },
    filled: filledBy(facts, numbers),
    dialled: dialledBy(facts, numbers),
    // The office's own people become active by writing `mulai` themselves.
    staff: staff.map((member) => ({ ...person(member), role: member.role, active: false })),
    simulator: {
      people: simulator.people.map((member) => ({
        ...person(member),
        id: member.id,
        role: member.role,
        groups: member.groups,
        active: member.role !== 'villager',
      })),
      groups: simulator.groups.map(({ id, name, officers, village }) => ({
        id,
        name,
        officers,
        ...(village === undefined ? {} : { village }),
      })),
    },
  };
}

function person(read: { name: string; number: string; village?: VillageId | undefined; second_contact: boolean }) {
  return {
    name: read.name,
    number: read.number,
    secondContact: read.second_contact,
    ...(read.village === undefined ? {} : { village: read.village }),
  };
}

/** Reads one file and puts each key that is right over what was there. */
function layOver(merged: Merged, { path, shown }: Place, faults: Fault[]): void {
  const text = readText(path, shown, faults);
  const opened = text === undefined ? undefined : openYaml(shown, text, faults);
  if (!opened) return;
  // A file with nothing but comments says nothing, which a local file may.
  const keys =
    checkOpened(opened, z.record(z.string(), z.unknown(), 'must be a block of keys').nullable(), faults) ?? {};
  for (const key of Object.keys(keys)) {
    if (!(key in SCHEMAS)) faults.push(faultAt(opened, [key], 'is not a known key'));
    else take(merged, key as Key, opened, faults);
  }
}

function take<K extends Key>(merged: Merged, key: K, opened: Opened, faults: Fault[]): void {
  const value = checkOpened(opened, SCHEMAS[key], faults, [key]);
  // A faulty key hides what it replaces: checking the old value against new villages would only mislead.
  merged.values[key] = value as Values[K];
  merged.from[key] = opened;
}

/** Faults that only show when keys are seen together. */
function crossFaults({ values, from }: Merged): Fault[] {
  const faults: Fault[] = [];
  const { villages, staff, simulator } = values;
  const say = (key: Key, path: readonly PropertyKey[], what: string) => {
    const opened = from[key];
    if (opened) faults.push(faultAt(opened, [key, ...path], what));
  };
  if (villages) {
    for (const at of repeated(villages.map(({ id }) => id))) say('villages', [at, 'id'], 'is used twice');
    const names = villages.flatMap(({ name, aliases }, at) => [
      { name, path: [at, 'name'] },
      ...aliases.map((alias, index) => ({ name: alias, path: [at, 'aliases', index] })),
    ]);
    for (const at of repeated(names.map(({ name }) => name.toLowerCase())))
      say('villages', names[at]?.path ?? [], 'this name or alias is used twice');
  }
  const knownVillage = (key: Key, path: readonly PropertyKey[], id: VillageId | undefined) => {
    if (!villages || id === undefined || villages.some((known) => known.id === id)) return;
    const where = from.villages && from.villages !== from[key] ? `; the villages stand in ${from.villages.file}` : '';
    say(key, path, `there is no village ${id}${where}`);
  };
  if (staff) peopleFaults(staff, (path, what) => say('staff', path, what));
  staff?.forEach(({ village }, at) => {
    knownVillage('staff', [at, 'village'], village);
  });
  if (simulator) {
    const { people, groups } = simulator;
    peopleFaults(people, (path, what) => say('simulator', ['people', ...path], what));
    for (const at of repeated(people.map(({ id }) => id))) say('simulator', ['people', at, 'id'], 'is used twice');
    for (const at of repeated(groups.map(({ id }) => id))) say('simulator', ['groups', at, 'id'], 'is used twice');
    groups.forEach(({ village }, at) => {
      knownVillage('simulator', ['groups', at, 'village'], village);
    });
    people.forEach((member, at) => {
      knownVillage('simulator', ['people', at, 'village'], member.village);
      member.groups.forEach((id, index) => {
        if (!groups.some((group) => group.id === id))
          say('simulator', ['people', at, 'groups', index], `there is no group ${id}`);
      });
    });
    groups
      .map(({ officers }, at) => ({ officers, at }))
      .filter(({ officers }) => officers)
      .slice(1)
      .forEach(({ at }) => {
        say('simulator', ['groups', at, 'officers'], 'there is already an officers group');
      });
  }
  return faults;
}

interface Checkable {
  readonly number: string;
  readonly role: Role;
  readonly village?: VillageId | undefined;
  readonly second_contact: boolean;
}

/** What must hold for any list of people who have roles. */
function peopleFaults(people: readonly Checkable[], say: (path: readonly PropertyKey[], what: string) => void): void {
  for (const at of repeated(people.map(({ number }) => number))) say([at, 'number'], 'is used twice');
  let seconds = 0;
  people.forEach((member, at) => {
    if (member.role === 'official' && member.village === undefined) say([at], 'an official needs a village');
    if (!member.second_contact) return;
    seconds++;
    if (seconds > 1) say([at, 'second_contact'], 'there is already a second contact');
    // The second contact hears what names the head, so the head, and whoever is not of the office, cannot be it.
    if (member.role !== 'officer' && member.role !== 'admin')
      say([at, 'second_contact'], 'only an officer or an admin can be the second contact');
  });
}

/** Positions of entries that stand earlier in the list already. */
function repeated(list: readonly string[]): number[] {
  return list.flatMap((entry, at) => (list.indexOf(entry) < at ? [at] : []));
}
