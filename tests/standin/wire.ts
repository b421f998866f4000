// What goes over the wire between the stand-in's server and its page: plain data, people and chats by their WhatsApp ids.

/** A message as both sides keep it. Times are seconds, as WhatsApp has them. */
export interface WireMessage {
  /** Its id without chat and sender. */
  readonly id: string;
  readonly fromMe: boolean;
  readonly chat: string;
  readonly participant?: string;
  readonly from: string;
  readonly to: string;
  readonly author?: string;
  readonly t: number;
  type: string;
  subtype?: string;
  body?: string;
  caption?: string;
  ack: number;
  readonly notifyName?: string;
  readonly mentionedJidList?: readonly string[];
  readonly quotedMsg?: { readonly type: string; readonly body?: string };
  readonly quotedStanzaID?: string;
  readonly quotedParticipant?: string;
  readonly recipients?: readonly string[];
  readonly isNotification?: boolean;
  // media
  readonly directPath?: string;
  readonly mimetype?: string;
  readonly size?: number;
  readonly filename?: string;
  readonly [field: string]: unknown;
}

export interface WireReaction {
  /** The message reacted to, as one string. */
  readonly parent: string;
  readonly id: string;
  /** Who reacted, as the chat names people. */
  readonly by: string;
  readonly fromMe: boolean;
  /** Empty where it was taken back. */
  readonly emoji: string;
  /** Milliseconds. */
  readonly t: number;
}

export interface WireVote {
  readonly parent: string;
  readonly id: string;
  readonly by: string;
  readonly options: readonly number[];
  /** Milliseconds. */
  readonly t: number;
}

export interface WireGroup {
  readonly subject: string;
  readonly owner: string;
  readonly creation: number;
  readonly announce: boolean;
  readonly isLidAddressingMode: boolean;
  readonly participants: readonly { readonly id: string; readonly isAdmin: boolean }[];
}

export interface WireChat {
  readonly id: string;
  readonly name: string;
  readonly unread: number;
  readonly group?: WireGroup;
}

export interface WireContact {
  readonly id: string;
  readonly pushname: string;
}

/** Everything a page that has just connected is told. */
export interface Snapshot {
  readonly me: { readonly pn: string; readonly lid: string; readonly pushname: string };
  readonly chats: readonly WireChat[];
  readonly contacts: readonly WireContact[];
  readonly messages: readonly WireMessage[];
  readonly reactions: readonly WireReaction[];
}

/** What a page is told as it happens. */
export type News =
  | { readonly news: 'message'; readonly message: WireMessage; readonly contact?: WireContact }
  | {
      readonly news: 'change';
      readonly message: string;
      readonly fields: Partial<WireMessage>;
      readonly silent?: readonly string[];
    }
  | { readonly news: 'reaction'; readonly reaction: WireReaction }
  | { readonly news: 'vote'; readonly vote: WireVote }
  | { readonly news: 'chat'; readonly chat: WireChat };

/** A message's id as one string, as WhatsApp writes it. */
export function keyOf(message: Pick<WireMessage, 'fromMe' | 'chat' | 'id' | 'participant'>): string {
  const parts = [message.fromMe, message.chat, message.id];
  if (message.participant !== undefined) return [...parts, message.participant].join('_');
  return parts.join('_');
}

/** What the server refuses, with the name that the page's error has. */
export class Refusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
