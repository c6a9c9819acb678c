import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ChannelsService } from '@heliogram/protocol';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { frontPage } from './front-page.ts';
import { get } from './getting.ts';
import { Newsroom, type Reporter } from './newsroom.ts';

const room = new Newsroom();
let editor: Reporter;

before(async () => {
  await room.open();
  await frontPage(room);
  editor = await room.person('Editor');
});
after(() => room.close());

const body = async (path: string) => (await get(room, path)).text;

test('PAGE-30: RSS as a real parser reads it', async () => {
  const { headers, text } = await get(room, '/@hilltopcourier/rss.xml');
  assert.equal(headers.get('content-type'), 'application/rss+xml; charset=utf-8');
  const feed = parseRssFeed(text);
  assert.equal(feed.title, 'The Hilltop Courier');
  assert.equal(feed.link, `${room.url}/@hilltopcourier`);
  assert.equal(feed.items?.length, 11);
  const [reply] = feed.items ?? [];
  assert.equal(reply?.link, `${room.url}/@hilltopcourier/11`);
  assert.match(reply?.content?.encoded ?? '', /In reply to <a href="http.*\/@hilltopcourier\/1">/);
  const photo = feed.items?.find(({ link }) => link?.endsWith('/3'));
  const [enclosure] = photo?.enclosures ?? [];
  assert.equal(enclosure?.type, 'image/jpeg');
  const file = await fetch(enclosure?.url ?? '');
  assert.equal((await file.arrayBuffer()).byteLength, enclosure?.length);
  const album = feed.items?.find(({ link }) => link?.endsWith('/5'));
  assert.equal(album?.media?.contents?.length, 5);
});

test('PAGE-30: no text becomes markup in a reader, which decodes an RSS description twice', async () => {
  const title = 'Shouts & <b>Whispers</b>';
  const id = await editor.channel({ title, username: 'loud_letters', description: '<i>x</i>' });
  const text = 'a <img src=x onerror=alert(1)> & b';
  await editor.post(id, text);
  const xml = await body('/@loud_letters/rss.xml');
  const feed = parseRssFeed(xml);
  const escaped = 'a &lt;img src=x onerror=alert(1)&gt; &amp; b';
  assert.equal(feed.description, '&lt;i&gt;x&lt;/i&gt;');
  assert.equal(feed.items?.[0]?.description, escaped);
  assert.match(feed.items?.[0]?.content?.encoded ?? '', /a &lt;img src=x/);
  const atom = parseAtomFeed(await body('/@loud_letters/atom.xml'));
  assert.equal(atom.entries?.[0]?.summary?.value ?? atom.entries?.[0]?.summary, text);
});

test('PAGE-30: what a feed names loads in a reader on another origin', async () => {
  const feed = parseJsonFeed(await body('/@hilltopcourier/feed.json'));
  const shown = (feed.items ?? [])
    .flatMap(({ attachments }) => attachments ?? [])
    .filter(({ mime_type: type }) => /^(?:image|audio|video)\//.test(type ?? ''));
  assert.ok(shown.length > 0);
  for (const { url } of shown) {
    const { headers } = await fetch(url ?? '');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin', url);
  }
  for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
    const { headers } = await get(room, `/@hilltopcourier/${file}`);
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
  }
  const { headers } = await get(room, '/@hilltopcourier');
  assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
});

