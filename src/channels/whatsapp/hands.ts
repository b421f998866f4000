// The bot's own hands in WhatsApp's page, as the rest of the channel uses them: each call has a limit.

import { readFileSync } from 'node:fs';
import type { Client } from 'whatsapp-web.js';
import type { Capability, MessageId, Millis } from '../../core/types.ts';
import { type WaitFor, within } from '../../limit.ts';
import type { Ack } from '../channel.ts';
import type { RawMessage, Self } from './convert.ts';

/** A message as the page finds it. */
export interface Seen {
  readonly id: MessageId;
  readonly ack: Ack;
}

/** The bot's place in a group; `inside` is undefined where the page does not know who is in it. */
export interface Place {
  readonly id: string;
  readonly name?: string;
  readonly inside?: boolean;
  readonly closed: boolean;
}

export interface SeenReaction {
  readonly from: string;
  readonly emoji: string;
  /** UTC milliseconds, or seconds, as the build has it. */
  readonly at: number;
}

/** `chats`: the ids under which a chat may be known, the likeliest first. */
interface Calls {
  send: [{ chats: readonly string[]; id: string; text: string; quote?: string }, Seen];
  lookUp: [{ chats: readonly string[]; id: string; text?: string; since?: Millis }, Seen | undefined];
  react: [{ chats: readonly string[]; id: string; emoji: string }, undefined];
  keyOf: [{ chats: readonly string[]; id: string }, string | undefined];
  chatsWithNews: [{ since: Readonly<Record<string, Millis>>; other: Millis }, string[]];
  history: [{ chat: string; since: Millis; most: number }, RawMessage[]];
  reactionsOn: [{ chats: readonly string[]; id: string }, SeenReaction[]];
  groups: [undefined, Place[]];
  group: [{ id: string }, Place | undefined];
  commonGroups: [{ ids: readonly string[] }, string[]];
  self: [undefined, Self];
  typing: [{ chats: readonly string[] }, boolean];
  askNetwork: [undefined, boolean];
  synced: [undefined, { hasSynced: boolean; library: boolean }];
  selfTest: [undefined, { version: string; broken: Capability[] }];
}

export interface Hands {
  /** @throws Late when the page does not answer in time, or what the page throws */
  call<Name extends keyof Calls>(name: Name, given?: Calls[Name][0], limit?: Millis): Promise<Calls[Name][1]>;
  /** Any other work of the library, within the same limit. */
  within<T>(work: Promise<T>, limit?: Millis): Promise<T>;
}

export function handsOn(client: Client, wait: WaitFor, usual: Millis): Hands {
  return {
    call: async <Name extends keyof Calls>(name: Name, given: Calls[Name][0], limit = usual) => {
      const page = client.pupPage;
      if (!page) throw new Error('there is no page');
      const asked = page.evaluate(`window.desaBinaan.${name}(${given === undefined ? '' : JSON.stringify(given)})`);
      return within(asked as Promise<Calls[Name][1]>, wait, limit);
    },
    within: (work, limit = usual) => within(work, wait, limit),
  };
}

const source = (name: string) => readFileSync(new URL(`./page/${name}.js`, import.meta.url), 'utf8');

/** What is put into every document before the page's own scripts: the repairs, but for these, and the hands. */
export function pageScript(repairsOff: readonly string[]): string {
  return `{ const switchedOff = ${JSON.stringify(repairsOff)};\n${source('compat')} }\n${source('hands')}`;
}
