import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { AccountsService, AdminService, ChannelsService } from '@heliogram/protocol';
import { get } from './getting.ts';
import { Newsroom, type Reporter } from './newsroom.ts';

const room = new Newsroom();
let editor: Reporter;
let channels = 0;

before(async () => {
  await room.open();
  editor = await room.person('Editor');
});
after(() => room.close());

/** A channel with three posts of which the second one is the secret. */
async function withSecret() {
  channels += 1;
  const username = `morning_${channels}`;
  const id = await editor.channel({ title: `Title ${channels}`, username });
  await editor.post(id, 'the first words', 'a secret plan', 'the last words');
  return { id, username };
}

const FORMS = ['', '/rss.xml', '/atom.xml', '/feed.json'] as const;

const oembed = (username: string, seq: number) =>
  `/oembed?url=${encodeURIComponent(`${room.url}/@${username}/${seq}`)}`;

/** Every address that could show the post. */
async function everywhere(username: string) {
  const paths = [
    ...FORMS.map((form) => `/@${username}${form}`),
    `/@${username}?before=4`,
    `/@${username}/1`,
    `/@${username}/2`,
    `/@${username}/2/embed`,
    `/@${username}/3`,
    oembed(username, 2),
    '/directory',
    '/sitemap.xml',
    `/sitemap/@${username}-1.xml`,
  ];
  return Promise.all(paths.map(async (path) => ({ path, ...(await get(room, path)) })));
}

/** Headers once they carry a date: not before the second of the last change is over. */
async function dated(path: string): Promise<Headers> {
  for (;;) {
    const { headers } = await get(room, path);
    if (headers.has('last-modified')) return headers;
    await pause(100);
  }
}

/** What clients and caches that saw everything ask with. */
async function validators(username: string) {
  const seen = await everywhere(username);
  return Promise.all(
    seen
      .filter(({ status }) => status === 200)
      .map(async ({ path }) => {
        const headers = await dated(path);
        const date = headers.get('last-modified') ?? '';
        return { path, etag: headers.get('etag') ?? '', date };
      }),
  );
}

async function assertNoneStillValid(seen: Awaited<ReturnType<typeof validators>>, about: string[]) {
  for (const { date, etag, path } of seen.filter((each) => about.includes(each.path))) {
    const byTag = await get(room, path, { headers: { 'if-none-match': etag } });
    const byDate = await get(room, path, { headers: { 'if-modified-since': date } });
    assert.notEqual(byTag.status, 304, `${path} by tag`);
    assert.notEqual(byDate.status, 304, `${path} by date`);
  }
}

test('PAGE-11: a deleted post is gone from every address, and no copy of it is called current', async () => {
  const { id, username } = await withSecret();
  const before = await everywhere(username);
  assert.equal(before.filter(({ text }) => text.includes('secret plan')).length, 8);
  const seen = await validators(username);
  await editor.person.client.posts.delete(id, 2);
  const later = await everywhere(username);
  for (const { path, text } of later) assert.doesNotMatch(text, /secret/, path);
  const statuses = new Map(later.map(({ path, status }) => [path, status]));
  for (const path of [`/@${username}/2`, `/@${username}/2/embed`, oembed(username, 2)]) {
    assert.equal(statuses.get(path), 410, path);
  }
  assert.doesNotMatch(later.find(({ path }) => path === '/sitemap.xml')?.text ?? '', /_1\/2</);
  await assertNoneStillValid(seen, [
    ...FORMS.map((form) => `/@${username}${form}`),
    `/@${username}/2`,
    `/@${username}/2/embed`,
    '/sitemap.xml',
  ]);
});

test('PAGE-11: a post taken down is gone with all its versions, and comes back when it is given back', async () => {
  const { id, username } = await withSecret();
  await editor.person.client.posts.edit(id, 2, 'a secret plan, in other words');
  const seen = await validators(username);
  await room.takeDown(username, 2);
  const later = await everywhere(username);
  for (const { path, text } of later) assert.doesNotMatch(text, /secret/, path);
  const { status, text } = await get(room, `/@${username}/2`);
  assert.equal(status, 410);
  assert.match(text, /Reason: against the house rules/);
  await assertNoneStillValid(
    seen,
    FORMS.map((form) => `/@${username}${form}`),
  );
  await room.admin(AdminService.method.restore, { channel: username, seq: 2 });
  assert.match((await get(room, `/@${username}/2`)).text, /in other words/);
});

test('PAGE-11: a channel taken down is gone with everything in it', async () => {
  const { username } = await withSecret();
  const seen = await validators(username);
  await room.takeDown(username);
  for (const { path, status, text } of await everywhere(username)) {
    assert.doesNotMatch(text, /secret|first words/, path);
    assert.doesNotMatch(text, new RegExp(`@${username}`), path);
    if (path.includes(username)) assert.equal(status, 410, path);
  }
  const own = seen.map(({ path }) => path).filter((path) => path.startsWith(`/@${username}`));
  await assertNoneStillValid(seen, own);
});

