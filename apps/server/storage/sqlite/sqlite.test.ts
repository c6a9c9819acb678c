import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { EntryKind } from '@heliogram/protocol';
import { lockDataDirectory } from '../data-directory.ts';
import { storageContract } from '../tests/contract-suite.ts';
import type { StorageUnderTest } from '../tests/under-test.ts';
import { openSqliteStorage } from './index.ts';

function openAt(directory: string): StorageUnderTest {
  const storage = openSqliteStorage({ path: join(directory, 'test.db') });
  let open = true;
  const close = async () => {
    if (open) await storage.close();
    open = false;
  };
  return {
    storage,
    reopen: async () => {
      await close();
      return openAt(directory);
    },
    dispose: async () => {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'heliogram-storage-'));

storageContract('sqlite', async () => openAt(temporaryDirectory()));

const post = (words: string, id: number) => ({
  conversation: 1,
  kind: EntryKind.POST,
  author: 1,
  sentAt: 1,
  appendId: new Uint8Array(16).fill(id),
  payload: new TextEncoder().encode(words),
  silent: false,
  signed: false,
  targetSeq: 0,
});

test('LOG-6: a redacted text is gone from the files', async () => {
  const directory = temporaryDirectory();
  const { storage, dispose } = openAt(directory);
  await storage.log.append([post('a secret nobody should keep', 1), post('something else', 2)]);
  await storage.log.append([
    { ...post('', 3), kind: EntryKind.REDACTION, payload: null, targetSeq: 1 },
  ]);
  await storage.close();
  const bytes = readFileSync(join(directory, 'test.db'), 'latin1');
  assert.equal(bytes.includes('a secret nobody'), false);
  assert.equal(bytes.includes('something else'), true);
  await dispose();
});

test('LOG-6: a crash right after a redaction leaves nothing of it once the server starts again', async () => {
  const directory = temporaryDirectory();
  const { storage, dispose } = openAt(directory);
  await storage.log.append([post('a secret nobody should keep', 1), post('something else', 2)]);
  await storage.log.append([
    { ...post('', 3), kind: EntryKind.REDACTION, payload: null, targetSeq: 1 },
  ]);
  // What a killed process leaves: the files as they are, never closed.
  const left = temporaryDirectory();
  for (const name of ['test.db', 'test.db-wal']) {
    copyFileSync(join(directory, name), join(left, name));
  }
  const bytesLeft = () =>
    ['test.db', 'test.db-wal'].map((name) => readFileSync(join(left, name), 'latin1')).join();
  assert.equal(bytesLeft().includes('a secret nobody'), true);
  const again = openAt(left);
  assert.equal(bytesLeft().includes('a secret nobody'), false);
  assert.equal(bytesLeft().includes('something else'), true);
  await again.dispose();
  await dispose();
});

/** One post to each of a hundred conversations: wide enough to go to the recent entries. */
const wideBatch = (words: string, first: number) =>
  Array.from({ length: 100 }, (_, index) => {
    const appendId = new Uint8Array(16);
    new DataView(appendId.buffer).setUint32(0, first + index);
    return { ...post(`${words} ${index}`, 0), conversation: 1 + index, appendId };
  });

test('LOG-6: a text that was redacted while recent, or moved and then redacted, is gone from the files', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'test.db');
  const { storage, dispose } = openAt(directory);
  await storage.log.append(wideBatch('a regret of number', 0));
  const redact = (conversation: number, id: number) => ({
    ...post('', id),
    conversation,
    kind: EntryKind.REDACTION,
    payload: null,
    targetSeq: 1,
  });
  await storage.log.append([redact(1, 250)]);
  const counts = new DatabaseSync(path, { readOnly: true });
  const recent = () => counts.prepare('select count(*) as n from recent_entries').get()?.['n'];
  assert.equal(recent(), 100);
  for (let first = 100; recent() !== 0 && first < 6_000; first += 100) {
    await storage.log.append(wideBatch('filling', first));
    if (recent() === 100) break;
  }
  assert.equal(recent(), 100, 'the others were folded');
  counts.close();
  await storage.log.append([redact(2, 251)]);
  await storage.close();
  const bytes = readFileSync(path, 'latin1');
  assert.equal(bytes.includes('a regret of number 0'), false);
  assert.equal(/a regret of number 1(?!\d)/.test(bytes), false);
  assert.equal(bytes.split('a regret of number 2').length, 12);
  await dispose();
});

test('LOG-9: a full disk fails the append, keeps reading and recovers', async () => {
  const directory = temporaryDirectory();
  const { storage, dispose } = openAt(directory);
  await storage.log.append([post('before', 1)]);
  // The page limit of SQLite stands for the disk: the same error, without filling one.
  const limited = new DatabaseSync(join(directory, 'test.db'));
  const pages = Number(limited.prepare('pragma page_count').get()?.['page_count']);
  limited.close();
  await storage.close();
  const again = openSqliteStorage({ path: join(directory, 'test.db'), maxPages: pages + 3 });
  const big = { ...post('', 2), payload: new Uint8Array(60_000).fill(1) };
  await assert.rejects(again.log.append([post('with it', 3), big]), { code: 'storage_full' });
  assert.deepEqual((await again.log.heads([1])).get(1)?.headSeq, 1);
  assert.equal((await again.log.entry(1, 1))?.seq, 1);
  const [small] = await again.log.append([post('small', 4)]);
  assert.equal(small?.kind === 'appended' && small.entry.seq, 2);
  await again.close();
  await dispose();
});

test('LOG-11: a database of a newer release is refused untouched', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'test.db');
  const newer = new DatabaseSync(path);
  newer.exec('pragma user_version = 1000');
  newer.close();
  assert.throws(() => openSqliteStorage({ path }), {
    code: 'version_unsupported',
    message: /newer version/,
  });
  const still = new DatabaseSync(path);
  assert.equal(still.prepare('pragma user_version').get()?.['user_version'], 1000);
  assert.equal(still.prepare('select count(*) as n from sqlite_schema').get()?.['n'], 0);
  still.close();
  rmSync(directory, { recursive: true });
});

test('a data directory is used by one server at a time', () => {
  const directory = temporaryDirectory();
  const first = lockDataDirectory(directory);
  assert.throws(() => lockDataDirectory(directory), { code: 'unavailable', message: /another/ });
  first.release();
  lockDataDirectory(directory).release();
  assert.throws(() => lockDataDirectory(join(directory, 'lock', 'below-a-file')), {
    code: 'unavailable',
  });
  rmSync(directory, { recursive: true });
});

test('OPS-8: a place that takes no directories is told, not tried for ever', (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux has /proc');
  assert.throws(() => lockDataDirectory('/proc/heliogram/data'), { code: 'unavailable' });
});

test('LOG-10: what was erased leaves the journal too, once no reader is in the way', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'test.db');
  const storage = openSqliteStorage({ path });
  await storage.log.append([post('erased words', 9)]);
  const journal = () => readFileSync(`${path}-wal`);
  const reader = new DatabaseSync(path);
  reader.exec('begin; select count(*) from entries');
  await storage.log.erase(1);
  assert.ok(journal().includes('erased words'));
  assert.equal(await storage.forgetRemoved(), false);
  reader.exec('commit');
  assert.equal(await storage.forgetRemoved(), true);
  assert.equal(journal().byteLength, 0);
  assert.equal(readFileSync(path).includes('erased words'), false);
  reader.close();
  await storage.close();
  rmSync(directory, { recursive: true });
});
