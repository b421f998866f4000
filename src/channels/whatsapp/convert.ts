// From what WhatsApp's page tells to what the house knows, and back: pure, and the only place that knows both.

import type { Address, Attachment, AttachmentType, Invite, MessageEvent, MessageId, Millis } from '../../core/types.ts';

/** A key or an address as the page gives it: an object with fields of its own, or their text. */
type Named = string | { readonly _serialized?: string; readonly [field: string]: unknown } | null | undefined;

/** A message as the library hands it on, with those fields that are read here; any of them may be missing on some build. */
export interface RawMessage {
  readonly id?: Named;
  readonly type?: string;
  readonly body?: string | null;
  readonly caption?: string | null;
  readonly t?: number;
  readonly from?: Named;
  readonly author?: Named;
  readonly notifyName?: string;
  readonly isStatusV3?: boolean;
  readonly broadcast?: boolean;
  readonly quotedStanzaID?: string;
  readonly mentionedJidList?: readonly Named[];
  readonly directPath?: string;
  readonly mimetype?: string;
  readonly size?: number;
  readonly filename?: string;
  readonly isViewOnce?: boolean;
  readonly lat?: number;
  readonly lng?: number;
  readonly loc?: string;
  readonly vcardList?: readonly { readonly vcard?: string; readonly displayName?: string }[];
  readonly vcardFormattedName?: string;
  readonly pollName?: string;
  readonly pollOptions?: readonly { readonly name?: string }[];
  readonly inviteCode?: string;
  readonly inviteCodeExp?: number | string;
  readonly inviteGrp?: Named;
  readonly inviteGrpName?: string;
  readonly latestEditSenderTimestampMs?: number;
  readonly protocolMessageKey?: Named;
}

/** The bot's own addresses; the second hides its number. */
export interface Self {
  readonly phone?: string;
  readonly lid?: string;
}

const textOf = (named: Named): string | undefined =>
  typeof named === 'string' ? named : (named?._serialized ?? undefined);

/** The inner id of a message's key: without chat and author, under which WhatsApp itself varies. */
export function innerId(key: Named): MessageId | undefined {
  if (typeof key === 'object' && typeof key?.id === 'string') return key.id as MessageId;
  const parts = textOf(key)?.split('_');
  return parts && parts.length >= 3 ? (parts[2] as MessageId) : undefined;
}

export function isFromMe(key: Named): boolean {
  if (typeof key === 'object' && typeof key?.fromMe === 'boolean') return key.fromMe;
  return textOf(key)?.startsWith('true_') ?? false;
}

/** The chat that a message's key names, as the page writes it. */
export function chatIn(key: Named): string | undefined {
  if (typeof key === 'object' && key?.remote !== undefined) return textOf(key.remote as Named);
  return textOf(key)?.split('_')[1];
}

/** `6281…@c.us` -> digits; a LID and a group stay as WhatsApp writes them. */
export function addressOf(jid: string): Address {
  const [user = '', server = ''] = jid.split('@');
  const plain = user.replace(/:\d+$/, '');
  return (server === 'c.us' || server === 's.whatsapp.net' ? plain : `${plain}@${server}`) as Address;
}

/** The other way round. */
export const jidOf = (address: Address): string => (address.includes('@') ? address : `${address}@c.us`);

export const isGroupJid = (jid: string): boolean => jid.endsWith('@g.us');
export const isLid = (jid: string): boolean => jid.endsWith('@lid');
const isPersonJid = (jid: string): boolean => jid.endsWith('@c.us') || isLid(jid);

/** What the page keeps among a chat's messages without anybody having written it. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  'gp2',
  'e2e_notification',
  'notification',
  'notification_template',
  'protocol',
  'ciphertext',
  'revoked',
  'call_log',
  'debug',
  'reaction',
  'album',
  'pinned_message',
]);

/** Somebody else wrote it, to the bot or in a group: no status, no channel, nothing of the page's own. */
export function isHeard(raw: RawMessage): boolean {
  const chat = chatIn(raw.id);
  if (!chat || isFromMe(raw.id) || raw.isStatusV3) return false;
  if (!isGroupJid(chat) && !isPersonJid(chat)) return false;
  return innerId(raw.id) !== undefined && !NOT_WRITTEN.has(raw.type ?? '');
}

/** Who wrote it, as the page writes him. */
export function writerOf(raw: RawMessage): string | undefined {
  const chat = chatIn(raw.id);
  if (chat && !isGroupJid(chat)) return chat;
  const participant = typeof raw.id === 'object' ? textOf(raw.id?.participant as Named) : textOf(raw.id)?.split('_')[3];
  return textOf(raw.author) ?? participant;
}

/** What is needed to fetch the content later, over a restart too. */
export const refOf = (chat: string, id: string): string => JSON.stringify([chat, id]);

export function readRef(ref: string): { chat: string; id: string } | undefined {
  try {
    const [chat, id] = JSON.parse(ref) as unknown[];
    return typeof chat === 'string' && typeof id === 'string' ? { chat, id } : undefined;
  } catch {
    return undefined;
  }
}

const MEDIA: Readonly<Record<string, AttachmentType>> = {
  image: 'photo',
  ptt: 'voice',
  audio: 'voice',
  video: 'video',
  ptv: 'video',
  document: 'document',
  sticker: 'sticker',
};

