// WhatsApp: a channel over the real network, through WhatsApp's own page in a browser. Starts again whenever it must,
// without end; tells the house what it missed; and says when a person has to do something.

import qrcode from 'qrcode-terminal';
import library, { type Client } from 'whatsapp-web.js';
import type { Address, Capability, Event, Invite, MessageId, Millis } from '../core/types.ts';
import { Late, type WaitFor } from '../limit.ts';
import type { Log } from '../log.ts';
import type { Channel, ChannelListener, ChannelState, InviteFound, Outgoing } from './channel.ts';
import { forgetSession } from './whatsapp/browser.ts';
import { catchUp, type Memory } from './whatsapp/catch-up.ts';
import { addressOf, jidOf, readRef, type Self } from './whatsapp/convert.ts';
import type { Hands } from './whatsapp/hands.ts';
import { type Intake, openIntake } from './whatsapp/intake.ts';
import { type Ending, live, nameOf, type Waits } from './whatsapp/life.ts';
import { openPeople } from './whatsapp/people.ts';

export type { Memory } from './whatsapp/catch-up.ts';

export interface WhatsAppParts {
  /** Where the session is kept: whoever has it has the account. */
  readonly folder: string;
  readonly chromium: string;
  readonly flags: readonly string[];
  readonly waits: Waits;
  readonly repairsOff: readonly string[];
  readonly memory: Memory;
  readonly now: () => Millis;
  readonly wait: WaitFor;
  readonly random: () => number;
  readonly log: Log;
  /** Shows a text to whoever sits at the terminal: the QR code. */
  readonly show: (text: string) => void;
}

/** What the office's page shows. */
export interface Link {
  readonly state: ChannelState['state'];
  readonly since: Millis;
  readonly version?: string;
  readonly broken: readonly Capability[];
  /** What a phone scans. A secret for as long as it is shown. */
  readonly qr?: string;
  readonly code?: string;
  /** Digits of the number that is linked. */
  readonly number?: string;
}

export interface WhatsApp extends Channel {
  link(): Link;
  /**
   * Asks for a code with which a phone links the bot instead of the QR.
   * @param number digits with the country code
   * @throws where nothing waits to be linked, or a code was asked for a moment ago
   */
  requestCode(number: string): Promise<string>;
  /** True for an error that the library let fall on the floor: the channel starts its browser again because of it. */
  takes(error: unknown): boolean;
}

/** The most that is fetched of one attachment, in bytes: WhatsApp's own limit for photos and voice notes. */
const MEDIA_LIMIT = 16 * 1024 * 1024;
/** A life that was ready for so long counts as a good one: the next restart comes at once. */
const GOOD_LIFE: Millis = 5 * 60_000;

interface Living {
  readonly client: Client;
  readonly hands: Hands;
  readonly intake: Intake;
}

