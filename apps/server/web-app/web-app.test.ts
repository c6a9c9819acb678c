import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { HttpRoute } from '../gateway/http-server.ts';
import { createWebApp } from './index.ts';

const SCRIPT = `export const words = ${JSON.stringify('sunlight '.repeat(500))};\n`;
const FIXTURE: Readonly<Record<string, string | Buffer>> = {
  'index.html':
    '<!doctype html><title>Heliogram</title><script type="module" src="/assets/a-1.js">',
  'assets/a-1.js': SCRIPT,
  'assets/b-2.wasm': Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
  'service-worker.js': 'self.addEventListener("fetch", () => undefined);',
  'manifest.webmanifest': '{"name":"Heliogram"}',
  'icon-192.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  '.vite/manifest.json': '{"secret":"of the build"}',
};

/** The app's route over HTTP, in front of one that says 404 with its own words. */
async function served(t: TestContext, fixture: typeof FIXTURE = FIXTURE) {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-web-app-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(fixture)) write(join(directory, path), content);
  const otherwise: HttpRoute = {
    prefix: '/',
    handle: (_request, response) => void response.writeHead(404).end('otherwise'),
  };
  const origins = () => ['https://chat.example', 'http://127.0.0.1:8080'];
  const route = createWebApp({ directory, origins, otherwise });
  const address = '127.0.0.1';
  const client = { address, callerOf: () => ({ kind: 'anonymous', address }) as const };
  const server = createServer((req, res) => void route.handle(req, res, client));
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { directory, ask: asking(port) };
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

/** The path goes out as written: fetch would tidy it up. */
const asking =
  (port: number) =>
  (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path, headers, method }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const body = Buffer.concat(chunks);
        const { statusCode: status = 0, headers: got } = response;
        resolve({ status, headers: got as Answer['headers'], body });
      });
      sent.on('error', reject).end();
    });

test('APP-1: / is the app, its files are where the build put them, nothing else is there', async (t) => {
  const { ask } = await served(t);
  const types: [string, string][] = [
    ['/', 'text/html; charset=utf-8'],
    ['/?source=pwa', 'text/html; charset=utf-8'],
    ['/assets/a-1.js', 'text/javascript; charset=utf-8'],
    ['/assets/b-2.wasm', 'application/wasm'],
    ['/service-worker.js', 'text/javascript; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/icon-192.png', 'image/png'],
  ];
  for (const [path, type] of types) {
    const { status, headers } = await ask(path);
    assert.deepEqual([status, headers['content-type']], [200, type], path);
  }
  assert.equal((await ask('/assets/a-1.js')).body.toString(), SCRIPT);
  const outside = [
    '/index.html',
    '/nothing',
    '/assets',
    '/assets/',
    '/.vite/manifest.json',
    '/../index.html',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//index.html',
    '/assets/a-1.js%00',
    '/assets\\a-1.js',
    '/constructor',
    '/__proto__',
  ];
  for (const path of outside) {
    const { status, body } = await ask(path);
    assert.deepEqual([status, body.toString()], [404, 'otherwise'], path);
  }
});

test('APP-1: one start serves one version, whatever happens to the directory', async (t) => {
  const { directory, ask } = await served(t);
  write(join(directory, 'index.html'), 'changed');
  write(join(directory, 'new.js'), 'new');
  assert.match((await ask('/')).body.toString(), /^<!doctype html>/);
  assert.equal((await ask('/new.js')).status, 404);
});

