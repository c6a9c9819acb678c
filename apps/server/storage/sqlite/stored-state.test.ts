import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { limits } from '@heliogram/protocol';
import type { Storage } from '../port.ts';
import {
  storedAccount,
  storedChannel,
  storedConversation,
  storedDevice,
  storedEntries,
} from '../tests/stored-rows.ts';
import { openSqliteStorage } from './index.ts';

const fixtures = new URL('../fixtures/', import.meta.url);

for (const name of readdirSync(fixtures)) {
  test(`LOG-11: what ${name} holds is read as it was written, and goes on`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'heliogram-stored-'));
    const path = join(directory, 'heliogram.db');
    writeFileSync(path, gunzipSync(readFileSync(new URL(name, fixtures))));
    const storage = openSqliteStorage({ path });
    await holdsRows(storage);
    await holdsLog(storage);
    await storage.close();
    rmSync(directory, { recursive: true });
  });
}

async function holdsRows({ db }: Storage): Promise<void> {
  const { id, ...account } = await db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(account, storedAccount);
  const device = await db.selectFrom('devices').selectAll().executeTakeFirst();
  assert.deepEqual({ ...device }, { ...storedDevice, account: id });
  const { id: row, ...conversation } = await db
    .selectFrom('conversations')
    .selectAll()
    .executeTakeFirstOrThrow();
  assert.deepEqual(conversation, storedConversation);
  const channel = await db.selectFrom('channels').selectAll().executeTakeFirst();
  assert.deepEqual({ ...channel }, { ...storedChannel, conversation: row, owner: id });
}

async function holdsLog({ db, log }: Storage): Promise<void> {
  const { id } = await db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
  const { entries } = await log.read({
    conversation: id,
    afterSeq: 0,
    beforeSeq: limits.maxSeq + 1,
    limit: 100,
    from: 'start',
    listed: false,
    maxBytes: limits.maxReadBytes,
  });
  assert.deepEqual(
    entries.map(({ kind, sentAt, signed, silent }) => ({ kind, sentAt, signed, silent })),
    storedEntries.map(({ kind, sentAt, signed, silent }) => ({ kind, sentAt, signed, silent })),
  );
  const text = (bytes: Uint8Array | null | undefined) => bytes && new TextDecoder().decode(bytes);
  assert.deepEqual(
    entries.map(({ payload, revision }) => text(revision?.payload) ?? text(payload)),
    ['first', 'second, better', 'second, better', null, null, 'a note'],
  );
  const head = (await log.heads([id])).get(id);
  assert.deepEqual([head?.headSeq, head?.posts], [6, 2]);
  const again = storedEntries[0];
  assert.ok(again);
  const [outcome] = await log.append([{ ...again, conversation: id, author: 1 }]);
  assert.equal(outcome?.kind, 'duplicate');
}