export function openWhatsApp(parts: WhatsAppParts): WhatsApp {
  const { folder, waits, memory, now, wait, random, log, show } = parts;
  const stopping = new AbortController();
  let listener: ChannelListener | undefined;
  let running: Promise<void> | undefined;
  let living: Living | undefined;
  let cutShort: AbortController | undefined;

  let state: ChannelState['state'] = 'down';
  let since = now();
  let linkedBefore = false;
  let self: Self = {};
  let version: string | undefined;
  let broken: readonly Capability[] = [];
  let qr: string | undefined;
  let code: string | undefined;
  let codeAskedAt = Number.NEGATIVE_INFINITY;
  let readyAt: Millis | undefined;
  let toldDown = false;

  const become = (next: ChannelState['state']) => {
    if (next === state) return;
    state = next;
    since = now();
    if (next !== 'linking') {
      qr = undefined;
      code = undefined;
    }
    log.info({ channel: next }, 'the channel changed');
  };
  /** @throws where the house could not keep it */
  const hear = (event: Event) => listener?.hear(event);
  const say = (event: Event) => {
    try {
      hear(event);
    } catch (error) {
      log.error({ event: event.kind, error: nameOf(error) }, 'an event could not be kept');
    }
  };
  const people = openPeople({ now, tell: say, limit: waits.answer });

  function ready(): Living {
    if (!living || state !== 'ready') throw new Late('the channel is not ready');
    return living;
  }

  // ---- becoming ready

  /** Everything that has to be done before the bot may speak; done again at every `ready`. */
  async function settle(one: Living): Promise<void> {
    const { client, hands, intake } = one;
    self = await hands.call('self', undefined, waits.answer);
    const tested = await hands.call('selfTest', undefined, waits.answer);
    version = tested.version;
    broken = tested.broken;
    for (const phone of memory.staff()) await people.learn(client, hands, jidOf(phone));
    memory.linkedSince();
    await catchUp({ hands, intake, people, memory, limit: waits.call });
    if (living !== one) return;
    become('ready');
    readyAt ??= now();
    log.info({ version, broken }, 'WhatsApp is ready');
    if (broken.length > 0) say({ kind: 'channel', what: 'changed', version: tested.version, broken, at: now() });
    if (toldDown) say({ kind: 'channel', what: 'up', at: now() });
    toldDown = false;
    listener?.ready();
  }

  /** Until it worked: what was missed is looked for again where the page did not answer. */
  async function settleUntilDone(one: Living, over: AbortSignal): Promise<void> {
    for (let tries = 0; living === one && !over.aborted; tries++) {
      try {
        await settle(one);
        return;
      } catch (error) {
        log.warn({ error: nameOf(error), tries }, 'what was missed could not be looked for');
        await wait(Math.min(waits.watch, waits.restart * (tries + 1)), over);
      }
    }
  }

  // ---- one life after the other

  async function oneLife(): Promise<Ending> {
    const cut = new AbortController();
    cutShort = cut;
    readyAt = undefined;
    let one: Living | undefined;
    const settleAgain = () => {
      if (one) void one.intake.inLine('catch-up', () => settleUntilDone(one as Living, cut.signal));
    };
    const ending = await live(
      parts,
      {
        began(client, hands) {
          const intake = openIntake({
            client,
            hands,
            people,
            self: () => self,
            now,
            log,
            hear,
            acked: (message, ack) => listener?.acked(message, ack),
            limit: waits.answer,
          });
          one = { client, hands, intake };
          living = one;
        },
        qr(text) {
          qr = text;
          qrcode.generate(text, { small: true }, (drawn) => {
            show(`\nPindai dengan HP bot: WhatsApp > Perangkat tertaut > Tautkan perangkat\n\n${drawn}`);
          });
        },
        code(text) {
          code = text;
        },
        linking: () => become('linking'),
        linked() {
          linkedBefore = true;
          if (state !== 'ready') become('connecting');
        },
        loading() {
          if (state === 'ready') become('connecting');
        },
        ready: settleAgain,
        connected(is) {
          if (is && readyAt !== undefined) settleAgain();
          else if (!is && state === 'ready') become('connecting');
        },
        lastHeardAt: () => one?.intake.lastHeardAt() ?? 0,
      },
      AbortSignal.any([stopping.signal, cut.signal]),
    );
    living = undefined;
    cut.abort();
    if (stopping.signal.aborted) return 'stopped';
    return ending === 'stopped' ? 'lost' : ending;
  }

  /** Tells the house once of an outage that lasts. */
  async function alarm(): Promise<void> {
    const goneSince = now();
    while (!stopping.signal.aborted && state !== 'ready') {
      await wait(Math.min(waits.alarm, waits.watch), stopping.signal);
      // One who is asked to link the phone has been told so.
      if (state === 'linking' || state === 'blocked') return;
      if (!toldDown && now() - goneSince >= waits.alarm && !stopping.signal.aborted) {
        toldDown = true;
        say({ kind: 'channel', what: 'down', at: now() });
      }
    }
  }

  async function run(): Promise<void> {
    let pause = waits.restart;
    for (;;) {
      become('connecting');
      void alarm();
      const began = now();
      const ending = await oneLife();
      if (ending === 'stopped') return;
      if (ending === 'blocked') {
        become('blocked');
        say({ kind: 'channel', what: 'blocked', at: now() });
        return;
      }
      become('down');
      if (ending === 'logged-out') {
        forgetSession(folder);
        if (linkedBefore) say({ kind: 'channel', what: 'logged-out', at: now() });
        linkedBefore = false;
      }
      if (readyAt !== undefined && now() - began >= GOOD_LIFE) pause = waits.restart;
      // Two offices that lost the same network do not come back in the same second.
      await wait(pause * (0.75 + random() / 2), stopping.signal);
      if (stopping.signal.aborted) return;
      pause = Math.min(waits.most, pause * 3);
    }
  }

  // ---- speaking

  const chatsOf = (address: Address) => people.idsOf(address);

  async function sendMedia({ client, hands }: Living, message: Outgoing): Promise<MessageId | undefined> {
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
  const goesByText = (message: Outgoing) => message.media !== undefined || broken.includes('own-ids');

  async function sendText({ client, hands }: Living, message: Outgoing): Promise<MessageId | undefined> {
    const { id, chat, text, quote } = message;
    if (!broken.includes('own-ids')) {
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
    async start(to) {
      listener = to;
      running = run().catch((error: unknown) => {
        log.error({ error: nameOf(error) }, 'the channel ended by an error nobody caught');
        become('down');
      });
    },

    async stop() {
      stopping.abort();
      await running;
      listener = undefined;
    },

    state: () => ({ name: 'whatsapp', state }),

    link: () => ({
      state,
      since,
      broken,
      ...(version !== undefined && { version }),
      ...(qr !== undefined && state === 'linking' && { qr }),
      ...(code !== undefined && { code }),
      ...(self.phone !== undefined && state === 'ready' && { number: addressOf(self.phone) }),
    }),

    async requestCode(number) {
      const asked = living;
      if (!asked || state !== 'linking') throw new Error('nothing waits to be linked');
      if (now() - codeAskedAt < waits.pairing) throw new Error('a code was asked for a moment ago');
      codeAskedAt = now();
      const given = await asked.hands.within(asked.client.requestPairingCode(number, true, waits.pairing));
      code = given;
      return given;
    },

    takes(error) {
      if (!isLibrarys(error)) return false;
      log.warn({ error: nameOf(error) }, 'the library failed by the way');
      cutShort?.abort();
      return true;
    },

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
      if (broken.includes('typing')) return;
      await ready().hands.call('typing', { chats: chatsOf(chat) }, waits.answer);
    },

    async fetchMedia(attachment) {
      const ref = attachment.ref === undefined ? undefined : readRef(attachment.ref);
      if (!ref || (attachment.bytes ?? 0) > MEDIA_LIMIT) return undefined;
      const { client, hands } = ready();
      const key = await hands.call('keyOf', { chats: [ref.chat], id: ref.id });
      const message = key ? await hands.within(client.getMessageById(key)) : undefined;
      const media = message && (await hands.within(message.downloadMedia(), waits.call * 2));
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

/** True for what the library, or the pipe to its browser, threw where nobody could catch it. */
function isLibrarys(error: unknown): boolean {
  if (typeof error === 'string') return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  // A browser that dies takes its end of the pipe along.
  if (code === 'EPIPE' || code === 'ECONNRESET' || code?.startsWith('ERR_STREAM')) return true;
  return /whatsapp-web\.js|puppeteer/.test(error.stack ?? '') || /^(TargetClose|Protocol)Error$/.test(error.name);
}

/** An invitation that came as a message of its own. */
function v4(invite: Invite): Readonly<Record<string, unknown>> | undefined {
  if (!invite.startsWith('v4:')) return undefined;
  return JSON.parse(invite.slice(3)) as Record<string, unknown>;
}