test('APP-2: hashed files are kept for good, the others asked about; HEAD and 304 carry no body', async (t) => {
  const { ask } = await served(t);
  const forever = 'public, max-age=31536000, immutable';
  assert.equal((await ask('/assets/a-1.js')).headers['cache-control'], forever);
  for (const path of ['/', '/service-worker.js', '/manifest.webmanifest']) {
    const { headers } = await ask(path);
    assert.equal(headers['cache-control'], 'no-cache', path);
    const etag = headers['etag'] ?? '';
    for (const tag of [etag, etag.replace('W/', ''), `"x", ${etag}`, '*']) {
      const again = await ask(path, { 'if-none-match': tag });
      assert.deepEqual([again.status, again.body.byteLength], [304, 0], tag);
      assert.ok(again.headers['content-security-policy'], 'a 304 renews the rules too');
    }
    assert.equal((await ask(path, { 'if-none-match': '"x"' })).status, 200);
    const head = await ask(path, {}, 'HEAD');
    assert.deepEqual([head.status, head.body.byteLength], [200, 0]);
    assert.equal(head.headers['content-length'], headers['content-length']);
    assert.equal((await ask(path, {}, 'POST')).status, 405);
  }
  assert.notEqual(
    (await ask('/')).headers['etag'],
    (await ask('/service-worker.js')).headers['etag'],
  );
});

test('APP-3: files come in the smallest coding that the browser takes, as the build packed them', async (t) => {
  const packed = brotliCompressSync(SCRIPT);
  const { ask } = await served(t, { ...FIXTURE, 'assets/a-1.js.br': packed });
  const ways: [string, string | undefined][] = [
    ['gzip, deflate, br', 'br'],
    ['br;q=1.0', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip', 'gzip'],
    ['identity', undefined],
    ['', undefined],
    ['brr', undefined],
  ];
  for (const [accepted, coding] of ways) {
    const { headers, body } = await ask('/assets/a-1.js', { 'accept-encoding': accepted });
    assert.equal(headers['content-encoding'], coding, accepted);
    assert.equal(headers['vary'], 'accept-encoding');
    assert.equal(Number(headers['content-length']), body.byteLength);
    if (coding === 'br') assert.deepEqual(body, packed, 'the build’s own bytes');
    const plain = { br: brotliDecompressSync, gzip: gunzipSync };
    const read = coding === undefined ? body : plain[coding as 'br' | 'gzip'](body);
    assert.equal(read.toString(), SCRIPT);
  }
  assert.equal((await ask('/assets/a-1.js.br')).status, 404);
  const tiny = await ask('/assets/b-2.wasm', { 'accept-encoding': 'br' });
  assert.equal(tiny.headers['content-encoding'], undefined, 'packing made it larger');
  const picture = await ask('/icon-192.png', { 'accept-encoding': 'br' });
  assert.deepEqual(
    [picture.headers['content-encoding'], picture.headers['vary']],
    [undefined, undefined],
  );
});

test('APP-4: every file runs its own origin’s script only, talks to its own origin only, is framed by nobody', async (t) => {
  const { ask } = await served(t);
  for (const path of ['/', '/assets/a-1.js', '/service-worker.js']) {
    const { headers } = await ask(path);
    const policy = new Map(
      (headers['content-security-policy'] ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    assert.equal(policy.get('default-src'), "'none'");
    assert.equal(policy.get('script-src'), "'self' 'wasm-unsafe-eval'");
    assert.equal(
      policy.get('connect-src'),
      "'self' wss://chat.example ws://127.0.0.1:8080",
      'Safari wants WebSockets named',
    );
    assert.equal(policy.get('require-trusted-types-for'), "'script'");
    assert.equal(policy.get('trusted-types'), 'heliogram');
    for (const name of ['frame-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      assert.equal(policy.get(name), "'none'", name);
    }
    assert.equal(/unsafe-inline|'unsafe-eval'|https?:|\*/.test([...policy.values()].join()), false);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(
      headers['permissions-policy'] ?? '',
      /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
    );
  }
});

test('APP-5: without a built app the page that tells about the server stays', async (t) => {
  const { ask } = await served(t, { 'readme.txt': 'nothing built here' });
  assert.deepEqual(
    [(await ask('/')).body.toString(), (await ask('/readme.txt')).status],
    ['otherwise', 404],
  );
});

test('APP-5: a directory that is something else is refused in a sentence', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`f${n}.txt`, '']));
  await assert.rejects(served(t, { ...many, 'index.html': '' }), {
    code: 'unavailable',
    message: /is not a built web app: it has more than 2000 files or 64 MiB$/,
  });
});
