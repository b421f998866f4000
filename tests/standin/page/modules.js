// The modules of the page by their real names: one entry each, and behind each entry the mirror.

import { Events } from './events.js';
import { asUserWidOrThrow, createWid } from './ids.js';
import { OpaqueData } from './media.js';
import { canReply } from './models.js';

const LINK = /https?:\/\/[^\s<>"]+/g;
const links = (text) => (text ?? '').match(LINK)?.map((href) => ({ href })) ?? [];

/** The two through which reactions and votes pass; the library puts itself before them. */
export function makeAddons() {
  return {
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: async () => {} } },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: async () => {} } },
  };
}

/** @returns every module that this page provides */
export function makeModules(page) {
  return { ...linking(page), ...reading(page), ...speaking(page), ...groups(page), ...media(page), ...page.addons };
}

function linking({ Socket, Conn, Cmd, network, keys, mirror }) {
  return {
    WAWebSocketModel: { Socket },
    WAWebConnModel: { Conn },
    WAWebCmd: { Cmd },
    WAWebLaunchSocketUtils: { refreshQR: () => Cmd.refreshQR() },
    WAWebStreamModel: {
      Stream: Object.assign(new Events(), { mode: 'MAIN', info: 'NORMAL', markAvailable() {}, markUnavailable() {} }),
    },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {
      setPairingType() {},
      async initializeAltDeviceLinking() {},
      async initializeQRLinking() {},
      startAltLinkingFlow: (phone) => network.call('pairingCode', { phone }),
    },
    WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: keys.platform },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: keys.noise } }) } },
    WAWebSignalStoreApi: {
      waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: keys.identity } }) },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => keys.adv },
    WAWebUserPrefsMeUser: {
      getMaybeMePnUser: () => mirror.me?.pn,
      getMaybeMeLidUser: () => mirror.me?.lid,
      getMeUser: () => mirror.me?.pn,
    },
    WAWebMiscBrowserUtils: { info: () => ({ os: 'Linux', name: 'Chrome' }) },
    WAWebPresenceChatAction: {
      sendPresenceAvailable: async () => network.say('presence', { available: true }),
      sendPresenceUnavailable: async () => network.say('presence', { available: false }),
    },
  };
}

function reading({ mirror, network, MsgKey, faults }) {
  const { Msg, Chat, Contact, GroupMetadata, Reactions, Blocklist } = mirror;
  return {
    WAWebCollections: { Msg, Chat, Contact, GroupMetadata, Reactions, Blocklist },
    WAWebMsgKey: MsgKey,
    WAWebWidFactory: {
      createWid,
      createWidFromWidLike: createWid,
      createUserWidOrThrow: asUserWidOrThrow,
      asUserWidOrThrow,
    },
    WAWebWidToJid: { widToUserJid: (wid) => wid.toJid(), widToGroupJid: (wid) => wid.toJid() },
    WAWebJidToWid: { userJidToUserWid: createWid },
    WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: {
      handlePlaceholderMsgsSeen: async (msgs) =>
        network.say(
          'resend',
          msgs.map(({ id }) => String(id)),
        ),
    },
    WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => undefined },
    WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },
    WAWebCallCollection: Object.assign(new Events(), { calls: new Map() }),
    WALinkify: { findLinks: links, findLink: (text) => links(text)[0] },
    WAWebChatGetters: { getIsNewsletter: ({ id }) => id.isNewsletter(), getIsBroadcast: ({ id }) => id.isBroadcast() },
    WAWebFindChatAction: {
      findOrCreateLatestChat: async (wid) => {
        const isNew = wid.isUser() && !Chat.get(wid);
        if (isNew && faults().newChat === 'no-lid' && !mirror.lidOf(wid)) throw new Error('No LID for user');
        return { chat: await mirror.findOrCreateChat(wid) };
      },
    },
    WAWebChatLoadMessages: { loadEarlierMsgs: ({ chat }) => mirror.loadEarlier(chat) },
    WAWebQuotedMsgModelUtils: {
      getQuotedMsgObj: ({ id, quotedStanzaID }) => {
        const chat = Chat.get(id.remote);
        return chat.msgs.getModelsArray().find((msg) => msg.id.id === quotedStanzaID);
      },
    },
    WAWebApiContact: {
      getCurrentLid: (wid) => mirror.lidOf(wid),
      getPhoneNumber: (wid) => mirror.phoneOf(wid),
      getAlternateUserWid: (wid) => (wid.isLid() ? mirror.phoneOf(wid) : mirror.lidOf(wid)),
    },
    WAWebLidMigrationUtils: { toPn: (wid) => mirror.phoneOf(wid), toLid: (wid) => mirror.lidOf(wid) },
    WAWebQueryExistsJob: {
      queryWidExists: async (wid) => {
        const found = await network.call('exists', { id: String(wid) });
        if (!found) return null;
        mirror.learn(found);
        return { wid: createWid(found.wid) };
      },
    },
    WAWebContactGetters: {
      getIsMe: ({ id }) => mirror.isMe(id),
      getIsUser: ({ id }) => id.isUser(),
      getIsGroup: ({ id }) => id.isGroup(),
      getIsWAContact: () => true,
      getUserid: ({ id }) => id.user,
      getVerifiedName: () => undefined,
      getVerifiedLevel: () => undefined,
      getStatusMute: () => false,
      getName: ({ name }) => name,
      getShortName: ({ name }) => name,
      getPushname: ({ pushname }) => pushname,
      getIsEnterprise: () => false,
    },
    WAWebFrontendContactGetters: { getIsMyContact: () => false },
  };
}

