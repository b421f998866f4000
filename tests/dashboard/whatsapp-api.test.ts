// The API of the page for WhatsApp: the state as the page gets it, and pairing codes, asked for rarely.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { qrSvg } from '../../src/dashboard/qr.ts';
import { type RunningServer, startServer } from '../../src/dashboard/server.ts';
import type { LinkState } from '../../src/dashboard/whatsapp-api.ts';

const START = Date.parse('2026-11-23T08:00:00+07:00');
const PAIRING = 180_000;

let now: number;
let state: LinkState;
let asked: string[];
let answer: () => Promise<string>;
let server: RunningServer;

beforeEach(async () => {
  now = START;
  state = { state: 'linking', since: START, broken: [], qr: '2@abc,def' };
  asked = [];
  answer = async () => 'ABCDEFGH';
  const link = {
    state: () => state,
    requestCode: (number: string) => {
      asked.push(number);
      return answer();
    },
  };
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    health: () => ({}),
    whatsapp: { link, now: () => now, pairing: PAIRING },
  });
});
afterEach(() => server.stop());

const address = (path: string) => `http://127.0.0.1:${server.port}${path}`;

async function get(): Promise<Record<string, unknown>> {
  const response = await fetch(address('/whatsapp/api/state'));
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return (await response.json()) as Record<string, unknown>;
}

async function ask(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(address('/whatsapp/api/code'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { code, error, nextAt } = (await response.json()) as Record<string, string | undefined>;
  return { status: response.status, code, error, nextAt };
}

test('while it waits for a phone, the state brings the picture and not the text in it', async () => {
  const told = await get();
  assert.deepEqual(told, {
    state: 'linking',
    since: '2026-11-23T08:00:00.000+07:00',
    broken: [],
    qr: qrSvg('2@abc,def'),
  });
});

test('once it is linked there is neither picture nor code, though the channel still holds them', async () => {
  state = {
    ...state,
    state: 'ready',
    code: 'ABCDEFGH',
    number: '620000000099',
    version: '2.3000.1',
    broken: ['quotes'],
  };
  assert.deepEqual(await get(), {
    state: 'ready',
    since: '2026-11-23T08:00:00.000+07:00',
    version: '2.3000.1',
    broken: ['quotes'],
    number: '620000000099',
  });
});

test('a code that waits is shown as the phone shows it', async () => {
  state = { ...state, code: 'ABCDEFGH' };
  assert.equal((await get()).code, 'ABCD-EFGH');
  state = { ...state, code: 'WXYZ-1234' };
  assert.equal((await get()).code, 'WXYZ-1234');
});

test('a code is asked for the number as it is meant, however it is typed', async () => {
  const given = await ask({ number: ' +62 000-000-0099 ' });
  assert.deepEqual(given, {
    status: 200,
    code: 'ABCD-EFGH',
    error: undefined,
    nextAt: '2026-11-23T08:03:00.000+07:00',
  });
  assert.deepEqual(asked, ['620000000099']);
});

test('what is no number is refused in plain words, and WhatsApp is not asked', async () => {
  for (const [number, words] of [
    ['0812', /kode negara, bukan angka 0/],
    ['6200000', /8 sampai 15 angka/],
    ['6200000000000099', /8 sampai 15 angka/],
    ['', /8 sampai 15 angka/],
    ['62000x00099', /angka saja/],
    ['62++0000000', /angka saja/],
  ] as const) {
    const { status, error } = await ask({ number });
    assert.equal(status, 400, number);
    assert.match(error ?? '', words, number);
  }
  for (const body of ['', 'null', '{}', '{"number":62}', '[', { number: '6'.repeat(2_000) }])
    assert.equal((await ask(body)).status, 400);
  assert.deepEqual(asked, []);
  assert.equal((await ask({ number: '620000000099' })).status, 200, 'a slip of the finger costs no waiting');
});

test('a second code has to wait, and it is told until when', async () => {
  now = START + 20_000;
  await ask({ number: '620000000099' });
  now += PAIRING - 1;
  const { status, error, nextAt } = await ask({ number: '620000000099' });
  assert.deepEqual([status, nextAt], [429, '2026-11-23T08:03:20.000+07:00']);
  assert.match(
    error ?? '',
    /bisa diminta pukul 08\.04 WIB/,
    'a full minute, so that who comes then does not come too early',
  );
  assert.equal(asked.length, 1);
  now += 1;
  assert.equal((await ask({ number: '620000000099' })).status, 200);
});

test('two at once are one, and a failed one counts too', async () => {
  let fail = (_: Error) => {};
  answer = () =>
    new Promise((_resolve, reject) => {
      fail = reject;
    });
  const first = ask({ number: '620000000099' });
  while (asked.length === 0) await new Promise(setImmediate);
  assert.equal((await ask({ number: '620000000099' })).status, 429);
  fail(new Error('rate-overlimit for 620000000099'));
  const { status, error } = await first;
  assert.equal(status, 502);
  assert.match(error ?? '', /tidak memberi kode.*pukul 08\.03 WIB/);
  assert.doesNotMatch(error ?? '', /rate-overlimit|6200/);
  assert.equal((await ask({ number: '620000000099' })).status, 429);
  assert.equal(asked.length, 1);
});

test('nothing is asked unless the bot waits to be linked', async () => {
  for (const name of ['connecting', 'ready', 'down', 'blocked'] as const) {
    state = { ...state, state: name };
    const { status, error } = await ask({ number: '620000000099' });
    assert.equal(status, 409);
    assert.match(error ?? '', /selama bot menunggu ditautkan/);
  }
  assert.deepEqual(asked, []);
});

test('a page from elsewhere can neither ask for a code nor be answered', async () => {
  assert.equal((await ask({ number: '620000000099' }, { Origin: 'http://example.org' })).status, 403);
  assert.deepEqual(asked, []);
});

test("the page is served, strictly, and the simulator's is not", async () => {
  const seen = new Set<string>();
  const visit = async (path: string): Promise<string> => {
    const response = await fetch(address(path));
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const text = await response.text();
    seen.add(path);
    for (const [, next] of text.matchAll(/(?:href|src)="(\/[^"]+)"/g))
      if (!seen.has(next as string)) await visit(next as string);
    for (const [, next] of text.matchAll(/from '\.\/([^']+)'/g)) await visit(`/whatsapp/page/${next}`);
    return text;
  };
  const html = await visit('/');
  assert.equal(await visit('/whatsapp'), html);
  assert.match(html, /Perangkat tertaut/);
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/);
  assert.ok(seen.has('/whatsapp/page/telling.js'));
  for (const path of [
    '/simulator',
    '/simulator/page/main.js',
    '/simulator/api/world',
    '/whatsapp/page/../../server.ts',
  ])
    assert.equal((await fetch(address(path))).status, 404, path);
});
