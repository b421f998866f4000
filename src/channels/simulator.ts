// The simulator: a channel that behaves like WhatsApp, with invented people, on this machine alone.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Address, Attachment, Event, MessageId, Millis } from '../core/types.ts';
import type { Ack, Channel, ChannelListener, OutgoingText } from './channel.ts';
import { openDiary } from './simulator/diary.ts';
import { type IncomingMedia, openMediaFolder, readMedia } from './simulator/media.ts';
import { Refusal } from './simulator/refusal.ts';
import { chatsOf, privateChatOf, type SimulatedChat, type World, type WorldPerson } from './simulator/world.ts';

export { openClock, type SimulatorClock } from './simulator/clock.ts';
export { type IncomingMedia, MEDIA_LIMIT } from './simulator/media.ts';
export { Refusal } from './simulator/refusal.ts';
export type { SimulatedChat, World, WorldGroup, WorldPerson } from './simulator/world.ts';

/** The longest text a message may have, in characters: WhatsApp's own limit (65,536). */
export const TEXT_LIMIT = 65_536;
/** What `from` says of the bot's own messages and reactions. */
export const BOT = 'bot';

/** What a person writes. */
export interface Post {
  /** A chat's id, or `private` for the writer's own chat with the bot. */
  readonly chat: string;
  readonly from: string;
  readonly text: string;
  readonly quote?: string | undefined;
  readonly mentionsBot?: boolean | undefined;
  readonly media?: IncomingMedia | undefined;
}

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

/** Trouble on the way out, for tests; each holds until it is taken back. */
export interface Faults {
  /** The text arrives, yet `send` throws, and no ack is told. */
  sendThrowsAfterStoring?: boolean;
  /** `send` throws and nothing arrives. */
  sendThrowsBefore?: boolean;
  /** The text arrives, and no ack is ever told. */
  neverAck?: boolean;
  /** `send` never returns and nothing arrives. */
  hang?: boolean;
}

export interface Simulator extends Channel {
  readonly people: readonly WorldPerson[];
  readonly chats: readonly SimulatedChat[];
  /** The chats a person sees: his own with the bot first, then his groups. Throws a Refusal for a stranger to this world. */
  chatsFor(person: string): SimulatedChat[];
  /** Ids of who is in a group. */
  membersOf(group: string): string[];
  /** Lets a person join or leave a group. */
  setMember(group: string, person: string, inside: boolean): void;
  /** A person writes. Kept first, then told to the listener. Throws a Refusal where a messenger would not let him. */
  post(post: Post): MessageId;
  /** A person reacts; the latest counts, `''` takes it back. Reaches the listener only while it listens, as in WhatsApp. */
  reactAs(person: string, message: string, emoji: string): void;
  /** A chat's messages, oldest first; a text that was sent twice stands there twice. Throws a Refusal for an unknown chat. */
  messages(chat: string, options?: { readonly after?: string; readonly last?: number }): SimulatedMessage[];
  /** How many messages a chat holds. */
  countIn(chat: string): number;
  reactionsOn(message: string): SimulatedReaction[];
  /** What was sent along under this ref. */
  media(ref: string): { attachment: Attachment; content: Uint8Array } | undefined;
  /** Tells the id of each chat in which something changed. Returns the way to stop listening. */
  subscribe(changed: (chat: string) => void): () => void;
  readonly faults: Faults;
}

type Line =
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

interface Kept {
  readonly line: Extract<Line, { is: 'message' }>;
  /** Its place in its chat. */
  readonly place: number;
  heard: boolean;
  ack: Ack;
}

/** What stands in one chat. */
interface Room {
  readonly chat: SimulatedChat;
  readonly messages: Kept[];
  readonly members: Set<string>;
  /** Place of the bot's last message. */
  lastSpoken: number;
}

/**
 * Opens the simulated world kept in `folder`; `now` is its clock.
 * `failed` hears what the listener threw, with the message it was about.
 * Throws where the folder cannot be read or written.
 */
