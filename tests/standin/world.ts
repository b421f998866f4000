// The truth of the stand-in: people, groups, what was said and what was thought of it. It outlives every browser.

import { randomBytes } from 'node:crypto';
import {
  keyOf,
  type News,
  Refusal,
  type Snapshot,
  type WireChat,
  type WireContact,
  type WireGroup,
  type WireMessage,
  type WireReaction,
} from './wire.ts';

export interface Person {
  /** What the tests call the person. */
  readonly key: string;
  /** The name the person gives himself. */
  readonly name: string;
  /** Digits. */
  readonly phone: string;
  /** Digits. */
  readonly lid: string;
  /** The page cannot learn the number behind the LID. */
  readonly lidUnknownPhone: boolean;
  /** How his private chat with the bot is addressed. */
  readonly writesAs: 'phone' | 'lid';
}

export interface Group {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** People are named by LID in it. */
  readonly lids: boolean;
  /** An admin has to let in who comes by link. */
  readonly approval: boolean;
  readonly code: string;
  announce: boolean;
  readonly members: Set<Person>;
  readonly admins: Set<Person>;
  readonly requests: Set<Person>;
}

export type Place = Group | Person;

export interface Media {
  readonly bytes: Buffer;
  readonly mime: string;
}

/** A chat as the bot's account has it. */
interface Chat {
  readonly id: string;
  readonly place: Place;
  readonly messages: WireMessage[];
  unread: number;
  seen: number;
  typing: number;
}

/** What the network knows of an own message beyond its words. */
export interface Delivery {
  /** UTC milliseconds. */
  readonly at: number;
  /** How often a frame with this id arrived. */
  times: number;
}

export const isGroup = (place: Place): place is Group => 'members' in place;
const hex = (bytes: number) => randomBytes(bytes).toString('hex').toUpperCase();
const seconds = (millis: number) => Math.floor(millis / 1_000);

export class World {
  readonly bot: Person;
  readonly people: Person[] = [];
  readonly groups: Group[] = [];
  readonly media = new Map<string, Media>();
  readonly #chats = new Map<string, Chat>();
  readonly #messages = new Map<string, WireMessage>();
  readonly #reactions = new Map<string, Map<string, WireReaction>>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #tell: (news: News) => void;

  /** @param tell hears all that changes, for the pages */
  constructor(bot: Person, tell: (news: News) => void) {
    this.bot = bot;
    this.people.push(bot);
    this.#tell = tell;
  }

  // ------------------------------------------------------------- who is who

  idIn(place: Place, person: Person): string {
    const byLid = isGroup(place) ? place.lids : place.writesAs === 'lid';
    return byLid ? `${person.lid}@lid` : `${person.phone}@c.us`;
  }

  chatIdOf(place: Place): string {
    return isGroup(place) ? place.id : this.idIn(place, place);
  }

  personOf(id: string): Person | undefined {
    const [user] = id.split('@');
    const byLid = id.endsWith('@lid');
    return this.people.find((person) => (byLid ? person.lid : person.phone) === user);
  }

