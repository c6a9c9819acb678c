import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  accountUri,
  composeDelete,
  composePost,
  composeReaction,
  conversationUri,
  disposition,
  encodeContent,
  type MimiContent,
} from '@heliogram/content';
import { EntryKind } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

async function opened(signPosts = false) {
  const owner = await world.account();
  const { id } = await world.channel(owner, { settings: { signPosts } });
  const admin = async (rights: object): Promise<DeviceCaller> => {
    const account = await world.account();
    const named = { conversationId: id, accountId: account.accountId };
    await world.call('setAdmin', owner, { ...named, rights });
    return account;
  };
  return { owner, id, admin };
}

function post(id: string, changes: Partial<MimiContent> = {}): Uint8Array {
  const uri = conversationUri(id);
  const salt = world.runtime.randomBytes(16);
  const content = composePost({ salt, senderUri: uri, roomUri: uri, text: 'words' });
  return encodeContent({ ...content, ...changes });
}

test('CHN-10: only posts and edits in strict MIMI content for this channel are taken', async () => {
  const { owner, id } = await opened();
  const other = await opened();
  const uri = conversationUri(id);
  const target = Uint8Array.of(1, ...new Uint8Array(31));
  const envelope = { salt: world.runtime.randomBytes(16), senderUri: uri, roomUri: uri };
  const valid = post(id);
  const hidden = post(id, {
    nestedPart: {
      disposition: disposition.render,
      language: '',
      cardinality: 'single',
      contentType: 'text/html',
      content: new TextEncoder().encode('<b>words</b>'),
    },
  });
  const image = {
    ...composePost({ ...envelope, text: 'words' }).nestedPart,
    cardinality: 'external',
    contentType: 'image/png',
    url: 'https://example.org/pixel.png',
    expires: 0,
    size: 0,
    encAlg: 0,
    key: new Uint8Array(),
    nonce: new Uint8Array(),
    aad: new Uint8Array(),
    hashAlg: 1,
    contentHash: new Uint8Array(32),
    description: '',
    filename: '',
  } as const;
  const alternative = post(id, {
    nestedPart: {
      disposition: disposition.render,
      language: '',
      cardinality: 'multi',
      partSemantics: 'chooseOne',
      parts: [composePost({ ...envelope, text: 'words' }).nestedPart, image],
    },
  });
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['an alternative that readers may not see', alternative, 'unsupported'],
    ['nothing', new Uint8Array(), 'malformed'],
    ['a byte too many', Uint8Array.of(...valid, 0), 'malformed'],
    ['cut short', valid.subarray(0, -1), 'malformed'],
    ['for another channel', post(other.id), 'malformed'],
    ['no sender', post(id, { extensions: new Map() }), 'malformed'],
    ['nothing to show', hidden, 'malformed'],
    [
      'a reaction',
      encodeContent(composeReaction({ ...envelope, target, reactions: ['🌞'] })),
      'unsupported',
    ],
    ['a deletion', encodeContent(composeDelete({ ...envelope, replaces: target })), 'unsupported'],
    ['expiring', post(id, { expires: { relative: true, time: 60 } }), 'unsupported'],
    ['with a topic', post(id, { topicId: Uint8Array.of(1) }), 'unsupported'],
  ];
  for (const [what, payload, code] of refused) {
    assert.equal(await codeOf(world.append(owner, id, { payload })), code, what);
  }
  assert.equal(await codeOf(world.append(owner, id, { payload: valid })), 'ok');
});

test('CHN-10: a post that shows nothing is refused, whoever composed it', async () => {
  const { owner, id } = await opened();
  const composed = composePost({
    salt: world.runtime.randomBytes(16),
    senderUri: conversationUri(id),
    roomUri: conversationUri(id),
    text: 'words',
  });
  const { nestedPart } = composed;
  assert.ok(nestedPart.cardinality === 'single');
  for (const text of [' \n', '\u200b', '\ufe0f', '```\n```', '> ']) {
    const content = new TextEncoder().encode(text);
    const payload = encodeContent({ ...composed, nestedPart: { ...nestedPart, content } });
    const entries = [{ appendId: newAppendId(world.runtime), payload }];
    const { results } = await world.log('append', owner, { conversationId: id, entries });
    const outcome = results[0]?.outcome;
    assert.equal(outcome?.case === 'failure' && outcome.value.code, 'malformed', text);
  }
});

