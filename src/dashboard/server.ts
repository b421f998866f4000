// The office's window, opened on this machine only: health for whoever watches over the bot, and the page of what it runs on.

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Context, Hono, type Next } from 'hono';
import { loadPages } from './pages.ts';
import { type SimulatorParts, simulatorApi } from './simulator-api.ts';
import { type WhatsAppParts, whatsappApi } from './whatsapp-api.ts';

export interface ServerOptions {
  /** A loopback address; any other is refused. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What `/healthz` prints. */
  readonly health: () => object;
  /** Present where the bot runs on the simulator. */
  readonly simulator?: SimulatorParts | undefined;
  /** Present where it runs on WhatsApp. */
  readonly whatsapp?: WhatsAppParts | undefined;
}

export interface RunningServer {
  readonly port: number;
  /** Ends every open connection, the live streams too. */
  stop(): Promise<void>;
}

/** Scripts, styles and connections from this server only; nothing inline, nothing in a frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Starts to listen. Rejects with one clear sentence where the port or the address cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port } = options;
  if (!LOOPBACK_HOSTS.has(host)) {
    throw new Error(`The web server may only listen on this machine (127.0.0.1, ::1 or localhost), not on "${host}".`);
  }
  const streams = new AbortController();
  const app = buildApp(options, streams.signal);
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(cannotListen(error, host, port))));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        streams.abort();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop that one, or set PORT to another number.`;
    case 'EACCES':
      return `Port ${port} is not allowed for this user: set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host} to listen on.`;
    default:
      return `The web server cannot listen on ${host}:${port}: ${error.message}`;
  }
}

function buildApp({ health, simulator, whatsapp }: ServerOptions, stopped: AbortSignal): Hono {
  const app = new Hono();
  const servePages = (of: 'simulator' | 'whatsapp') => {
    for (const [path, page] of loadPages(of)) {
      app.get(path, (c) => c.body(page.text, 200, { 'Content-Type': page.type, 'Cache-Control': 'no-cache' }));
    }
  };
  app.use(guard);
  app.get('/healthz', (c) => c.json(health()));
  if (simulator) {
    servePages('simulator');
    app.route('/simulator/api', simulatorApi(simulator, stopped));
  }
  if (whatsapp) {
    servePages('whatsapp');
    app.route('/whatsapp/api', whatsappApi(whatsapp));
  }
  app.notFound((c) => c.json({ error: `There is nothing at ${c.req.path}.` }, 404));
  app.onError((error, c) => c.json({ error: `The server failed: ${error.message}` }, 500));
  return app;
}

/**
 * Lets in only what a person or a script on this machine asks for. A page from elsewhere must not reach this server
 * under a name of its own (the Host header tells) nor write through the browser of someone here (the Origin tells).
 */
async function guard(c: Context, next: Next): Promise<Response | undefined> {
  const host = c.req.header('host') ?? '';
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (!LOOPBACK_HOSTS.has(name)) return c.json({ error: 'Only requests to localhost are answered.' }, 403);
  const origin = c.req.header('origin');
  const writes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (writes && origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return c.json({ error: 'Requests from other pages are not answered.' }, 403);
  }
  await next();
  const { headers } = c.res;
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  return undefined;
}
