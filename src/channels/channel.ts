// What every way of hearing and speaking offers. The rest of the house knows only this.

import type { Address, Attachment, Event, Invite, MessageId, Millis } from '../core/types.ts';

/** 1 the network has it, 2 it is on the phone, 3 it was read; 0 waiting, -1 refused. */
export type Ack = -1 | 0 | 1 | 2 | 3;

export interface OutgoingMedia {
  /** Where its content lies. */
  readonly path: string;
  readonly mime: string;
  readonly name?: string;
  /** Played as a voice note. */
  readonly voice: boolean;
}

export interface Outgoing {
  /** Our own id, derived from the outbox key, so that the same message can be recognised after a crash. */
  readonly id: MessageId;
  readonly chat: Address;
  readonly text: string;
  /** The message it answers, heard in the same chat. */
  readonly quote?: MessageId;
  readonly media?: OutgoingMedia;
  /** When it was first handed over; a channel that could not use our id finds it by its text from then on. */
  readonly since: Millis;
}

/** What has become of a message, and under which id it stands in the chat where that could not be ours. */
export interface Found {
  readonly id: MessageId;
  readonly ack: Ack;
}

export interface ChannelListener {
  /** Returns once the event is safely kept; a throw means it is not, and it will be heard again at the next start. */
  hear(event: Event): void;
  acked(message: MessageId, ack: Ack): void;
  /** It can speak from now on, for the first time or again: what waits may go. */
  ready(): void;
}

export interface ChannelState {
  readonly name: string;
  /** `linking`: waits for a phone to link it; `blocked`: WhatsApp has judged the number, and nothing is tried any more. */
  readonly state: 'connecting' | 'linking' | 'ready' | 'down' | 'blocked';
}

/** What an invitation leads to. */
export interface InviteFound {
  readonly name: string;
  readonly size?: number;
}

export interface Channel {
  /** Begins to listen. Tells everything written while the bot was away, oldest first, whenever it has been away. */
  start(listener: ChannelListener): Promise<void>;
  stop(): Promise<void>;
  state(): ChannelState;
  /**
   * Hands a message over. Resolving says nothing about arrival: only an ack does. A throw means unknown.
   * @returns the id under which it stands in the chat, where that could not be ours
   */
  send(message: Outgoing): Promise<MessageId | undefined>;
  /** What has become of a message sent earlier; undefined where the chat does not hold it. */
  lookUp(message: Outgoing): Promise<Found | undefined>;
  /** Puts a reaction on a message; the same reaction twice is one. */
  react(message: MessageId, chat: Address, emoji: string): Promise<void>;
  /** Shows that the bot is writing, until the next message there. */
  showTyping(chat: Address): Promise<void>;
  /** The content of an attachment, or undefined where it is gone or too large. */
  fetchMedia(attachment: Attachment): Promise<Uint8Array | undefined>;
  /** Undefined where the invitation is wrong or has expired. */
  lookAtInvite(invite: Invite): Promise<InviteFound | undefined>;
  /** `waiting`: an admin of the group has to let it in. */
  useInvite(invite: Invite): Promise<'joined' | 'waiting' | 'refused'>;
}
