// The simulator over HTTP: for its page, and for scripts that play people.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { BOT, Refusal, type SimulatedMessage, type Simulator, type SimulatorClock } from '../channels/simulator.ts';
import type { Attachment, Millis } from '../core/types.ts';
import { isoText, readDuration, readMoment } from './iso-time.ts';

/** What main hands over. */
export interface SimulatorParts {
  readonly simulator: Simulator;
  readonly clock: Pick<SimulatorClock, 'now'>;
  /** Moves simulated time to `to`, visiting each due instant on the way; resolves when everything there is done. */
  readonly advance: (to: Millis) => Promise<void>;
  /** Resolves once everything heard has been decided and everything due has been sent. */
  readonly idle: () => Promise<void>;
}

/** Media of 16 MB are 22 MB in base64; what is larger than this is refused before it is read. */
const BODY_LIMIT = 25 * 1024 * 1024;
/** Farther than a year and a month nobody needs to look at once; each due instant on the way is visited. */
const FARTHEST: Millis = 400 * 86_400_000;
/** Proxies and browsers give a silent stream up after half a minute or so. */
const HEARTBEAT: Millis = 15_000;

const newMessage = z.object({
  chat: z.string().min(1),
  from: z.string().min(1),
  text: z.string().default(''),
  quote: z.string().min(1).nullish(),
  mentionsBot: z.boolean().nullish(),
  media: z.object({ name: z.string().max(255).default(''), type: z.string().max(255), base64: z.string() }).nullish(),
});
const newReaction = z.object({ message: z.string().min(1), from: z.string().min(1), emoji: z.string().max(64) });
const clockChange = z.union([z.strictObject({ advance: z.string() }), z.strictObject({ set: z.string() })], {
  error: 'give either {"advance": "PT10M"} or {"set": "2026-11-23T08:00:00+07:00"}',
});

/** The routes below `/simulator/api`; `stopped` ends the live streams. */
export function simulatorApi(parts: SimulatorParts, stopped: AbortSignal): Hono {
  const { simulator, clock, idle } = parts;
  const api = new Hono();
  const moveClock = clockMover(parts);
  const clockMoved = new Set<() => void>();

  api.use(bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => c.json({ error: 'The body is larger than 25 MB.' }, 400) }));
  api.onError((error, c) =>
    error instanceof Refusal
      ? c.json({ error: error.message }, 400)
      : c.json({ error: `The simulator failed: ${error.message}` }, 500),
  );

  api.get('/world', (c) =>
    c.json({
      now: isoText(clock.now()),
      people: simulator.people.map(({ id, name, role, village }) => ({ id, name, role, village: village ?? null })),
      chats: simulator.chats.map(({ id, name, kind, village }) => ({ id, name, kind, village })),
    }),
  );

  api.post('/messages', async (c) => {
    const { quote, mentionsBot, media, ...message } = await readBody(c, newMessage);
    const id = simulator.post({
      ...message,
      quote: quote ?? undefined,
      mentionsBot: mentionsBot ?? undefined,
      media: media ?? undefined,
    });
    return c.json({ id });
  });

  api.get('/messages', (c) => {
    const chat = c.req.query('chat');
    if (!chat) throw new Refusal('Say which chat: ?chat=ID');
    if (!simulator.chats.some(({ id }) => id === chat)) return c.json({ error: `Unknown chat: ${chat}` }, 404);
    const last = c.req.query('last');
    if (last !== undefined && !/^[1-9]\d{0,8}$/.test(last)) throw new Refusal('last must be a number above 0.');
    const after = c.req.query('after');
    const messages = simulator.messages(chat, {
      ...(after ? { after } : {}),
      ...(last ? { last: Number(last) } : {}),
    });
    return c.json(messages.map(shown));
  });

  api.post('/reactions', async (c) => {
    const { message, from, emoji } = await readBody(c, newReaction);
    simulator.reactAs(from, message, emoji);
    return c.json({ message, reactions: simulator.reactionsOn(message) });
  });

  api.post('/clock', async (c) => {
    const change = await readBody(c, clockChange);
    await moveClock(change);
    for (const tell of clockMoved) tell();
    return c.json({ now: isoText(clock.now()) });
  });

  api.get('/idle', async (c) => {
    await idle();
    return c.json({ idle: true, now: isoText(clock.now()) });
  });

  // For the page: a person's chats as a messenger lists them.
  api.get('/chats', (c) => {
    const person = c.req.query('person') ?? '';
    if (!simulator.people.some(({ id }) => id === person)) return c.json({ error: `Unknown person: ${person}` }, 404);
    return c.json(
      simulator.chatsFor(person).map(({ id, name, kind, village }) => ({
        id,
        name,
        kind,
        village,
        members: kind === 'group' ? simulator.membersOf(id) : [],
        count: simulator.countIn(id),
        last: simulator.messages(id, { last: 1 }).map(shown)[0] ?? null,
      })),
    );
  });

  api.get('/media/:ref', (c) => {
    const found = simulator.media(c.req.param('ref'));
    if (!found) return c.json({ error: 'There is no such media.' }, 404);
    return c.body(new Uint8Array(found.content), 200, mediaHeaders(found.attachment));
  });

  api.get('/stream', (c) => {
    const person = c.req.query('person') ?? '';
    if (!simulator.people.some(({ id }) => id === person)) return c.json({ error: `Unknown person: ${person}` }, 404);
    return streamSSE(c, async (stream) => {
      const changed = new Set<string>();
      const flush = () => {
        for (const chat of changed) stream.writeSSE({ event: 'change', data: JSON.stringify({ chat }) });
        changed.clear();
      };
      const tellClock = () => stream.writeSSE({ event: 'clock', data: JSON.stringify({ now: isoText(clock.now()) }) });
      const unsubscribe = simulator.subscribe((chat) => {
        if (!simulator.chatsFor(person).some(({ id }) => id === chat)) return;
        if (changed.size === 0) setImmediate(flush);
        changed.add(chat);
      });
      clockMoved.add(tellClock);
      const heartbeat = setInterval(() => stream.write(': heartbeat\n\n'), HEARTBEAT);
      await tellClock();
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        if (stopped.aborted) resolve();
        stopped.addEventListener('abort', () => resolve(), { once: true });
      });
      clearInterval(heartbeat);
      clockMoved.delete(tellClock);
      unsubscribe();
    });
  });

  return api;
}