test('CHN-10: a refused entry does not hold up the others of its call', async () => {
  const { owner, id } = await opened();
  const entries = [post(id), Uint8Array.of(1), post(id)].map((payload) => ({
    appendId: newAppendId(world.runtime),
    payload,
  }));
  const { results } = await world.log('append', owner, { conversationId: id, entries });
  const outcomes = results.map(({ outcome }) =>
    outcome.case === 'appended' ? outcome.value.seq : outcome.value?.code,
  );
  assert.deepEqual(outcomes, [1, 'malformed', 2]);
});

test('CHN-11: the sender is the channel, or the author where the channel signs', async () => {
  const plain = await opened();
  const signing = await opened(true);
  const stranger = await world.account();
  const cases = [
    [plain, undefined, 'ok'],
    [plain, plain.owner, 'conflict'],
    [plain, stranger, 'forbidden'],
    [signing, undefined, 'conflict'],
    [signing, signing.owner, 'ok'],
    [signing, stranger, 'forbidden'],
  ] as const;
  for (const [{ owner, id }, by, code] of cases) {
    const content = by ? { by } : {};
    assert.equal(await codeOf(world.post(owner, id, content)), code);
  }
  const { authors } = await world.log('read', anonymous, { conversationId: signing.id });
  assert.deepEqual(
    authors.map(({ accountId }) => accountId),
    [signing.owner.accountId],
  );
});

test('CHN-12: nothing that readers get tells which admin wrote an unsigned post', async () => {
  const { owner, id, admin } = await opened();
  const writer = await admin({ post: true, delete: true });
  const seen: unknown[] = [];
  world.rooms.bus.subscribe(`c.${id}`, (message) => {
    if (message.kind === 'frame') seen.push(Buffer.from(message.bytes).toString('latin1'));
  });
  const seq = await world.post(writer, id, { text: 'whose' });
  await world.edit(writer, id, { seq, text: 'whose words' });
  const gone = await world.post(writer, id);
  const appendId = newAppendId(world.runtime);
  await world.log('redact', writer, { conversationId: id, seq: gone, appendId });
  const reader = await world.account();
  const asked = { conversationId: id };
  seen.push(await world.log('read', reader, { ...asked, listed: true }));
  seen.push(await world.log('read', reader, { ...asked, fromStart: true }));
  seen.push(await world.call('searchPosts', reader, { ...asked, query: 'whose' }));
  seen.push(await world.call('getChannel', reader, { ref: { case: 'conversationId', value: id } }));
  const text = JSON.stringify(seen, withBigInts);
  for (const { accountId, account } of [owner, writer]) {
    assert.ok(!text.includes(accountId));
    assert.ok(!text.includes(`account ${account}`));
    assert.ok(!text.includes(Buffer.from(accountId, 'hex').toString('latin1')));
  }
});

function withBigInts(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  return typeof value === 'bigint' ? String(value) : value;
}

test('CHN-13: an edit wants the right to post for own posts, to edit for others', async () => {
  const { owner, id, admin } = await opened();
  const poster = await admin({ post: true });
  const editor = await admin({ edit: true });
  const own = await world.post(poster, id);
  const others = await world.post(owner, id);
  const edit = (caller: DeviceCaller, seq: number) => codeOf(world.edit(caller, id, { seq }));
  assert.equal(await edit(poster, own), 'ok');
  assert.equal(await edit(poster, others), 'forbidden');
  assert.equal(await edit(editor, own), 'ok');
  assert.equal(await codeOf(world.post(editor, id)), 'forbidden');
  const named = { conversationId: id, accountId: poster.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { delete: true } });
  assert.equal(await edit(poster, own), 'forbidden', 'own posts too, once the right is gone');
  const { entries } = await world.log('read', anonymous, { conversationId: id, listed: true });
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    [own, others],
  );
  assert.ok(entries[0]?.revision);
});

test('CHN-13: an edit names its post by seq and message id, and nothing that is no post', async () => {
  const { owner, id } = await opened();
  const first = await world.post(owner, id);
  const second = await world.post(owner, id);
  const replaces = await world.messageId(id, first);
  const edit = (targetSeq: number) => codeOf(world.post(owner, id, { replaces, targetSeq }));
  assert.equal(await edit(0), 'invalid_argument');
  assert.equal(await edit(second), 'malformed');
  assert.equal(await edit(99), 'not_found');
  assert.equal(await edit(first), 'ok');
  const { headSeq } = await world.log('read', owner, { conversationId: id });
  const twice = world.post(owner, id, { replaces, targetSeq: headSeq });
  assert.equal(await codeOf(twice), 'not_found', 'an edit of an edit');
  await world.log('redact', owner, {
    conversationId: id,
    seq: first,
    appendId: newAppendId(world.runtime),
  });
  assert.equal(await edit(first), 'not_found', 'after deletion');
});

