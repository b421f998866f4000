// What every way of hearing and speaking offers. The rest of the house knows only this.

import type { Address, Attachment, Event, MessageId } from '../core/types.ts';

/** 1 the network has it, 2 it is on the phone, 3 it was read; 0 waiting, -1 refused. */
export type Ack = -1 | 0 | 1 | 2 | 3;

export interface OutgoingText {
  /** Our own id, derived from the outbox key, so that the same message can be recognised after a crash. */
  readonly id: MessageId;
  readonly chat: Address;
  readonly text: string;
  /** The message it answers, heard in the same chat. */
  readonly quote?: MessageId;
}

export interface ChannelListener {
  /** Returns once the event is safely kept; a throw means it is not, and it will be heard again at the next start. */
  hear(event: Event): void;
  acked(message: MessageId, ack: Ack): void;
}

export interface ChannelState {
  readonly name: string;
  readonly state: 'connecting' | 'ready' | 'down';
}

export interface Channel {
  /** Begins to listen. First tells the members of every group, then everything written while the bot was away, oldest first. */
  start(listener: ChannelListener): Promise<void>;
  stop(): Promise<void>;
  state(): ChannelState;
  /** Hands a text over. Resolving says nothing about arrival: only an ack does. A throw means unknown. */
  send(message: OutgoingText): Promise<void>;
  /** What has become of a message sent earlier under this id; undefined where the chat does not hold it. */
  lookUp(id: MessageId, chat: Address): Promise<Ack | undefined>;
  /** Puts a reaction on a message; the same reaction twice is one. */
  react(message: MessageId, chat: Address, emoji: string): Promise<void>;
  /** The content of an attachment, or undefined where it is gone. */
  fetchMedia(attachment: Attachment): Promise<Uint8Array | undefined>;
}
