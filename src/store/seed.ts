// What files and settings say of people and groups, brought into the database at start.

import { DAILIES, nextDaily } from '../core/daily.ts';
import type { Address, Millis, Role, VillageId } from '../core/types.ts';
import type { Database } from './database.ts';

export interface PersonSeed {
  readonly name: string;
  readonly address: Address;
  readonly role: Role;
  readonly village?: VillageId;
  readonly secondContact?: boolean;
  readonly active: boolean;
}

export interface GroupSeed {
  readonly name: string;
  readonly address: Address;
  readonly village?: VillageId;
  readonly officers?: boolean;
}

/** The file rules over role, name and village; who once became active stays so. Who left the file is a villager again. */
export function seedStaff(db: Database, staff: readonly PersonSeed[], newId: () => string): void {
  db.transaction(() => {
    db.run(
      "UPDATE people SET role = 'villager', name = NULL, village = NULL, second_contact = 0 WHERE role <> 'villager'",
    );
    for (const person of staff) {
      db.run(
        `INSERT INTO people (id, address, role, name, village, active, second_contact) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (address) DO UPDATE SET role = excluded.role, name = excluded.name, village = excluded.village,
           active = max(active, excluded.active), second_contact = excluded.second_contact`,
        newId(),
        person.address,
        person.role,
        person.name,
        person.village ?? null,
        person.active ? 1 : 0,
        person.secondContact ? 1 : 0,
      );
    }
  });
}

/** Groups known from the start; one that an admin has tied since keeps his word. */
export function seedGroups(db: Database, groups: readonly GroupSeed[], newId: () => string): void {
  db.transaction(() => {
    for (const group of groups) {
      db.run(
        "INSERT INTO chats (id, address, kind, name, village, officers) VALUES (?, ?, 'group', ?, ?, ?) ON CONFLICT (address) DO NOTHING",
        newId(),
        group.address,
        group.name,
        group.village ?? null,
        group.officers ? 1 : 0,
      );
    }
  });
}

/**
 * When that which comes every day comes first, where that is not yet known.
 * @param now of the office's clock, in UTC milliseconds
 */
export function seedDailies(db: Database, now: Millis): void {
  db.transaction(() => {
    for (const what of DAILIES) {
      db.run(
        'INSERT INTO daily (what, due_at) VALUES (?, ?) ON CONFLICT (what) DO NOTHING',
        what,
        nextDaily(what, now),
      );
    }
  });
}