function speaking({ mirror, network, sending, Cmd }) {
  const say = (state) => async (wid) => network.say('typing', { chat: String(wid), state });
  const isOwn = ({ id }) => id.fromMe;
  Cmd.sendRevokeMsgs = async (_chat, { list }) => {
    for (const { id } of list) await network.call('revoke', { message: String(id) });
  };
  Cmd.sendDeleteMsgs = async (_chat, { list }) => {
    for (const msg of list) mirror.Msg.remove(msg);
  };
  return {
    WAWebSendMsgChatAction: { addAndSendMsgToChat: (chat, message) => sending.addAndSend(chat, message) },
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebMsgReply: { canReplyMsg: canReply },
    WAWebLinkPreviewChatAction: { getLinkPreview: async () => undefined },
    WAWebSendReactionMsgAction: {
      sendReactionToMsg: (msg, emoji) => network.call('react', { message: String(msg.id), emoji }),
    },
    WAWebSendMessageEditAction: {
      sendMessageEdit: (msg, text) => network.call('edit', { message: String(msg.id), text }),
    },
    WAWebMsgActionCapability: {
      canSenderRevokeMsg: isOwn,
      canAdminRevokeMsg: (msg) => msg.id.remote.isGroup() && mirror.Chat.get(msg.id.remote).iAmAdmin(),
      canEditText: (msg) => isOwn(msg) && msg.type === 'chat',
      canEditCaption: (msg) => isOwn(msg) && msg.directPath !== undefined,
    },
    WAWebChatStateBridge: {
      sendChatStateComposing: say('typing'),
      sendChatStateRecording: say('recording'),
      sendChatStatePaused: say('stop'),
    },
    WAWebUpdateUnreadChatAction: {
      sendSeen: async ({ chat }) => {
        network.say('seen', { chat: String(chat.id) });
        chat.set({ unreadCount: 0 });
      },
    },
  };
}

function groups({ network, mirror }) {
  const joined = async (name, given) => ({ gid: createWid((await network.call(name, given)).gid) });
  return {
    WAWebGroupQueryJob: {
      queryGroupInvite: async (code) => {
        const { id, participants, owner, approval, ...info } = await network.call('inviteInfo', { code });
        return {
          ...info,
          id: createWid(id),
          owner: createWid(owner),
          size: participants.length,
          participants: participants.map((one) => ({ id: createWid(one.id), isAdmin: one.isAdmin })),
          membershipApprovalMode: approval,
        };
      },
      queryAndUpdateGroupMetadataById: ({ id }) => mirror.updateGroup(id),
    },
    WAWebGroupInviteJob: { joinGroupViaInvite: (code) => joined('join', { code }) },
    WAWebGroupInviteV4Job: { joinGroupViaInviteV4: (code) => joined('join', { code }) },
    WAWebExitGroupAction: { sendExitGroup: ({ id }) => network.call('exitGroup', { id: String(id) }) },
  };
}

function media({ media: work }) {
  return {
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: { prepRawMedia: (opaque, params) => work.prepare(opaque, params) },
    WAWebMediaStorage: { getOrCreateMediaObject: (filehash) => work.object(filehash) },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
    WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: new Map() },
    WAWebMediaMmsV4Upload: { uploadMedia: (given) => work.upload(given) },
    WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: (given) => work.download(given) } },
  };
}
