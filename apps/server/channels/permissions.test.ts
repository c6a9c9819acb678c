import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Caller, DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import type { Right } from './rights.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

const RIGHTS = ['post', 'edit', 'delete', 'invite', 'manage'] as const satisfies Right[];
const STANDINGS = ['anonymous', 'stranger', 'subscriber', ...RIGHTS, 'owner'] as const;
type Standing = (typeof STANDINGS)[number];

type Scene = {
  readonly id: string;
  readonly owner: DeviceCaller;
  readonly callers: Readonly<Record<Standing, Caller>>;
  /** A post of the owner's. */
  readonly seq: number;
  readonly requester: DeviceCaller;
  readonly admin: DeviceCaller;
  readonly inviteId: string;
  readonly token: string;
  readonly scheduledId: string;
};

async function scene(unlisted: boolean): Promise<Scene> {
  const owner = await world.account();
  const { id, token } = await world.channel(owner, { settings: { unlisted } });
  const byRight = new Map<Right, DeviceCaller>();
  for (const right of RIGHTS) {
    const admin = await world.account();
    byRight.set(right, admin);
    const rights = { [right]: true };
    await world.call('setAdmin', owner, { conversationId: id, accountId: admin.accountId, rights });
  }
  const invite = await world.call('createInvite', owner, { conversationId: id, approval: true });
  const subscriber = await world.account();
  const open =
    token === ''
      ? ({ case: 'conversationId', value: id } as const)
      : ({ case: 'inviteToken', value: token } as const);
  await world.call('follow', subscriber, { ref: open });
  const requester = await world.account();
  await world.call('follow', requester, {
    ref: { case: 'inviteToken', value: invite.invite?.token ?? '' },
  });
  const seq = await world.post(owner, id);
  const { scheduledId } = await world.call('schedulePost', owner, scheduling(id));
  const admin = (right: Right) => byRight.get(right) ?? owner;
  return {
    id,
    owner,
    callers: {
      anonymous,
      stranger: await world.account(),
      subscriber,
      post: admin('post'),
      edit: admin('edit'),
      delete: admin('delete'),
      invite: admin('invite'),
      manage: admin('manage'),
      owner,
    },
    seq,
    requester,
    admin: admin('post'),
    inviteId: invite.invite?.inviteId ?? '',
    token: invite.invite?.token ?? '',
    scheduledId,
  };
}

function scheduling(conversationId: string) {
  return {
    conversationId,
    at: timestampFromMs(world.runtime.now() + 86_400_000),
    entry: { appendId: newAppendId(world.runtime), payload: world.payload(conversationId, {}) },
  };
}

type Expectation = (standing: Standing, unlisted: boolean) => string;

/** Signed in and, where the channel is hidden, inside. */
const inside =
  (verdict: (standing: Standing) => string): Expectation =>
  (standing, unlisted) => {
    if (standing === 'anonymous') return 'unauthenticated';
    return standing === 'stranger' && unlisted ? 'not_found' : verdict(standing);
  };

const reader: Expectation = (standing, unlisted) =>
  unlisted && (standing === 'anonymous' || standing === 'stranger') ? 'not_found' : 'ok';
const device = inside(() => 'ok');
const needs = (right: Right) =>
  inside((standing) => (standing === right || standing === 'owner' ? 'ok' : 'forbidden'));
const owner = inside((standing) => (standing === 'owner' ? 'ok' : 'forbidden'));
const member = inside((standing) => (standing === 'stranger' ? 'conflict' : 'ok'));
const anyAdmin = inside((standing) =>
  standing === 'stranger' || standing === 'subscriber' ? 'forbidden' : 'ok',
);

type Trial = {
  readonly expected: Expectation;
  readonly run: (scene: Scene, caller: Caller) => Promise<unknown>;
};

