import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { type Attachment, mediaUri } from '@heliogram/content';
import type { DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

type Settings = { readonly unlisted?: boolean; readonly forbidForwarding?: boolean };

async function source(settings: Settings = {}) {
  const owner = await world.account();
  const { id } = await world.channel(owner, { title: 'Origin', settings });
  const seq = await world.post(owner, id, { text: 'first said' });
  return { owner, id, seq, from: { conversationId: id, seq, title: 'Origin' } };
}

async function target() {
  const owner = await world.account();
  const { id } = await world.channel(owner, { title: 'Elsewhere' });
  return { owner, id };
}

function file(account: DeviceCaller): Attachment {
  const contentHash = createHash('sha256').update(randomBytes(8)).digest();
  const hex = contentHash.toString('hex');
  world.media.files.set(hex, { mediaId: hex.slice(0, 32), account: account.account });
  return {
    name: 'light.jpg',
    mediaType: 'image/jpeg',
    size: 3,
    url: mediaUri(hex),
    contentHash: Uint8Array.from(contentHash),
    showAs: 'photo',
    width: 4,
    height: 3,
  };
}

test('CHN-16: a forward says what its origin says today, under its title', async () => {
  const { owner: author, id, seq, from } = await source();
  const { owner, id: to } = await target();
  const forward = (text: string, forwardedFrom: typeof from & { messageId?: Uint8Array } = from) =>
    codeOf(world.post(owner, to, { text, forwardedFrom }));
  assert.equal(await forward('first said'), 'ok');
  assert.equal(await forward('never said'), 'conflict');
  assert.equal(await forward('first said', { ...from, title: 'Elsewhere' }), 'conflict');
  assert.equal(await forward('first said', { ...from, seq: 99 }), 'not_found');
  const none = { ...from, conversationId: '0'.repeat(32) };
  assert.equal(await forward('first said', none), 'not_found');
  const messageId = await world.messageId(id, seq);
  assert.equal(await forward('first said', { ...from, messageId }), 'ok');
  const wrong = { ...from, messageId: new Uint8Array(32) };
  assert.equal(await forward('first said', wrong), 'conflict');
  await world.edit(author, id, { seq, text: 'then said' });
  assert.equal(await forward('first said'), 'conflict');
  assert.equal(await forward('then said'), 'ok');
  await world.log('redact', author, {
    conversationId: id,
    seq,
    appendId: newAppendId(world.runtime),
  });
  assert.equal(await forward('then said'), 'not_found');
});

test('CHN-16: what the caller may not read, or the channel keeps, is not forwarded', async () => {
  const { owner, id: to } = await target();
  const forward = (from: { conversationId: string; seq: number; title: string }) =>
    codeOf(world.post(owner, to, { text: 'first said', forwardedFrom: from }));
  const hidden = await source({ unlisted: true });
  assert.equal(await forward(hidden.from), 'not_found');
  await world.call('setAdmin', hidden.owner, {
    conversationId: hidden.id,
    accountId: owner.accountId,
    rights: {},
  });
  assert.equal(await forward(hidden.from), 'ok');
  const kept = await source({ forbidForwarding: true });
  assert.equal(await forward(kept.from), 'forbidden');
  const withheld = await source();
  await world.channels.takeDown({ channel: withheld.id, seq: 0, reason: 'spam' });
  assert.equal(await forward(withheld.from), 'not_found');
});

test('CHN-16: a chain of forwards points at its first origin', async () => {
  const { from } = await source();
  const first = await target();
  const second = await target();
  const text = 'first said';
  const seq = await world.post(first.owner, first.id, { text, forwardedFrom: from });
  const onward = { conversationId: first.id, seq, title: 'Elsewhere' };
  const forward = (forwardedFrom: typeof from) =>
    codeOf(world.post(second.owner, second.id, { text, forwardedFrom }));
  assert.equal(await forward(onward), 'conflict');
  assert.equal(await forward(from), 'ok');
});

test('CHN-16: an edit does not put words under an attribution either', async () => {
  const { from } = await source();
  const { owner, id } = await target();
  const seq = await world.post(owner, id, { text: 'first said', forwardedFrom: from });
  const edit = (text: string) => codeOf(world.edit(owner, id, { seq, text, forwardedFrom: from }));
  assert.equal(await edit('never said'), 'conflict');
  assert.equal(await edit('first said'), 'ok');
});

test('CHN-15: attachments are files of one’s own, or of the post that is edited or forwarded', async () => {
  const { owner, id } = await target();
  const other = await target();
  const own = file(owner);
  const foreign = file(other.owner);
  const attach = (...attachments: Attachment[]) => codeOf(world.post(owner, id, { attachments }));
  assert.equal(await attach(own), 'ok');
  assert.equal(await attach(own, foreign), 'not_found');
  const elsewhere = { ...own, url: 'https://example.org/light.jpg' };
  assert.equal(await attach(elsewhere), 'unsupported');
  assert.equal(await attach({ ...own, contentHash: foreign.contentHash }), 'malformed');
  const encryption = {
    algorithm: 1,
    key: new Uint8Array(16),
    nonce: new Uint8Array(12),
    aad: new Uint8Array(),
  };
  assert.equal(await attach({ ...own, encryption }), 'unsupported');
  const post = { text: 'seen', attachments: [foreign] };
  const seq = await world.post(other.owner, other.id, post);
  await world.settle();
  const forwardedFrom = { conversationId: other.id, seq, title: 'Elsewhere' };
  const forwarded = await world.post(owner, id, { ...post, forwardedFrom });
  await world.settle();
  assert.equal(await codeOf(world.edit(owner, id, { seq: forwarded, ...post })), 'ok');
  assert.equal(await codeOf(world.post(owner, id, post)), 'not_found');
});

test('CHN-15: a crash between a post and the use of its file costs no file', async () => {
  const { owner, id } = await target();
  const row = await world.row(id);
  const picture = file(owner);
  const { attach } = world.media;
  world.media.attach = async () => undefined;
  const seq = await world.post(owner, id, { attachments: [picture] });
  await world.settle();
  world.media.attach = attach;
  const use = `${row}/${seq}/${Buffer.from(picture.contentHash).toString('hex').slice(0, 32)}`;
  assert.ok(!world.media.uses.has(use));
  await world.restart();
  await world.settle();
  assert.ok(world.media.uses.has(use));
});

test('CHN-15: uses of a file begin with its post and end with it', async () => {
  const { owner, id } = await target();
  const row = await world.row(id);
  const first = file(owner);
  const second = file(owner);
  const uses = () => [...world.media.uses].filter((use) => use.startsWith(`${row}/`)).length;
  const seq = await world.post(owner, id, { attachments: [first] });
  await world.settle();
  assert.equal(uses(), 1);
  await world.edit(owner, id, { seq, attachments: [second] });
  await world.settle();
  assert.equal(uses(), 2, 'the first version stays readable');
  await world.log('redact', owner, {
    conversationId: id,
    seq,
    appendId: newAppendId(world.runtime),
  });
  await world.settle();
  assert.equal(uses(), 0);
});
