import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lineReader, World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann', '--username', 'annie');
  await world.signUp('bob', '--username', 'bobby');
});
after(() => world.close());

const chat = '@daily_news';
const entries = async (profile: string, ...args: string[]) =>
  (await world.run(profile, ['read', ...args, '--json'])).json;

test('CLI-7: sign-up answers what the contract says and keeps its keys to itself', async () => {
  const carol = await world.signUp('carol');
  assert.deepEqual(Object.keys(carol), ['accountId', 'deviceId', 'username', 'recoveryPhrase']);
  assert.match(String(carol['accountId']), /^[0-9a-f]{64}$/);
  assert.match(String(carol['deviceId']), /^[0-9a-f]{32}$/);
  assert.equal(String(carol['recoveryPhrase']).split(' ').length, 24);
  const directory = join(world.directory, 'carol');
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  assert.equal(statSync(join(directory, 'device.json')).mode & 0o777, 0o600);
  assert.equal(
    await world.refusal('carol', 'sign-up', '--server', world.server?.url ?? '', '--name', 'x'),
    '1 already_exists',
  );
});

test('CLI-3: a channel from its creation to its deletion, as scripts see it', async () => {
  const created = await world.ask(
    'ann',
    'channel',
    'create',
    '--title',
    'News',
    '--username',
    'daily_news',
  );
  assert.deepEqual(Object.keys(created), ['conversationId', 'username']);
  const conversationId = String(created['conversationId']);
  assert.deepEqual(await world.ask('bob', 'channel', 'follow', chat), { ok: true });
  const text = '  *exact* \t text: "quotes", émoji 👩‍👩‍👧, عربى\nsecond line ';
  const posted = await world.ask('ann', 'post', chat, text);
  assert.deepEqual(Object.keys(posted), ['conversationId', 'seq', 'id']);
  assert.deepEqual({ ...posted, id: '' }, { conversationId, seq: 1, id: '' });
  const two = await world.ask('ann', 'post', chat, 'two');
  const three = await world.ask('ann', 'post', conversationId, 'three');
  assert.deepEqual(two, {
    ...three,
    seq: 2,
    id: (await entries('ann', chat))[1]?.['id'],
  });
  const [first] = await entries('bob', chat);
  assert.equal(first?.['text'], text);
  assert.equal(first?.['id'], posted['id']);
  assert.match(String(first?.['sentAt']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal('author' in (first ?? {}), false);
  assert.deepEqual(await world.ask('ann', 'edit', chat, '2', 'two, better'), { ok: true });
  assert.deepEqual(await world.ask('ann', 'delete', chat, '3'), { ok: true });
  const [gone] = await entries('bob', chat, '--after', '2');
  assert.equal(gone?.['id'], three['id'], 'what is deleted keeps its id');
  const after = await entries('bob', chat, '--after', '1');
  assert.deepEqual(
    after.map(({ seq, text: said, deleted }) => [seq, said, deleted]),
    [
      [2, 'two, better', undefined],
      [3, '', true],
    ],
  );
  assert.equal(typeof after[0]?.['editedAt'], 'string');
  const info = await world.ask('bob', 'channel', 'info', chat);
  assert.deepEqual(Object.keys(info), [
    'conversationId',
    'title',
    'username',
    'createdAt',
    'subscribers',
    'posts',
    'role',
  ]);
  assert.equal(info['role'], 'subscriber');
  assert.deepEqual(await world.ask('bob', 'channel', 'leave', chat), { ok: true });
  assert.equal(await world.refusal('bob', 'post', chat, 'mine now'), '1 forbidden');
  assert.deepEqual(await world.ask('ann', 'channel', 'delete', chat, '--yes'), { ok: true });
  assert.equal(await world.refusal('bob', 'read', chat), '1 not_found');
});

test('CLI-3: a private channel is entered by its link, forwards say where they come from', async () => {
  const club = await world.ask('ann', 'channel', 'create', '--title', 'Club', '--private');
  assert.deepEqual(Object.keys(club), ['conversationId', 'inviteLink']);
  const id = String(club['conversationId']);
  const link = String(club['inviteLink']);
  assert.ok(link.startsWith(`${world.server?.url}/#+`));
  assert.equal(await world.refusal('bob', 'read', id), '1 not_found');
  assert.deepEqual(await world.ask('bob', 'channel', 'follow', link), { ok: true });
  await world.ask('ann', 'post', id, 'hello club');
  const other = await world.ask(
    'ann',
    'channel',
    'create',
    '--title',
    'Other',
    '--username',
    'the_other',
    '--sign-posts',
    'on',
  );
  assert.deepEqual(await world.ask('ann', 'forward', id, '1', '--to', '@the_other'), { ok: true });
  const [forwarded] = await entries('bob', '@the_other');
  assert.equal(forwarded?.['text'], 'hello club');
  assert.deepEqual(forwarded?.['forwardedFrom'], { conversationId: id, seq: 1, title: 'Club' });
  const { accountId } = await world.ask('ann', 'whoami');
  assert.deepEqual(forwarded?.['author'], { accountId, name: 'ann', username: 'annie' });
  assert.equal(forwarded?.['conversationId'], other['conversationId']);
  const { json: chats } = await world.run('bob', ['chats', '--json']);
  assert.deepEqual(chats, [{ conversationId: id, kind: 'channel', title: 'Club', unread: 1 }]);
  await entries('bob', id);
  assert.equal((await world.ask('bob', 'chats'))['unread'], 0);
});

test('CLI-6: tail says when it is live, then tells what comes, until it is interrupted', async () => {
  const made = await world.ask(
    'ann',
    'channel',
    'create',
    '--title',
    'Live',
    '--username',
    'live_now',
  );
  await world.ask('ann', 'post', '@live_now', 'before');
  const onlyNew = world.follow('bob', 'tail', '@live_now', '--json');
  const fromStart = world.follow('bob', 'tail', '@live_now', '--after', '0', '--json');
  const [fresh, all] = [lineReader(onlyNew), lineReader(fromStart)];
  assert.deepEqual(JSON.parse(await fresh.next()), { event: 'ready', seq: 1 });
  assert.deepEqual(JSON.parse(await all.next()), { event: 'ready', seq: 1 });
  await world.ask('ann', 'edit', '@live_now', '1', 'changed');
  await world.ask('ann', 'post', '@live_now', 'after');
  const next = JSON.parse(await fresh.next());
  assert.equal(next.text, 'after');
  assert.equal(next.conversationId, made['conversationId']);
  assert.equal(JSON.parse(await all.next()).seq, 1);
  assert.equal(JSON.parse(await all.next()).text, 'after');
  for (const child of [onlyNew, fromStart]) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    assert.equal(await ended, 0);
  }
});

test('SDK-13: a recovered device acts, and a revoked one is cut off at once', async () => {
  const dave = await world.signUp('dave');
  const url = world.server?.url ?? '';
  const phrase = String(dave['recoveryPhrase']).toUpperCase();
  const { status, json } = await world.run(
    'dave2',
    ['recover', '--server', url, '--phrase-stdin', '--json'],
    phrase,
  );
  assert.equal(status, 0);
  assert.equal(json[0]?.['accountId'], dave['accountId']);
  const second = String(json[0]?.['deviceId']);
  const { json: devices } = await world.run('dave2', ['devices', '--json']);
  assert.deepEqual(
    devices.map(({ deviceId, current }) => [deviceId, current]),
    [
      [dave['deviceId'], false],
      [second, true],
    ],
  );
  const names = devices.map(({ name }) => String(name));
  assert.equal(names[1], `${names[0]} 2`);
  for (const { addedAt, lastActiveAt } of devices) {
    assert.ok(Date.parse(String(addedAt)) > 0 && Date.parse(String(lastActiveAt)) > 0);
  }
  const renamed = await world.ask('dave2', 'device', 'rename', second, 'Travelling');
  assert.deepEqual(renamed, { deviceId: second, name: 'Travelling' });
  const made = await world.ask('dave2', 'channel', 'create', '--title', 'Dave');
  const tail = world.follow('dave2', 'tail', String(made['conversationId']), '--json');
  await lineReader(tail).next();
  const ended = new Promise((resolve) => tail.once('close', resolve));
  assert.deepEqual(await world.ask('dave', 'device', 'revoke-others'), { ok: true, revoked: 1 });
  assert.equal(await ended, 1);
  assert.equal(await world.refusal('dave2', 'chats'), '1 device_revoked');
  assert.equal(
    await world.refusal('dave3', 'recover', '--server', url, '--phrase', 'not words'),
    '1 phrase_invalid',
  );
});

test('CLI-3: an account that is deleted is gone, with its profile', async () => {
  await world.signUp('eve');
  assert.deepEqual(await world.ask('eve', 'account', 'delete', '--yes'), { ok: true });
  assert.equal(await world.refusal('eve', 'chats'), '1 unauthenticated');
});

test('CHN-6: a link is revoked by itself, and then worth nothing', async () => {
  const club = await world.ask('ann', 'channel', 'create', '--title', 'Club', '--private');
  const id = String(club['conversationId']);
  const link = String(club['inviteLink']);
  const { stdout } = await world.run('ann', ['channel', 'invite', 'list', id]);
  assert.ok(stdout.includes(link));
  assert.deepEqual(await world.ask('ann', 'channel', 'invite', 'revoke', id, link), { ok: true });
  assert.equal(await world.refusal('bob', 'channel', 'follow', link), '1 invite_invalid');
  const again = await world.refusal('ann', 'channel', 'invite', 'revoke', id, link);
  assert.equal(again, '1 not_found');
});
