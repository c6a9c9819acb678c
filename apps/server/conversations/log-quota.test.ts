import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EntryKind, LogService } from '@heliogram/protocol';
import type { AppendCommand } from '../storage/port.ts';
import { openSqliteStorage } from '../storage/sqlite/index.ts';
import { LogQuota } from './log-quota.ts';
import { conversationsWorld } from './tests/conversations-world.ts';

function world(t: TestContext, limits = { accountBytes: 1_000, serverBytes: 5_000 }) {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-quota-'));
  const storage = openSqliteStorage({ path: join(directory, 'log.db') });
  t.after(async () => {
    await storage.close();
    rmSync(directory, { recursive: true });
  });
  let ids = 0;
  const append = (parts: Partial<AppendCommand> & { readonly bytes?: number }) => {
    const { bytes = 0, ...rest } = parts;
    ids += 1;
    const appendId = new Uint8Array(16);
    new DataView(appendId.buffer).setUint32(0, ids);
    const command: AppendCommand = {
      conversation: 1,
      kind: EntryKind.POST,
      author: 7,
      sentAt: 0,
      appendId,
      payload: new Uint8Array(bytes),
      silent: false,
      signed: false,
      targetSeq: 0,
      ...rest,
    };
    return storage.log.append([command]);
  };
  /** Bytes that the account has left, found by asking. */
  const left = async (quota: LogQuota, account = 7) => {
    for (let bytes = 1_000; bytes > 0; bytes -= 50) {
      const giveBack = await quota.reserve(account, bytes).catch(() => undefined);
      giveBack?.();
      if (giveBack) return bytes;
    }
    return 0;
  };
  return { storage, append, left, quota: new LogQuota(storage, limits) };
}

test('LOG-25: posts and edits count, what is deleted or erased counts no longer', async (t) => {
  const { append, left, quota, storage } = world(t);
  assert.equal(await left(quota), 1_000);
  await append({ bytes: 200 });
  await append({ bytes: 300, kind: EntryKind.EDIT, targetSeq: 1 });
  await append({ bytes: 100, conversation: 2 });
  assert.equal(await left(quota), 400);
  await append({ kind: EntryKind.REDACTION, targetSeq: 1, payload: null });
  assert.equal(await left(quota), 900);
  await append({ bytes: 50, conversation: 2 });
  await storage.log.trim(2, 1);
  assert.equal(await left(quota), 950);
  await storage.log.erase(2);
  assert.equal(await left(quota), 1_000);
});

test('LOG-25: one byte too many is refused, and what is being written counts', async (t) => {
  const { append, quota } = world(t);
  await append({ bytes: 600 });
  const first = await quota.reserve(7, 300);
  const second = await quota.reserve(7, 100);
  await assert.rejects(quota.reserve(7, 1), { code: 'quota_exceeded' });
  await (await quota.reserve(8, 1_000))();
  first();
  second();
  (await quota.reserve(7, 400))();
});

test('LOG-25: all accounts together have a bound, too, and it is worth a retry', async (t) => {
  const { append, quota } = world(t, { accountBytes: 1_000, serverBytes: 2_000 });
  for (const author of [1, 2]) await append({ bytes: 900, author });
  (await quota.reserve(3, 200))();
  await assert.rejects(quota.reserve(3, 201), { code: 'storage_full', retry: true });
});

test('LOG-25: batches over many conversations count the same', async (t) => {
  const { left, quota, storage } = world(t);
  const commands = Array.from({ length: 20 }, (_, n) => ({
    conversation: n + 1,
    kind: EntryKind.POST,
    author: 7,
    sentAt: 0,
    appendId: new Uint8Array(16).fill(n + 1),
    payload: new Uint8Array(10),
    silent: false,
    signed: false,
    targetSeq: 0,
  }));
  await storage.log.append(commands);
  assert.equal(await left(quota), 800);
  await storage.log.append(commands);
  assert.equal(await left(quota), 800, 'a repetition stores nothing');
  for (const { conversation } of commands) await storage.log.erase(conversation);
  assert.equal(await left(quota), 1_000);
});

test('LOG-25: scheduled posts count', async (t) => {
  const { left, quota, storage } = world(t);
  await storage.db
    .insertInto('scheduled_posts')
    .values({
      scheduled_id: 'x',
      conversation: 1,
      author: 7,
      at: 0,
      append_id: new Uint8Array(16),
      payload: new Uint8Array(500),
      silent: 0,
      failure_code: null,
      failure_message: null,
    })
    .execute();
  assert.equal(await left(quota), 500);
});

test('LOG-25: without room an entry is refused, and what was appended before still answers', async (t) => {
  const { call, conversation } = await conversationsWorld(t, {
    quota: { accountBytes: 20, serverBytes: 1_000 },
  });
  const { conversationId } = await conversation();
  const entry = (id: number) => ({
    appendId: new Uint8Array(16).fill(id),
    payload: new Uint8Array(15),
  });
  const append = async (...ids: number[]) => {
    const { results } = await call(LogService.method.append, {
      conversationId,
      entries: ids.map(entry),
    });
    return results.map(({ outcome }) =>
      outcome.case === 'failure' ? outcome.value.code : outcome.case,
    );
  };
  assert.deepEqual(await append(1), ['appended']);
  assert.deepEqual(await append(1, 2), ['appended', 'quota_exceeded']);
});
