// Speaking over WhatsApp: texts under our own ids, media, reactions, and what only the channel can look at.

import library, { type Client } from 'whatsapp-web.js';
import type { Address, Capability, Invite, MessageId, Millis } from '../../core/types.ts';
import { Late } from '../../limit.ts';
import type { Channel, InviteFound, Outgoing } from '../channel.ts';
import { readRef } from './convert.ts';
import type { Hands } from './hands.ts';
import type { People } from './people.ts';

/** A browser's life, as far as one speaks through it. */
export interface Mouth {
  readonly client: Client;
  readonly hands: Hands;
}

export interface SpeakingParts {
  /** @throws while nothing can be said */
  readonly ready: () => Mouth;
  readonly people: People;
  /** What of WhatsApp does not work at the moment. */
  readonly broken: () => readonly Capability[];
  /** For a call to the page, and for one that nothing depends on. */
  readonly limit: Millis;
  readonly soon: Millis;
}

/** The most that is fetched of one attachment, in bytes: WhatsApp's own limit for photos and voice notes. */
const MEDIA_LIMIT = 16 * 1024 * 1024;

type Speaking = Pick<Channel, 'send' | 'lookUp' | 'react' | 'showTyping' | 'fetchMedia' | 'lookAtInvite' | 'useInvite'>;

export function openSpeaking({ ready, people, broken, limit, soon }: SpeakingParts): Speaking {
  const chatsOf = (address: Address) => people.idsOf(address);

  async function sendMedia({ client, hands }: Mouth, message: Outgoing): Promise<MessageId | undefined> {
    const media = message.media as NonNullable<Outgoing['media']>;
    const content = library.MessageMedia.fromFilePath(media.path);
    content.mimetype = media.mime;
    if (media.name) content.filename = media.name;
    const [jid = ''] = chatsOf(message.chat);
    const sent = await hands.within(
      client.sendMessage(jid, content, {
        // A voice note has no words of its own; what it belongs to is said with the text before it.
        ...(media.voice ? { sendAudioAsVoice: true } : { caption: message.text }),
        sendMediaAsDocument: !/^(image|video|audio)\//.test(media.mime),
        sendSeen: false,
      }),
    );
    return idOf(sent) ?? (await hands.call('lookUp', byText(message, media.voice ? '' : message.text)))?.id;
  }

  const idOf = (sent: { id?: unknown } | undefined | null) => (sent?.id as { id?: MessageId } | undefined)?.id;
  const byText = ({ id, chat, since: from }: Outgoing, text: string) => ({
    chats: chatsOf(chat),
    id,
    text,
    since: from,
  });
  /** Under its own id a message is found by that alone; two that say the same must not be taken for one. */
  const goesByText = (message: Outgoing) => message.media !== undefined || broken().includes('own-ids');

  async function sendText({ client, hands }: Mouth, message: Outgoing): Promise<MessageId | undefined> {
    const { id, chat, text, quote } = message;
    if (!broken().includes('own-ids')) {
      const seen = await hands.call('send', { chats: chatsOf(chat), id, text, ...(quote && { quote }) });
      return seen.id === id ? undefined : seen.id;
    }
    const [jid = ''] = chatsOf(chat);
    const key = quote && (await hands.call('keyOf', { chats: chatsOf(chat), id: quote }).catch(() => undefined));
    const sent = await hands.within(
      client.sendMessage(jid, text, {
        linkPreview: false,
        parseVCards: false,
        sendSeen: false,
        ...(key && { quotedMessageId: key, ignoreQuoteErrors: true }),
      }),
    );
    return idOf(sent) ?? (await hands.call('lookUp', byText(message, text)))?.id;
  }

  return {
    send: async (message) => (message.media ? sendMedia(ready(), message) : sendText(ready(), message)),

    async lookUp(message) {
      const { hands } = ready();
      const { id, chat, text, media, since: from } = message;
      const said = media?.voice ? '' : text;
      return hands.call('lookUp', {
        chats: chatsOf(chat),
        id,
        ...(goesByText(message) && { text: said, since: from }),
      });
    },

    async react(id, chat, emoji) {
      await ready().hands.call('react', { chats: chatsOf(chat), id, emoji });
    },

    async showTyping(chat) {
      if (broken().includes('typing')) return;
      await ready().hands.call('typing', { chats: chatsOf(chat) }, soon);
    },

    async fetchMedia(attachment) {
      const ref = attachment.ref === undefined ? undefined : readRef(attachment.ref);
      if (!ref || (attachment.bytes ?? 0) > MEDIA_LIMIT) return undefined;
      const { client, hands } = ready();
      const key = await hands.call('keyOf', { chats: [ref.chat], id: ref.id });
      const message = key ? await hands.within(client.getMessageById(key)) : undefined;
      const media = message && (await hands.within(message.downloadMedia(), limit * 2));
      const content = media ? Buffer.from(media.data, 'base64') : undefined;
      return content && content.length <= MEDIA_LIMIT ? content : undefined;
    },

    async lookAtInvite(invite): Promise<InviteFound | undefined> {
      const { client, hands } = ready();
      const kept = v4(invite);
      if (kept) return { name: String(kept.groupName ?? '') };
      try {
        const found = (await hands.within(client.getInviteInfo(invite))) as { subject?: string; size?: number };
        return { name: found.subject ?? '', ...(found.size !== undefined && { size: found.size }) };
      } catch (error) {
        if (error instanceof Late) throw error;
        return undefined;
      }
    },

    async useInvite(invite) {
      const { client, hands } = ready();
      const kept = v4(invite);
      try {
        if (kept) await hands.within(client.acceptGroupV4Invite(kept as never));
        else await hands.within(client.acceptInvite(invite));
        return 'joined';
      } catch (error) {
        if (error instanceof Late) throw error;
        // The request was made; an admin of the group decides.
        return /UnexpectedJoinGroupViaInvite/.test(`${error}`) ? 'waiting' : 'refused';
      }
    },
  };
}

/** An invitation that came as a message of its own. */
function v4(invite: Invite): Readonly<Record<string, unknown>> | undefined {
  if (!invite.startsWith('v4:')) return undefined;
  return JSON.parse(invite.slice(3)) as Record<string, unknown>;
}
