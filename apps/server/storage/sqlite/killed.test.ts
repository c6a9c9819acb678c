import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { limits } from '@heliogram/protocol';
import { openSqliteStorage } from './index.ts';

const KILLS = 12;
const BATCHES_BEFORE_KILL = 5;
const CONVERSATIONS = 100;

/** Lets a process append until it is killed at some instant; the last batch that it called durable. */
async function appendUntilKilled(path: string, first: number): Promise<number> {
  const script = fileURLToPath(import.meta.resolve('../tests/wide-appends-process.ts'));
  const child = spawn(process.execPath, [script, path, String(first)]);
  let told = '';
  const closed = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      told += String(data);
      if (told.split('\n').length > BATCHES_BEFORE_KILL) resolve();
    });
  });
  await pause(Math.random() * 150);
  child.kill('SIGKILL');
  await closed;
  return Number(told.trim().split('\n').at(-1));
}

/** How many batches the file holds: the same in every conversation, each once and in order. */
async function batchesIn(path: string): Promise<number> {
  const storage = openSqliteStorage({ path });
  const lengths = new Set<number>();
  for (let conversation = 1; conversation <= CONVERSATIONS; conversation += 1) {
    const { entries } = await storage.log.read({
      conversation,
      afterSeq: 0,
      beforeSeq: limits.maxSeq + 1,
      limit: 1_000_000,
      from: 'start',
      listed: false,
      maxBytes: Number.MAX_SAFE_INTEGER,
    });
    for (const [index, { seq, payload }] of entries.entries()) {
      assert.equal(seq, index + 1);
      assert.equal(Number.parseInt(new TextDecoder().decode(payload ?? undefined), 10), index);
    }
    const head = (await storage.log.heads([conversation])).get(conversation);
    assert.equal(head?.headSeq, entries.length);
    assert.equal(head?.posts, entries.length);
    lengths.add(entries.length);
  }
  await storage.close();
  assert.equal(lengths.size, 1, 'a batch is whole or absent');
  const [length] = lengths;
  return length ?? 0;
}

test('LOG-1: wide batches survive a kill at any instant, whole, once and in order', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-killed-'));
  const path = join(directory, 'heliogram.db');
  let batches = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const last = await appendUntilKilled(path, batches);
    batches = await batchesIn(path);
    assert.ok(batches === last + 1 || batches === last + 2, `${batches} after ${last}`);
  }
  assert.ok(batches > 50, 'some were folded');
  rmSync(directory, { recursive: true });
});
