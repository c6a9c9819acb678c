import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ChannelsService } from '@heliogram/protocol';
import { frontPage } from './front-page.ts';
import { get, getRaw } from './getting.ts';
import { Newsroom, type Reporter } from './newsroom.ts';

const room = new Newsroom();
let editor: Reporter;
let photoPost = 0;

before(async () => {
  await room.open();
  ({ photoPost } = await frontPage(room));
  editor = await room.person('Editor');
});
after(() => room.close());

const page = async (path: string) => (await get(room, path)).text;
const seqsOn = (html: string) =>
  [...html.matchAll(/id="post-(\d+)"/g)].map(([, seq]) => Number(seq));

test('PAGE-1: fifty posts a page, newest first, and every post on exactly one page', async () => {
  const seen: number[] = [];
  let path: string | undefined = '/@eveningrelay';
  let pages = 0;
  while (path !== undefined) {
    const html = await page(path);
    const seqs = seqsOn(html);
    assert.ok(seqs.length <= 50);
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => b - a),
    );
    seen.push(...seqs);
    pages += 1;
    path = /rel="next" href="([^"]+)"/.exec(html)?.[1];
  }
  assert.equal(pages, 5);
  assert.deepEqual(
    seen,
    Array.from({ length: 240 }, (_, index) => 240 - index),
  );
});

test('PAGE-39: long posts share a page as far as 256 KiB go, in both directions', async () => {
  const id = await editor.channel({ title: 'Long reads', username: 'long_reads' });
  const seqs: number[] = [];
  for (let post = 0; post < 20; post++) {
    seqs.push(...(await editor.post(id, { text: '_@'.repeat(16_000) })));
  }
  const pages: number[][] = [];
  const paths = ['/@long_reads'];
  for (const path of paths) {
    const html = await page(path);
    pages.push(seqsOn(html));
    const next = /rel="next" href="([^"]+)"/.exec(html)?.[1];
    if (next !== undefined) paths.push(next);
  }
  assert.deepEqual(pages.flat(), seqs.toReversed());
  assert.deepEqual(
    pages.map(({ length }) => length),
    [8, 8, 4],
  );
  const newer = /rel="prev" href="([^"]+)"/.exec(await page(paths[2] ?? ''))?.[1] ?? '';
  assert.deepEqual(seqsOn(await page(newer)), pages[1]);
  const feed = await page('/@long_reads/feed.json');
  assert.equal(JSON.parse(feed).items.length, 8);
});

test('PAGE-1: the way back leads to the same pages, and the first one has no before', async () => {
  const third = await page('/@eveningrelay?before=141');
  assert.equal(seqsOn(third)[0], 140);
  const newer = /rel="prev" href="([^"]+)"/.exec(third)?.[1];
  assert.equal(newer, '/@eveningrelay?before=191');
  const second = await page('/@eveningrelay?before=191');
  assert.match(second, /rel="prev" href="\/@eveningrelay"/);
});

test('PAGE-1: days part the posts, with the day for machines', async () => {
  const html = await page('/@hilltopcourier');
  const today = new Date().toISOString().slice(0, 10);
  assert.match(html, new RegExp(`<h2 id="day-${today}"><time datetime="${today}">`));
  assert.match(html, /<h1 class="p-name"><bdi>The Hilltop Courier<\/bdi><\/h1>/);
  assert.match(html, /<p class="facts">\d+ subscribers? · 11 posts</);
});

test('PAGE-2: a post says all that belongs to it', async () => {
  const corrected = await page('/@hilltopcourier/4');
  assert.match(corrected, /harbour {4}164\.5 {3}2925/);
  assert.match(corrected, /<span class="edited">edited <time/);
  assert.match(corrected, /<a class="mention" href="\/@maralindqvist"/);
  const first = await page('/@hilltopcourier/1');
  assert.match(first, /<strong>The mirrors are up again\.<\/strong>/);
  assert.match(first, /<bdi>🌞<\/bdi> 2</);
  assert.match(first, />3 views</);
  const arabic = await page('/@hilltopcourier/2');
  assert.match(arabic, /<p dir="auto">صباح/);
  assert.match(arabic, /<blockquote dir="auto">من رأى/);
});

