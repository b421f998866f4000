// The simulator: a channel that behaves like WhatsApp, with invented people, on this machine alone.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Address, Event, MessageId, Millis } from '../core/types.ts';
import type { Ack, Channel, ChannelListener, Outgoing } from './channel.ts';
import {
  BOT,
  type Kept,
  type Line,
  openHistory,
  type Room,
  type SimulatedMessage,
  type SimulatedReaction,
} from './simulator/history.ts';
import { type FoundMedia, type IncomingMedia, openMediaFolder, readMedia, readOutgoing } from './simulator/media.ts';
import { Refusal } from './simulator/refusal.ts';
import { privateChatOf, type SimulatedChat, type World, type WorldPerson } from './simulator/world.ts';

export { openClock, type SimulatorClock } from './simulator/clock.ts';
export { BOT, type SimulatedMessage, type SimulatedReaction } from './simulator/history.ts';
export { type IncomingMedia, MEDIA_LIMIT } from './simulator/media.ts';
export { Refusal } from './simulator/refusal.ts';
export type { SimulatedChat, World, WorldGroup, WorldPerson } from './simulator/world.ts';

/** The longest text a message may have, in characters: WhatsApp's own limit (65,536). */
export const TEXT_LIMIT = 65_536;
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
  media(ref: string): FoundMedia | undefined;
  /** Tells the id of each chat in which something changed. Returns the way to stop listening. */
  subscribe(changed: (chat: string) => void): () => void;
  readonly faults: Faults;
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
  const subscribers = new Set<(chat: string) => void>();
  const history = openHistory(world, options.folder, (chat) => {
    for (const changed of subscribers) changed(chat);
  });
  const { rooms, record } = history;
  const media = openMediaFolder(join(options.folder, 'media'));
  const faults: Faults = {};
  let listener: ChannelListener | undefined;

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

  const eventOf = ({ line, room: { chat } }: Kept): Event => {
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
    const unread = history.unreadIn(chat.id);
    if (unread.length === 0) return;
    record({ is: 'read', chat: chat.id }, chat.id);
    for (const { line } of unread) tell(line.id, (to) => to.acked(line.id, 3));
  };

  /** The acks of a text, each in a turn of its own, as they would come from the network. */
  const ackLater = (id: MessageId, chat: string) => {
    const later = (ack: 1 | 2, then?: () => void) =>
      setImmediate(() => {
        if ((history.allUnder(id).at(-1)?.ack ?? 0) < ack) {
          try {
            record({ is: 'ack', id, ack }, chat);
          } catch (error) {
            // Without a trace on disk it is no proof: nothing is told.
            failed?.(error, id);
            return;
          }
          tell(id, (to) => to.acked(id, ack));
        }
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
    const kept = history.allUnder(id)[0];
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
    const room = history.roomAt(address);
    if (!room) throw new Error('There is no such chat in the simulator.');
    return room;
  };

  const reactionsOn = (message: string): SimulatedReaction[] =>
    [...history.reactionsOn(message)].map(([from, emoji]) => ({ from, emoji }));

  /** In the shape of an id that a phone makes, and never the same twice. */
  const newId = (seed: string): MessageId => {
    for (let round = history.size(); ; round++) {
      const hash = createHash('sha256').update(`${round}|${seed}`).digest('hex');
      const id = `3A${hash.slice(0, 30).toUpperCase()}` as MessageId;
      if (history.allUnder(id).length === 0) return id;
    }
  };

  return {
    people: world.people,
    chats: [...rooms.values()].map((room) => room.chat),
    faults,

    async start(to) {
      listener = to;
      // The network went on while the bot was away; nobody tells it of that, it has to look it up.
      for (const { line, ack } of history.everything) {
        if (line.from === BOT && ack < 2) record({ is: 'ack', id: line.id, ack: 2 }, line.chat);
      }
      for (const kept of history.everything) if (kept.line.from !== BOT && !kept.heard) deliver(kept);
      to.ready();
    },

    async stop() {
      listener = undefined;
    },

    state: () => ({ name: 'simulator', state: listener ? 'ready' : 'down' }),

    async send(message: Outgoing) {
      if (faults.sendThrowsBefore) throw new Error('The simulator was told to fail before sending.');
      if (faults.hang) return new Promise<undefined>(() => {});
      const { chat } = roomAt(message.chat);
      const quote = message.quote ? { quote: message.quote } : {};
      const along = message.media && readOutgoing(message.media);
      if (along) media.keep(message.id, along.content);
      const line: Line = {
        is: 'message',
        id: message.id,
        chat: chat.id,
        from: BOT,
        text: message.text,
        at: now(),
        ...quote,
        ...(along ? { media: { ...along.attachment, ref: message.id } } : {}),
      };
      record(line, chat.id);
      if (faults.sendThrowsAfterStoring) throw new Error('The simulator was told to fail after sending.');
      if (!faults.neverAck) ackLater(message.id, chat.id);
      return undefined;
    },

    async lookUp({ id, chat }) {
      const kept = history.allUnder(id).find(({ line, room }) => line.from === BOT && room.chat.address === chat);
      // What stands in the chat has reached the network, whether or not its ack was told.
      return kept && { id, ack: Math.max(1, kept.ack) as Ack };
    },

    async react(message, chat, emoji) {
      const room = roomAt(chat);
      if (messageOf(message).line.chat !== room.chat.id) throw new Error('That message is not in this chat.');
      if (history.reactionsOn(message).get(BOT) === emoji) return;
      record({ is: 'reaction', id: message, from: BOT, emoji }, room.chat.id);
    },

    async showTyping() {},

    // Nobody sends an invitation in this world: an admin ties the groups that are there.
    async lookAtInvite() {
      return undefined;
    },

    async useInvite() {
      return 'refused';
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
      const kept = history.allUnder(id)[0];
      if (kept) deliver(kept);
      return id;
    },

    reactAs(person, message, emoji) {
      const { line } = messageOf(message);
      const room = roomOf(line.chat);
      const giver = personOf(person);
      mayWrite(room, giver);
      if ((history.reactionsOn(message).get(giver.id) ?? '') === emoji) return;
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
        const known = history.allUnder(after).find(({ line }) => line.chat === chat);
        if (!known) throw new Refusal(`Unknown message in this chat: ${after}`);
        from = known.place + 1;
      }
      if (last !== undefined) from = Math.max(from, messages.length - last);
      return messages.slice(from).map(history.shown);
    },

    countIn: (chat) => roomOf(chat).messages.length,

    reactionsOn,

    media(ref) {
      const attachment = history.attachment(ref);
      const content = attachment && media.fetch(ref);
      return content && { attachment, content };
    },

    subscribe(changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
  };
}