export function openSimulator(options: {
  readonly world: World;
  readonly folder: string;
  readonly now: () => Millis;
  readonly failed?: (error: unknown, message: MessageId) => void;
}): Simulator {
  const { world, now, failed } = options;
  const people = new Map(world.people.map((person) => [person.id, person]));
  const rooms = new Map<string, Room>();
  const byAddress = new Map<Address, Room>();
  for (const chat of chatsOf(world)) {
    const members = world.people.filter((p) => p.id === chat.person || p.groups.includes(chat.id)).map((p) => p.id);
    const room: Room = { chat, messages: [], members: new Set(members), lastSpoken: -1 };
    rooms.set(chat.id, room);
    byAddress.set(chat.address, room);
  }
  /** Every message in the order in which it came. */
  const everything: Kept[] = [];
  // A text sent twice under one id is kept twice: a double has to be visible here.
  const byId = new Map<string, Kept[]>();
  const reactions = new Map<string, Map<string, string>>();
  const media = openMediaFolder(join(options.folder, 'media'));
  const attachments = new Map<string, Attachment>();
  const subscribers = new Set<(chat: string) => void>();
  const faults: Faults = {};
  let listener: ChannelListener | undefined;

  // ---- what happened, and what it leaves behind

  const apply = (line: Line) => {
    switch (line.is) {
      case 'message': {
        const room = rooms.get(line.chat);
        // Who has left the cast since took his words along.
        if (!room || (line.from !== BOT && !people.has(line.from))) return;
        const kept: Kept = { line, place: room.messages.length, heard: false, ack: 0 };
        room.messages.push(kept);
        everything.push(kept);
        if (line.from === BOT) room.lastSpoken = kept.place;
        const same = byId.get(line.id);
        if (same) same.push(kept);
        else byId.set(line.id, [kept]);
        if (line.media?.ref) attachments.set(line.media.ref, line.media);
        return;
      }
      case 'heard':
        for (const kept of byId.get(line.id) ?? []) kept.heard = true;
        return;
      case 'ack':
        for (const kept of byId.get(line.id) ?? []) kept.ack = line.ack;
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

  /** The bot's messages that are on the phone and not read yet, newest first. */
  const unreadIn = (chat: string): Kept[] => {
    const found: Kept[] = [];
    const messages = rooms.get(chat)?.messages ?? [];
    for (let place = messages.length - 1; place >= 0; place--) {
      const kept = messages[place] as Kept;
      if (kept.line.from !== BOT) continue;
      if (kept.ack === 3) break;
      if (kept.ack === 2) found.push(kept);
    }
    return found;
  };

  const diary = openDiary<Line>(join(options.folder, 'diary.jsonl'));
  for (const line of diary.lines) apply(line);

  const record = (line: Line, chat: string) => {
    diary.append(line);
    apply(line);
    for (const changed of subscribers) changed(chat);
  };

  // ---- telling the listener

  /** True when the listener took it. */
  const tell = (message: MessageId, what: (to: ChannelListener) => void): boolean => {
    if (!listener) return false;
    try {
      what(listener);
      return true;
    } catch (error) {
      failed?.(error, message);
      return false;
    }
  };

  const eventOf = ({ line }: Kept): Event => {
    const { chat } = roomOf(line.chat);
    const writer = personOf(line.from);
    const group = chat.kind === 'group';
    return {
      kind: 'message',
      id: line.id,
      chat: chat.address,
      chatKind: chat.kind,
      ...(group ? { chatName: chat.name } : {}),
      from: writer.number as Address,
      name: writer.name,
      text: line.text,
      at: line.at,
      ...(line.quote ? { quote: line.quote } : {}),
      mentionsBot: line.mentionsBot ?? false,
      attachments: line.media ? [line.media] : [],
      ...(group ? {} : { sharedGroups: groupsOf(writer.id).map((room) => room.chat.address) }),
    };
  };

  const deliver = (kept: Kept) => {
    const { id, chat } = kept.line;
    if (tell(id, (to) => to.hear(eventOf(kept)))) record({ is: 'heard', id }, chat);
  };

  /** The phone shows as read what was written before its owner writes or reacts. */
  const markRead = ({ chat }: Room) => {
    if (chat.kind !== 'private') return;
    const unread = unreadIn(chat.id);
    if (unread.length === 0) return;
    record({ is: 'read', chat: chat.id }, chat.id);
    for (const { line } of unread.reverse()) tell(line.id, (to) => to.acked(line.id, 3));
  };

  /** The acks of a text, each in a turn of its own, as they would come from the network. */
  const ackLater = (id: MessageId, chat: string) => {
    const later = (ack: 1 | 2, then?: () => void) =>
      setImmediate(() => {
        const known = byId.get(id)?.[0];
        if (!known || known.ack >= ack) return then?.();
        record({ is: 'ack', id, ack }, chat);
        tell(id, (to) => to.acked(id, ack));
        then?.();
      });
    later(1, () => later(2));
  };

  // ---- looking things up, or saying no

  const roomOf = (chat: string): Room => {
    const room = rooms.get(chat);
    if (!room) throw new Refusal(`Unknown chat: ${chat}`);
    return room;
  };
  const personOf = (id: string): WorldPerson => {
    const person = people.get(id);
    if (!person) throw new Refusal(`Unknown person: ${id}`);
    return person;
  };
  const messageOf = (id: string): Kept => {
    const kept = byId.get(id)?.[0];
    if (!kept) throw new Refusal(`Unknown message: ${id}`);
    return kept;
  };
  const mayWrite = (room: Room, person: WorldPerson) => {
    if (room.members.has(person.id)) return;
    throw new Refusal(
      room.chat.kind === 'group'
        ? `${person.id} is not in the group ${room.chat.id}.`
        : `${room.chat.id} is not ${person.id}'s own chat with the bot.`,
    );
  };
  const groupsOf = (person: string): Room[] =>
    [...rooms.values()].filter(({ chat, members }) => chat.kind === 'group' && members.has(person));
  const roomAt = (address: Address): Room => {
    const room = byAddress.get(address);
    if (!room) throw new Error('There is no such chat in the simulator.');
    return room;
  };

  const ticksOf = (kept: Kept): SimulatedMessage['ticks'] => {
    if (kept.line.from === BOT) return Math.max(0, kept.ack) as SimulatedMessage['ticks'];
    if (!kept.heard) return 1;
    const answered = roomOf(kept.line.chat).lastSpoken > kept.place || reactions.get(kept.line.id)?.has(BOT);
    return answered ? 3 : 2;
  };

  const reactionsOn = (message: string): SimulatedReaction[] =>
    [...(reactions.get(message) ?? [])].map(([from, emoji]) => ({ from, emoji }));

  const shown = (kept: Kept): SimulatedMessage => {
    const { id, chat, from, text, at, quote, media } = kept.line;
    const ticks = ticksOf(kept);
    return { id, chat, from, text, at, quote: quote ?? null, media: media ?? null, reactions: reactionsOn(id), ticks };
  };

  /** In the shape of an id that a phone makes, and never the same twice. */
  const newId = (seed: string): MessageId => {
    for (let round = byId.size; ; round++) {
      const hash = createHash('sha256').update(`${round}|${seed}`).digest('hex');
      const id = `3A${hash.slice(0, 30).toUpperCase()}` as MessageId;
      if (!byId.has(id)) return id;
    }
  };

  return {
    people: world.people,
    chats: [...rooms.values()].map((room) => room.chat),
    faults,

    async start(to) {
      listener = to;
      // The network went on while the bot was away; nobody tells it of that, it has to look it up.
      for (const { line, ack } of everything) {
        if (line.from === BOT && ack < 2) record({ is: 'ack', id: line.id, ack: 2 }, line.chat);
      }
      for (const kept of everything.filter(({ line, heard }) => line.from !== BOT && !heard)) deliver(kept);
    },

    async stop() {
      listener = undefined;
    },

    state: () => ({ name: 'simulator', state: listener ? 'ready' : 'down' }),

    async send(message: OutgoingText) {
      if (faults.sendThrowsBefore) throw new Error('The simulator was told to fail before sending.');
      if (faults.hang) return new Promise<void>(() => {});
      const { chat } = roomAt(message.chat);
      const quote = message.quote ? { quote: message.quote } : {};
      const line: Line = {
        is: 'message',
        id: message.id,
        chat: chat.id,
        from: BOT,
        text: message.text,
        at: now(),
        ...quote,
      };
      record(line, chat.id);
      if (faults.sendThrowsAfterStoring) throw new Error('The simulator was told to fail after sending.');
      if (!faults.neverAck) ackLater(message.id, chat.id);
    },

    async lookUp(id, chat) {
      const room = byAddress.get(chat);
      const kept = byId.get(id)?.find(({ line }) => line.from === BOT && line.chat === room?.chat.id);
      // What stands in the chat has reached the network, whether or not its ack was told.
      return kept && (Math.max(1, kept.ack) as Ack);
    },

    async react(message, chat, emoji) {
      const room = roomAt(chat);
      if (messageOf(message).line.chat !== room.chat.id) throw new Error('That message is not in this chat.');
      if (reactions.get(message)?.get(BOT) === emoji) return;
      record({ is: 'reaction', id: message, from: BOT, emoji }, room.chat.id);
    },

    async fetchMedia(attachment) {
      return attachment.ref === undefined ? undefined : media.fetch(attachment.ref);
    },

    chatsFor(person) {
      const { id } = personOf(person);
      return [roomOf(privateChatOf(id)), ...groupsOf(id)].map((room) => room.chat);
    },

    membersOf: (group) => [...roomOf(group).members],

    setMember(group, person, inside) {
      const room = roomOf(group);
      if (room.chat.kind !== 'group') throw new Refusal(`${group} is not a group.`);
      record({ is: 'member', group, person: personOf(person).id, inside }, group);
    },

    post(post) {
      const writer = personOf(post.from);
      const room = roomOf(post.chat === 'private' ? privateChatOf(writer.id) : post.chat);
      mayWrite(room, writer);
      if (post.text.length > TEXT_LIMIT) {
        throw new Refusal(`The text is too long: ${post.text.length} characters, at most ${TEXT_LIMIT} are accepted.`);
      }
      if (post.text.trim() === '' && !post.media) throw new Refusal('A message needs a text or media.');
      if (post.quote && messageOf(post.quote).line.chat !== room.chat.id) {
        throw new Refusal(`The quoted message is not in this chat: ${post.quote}`);
      }
      const at = now();
      const id = newId(`${room.chat.id}|${writer.id}|${at}`);
      const sentAlong = post.media && readMedia(post.media);
      if (sentAlong) media.keep(id, sentAlong.content);
      const line: Line = {
        is: 'message',
        id,
        chat: room.chat.id,
        from: writer.id,
        text: post.text,
        at,
        ...(post.quote ? { quote: post.quote as MessageId } : {}),
        ...(post.mentionsBot || /(^|\s)@bot\b/i.test(post.text) ? { mentionsBot: true } : {}),
        ...(sentAlong ? { media: { ...sentAlong.attachment, ref: id } } : {}),
      };
      record(line, room.chat.id);
      markRead(room);
      const kept = byId.get(id)?.[0];
      if (kept) deliver(kept);
      return id;
    },

    reactAs(person, message, emoji) {
      const { line } = messageOf(message);
      const room = roomOf(line.chat);
      const giver = personOf(person);
      mayWrite(room, giver);
      if ((reactions.get(message)?.get(giver.id) ?? '') === emoji) return;
      record({ is: 'reaction', id: line.id, from: giver.id, emoji }, room.chat.id);
      markRead(room);
      const { address, kind } = room.chat;
      const from = giver.number as Address;
      tell(line.id, (to) =>
        to.hear({ kind: 'reaction', message: line.id, chat: address, chatKind: kind, from, emoji, at: now() }),
      );
    },

    messages(chat, { after, last } = {}) {
      const { messages } = roomOf(chat);
      let from = 0;
      if (after !== undefined) {
        // After the first of its name: a text that was sent twice stays in sight.
        const known = byId.get(after)?.find(({ line }) => line.chat === chat);
        if (!known) throw new Refusal(`Unknown message in this chat: ${after}`);
        from = known.place + 1;
      }
      if (last !== undefined) from = Math.max(from, messages.length - last);
      return messages.slice(from).map(shown);
    },

    countIn: (chat) => roomOf(chat).messages.length,

    reactionsOn,

    media(ref) {
      const attachment = attachments.get(ref);
      const content = attachment && media.fetch(ref);
      return content && { attachment, content };
    },

    subscribe(changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
  };
}
