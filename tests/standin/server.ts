// The stand-in's network: https and WebSocket on loopback, where pages are served, called, cut off and kept waiting.

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { makeCertificate } from './certificate.ts';
import { Refusal } from './wire.ts';

export const HOST = 'web.whatsapp.com';
const PAGE = join(import.meta.dirname, 'page');

/** What a page may ask, by name; a call is answered with what is returned, or with the refusal that is thrown. */
export type Calls = Readonly<Record<string, (page: Page, given: never) => unknown>>;

export interface NetworkParts {
  readonly calls: Calls;
  /** What the page is given with its HTML: build, faults. */
  readonly settings: () => object;
  readonly pageFault: () => 'normal' | 500 | 'hang';
  readonly download: (path: string) => { bytes: Buffer; mime: string } | 'missing' | 'hang';
  /** @returns the path from which it can be downloaded */
  readonly upload: (bytes: Buffer, mime: string) => string;
  readonly complain: (text: string) => void;
  readonly closed: (page: Page) => void;
}

/** A connection of a page, for as long as it lasts. */
export class Page {
  readonly #socket: WebSocket;
  /** What the page shows in its QR besides the reference. */
  face = '';
  linked = false;
  /** The library has attached the last of its first listeners. */
  listening = false;
  synced = false;
  /** The library hears messages on it. */
  hears = false;
  readonly #network: Network;

  constructor(socket: WebSocket, network: Network) {
    this.#socket = socket;
    this.#network = network;
  }

  /** Tells the page something; while the network is frozen it waits. */
  tell(news: object): void {
    this.#network.whenThawed(() => {
      if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(news));
    });
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class Network {
  readonly pages = new Set<Page>();
  readonly #parts: NetworkParts;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #spki: string;
  #waiting: (() => void)[] | undefined;
  #dropped = false;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    const { key, cert, spki } = makeCertificate(HOST);
    this.#spki = spki;
    this.#server = createServer({ key, cert }, (request, response) => {
      this.whenThawed(() => {
        this.#serve(request, response).catch((error: unknown) => {
          parts.complain(`server: ${String(error)}`);
          response.destroy();
        });
      });
    });
    this.#server.on('connection', (socket: Socket) => {
      if (this.#dropped) {
        socket.destroy();
        return;
      }
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
    const sockets = new WebSocketServer({ noServer: true });
    this.#server.on('upgrade', (request, socket, head) => {
      this.whenThawed(() => {
        if (socket.destroyed) return;
        sockets.handleUpgrade(request, socket, head, (webSocket) => this.#connect(webSocket));
      });
    });
  }

  /** Chromium flags that lead the page's host here, and every other host nowhere. */
  get flags(): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return [
      `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${this.#spki}`,
    ];
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.thaw();
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Cuts every connection and takes no new one. */
  drop(): void {
    this.#dropped = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#dropped = false;
  }

  /** From now on connections are taken and nothing is answered. */
  freeze(): void {
    this.#waiting ??= [];
  }

  /** What came meanwhile is handled, in order; not what came from pages that are gone. */
  thaw(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const work of waiting) work();
  }

  whenThawed(work: () => void): void {
    if (this.#waiting) this.#waiting.push(work);
    else work();
  }

  tellAll(news: object): void {
    for (const page of this.pages) page.tell(news);
  }

  #connect(socket: WebSocket): void {
    const page = new Page(socket, this);
    this.pages.add(page);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.pages.delete(page);
      this.#parts.closed(page);
    });
    socket.on('message', (data) => {
      this.whenThawed(() => {
        if (!page.open) return;
        void this.#hear(page, JSON.parse(String(data)) as { call?: number; do: string; with?: unknown });
      });
    });
  }

  async #hear(page: Page, frame: { call?: number; do: string; with?: unknown }): Promise<void> {
    const call = this.#parts.calls[frame.do];
    try {
      if (!call) throw new Refusal('UnknownCall', `the stand-in has no call ${frame.do}`);
      const result = await call(page, frame.with as never);
      if (frame.call !== undefined) page.tell({ answer: frame.call, result });
    } catch (error) {
      const { name, message } = error as Error;
      if (!(error instanceof Refusal) || name === 'UnknownCall')
        this.#parts.complain(`server: ${frame.do}: ${message}`);
      if (frame.call !== undefined) page.tell({ answer: frame.call, error: { name, message } });
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', `https://${HOST}`);
    const send = (status: number, type: string, body: string | Buffer) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (pathname === '/') {
      const fault = this.#parts.pageFault();
      if (fault === 'hang') return;
      if (fault === 500) return send(500, 'text/plain', 'Internal Server Error');
      const html = readFileSync(join(PAGE, 'index.html'), 'utf8');
      return send(200, 'text/html', html.replace('SETTINGS', JSON.stringify(this.#parts.settings())));
    }
    if (pathname === '/complain') {
      this.#parts.complain((await bodyOf(request)).toString());
      return send(204, 'text/plain', '');
    }
    if (pathname === '/upload') {
      const path = this.#parts.upload(await bodyOf(request), request.headers['content-type'] ?? '');
      return send(200, 'application/json', JSON.stringify({ path }));
    }
    if (pathname.startsWith('/media/')) {
      const media = this.#parts.download(pathname);
      if (media === 'hang') return;
      if (media === 'missing') return send(404, 'text/plain', 'Not Found');
      return send(200, media.mime, media.bytes);
    }
    const [, script] = /^\/page\/([a-z]+\.js)$/.exec(pathname) ?? [];
    if (script !== undefined) return send(200, 'text/javascript', readFileSync(join(PAGE, script)));
    return send(pathname === '/favicon.ico' ? 204 : 404, 'text/plain', '');
  }
}
