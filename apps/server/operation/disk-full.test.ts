import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { backup, loadConfig, startServer } from '../main.ts';
import { newChannel, newPerson } from '../tests/processes/person.ts';
import { post, readOver } from './tests/running-server.ts';

/** A file system of a few MiB, or undefined where this user may not make one. */
function smallDisk(t: TestContext): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-disk-'));
  const options = ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', directory];
  const mounted = spawnSync('mount', options).status === 0;
  t.after(() => {
    if (mounted) spawnSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true });
  });
  return mounted ? directory : undefined;
}

test('OPS-10, LOG-9: on a full disk reads go on, appends are refused by name, and recover', async (t) => {
  const disk = smallDisk(t);
  if (disk === undefined) return t.skip('only root can mount a small disk here');
  const flags = { data: join(disk, 'data'), port: '0', 'log-level': 'silent' };
  const loaded = loadConfig({ flags, env: {} });
  assert.ok(loaded.kind === 'valid');
  const server = await startServer(loaded.config);
  const owner = await newPerson(server.url, 'Ada');
  const conversationId = await newChannel(owner, 'the_hill');
  const answered = [await post(owner, conversationId, 'before')];
  const ballast = join(disk, 'ballast');
  fillUp(ballast);

  const refusals: unknown[] = [];
  for (let tries = 0; tries < 200 && refusals.length < 3; tries += 1) {
    const text = 'x'.repeat(7_000);
    await post(owner, conversationId, text).then(
      (seq) => answered.push(seq),
      (error: unknown) => refusals.push(error),
    );
  }
  assert.equal(refusals.length, 3, 'the disk did fill');
  for (const error of refusals) {
    assert.ok(error instanceof Error && 'code' in error);
    assert.equal(error.code, 'storage_full');
  }
  const full = await readOver(server.url, { conversationId, limit: 500 });
  assert.deepEqual(
    full.entries.map(({ seq }) => seq),
    answered,
    'reads go on, and show no refused entry',
  );
  await assert.rejects(backup(flags.data, join(disk, 'copy')), { code: 'storage_full' });

  rmSync(ballast);
  const after = await post(owner, conversationId, 'after');
  assert.equal(after, (answered.at(-1) ?? 0) + 1, 'no gap');
  answered.push(after);
  await owner.client.close();
  await server.close();
  const again = await startServer(loaded.config);
  const { entries } = await readOver(again.url, { conversationId, limit: 500 });
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    answered,
    'nothing is damaged',
  );
  await again.close();
});

/** Takes all the room there is. */
function fillUp(path: string): void {
  for (const size of [1_048_576, 4_096]) {
    try {
      for (;;) writeFileSync(path, new Uint8Array(size), { flag: 'a' });
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOSPC');
    }
  }
}