const trials: Record<string, Trial> = {
  getChannel: {
    expected: reader,
    run: ({ id }, caller) =>
      world.call('getChannel', caller, { ref: { case: 'conversationId', value: id } }),
  },
  readPosts: {
    expected: reader,
    run: ({ id }, caller) => world.call('readPosts', caller, { channel: id }),
  },
  updateChannel: {
    expected: needs('manage'),
    run: ({ id }, caller) =>
      world.call('updateChannel', caller, { conversationId: id, title: 'Other' }),
  },
  deleteChannel: {
    expected: owner,
    run: ({ id }, caller) => world.call('deleteChannel', caller, { conversationId: id }),
  },
  follow: {
    expected: device,
    run: ({ id }, caller) =>
      world.call('follow', caller, { ref: { case: 'conversationId', value: id } }),
  },
  leave: {
    expected: inside((standing) => (standing === 'owner' ? 'conflict' : 'ok')),
    run: ({ id }, caller) => world.call('leave', caller, { conversationId: id }),
  },
  setMuted: {
    expected: member,
    run: ({ id }, caller) => world.call('setMuted', caller, { conversationId: id, muted: true }),
  },
  createInvite: {
    expected: needs('invite'),
    run: ({ id }, caller) => world.call('createInvite', caller, { conversationId: id }),
  },
  listInvites: {
    expected: needs('invite'),
    run: ({ id }, caller) => world.call('listInvites', caller, { conversationId: id }),
  },
  revokeInvite: {
    expected: needs('invite'),
    run: ({ id, inviteId }, caller) =>
      world.call('revokeInvite', caller, { conversationId: id, inviteId }),
  },
  previewInvite: {
    expected: () => 'ok',
    run: ({ token }, caller) => world.call('previewInvite', caller, { inviteToken: token }),
  },
  listJoinRequests: {
    expected: needs('invite'),
    run: ({ id }, caller) => world.call('listJoinRequests', caller, { conversationId: id }),
  },
  decideJoinRequest: {
    expected: (standing, unlisted) => {
      const expected = needs('invite')(standing, unlisted);
      // Nobody waits to be let into what is open to all.
      return expected === 'ok' && !unlisted ? 'not_found' : expected;
    },
    run: ({ id, requester }, caller) =>
      world.call('decideJoinRequest', caller, {
        conversationId: id,
        accountId: requester.accountId,
        accept: true,
      }),
  },
  listAdmins: {
    expected: anyAdmin,
    run: ({ id }, caller) => world.call('listAdmins', caller, { conversationId: id }),
  },
  setAdmin: {
    expected: owner,
    run: ({ id, admin }, caller) =>
      world.call('setAdmin', caller, {
        conversationId: id,
        accountId: admin.accountId,
        rights: { manage: true },
      }),
  },
  removeAdmin: {
    expected: owner,
    run: ({ id, admin }, caller) =>
      world.call('removeAdmin', caller, { conversationId: id, accountId: admin.accountId }),
  },
  setPinned: {
    expected: needs('edit'),
    run: ({ id, seq }, caller) =>
      world.call('setPinned', caller, { conversationId: id, seq, pinned: true }),
  },
  react: {
    expected: device,
    run: ({ id, seq }, caller) =>
      world.call('react', caller, { conversationId: id, seq, emoji: '🌞' }),
  },
  getOwnReactions: {
    expected: device,
    run: ({ id, seq }, caller) =>
      world.call('getOwnReactions', caller, { conversationId: id, seqs: [seq] }),
  },
  schedulePost: {
    expected: needs('post'),
    run: ({ id }, caller) => world.call('schedulePost', caller, scheduling(id)),
  },
  listScheduledPosts: {
    expected: needs('post'),
    run: ({ id }, caller) => world.call('listScheduledPosts', caller, { conversationId: id }),
  },
  cancelScheduledPost: {
    expected: needs('post'),
    run: ({ id, scheduledId }, caller) =>
      world.call('cancelScheduledPost', caller, { conversationId: id, scheduledId }),
  },
  getStatistics: {
    expected: needs('manage'),
    run: ({ id }, caller) => world.call('getStatistics', caller, { conversationId: id }),
  },
  searchPosts: {
    expected: reader,
    run: ({ id }, caller) =>
      world.call('searchPosts', caller, { conversationId: id, query: 'words' }),
  },
  'read the log': {
    expected: reader,
    run: ({ id }, caller) => world.log('read', caller, { conversationId: id }),
  },
  'append a post': {
    expected: needs('post'),
    run: ({ id }, caller) => world.post(caller, id),
  },
  'edit the post of another': {
    expected: needs('edit'),
    run: ({ id, seq }, caller) => world.edit(caller, id, { seq, text: 'others' }),
  },
  'redact the post of another': {
    expected: needs('delete'),
    run: ({ id, seq }, caller) =>
      world.log('redact', caller, {
        conversationId: id,
        seq,
        appendId: newAppendId(world.runtime),
      }),
  },
  acknowledge: {
    expected: device,
    run: ({ id, seq }, caller) => {
      const call = world.log('acknowledge', caller, { marks: [{ conversationId: id, seq }] });
      return Promise.all([call, world.settle().then(() => world.advance(25))]);
    },
  },
  signal: {
    expected: inside(() => 'forbidden'),
    run: ({ id }, caller) => world.log('signal', caller, { conversationId: id }),
  },
};

for (const [name, { expected, run }] of Object.entries(trials)) {
  for (const unlisted of [false, true]) {
    const kind = unlisted ? 'unlisted' : 'listed';
    test(`CHN-2: who may ${name} in a channel that is ${kind}`, async () => {
      for (const standing of STANDINGS) {
        const stage = await scene(unlisted);
        const code = await codeOf(run(stage, stage.callers[standing]));
        assert.equal(code, expected(standing, unlisted), standing);
      }
    });
  }
}

test('CHN-2: every method of the service is tried, or open to everyone', () => {
  const open = ['createChannel', 'listDirectory'];
  const tried = new Set([...Object.keys(trials), ...open]);
  for (const name of Object.keys(world.channels.service.service.method)) {
    assert.ok(tried.has(name), name);
  }
});

test('CHN-3: a hidden channel and none at all are refused in the same words', async () => {
  const { id, callers } = await scene(true);
  const none = '0'.repeat(32);
  for (const caller of [callers.anonymous, callers.stranger]) {
    const hidden = await refusal(world.log('read', caller, { conversationId: id }));
    assert.deepEqual(hidden, await refusal(world.log('read', caller, { conversationId: none })));
  }
});

async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: Error) => error.message,
  );
}
