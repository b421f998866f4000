// What the page for WhatsApp asks: how the link stands, the QR code to scan, and a pairing code on request.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { ChannelState } from '../channels/channel.ts';
import { clockText, MINUTE, wall } from '../core/time.ts';
import type { Capability, Millis } from '../core/types.ts';
import { isoText } from './iso-time.ts';
import { qrSvg } from './qr.ts';

/** How the bot stands with WhatsApp. */
export interface LinkState {
  readonly state: ChannelState['state'];
  readonly since: Millis;
  /** The version of WhatsApp's page, once it is known. */
  readonly version?: string | undefined;
  /** What of WhatsApp does not work at the moment though the rest does. */
  readonly broken: readonly Capability[];
  /** The text of the QR code that waits to be scanned. */
  readonly qr?: string | undefined;
  /** The pairing code that waits to be typed into the phone. */
  readonly code?: string | undefined;
  /** Digits of the linked number. */
  readonly number?: string | undefined;
}

/** What the channel offers to link it with a phone. */
export interface LinkParts {
  state(): LinkState;
  /**
   * Asks WhatsApp for a pairing code.
   * @param number digits, country code first
   * @returns eight letters and digits, with or without a dash in the middle
   */
  requestCode(number: string): Promise<string>;
}

/** What main hands over. */
export interface WhatsAppParts {
  readonly link: LinkParts;
  readonly now: () => Millis;
  /** Between two pairing codes: the setting WAITS `pairing`. */
  readonly pairing: Millis;
}

const BODY_LIMIT = 1024;

const codeRequest = z.object({ number: z.string().max(40) });

const pictureOf = (text: string | undefined): string | undefined => (text ? qrSvg(text) : undefined);

/** `ABCDEFGH` as the phone shows it: `ABCD-EFGH` */
const dashed = (code: string | undefined): string | undefined =>
  code?.replace(/^([A-Z0-9]{4})-?([A-Z0-9]{4})$/i, '$1-$2');

/** The first full minute at which it may be asked again. */
const minuteOf = (at: Millis) => clockText(wall(at + MINUTE - 1).minute);

/** Digits of a number as people type it, or what is wrong with it. */
function readNumber(typed: string): { digits: string } | { fault: string } {
  const digits = typed.replace(/^\s*\+/, '').replace(/[\s().-]/g, '');
  if (!/^\d*$/.test(digits)) return { fault: 'Tulis nomornya dengan angka saja.' };
  if (digits.startsWith('0')) return { fault: 'Awali nomor dengan kode negara, bukan angka 0. Untuk Indonesia: 62.' };
  if (digits.length < 8 || digits.length > 15)
    return { fault: 'Nomornya 8 sampai 15 angka, diawali kode negara. Untuk Indonesia: 62.' };
  return { digits };
}

/** The routes below `/whatsapp/api`. */
export function whatsappApi({ link, now, pairing }: WhatsAppParts): Hono {
  const api = new Hono();
  let nextCodeAt: Millis = Number.NEGATIVE_INFINITY;
  const refuse = (c: Context, status: 400 | 409 | 429 | 502, error: string) =>
    c.json({ error, ...(nextCodeAt > now() && { nextAt: isoText(nextCodeAt) }) }, status);

  api.use(bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => refuse(c, 400, 'Isiannya terlalu panjang.') }));

  api.get('/state', (c) => {
    const { state, since, version, broken, qr, code, number } = link.state();
    const linking = state === 'linking';
    return c.json({
      state,
      since: isoText(since),
      version,
      broken,
      qr: linking ? pictureOf(qr) : undefined,
      code: linking ? dashed(code) : undefined,
      number,
    });
  });

  api.post('/code', async (c) => {
    const body = codeRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return refuse(c, 400, 'Tulis nomor HP bot.');
    const read = readNumber(body.data.number);
    if ('fault' in read) return refuse(c, 400, read.fault);
    if (link.state().state !== 'linking')
      return refuse(c, 409, 'Kode hanya bisa diminta selama bot menunggu ditautkan.');
    if (now() < nextCodeAt)
      return refuse(
        c,
        429,
        `WhatsApp menolak yang terlalu sering meminta. Kode berikutnya bisa diminta pukul ${minuteOf(nextCodeAt)} WIB.`,
      );
    // Counted before it is asked, and whatever comes of it: WhatsApp counts tries.
    nextCodeAt = now() + pairing;
    try {
      return c.json({ code: dashed(await link.requestCode(read.digits)), nextAt: isoText(nextCodeAt) });
    } catch {
      return refuse(
        c,
        502,
        `WhatsApp tidak memberi kode. Pakai gambar QR, atau coba lagi pukul ${minuteOf(nextCodeAt)} WIB.`,
      );
    }
  });

  return api;
}
