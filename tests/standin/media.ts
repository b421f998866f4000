// What can be sent besides words: each as the fields that make it up in WhatsApp's page.

import { createHash, randomBytes } from 'node:crypto';
import type { WireMessage } from './wire.ts';
import type { Group, Media, Person } from './world.ts';

export interface File {
  readonly bytes: Uint8Array;
  readonly mime?: string;
  readonly name?: string;
}

interface Captioned {
  readonly caption?: string;
}

export type Sendable =
  | ({ readonly photo: File } & Captioned)
  | ({ readonly video: File } & Captioned)
  | ({ readonly document: File } & Captioned)
  | { readonly voice: File; readonly seconds?: number }
  | { readonly sticker: File }
  | {
      readonly location: {
        readonly lat: number;
        readonly lng: number;
        readonly name?: string;
        readonly address?: string;
      };
    }
  | { readonly contact: { readonly name: string; readonly phone: string } }
  | { readonly poll: { readonly question: string; readonly options: readonly string[]; readonly many?: boolean } }
  | { readonly invite: Group; readonly from: Person };

type Content = Partial<WireMessage> & { type: string };

/** A picture so small that it stands in the message itself, where others keep words. */
const THUMBNAIL = '/9j/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcp';

function file(
  type: string,
  { bytes, mime, name }: File,
  usual: string,
  keep: (media: Media) => string,
  more: object = {},
): Content {
  const buffer = Buffer.from(bytes);
  const hash = createHash('sha256').update(buffer).digest('base64');
  return {
    type,
    directPath: keep({ bytes: buffer, mime: mime ?? usual }),
    mimetype: mime ?? usual,
    size: buffer.length,
    filehash: hash,
    encFilehash: createHash('sha256').update(hash).digest('base64'),
    mediaKey: randomBytes(32).toString('base64'),
    mediaKeyTimestamp: 1_700_000_000,
    ...(name === undefined ? {} : { filename: name }),
    ...more,
  };
}

/**
 * @param keep puts a file where the page can download it, and gives the path
 * @returns the fields of the message
 */
export function contentOf(what: Sendable, keep: (media: Media) => string, idOf: (person: Person) => string): Content {
  if ('photo' in what) {
    return file('image', what.photo, 'image/jpeg', keep, { body: THUMBNAIL, caption: what.caption });
  }
  if ('video' in what) {
    return file('video', what.video, 'video/mp4', keep, { body: THUMBNAIL, caption: what.caption });
  }
  if ('document' in what) {
    return file('document', what.document, 'application/pdf', keep, { body: THUMBNAIL, caption: what.caption });
  }
  if ('voice' in what) {
    return file('ptt', what.voice, 'audio/ogg; codecs=opus', keep, { duration: String(what.seconds ?? 3) });
  }
  if ('sticker' in what) return file('sticker', what.sticker, 'image/webp', keep);
  if ('location' in what) {
    const { lat, lng, name, address } = what.location;
    const loc = [name, address].filter((part) => part !== undefined).join('\n');
    return { type: 'location', lat, lng, body: THUMBNAIL, ...(loc === '' ? {} : { loc }) };
  }
  if ('contact' in what) {
    const { name, phone } = what.contact;
    const lines = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;type=CELL;waid=${phone}:+${phone}`, 'END:VCARD'];
    return { type: 'vcard', body: lines.join('\n'), vcardFormattedName: name };
  }
  if ('poll' in what) {
    const { question, options, many = false } = what.poll;
    return {
      type: 'poll_creation',
      pollName: question,
      pollOptions: options.map((name, localId) => ({ name, localId })),
      pollSelectableOptionsCount: many ? 0 : 1,
    };
  }
  return {
    type: 'groups_v4_invite',
    inviteCode: what.invite.code,
    inviteCodeExp: 4_000_000_000,
    inviteGrp: what.invite.id,
    inviteGrpName: what.invite.name,
    inviteFrom: idOf(what.from),
  };
}
