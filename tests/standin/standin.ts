// The stand-in for WhatsApp: a village and its network on loopback, spoken to in the village's language.
//
// The page that Chromium opens is a mirror of it (page/); what is true stands here and outlives every browser.

import { randomBytes } from 'node:crypto';
import { callsOf } from './calls.ts';
import { type Faults, makeFaults } from './faults.ts';
import { contentOf, type Sendable } from './media.ts';
import { Network, type Page } from './server.ts';
import { keyOf, type WireMessage } from './wire.ts';
import { type Group, isGroup, type Media, type Person, type Place, World } from './world.ts';

export type { Faults } from './faults.ts';
export type { Sendable } from './media.ts';
export type { Group, Person, Place } from './world.ts';

/** `old`: the page as whatsapp-web.js 1.34.7 expects it; `autumn`: as it was in autumn 2026. */
export type Build = 'old' | 'autumn';

/** What of the bot reached the network. */
export interface Sent {
  readonly id: string;
  /** Its words, or the caption of its media. */
  readonly text: string;
  readonly type: string;
  readonly quote?: string;
  readonly media?: Media & { readonly name?: string };
  /** UTC milliseconds. */
  readonly at: number;
  readonly ack: number;
  /** How often a frame with this id arrived; the network shows it once. */
  readonly times: number;
}

/** A message that the page cannot read yet. */
export interface Ciphertext {
  readonly id: string;
  /** How often the page has asked for it to be sent again. */
  readonly asked: number;
  decrypt(text: string): void;
}

export interface SayOptions {
  /** The id of the message it answers. */
  readonly quote?: string;
  readonly mentions?: readonly Person[];
  /** UTC milliseconds. */
  readonly at?: number;
}

export interface NewPerson {
  readonly name: string;
  readonly phone: string;
  readonly lid: string;
  readonly lidUnknownPhone?: boolean;
  readonly writesAs?: 'phone' | 'lid';
}

export interface NewGroup {
  readonly name: string;
  readonly members: readonly Person[];
  readonly admins?: readonly Person[];
  readonly lids?: boolean;
  readonly announce?: boolean;
  readonly approval?: boolean;
  readonly withBot?: boolean;
}

type Looked<T> = T | undefined | null | false;

/** States of the page that come back at its next load, because WhatsApp has judged the number or the page. */
const HELD = ['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'DEPRECATED_VERSION'];
const POLL = 20;
const after = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));
const token = () => randomBytes(16).toString('base64url');

export class Standin {
  build: Build;
  readonly world: World;
  readonly faults: Faults;
  /** What the page met that it does not model: unknown modules, errors, unhandled rejections. */
  readonly complaints: string[] = [];
  /** How often a phone has linked the bot. */
  links = 0;
  /** How many pairing codes were asked for. */
  codes = 0;
  readonly #network: Network;
  readonly #refs = new Map<Page, string>();
  readonly #pairing = new Map<string, Page>();
  readonly #asked = new Map<string, number>();
  readonly #pongs = new Map<Page, number>();
  #session: string | undefined;
  #held: string | undefined;
  #pings = 0;

