import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RateClass } from '@heliogram/protocol';
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { defaultRates, type Rates } from '../../gateway/rate-limiter.ts';
import { frontPage } from './front-page.ts';
import { get, getRaw } from './getting.ts';
import { Newsroom, type Reporter } from './newsroom.ts';

const room = new Newsroom();
let editor: Reporter;

before(async () => {
  await room.open();
  await frontPage(room);
  editor = await room.person('Editor');
});
after(() => room.close());

const EVIL = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ']]><x>',
  '&lt;script&gt;',
  '</title></textarea></style><script>1</script>',
  '<!-- -->',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](data:text/html,<script>1</script>)',
  '[a](https://example.org/"onclick="alert(1))',
  '[https://good.example](https://evil.example/x)',
  'https://example.org/<script>',
  '`<b>`',
  '```"><script>\n</code></pre><script>\n```',
  '> <script>',
  '@<script> #<script>',
  'nul \u0000 bell \u0007 escape \u001b[31m',
  'noncharacter \ufffe \uffff',
  '\u202egnp.exe\u202c \u2066\u2067 unbalanced',
  'x'.repeat(20_000),
  `a${'\u0301'.repeat(5_000)}`,
  `x${' '.repeat(32_000)}y`,
  `${'['.repeat(500)}${'('.repeat(500)}`,
  `${'> '.repeat(400)}deep`,
  `${'**_~~'.repeat(400)}deep`,
];

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  // It counts the entities of escaped text as what is shown.
  rules: { 'long-title': 'off' },
});

/** Elements, attributes and schemes that only an attack could bring in. */
function assertHarmless(html: string, about: string): void {
  assert.doesNotMatch(html, /<script|<iframe|<object|<form|<style/i, about);
  // What stands between quotes is a value, whatever it says.
  assert.doesNotMatch(html.replace(/="[^"]*"/g, '=""'), /<[^>]*\son[a-z]+\s*=/i, about);
  assert.doesNotMatch(html, /(?:href|src)="\s*(?:javascript|data:text)/i, about);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for control characters
  assert.doesNotMatch(html, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/, about);
}

test('PAGE-20: no text becomes markup, wherever it is shown', async () => {
  const id = await editor.channel({
    title: '<script>title</script> & "Co"',
    username: 'evil_channel',
    description: '</p><script>about</script>\n<b>bold</b>',
  });
  const seqs: number[] = [];
  for (const text of EVIL) seqs.push(...(await editor.post(id, { text })));
  for (const path of ['/@evil_channel', ...seqs.map((seq) => `/@evil_channel/${seq}`)]) {
    for (const form of path.endsWith('l') ? [''] : ['', '/embed']) {
      const { status, text } = await get(room, path + form);
      assert.equal(status, 200, path);
      assertHarmless(text, path);
      const report = await validator.validateString(text);
      assert.deepEqual(
        report.results.flatMap(({ messages }) => messages.map(({ message }) => message)),
        [],
        path,
      );
    }
  }
  assertHarmless((await get(room, '/directory')).text, 'directory');
});

test('PAGE-20: whatever is posted, the page holds as much markup as without it', async () => {
  const id = await editor.channel({ title: 'Any', username: 'any_text' });
  const tags = (html: string) =>
    [
      ...html.matchAll(
        /<(?!\/?(?:p|br|strong|em|s|code|pre|a|bdi|span|blockquote|div)[\s>])[^>]*>/g,
      ),
    ].length;
  const [, plain = 0] = await editor.post(id, 'before', 'plain');
  const expected = tags((await get(room, `/@any_text/${plain}`)).text);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (text) => {
      if (text.trim() === '' || !text.isWellFormed()) return;
      const said = `<x ${text} "' > ${text}`;
      const [seq = 0] = await editor.post(id, said);
      const { text: html } = await get(room, `/@any_text/${seq}/embed`);
      assertHarmless(html, said);
      const page = await get(room, `/@any_text/${seq}`);
      assert.equal(tags(page.text), expected, said);
    }),
    { numRuns: 30 },
  );
});

