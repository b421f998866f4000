// E-mail against a real SMTP server on this machine: what arrives, and how it fails in time and without secrets.

import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { openMail } from '../src/mail.ts';

const PASSWORD = 'rahasia-sekali';
const FROM = 'bot@example.org';
const TO = ['admin@example.org', 'kedua@example.org'];
/** Long enough for a busy machine where all is well. */
const LIMITS = { connection: 10_000, whole: 20_000 };

describe('e-mail', () => {
  const closing: (() => unknown)[] = [];
  after(() => {
    for (const close of closing) close();
  });

  async function listen(server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }

  async function mailServer() {
    const received: { from: string; to: string[]; text: string }[] = [];
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (given, _session, done) =>
        given.username === 'bot' && given.password === PASSWORD
          ? done(null, { user: 'bot' })
          : done(new Error(`no such user: ${given.username} ${given.password}`)),
      onData: (stream, session, done) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), text });
          done();
        });
      },
    });
    server.on('error', () => {});
    await listen(server);
    closing.push(() => server.close());
    return { port: (server.server.address() as AddressInfo).port, received };
  }

  /** A server of the bare network, for what no mail server does. */
  async function oddServer(connected: (socket: Socket) => void): Promise<{ port: number; ended: Promise<unknown> }> {
    let close = () => {};
    const ended = new Promise<void>((resolve) => {
      close = resolve;
    });
    const server: Server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('end', close).resume();
      connected(socket);
    });
    await listen(server);
    closing.push(() => server.close());
    return { port: (server.address() as AddressInfo).port, ended };
  }

  const urlFor = (port: number, password = PASSWORD) => `smtp://bot:${password}@127.0.0.1:${port}`;

  async function failure(sent: Promise<void>): Promise<string> {
    const error = await sent.then(
      () => assert.fail('it was sent'),
      (failed: unknown) => failed,
    );
    assert.ok(error instanceof Error);
    const all = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const secret of [PASSWORD, 'salah', Buffer.from(PASSWORD).toString('base64'), ...TO])
      assert.ok(!all.includes(secret), `${secret} stands in the error`);
    return error.message;
  }

  /** The text of a mail whose body came as base64 or quoted-printable. */
  function bodyOf(mail: string): string {
    const [head = '', ...rest] = mail.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    assert.match(head, /Content-Type: text\/plain; charset=utf-8/i);
    if (/Content-Transfer-Encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8').trimEnd();
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8').trimEnd();
  }

  const subjectOf = (mail: string) =>
    (/^Subject: ((?:.*\r\n )*.*)/m.exec(mail)?.[1] ?? '')
      .replace(/\?=\s+=\?/g, '?==?')
      .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, way: string, text: string) =>
        /b/i.test(way)
          ? Buffer.from(text, 'base64').toString('utf8')
          : Buffer.from(
              text
                .replaceAll('_', ' ')
                .replace(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
              'latin1',
            ).toString('utf8'),
      );

  test('a mail arrives at everybody with its subject and text as they were', async () => {
    const { port, received } = await mailServer();
    const subject = 'Bot desa binaan: WhatsApp terputus ⚠️ sejak pukul 07.00';
    const text = 'Assalamualaikum 🙏\n\nBot tidak tersambung.\n.\nYang harus dilakukan: tautkan lagi – “QR”.';
    await openMail({ url: urlFor(port), from: FROM, to: TO }, LIMITS)(subject, text);
    const [mail, ...more] = received;
    assert.equal(more.length, 0);
    assert.deepEqual([mail?.from, mail?.to], [FROM, TO]);
    assert.equal(subjectOf(mail?.text ?? ''), subject);
    assert.equal(bodyOf(mail?.text ?? '').replaceAll('\r\n', '\n'), text);
  });

  test('a line break in a subject makes no header of its own', async () => {
    const { port, received } = await mailServer();
    await openMail({ url: urlFor(port), from: FROM, to: TO }, LIMITS)('satu\r\nBcc: lain@example.org', 'isi');
    assert.deepEqual(received[0]?.to, TO);
    assert.doesNotMatch(received[0]?.text ?? '', /^Bcc:/m);
  });

  test('a wrong password is told without it, though the server repeats it', async () => {
    const { port, received } = await mailServer();
    const sent = openMail({ url: urlFor(port, 'salah'), from: FROM, to: TO }, LIMITS)('a', 'b');
    assert.equal(await failure(sent), 'the e-mail was not sent: EAUTH, the server answered 535');
    assert.equal(received.length, 0);
  });

  test('a server that is away is told at once', async () => {
    const server = createServer();
    await listen(server);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const sent = openMail({ url: urlFor(port), from: FROM, to: TO }, LIMITS)('a', 'b');
    assert.match(await failure(sent), /^the e-mail was not sent: (ESOCKET|ECONNECTION|ECONNREFUSED)$/);
  });

  test('a server that takes the connection and never greets is given up', async () => {
    const { port, ended } = await oddServer(() => {});
    const started = performance.now();
    const sent = openMail({ url: urlFor(port), from: FROM, to: TO }, { connection: 200, whole: 60_000 })('a', 'b');
    assert.match(await failure(sent), /^the e-mail was not sent: ETIMEDOUT$/);
    assert.ok(performance.now() - started < 10_000);
    await ended;
  });

  test('a server that keeps the line warm without ever taking the mail is given up, and its line is closed', async () => {
    const { port, ended } = await oddServer((socket) => {
      socket.write('220 slow.example.org\r\n');
      const drip = setInterval(() => socket.write('250-still thinking\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const sent = openMail({ url: urlFor(port), from: FROM, to: TO }, { connection: 60_000, whole: 300 })('a', 'b');
    assert.match(await failure(sent), /^the e-mail was not sent: \w+$/);
    await ended;
  });

  test('a password is not given to a server elsewhere that offers no TLS', async () => {
    const { port, received } = await mailServer();
    // A name that is not this machine's own to the rule, and leads here all the same.
    const url = `smtp://bot:${PASSWORD}@[::ffff:127.0.0.1]:${port}`;
    assert.match(await failure(openMail({ url, from: FROM, to: TO }, LIMITS)('a', 'b')), /: ETLS/);
    assert.equal(received.length, 0);
  });
});
