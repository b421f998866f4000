// The bare library at the stand-in: whatsapp-web.js as it is installed, in real Chromium, with nothing between.

import whatsapp, {
  type Client,
  type ClientOptions,
  type GroupNotification,
  type Message,
  type PollVote,
  type Reaction,
} from 'whatsapp-web.js';
import { CHROMIUM } from './chromium.ts';
import type { Standin } from './standin.ts';

/** A place that Chromium fills without reaching for anything outside this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

/** What the library's events give. */
export interface Given {
  qr: [string];
  code: [string];
  authenticated: [];
  ready: [];
  disconnected: [string];
  change_state: [string];
  message: [Message];
  message_create: [Message];
  message_ack: [Message, number];
  message_edit: [Message, string, string];
  message_revoke_everyone: [Message, Message | undefined];
  message_reaction: [Reaction];
  message_ciphertext: [Message];
  vote_update: [PollVote];
  group_join: [GroupNotification];
  group_leave: [GroupNotification];
  group_update: [GroupNotification];
  group_admin_changed: [GroupNotification];
}

const NAMES: readonly (keyof Given)[] = [
  'qr',
  'code',
  'authenticated',
  'ready',
  'disconnected',
  'change_state',
  'message',
  'message_create',
  'message_ack',
  'message_edit',
  'message_revoke_everyone',
  'message_reaction',
  'message_ciphertext',
  'vote_update',
  'group_join',
  'group_leave',
  'group_update',
  'group_admin_changed',
];

export interface Library {
  readonly client: Client;
  /** What an event gave, each time it came, oldest first. */
  heard<Name extends keyof Given>(event: Name): Given[Name][];
  /** Resolves or rejects as the library's `initialize` does. */
  readonly started: Promise<void>;
  /** Kills the browser as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder where the session is kept */
export function runLibrary(wa: Standin, folder: string, options: ClientOptions = {}): Library {
  const client = new whatsapp.Client({
    authStrategy: new whatsapp.LocalAuth({ dataPath: folder }),
    webVersionCache: { type: 'none' },
    puppeteer: {
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      headless: true,
      pipe: true,
      args: [...ARGUMENTS, ...wa.flags],
    },
    ...options,
  });
  const heard = new Map<string, unknown[][]>();
  for (const name of NAMES) {
    client.on(name, (...given: unknown[]) => heard.set(name, [...(heard.get(name) ?? []), given]));
  }
  const started = client.initialize();
  started.catch(() => {});
  return {
    client,
    heard: (event) => (heard.get(event) ?? []) as never,
    started,
    kill: () =>
      new Promise((resolve) => {
        const browser = client.pupBrowser?.process();
        if (!browser) return resolve();
        browser.once('exit', () => resolve());
        browser.kill('SIGKILL');
      }),
    stop: () => client.destroy(),
  };
}

/** Runs the library, shows a phone its QR, and waits until it hears messages. */
export async function linkLibrary(wa: Standin, folder: string, options: ClientOptions = {}): Promise<Library> {
  const library = runLibrary(wa, folder, options);
  const [qr] = await wa.until(() => library.heard('qr')[0], 'a QR', 20_000);
  wa.scan(qr);
  await hearing(wa, library);
  return library;
}

/** Resolves once the library is ready and hears messages. */
export async function hearing(wa: Standin, library: Library): Promise<void> {
  await wa.until(() => library.heard('ready').length > 0 && wa.hears, 'the library to be ready', 20_000);
}
