import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { storeContract } from '../../tests/store-contract.ts';
import { openSqliteStore } from './sqlite-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'client-store-'));
after(() => rmSync(directory, { recursive: true }));
let files = 0;
const newFile = () => join(directory, String(files++), 'store.db');

storeContract('SQLite', async () => openSqliteStore(newFile()));

test('SDK-5: the file is its owner’s alone', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  await store.close();
});

test('SDK-5: what is enqueued is there for the next process', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  const owner = { session: 's1', isAlive: () => false };
  const post = {
    appendId: new Uint8Array(16),
    payload: Uint8Array.of(9),
    targetSeq: 3,
    silent: true,
  };
  const items = [{ ...post, fingerprint: 'f' }];
  await first.outbox.enqueue({ conversationId: 'c', enqueuedAt: 1, items, ...owner });
  // Not closed: a killed process closes nothing.
  const second = openSqliteStore(file);
  const [item] = await second.outbox.pending({ conversationId: 'c', limit: 5, ...owner });
  assert.equal(item?.silent, true);
  assert.equal(item?.targetSeq, 3);
  assert.deepEqual(item?.payload, Uint8Array.of(9));
  await first.close();
  await second.close();
});

test('SDK-5: two stores on one file enqueue side by side', async () => {
  const file = newFile();
  const stores = [openSqliteStore(file), openSqliteStore(file)];
  await Promise.all(
    stores.map(async ({ outbox }, s) => {
      for (let i = 0; i < 50; i++) {
        const appendId = Uint8Array.from({ length: 16 }, (_, at) => (at === 0 ? s : i));
        const items = [
          { appendId, payload: appendId, targetSeq: 0, silent: false, fingerprint: `${s} ${i}` },
        ];
        await outbox.enqueue({
          conversationId: 'c',
          session: `s${s}`,
          isAlive: () => true,
          enqueuedAt: 1,
          items,
        });
      }
    }),
  );
  for (const [s, { outbox }] of stores.entries()) {
    const own = { conversationId: 'c', session: `s${s}`, isAlive: () => true, limit: 100 };
    const pending = await outbox.pending(own);
    assert.deepEqual(
      pending.map(({ fingerprint }) => fingerprint),
      Array.from({ length: 50 }, (_, i) => `${s} ${i}`),
    );
  }
  for (const store of stores) await store.close();
});

const unavailable = (error: unknown) =>
  error instanceof HeliogramError && error.code === 'unavailable';

test('SDK-5: a file that is no store is refused, and so is one of a newer version', () => {
  const broken = join(directory, 'broken.db');
  writeFileSync(broken, 'no database at all, whatever its name says '.repeat(100));
  assert.throws(() => openSqliteStore(broken), unavailable);
  const newer = join(directory, 'newer.db');
  const database = new DatabaseSync(newer);
  database.exec('PRAGMA user_version = 9999');
  database.close();
  assert.throws(() => openSqliteStore(newer), unavailable);
});
