// The web server: where it listens, what it serves, and how it says that it cannot.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { startServer } from '../../src/dashboard/server.ts';
import type { SimulatorParts } from '../../src/dashboard/simulator-api.ts';

const health = () => ({});
const never = () => {
  throw new Error('not asked for here');
};
// The page's files are served without the simulator being asked for anything.
const parts = { simulator: {}, clock: { now: never }, advance: never, idle: never } as unknown as SimulatorParts;

test('a taken port is one clear sentence', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  await assert.rejects(startServer({ host: '127.0.0.1', port, health }), {
    message: `Port ${port} is taken by another program: stop that one, or set PORT to another number.`,
  });
  await new Promise((resolve) => other.close(resolve));
});

test('it listens on this machine only', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', '']) {
    await assert.rejects(startServer({ host, port: 0, health }), /only listen on this machine/);
  }
});

test('without the simulator there is health and nothing else', async () => {
  const server = await startServer({ host: '127.0.0.1', port: 0, health });
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status;
  assert.deepEqual(
    [await status('/healthz'), await status('/'), await status('/simulator/api/world')],
    [200, 404, 404],
  );
  await server.stop();
  await assert.rejects(status('/healthz'));
});

test('the page and everything it asks for are served, under a strict policy', async () => {
  const server = await startServer({ host: '127.0.0.1', port: 0, health, simulator: parts });
  const seen = new Map<string, string>();
  const visit = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
    assert.equal(answer.status, 200, path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const text = await answer.text();
    seen.set(path, text);
    for (const [, next] of text.matchAll(/(?:href|src)="(\/[^"]+)"/g)) await visit(next as string);
    for (const [, next] of text.matchAll(/from '\.\/([^']+)'/g)) await visit(`/simulator/page/${next}`);
  };
  await visit('/');
  await visit('/simulator');
  assert.ok(seen.has('/simulator/page/format.js'));
  const html = seen.get('/') ?? '';
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/);
  for (const [path, text] of seen) {
    if (path.endsWith('.js'))
      assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/, path);
  }
  for (const path of ['/simulator/page/', '/simulator/page/../server.ts', '/simulator/page/%2e%2e%2fserver.ts']) {
    assert.equal((await fetch(`http://127.0.0.1:${server.port}${path}`)).status, 404);
  }
  await server.stop();
});

test('the API is not to be kept by a browser', async () => {
  const server = await startServer({ host: '127.0.0.1', port: 0, health });
  assert.equal((await fetch(`http://127.0.0.1:${server.port}/healthz`)).headers.get('cache-control'), 'no-store');
  await server.stop();
});

test('a route is served for each file of the page', () => {
  const html = readFileSync(new URL('../../src/dashboard/pages/simulator/index.html', import.meta.url), 'utf8');
  for (const name of ['Tulis pesan', 'Kirim', 'Bermain sebagai']) assert.ok(html.includes(name), name);
});
