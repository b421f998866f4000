// What is sent along in the simulator: its type, its size and where its content lies.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment, AttachmentType } from '../../core/types.ts';
import type { OutgoingMedia } from '../channel.ts';
import { Refusal } from './refusal.ts';

/** As it comes in: `type` is a MIME type or a plain word such as `photo`. */
export interface IncomingMedia {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

/** What was sent along, and its content. */
export interface FoundMedia {
  readonly attachment: Attachment;
  readonly content: Uint8Array;
}

/** The largest content accepted, in bytes: WhatsApp's own limit for photos, voice notes and videos (16 MB). */
export const MEDIA_LIMIT = 16 * 1024 * 1024;

const WORDS: Readonly<Record<string, readonly [AttachmentType, string]>> = {
  photo: ['photo', 'image/jpeg'],
  image: ['photo', 'image/jpeg'],
  voice: ['voice', 'audio/ogg'],
  audio: ['voice', 'audio/ogg'],
  ptt: ['voice', 'audio/ogg'],
  video: ['video', 'video/mp4'],
  document: ['document', 'application/octet-stream'],
  sticker: ['sticker', 'image/webp'],
  contact: ['contact', 'text/vcard'],
  vcard: ['contact', 'text/vcard'],
  place: ['place', 'application/geo+json'],
  location: ['place', 'application/geo+json'],
};

const UNKNOWN = ['document', 'application/octet-stream'] as const;
const MIME = /^[a-z0-9.+-]+\/[a-z0-9.+-]+(\s*;.*)?$/;

function typeOf(given: string): readonly [AttachmentType, string] {
  const type = given.trim().toLowerCase();
  const word = WORDS[type];
  if (word) return word;
  if (!MIME.test(type)) {
    throw new Refusal(`media.type is not known: give a MIME type or one of ${Object.keys(WORDS).join(', ')}.`);
  }
  const mime = type.split(';')[0]?.trim() ?? type;
  if (mime.startsWith('image/')) return ['photo', mime];
  if (mime.startsWith('audio/')) return ['voice', mime];
  if (mime.startsWith('video/')) return ['video', mime];
  if (mime === 'text/vcard' || mime === 'text/x-vcard') return ['contact', mime];
  if (mime === 'application/geo+json') return ['place', mime];
  return ['document', mime];
}

/** Checks what was sent along. Throws a Refusal where type, encoding or size will not do. */
export function readMedia(media: IncomingMedia): { attachment: Omit<Attachment, 'ref'>; content: Buffer } {
  const [type, mime] = typeOf(media.type);
  const text = media.base64.replace(/^data:[^,]*;base64,/, '').replace(/\s+/g, '');
  if (text === '' || text.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
    throw new Refusal('media.base64 is empty or not base64.');
  }
  const content = Buffer.from(text, 'base64');
  if (content.length > MEDIA_LIMIT) {
    throw new Refusal(`The media is too large: ${content.length} bytes, at most ${MEDIA_LIMIT} (16 MB) are accepted.`);
  }
  return { attachment: { type, name: media.name, mime, bytes: content.length }, content };
}

/** What the bot sends along. Throws where its file cannot be read. */
export function readOutgoing({ path, mime, name, voice }: OutgoingMedia): {
  attachment: Omit<Attachment, 'ref'>;
  content: Buffer;
} {
  const content = readFileSync(path);
  const [type, plain] = MIME.test(mime.toLowerCase()) ? typeOf(mime) : UNKNOWN;
  return {
    attachment: { type: voice ? 'voice' : type, ...(name && { name }), mime: plain, bytes: content.length },
    content,
  };
}

/** A folder with one file for each content; `ref` is the file's name and made of letters and digits only. */
export function openMediaFolder(folder: string) {
  mkdirSync(folder, { recursive: true });
  return {
    keep(ref: string, content: Uint8Array): void {
      writeFileSync(join(folder, ref), content);
    },
    /** Undefined where there is no such content. */
    fetch(ref: string): Uint8Array | undefined {
      if (!/^[A-Za-z0-9]+$/.test(ref)) return undefined;
      try {
        return readFileSync(join(folder, ref));
      } catch {
        return undefined;
      }
    },
  };
}
