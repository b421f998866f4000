// Repairs of the library inside WhatsApp's page, a switch each. Every one looks first and does nothing on a build that
// needs none. Installed before the library: it waits for the library to set `window.WWebJS`, again after each reload.

/* global switchedOff */
(() => {
  const wanted = (name) => !switchedOff.includes(name);

  /**
   * message-keys: since July 2026 a message's key keeps its text in a field with a minified name, where the library
   * reads `_serialized` (WhatsApp Web 2.3000.1043xxx). The field is found by its value, so that its next name is found too.
   */
  function repairMessageKeys() {
    const MsgKey = window.require('WAWebMsgKey');
    if (typeof MsgKey !== 'function' || '_serialized' in MsgKey.prototype) return;
    const textOf = (key) => (Object.hasOwn(key, '_serialized') ? key._serialized : key.toString());
    let plain = MsgKey.prototype;
    try {
      plain = MsgKey.fromString('false_0@c.us_3EB0');
    } catch {
      // A build without it: the keys that pass by tell.
    }
    if (Object.hasOwn(plain, '_serialized')) return;
    Object.defineProperty(MsgKey.prototype, '_serialized', {
      configurable: true,
      get() {
        return this === MsgKey.prototype ? undefined : this.toString();
      },
      set(value) {
        Object.defineProperty(this, '_serialized', { value, writable: true, enumerable: true, configurable: true });
      },
    });
    // What crosses to the library's own process is copied field by field: there a getter would stay behind.
    const named = (key) => (key instanceof MsgKey ? { ...key, _serialized: textOf(key) } : key);
    onceSet(window.WWebJS, 'getMessageModel', (getMessageModel) => (message) => {
      const model = getMessageModel(message);
      if (model?.id && message.id instanceof MsgKey) model.id = { ...model.id, _serialized: textOf(message.id) };
      return model;
    });
    for (const event of ['onReaction', 'onPollVoteEvent']) {
      onceSet(
        window,
        event,
        (tell) => (list) =>
          tell(list.map((one) => ({ ...one, msgKey: named(one.msgKey), parentMsgKey: named(one.parentMsgKey) }))),
      );
    }
  }

  /** media-download: since July 2026 the page wants to know the kind of what it downloads, which the library does not tell. */
  function repairMediaDownload() {
    const manager = window.require('WAWebDownloadManager')?.downloadManager;
    const download = manager?.downloadAndMaybeDecrypt;
    if (typeof download !== 'function') return;
    manager.downloadAndMaybeDecrypt = function downloadWithMimetype(what, ...more) {
      if (what?.mimetype) return download.call(this, what, ...more);
      const messages = window.require('WAWebCollections').Msg.getModelsArray();
      const message = messages.find(({ filehash }) => filehash !== undefined && filehash === what?.filehash);
      const known = message?.mimetype ?? 'application/octet-stream';
      return download.call(this, { ...what, mimetype: known }, ...more);
    };
  }

  /** media-send: since September 2026 a medium carries a private `__x_id`, which hides the id of the message made from it. */
  function repairMediaSend() {
    const strip = (media) => {
      if (!media || !Object.hasOwn(media, '__x_id')) return media;
      const { __x_id: _, ...rest } = media;
      const { toJSON } = media;
      if (typeof toJSON !== 'function') return rest;
      // The library copies the medium's own fields and what `toJSON` gives: both without it, and `toJSON` itself is no
      // field, or the message made from it would pass for the medium.
      const { __x_id: __, ...json } = toJSON.call(media);
      return Object.defineProperty(rest, 'toJSON', { value: () => json });
    };
    onceSet(
      window.WWebJS,
      'processMediaData',
      (process) =>
        async (...given) =>
          strip(await process(...given)),
    );
  }

  const REPAIRS = {
    'message-keys': repairMessageKeys,
    'media-download': repairMediaDownload,
    'media-send': repairMediaSend,
  };

  /** Puts `change(value)` in the place of what is there under this name, or will be set there. */
  function onceSet(object, name, change) {
    let value = object[name];
    if (value !== undefined) {
      object[name] = change(value);
      return;
    }
    Object.defineProperty(object, name, {
      configurable: true,
      enumerable: true,
      get: () => value,
      set: (given) => {
        value = typeof given === 'function' ? change(given) : given;
      },
    });
  }

  let library;
  Object.defineProperty(window, 'WWebJS', {
    configurable: true,
    get: () => library,
    set: (given) => {
      library = given;
      for (const [name, mend] of Object.entries(REPAIRS)) {
        if (!wanted(name)) continue;
        try {
          mend();
        } catch (error) {
          // One repair that no longer fits must not take the others along; the self-test tells what is broken.
          console.warn(`repair ${name}: ${error?.name}`);
        }
      }
    },
  });
})();