  constructor(build: Build) {
    this.build = build;
    const bot: Person = {
      key: 'bot',
      name: 'Bot Desa Binaan',
      phone: '620000000090',
      lid: '900000000000090',
      lidUnknownPhone: false,
      writesAs: 'phone',
    };
    this.world = new World(bot, (news) => this.#tellLinked(news));
    this.faults = makeFaults(() => this.#faultsChanged());
    this.#network = new Network({
      calls: callsOf(this, {
        hello: (page, session) => this.#hello(page, session),
        kept: (page) => this.#trySync(page),
        listening: (page) => {
          page.listening = true;
          this.#trySync(page);
        },
        freshRef: (page) => this.#freshRef(page),
        pairingCode: (page) => {
          this.codes++;
          const code = randomBytes(4).toString('hex').toUpperCase();
          this.#pairing.set(code, page);
          return code;
        },
        logout: () => this.logout(),
        resend: (ids) => {
          for (const id of ids) this.#asked.set(id, (this.#asked.get(id) ?? 0) + 1);
        },
        pong: (page, ping) => this.#pongs.set(page, ping),
      }),
      settings: () => ({ build: this.build, faults: this.#pageFaults() }),
      pageFault: () => this.faults.page,
      download: (path) => {
        if (this.faults.media === 'hang') return 'hang';
        return (this.faults.media === 'normal' && this.world.media.get(path)) || 'missing';
      },
      upload: (bytes, mime) => this.keepMedia({ bytes, mime }),
      complain: (text) => this.complaints.push(text),
      closed: (page) => this.#refs.delete(page),
    });
  }

  listen(): Promise<void> {
    return this.#network.listen();
  }

  /** Chromium flags that lead the page here and everything else nowhere. */
  get flags(): string[] {
    return this.#network.flags;
  }

  get bot(): Person {
    return this.world.bot;
  }

  /** A phone holds a link to the bot. */
  get linked(): boolean {
    return this.#session !== undefined;
  }

  /** Pages connected now. */
  get pages(): number {
    return this.#network.pages.size;
  }

  /** A page is connected on which the library hears messages. */
  get hears(): boolean {
    return [...this.#network.pages].some((page) => page.hears);
  }

  stop(): Promise<void> {
    return this.#network.stop();
  }

  // ------------------------------------------------------------- who is there

  person(key: string, { lidUnknownPhone = false, writesAs, ...rest }: NewPerson): Person {
    const person = {
      key,
      lidUnknownPhone,
      writesAs: writesAs ?? (lidUnknownPhone ? 'lid' : 'phone'),
      ...rest,
    } as const;
    this.world.people.push(person);
    return person;
  }

  group(key: string, { name, members, admins = [], withBot = true, ...rest }: NewGroup): Group {
    const group: Group = {
      key,
      name,
      id: `${120_363_000_000_000_001n + BigInt(this.world.groups.length)}@g.us`,
      code: token(),
      lids: rest.lids ?? false,
      approval: rest.approval ?? false,
      announce: rest.announce ?? false,
      members: new Set([...members, ...(withBot ? [this.bot] : [])]),
      admins: new Set(admins),
      requests: new Set(),
    };
    this.world.groups.push(group);
    if (withBot) this.world.open(group);
    return group;
  }

  addBot(group: Group): void {
    this.world.join(group, this.bot, this.#adminOf(group), 'add', Date.now());
  }

  removeBot(group: Group): void {
    this.world.leave(group, this.bot, this.#adminOf(group), Date.now());
  }

  promoteBot(group: Group): void {
    group.admins.add(this.bot);
    this.world.notify(group, this.#adminOf(group), 'promote', Date.now(), [this.bot]);
  }

  demoteBot(group: Group): void {
    group.admins.delete(this.bot);
    this.world.notify(group, this.#adminOf(group), 'demote', Date.now(), [this.bot]);
  }

  /** Only admins may write from now on. */
  close(group: Group): void {
    group.announce = true;
    this.world.notify(group, this.#adminOf(group), 'announce', Date.now(), [], 'on');
  }

  open(group: Group): void {
    group.announce = false;
    this.world.notify(group, this.#adminOf(group), 'announce', Date.now(), [], 'off');
  }

  add(group: Group, person: Person): void {
    this.world.join(group, person, this.#adminOf(group), 'add', Date.now());
  }

  remove(group: Group, person: Person): void {
    this.world.leave(group, person, this.#adminOf(group), Date.now());
  }

  /** @returns the code of the group's link */
  invite(group: Group): string {
    return group.code;
  }

  /** Who has asked to be let in. */
  requests(group: Group): Person[] {
    return [...group.requests];
  }

  /** An admin lets the bot in, which had asked. */
  approveBot(group: Group): void {
    if (!group.requests.has(this.bot)) throw new Error(`the bot has not asked to join ${group.name}`);
    this.world.join(group, this.bot, this.#adminOf(group), 'invite', Date.now());
  }

  #adminOf(group: Group): Person {
    const [somebody] = [...group.admins, ...group.members].filter((person) => person !== this.bot);
    if (!somebody) throw new Error(`nobody is in ${group.name}`);
    return somebody;
  }

  // ------------------------------------------------------------- what is said

  /**
   * A person writes; the bot itself means that somebody typed on its phone.
   * @param chat a group, or a person: his private chat with the bot
   * @returns the message's id as the page has it
   */
  say(chat: Place, person: Person, text: string, options: SayOptions = {}): string {
    return this.#add(chat, person, { type: 'chat', body: text }, options);
  }

  /** As `say`, with something that is not words. */
  send(chat: Place, person: Person, what: Sendable, options: SayOptions = {}): string {
    const content = contentOf(
      what,
      (media) => this.keepMedia(media),
      (contact) => this.world.idIn(chat, contact),
    );
    return this.#add(chat, person, content, options);
  }

  #add(chat: Place, person: Person, content: Partial<WireMessage> & { type: string }, options: SayOptions): string {
    const { quote, mentions, at } = options;
    return this.world.add(chat, person, at ?? Date.now(), {
      ...content,
      ...(quote === undefined ? {} : this.world.quoting(quote)),
      ...(mentions ? { mentionedJidList: mentions.map((one) => this.world.idIn(chat, one)) } : {}),
    });
  }

  /** Puts a reaction on a message; an empty one takes it back. */
  react(person: Person, message: string, emoji: string): void {
    this.world.react(person, message, emoji, Date.now());
  }

  /** Its writer changes a message's words, or the caption of its media. */
  edit(message: string, text: string): void {
    const field = this.world.message(message).directPath === undefined ? 'body' : 'caption';
    this.world.change(message, { [field]: text, latestEditSenderTimestampMs: Date.now() });
  }

  /** A message is deleted for everyone, by its writer or by an admin. */
  revoke(message: string, by?: Person): void {
    const { chat, author, from } = this.world.message(message);
    const writer = this.world.personOf(author ?? from);
    const subtype = by === undefined || by === writer ? 'sender' : 'admin';
    if (subtype === 'admin' && !chat.endsWith('@g.us')) throw new Error('there are no admins in a private chat');
    this.world.change(message, { type: 'revoked', subtype, body: '', caption: '' }, ['subtype', 'body', 'caption']);
  }

  /** @param options the names of all the options that stand chosen */
  vote(person: Person, poll: string, options: readonly string[]): void {
    const offered = this.world.message(poll).pollOptions as readonly { name: string; localId: number }[];
    const chosen = options.map((name) => {
      const option = offered.find((one) => one.name === name);
      if (!option) throw new Error(`the poll has no option ${name}`);
      return option.localId;
    });
    this.world.vote(person, poll, chosen, Date.now());
  }

  /** A message comes that the page cannot read, until it is decrypted. */
  ciphertext(chat: Place, person: Person): Ciphertext {
    const id = this.#add(chat, person, { type: 'ciphertext' }, {});
    const asked = this.#asked;
    return {
      id,
      get asked() {
        return asked.get(id) ?? 0;
      },
      decrypt: (text) => this.world.change(id, { body: text, type: 'chat' }, ['body']),
    };
  }

  /** Everybody in the chat has read what the bot wrote. */
  read(chat: Place): void {
    for (const { id } of this.sent(chat)) this.world.acked(id, 3);
  }

  // ------------------------------------------------------------- what the bot did

  /** What of the bot reached the network, oldest first. */
  sent(chat: Place): Sent[] {
    return this.world.messagesIn(chat).flatMap((message) => {
      const delivery = this.world.delivery(message);
      return delivery ? [this.#sent(message, delivery.at, delivery.times)] : [];
    });
  }

  #sent(message: WireMessage, at: number, times: number): Sent {
    const quote = this.world.quoteOf(message);
    const media = message.directPath === undefined ? undefined : this.world.media.get(message.directPath);
    const name = message.filename === undefined ? {} : { name: message.filename };
    return {
      id: keyOf(message),
      text: (message.directPath === undefined ? message.body : message.caption) ?? '',
      type: message.type,
      ...(quote === undefined ? {} : { quote }),
      ...(media ? { media: { ...media, ...name } } : {}),
      at,
      ack: message.ack,
      times,
    };
  }

  /** Who put what on a message. */
  reactionsOn(message: string): { readonly by: Person; readonly emoji: string }[] {
    return this.world.reactionsOn(message).flatMap(({ by, emoji }) => {
      const person = this.world.personOf(by);
      return person ? [{ by: person, emoji }] : [];
    });
  }

  /** How often the bot showed there that it writes. */
  typing(chat: Place): number {
    return this.world.chatOf(this.world.chatIdOf(chat)).typing;
  }

  /** How often the bot marked the chat as seen. */
  seen(chat: Place): number {
    return this.world.chatOf(this.world.chatIdOf(chat)).seen;
  }

  // ------------------------------------------------------------- linking

  /**
   * A phone scans a QR.
   * @throws where no page shows it, or no longer
   */
  scan(qr: string): void {
    const [ref = '', ...face] = qr.split(',');
    const page = [...this.#refs].find(([one, shown]) => shown === ref && one.face === face.join(','))?.[0];
    if (!page || page.linked) throw new Error('this QR is stale or unknown');
    this.#link(page);
  }

  /** A phone is given a pairing code. */
  enterCode(code: string): void {
    const page = this.#pairing.get(code);
    if (!page?.open || page.linked) throw new Error('this code is stale or unknown');
    this.#link(page);
  }

  /** The phone ends the link. */
  logout(): void {
    this.#session = undefined;
    for (const page of this.#network.pages) {
      if (!page.linked) continue;
      page.linked = false;
      page.tell({ news: 'logout' });
    }
  }

  /** The QR shown so far expires, and another one is shown. */
  freshQr(): void {
    for (const page of this.#network.pages) {
      if (!page.linked) page.tell({ news: 'ref', ref: this.#freshRef(page) });
    }
  }

  #freshRef(page: Page): string {
    const ref = `2@${token()}`;
    this.#refs.set(page, ref);
    return ref;
  }

  #link(page: Page): void {
    this.#session = token();
    this.links++;
    this.#refs.delete(page);
    page.linked = true;
    page.tell({ news: 'linked', session: this.#session, snapshot: this.world.snapshot() });
  }

  #hello(page: Page, session: string | undefined): object {
    if (session !== undefined && session === this.#session) {
      page.linked = true;
      setImmediate(() => this.#trySync(page));
      return { linked: true, snapshot: this.world.snapshot(), held: this.#held };
    }
    return { linked: false, ref: this.#freshRef(page) };
  }

  #trySync(page: Page): void {
    const { sync } = this.faults;
    const may = page.linked && !page.synced && this.#held === undefined && sync !== 'never';
    if (!may || (sync !== 'early' && !page.listening)) return;
    page.synced = true;
    page.tell({ news: 'synced' });
  }

  // ------------------------------------------------------------- what goes wrong

  /** The network goes away: every connection is cut, none is taken. */
  drop(): void {
    this.#network.drop();
  }

  restore(): void {
    this.#network.restore();
  }

  /** Half-open: connections are taken and nothing is answered; the page still believes itself connected. */
  freeze(): void {
    this.#network.freeze();
  }

  thaw(): void {
    this.#network.thaw();
  }

  /** The page's socket goes into this state; what judges the number stays so until another state is given. */
  state(name: string): void {
    this.#held = HELD.includes(name) ? name : undefined;
    if (name === 'UNPAIRED_IDLE') this.#refs.clear();
    this.#network.tellAll({ news: 'state', state: name });
  }

  reload(): void {
    this.#network.tellAll({ news: 'reload' });
  }

  /** Resolves once every page has taken in all it was told, switches included. */
  async settle(): Promise<void> {
    const ping = ++this.#pings;
    this.#network.tellAll({ news: 'ping', ping });
    await this.until(
      () => [...this.#network.pages].every((page) => (this.#pongs.get(page) ?? 0) >= ping),
      'the pages to follow',
    );
  }

  #pageFaults(): object {
    const { send, sendMsgSlowly, sync, newChat, lacks } = this.faults;
    return { send, sendMsgSlowly, sync, newChat, lacks: [...lacks] };
  }

  #faultsChanged(): void {
    this.#network.tellAll({ news: 'faults', faults: this.#pageFaults() });
    for (const page of this.#network.pages) this.#trySync(page);
  }

  #tellLinked(news: object): void {
    for (const page of this.#network.pages) if (page.linked) page.tell(news);
  }

  // ------------------------------------------------------------- for those who wait

  /** @returns the path from which the page downloads it */
  keepMedia(media: Media): string {
    const path = `/media/${token()}`;
    this.world.media.set(path, media);
    return path;
  }

  /**
   * Waits for something to become true.
   * @param limit in milliseconds
   * @param look may have to ask elsewhere first
   * @returns what `look` gave, once that is neither undefined, null nor false
   * @throws naming what was waited for, and what stands in the chats
   */
  async until<T>(look: () => Looked<T> | Promise<Looked<T>>, what: string | (() => string), limit = 5_000): Promise<T> {
    const end = Date.now() + limit;
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
      if (Date.now() >= end)
        throw new Error(`waited ${limit} ms for ${typeof what === 'string' ? what : what()}\n${this.tell()}`);
      await after(POLL);
    }
  }

  /** What stands in the chats, and what the page complained of, to read in a failed test. */
  tell(): string {
    const chats = this.world.chats().map(({ place, messages }) => {
      const said = messages.map((message) => {
        const by = message.fromMe ? this.bot : this.world.personOf(message.author ?? message.from);
        const note = message.type === 'chat' ? '' : ` (${[message.type, message.subtype].filter(Boolean).join(' ')})`;
        return `  ${by?.key}${note}: ${message.caption ?? message.body ?? ''} [${message.ack}]`;
      });
      return [`${isGroup(place) ? 'group' : 'private'} ${place.key}:`, ...said].join('\n');
    });
    return [`${this.pages} pages, ${this.linked ? 'linked' : 'not linked'}`, ...chats, ...this.complaints].join('\n');
  }
}

/** Opens a stand-in on a free port of this machine. */
export async function openStandin({ build }: { build: Build }): Promise<Standin> {
  const standin = new Standin(build);
  await standin.listen();
  return standin;
}
