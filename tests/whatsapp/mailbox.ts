// A mailbox on this machine: what the bot writes by e-mail arrives here.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  /** Settings that lead the bot's e-mails here. */
  readonly settings: Readonly<Record<string, string>>;
  /** What arrived, with its headers decoded as far as a reader would see them. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** Reads what a mail says: subject and text, out of their transfer encodings. */
function readable(raw: string): string {
  const words = raw.replace(/=\?utf-8\?(b|q)\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
    kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : quotedPrintable(text.replaceAll('_', ' ')),
  );
  const [head = '', ...body] = words.split('\r\n\r\n');
  const text = body.join('\n\n');
  if (/content-transfer-encoding: base64/i.test(head)) return `${head}\n\n${Buffer.from(text, 'base64')}`;
  return /quoted-printable/i.test(head) ? `${head}\n\n${quotedPrintable(text)}` : words;
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(readable(Buffer.concat(chunks).toString('utf8')));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    settings: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'bot@example.org',
      MAIL_TO: 'admin@example.org',
    },
    mails,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
