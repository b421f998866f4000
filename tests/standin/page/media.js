// Media on the page: prepared, uploaded, downloaded; as the build has it.

import { Model } from './events.js';

const TYPES = { image: 'image', video: 'video', audio: 'audio' };

export class OpaqueData {
  #blob;

  constructor(blob) {
    this.#blob = blob;
  }

  static async createFromData(blob) {
    return new OpaqueData(blob);
  }

  get blob() {
    return this.#blob;
  }

  url() {
    return URL.createObjectURL(this.#blob);
  }

  autorelease() {}

  formData() {
    return this.#blob;
  }

  get type() {
    return this.#blob.type;
  }
}

async function hashOf(blob) {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

class MediaData extends Model {
  /** Only what a message keeps; the blob stays here. */
  toJSON() {
    const { type, mimetype, filehash, size, filename } = this;
    return { type, mimetype, filehash, size, filename };
  }
}

function typeOf(mime, { isPtt, asDocument, asSticker }) {
  if (asSticker) return 'sticker';
  if (asDocument) return 'document';
  const type = TYPES[mime.split('/')[0]] ?? 'document';
  return type === 'audio' && isPtt ? 'ptt' : type;
}

export class Media {
  #build;
  #objects = new Map();
  #blobs = new Map();

  /** @param build how the build differs: `leaksMediaId`, `wantsMimetype` */
  constructor(build) {
    this.#build = build;
  }

  prepare(opaque, params) {
    const waitForPrep = async () => {
      const { blob } = opaque;
      const filehash = await hashOf(blob);
      this.#blobs.set(filehash, blob);
      return new MediaData({
        type: typeOf(blob.type, params),
        mimetype: blob.type,
        filehash,
        size: blob.size,
        filename: blob.name,
        isGif: params.asGif,
        mediaBlob: opaque,
        preview: '',
        ...(this.#build.leaksMediaId ? { __x_id: undefined } : {}),
      });
    };
    return { waitForPrep };
  }

  object(filehash) {
    const known = this.#objects.get(filehash);
    if (known) return known;
    const object = {
      filehash,
      contentInfo: {},
      consolidate(fields) {
        Object.assign(this, fields);
      },
    };
    this.#objects.set(filehash, object);
    return object;
  }

  async upload({ mimetype, mediaObject }) {
    const response = await fetch('/upload', {
      method: 'PUT',
      headers: { 'content-type': mimetype },
      body: this.#blobs.get(mediaObject.filehash),
    });
    const { path } = await response.json();
    const mediaEntry = {
      mmsUrl: path,
      deprecatedMms3Url: path,
      directPath: path,
      mediaKey: btoa(path),
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
      encFilehash: mediaObject.filehash,
      uploadHash: mediaObject.filehash,
    };
    return { mediaEntry };
  }

  /** @throws with status 404 where the media is gone */
  async download({ directPath, mimetype }) {
    if (this.#build.wantsMimetype && mimetype === undefined) {
      throw new TypeError("Cannot read properties of undefined (reading 'split')");
    }
    // Without the cache: there a request waits for another one to the same place, which may hang.
    const response = await fetch(directPath, { cache: 'no-store' });
    if (!response.ok) throw Object.assign(new Error(`media: ${response.status}`), { status: response.status });
    return response.arrayBuffer();
  }
}
