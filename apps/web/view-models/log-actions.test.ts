import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChannelFacts } from '../bridge/contract/log.ts';
import { actionsFor, actionsForAll } from './log-actions.ts';
import { examplePost } from './tests/log-examples.ts';

const nothing = { post: false, edit: false, delete: false, invite: false, manage: false };
const everything = { post: true, edit: true, delete: true, invite: true, manage: true };
const settings = {
  unlisted: false,
  forbidForwarding: false,
  signPosts: false,
  noIndex: false,
  forbidReactions: false,
};
type Facts = Pick<ChannelFacts, 'rights' | 'role' | 'settings'>;
const member: Facts = { role: 'subscriber', rights: nothing, settings };
const owner: Facts = { role: 'owner', rights: everything, settings };
const somebody = { accountId: 'a' };
const post = examplePost(1, { author: { accountId: 'b', name: 'B' } });

test('who is not signed in can copy and link', () => {
  const visitor: Facts = { ...member, role: 'none' };
  assert.deepEqual(actionsFor(post, visitor, { accountId: undefined }), ['copy-text', 'copy-link']);
});

test('a member reacts and forwards; the owner does everything', () => {
  assert.deepEqual(actionsFor(post, member, somebody), [
    'react',
    'forward',
    'copy-text',
    'copy-link',
    'select',
  ]);
  assert.deepEqual(actionsFor(post, owner, somebody), [
    'reply',
    'react',
    'forward',
    'copy-text',
    'copy-link',
    'pin',
    'edit',
    'delete',
    'select',
  ]);
});

test('whoever may only post changes and deletes what is their own', () => {
  const author: Facts = { role: 'admin', rights: { ...nothing, post: true }, settings };
  const own = actionsFor(post, author, { accountId: 'b' });
  const other = actionsFor(post, author, somebody);
  assert.ok(own.includes('edit') && own.includes('delete') && !own.includes('pin'));
  assert.ok(!other.includes('edit') && !other.includes('delete'));
});

test('what a channel forbids is not offered', () => {
  const strict: Facts = {
    ...owner,
    settings: { ...settings, forbidForwarding: true, forbidReactions: true },
  };
  const actions = actionsFor(post, strict, somebody);
  for (const action of ['react', 'forward', 'copy-text'] as const)
    assert.ok(!actions.includes(action));
});

test('deleted posts and notes offer nothing, withheld ones only to be deleted', () => {
  assert.deepEqual(actionsFor({ ...post, deleted: true }, owner, somebody), []);
  assert.deepEqual(actionsFor({ ...post, note: { kind: 'unknown' } }, owner, somebody), []);
  assert.deepEqual(actionsFor({ ...post, takenDownReason: 'spam' }, owner, somebody), ['delete']);
});

test('several posts allow what each of them allows; text is copied from those that have some', () => {
  const wordless = examplePost(2, { text: '' });
  const both = actionsForAll([post, wordless], owner, somebody);
  assert.deepEqual([...both].sort(), ['copy-text', 'delete', 'forward']);
  assert.deepEqual(
    [...actionsForAll([post, { ...post, unsupported: true }], owner, somebody)].includes('forward'),
    false,
  );
  assert.equal(actionsForAll([], owner, somebody).size, 0);
});