test('PAGE-2: authors are named where the channel signs, and only there', async () => {
  const id = await editor.channel({
    title: 'Signed',
    username: 'signed_words',
    settings: { signPosts: true },
  });
  const { accountId } = editor.person;
  const [outgoing] = await editor.person.client.posts.send({ conversationId: id, accountId }, [
    { text: 'by me' },
  ]);
  await outgoing?.posted;
  assert.match(await page('/@signed_words'), /<bdi class="p-author">Editor<\/bdi>/);
  assert.doesNotMatch(await page('/@hilltopcourier'), /Mara Lindqvist/);
});

test('PAGE-3: replies quote and link; forwards name their origin while everybody may read it', async () => {
  const html = await page('/@hilltopcourier');
  assert.match(html, /In reply to <a href="\/@hilltopcourier\/1"><bdi>The mirrors are up again\./);
  assert.match(html, /Forwarded from <a href="\/@coastwatch\/1">/);
  const id = await editor.channel({ title: 'Shore', username: 'shore_news' });
  const [seq = 0] = await editor.post(id, 'low tide');
  const to = await editor.channel({ title: 'Echo', username: 'echo_news' });
  await editor.person.client.posts.forward(
    { conversationId: id, seq, title: 'Shore' },
    { conversationId: to },
  );
  assert.match(await page('/@echo_news'), /<a href="\/@shore_news\/1">/);
  await editor.call(ChannelsService.method.updateChannel, {
    conversationId: id,
    username: '',
    settings: { unlisted: true },
  });
  const later = await page('/@echo_news');
  assert.match(later, /Forwarded from <bdi>Shore<\/bdi>/);
  assert.doesNotMatch(later, /shore_news/);
});

test('PAGE-3: a reply to what is gone says only that it is one', async () => {
  const id = await editor.channel({ title: 'Answers', username: 'answers_here' });
  const [seq = 0] = await editor.post(id, 'a regrettable question');
  const replyTo = await editor.person.client.posts.reference(id, seq);
  await editor.post(id, { text: 'an answer', replyTo });
  assert.match(await page('/@answers_here/2'), /a regrettable question/);
  await editor.person.client.posts.delete(id, seq);
  const html = await page('/@answers_here/2');
  assert.match(html, /In reply to an earlier post/);
  assert.doesNotMatch(html, /regrettable/);
});

test('PAGE-4: pictures, sound and files carry what a browser has to know before they load', async () => {
  const html = await page(`/@hilltopcourier/${photoPost}`);
  const [image = ''] = /<img src="\/media\/[0-9a-f]{32}"[^>]*>/.exec(html) ?? [];
  assert.match(image, /width="656" height="492"/);
  const sizes = /\/thumbnail 320w, \/media\/[0-9a-f]{32}\/640 640w, \/media\/[0-9a-f]{32} 1200w"/;
  assert.match(image, sizes);
  assert.match(image, /alt="The ridge in the light of morning 1"/);
  assert.match(html, /<image href="data:image\/png;base64,/);
  const album = await page('/@hilltopcourier');
  assert.match(album, /<div class="album mosaic halves-2">/);
  const lazy = [...album.matchAll(/<img src="\/media\/[0-9a-f]{32}"[^>]*>/g)].map(([tag]) => tag);
  assert.ok(lazy.length === 6 && lazy.every((tag) => tag.includes('loading="lazy"')));
  assert.match(album, /<audio src="\/media\/[0-9a-f]{32}" controls preload="none"/);
  assert.match(album, /ridge-walk-map-2026\.pdf<\/bdi><\/span> <span class="facts">360 kB</);
  const source = /src="(\/media\/[0-9a-f]{32})"/.exec(image)?.[1] ?? '';
  assert.equal((await get(room, source)).headers.get('content-type'), 'image/jpeg');
});

test('PAGE-5: an account has a small page that search engines leave', async () => {
  const { headers, text } = await get(room, '/@maralindqvist');
  assert.match(text, /<h1 class="p-name"><bdi>Mara Lindqvist<\/bdi>/);
  assert.match(text, /<meta name="robots" content="noindex">/);
  assert.equal(headers.get('x-robots-tag'), 'noindex');
  assert.doesNotMatch(text, /Hilltop/);
});

test('PAGE-6: the directory lists by subscribers, and leaves search engines out for one that wants it', async () => {
  const { headers, text } = await get(room, '/directory');
  const names = [...text.matchAll(/<a href="\/@([a-z0-9_]+)">/g)].map(([, name]) => name);
  assert.equal(names[0], 'hilltopcourier');
  assert.equal(headers.get('x-robots-tag'), null);
  const settings = { noIndex: true };
  await editor.channel({ title: 'Quiet', username: 'quiet_room', settings });
  const after = await get(room, '/directory');
  assert.match(after.text, /quiet_room/);
  assert.match(after.text, /<meta name="robots" content="noindex">/);
  assert.equal((await get(room, '/directory?page=101')).status, 404);
  assert.equal((await get(room, '/directory?page=100')).status, 200);
});

test('PAGE-7: the app is one step away, and an invite leads into it unkept', async () => {
  assert.match(await page('/@hilltopcourier'), /href="\/#@hilltopcourier">Open in the app</);
  assert.match(await page('/@hilltopcourier/3'), /href="\/#@hilltopcourier\/3">Open in the app</);
  const { headers, status } = await get(room, '/+To_ken-1');
  assert.equal(status, 302);
  assert.equal(headers.get('location'), '/#+To_ken-1');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('x-robots-tag'), 'noindex');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal((await get(room, '/+tok/en')).status, 404);
});