test('PAGE-11: a deleted channel and a name given up are gone', async () => {
  const { id, username } = await withSecret();
  await editor.call(ChannelsService.method.deleteChannel, { conversationId: id });
  for (const { path, status, text } of await everywhere(username)) {
    assert.doesNotMatch(text, /secret|first words/, path);
    if (path.includes(username)) assert.equal(status, 410, path);
  }
  const other = await withSecret();
  await editor.call(ChannelsService.method.updateChannel, {
    conversationId: other.id,
    username: `${other.username}_new`,
  });
  assert.equal((await get(room, `/@${other.username}`)).status, 410);
  assert.equal((await get(room, `/@${other.username}_new/2`)).status, 200);
});

test('PAGE-10: an unlisted channel is not to be told from none', async () => {
  const { id, username } = await withSecret();
  const token = 'nothing_here_1';
  await editor.call(ChannelsService.method.updateChannel, {
    conversationId: id,
    username: '',
    settings: { unlisted: true },
  });
  for (const { path, text } of await everywhere(username)) {
    assert.doesNotMatch(text, new RegExp(`secret|first words|Title ${channels}`), path);
  }
  // By id there is no page at all.
  const nobody = await get(room, `/@${token}`);
  const byId = await get(room, `/@${id}`);
  assert.equal(nobody.status, 404);
  assert.deepEqual([byId.status, byId.text], [nobody.status, nobody.text]);
  assert.equal(nobody.headers.get('cache-control'), 'no-store');
});

test('PAGE-11: a suspended account and a deleted one have no page', async () => {
  const person = await room.person('Sam Suspended', 'sam_suspended');
  assert.match((await get(room, '/@sam_suspended')).text, /Sam Suspended/);
  const { accountId } = person.person;
  const reason = 'spam';
  await room.admin(AdminService.method.suspendAccount, { account: accountId, reason });
  const { status, text } = await get(room, '/@sam_suspended');
  assert.equal(status, 410);
  assert.doesNotMatch(text, /Sam S|spam/);
  const leaver = await room.person('Lea Leaver', 'lea_leaver');
  await leaver.call(AccountsService.method.setUsername, { username: '' });
  const gone = await get(room, '/@lea_leaver');
  assert.equal(gone.status, 410);
  assert.doesNotMatch(gone.text, /Lea/);
});

test('PAGE-12: notes, edits and what was never there are 404', async () => {
  const { id, username } = await withSecret();
  await editor.call(ChannelsService.method.updateChannel, { conversationId: id, title: 'Renamed' });
  await editor.person.client.posts.edit(id, 1, 'other first words');
  for (const seq of [4, 5, 6, 4_294_967_295]) {
    assert.equal((await get(room, `/@${username}/${seq}`)).status, 404, String(seq));
  }
  const follower = await room.person('Fay Follower', 'fay_follower');
  await follower.call(ChannelsService.method.follow, {
    ref: { case: 'conversationId', value: id },
  });
  for (const { path, text } of await everywhere(username)) {
    assert.doesNotMatch(text, /Fay|Editor/, path);
  }
});

test('PAGE-15: no_index is said in every form, and the sitemap leaves the channel out', async () => {
  const settings = { noIndex: true };
  const id = await editor.channel({ title: 'Unfindable', username: 'unfindable', settings });
  await editor.post(id, 'words');
  for (const path of ['', '/1', '/1/embed', '/rss.xml', '/atom.xml', '/feed.json']) {
    const { headers, text } = await get(room, `/@unfindable${path}`);
    assert.equal(headers.get('x-robots-tag'), 'noindex', path);
    if (!path.includes('.')) assert.match(text, /<meta name="robots" content="noindex">/, path);
  }
  assert.doesNotMatch((await get(room, '/sitemap.xml')).text, /unfindable/);
  assert.equal((await get(room, '/sitemap/@unfindable-1.xml')).status, 404);
});

test('PAGE-13: pages may be kept and must be asked about; PAGE-14: what has not changed is 304', async () => {
  const { id, username } = await withSecret();
  for (const path of [
    ...FORMS.map((form) => `/@${username}${form}`),
    `/@${username}/1`,
    '/directory',
    '/sitemap.xml',
  ]) {
    const headers = await dated(path);
    assert.equal(headers.get('cache-control'), 'public, no-cache', path);
    const etag = headers.get('etag') ?? '';
    const date = headers.get('last-modified') ?? '';
    for (const asked of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", ${etag}` },
      { 'if-modified-since': date },
      { 'if-none-match': etag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ]) {
      const again = await get(room, path, { headers: asked });
      assert.deepEqual([again.status, again.text], [304, ''], `${path} ${JSON.stringify(asked)}`);
      assert.equal(again.headers.get('etag'), etag);
    }
    for (const asked of [
      { 'if-none-match': '"x"', 'if-modified-since': date },
      { 'if-modified-since': 'yesterday' },
    ]) {
      assert.equal((await get(room, path, { headers: asked })).status, 200, path);
    }
  }
  const { headers } = await get(room, `/@${username}/rss.xml`);
  const asked = { 'if-none-match': headers.get('etag') ?? '' };
  await editor.person.client.posts.edit(id, 1, 'the first words, mended');
  const changed = await get(room, `/@${username}/rss.xml`, { headers: asked });
  assert.equal(changed.status, 200);
  assert.match(changed.text, /mended/);
});
