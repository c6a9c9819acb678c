import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ChannelsService, HeliogramError, LogService } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { anonymous, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

type Known = {
  readonly invite: string;
  readonly admin: string;
  readonly scheduled: string;
  /** Append id of the owner's post in the hidden channel. */
  readonly appendId: Uint8Array;
  readonly messageId: Uint8Array;
};

/** Requests about a conversation. Some name things that exist in the hidden channel, others do not. */
function requestsFor(id: string, known: Known): Readonly<Record<string, readonly object[]>> {
  const at = timestampFromMs(world.runtime.now() + 86_400_000);
  const fresh = () => newAppendId(world.runtime);
  const payload = world.payload(id, {});
  const edit = world.payload(id, { replaces: known.messageId });
  const seqs = [1, 2, 999];
  const ofSeq = (more: object) => seqs.map((seq) => ({ conversationId: id, seq, ...more }));
  const plain = [{ conversationId: id }];
  return {
    getChannel: [{ ref: { case: 'conversationId', value: id } }],
    follow: [{ ref: { case: 'conversationId', value: id } }],
    updateChannel: [
      { conversationId: id, title: 'New' },
      { conversationId: id, username: 'new_name' },
    ],
    deleteChannel: plain,
    leave: plain,
    setMuted: [{ conversationId: id, muted: true }],
    createInvite: plain,
    listInvites: plain,
    revokeInvite: [known.invite, 'ab'.repeat(16)].map((inviteId) => ({
      conversationId: id,
      inviteId,
    })),
    listJoinRequests: plain,
    decideJoinRequest: [known.admin, 'cd'.repeat(32)].map((accountId) => ({
      conversationId: id,
      accountId,
      accept: true,
    })),
    listAdmins: plain,
    setAdmin: [{ conversationId: id, accountId: known.admin, rights: { post: true } }],
    removeAdmin: [{ conversationId: id, accountId: known.admin }],
    setPinned: ofSeq({ pinned: true }),
    react: ofSeq({ emoji: '👍' }),
    getOwnReactions: [{ conversationId: id, seqs }],
    schedulePost: [{ conversationId: id, at, entry: { appendId: fresh(), payload } }],
    listScheduledPosts: plain,
    cancelScheduledPost: [known.scheduled, 'ef'.repeat(16)].map((scheduledId) => ({
      conversationId: id,
      scheduledId,
    })),
    getStatistics: [{ conversationId: id, days: 7 }],
    readPosts: [{ channel: id }],
    searchPosts: [{ conversationId: id, query: 'words' }],
    append: [
      { conversationId: id, entries: [{ appendId: fresh(), payload }] },
      { conversationId: id, entries: [{ appendId: known.appendId, payload }] },
      { conversationId: id, entries: [{ appendId: fresh(), payload: new Uint8Array([1, 2]) }] },
      ...seqs.map((targetSeq) => ({
        conversationId: id,
        entries: [{ appendId: fresh(), payload: edit, targetSeq }],
      })),
    ],
    read: [...plain, { conversationId: id, listed: true, beforeSeq: 2 }],
    acknowledge: seqs.map((seq) => ({ marks: [{ conversationId: id, seq }], count: true })),
    redact: [
      ...ofSeq({ appendId: fresh() }),
      ...ofSeq({ appendId: known.appendId }),
      ...ofSeq({ appendId: fresh(), sentAt: timestampFromMs(1) }),
    ],
    signal: [{ conversationId: id, payload: new Uint8Array([1]) }],
  };
}

/** These name no conversation, or need a live connection (LOG-19 tests them). */
const WITHOUT = new Set([
  'createChannel',
  'previewInvite',
  'listDirectory',
  'listConversations',
  'subscribe',
  'unsubscribe',
]);

async function answerTo(name: string, caller: Caller, request: object): Promise<string> {
  const call = name in LogService.method ? world.log.bind(world) : world.call.bind(world);
  try {
    const answer = await (call as (...all: unknown[]) => Promise<object>)(name, caller, request);
    return JSON.stringify(answer);
  } catch (error) {
    if (!(error instanceof HeliogramError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

async function hiddenChannel(): Promise<{ readonly id: string; readonly known: Known }> {
  const owner = await world.account();
  const admin = await world.account();
  const { id } = await world.channel(owner, { settings: { unlisted: true } });
  const named = { conversationId: id, accountId: admin.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { post: true } });
  const { invite } = await world.call('createInvite', owner, { conversationId: id });
  const appendId = newAppendId(world.runtime);
  const seq = await world.append(owner, id, { payload: world.payload(id, {}), appendId });
  const { scheduledId } = await world.call('schedulePost', owner, {
    conversationId: id,
    at: timestampFromMs(world.runtime.now() + 86_400_000),
    entry: { appendId: newAppendId(world.runtime), payload: world.payload(id, {}) },
  });
  const messageId = await world.messageId(id, seq);
  const known = {
    invite: invite?.inviteId ?? '',
    admin: admin.accountId,
    scheduled: scheduledId,
    appendId,
    messageId,
  };
  return { id, known };
}

test('CHN-3: no call tells a hidden channel from one that does not exist', async () => {
  const { id, known } = await hiddenChannel();
  const missing = randomBytes(16).toString('hex');
  const stranger = await world.account();
  const [hidden, absent] = [requestsFor(id, known), requestsFor(missing, known)];
  const methods = [...ChannelsService.methods, ...LogService.methods].map(
    ({ localName }) => localName,
  );
  const ofOne = methods.filter((name) => !WITHOUT.has(name));
  assert.deepEqual(Object.keys(hidden).toSorted(), ofOne.toSorted());
  for (const caller of [stranger, anonymous]) {
    for (const [name, requests] of Object.entries(hidden)) {
      for (const [index, request] of requests.entries()) {
        const of = await answerTo(name, caller, request);
        const expected = await answerTo(name, caller, absent[name]?.[index] ?? {});
        assert.equal(of.replaceAll(id, ''), expected.replaceAll(missing, ''), `${name} ${index}`);
        assert.match(of, /^(not_found|unauthenticated): /, `${name} ${index}`);
      }
    }
  }
});