  #chat(place: Place): Chat {
    const id = this.chatIdOf(place);
    const known = this.#chats.get(id);
    if (known) return known;
    const chat = { id, place, messages: [], unread: 0, seen: 0, typing: 0 };
    this.#chats.set(id, chat);
    return chat;
  }

  /** The chat that a page names; a private one begins where its person exists. */
  chatOf(id: string): Chat {
    const known = this.#chats.get(id);
    if (known) return known;
    const person = this.personOf(id);
    if (!person) throw new Refusal('ServerStatusCodeError', `there is no chat ${id}`);
    return this.#chat(person);
  }

  messagesIn(place: Place): readonly WireMessage[] {
    return this.#chat(place).messages;
  }

  chats(): readonly Chat[] {
    return [...this.#chats.values()];
  }

  delivery(message: WireMessage): Delivery | undefined {
    return this.#deliveries.get(keyOf(message));
  }

  /** @throws where no such message stands in any chat */
  message(id: string): WireMessage {
    const message = this.#messages.get(id);
    if (!message) throw new Error(`there is no message ${id}`);
    return message;
  }

  has(id: string): boolean {
    return this.#messages.has(id);
  }

  reactionsOn(id: string): readonly WireReaction[] {
    return [...(this.#reactions.get(id)?.values() ?? [])];
  }

  // ------------------------------------------------------------- what is said

  /**
   * Somebody says something. Where the bot is not in the group, nobody here hears it.
   * @param content the fields that make up its kind
   * @returns its id, as the page has it
   */
  add(place: Place, by: Person, at: number, content: Partial<WireMessage> & { type: string }): string {
    const chat = this.chatIdOf(place);
    const own = by === this.bot;
    const sender = this.idIn(place, by);
    const inGroup = isGroup(place);
    const message: WireMessage = {
      id: own ? `3EB0${hex(9)}` : hex(16),
      fromMe: own,
      chat,
      from: inGroup && !own ? chat : sender,
      to: own || inGroup ? chat : this.idIn(place, this.bot),
      ...(inGroup ? { participant: sender, author: sender } : {}),
      t: seconds(at),
      ack: own ? 1 : 0,
      notifyName: by.name,
      ...content,
    };
    if (inGroup && !place.members.has(this.bot)) return keyOf(message);
    const { messages } = this.#chat(place);
    messages.push(message);
    this.#messages.set(keyOf(message), message);
    if (!own && message.isNotification !== true) this.#chat(place).unread++;
    this.#tell({ news: 'message', message, contact: this.#contact(place, by) });
    return keyOf(message);
  }

  /** The fields that say which message is answered. */
  quoting(id: string): Partial<WireMessage> {
    const { type, body, author, from, id: stanza } = this.message(id);
    const quotedMsg = body === undefined ? { type } : { type, body };
    return { quotedMsg, quotedStanzaID: stanza, quotedParticipant: author ?? from };
  }

  /** The whole id of the message that another one answers. */
  quoteOf(message: WireMessage): string | undefined {
    const quoted = this.chatOf(message.chat).messages.find((other) => other.id === message.quotedStanzaID);
    return quoted && keyOf(quoted);
  }

  change(id: string, fields: Partial<WireMessage>, silent?: readonly string[]): void {
    Object.assign(this.message(id), fields);
    this.#tell({ news: 'change', message: id, fields, ...(silent ? { silent } : {}) });
  }

  react(by: Person, parent: string, emoji: string, at: number): void {
    const message = this.message(parent);
    const { place } = this.chatOf(message.chat);
    const given = this.#reactions.get(parent) ?? new Map<string, WireReaction>();
    this.#reactions.set(parent, given);
    const reaction: WireReaction = {
      parent,
      id: hex(16),
      by: this.idIn(place, by),
      fromMe: by === this.bot,
      emoji,
      t: at,
    };
    if (emoji === '') given.delete(by.key);
    else given.set(by.key, reaction);
    this.#tell({ news: 'reaction', reaction });
  }

  vote(by: Person, parent: string, options: readonly number[], at: number): void {
    const { place } = this.chatOf(this.message(parent).chat);
    this.#tell({ news: 'vote', vote: { parent, id: hex(16), by: this.idIn(place, by), options, t: at } });
  }

  // ------------------------------------------------------------- what the bot does

  /**
   * A frame of the bot arrives. The same id again is the same message.
   * @returns whether it may stand in its chat; in a group that may be no more
   */
  receive(message: WireMessage, at: number): boolean {
    const key = keyOf(message);
    const known = this.#deliveries.get(key);
    if (known) {
      known.times++;
      return true;
    }
    const chat = this.chatOf(message.chat);
    if (isGroup(chat.place)) {
      const { members, admins, announce } = chat.place;
      if (!members.has(this.bot) || (announce && !admins.has(this.bot))) return false;
    }
    this.#deliveries.set(key, { at, times: 1 });
    this.#messages.set(key, message);
    chat.messages.push(message);
    return true;
  }

  /** An own message got further; never back. */
  acked(id: string, ack: number): void {
    if (this.message(id).ack < ack) this.change(id, { ack });
  }

  // ------------------------------------------------------------- groups

  /** Tells of a change in a group, in the group and in its data. */
  notify(group: Group, by: Person, subtype: string, at: number, about: readonly Person[] = [], body?: string): void {
    this.#tell({ news: 'chat', chat: this.#wireChat(this.#chat(group)) });
    const recipients = about.map((person) => this.idIn(group, person));
    this.add(group, by, at, {
      type: 'gp2',
      subtype,
      isNotification: true,
      recipients,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Somebody leaves; who is told so is still in. */
  leave(group: Group, person: Person, by: Person, at: number): void {
    group.admins.delete(person);
    if (person !== this.bot) group.members.delete(person);
    this.notify(group, by, by === person ? 'leave' : 'remove', at, [person]);
    group.members.delete(person);
    if (person === this.bot) this.#tell({ news: 'chat', chat: this.#wireChat(this.#chat(group)) });
  }

  join(group: Group, person: Person, by: Person, subtype: 'add' | 'invite', at: number): void {
    group.members.add(person);
    group.requests.delete(person);
    this.notify(group, by, subtype, at, [person]);
  }

  /**
   * The bot uses a link.
   * @throws Refusal where the link leads nowhere, or where it can only ask to be let in
   */
  joinByLink(code: string, at: number): Group {
    const group = this.groupByLink(code);
    if (group.members.has(this.bot)) return group;
    if (group.approval) {
      group.requests.add(this.bot);
      throw new Refusal('UnexpectedJoinGroupViaInviteResponse', 'Unexpected join group via invite response');
    }
    this.join(group, this.bot, this.bot, 'invite', at);
    return group;
  }

  groupByLink(code: string): Group {
    const group = this.groups.find((one) => one.code === code);
    if (!group) throw new Refusal('ServerStatusCodeError', 'Server responded with status code 406');
    return group;
  }

  wireGroup(group: Group): WireGroup {
    const [owner] = group.members;
    return {
      subject: group.name,
      owner: owner ? this.idIn(group, owner) : '',
      creation: 1_700_000_000,
      announce: group.announce,
      isLidAddressingMode: group.lids,
      participants: [...group.members].map((person) => ({
        id: this.idIn(group, person),
        isAdmin: group.admins.has(person),
      })),
    };
  }

  // ------------------------------------------------------------- what a page is told at once

  #contact(place: Place, person: Person): WireContact {
    return { id: this.idIn(place, person), pushname: person.name };
  }

  #wireChat({ id, place, unread }: Chat): WireChat {
    return { id, name: place.name, unread, ...(isGroup(place) ? { group: this.wireGroup(place) } : {}) };
  }

  /** A chat stands in the bot's account from now on, empty. */
  open(place: Place): void {
    this.#tell({ news: 'chat', chat: this.#wireChat(this.#chat(place)) });
  }

  snapshot(): Snapshot {
    const contacts = this.chats().flatMap(({ place }) =>
      (isGroup(place) ? [...place.members] : [place]).map((person) => this.#contact(place, person)),
    );
    return {
      me: { pn: `${this.bot.phone}@c.us`, lid: `${this.bot.lid}@lid`, pushname: this.bot.name },
      chats: this.chats().map((chat) => this.#wireChat(chat)),
      contacts,
      messages: this.chats().flatMap(({ messages }) => messages),
      reactions: [...this.#reactions.values()].flatMap((given) => [...given.values()]),
    };
  }
}
