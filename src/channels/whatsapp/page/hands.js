// What the bot does by its own hands inside WhatsApp's page, where the library has no way: sending under an id of our
// own, finding a message by its inner id alone, reading what came while it was away, asking what works. A message is
// known here by its chat and the inner id of its key, whatever fields a build gives the key.

(() => {
  const need = (name) => window.require(name);
  const collections = () => need('WAWebCollections');
  const wid = (id) => need('WAWebWidFactory').createWid(id);
  const models = (collection) => collection?.getModelsArray?.() ?? [];
  const idOf = (given) => given?._serialized ?? given?.toString?.();
  const me = () => {
    const { getMaybeMePnUser, getMaybeMeLidUser } = need('WAWebUserPrefsMeUser');
    return { phone: getMaybeMePnUser?.(), lid: getMaybeMeLidUser?.() };
  };
  const isGroup = (chat) => chat.id.server === 'g.us';

  /** The chat under one of these ids, the first that is there; with `make` one that is not there yet is begun. */
  async function chatOf(ids, make = false) {
    for (const id of ids) {
      const chat = collections().Chat.get(wid(id));
      if (chat) return chat;
    }
    if (!make) return undefined;
    return (await need('WAWebFindChatAction').findOrCreateLatestChat(wid(ids[0])))?.chat;
  }

  /** The page of a chat before what is in memory; none where it cannot be turned: what is in memory is better than nothing. */
  async function earlier(chat) {
    try {
      return (await need('WAWebChatLoadMessages').loadEarlierMsgs({ chat })) ?? [];
    } catch {
      return [];
    }
  }

  /** So many pages of a chat are turned back to find one message. */
  const PAGES = 12;

  /** A message by its inner id, among what is in memory and then in the pages before it. */
  async function find(chat, id) {
    const isIt = (message) => message.id.id === id;
    const here = models(chat.msgs).find(isIt);
    if (here) return here;
    for (let page = 0; page < PAGES; page++) {
      const loaded = await earlier(chat);
      const found = loaded.find(isIt);
      if (found || loaded.length === 0) return found;
    }
    return undefined;
  }

  /** Who the bot is in a chat: by its number, or by the LID where the chat goes by those. */
  function speakerIn(chat) {
    const { phone, lid } = me();
    const hidden = isGroup(chat) ? chat.groupMetadata?.isLidAddressingMode : chat.id.server === 'lid';
    return hidden ? (lid ?? phone) : (phone ?? lid);
  }

  function ownKey(chat, id) {
    const from = speakerIn(chat);
    const participant = isGroup(chat) ? need('WAWebWidFactory').asUserWidOrThrow(from) : undefined;
    const MsgKey = need('WAWebMsgKey');
    return new MsgKey({ from, to: chat.id, id, participant, selfDir: 'out' });
  }

  /** One of the bot's own messages. Its whole key is known, so that no page need be turned for what is not there. */
  async function findOwn(chat, id) {
    const here = models(chat.msgs).find((message) => message.id.id === id);
    if (here) return here;
    const kept = await collections().Msg.getMessagesById([ownKey(chat, id).toString()]);
    return kept?.messages?.[0];
  }

  /** The id under which a refused message is tried again: the page takes each id once. */
  function nextId(id) {
    const last = (Number.parseInt(id.slice(-2), 16) + 1) & 0xff;
    return id.slice(0, -2) + last.toString(16).toUpperCase().padStart(2, '0');
  }

  /** The newest try of a message: what was refused under one id went on under the next. */
  async function newestTry(chat, id) {
    let found;
    for (let next = id, tries = 0; tries < 20; tries++, next = nextId(next)) {
      const message = await findOwn(chat, next);
      if (!message) break;
      found = message;
      if (message.ack >= 0) break;
    }
    return found;
  }

  const seen = (message) => ({ id: message.id.id, ack: message.ack ?? 0 });

  async function contextOf(chat, quote) {
    if (!quote) return {};
    try {
      const quoted = await find(chat, quote);
      if (!quoted) return {};
      const canReply = need('WAWebMsgReply')?.canReplyMsg;
      if (canReply && !canReply(quoted.unsafe?.() ?? quoted)) return {};
      return quoted.msgContextInfo(chat) ?? {};
    } catch {
      // A text without its quote is worth more than none.
      return {};
    }
  }

  /** Sends a text under our own id. Resolves once the page has it; only an ack tells more. */
  async function send({ chats, id, text, quote }) {
    const chat = await chatOf(chats, true);
    if (!chat) throw new Error('no such chat');
    const before = await newestTry(chat, id);
    if (before && before.ack >= 0) return seen(before);
    const key = ownKey(chat, before ? nextId(before.id.id) : id);
    const from = speakerIn(chat);
    const message = {
      id: key,
      ack: 0,
      body: text,
      from,
      to: chat.id,
      local: true,
      self: 'out',
      t: Math.floor(Date.now() / 1000),
      isNewMsg: true,
      type: 'chat',
      ...(need('WAWebGetEphemeralFieldsMsgActionsUtils').getEphemeralFields?.(chat) ?? {}),
      ...(await contextOf(chat, quote)),
    };
    const [added, sent] = need('WAWebSendMsgChatAction').addAndSendMsgToChat(chat, message);
    // Its outcome comes as an ack; a refusal must not stand there as an error that nobody caught.
    sent?.catch?.(() => {});
    await added;
    return { id: key.id, ack: 0 };
  }

  /** What has become of a message; by its text where it could not go under our id. */
  async function lookUp({ chats, id, text, since }) {
    const chat = await chatOf(chats);
    if (!chat) return undefined;
    const found = await newestTry(chat, id);
    if (found) return seen(found);
    if (text === undefined) return undefined;
    const same = models(chat.msgs).filter(
      (message) => message.id.fromMe && (message.caption ?? message.body) === text && message.t * 1000 >= since - 2000,
    );
    return same.length > 0 ? seen(same.at(-1)) : undefined;
  }

  async function react({ chats, id, emoji }) {
    const chat = await chatOf(chats);
    const message = chat && (await find(chat, id));
    if (!message) throw new Error('no such message');
    await need('WAWebSendReactionMsgAction').sendReactionToMsg(message, emoji);
  }

  /** A message's whole key as a text, for those calls of the library that want it. */
  async function keyOf({ chats, id }) {
    const chat = await chatOf(chats);
    const message = chat && (await find(chat, id));
    return message && (message.id._serialized ?? message.id.toString());
  }

  /** The chats that hold something newer than these times; `since` by chat id, or `other` for the rest. */
  function chatsWithNews({ since, other }) {
    return models(collections().Chat)
      .filter((chat) => ['g.us', 'c.us', 'lid'].includes(chat.id.server))
      .map((chat) => ({ id: idOf(chat.id), last: (chat.t ?? models(chat.msgs).at(-1)?.t ?? 0) * 1000 }))
      .filter(({ id, last }) => last >= (since[id] ?? other))
      .map(({ id }) => id);
  }

  /** What stands in a chat from a time on, oldest first, at most `most`; of what is in memory also what was deleted. */
  async function history({ chat: id, since, most }) {
    const chat = await chatOf([id]);
    if (!chat) return [];
    const found = new Map(models(chat.msgs).map((message) => [message.id.id, message]));
    const oldest = () => Math.min(...[...found.values()].map(({ t }) => t * 1000));
    while (found.size > 0 && found.size < most && oldest() >= since) {
      const before = found.size;
      for (const message of await earlier(chat)) found.set(message.id.id, message);
      if (found.size === before) break;
    }
    return [...found.values()]
      .filter((message) => !message.isNotification && (message.t * 1000 >= since || message.type === 'revoked'))
      .sort((one, other) => one.t - other.t)
      .slice(-most)
      .map((message) => window.WWebJS.getMessageModel(message));
  }

  /** Who reacted to a message with what; given while nobody listened it is never told. */
  async function reactionsOn({ chats, id }) {
    const chat = await chatOf(chats);
    const message = chat && (await find(chat, id));
    if (!message) return [];
    const kept = await collections().Reactions.find(message.id._serialized ?? message.id.toString());
    return (kept?.reactions?.serialize?.() ?? []).flatMap(({ senders }) =>
      senders.map((sender) => ({
        from: idOf(sender.senderUserJid),
        emoji: sender.reactionText,
        at: sender.timestamp,
      })),
    );
  }

  /** The bot's place in a group. */
  function placeIn(chat) {
    const { phone, lid } = me();
    const own = [idOf(phone), idOf(lid)];
    const metadata = chat.groupMetadata;
    const participants = models(metadata?.participants);
    const self = participants.find(({ id }) => own.includes(idOf(id)));
    return {
      id: idOf(chat.id),
      name: chat.formattedTitle ?? chat.name ?? metadata?.subject,
      // Without a list of participants nothing is known, and nobody is sent away for that.
      inside: participants.length === 0 ? undefined : self !== undefined,
      closed: Boolean(metadata?.announce) && !self?.isAdmin && !self?.isSuperAdmin,
    };
  }

  async function refresh(chat) {
    const { GroupMetadata, WAWebGroupMetadataCollection } = collections();
    await (GroupMetadata ?? WAWebGroupMetadataCollection).update(chat.id);
  }

  async function groups() {
    const found = [];
    for (const chat of models(collections().Chat).filter(isGroup)) {
      await refresh(chat).catch(() => {});
      found.push(placeIn(chat));
    }
    return found;
  }

  async function group({ id }) {
    const chat = await chatOf([id]);
    if (!chat) return undefined;
    await refresh(chat).catch(() => {});
    return placeIn(chat);
  }

  /** The groups that somebody shares with the bot, as far as this page knows them. */
  function commonGroups({ ids }) {
    return models(collections().Chat)
      .filter(isGroup)
      .filter((chat) => models(chat.groupMetadata?.participants).some(({ id }) => ids.includes(idOf(id))))
      .map((chat) => idOf(chat.id));
  }

  const self = () => ({ phone: idOf(me().phone), lid: idOf(me().lid) });

  const typing = ({ chats }) => window.WWebJS.sendChatstate('typing', chats[0]);

  /** A question that only the network can answer; a connection that is dead without saying so leaves it open. */
  async function askNetwork() {
    const chat = models(collections().Chat).find(isGroup);
    if (chat) await refresh(chat);
    else await need('WAWebQueryExistsJob').queryWidExists(me().phone);
    return true;
  }

  const synced = () => ({
    hasSynced: Boolean(need('WAWebSocketModel').Socket.hasSynced),
    library: window.WWebJS !== undefined,
  });

  const TESTS = {
    'own-ids': () => {
      const MsgKey = need('WAWebMsgKey');
      const id = '3EB000000000000000AAAA';
      const key = new MsgKey({ from: me().phone, to: me().phone, id, selfDir: 'out' });
      return (
        key.id === id &&
        typeof need('WAWebSendMsgChatAction').addAndSendMsgToChat === 'function' &&
        typeof need('WAWebGetEphemeralFieldsMsgActionsUtils').getEphemeralFields === 'function' &&
        typeof need('WAWebWidFactory').asUserWidOrThrow === 'function'
      );
    },
    quotes: () => typeof need('WAWebMsgReply').canReplyMsg === 'function',
    acks: () => typeof collections().Msg.on === 'function' && typeof collections().Msg.get === 'function',
    'media-in': () => typeof need('WAWebDownloadManager').downloadManager.downloadAndMaybeDecrypt === 'function',
    'media-out': () =>
      typeof need('WAWebPrepRawMedia').prepRawMedia === 'function' &&
      typeof need('WAWebMediaMmsV4Upload').uploadMedia === 'function' &&
      typeof need('WAWebMediaOpaqueData').createFromData === 'function',
    reactions: () =>
      typeof need('WAWebSendReactionMsgAction').sendReactionToMsg === 'function' &&
      typeof need('WAWebAddonReactionTableMode').reactionTableMode.bulkUpsert === 'function',
    typing: () => typeof need('WAWebChatStateBridge').sendChatStateComposing === 'function',
    groups: () =>
      typeof need('WAWebGroupQueryJob').queryGroupInvite === 'function' &&
      typeof need('WAWebGroupInviteJob').joinGroupViaInvite === 'function',
  };

  /** What works, tried as far as it can be without anybody noticing. */
  function selfTest() {
    const broken = Object.entries(TESTS).filter(([, works]) => {
      try {
        return !works();
      } catch {
        return true;
      }
    });
    return { version: String(window.Debug?.VERSION ?? '?'), broken: broken.map(([name]) => name) };
  }

  window.desaBinaan = {
    send,
    lookUp,
    react,
    keyOf,
    chatsWithNews,
    history,
    reactionsOn,
    groups,
    group,
    commonGroups,
    self,
    typing,
    askNetwork,
    synced,
    selfTest,
  };
})();
