// Runs the real program as a process of its own and speaks with it over HTTP, as any script of the office could.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Longer than the slowest start on a small machine; in milliseconds. */
const START_LIMIT = 60_000;

/** A message as the simulator's API tells it. */
export interface ShownMessage {
  readonly id: string;
  readonly chat: string;
  readonly from: string;
  readonly fromBot: boolean;
  readonly text: string;
  readonly quote: string | null;
  readonly reactions: readonly { readonly from: string; readonly emoji: string }[];
  readonly ticks: number;
}

export interface World {
  readonly people: readonly { readonly id: string; readonly role: string; readonly village: string | null }[];
  readonly chats: readonly { readonly id: string; readonly kind: string; readonly village: string | null }[];
}

/** What a person writes, as the API takes it. */
export interface NewMessage {
  readonly chat: string;
  readonly from: string;
  readonly text: string;
  readonly quote?: string;
  readonly media?: { readonly name: string; readonly type: string; readonly base64: string };
}

export interface RunningBot {
  /** Resolves once it serves; rejects with what it printed where it ends before that. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Everything it printed so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** @throws where it does not answer, or answers with a refusal */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** Everything that stands in a chat. */
  messages(chat: string): Promise<ShownMessage[]>;
}

/** The bot answered, and what it answered was no. */
export class Refused extends Error {}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('the system gave no port');
  return address.port;
}

/**
 * Starts the bot on the simulator in a folder of its own. Settings of this machine, its `.env` too, do not reach it.
 * @param settings further settings, which rule over these
 */
export function runBot(dataDir: string, port: number, settings: Record<string, string> = {}): RunningBot {
  const own = { ADMIN_NUMBER: '', SIMULATOR_NOW: '', PACING: '', LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts')], {
    env: { PATH: process.env.PATH, ...own, DATA_DIR: dataDir, PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const ready = new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`the bot did not start in time: ${output}`)), START_LIMIT);
    const hear = (chunk: string) => {
      output += chunk;
      if (!output.includes('http://127.0.0.1:')) return;
      clearTimeout(limit);
      resolve();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`the bot ended with ${signal ?? code}: ${output.trim()}`));
    });
  });
  // Who does not wait for it to be ready learns of its end all the same.
  ready.catch(() => {});

  const url = `http://127.0.0.1:${port}`;
  const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(30_000) });
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Refused(`${path}: ${response.status} ${body.error ?? ''}`);
    return body;
  };
  const get = <T>(path: string) => ask<T>(path);
  return {
    ready,
    ended,
    output: () => output,
    signal: (name) => {
      child.kill(name);
    },
    get,
    post: (path, body) =>
      ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    messages: (chat) => get(`/simulator/api/messages?chat=${encodeURIComponent(chat)}`),
  };
}

/** Resolves once nothing waits in the outbox any more, acks included. @throws after `limit` milliseconds */
export async function settled(bot: RunningBot, limit = 30_000): Promise<void> {
  const until = Date.now() + limit;
  for (;;) {
    await bot.get('/simulator/api/idle');
    const { outbox } = await bot.get<{ outbox: { waiting: number } }>('/healthz');
    if (outbox.waiting === 0) return;
    if (Date.now() > until) throw new Error(`${outbox.waiting} messages still wait in the outbox`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A sequence of numbers from 0 up to, not with, 1, always the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
