import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openSqliteStore } from '../src/node/sqlite-store.ts';

const fixtures = new URL('fixtures/', import.meta.url);
const conversationId = 'ab'.repeat(16);
const owner = { session: 'next', isAlive: () => false };

for (const name of readdirSync(fixtures)) {
  test(`SDK-5: what ${name} holds is read as it was written, and goes on`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'client-stored-'));
    const file = join(directory, 'store.db');
    writeFileSync(file, gunzipSync(readFileSync(new URL(name, fixtures))));
    const store = openSqliteStore(file);
    const { outbox, records, entries, ownState } = store;
    const [waits, refused] = await outbox.unsettled({ conversationId, limit: 9 });
    assert.deepEqual(waits, {
      id: 2,
      conversationId,
      appendId: new Uint8Array(16).fill(2),
      payload: Uint8Array.of(2, 2),
      targetSeq: 2,
      silent: true,
      fingerprint: 'print 2',
      enqueuedAt: 1_700_000_000_000,
      outcome: null,
    });
    assert.deepEqual(refused?.outcome, { kind: 'failed', code: 'forbidden', message: 'no' });
    const [posted] = await outbox.items([1]);
    assert.deepEqual(posted?.outcome, { kind: 'appended', seq: 7, sentAt: 1_700_000_000_500 });
    assert.equal((await outbox.pending({ conversationId, limit: 9, ...owner })).length, 1);
    assert.deepEqual([...(await records.all('name'))], [['alice_1', 'cd'.repeat(32)]]);
    const entry = { seq: 1, kind: 1, sentAt: 5, encoded: Uint8Array.of(1), text: 'hello' };
    await entries.put({ conversationId, entries: [entry], usedAt: 1 });
    assert.equal((await entries.search({ query: 'hello', limit: 9 })).length, 1);
    const register = { kind: 'pin', scope: 'c', clock: 1, device: 'd', value: '1', pending: true };
    await ownState.put([register]);
    assert.deepEqual(await ownState.all(), [register]);
    await store.close();
    rmSync(directory, { recursive: true });
  });
}
