import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { limits } from '@heliogram/protocol';
import { codeOf, World } from './tests/world.ts';

const world = new World();
after(() => world.close());

test('CHN-22: making an admin of a follower and of a stranger cannot be told apart', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const follower = await world.account();
  await world.call('follow', follower, { ref: { case: 'conversationId', value: id } });
  await world.advance(120_000);
  const stranger = await world.account();
  const seen: string[][] = [[], []];
  const see = async (index: number, what: Promise<unknown>) => {
    const code = await codeOf(what);
    seen[index]?.push(code === 'ok' ? JSON.stringify(await what) : code);
  };
  const both = [follower, stranger].entries();
  for (const [index, { accountId }] of both) {
    const named = { conversationId: id, accountId };
    await see(index, world.call('removeAdmin', owner, named));
    await see(index, world.call('setAdmin', owner, { ...named, rights: { post: true } }));
    await see(index, world.call('setAdmin', owner, { ...named, rights: { edit: true } }));
    await see(index, world.call('removeAdmin', owner, named));
    await see(index, world.call('removeAdmin', owner, named));
    await see(index, world.call('getStatistics', owner, { conversationId: id }));
    await see(index, world.call('listAdmins', owner, { conversationId: id }));
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(seen[0]?.slice(0, 2), [
    'not_found',
    '{"$typeName":"heliogram.v1.SetAdminResponse"}',
  ]);
});

test('CHN-22: the order of admins does not tell who followed before', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const admins = await Promise.all(Array.from({ length: 6 }, () => world.account()));
  for (const [index, admin] of admins.entries()) {
    if (index % 2 === 0) {
      await world.call('follow', admin, { ref: { case: 'conversationId', value: id } });
    }
    await world.advance(1_000);
  }
  for (const { accountId } of admins) {
    await world.call('setAdmin', owner, { conversationId: id, accountId, rights: {} });
  }
  const listed = await world.call('listAdmins', owner, { conversationId: id });
  const ids = listed.admins.map(({ profile }) => profile?.accountId);
  const sorted = admins.map(({ accountId }) => accountId).toSorted();
  assert.deepEqual(ids, [owner.accountId, ...sorted]);
});

test('CHN-2: the owner stays the owner, and admins are bounded', async () => {
  const owner = await world.account();
  const { id } = await world.channel(owner);
  const own = { conversationId: id, accountId: owner.accountId };
  assert.equal(await codeOf(world.call('setAdmin', owner, { ...own, rights: {} })), 'conflict');
  assert.equal(await codeOf(world.call('removeAdmin', owner, own)), 'conflict');
  const nobody = { conversationId: id, accountId: '0'.repeat(64) };
  assert.equal(await codeOf(world.call('setAdmin', owner, { ...nobody, rights: {} })), 'not_found');
  const add = async () => {
    const { accountId } = await world.account();
    return codeOf(world.call('setAdmin', owner, { conversationId: id, accountId, rights: {} }));
  };
  for (let admins = 0; admins < limits.maxAdmins; admins += 1) assert.equal(await add(), 'ok');
  assert.equal(await add(), 'limit_reached');
});
