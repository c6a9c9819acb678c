import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { storeContract } from '../../tests/store-contract.ts';
import type { CachedEntry, ClientStore } from '../store/port.ts';
import { StoreDamagedError } from '../store/store-error.ts';
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

const saying = (seq: number, word: string): CachedEntry => ({
  seq,
  kind: 1,
  sentAt: seq,
  encoded: new TextEncoder().encode(`encoded ${word} here`),
  text: `some text with ${word} in it`,
});

const filled = async (store: ClientStore, count: number) => {
  const entries = Array.from({ length: count }, (_, i) => saying(i + 1, `unmistakable${i + 1}x`));
  await store.entries.put({ conversationId: 'c', entries, usedAt: 1 });
};

/** How many of the words stand in any file of a store. */
function traces(file: string, seqs: readonly number[]): number {
  const files = readdirSync(dirname(file)).map((name) => readFileSync(join(dirname(file), name)));
  return seqs.filter((seq) => files.some((bytes) => bytes.includes(`unmistakable${seq}x`))).length;
}

test('SDK-16: what is changed, removed or forgotten is overwritten, and no byte is left once compacted', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  await filled(store, 400);
  const gone = Array.from({ length: 100 }, (_, i) => 3 * i + 1);
  assert.equal(traces(file, gone), 100);
  const changed = gone.slice(0, 50);
  await store.entries.change(
    'c',
    changed.map((seq) => saying(seq, 'other')),
  );
  await store.entries.remove('c', gone.slice(50));
  assert.ok(traces(file, gone) < 5, `${traces(file, gone)} of ${gone.length} left`);
  await store.compact();
  assert.equal(traces(file, gone), 0);
  const others = Array.from({ length: 400 }, (_, i) => i + 1).filter((seq) => !gone.includes(seq));
  assert.equal(traces(file, others), 300);
  await store.entries.forget('c');
  await store.compact();
  assert.equal(traces(file, others), 0);
  await filled(store, 400);
  await store.clearCache();
  assert.equal(traces(file, others), 0);
  await store.close();
});

test('SDK-5: a store whose file breaks says so, once it is read', async () => {
  const file = newFile();
  const first = openSqliteStore(file);
  await filled(first, 2_000);
  await first.close();
  assert.ok(!existsSync(`${file}-wal`));
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, 80_000, bytes.byteLength - 80_000));
  const second = openSqliteStore(file);
  await assert.rejects(
    second.entries.range({ conversationId: 'c', limit: 500 }),
    (error) => error instanceof StoreDamagedError && error.code === 'internal',
  );
  await second.close();
});
