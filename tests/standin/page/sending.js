// How an own message leaves the page: added, kept in the profile, sent, acked; and the ways in which that fails.

const after = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

export class Sending {
  #mirror;
  #network;
  #kept;
  #faults;
  #order = Date.now();
  #onTheWay = new Set();

  /** @param kept a promise of what the profile keeps */
  constructor({ mirror, network, kept, faults }) {
    this.#mirror = mirror;
    this.#network = network;
    this.#kept = kept;
    this.#faults = faults;
  }

  /** As the real one: two promises, the first for being added, the second for having been sent. */
  addAndSend(chat, message) {
    const result = {};
    const added = this.#add(chat, message, result);
    const sent = added.then(() => result.sent);
    sent.catch(() => {});
    return [added, sent];
  }

  async #add(chat, message, result) {
    const { send, sendMsgSlowly } = this.#faults();
    if (sendMsgSlowly > 0) await after(sendMsgSlowly);
    if (send === 'hang') await new Promise(() => {});
    if (send === 'throws') throw new Error('sendMsgRecord failed');
    const key = String(message.id);
    if (this.#mirror.has(key)) {
      throw Object.assign(new Error(`a message ${message.id.id} is there already`), { name: 'DuplicateMessageError' });
    }
    const wire = this.#mirror.addOwn(chat, message);
    await (await this.#kept).keepUnsent(key, wire, this.#order++);
    result.sent = this.#send(key, wire);
    if (send === 'throws-after') {
      await result.sent;
      throw new Error('sendMsgRecord failed');
    }
    return this.#mirror.Msg.get(key);
  }

  /** Sends what is kept; where the connection is lost meanwhile, the next one completes it. */
  async #send(key, wire) {
    if (this.#onTheWay.has(key)) return undefined;
    this.#onTheWay.add(key);
    try {
      const { ack } = await this.#network.call('send', wire);
      this.#mirror.change(key, { ack });
      const kept = await this.#kept;
      if (ack === -1) await kept.keepUnsent(key, { ...wire, ack }, this.#order++);
      else await kept.dropUnsent(key);
      return { messageSendResult: ack === -1 ? 'ERROR_UNKNOWN' : 'OK' };
    } catch {
      return { messageSendResult: 'ERROR_NETWORK' };
    } finally {
      this.#onTheWay.delete(key);
    }
  }

  /** What an earlier page or connection left unsent is there again, and goes out. */
  async complete() {
    const kept = await this.#kept;
    for (const message of await kept.unsent()) {
      this.#mirror.addUnsent(message);
      const key = [message.fromMe, message.chat, message.id, ...(message.participant ? [message.participant] : [])];
      if (message.ack !== -1) void this.#send(key.join('_'), message);
    }
  }
}
