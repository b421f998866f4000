// How the page names people, chats and messages: Wid and MsgKey, the latter as the build has it.

const SERVERS = ['c.us', 'g.us', 'lid', 'broadcast', 'newsletter'];

/** Its own properties are those of the real one, since they alone are carried over to Node. */
export class Wid {
  constructor(text) {
    const at = text.lastIndexOf('@');
    this.server = text.slice(at + 1);
    this.user = text.slice(0, at).split(':')[0];
    this._serialized = `${this.user}@${this.server}`;
  }

  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }

  isRegularUser() {
    return this.isUser();
  }

  isLid() {
    return this.server === 'lid';
  }

  isGroup() {
    return this.server === 'g.us';
  }

  isBroadcast() {
    return this.server === 'broadcast';
  }

  isStatus() {
    return this._serialized === 'status@broadcast';
  }

  isNewsletter() {
    return this.server === 'newsletter';
  }

  isBot() {
    return false;
  }

  equals(other) {
    return String(other) === this._serialized;
  }

  toString() {
    return this._serialized;
  }

  toJid() {
    return this._serialized.replace('@c.us', '@s.whatsapp.net');
  }
}

export function isWid(value) {
  return value instanceof Wid;
}

export function createWid(value) {
  if (value instanceof Wid) return value;
  const text = String(value?._serialized ?? value).replace('@s.whatsapp.net', '@c.us');
  const [user, server, ...rest] = text.split('@');
  if (!user || !SERVERS.includes(server) || rest.length > 0) throw new Error('wid error: invalid wid');
  return new Wid(text);
}

export function asUserWidOrThrow(value) {
  const wid = createWid(value);
  if (!wid.isUser()) throw new Error('asUserWidOrThrow: not a user wid');
  return wid;
}

/** A fresh id, shaped as WhatsApp Web makes them. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `3EB0${[...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()}`;
}

/** @param field the name under which the build keeps the whole id: `_serialized` on the old one, `$1` in autumn */
export function makeMsgKey(field) {
  return class MsgKey {
    constructor({ fromMe, remote, from, to, id, participant, selfDir }) {
      const out = selfDir === undefined ? Boolean(fromMe) : selfDir === 'out';
      this.fromMe = out;
      this.remote = createWid(remote ?? (out ? to : from));
      this.id = id;
      if (participant) this.participant = createWid(participant);
      const parts = [this.fromMe, this.remote, this.id, ...(participant ? [this.participant] : [])];
      this[field] = parts.join('_');
    }

    static async newId() {
      return freshId();
    }

    static newId_DEPRECATED() {
      return freshId();
    }

    static fromString(text) {
      const [fromMe, remote, id, participant, ...rest] = String(text).split('_');
      if (id === undefined || rest.length > 0) throw new Error(`MsgKey error: invalid key ${text}`);
      return new MsgKey({ fromMe: fromMe === 'true', remote, id, participant });
    }

    static from(key) {
      return key instanceof MsgKey ? key : new MsgKey(key);
    }

    equals(other) {
      return String(other) === this[field];
    }

    clone() {
      return new MsgKey(this);
    }

    toString() {
      return this[field];
    }
  };
}
