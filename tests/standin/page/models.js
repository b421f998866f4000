// The models that the mirror is made of: messages, chats, groups, contacts.

import { Collection, Model } from './events.js';
import { createWid, isWid } from './ids.js';

/** How many messages of a chat stand in memory after a load, and how many more come with each step back. */
export const IN_MEMORY = 20;
const WIDS = ['from', 'to', 'author', 'quotedParticipant'];

/** What the page adds to a message's own fields; it is not part of what goes over the wire. */
const LOCAL = ['id', 'mediaData', 'isNewMsg', 'isEphemeral', 'isStatusV3', 'hasReaction', 'local', 'self', 'isMedia'];

/** @param build how the build differs: `refusesMediaId` */
export function makeMsg(build, MsgKey, mirror) {
  return class Msg extends Model {
    constructor(data) {
      if (build.refusesMediaId && Object.hasOwn(data, '__x_id')) {
        throw new Error(
          `Data passed to getter must include an id property (it's how we memoize) but got ${data.__x_id}`,
        );
      }
      super(data);
      this.isStatusV3 ??= false;
      this.isEphemeral ??= false;
      this.hasReaction ??= false;
      if (this.directPath) this.mediaData ??= { type: this.type, size: this.size, mediaStage: 'INIT' };
    }

    /** A message as the wire has it, history or new. */
    static fromWire({ id, fromMe, chat, participant, ...fields }, isNewMsg) {
      const wids = WIDS.filter((name) => typeof fields[name] === 'string');
      return new Msg({
        ...fields,
        ...Object.fromEntries(wids.map((name) => [name, createWid(fields[name])])),
        ...(fields.mentionedJidList ? { mentionedJidList: fields.mentionedJidList.map(createWid) } : {}),
        id: new MsgKey({ fromMe, remote: chat, id, participant }),
        isNewMsg,
        hasReaction: mirror.hasReaction(`${[fromMe, chat, id, ...(participant ? [participant] : [])].join('_')}`),
      });
    }

    toWire() {
      const plain = (value) => (isWid(value) ? String(value) : Array.isArray(value) ? value.map(plain) : value);
      const fields = Object.entries(this).filter(
        ([name, value]) => !LOCAL.includes(name) && !name.startsWith('__') && isPlain(value),
      );
      const { fromMe, remote, id, participant } = this.id;
      return {
        ...Object.fromEntries(fields.map(([name, value]) => [name, plain(value)])),
        id,
        fromMe,
        chat: String(remote),
        ...(participant ? { participant: String(participant), author: String(participant) } : {}),
      };
    }

    get mediaObject() {
      return this.directPath ? { type: this.type, size: this.size } : undefined;
    }

    get isMedia() {
      return Boolean(this.directPath);
    }

    serialize() {
      return { ...this, ...(this.mediaData ? { mediaData: { ...this.mediaData } } : {}) };
    }

    unsafe() {
      return this;
    }

    canReply() {
      return canReply(this);
    }

    /** The fields of a message that answers this one. */
    msgContextInfo() {
      return {
        quotedMsg: { type: this.type, body: this.body },
        quotedStanzaID: this.id.id,
        quotedParticipant: this.author ?? this.from,
      };
    }

    async downloadMedia() {
      this.mediaData.mediaStage = 'RESOLVED';
    }
  };
}

function isPlain(value) {
  if (value === undefined || typeof value === 'function') return false;
  if (value === null || typeof value !== 'object' || isWid(value) || Array.isArray(value)) return true;
  return Object.getPrototypeOf(value) === Object.prototype;
}

export function canReply(msg) {
  return !msg.isNotification && msg.type !== 'revoked' && msg.type !== 'ciphertext';
}

class Participant extends Model {
  serialize() {
    return { id: this.id, isAdmin: this.isAdmin, isSuperAdmin: false };
  }
}

export class GroupMetadata extends Model {
  participants = new Collection();

  /** @param id the group's Wid */
  static fromWire(id, group) {
    const metadata = new GroupMetadata({ id });
    metadata.update(group);
    return metadata;
  }

  update({ participants, owner, ...fields }) {
    Object.assign(this, fields, { owner: owner ? createWid(owner) : undefined, size: participants.length });
    this.participants.reset(participants.map(({ id, isAdmin }) => new Participant({ id: createWid(id), isAdmin })));
  }

  serialize() {
    return { ...this, participants: this.participants.serialize() };
  }
}

export class Chat extends Model {
  /** Its newest messages; older ones are loaded step by step. */
  msgs = new Collection();
  archive = false;
  isLocked = false;
  muteExpiration = 0;
  pin = undefined;
  mute = { expiration: 0 };

  get formattedTitle() {
    return this.name;
  }

  get isGroup() {
    return this.id.isGroup();
  }

  iAmAdmin() {
    return this.groupMetadata.participants.getModelsArray().some(({ id, isAdmin }) => isAdmin && this.isMe(id));
  }

  serialize() {
    const { mute, groupMetadata, isMe, ...own } = this;
    return { ...own, msgs: this.msgs.map(({ id }) => String(id)) };
  }
}

export class Contact extends Model {
  isBusiness = false;
  isEnterprise = false;
  isContactBlocked = false;
  type = 'in';
}
