import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AccountsService, ChannelsService, LogService } from '@heliogram/protocol';
import { FakeServer, fakePlatform } from '../tests/fake-server.ts';
import { Client } from './client.ts';
import { createMemoryStore } from './store/memory-store.ts';

const chat = 'ab'.repeat(16);

function anonymous(persistence: 'keep-trying' | 'once') {
  const server = new FakeServer();
  server.on(LogService.method.read, () => ({ headSeq: 7 }));
  server.on(ChannelsService.method.setMuted, () => ({}));
  const platform = fakePlatform(server);
  const store = createMemoryStore();
  const client = new Client({ origin: 'http://h', platform, store, clientName: 't', persistence });
  return { server, client };
}

for (const persistence of ['keep-trying', 'once'] as const) {
  test(`SDK-19: without an account public calls are made and no others, ${persistence}`, async () => {
    const { server, client } = anonymous(persistence);
    const { headSeq } = await client.call(LogService.method.read, { conversationId: chat });
    assert.equal(headSeq, 7);
    const unauthenticated = { code: 'unauthenticated' };
    const target = { conversationId: chat };
    await assert.rejects(client.posts.send(target, [{ text: 'a' }]), unauthenticated);
    await assert.rejects(client.posts.delete(chat, 1), unauthenticated);
    await assert.rejects(client.posts.schedule(target, { text: 'a' }, 9), unauthenticated);
    await assert.rejects(
      client.call(ChannelsService.method.setMuted, { conversationId: chat, muted: true }),
      unauthenticated,
    );
    assert.deepEqual(server.requests, ['heliogram.v1.LogService/Read']);
    assert.ok(!server.requests.includes(AccountsService.method.signIn.name));
    await client.close();
  });
}