test('PAGE-30: Atom as a real parser reads it', async () => {
  const feed = parseAtomFeed(await body('/@hilltopcourier/atom.xml'));
  assert.equal(feed.entries?.length, 11);
  const corrected = feed.entries?.find(({ links }) =>
    links?.some(({ href }) => href?.endsWith('/4')),
  );
  assert.ok((corrected?.updated ?? '') > (corrected?.published ?? ''));
  const newest = feed.entries
    ?.map(({ updated }) => updated ?? '')
    .toSorted()
    .at(-1);
  assert.equal(feed.updated, newest);
  const files = feed.entries?.find(({ links }) => links?.some(({ href }) => href?.endsWith('/7')));
  assert.equal(files?.links?.filter(({ rel }) => rel === 'enclosure').length, 2);
  assert.match(files?.content?.value ?? '', /<audio src="http/);
});

test('PAGE-30: JSON Feed as a real parser reads it', async () => {
  const { headers, text } = await get(room, '/@hilltopcourier/feed.json');
  assert.equal(headers.get('content-type'), 'application/feed+json');
  const feed = parseJsonFeed(text);
  assert.equal(feed.items?.length, 11);
  const arabic = feed.items?.find(({ url }) => url?.endsWith('/2'));
  assert.match(arabic?.content_html ?? '', /صباح الخير/);
  const photo = feed.items?.find(({ url }) => url?.endsWith('/3'));
  assert.equal(photo?.attachments?.[0]?.mime_type, 'image/jpeg');
  const corrected = feed.items?.find(({ url }) => url?.endsWith('/4'));
  assert.notEqual(corrected?.date_modified, undefined);
});

test('PAGE-30: ids outlive a change of name, and are the same in every format', async () => {
  const id = await editor.channel({ title: 'Before', username: 'before_name' });
  await editor.post(id, 'words', 'more & <words>');
  const ids = async (name: string) => [
    parseRssFeed(await body(`/@${name}/rss.xml`)).items?.map(({ guid }) => guid?.value),
    parseAtomFeed(await body(`/@${name}/atom.xml`)).entries?.map((entry) => entry.id),
    parseJsonFeed(await body(`/@${name}/feed.json`)).items?.map((item) => item.id),
  ];
  const [rss, atom, json] = await ids('before_name');
  assert.equal(new Set(rss).size, 2);
  assert.deepEqual(atom, rss);
  assert.deepEqual(json, rss);
  const change = { conversationId: id, username: 'after_name' };
  await editor.call(ChannelsService.method.updateChannel, change);
  // The note of a rename is no post: the same two are there.
  assert.deepEqual((await ids('after_name'))[0], rss);
});

test('PAGE-30: a feed without posts is a feed', async () => {
  await editor.channel({ title: 'Empty & <new>', username: 'empty_channel' });
  assert.equal(parseRssFeed(await body('/@empty_channel/rss.xml')).title, 'Empty & <new>');
  assert.equal(parseAtomFeed(await body('/@empty_channel/atom.xml')).title?.value, 'Empty & <new>');
  assert.deepEqual(parseJsonFeed(await body('/@empty_channel/feed.json')).items ?? [], []);
});

test('PAGE-32: oEmbed answers a frame that fits', async () => {
  const post = encodeURIComponent(`${room.url}/@hilltopcourier/3`);
  const page = await body('/@hilltopcourier/3');
  const link = /type="application\/json\+oembed" href="([^"]+)"/
    .exec(page)?.[1]
    ?.replaceAll('&amp;', '&');
  assert.equal(link, `${room.url}/oembed?url=${post}&format=json`);
  const said = JSON.parse(await body(`/oembed?url=${post}&maxwidth=400&maxheight=300`));
  assert.deepEqual([said.type, said.version, said.width, said.height], ['rich', '1.0', 400, 300]);
  assert.match(
    said.html,
    new RegExp(`^<iframe src="${room.url}/@hilltopcourier/3/embed" width="400"`),
  );
  const source = /src="([^"]+)"/.exec(said.html)?.[1] ?? '';
  assert.equal((await fetch(source)).status, 200);
  const xml = await get(room, `/oembed?url=${post}&format=xml`);
  assert.match(xml.headers.get('content-type') ?? '', /^text\/xml/);
  assert.match(xml.text, /<html>&lt;iframe src=&quot;http/);
  assert.equal((await get(room, `/oembed?url=${post}&format=yaml`)).status, 501);
});

test('PAGE-32: oEmbed speaks of posts of this server only', async () => {
  const urls = [
    '',
    'https://example.org/@hilltopcourier/3',
    `${room.url}/@hilltopcourier`,
    `${room.url}/@hilltopcourier/99`,
    `${room.url}/@nobody_here/1`,
    `${room.url}@example.org/@hilltopcourier/3`,
    'javascript:alert(1)',
  ];
  for (const url of urls) {
    assert.equal((await get(room, `/oembed?url=${encodeURIComponent(url)}`)).status, 404, url);
  }
});

test('PAGE-32: oEmbed knows a post by every notation of its address, and keeps within maxwidth', async () => {
  const oembed = async (path: string, more = '') =>
    JSON.parse(await body(`/oembed?url=${encodeURIComponent(`${room.url}${path}`)}${more}`));
  for (const path of [
    '/%40hilltopcourier/3',
    '/@hilltopcourier/3/',
    '/@HilltopCourier/3/',
    '/@hilltopcourier/3?utm_source=x',
    '/@hilltopcourier/3/embed',
  ]) {
    const { html } = await oembed(path);
    assert.match(html, new RegExp(`src="${room.url}/@hilltopcourier/3/embed"`), path);
  }
  const narrow = await oembed('/@hilltopcourier/3', '&maxwidth=160&maxheight=90');
  assert.deepEqual([narrow.width, narrow.height], [160, 90]);
  const heights = new Map<number, number>();
  for (const seq of [1, 3, 5]) {
    heights.set(seq, (await oembed(`/@hilltopcourier/${seq}`)).height);
  }
  assert.ok((heights.get(3) ?? 0) > (heights.get(1) ?? 0), 'a photo is higher than a few lines');
});

test('PAGE-33: the sitemap names every post that stands, and robots find it', async () => {
  const robots = await body('/robots.txt');
  assert.match(robots, new RegExp(`^Sitemap: ${room.url}/sitemap\\.xml$`, 'm'));
  const map = await body('/sitemap.xml');
  const found = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) =>
    url?.replace(room.url, ''),
  );
  const expected = Array.from({ length: 240 }, (_, index) => `/@eveningrelay/${index + 1}`);
  for (const path of expected) assert.ok(found.includes(path), path);
  for (const path of ['/@hilltopcourier', '/@hilltopcourier/4', '/directory']) {
    assert.ok(found.includes(path), path);
  }
  assert.match(map, /hilltopcourier\/4<\/loc><lastmod>2/);
});

test('PAGE-33: many channels are an index whose lists hold them all', async () => {
  for (let count = 0; count < 9; count += 1) {
    const id = await editor.channel({ title: `Nr ${count}`, username: `numbered_${count}` });
    await editor.post(id, 'words');
  }
  const index = await body('/sitemap.xml');
  assert.match(index, /<sitemapindex /);
  const lists = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) =>
    url.replace(room.url, ''),
  );
  const all = (await Promise.all(lists.map(body))).join('');
  for (let count = 0; count < 9; count += 1) {
    assert.match(all, new RegExp(`/@numbered_${count}</loc>`));
    assert.match(all, new RegExp(`/@numbered_${count}/1</loc>`));
  }
  assert.equal([...all.matchAll(/\/@eveningrelay\/\d+</g)].length, 240);
});
