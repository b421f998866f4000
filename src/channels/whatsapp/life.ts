// One life of the browser: from its start to the moment at which it is of no more use, and why that is.

import library, { type Client, type ClientOptions } from 'whatsapp-web.js';
import type { Millis } from '../../core/types.ts';
import { type WaitFor, within } from '../../limit.ts';
import type { Log } from '../../log.ts';
import { browserFlags, clearBrowser } from './browser.ts';
import { type Hands, handsOn, pageScript } from './hands.ts';

/** How long is waited for what, in milliseconds; `src/config.ts` says what each is for. */
export type Waits = Readonly<
  Record<
    | 'start'
    | 'sync'
    | 'ready'
    | 'watch'
    | 'call'
    | 'answer'
    | 'opening'
    | 'silence'
    | 'restart'
    | 'most'
    | 'alarm'
    | 'pairing',
    Millis
  >
>;

export interface LifeParts {
  /** Where the session is kept. */
  readonly folder: string;
  /** Path of the browser. */
  readonly chromium: string;
  readonly flags: readonly string[];
  readonly waits: Waits;
  readonly repairsOff: readonly string[];
  readonly now: () => Millis;
  readonly wait: WaitFor;
  readonly log: Log;
}

/** Why a life ended. `lost`: anything that a new start may cure. */
export type Ending = 'stopped' | 'lost' | 'logged-out' | 'blocked';

/** What a life tells while it lasts. */
export interface Told {
  began(client: Client, hands: Hands): void;
  qr(text: string): void;
  code(text: string): void;
  /** It waits for a phone. */
  linking(): void;
  linked(): void;
  /** The page is being loaded anew: nothing can be said until it is ready again. */
  loading(): void;
  /** It can be spoken with; comes again whenever the page was loaded or synced anew. */
  ready(): void;
  /** The network went, or is back. */
  connected(is: boolean): void;
  lastHeardAt(): Millis;
}

/** The account or the address was judged; asking again makes it worse. */
const JUDGED: ReadonlySet<string> = new Set(['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK']);
const LOGGED_OUT: ReadonlySet<string> = new Set(['LOGOUT', 'UNPAIRED']);
/** So many unanswered questions in a row, and the page counts as dead. */
const UNANSWERED = 3;

/** What is thrown here may be a text instead of an error. */
export const nameOf = (error: unknown): string =>
  error instanceof Error ? error.name : typeof error === 'string' && /^[a-z ]{1,40}$/.test(error) ? error : 'unknown';

