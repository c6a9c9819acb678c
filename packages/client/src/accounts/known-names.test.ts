import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import { ResolveUsernameResponseSchema } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { KnownNames, NameHolderChangedError } from './known-names.ts';

function names(holder: { accountId: string }): KnownNames {
  const call: Caller = async (method) => {
    const { accountId } = holder;
    const answer = { holder: { case: 'account', value: { accountId } } } as const;
    return create(method.output, create(ResolveUsernameResponseSchema, answer) as never);
  };
  return new KnownNames(call, createMemoryStore().records);
}

test('SDK-12: a name stands for its first holder until another is accepted', async () => {
  const holder = { accountId: 'aa'.repeat(32) };
  const known = names(holder);
  assert.equal((await known.account('@annie')).accountId, holder.accountId);
  holder.accountId = 'bb'.repeat(32);
  await assert.rejects(known.account('Annie'), (error) => {
    assert.ok(error instanceof NameHolderChangedError);
    assert.equal(error.current, holder.accountId);
    return error.code === 'conflict';
  });
  await known.accept('annie', holder.accountId);
  assert.equal((await known.account('annie')).accountId, holder.accountId);
});
