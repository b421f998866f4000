// E-mail: the other way to tell who looks after the bot that WhatsApp is away. Plain text, and never a word of a report.

import { createTransport } from 'nodemailer';

export interface MailSettings {
  /** `smtps://user:password@host` speaks TLS from the start, `smtp://` changes to it where the server offers it. */
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** In milliseconds. */
export interface MailLimits {
  /** Until the server has been reached and has greeted. */
  readonly connection: number;
  /** Until the mail is handed over, whatever holds it up. */
  readonly whole: number;
}

const LIMITS: MailLimits = { connection: 20_000, whole: 60_000 };

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A password must not cross the network unhidden because a server, or whoever answers for it, offers no TLS. */
function mustHide(settings: MailSettings): boolean {
  const { protocol, username, hostname, searchParams } = new URL(settings.url);
  const isSaid = searchParams.has('ignoreTLS') || searchParams.has('requireTLS');
  return protocol === 'smtp:' && username !== '' && !LOOPBACK.test(hostname) && !isSaid;
}

/** What went wrong, without the server's own words: those may repeat the password or an address. */
function sentenceOf(error: unknown): string {
  const { code, responseCode, name } = error as { code?: unknown; responseCode?: unknown; name?: unknown };
  const answered = typeof responseCode === 'number' ? `, the server answered ${responseCode}` : '';
  const what = typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
  return `the e-mail was not sent: ${what}${answered}`;
}

/**
 * Makes the way out for e-mails; nothing is connected before one is written.
 * @returns sends one mail to all of `to`; resolves once the server has taken it
 * @throws from the returned function, within `limits.whole`: an Error with code and answer of the server, no secrets
 */
export function openMail(
  settings: MailSettings,
  limits: MailLimits = LIMITS,
): (subject: string, text: string) => Promise<void> {
  const { url, from, to } = settings;
  const transport = createTransport({
    url,
    connectionTimeout: limits.connection,
    greetingTimeout: limits.connection,
    dnsTimeout: limits.connection,
    socketTimeout: limits.whole,
    ...(mustHide(settings) && { requireTLS: true }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (subject, text) => {
    try {
      await transport.sendMail({ from, to: [...to], subject, text, signal: AbortSignal.timeout(limits.whole) });
    } catch (error) {
      throw new Error(sentenceOf(error));
    }
  };
}
