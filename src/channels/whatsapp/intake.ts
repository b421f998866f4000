// Everything that WhatsApp tells while the bot is there: one thing after the other, each turned into an event.

import type { Client, GroupNotification, Message, Reaction } from 'whatsapp-web.js';
import type { Event, MessageId, Millis } from '../../core/types.ts';
import type { Log } from '../../log.ts';
import type { Ack } from '../channel.ts';
import {
  addressOf,
  chatIn,
  innerId,
  isFromMe,
  isGroupJid,
  isHeard,
  type RawMessage,
  revokedIds,
  type Self,
  toEdit,
  toMessage,
  writerOf,
} from './convert.ts';
import type { Hands, Place } from './hands.ts';
import type { People } from './people.ts';

export interface IntakeParts {
  readonly client: Client;
  readonly hands: Hands;
  readonly people: People;
  readonly self: () => Self;
  readonly now: () => Millis;
  readonly log: Log;
  /** Takes an event in. @throws where it could not be kept */
  readonly hear: (event: Event) => void;
  readonly acked: (message: MessageId, ack: Ack) => void;
  /** Something came that could not be taken: it has to be looked for again. */
  readonly failed: () => void;
  /** How long a question about somebody may hold up what he wrote. */
  readonly limit: Millis;
}

export interface Intake {
  /** Puts work into the line: what comes in meanwhile waits behind it. */
  inLine(what: string, work: () => Promise<void> | void): Promise<void>;
  /** Hears a message as it stands in a chat; nothing where nobody wrote it. */
  hearMessage(raw: RawMessage): Promise<void>;
  hearEdit(raw: RawMessage): Promise<void>;
  hearRevoked(raw: RawMessage): void;
  hearReaction(reaction: { message: MessageId; chat: string; from: string; emoji: string; at: Millis }): Promise<void>;
  hearPlace(place: Place): void;
  /** Holds back what comes until what was missed has been heard, so that older words are not taken for known. */
  hold(): void;
  /** Takes what was held back, and what comes from now on. */
  letIn(): void;
  /** When anything came last. */
  lastHeardAt(): Millis;
}

/** Seconds on some builds, milliseconds on others. */
export const inMillis = (time: number): Millis => (time < 100_000_000_000 ? time * 1000 : time);

/** What the library keeps of a message as the page told it. */
const rawOf = (message: { rawData?: unknown }) => (message.rawData ?? {}) as RawMessage;

