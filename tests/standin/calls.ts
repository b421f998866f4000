// What the page may ask of the network, by name: the same words that page/ uses.

import type { Calls, Page } from './server.ts';
import type { Standin } from './standin.ts';
import { keyOf, Refusal, type WireMessage } from './wire.ts';
import { type Group, isGroup } from './world.ts';

/** The calls about links and pages themselves. */
export interface LinkCalls {
  hello(page: Page, session: string | undefined): object;
  kept(page: Page): void;
  listening(page: Page): void;
  freshRef(page: Page): string;
  pairingCode(page: Page): string;
  logout(): void;
  resend(ids: readonly string[]): void;
  pong(page: Page, ping: number): void;
}

/** How long after the network the phones have a message; in milliseconds. */
const TO_THE_PHONES = 5;

export function callsOf(standin: Standin, link: LinkCalls): Calls {
  const { world } = standin;
  const groupOf = (id: string): Group => {
    const { place } = world.chatOf(id);
    if (!isGroup(place)) throw new Refusal('ServerStatusCodeError', `${id} is no group`);
    return place;
  };

  /** A frame of the bot: taken, refused, or left without an answer. */
  async function send(message: WireMessage): Promise<{ ack: number }> {
    const { ack, ackLateMs } = standin.faults;
    if (ack === 'error') return { ack: -1 };
    if (!world.receive({ ...message, ack: 0 }, Date.now())) return { ack: -1 };
    if (ack === 'never') return new Promise(() => {});
    if (ack === 'late') await new Promise((resolve) => setTimeout(resolve, ackLateMs));
    const kept = world.message(keyOf(message));
    kept.ack = Math.max(kept.ack, 1);
    setTimeout(() => world.acked(keyOf(message), 2), TO_THE_PHONES);
    return { ack: kept.ack };
  }

  return {
    hello: (page, { session, face }: { session?: string; face: string }) => {
      page.face = face;
      return link.hello(page, session);
    },
    kept: (page) => link.kept(page),
    listening: (page) => link.listening(page),
    hears: (page) => {
      page.hears = true;
    },
    freshRef: (page) => link.freshRef(page),
    pairingCode: (page) => link.pairingCode(page),
    logout: () => link.logout(),
    resend: (_, ids: readonly string[]) => link.resend(ids),
    pong: (page, ping: number) => link.pong(page, ping),
    presence: () => {},

    send: (_, message: WireMessage) => send(message),
    react: (_, { message, emoji }: { message: string; emoji: string }) =>
      world.react(world.bot, message, emoji, Date.now()),
    edit: (_, { message, text }: { message: string; text: string }) => standin.edit(message, text),
    revoke: (_, { message }: { message: string }) => standin.revoke(message, world.bot),
    typing: (_, { chat, state }: { chat: string; state: string }) => {
      if (state === 'typing') world.chatOf(chat).typing++;
    },
    seen: (_, { chat }: { chat: string }) => {
      world.chatOf(chat).seen++;
      world.chatOf(chat).unread = 0;
    },

    // What a page learns of a person: his number and his LID, where both may be known.
    exists: (_, { id }: { id: string }) => {
      const person = world.personOf(id);
      if (!person) return null;
      return person.lidUnknownPhone ? { wid: id } : { wid: id, pn: `${person.phone}@c.us`, lid: `${person.lid}@lid` };
    },
    chat: (_, { id }: { id: string }) => {
      const { unread, place } = world.chatOf(id);
      return { id, unread, name: place.name, ...(isGroup(place) ? { group: world.wireGroup(place) } : {}) };
    },
    group: (_, { id }: { id: string }) => world.wireGroup(groupOf(id)),
    inviteInfo: (_, { code }: { code: string }) => {
      const group = world.groupByLink(code);
      return { id: group.id, approval: group.approval, ...world.wireGroup(group) };
    },
    join: (_, { code }: { code: string }) => ({ gid: world.joinByLink(code, Date.now()).id }),
    exitGroup: (_, { id }: { id: string }) => world.leave(groupOf(id), world.bot, world.bot, Date.now()),
  };
}