test('CHN-13: only the author signs an edit, and only of a signed post', async () => {
  const { owner, id, admin } = await opened(true);
  const editor = await admin({ edit: true, post: true });
  const seq = await world.post(owner, id, { by: owner });
  const edit = (caller: DeviceCaller, by?: DeviceCaller) =>
    codeOf(world.edit(caller, id, { seq, ...(by ? { by } : {}) }));
  assert.equal(await edit(editor, editor), 'forbidden');
  assert.equal(await edit(editor, owner), 'forbidden');
  assert.equal(await edit(editor), 'ok');
  assert.equal(await edit(owner, owner), 'ok');
});

test('CHN-14: a reply answers a post that stands, by seq and message id', async () => {
  const { owner, id } = await opened();
  const seq = await world.post(owner, id);
  const other = await world.post(owner, id);
  const replyTo = await world.messageId(id, seq);
  const reply = (targetSeq: number) => codeOf(world.post(owner, id, { replyTo, targetSeq }));
  assert.equal(await reply(0), 'invalid_argument');
  assert.equal(await reply(other), 'not_found');
  assert.equal(await reply(seq), 'ok');
  assert.equal(await codeOf(world.post(owner, id, { targetSeq: seq })), 'malformed');
  const answer = await world.post(owner, id, { replyTo, targetSeq: seq });
  const elsewhere = await world.messageId(id, other);
  const moved = world.edit(owner, id, { seq: answer, replyTo: elsewhere });
  assert.equal(await codeOf(moved), 'malformed', 'an edit answers what its post answered');
  assert.equal(await codeOf(world.edit(owner, id, { seq: answer, replyTo })), 'ok');
  assert.equal(await codeOf(world.edit(owner, id, { seq: answer })), 'ok');
  const edited = await world.edit(owner, id, { seq, text: 'newer' });
  const newest = await world.messageId(id, edited);
  assert.equal(await codeOf(world.post(owner, id, { replyTo: newest, targetSeq: seq })), 'ok');
  await world.log('redact', owner, {
    conversationId: id,
    seq,
    appendId: newAppendId(world.runtime),
  });
  assert.equal(await reply(seq), 'not_found');
});

test('CHN-17: own posts may be deleted with the right to post, others’ with the right to delete', async () => {
  const { owner, id, admin } = await opened();
  const poster = await admin({ post: true });
  const deleter = await admin({ delete: true });
  const own = await world.post(poster, id);
  const others = await world.post(owner, id);
  const redact = (caller: DeviceCaller, seq: number) =>
    codeOf(
      world.log('redact', caller, {
        conversationId: id,
        seq,
        appendId: newAppendId(world.runtime),
      }),
    );
  const messageIds = [await world.messageId(id, own), await world.messageId(id, others)];
  assert.equal(await redact(poster, others), 'forbidden');
  assert.equal(await redact(poster, own), 'ok');
  await world.edit(owner, id, { seq: others, text: 'newer words' });
  assert.equal(await redact(deleter, others), 'ok');
  const { entries } = await world.log('read', anonymous, { conversationId: id, fromStart: true });
  const posts = entries.filter(({ kind }) => kind === EntryKind.POST);
  assert.ok(posts.every(({ redacted, payload }) => redacted && payload.length === 0));
  assert.deepEqual(
    posts.map(({ contentId }) => Buffer.from(contentId)),
    messageIds.map((messageId) => Buffer.from(messageId)),
  );
});

test('CHN-11: an account URI of another spelling is no sender', async () => {
  const { owner, id } = await opened(true);
  const roomUri = conversationUri(id);
  const senderUri = accountUri(owner.accountId).replace('mimi:', 'MIMI:');
  const salt = world.runtime.randomBytes(16);
  const payload = encodeContent(composePost({ salt, senderUri, roomUri, text: 'words' }));
  assert.equal(await codeOf(world.append(owner, id, { payload })), 'forbidden');
});

test('CHN-29: a channel carries no signals, not even its owner’s', async () => {
  const { owner, id } = await opened();
  const pushed: unknown[] = [];
  world.rooms.bus.subscribe(`c.${id}`, (message) => pushed.push(message));
  const payload = Uint8Array.of(1);
  const signal = world.log('signal', owner, { conversationId: id, payload });
  assert.equal(await codeOf(signal), 'forbidden');
  assert.deepEqual(pushed, []);
});
