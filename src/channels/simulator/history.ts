// What has happened in the simulated world: every chat's messages, reactions, acks and members, read from the diary and added to it.

import { join } from 'node:path';
import type { Address, Attachment, MessageId, Millis } from '../../core/types.ts';
import type { Ack } from '../channel.ts';
import { openDiary } from './diary.ts';
import { chatsOf, type SimulatedChat, type World } from './world.ts';

/** What `from` says of the bot's own messages and reactions. */
export const BOT = 'bot';

/** A message as it stands in a chat. */
export interface SimulatedMessage {
  readonly id: MessageId;
  /** The chat's id as the world names it. */
  readonly chat: string;
  /** A person's id, or `bot`. */
  readonly from: string;
  readonly text: string;
  readonly at: Millis;
  readonly quote: MessageId | null;
  readonly media: Attachment | null;
  readonly reactions: readonly SimulatedReaction[];
  /** For the bot's: its ack. For a person's: 1 waits for the bot, 2 the bot heard it, 3 the bot has spoken since. */
  readonly ticks: 0 | 1 | 2 | 3;
}

export interface SimulatedReaction {
  readonly from: string;
  readonly emoji: string;
}

/** One thing that happened. */
export type Line =
  | {
      readonly is: 'message';
      readonly id: MessageId;
      readonly chat: string;
      readonly from: string;
      readonly text: string;
      readonly at: Millis;
      readonly quote?: MessageId;
      readonly mentionsBot?: true;
      readonly media?: Attachment;
    }
  | { readonly is: 'heard'; readonly id: MessageId }
  | { readonly is: 'ack'; readonly id: MessageId; readonly ack: Ack }
  | { readonly is: 'read'; readonly chat: string }
  | { readonly is: 'reaction'; readonly id: MessageId; readonly from: string; readonly emoji: string }
  | { readonly is: 'member'; readonly group: string; readonly person: string; readonly inside: boolean };

/** A message and what has become of it. */
export interface Kept {
  readonly line: Extract<Line, { is: 'message' }>;
  readonly room: Room;
  /** Its place in its chat. */
  readonly place: number;
  heard: boolean;
  ack: Ack;
}

/** What stands in one chat. */
export interface Room {
  readonly chat: SimulatedChat;
  readonly messages: Kept[];
  readonly members: Set<string>;
  /** Place of the bot's last message. */
  lastSpoken: number;
}

/**
 * Reads the history kept in `folder`. `changed` hears the chat of everything recorded from now on.
 * Throws where the diary is damaged.
 */
export function openHistory(world: World, folder: string, changed: (chat: string) => void) {
  const people = new Set(world.people.map((person) => person.id));
  const rooms = new Map<string, Room>();
  const byAddress = new Map<Address, Room>();
  for (const chat of chatsOf(world)) {
    const members = world.people.filter(({ id, groups }) => id === chat.person || groups.includes(chat.id));
    const room: Room = { chat, messages: [], members: new Set(members.map(({ id }) => id)), lastSpoken: -1 };
    rooms.set(chat.id, room);
    byAddress.set(chat.address, room);
  }
  /** Every message in the order in which it came. */
  const everything: Kept[] = [];
  // A text sent twice under one id is kept twice: a double has to be visible here.
  const byId = new Map<string, Kept[]>();
  const reactions = new Map<string, Map<string, string>>();
  const attachments = new Map<string, Attachment>();

  const addMessage = (line: Extract<Line, { is: 'message' }>) => {
    const room = rooms.get(line.chat);
    // Who has left the cast since took his words along.
    if (!room || (line.from !== BOT && !people.has(line.from))) return;
    const kept: Kept = { line, room, place: room.messages.length, heard: false, ack: 0 };
    room.messages.push(kept);
    everything.push(kept);
    if (line.from === BOT) room.lastSpoken = kept.place;
    const same = byId.get(line.id);
    if (same) same.push(kept);
    else byId.set(line.id, [kept]);
    if (line.media?.ref) attachments.set(line.media.ref, line.media);
  };

  const apply = (line: Line) => {
    switch (line.is) {
      case 'message':
        return addMessage(line);
      case 'heard':
        for (const kept of byId.get(line.id) ?? []) kept.heard = true;
        return;
      case 'ack':
        for (const kept of byId.get(line.id) ?? []) kept.ack = Math.max(kept.ack, line.ack) as Ack;
        return;
      case 'read':
        for (const kept of unreadIn(line.chat)) kept.ack = 3;
        return;
      case 'reaction': {
        const given = reactions.get(line.id) ?? new Map<string, string>();
        given.delete(line.from);
        if (line.emoji) given.set(line.from, line.emoji);
        reactions.set(line.id, given);
        return;
      }
      case 'member': {
        const members = rooms.get(line.group)?.members;
        if (line.inside) members?.add(line.person);
        else members?.delete(line.person);
        return;
      }
      default:
        line satisfies never;
    }
  };

  /** The bot's messages that are on the phone and not read yet, oldest first. */
  const unreadIn = (chat: string): Kept[] => {
    const found: Kept[] = [];
    const messages = rooms.get(chat)?.messages ?? [];
    for (let place = messages.length - 1; place >= 0; place--) {
      const kept = messages[place] as Kept;
      if (kept.line.from !== BOT) continue;
      if (kept.ack === 3) break;
      if (kept.ack === 2) found.push(kept);
    }
    return found.reverse();
  };

  const diary = openDiary<Line>(join(folder, 'diary.jsonl'));
  for (const line of diary.lines) apply(line);

  /** The emoji by who gave it. */
  const reactionsOn = (message: string): ReadonlyMap<string, string> => reactions.get(message) ?? new Map();

  const ticksOf = ({ line, room, place, heard, ack }: Kept): SimulatedMessage['ticks'] => {
    if (line.from === BOT) return Math.max(0, ack) as SimulatedMessage['ticks'];
    if (!heard) return 1;
    return room.lastSpoken > place || reactionsOn(line.id).has(BOT) ? 3 : 2;
  };

  return {
    rooms: rooms as ReadonlyMap<string, Room>,
    roomAt: (address: Address) => byAddress.get(address),
    everything: everything as readonly Kept[],
    /** Every message under this id; more than one where it was sent twice. */
    allUnder: (id: string): readonly Kept[] => byId.get(id) ?? [],
    attachment: (ref: string) => attachments.get(ref),
    unreadIn,
    reactionsOn,
    /** How many ids there are, for making the next one. */
    size: () => byId.size,

    /** Writes a line down; once this returns it is safe from a kill. Throws where the disk does not take it: then nothing happened. */
    record(line: Line, chat: string): void {
      diary.append(line);
      apply(line);
      changed(chat);
    },

    shown(kept: Kept): SimulatedMessage {
      const { id, chat, from, text, at, quote, media } = kept.line;
      const given = [...reactionsOn(id)].map(([by, emoji]) => ({ from: by, emoji }));
      const shown = { id, chat, from, text, at, quote: quote ?? null, media: media ?? null, reactions: given };
      return { ...shown, ticks: ticksOf(kept) };
    },
  };
}