test('PAGE-21: links are the reader’s risk, and say where they go', async () => {
  const id = await editor.channel({ title: 'Links', username: 'many_links' });
  const [seq] = await editor.post(
    id,
    '[https://good.example](https://evil.example/x) [\u202emoc.doog](https://evil.example) [run](javascript:alert(1)) me@example.org',
  );
  const { text } = await get(room, `/@many_links/${seq}`);
  const links = [...text.matchAll(/<a href="https:\/\/evil[^>]*>/g)].map(([tag]) => tag);
  assert.equal(links.length, 2);
  for (const link of links) assert.match(link, /rel="nofollow noopener ugc"/);
  assert.equal([...text.matchAll(/<bdi class="host">\(evil\.example\)<\/bdi>/g)].length, 2);
  assert.match(text, /<bdi>\u202emoc\.doog<\/bdi>/);
  assert.doesNotMatch(text, /href="javascript/);
});

test('PAGE-22: nothing runs, and only the frame page stands in frames', async () => {
  const paths = [
    '/@hilltopcourier',
    '/@hilltopcourier/1',
    '/directory',
    '/@nobody_here',
    '/@maralindqvist',
    '/@hilltopcourier/rss.xml',
  ];
  for (const path of paths) {
    const { headers, text } = await get(room, path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'self'; img-src 'self' data:;/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.doesNotMatch(policy, /script-src|unsafe/);
    assert.doesNotMatch(text, /<script|style=|<style/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
  const { headers, text } = await get(room, '/@hilltopcourier/1/embed');
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors \*$/);
  assert.equal(headers.get('x-robots-tag'), 'noindex');
  assert.doesNotMatch(text, /<script|style=|Open in the app/);
  const style = /href="(\/pages-style\/[0-9a-f]+\.css)"/.exec(text)?.[1] ?? '';
  const sheet = await get(room, style);
  assert.equal(sheet.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal((await get(room, '/pages-style/0123456789abcdef.css')).status, 404);
});

test('PAGE-23: hostile paths are 404, other ways to say ours are redirected', async () => {
  const hostile = [
    '/@',
    '/@../',
    '/@..',
    '/@/../../etc/passwd',
    '/@hilltopcourier/../..',
    '/@hilltopcourier/%2e%2e',
    '/@hilltopcourier%00',
    '/@hilltopcourier/1%2f',
    '/@hilltopcourier//1',
    '/@hilltopcourier/01',
    '/@hilltopcourier/0',
    '/@hilltopcourier/-1',
    '/@hilltopcourier/1e3',
    '/@hilltopcourier/4294967296',
    '/@hilltopcourier/9999999999',
    '/@hilltopcourier/1/edit',
    '/@hilltopcourier/rss',
    '/@abcd',
    `/@${'a'.repeat(33)}`,
    `/@${'a'.repeat(9_000)}`,
    '/@h\u00eblltop',
    '/@hilltop<script>',
    '/directory/x',
    '/directory?page=0',
    '/directory?page=x',
    '/sitemap',
    '/sitemap/',
    '/sitemap/x.xml',
    '/sitemap/channels-0.xml',
    '/sitemap/@hilltopcourier-0.xml',
    '/pages-style/',
    '/pages-style/../x',
    '/+',
    '/robots.txt/x',
  ];
  for (const path of hostile) {
    const target = path.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character));
    const { status, text } = await getRaw(room, target);
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /<script/);
  }
  const upper = await get(room, '/@HilltopCourier/1');
  assert.deepEqual([upper.status, upper.headers.get('location')], [301, '/@hilltopcourier/1']);
  const slash = await get(room, '/@hilltopcourier/');
  assert.deepEqual([slash.status, slash.headers.get('location')], [301, '/@hilltopcourier']);
  for (const target of ['/%40HilltopCourier/1/?a=b', '/@%68illtopcourier/1//?a=b']) {
    const { headers, status } = await get(room, target);
    assert.deepEqual([status, headers.get('location')], [301, '/@hilltopcourier/1?a=b'], target);
  }
  const odd = await get(room, '/@HILLTOPCOURIER//evil.example');
  assert.deepEqual([odd.status, odd.headers.get('location')], [404, null]);
  const posted = await get(room, '/@hilltopcourier', { method: 'POST', body: 'x' });
  assert.deepEqual([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD']);
});

test('PAGE-24: an address that asks too often waits', async (t) => {
  // So slow a refill that a loaded machine sees the same as an idle one.
  const rates: Rates = { ...defaultRates, [RateClass.READ]: { burst: 30, perSecond: 0.001 } };
  const strict = await new Newsroom({ rates, trustedProxies: ['127.0.0.1'] }).open();
  t.after(() => strict.close());
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  for (let count = 0; count < 30; count += 1) {
    assert.equal((await get(strict, '/directory', from('203.0.113.9'))).status, 200);
  }
  const refused = await get(strict, '/directory', from('203.0.113.9'));
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  assert.equal(refused.headers.get('cache-control'), 'no-store');
  assert.equal((await get(strict, '/directory', from('203.0.113.10'))).status, 200);
  assert.equal((await get(strict, '/sitemap.xml', from('203.0.113.10'))).status, 200);
  assert.equal((await get(strict, '/sitemap.xml', from('203.0.113.10'))).status, 429);
});

test('PAGE-34: bodies come as small as the client takes them, and HEAD without one', async () => {
  const asked = async (coding: string, method = 'GET') => {
    const response = await fetch(`${room.url}/@eveningrelay`, {
      method,
      headers: { 'accept-encoding': coding },
    });
    return { response, text: await response.text() };
  };
  const plain = await asked('identity');
  const whole = Number(plain.response.headers.get('content-length'));
  for (const [accepted, coding] of [
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['x', null],
  ]) {
    const { response, text } = await asked(accepted ?? '');
    assert.equal(response.headers.get('content-encoding'), coding, accepted ?? '');
    assert.equal(response.headers.get('vary'), 'accept-encoding, accept-language');
    assert.equal(text, plain.text);
    if (coding) assert.ok(Number(response.headers.get('content-length')) < whole / 2);
    assert.equal(response.headers.get('etag'), plain.response.headers.get('etag'));
  }
  const head = await asked('identity', 'HEAD');
  assert.equal(head.text, '');
  assert.equal(Number(head.response.headers.get('content-length')), whole);
});