function newClient({ folder, chromium, flags, waits, repairsOff }: LifeParts): Client {
  const options: ClientOptions = {
    authStrategy: new library.LocalAuth({ dataPath: folder }),
    webVersionCache: { type: 'none' },
    authTimeoutMs: waits.start,
    // The library hands it to the browser as it is, which takes a source as well.
    evalOnNewDoc: pageScript(repairsOff) as unknown as () => void,
    puppeteer: {
      headless: true,
      executablePath: chromium,
      args: browserFlags(folder, flags),
      // The browser ends with the bot, however that ends.
      pipe: true,
      protocolTimeout: Math.max(waits.call, waits.answer) * 2,
      // Stopping is ours: puppeteer would kill the browser before it has written the session down.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  };
  return new library.Client(options);
}

/** Ends the browser, gently where it still can. */
async function close(client: Client, { folder, wait, waits, log }: LifeParts): Promise<void> {
  const child = client.pupBrowser?.process();
  try {
    await within(client.destroy(), wait, waits.answer);
  } catch (error) {
    log.warn({ error: nameOf(error) }, 'the browser did not end by itself');
  }
  child?.kill('SIGKILL');
  // Debian starts some of its browsers through a shell that does not hand a kill on.
  clearBrowser(folder);
}

/** Watches the page until the life ends: cures it where it can, ends it where it cannot. */
async function watch(
  client: Client,
  hands: Hands,
  parts: LifeParts,
  told: Told,
  life: { isReady(): boolean; over: AbortSignal; end(why: Ending, because: string): void },
): Promise<void> {
  const { waits, wait, now, repairsOff, log } = parts;
  let unanswered = 0;
  let linkedAt: Millis | undefined;
  let awaySince: Millis | undefined;
  let silentSince = now();
  while (!life.over.aborted) {
    await wait(life.isReady() ? waits.watch : Math.min(waits.watch, waits.sync), life.over);
    if (life.over.aborted) return;
    let state: string | null;
    try {
      state = (await within(client.getState(), wait, waits.answer)) as string | null;
      unanswered = 0;
    } catch {
      unanswered++;
      if (unanswered >= UNANSWERED) life.end('lost', 'the page does not answer');
      continue;
    }
    if (state === 'UNPAIRED' || state === 'UNPAIRED_IDLE') {
      linkedAt = undefined;
      told.linking();
      if (state === 'UNPAIRED_IDLE' && !repairsOff.includes('stale-qr')) {
        // The library asks for a new QR in the wrong place and never gets one.
        await within(
          client.pupPage?.evaluate("window.require('WAWebCmd').Cmd.refreshQR()") ?? Promise.resolve(),
          wait,
          waits.answer,
        ).catch(() => {});
      }
      continue;
    }
    if (state !== null && JUDGED.has(state)) {
      // Judged while it was away: before `ready` the library tells of it by nothing.
      life.end('blocked', state);
      continue;
    }
    if (state === 'CONNECTED') awaySince = undefined;
    else awaySince ??= now();
    if (awaySince !== undefined && now() - awaySince >= waits.opening) {
      life.end('lost', 'the connection does not open');
      continue;
    }
    if (!life.isReady()) {
      linkedAt ??= now();
      await syncedAlready();
      if (now() - linkedAt >= waits.ready) life.end('lost', 'it does not become ready');
      continue;
    }
    linkedAt = undefined;
    if (state === 'CONNECTED') told.connected(true);
    silentSince = Math.max(silentSince, told.lastHeardAt());
    if (now() - silentSince < waits.silence) continue;
    try {
      await hands.call('askNetwork', undefined, waits.answer);
      silentSince = now();
    } catch {
      life.end('lost', 'the network does not answer');
    }
  }

  /** The library listens for a change that may have come before it listened. */
  async function syncedAlready(): Promise<void> {
    if (repairsOff.includes('synced-already')) return;
    try {
      const { hasSynced, library } = await hands.call('synced', undefined, waits.answer);
      if (!hasSynced || library || life.isReady()) return;
      log.info({}, 'the page had synced before anybody listened');
      await within(
        client.pupPage?.evaluate('window.onAppStateHasSyncedEvent()') ?? Promise.resolve(),
        wait,
        waits.call,
      );
    } catch {
      // Looked at again in the next round.
    }
  }
}

/**
 * Lives one life. Returns when it is over, with the browser ended.
 * @param stop ends it cleanly, with the session kept
 */
export async function live(parts: LifeParts, told: Told, stop: AbortSignal): Promise<Ending> {
  const { folder, waits, wait, log } = parts;
  const cleared = clearBrowser(folder);
  if (cleared > 0) log.warn({ ended: cleared }, 'a browser was still running from before');

  const over = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<Ending>();
  let ready = false;
  const end = (why: Ending, because: string) => {
    if (over.signal.aborted) return;
    log.info({ why, because }, 'the browser is given up');
    over.abort();
    resolve(why);
  };
  const stopped = () => end('stopped', 'asked to');
  if (stop.aborted) return 'stopped';
  stop.addEventListener('abort', stopped, { once: true });

  const client = newClient(parts);
  const hands = handsOn(client, wait, waits.call);
  // After its end the library may go on for a while and tell of things that are no more, such as a QR after a logout.
  const on = (name: string, tell: (text: string) => void) =>
    client.on(name, (text: string) => {
      if (!over.signal.aborted) tell(text);
    });
  on('qr', (text) => {
    told.linking();
    told.qr(text);
  });
  on('code', (text) => told.code(text));
  on('authenticated', () => told.linked());
  on('ready', () => {
    ready = true;
    told.ready();
  });
  on('change_state', (state) => told.connected(state === 'CONNECTED'));
  client.on('auth_failure', () => end('lost', 'the session was refused'));
  client.on('disconnected', (reason: string) => {
    if (JUDGED.has(reason)) end('blocked', reason);
    else if (LOGGED_OUT.has(reason)) end('logged-out', reason);
    else end('lost', `disconnected: ${/^[A-Z_]+$/.test(reason) ? reason : 'other'}`);
  });
  told.began(client, hands);

  const lookAfterBrowser = () => {
    client.pupBrowser?.on('disconnected', () => end('lost', 'the browser is gone'));
    client.pupPage?.on('error', () => end('lost', 'the page crashed'));
    client.pupPage?.on('framenavigated', (frame) => {
      if (frame.parentFrame() !== null || over.signal.aborted) return;
      ready = false;
      told.loading();
    });
    client.pupPage?.on('close', () => end('lost', 'the page was closed'));
  };

  const begin = async () => {
    try {
      await within(client.initialize(), wait, waits.start);
      lookAfterBrowser();
      if (client.pupBrowser?.connected === false) end('lost', 'the browser is gone');
      await watch(client, hands, parts, told, { isReady: () => ready, over: over.signal, end });
    } catch (error) {
      end('lost', `it does not start: ${nameOf(error)}`);
    }
  };
  void begin();
  const why = await ended;
  stop.removeEventListener('abort', stopped);
  await close(client, parts);
  return why;
}
