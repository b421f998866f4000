// The simulated world: who is in it and which chats there are. Plain data, made from the cast.

import type { Address, Role } from '../../core/types.ts';

/** The cast as `data/office.yaml` tells it. */
export interface World {
  readonly people: readonly WorldPerson[];
  readonly groups: readonly WorldGroup[];
}

export interface WorldPerson {
  readonly id: string;
  readonly name: string;
  /** Digits of a number that cannot exist; it is his address on the channel. */
  readonly number: string;
  readonly role: Role;
  readonly village?: string | undefined;
  /** Ids of the groups he is in. */
  readonly groups: readonly string[];
  readonly secondContact?: boolean | undefined;
}

export interface WorldGroup {
  readonly id: string;
  readonly name: string;
  readonly village?: string | undefined;
  readonly officers?: boolean | undefined;
}

/** A chat as scripts and the page name it: a group's own id, or `private:PERSON`. */
export interface SimulatedChat {
  readonly id: string;
  readonly address: Address;
  readonly kind: 'group' | 'private';
  readonly name: string;
  readonly village: string | null;
  /** Whose chat with the bot it is; only for a private one. */
  readonly person?: string;
}

/** `private:ani` for `ani`. */
export const privateChatOf = (person: string): string => `private:${person}`;

/** Every chat of a world: its groups, then one private chat with the bot for each person. */
export function chatsOf(world: World): SimulatedChat[] {
  return [
    ...world.groups.map(
      (group): SimulatedChat => ({
        id: group.id,
        address: group.id as Address,
        kind: 'group',
        name: group.name,
        village: group.village ?? null,
      }),
    ),
    ...world.people.map(
      (person): SimulatedChat => ({
        id: privateChatOf(person.id),
        address: person.number as Address,
        kind: 'private',
        name: person.name,
        village: person.village ?? null,
        person: person.id,
      }),
    ),
  ];
}