test('PAGE-36: an Arabic channel is shown in Arabic, and a reader in their language', async () => {
  const title = 'صحيفة التل';
  const id = await editor.channel({ title, username: 'arabic_paper' });
  await editor.post(id, 'صباح الخير');
  for (const path of ['/@arabic_paper', '/@arabic_paper/1', '/@arabic_paper/1/embed']) {
    const html = await page(path);
    assert.match(html, /<html lang="ar" dir="rtl"/, path);
  }
  const html = await page('/@arabic_paper');
  assert.match(html, />فتح في التطبيق</);
  assert.match(html, /منشور واحد</);
  assert.match(html, /\d{2}:\d{2} UTC</);
  assert.match(await page('/@arabic_paper/rss.xml'), /<language>ar<\/language>/);
  const arabic = { headers: { 'accept-language': 'ar-EG,en;q=0.5' } };
  const directory = await get(room, '/directory', arabic);
  assert.match(directory.text, /<html lang="ar" dir="rtl">/);
  assert.match(directory.headers.get('vary') ?? '', /accept-language/);
  assert.match((await get(room, '/@nobody_here', arabic)).text, /الصفحة غير موجودة/);
  assert.match(await page('/directory'), /<html lang="en" dir="ltr">/);
});

test('PAGE-37: without a configured origin, addresses begin with what the reader reached', async () => {
  const { port } = new URL(room.url);
  const canonical = async (host: string) => {
    const { text } = await getRaw(room, '/@hilltopcourier', { host });
    return /<link rel="canonical" href="([^"]+)"/.exec(text)?.[1];
  };
  const path = '/@hilltopcourier';
  assert.equal(await canonical(`localhost:${port}`), `http://localhost:${port}${path}`);
  assert.equal(await canonical(`127.0.0.1:${port}`), `http://127.0.0.1:${port}${path}`);
  for (const host of ['evil.example', `evil.example:${port}`, 'a"><script>', '']) {
    assert.equal(await canonical(host), `${room.url}${path}`, host);
  }
});

test('PAGE-31: canonical addresses, previews and cards', async () => {
  const post = await page(`/@hilltopcourier/${photoPost}`);
  assert.match(post, new RegExp(`<link rel="canonical" href="${room.url}/@hilltopcourier/3">`));
  assert.match(post, /<meta property="og:type" content="article">/);
  assert.match(post, /property="og:description" content="First light, from the shelter below/);
  assert.match(
    post,
    new RegExp(`property="og:image" content="${room.url}/media/[0-9a-f]{32}/preview"`),
  );
  const preview = /property="og:image" content="([^"]+)"/.exec(post)?.[1] ?? '';
  const picture = await fetch(preview);
  assert.match(picture.headers.get('content-type') ?? '', /^image\//);
  assert.ok((await picture.arrayBuffer()).byteLength <= 300_000);
  assert.match(post, /name="twitter:card" content="summary_large_image"/);
  const first = await page('/@eveningrelay?before=99999');
  assert.match(first, new RegExp(`<link rel="canonical" href="${room.url}/@eveningrelay">`));
  const older = await page('/@eveningrelay?before=100');
  assert.match(older, new RegExp(`rel="canonical" href="${room.url}/@eveningrelay\\?before=100"`));
});