export function openIntake(parts: IntakeParts): Intake {
  const { client, hands, people, self, now, log, hear, acked, failed, limit } = parts;
  let line: Promise<void> = Promise.resolve();
  let heardAt = now();
  let held: (() => void)[] | undefined = [];

  const inLine = (what: string, work: () => Promise<void> | void): Promise<void> => {
    line = line.then(work).catch((error: unknown) => {
      log.error({ what, error: error instanceof Error ? error.name : 'unknown' }, 'what came in could not be taken');
      failed();
    });
    return line;
  };

  async function around(raw: RawMessage) {
    const chat = chatIn(raw.id) ?? '';
    const writer = writerOf(raw);
    if (writer) await people.learn(client, hands, writer);
    const common = { self: self(), now: now() };
    if (isGroupJid(chat) || !writer) return common;
    const ids = people.idsOf(addressOf(writer));
    const sharedGroups = await hands.call('commonGroups', { ids }, limit).catch(() => undefined);
    return { ...common, ...(sharedGroups && { sharedGroups }) };
  }

  const intake: Intake = {
    inLine,
    async hearMessage(raw) {
      if (!isHeard(raw)) return;
      const event = toMessage(raw, await around(raw));
      if (event) hear(event);
    },
    async hearEdit(raw) {
      if (!isHeard(raw)) return;
      const event = toEdit(raw, await around(raw));
      if (event) hear(event);
    },
    hearRevoked(raw) {
      const chat = chatIn(raw.id);
      if (!chat || isFromMe(raw.id)) return;
      const chatKind = isGroupJid(chat) ? 'group' : 'private';
      for (const message of revokedIds(raw))
        hear({ kind: 'revoked', message, chat: addressOf(chat), chatKind, at: now() });
    },
    async hearReaction({ message, chat, from, emoji, at }) {
      await people.learn(client, hands, from);
      const chatKind = isGroupJid(chat) ? 'group' : 'private';
      // To the second, so that one that is read again later is the same one.
      const second = Math.floor(at / 1000) * 1000;
      hear({ kind: 'reaction', message, chat: addressOf(chat), chatKind, from: addressOf(from), emoji, at: second });
    },
    hearPlace({ id, name, inside, closed }) {
      const common = { kind: 'group', chat: addressOf(id), ...(name && { chatName: name }), at: now() } as const;
      if (inside === false) {
        hear({ ...common, change: 'left' });
        return;
      }
      hear({ ...common, change: 'joined' });
      hear({ ...common, change: closed ? 'closed' : 'opened' });
    },
    hold() {
      held ??= [];
    },
    letIn() {
      const waiting = held ?? [];
      held = undefined;
      for (const take of waiting) take();
    },
    lastHeardAt: () => heardAt,
  };

  /** One listener an event; nothing of it reaches the library, which would swallow it or die of it. */
  const on = <Given extends unknown[]>(name: string, work: (...given: Given) => Promise<void> | void) => {
    const listener = (...given: unknown[]) => {
      heardAt = now();
      const take = () => void inLine(name, () => work(...(given as Given)));
      // An ack says nothing of what anybody wrote.
      if (held && name !== 'message_ack') held.push(take);
      else take();
    };
    client.on(name, listener);
  };

  on('message', (message: Message) => intake.hearMessage(rawOf(message)));
  on('message_edit', (message: Message) => intake.hearEdit(rawOf(message)));
  on('message_revoke_everyone', (message: Message) => intake.hearRevoked(rawOf(message)));
  on('message_ack', (message: Message, ack: Ack) => {
    const id = innerId(rawOf(message).id as RawMessage['id']);
    if (id && isFromMe(rawOf(message).id)) acked(id, Math.min(3, ack) as Ack);
  });
  on('message_ciphertext', () => {
    log.info({}, 'a message cannot be read yet');
  });
  on('message_ciphertext_failed', () => {
    log.warn({}, 'a message could not be read');
  });
  on('message_reaction', async (reaction: Reaction) => {
    const parent = reaction.msgId as unknown as RawMessage['id'];
    const message = innerId(parent);
    const chat = chatIn(parent);
    const from = reaction.senderId;
    // What is put on other people's messages is theirs.
    if (!message || !chat || !from || !isFromMe(parent) || isFromMe(reaction.id as unknown as RawMessage['id'])) return;
    const at = Math.min(now(), inMillis(Number(reaction.timestamp) || now()));
    await intake.hearReaction({ message, chat, from, emoji: reaction.reaction ?? '', at });
  });
  const aboutGroup = async (notification: GroupNotification) => {
    const chat = notification.chatId;
    if (!chat || !isGroupJid(chat)) return;
    const place = await hands.call('group', { id: chat }, limit);
    if (place) intake.hearPlace(place);
  };
  const mine = (notification: GroupNotification) => {
    const { phone, lid } = self();
    return notification.recipientIds.some((id) => {
      const jid = typeof id === 'string' ? id : (id as { _serialized?: string })._serialized;
      return jid !== undefined && (jid === phone || jid === lid);
    });
  };
  on('group_join', (notification: GroupNotification) => (mine(notification) ? aboutGroup(notification) : undefined));
  on('group_leave', (notification: GroupNotification) => {
    if (!mine(notification)) return;
    // The page may not have noticed yet that the bot is out.
    intake.hearPlace({ id: notification.chatId, inside: false, closed: false });
  });
  on('group_admin_changed', aboutGroup);
  on('group_update', aboutGroup);
  return intake;
}
