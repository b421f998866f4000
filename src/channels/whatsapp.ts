// WhatsApp: a channel over the real network, through WhatsApp's own page in a browser. Starts again whenever it must,
// without end; tells the house what it missed; and says when a person has to do something.

import qrcode from 'qrcode-terminal';
import type { Client } from 'whatsapp-web.js';
import type { Address, Capability, Event, Millis } from '../core/types.ts';
import { Late, type WaitFor } from '../limit.ts';
import type { Log } from '../log.ts';
import type { Channel, ChannelListener, ChannelState } from './channel.ts';
import { forgetSession } from './whatsapp/browser.ts';
import { catchUp, type Memory } from './whatsapp/catch-up.ts';
import { addressOf, jidOf, type Self } from './whatsapp/convert.ts';
import type { Hands } from './whatsapp/hands.ts';
import { type Intake, openIntake } from './whatsapp/intake.ts';
import { type Ending, live, nameOf, type Waits } from './whatsapp/life.ts';
import { openPeople } from './whatsapp/people.ts';
import { openSpeaking } from './whatsapp/speaking.ts';

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

/** So often what was missed is looked for before the bot listens all the same. */
const TRIES_BEFORE_LISTENING = 3;
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
  let alarmed = false;
  let marks: ReadonlyMap<Address, Millis> | undefined;

  const become = (next: ChannelState['state']) => {
    if (next === state) return;
    state = next;
    since = now();
    if (next !== 'linking') {
      qr = undefined;
      code = undefined;
    }
    log.info({ channel: next }, 'the channel changed');
    if (next === 'ready') return;
    // From here on nothing moves them until what was missed has been heard.
    marks ??= memory.heardMarks();
    living?.intake.hold();
    if (!alarmed) void alarm();
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
    ({ version, broken } = await hands.call('selfTest', undefined, waits.answer));
    for (const phone of memory.staff()) await people.learn(client, hands, jidOf(phone));
    memory.linkedSince();
    await catchUp({ hands, intake, people, memory, marks: marks ?? memory.heardMarks(), limit: waits.call });
    if (living !== one) return;
    marks = undefined;
    beReady(one, version);
  }

  function beReady({ intake }: Living, tested: string): void {
    intake.letIn();
    become('ready');
    readyAt ??= now();
    log.info({ version, broken }, 'WhatsApp is ready');
    if (broken.length > 0) say({ kind: 'channel', what: 'changed', version: tested, broken, at: now() });
    if (toldDown) say({ kind: 'channel', what: 'up', at: now() });
    toldDown = false;
    listener?.ready();
  }

  /**
   * Until it worked: what was missed is looked for again where the page did not answer.
   * @returns false where that has to be done another time
   */
  async function settleUntilDone(one: Living, over: AbortSignal): Promise<boolean> {
    for (let tries = 1; living === one && !over.aborted; tries++) {
      try {
        await settle(one);
        return true;
      } catch (error) {
        log.warn({ error: nameOf(error), tries }, 'what was missed could not be looked for');
        // Whoever writes now must not wait for what cannot be had; how far each chat was heard is kept for the next try.
        if (tries >= TRIES_BEFORE_LISTENING && version !== undefined) {
          beReady(one, version);
          return false;
        }
        await wait(Math.min(waits.watch, waits.restart * (tries + 1)), over);
      }
    }
    return true;
  }

  // ---- one life after the other

  async function oneLife(): Promise<Ending> {
    const cut = new AbortController();
    cutShort = cut;
    readyAt = undefined;
    let one: Living | undefined;
    let settling = false;
    const settleAgain = () => {
      if (!one || settling || cut.signal.aborted) return;
      const settled = one;
      settling = true;
      void settled.intake.inLine('catch-up', async () => {
        const done = await settleUntilDone(settled, cut.signal);
        settling = false;
        if (!done) settleLater();
      });
    };
    const settleLater = () => void wait(waits.watch, cut.signal).then(settleAgain);
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
            failed: settleLater,
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
          if (is && readyAt !== undefined && state !== 'ready') settleAgain();
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
    alarmed = true;
    const goneSince = now();
    while (!stopping.signal.aborted && state !== 'ready') {
      await wait(Math.min(waits.alarm, waits.watch), stopping.signal);
      // One who is asked to link the phone has been told so.
      if (state === 'linking' || state === 'blocked') break;
      if (!toldDown && now() - goneSince >= waits.alarm && !stopping.signal.aborted) {
        toldDown = true;
        say({ kind: 'channel', what: 'down', at: now() });
      }
    }
    alarmed = false;
  }

  async function run(): Promise<void> {
    let pause = waits.restart;
    for (;;) {
      become('connecting');
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

    ...openSpeaking({ ready, people, broken: () => broken, limit: waits.call, soon: waits.answer }),
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
