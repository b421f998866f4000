// What the page knows of the truth: its collections, filled from what the server tells, and nothing thought of by itself.

import { Collection } from './events.js';
import { createWid } from './ids.js';
import { Chat, Contact, GroupMetadata, IN_MEMORY, makeMsg } from './models.js';

function keyOf({ fromMe, chat, id, participant }) {
  return [fromMe, chat, id, ...(participant ? [participant] : [])].join('_');
}

/** The list under a key, made where there is none yet. */
function listOf(map, key) {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

export class Mirror {
  Msg = new Collection();
  Chat = new Collection();
  Contact = new Collection();
  GroupMetadata = new Collection();
  Reactions = new Collection();
  Blocklist = new Collection();
  /** Everything ever told, in memory or not: what the real page has in its database. */
  #stored = new Map();
  #byChat = new Map();
  #reactions = new Map();
  /** LID to number and number to LID, as far as this page was told. */
  #learned = new Map();
  #network;
  #MsgKey;
  #MsgModel;
  #addons;

  /** @param addons the modules through which reactions and votes pass, by name */
  constructor({ build, MsgKey, network, addons }) {
    this.#network = network;
    this.#MsgKey = MsgKey;
    this.#addons = addons;
    this.#MsgModel = makeMsg(build, MsgKey, this);
    this.Msg.modelClass = this.#MsgModel;
    this.Msg.getMessagesById = (ids) => this.#messagesById(ids);
    this.Chat.find = async (id) => this.Chat.get(id) ?? this.findOrCreateChat(createWid(id));
    this.Contact.find = async (id) => this.Contact.get(id) ?? this.#contact({ id: String(id) });
    this.GroupMetadata.update = (id) => this.updateGroup(id);
    this.Reactions.find = async (parent) => this.#reactionsOn(parent);
  }

  // ------------------------------------------------------------- what is told

  /** Takes in what a connection begins with. What came while no page was connected is history: nobody is told of it. */
  take({ me, chats, contacts, messages, reactions }) {
    this.me = { pn: createWid(me.pn), lid: createWid(me.lid), pushname: me.pushname };
    this.learn(me);
    for (const contact of contacts) this.#contact(contact);
    this.#reactions.clear();
    for (const reaction of reactions) this.#keepReaction(reaction);
    for (const chat of chats) this.#chat(chat);
    const history = new Map();
    for (const message of messages) {
      const key = keyOf(message);
      if (this.#stored.has(key)) {
        this.change(key, fieldsThatChange(message));
        continue;
      }
      this.#store(message);
      listOf(history, message.chat).push(message);
    }
    for (const [id, list] of history) {
      const chat = this.Chat.get(id);
      for (const message of list.slice(-IN_MEMORY)) this.#remember(chat, message);
    }
    for (const msg of this.Msg.getModelsArray()) msg.set({ hasReaction: this.hasReaction(String(msg.id)) });
  }

  /** One thing that happens while the page is connected. */
  hear(news) {
    if (news.news === 'message') this.#hearMessage(news);
    if (news.news === 'change') this.change(news.message, news.fields, news.silent);
    if (news.news === 'chat') this.#chat(news.chat);
    if (news.news === 'reaction') this.#hearReaction(news.reaction);
    if (news.news === 'vote') this.#hearVote(news.vote);
  }

  #hearMessage({ message, contact }) {
    if (contact) this.#contact(contact);
    const chat = this.Chat.get(message.chat) ?? this.#chat({ id: message.chat, name: contact?.pushname, unread: 0 });
    this.#store(message);
    this.add(chat, this.#MsgModel.fromWire(message, true));
    if (!message.fromMe && !message.isNotification) chat.set({ unreadCount: chat.unreadCount + 1 });
  }

  change(key, fields, silent) {
    const stored = this.#stored.get(key);
    if (!stored) return;
    const { ack, ...others } = fields;
    // An ack only gets further; an own message may know of more than the server has told.
    const further = ack !== undefined && (ack > stored.ack || ack === -1) ? { ack } : {};
    Object.assign(stored, others, further);
    this.Msg.get(key)?.set({ ...others, ...further }, silent);
  }

  #hearReaction(reaction) {
    this.#keepReaction(reaction);
    this.Msg.get(reaction.parent)?.set({ hasReaction: this.hasReaction(reaction.parent) });
    const { parent, id, by, fromMe, emoji, t } = reaction;
    const parentKey = this.#MsgKey.fromString(parent);
    const { remote } = parentKey;
    void this.#addons.WAWebAddonReactionTableMode.reactionTableMode.bulkUpsert([
      {
        id: new this.#MsgKey({ fromMe, remote, id, participant: remote.isGroup() ? by : undefined }),
        reactionParentKey: parentKey,
        reactionTimestamp: t,
        reactionText: emoji,
        from: createWid(by),
        ...(remote.isGroup() ? { author: createWid(by) } : {}),
        orphan: 0,
        read: false,
        ack: 2,
      },
    ]);
  }

  #hearVote({ parent, id, by, options, t }) {
    const parentKey = this.#MsgKey.fromString(parent);
    const { remote } = parentKey;
    void this.#addons.WAWebAddonPollVoteTableMode.pollVoteTableMode.bulkUpsert([
      {
        id: new this.#MsgKey({ fromMe: false, remote, id, participant: remote.isGroup() ? by : undefined }),
        pollUpdateParentKey: parentKey,
        t,
        senderTimestampMs: t,
        from: createWid(by),
        ...(remote.isGroup() ? { author: createWid(by) } : {}),
        selectedOptionLocalIds: options,
      },
    ]);
  }

  // ------------------------------------------------------------- messages

  has(key) {
    return this.#stored.has(key);
  }

  #store(message) {
    const key = keyOf(message);
    this.#stored.set(key, message);
    listOf(this.#byChat, message.chat).push(key);
  }

  /** An own message stands in its chat from now on. */
  addOwn(chat, message) {
    const model = new this.#MsgModel(message);
    const wire = model.toWire();
    this.#store(wire);
    this.add(chat, model);
    return wire;
  }

  /** An own message that an earlier page could not get rid of. */
  addUnsent(message) {
    if (this.has(keyOf(message))) return;
    this.#store(message);
    this.#remember(this.Chat.get(message.chat) ?? this.#chat({ id: message.chat, name: '', unread: 0 }), message);
  }

  add(chat, model) {
    chat.msgs.add(model);
    model.live(this.Msg);
    chat.set({ t: model.t, ...(model.id.fromMe ? {} : { lastReceivedKey: model.id }) }, true);
    this.Msg.add(model);
  }

  /** History: in memory, and nobody is told. */
  #remember(chat, message, first = false) {
    const model = this.#MsgModel.fromWire(message, false);
    model.live(this.Msg);
    chat?.msgs.add(model, { silent: true, first });
    this.Msg.add(model, { silent: true });
    if (chat && !first) chat.set({ t: model.t, ...(message.fromMe ? {} : { lastReceivedKey: model.id }) }, true);
    return model;
  }

  async #messagesById(ids) {
    if (ids.some((id) => id === undefined || id === null)) {
      throw new DOMException(
        "Failed to execute 'get' on 'IDBObjectStore': No key or key range specified.",
        'DataError',
      );
    }
    const messages = ids.map((id) => {
      const stored = this.#stored.get(String(id));
      return this.Msg.get(id) ?? (stored && this.#remember(undefined, stored));
    });
    return { messages: messages.filter(Boolean) };
  }

  /** Takes one more step back in a chat. */
  async loadEarlier(chat) {
    const keys = this.#byChat.get(String(chat.id)) ?? [];
    const earlier = keys.filter((key) => !chat.msgs.get(key)).slice(-IN_MEMORY);
    const models = earlier.reverse().map((key) => {
      const known = this.Msg.get(key);
      if (known) return chat.msgs.add(known, { silent: true, first: true });
      return this.#remember(chat, this.#stored.get(key), true);
    });
    return models.reverse();
  }

  // ------------------------------------------------------------- reactions

  #keepReaction(reaction) {
    const others = (this.#reactions.get(reaction.parent) ?? []).filter(({ by }) => by !== reaction.by);
    this.#reactions.set(reaction.parent, reaction.emoji === '' ? others : [...others, reaction]);
  }

  hasReaction(parent) {
    return (this.#reactions.get(parent) ?? []).length > 0;
  }

  #reactionsOn(parent) {
    const given = this.#reactions.get(String(parent)) ?? [];
    if (given.length === 0) return undefined;
    const emojis = [...new Set(given.map(({ emoji }) => emoji))];
    const groups = emojis.map((emoji) => {
      const senders = given.filter((one) => one.emoji === emoji);
      return {
        id: emoji,
        aggregateEmoji: emoji,
        hasReactionByMe: senders.some(({ fromMe }) => fromMe),
        senders: senders.map(({ id, by, fromMe, t }) => {
          const parentMsgKey = this.#MsgKey.fromString(parent);
          const participant = parentMsgKey.remote.isGroup() ? by : undefined;
          return {
            msgKey: new this.#MsgKey({ fromMe, remote: parentMsgKey.remote, id, participant }),
            parentMsgKey,
            senderUserJid: by,
            reactionText: emoji,
            timestamp: t,
            orphan: 0,
            read: false,
            ack: 2,
          };
        }),
      };
    });
    return { id: parent, reactions: { length: groups.length, serialize: () => groups } };
  }

  // ------------------------------------------------------------- chats, groups, people

  #chat({ id, name, unread, group }) {
    const known = this.Chat.get(id);
    const wid = createWid(id);
    const isMe = (one) => this.isMe(one);
    const chat = known ?? new Chat({ id: wid, name: name ?? wid.user, unreadCount: unread, isMe });
    if (group) {
      chat.groupMetadata ??= GroupMetadata.fromWire(wid, group);
      chat.groupMetadata.update(group);
      chat.name = group.subject;
    }
    if (known) return known;
    chat.live(this.Chat);
    if (chat.groupMetadata) this.GroupMetadata.add(chat.groupMetadata, { silent: true });
    return this.Chat.add(chat);
  }

  isMe(wid) {
    return wid.equals(this.me.pn) || wid.equals(this.me.lid);
  }

  /** @returns undefined for a group that this account is not in */
  async findOrCreateChat(wid) {
    const known = this.Chat.get(wid);
    if (known) return known;
    if (wid.isGroup()) return undefined;
    return this.#chat(await this.#network.call('chat', { id: String(wid) }));
  }

  async updateGroup(id) {
    const group = await this.#network.call('group', { id: String(id) });
    this.Chat.get(id)?.groupMetadata.update(group);
  }

  #contact({ id, pushname }) {
    const known = this.Contact.get(id);
    if (known) return known;
    const wid = createWid(id);
    const contact = new Contact({ id: wid, pushname, name: undefined });
    const phone = () => this.phoneOf(wid);
    Object.defineProperty(contact, 'phoneNumber', { get: () => (wid.isLid() ? phone() : wid), enumerable: false });
    return this.Contact.add(contact, { silent: true });
  }

  learn({ pn, lid }) {
    if (!pn || !lid) return;
    this.#learned.set(pn, createWid(lid));
    this.#learned.set(lid, createWid(pn));
  }

  lidOf(wid) {
    return wid.isLid() ? wid : this.#learned.get(String(wid));
  }

  phoneOf(wid) {
    return wid.isLid() ? this.#learned.get(String(wid)) : wid;
  }
}

function fieldsThatChange({ type, subtype, body, caption, ack }) {
  return { type, subtype, body, caption, ack };
}