/** Moves the clock one request after the other, so that two of them never run through the same due instants. */
function clockMover({ clock, advance }: SimulatorParts) {
  let previous: Promise<unknown> = Promise.resolve();
  return (change: z.infer<typeof clockChange>): Promise<void> => {
    const turn = previous.then(async () => {
      const now = clock.now();
      const to = 'advance' in change ? now + readDuration(change.advance) : readMoment(change.set);
      if (to < now) throw new Refusal(`The clock cannot go back: it is ${isoText(now)} already.`);
      if (to - now > FARTHEST) throw new Refusal('The clock goes forward at most 400 days at once.');
      await advance(to);
    });
    previous = turn.catch(() => {});
    return turn;
  };
}

/** The body as its schema has it. Throws a Refusal that names what is wrong. */
async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal('The body must be JSON, with the header Content-Type: application/json.');
  }
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw new Refusal('The body is not JSON.');
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new Refusal(
    read.error.issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message)).join('; '),
  );
}

function shown({ id, chat, from, text, at, quote, media, reactions, ticks }: SimulatedMessage) {
  return {
    id,
    chat,
    from,
    fromBot: from === BOT,
    text,
    at: isoText(at),
    quote,
    reactions,
    ticks,
    media: media && { name: media.name ?? '', type: media.type, ref: media.ref ?? null },
  };
}

/** Types a browser may show in its place; anything else is only ever saved. */
const SHOWN_IN_PLACE = /^(image\/(jpeg|png|gif|webp)|audio\/[a-z0-9.+-]+|video\/[a-z0-9.+-]+)$/;

function mediaHeaders({ mime, name }: Attachment): Record<string, string> {
  const safe = mime !== undefined && SHOWN_IN_PLACE.test(mime);
  return {
    'Content-Type': safe ? mime : 'application/octet-stream',
    'Content-Disposition': safe ? 'inline' : `attachment; filename*=UTF-8''${encodeName(name || 'berkas')}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}

/** RFC 5987; a lone surrogate, which cannot be encoded, becomes a replacement character. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