/** Name and numbers of a contact card, without the rest of it. */
function contactOf(vcard: string, called: string | undefined): Attachment {
  const name = called ?? /^FN[^:\r\n]*:(.+)$/m.exec(vcard)?.[1]?.trim();
  const numbers = [...vcard.matchAll(/^(?:item\d+\.)?TEL[^:\r\n]*:(.+)$/gm)].map((match) => match[1]?.trim());
  return { type: 'contact', name: [name, ...numbers].filter((part) => part).join(', ') };
}

function attachmentsOf(raw: RawMessage, chat: string, id: string): Attachment[] {
  const type = MEDIA[raw.type ?? ''];
  if (type) {
    return [
      {
        type,
        ...(raw.filename && { name: raw.filename }),
        ...(raw.mimetype && { mime: raw.mimetype }),
        ...(raw.size !== undefined && { bytes: Number(raw.size) }),
        // What may be seen once is not shown to linked devices: there is nothing to fetch.
        ...(!raw.isViewOnce && { ref: refOf(chat, id) }),
      },
    ];
  }
  if (raw.type === 'location') {
    const place = [raw.loc?.replaceAll('\n', ', '), raw.lat !== undefined && `${raw.lat},${raw.lng}`];
    return [{ type: 'place', name: place.filter((part) => part).join(' · ') }];
  }
  if (raw.type === 'vcard') return [contactOf(raw.body ?? '', raw.vcardFormattedName)];
  if (raw.type === 'multi_vcard')
    return (raw.vcardList ?? []).map((card) => contactOf(card.vcard ?? '', card.displayName));
  return [];
}

function wordsOf(raw: RawMessage): string {
  if (raw.type === 'vcard' || raw.type === 'multi_vcard' || raw.type === 'location') return '';
  // Of a picture the body is a thumbnail.
  if (MEDIA[raw.type ?? '']) return raw.caption ?? '';
  if (raw.type === 'poll_creation') {
    const options = (raw.pollOptions ?? []).map((option) => `- ${option.name ?? ''}`);
    return [raw.pollName ?? raw.body ?? '', ...options].join('\n');
  }
  return raw.body ?? '';
}

/** An invitation that came as a message of its own, kept so that it can be used later. */
function inviteOf(raw: RawMessage): Invite | undefined {
  if (raw.type !== 'groups_v4_invite' || !raw.inviteCode) return undefined;
  const { inviteCode, inviteCodeExp } = raw;
  const kept = { inviteCode, inviteCodeExp, groupId: textOf(raw.inviteGrp), groupName: raw.inviteGrpName };
  return `v4:${JSON.stringify({ ...kept, fromId: writerOf(raw) })}` as Invite;
}

/** What came of it: who wrote to the bot, and what else has to be known of him. */
export interface Surroundings {
  readonly self: Self;
  readonly now: Millis;
  readonly chatName?: string;
  readonly sharedGroups?: readonly string[];
}

/** A message as the house hears it; undefined for what nobody wrote. */
export function toMessage(
  raw: RawMessage,
  { self, now, chatName, sharedGroups }: Surroundings,
): MessageEvent | undefined {
  const chat = chatIn(raw.id);
  const id = innerId(raw.id);
  const writer = writerOf(raw);
  if (!isHeard(raw) || !chat || !id || !writer) return undefined;
  const inGroup = isGroupJid(chat);
  const own = [self.phone, self.lid].filter((jid) => jid !== undefined);
  const mentions = (raw.mentionedJidList ?? []).map(textOf);
  const mentionsBot = mentions.some((jid) => jid !== undefined && own.includes(jid));
  const invite = inviteOf(raw);
  // In the text a mention is a number; the house knows the bot by its name.
  const text = own.reduce((said, jid) => said.replaceAll(`@${jid.split('@')[0]}`, '@bot'), wordsOf(raw));
  return {
    kind: 'message',
    id,
    chat: addressOf(chat),
    chatKind: inGroup ? 'group' : 'private',
    ...(inGroup && chatName && { chatName }),
    from: addressOf(writer),
    ...(raw.notifyName && { name: raw.notifyName }),
    text,
    // Nobody writes in the future, whatever a phone's clock says.
    at: Math.min(now, raw.t === undefined ? now : raw.t * 1000),
    ...(raw.quotedStanzaID && { quote: raw.quotedStanzaID as MessageId }),
    mentionsBot,
    attachments: attachmentsOf(raw, chat, id),
    ...(sharedGroups && { sharedGroups: sharedGroups.map(addressOf) }),
    ...(invite && { invite }),
  };
}

/** A changed message: the same with the new text, under a name of the change's own. */
export function toEdit(raw: RawMessage, around: Surroundings): MessageEvent | undefined {
  const message = toMessage(raw, around);
  if (!message) return undefined;
  const at = Math.min(around.now, raw.latestEditSenderTimestampMs ?? around.now);
  // The time names the change; a build without it names it by what it says, so that it is heard once all the same.
  const name = raw.latestEditSenderTimestampMs ?? `${message.text.length}-${hash(message.text)}`;
  return { ...message, id: `${message.id}~${name}` as MessageId, edits: message.id, at };
}

/** A short number for a text (FNV-1a, 32 bits): tells two changes of one message apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}

/** The ids of the message that was deleted; a build may keep the first one's beside that of the deletion. */
export function revokedIds(raw: RawMessage): MessageId[] {
  return [...new Set([innerId(raw.protocolMessageKey), innerId(raw.id)])].filter((id) => id !== undefined);
}
