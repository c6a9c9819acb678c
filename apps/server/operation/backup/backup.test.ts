import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { backup, loadConfig, restore, startServer } from '../../main.ts';
import { newChannel, newPerson } from '../../tests/processes/person.ts';
import { post, readOver, temporary } from '../tests/running-server.ts';

const startOn = (data: string) => {
  const loaded = loadConfig({ flags: { data, port: '0', 'log-level': 'silent' }, env: {} });
  return loaded.kind === 'valid' ? startServer(loaded.config) : assert.fail();
};

/** As another process does it. */
async function backUpElsewhere(data: string, destination: string): Promise<number> {
  const script = join(import.meta.dirname, '../tests/backup-process.ts');
  const child = spawn(process.execPath, [script, data, destination], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return Number(status);
}

/** A file where the store of media keeps it: named by its content. */
function addMedia(data: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex');
  const folder = join(data, 'media', hash.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, hash), content);
  return join('media', hash.slice(0, 2), hash);
}

/** A small server's data with a few files, and a backup of it. */
async function backedUp(t: TestContext) {
  const root = temporary(t);
  const data = join(root, 'data');
  const copy = join(root, 'copy');
  await (await startOn(data)).close();
  const media = addMedia(data, 'a picture');
  mkdirSync(join(data, 'media', 'uploads'), { recursive: true });
  writeFileSync(join(data, 'media', 'uploads', 'half'), 'on its way');
  await backup(data, copy);
  return { root, data, copy, media };
}

test('OPS-11, OPS-13: a backup under load holds what was answered before, and its restore serves', async (t) => {
  const root = temporary(t);
  const data = join(root, 'data');
  const server = await startOn(data);
  const owner = await newPerson(server.url, 'Ada');
  const conversationId = await newChannel(owner, 'the_hill');
  let answered = 0;
  let stopped = false;
  const publish = async () => {
    while (!stopped) answered = Math.max(answered, await post(owner, conversationId, 'words'));
  };
  const publishers = [publish(), publish(), publish(), publish()];
  while (answered <= 10) await new Promise(setImmediate);
  const before = answered;
  assert.equal(await backUpElsewhere(data, join(root, 'copy')), 0);
  const during = answered;
  stopped = true;
  await Promise.all(publishers);
  assert.ok(during > before, 'it went on writing meanwhile');
  await owner.client.close();
  await server.close();

  await restore(join(root, 'copy'), join(root, 'restored'));
  const restored = await startOn(join(root, 'restored'));
  const seqs: number[] = [];
  for (let more = true; more; ) {
    const page = await readOver(restored.url, {
      conversationId,
      afterSeq: seqs.at(-1) ?? 0,
      limit: 500,
    });
    seqs.push(...page.entries.map(({ seq }) => seq));
    more = page.more;
  }
  assert.deepEqual(
    seqs,
    Array.from({ length: seqs.length }, (_, index) => index + 1),
    'one moment, no gap',
  );
  assert.ok(seqs.length >= before, `${seqs.length} of at least ${before}`);
  await restored.close();
});

test('OPS-11: finished files come along, what is on its way and what is made again does not', async (t) => {
  const { data, copy, media } = await backedUp(t);
  const files = readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(copy.length + 1))
    .sort();
  assert.deepEqual(files, ['heliogram.db', 'manifest.json', media].sort());
  assert.equal(
    statSync(join(copy, media)).ino,
    statSync(join(data, media)).ino,
    'linked, not copied',
  );
});

test('OPS-12: private, with a manifest of every byte, and nothing of the making left', async (t) => {
  const { root, copy } = await backedUp(t);
  assert.equal(statSync(copy).mode & 0o777, 0o700);
  for (const name of ['heliogram.db', 'manifest.json']) {
    assert.equal(statSync(join(copy, name)).mode & 0o077, 0, name);
  }
  const manifest: unknown = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
  assert.ok(typeof manifest === 'object' && manifest !== null && 'files' in manifest);
  const database = readFileSync(join(copy, 'heliogram.db'));
  const sha256 = createHash('sha256').update(database).digest('hex');
  assert.ok(Array.isArray(manifest.files));
  assert.deepEqual(manifest.files[0], { path: 'heliogram.db', bytes: database.byteLength, sha256 });
  assert.deepEqual(readdirSync(root).sort(), ['copy', 'data']);
});

test('OPS-12: never over anything, and never of nothing', async (t) => {
  const { root, data, copy } = await backedUp(t);
  const before = readFileSync(join(copy, 'manifest.json'));
  await assert.rejects(backup(data, copy), { code: 'usage', message: /not empty/ });
  assert.deepEqual(readFileSync(join(copy, 'manifest.json')), before);
  const file = join(root, 'file');
  writeFileSync(file, 'x');
  await assert.rejects(backup(data, file), { code: 'usage' });
  await assert.rejects(backup(join(root, 'nothing'), join(root, 'new')), { code: 'usage' });
  assert.equal(existsSync(join(root, 'nothing')), false);
  mkdirSync(join(root, 'empty'));
  await backup(data, join(root, 'empty'));
  await backup(data, join(root, 'deep', 'er'));
  assert.deepEqual(
    readdirSync(root).filter((name) => name.includes('partial')),
    [],
  );
});

test('OPS-13: damage of any kind is named, and nothing is restored', async (t) => {
  const { root, copy, media } = await backedUp(t);
  const target = join(root, 'restored');
  const damage: [string, () => void][] = [
    ['a flipped bit', () => flip(join(copy, media))],
    ['a changed database', () => flip(join(copy, 'heliogram.db'))],
    ['a short file', () => truncateSync(join(copy, media), 3)],
    ['a missing file', () => rmSync(join(copy, media))],
    ['a way out', () => rewrite(copy, media, '../escaped')],
    ['a way out', () => rewrite(copy, media, 'media/../../escaped')],
    ['an absolute way out', () => rewrite(copy, media, '/tmp/escaped')],
    ['nothing to start from', () => rewrite(copy, 'heliogram.db', 'media/x')],
    ['half a manifest', () => truncateSync(join(copy, 'manifest.json'), 40)],
    ['no manifest', () => rmSync(join(copy, 'manifest.json'))],
  ];
  for (const [what, harm] of damage) {
    const kept = join(root, 'kept');
    await restore(copy, kept);
    harm();
    await assert.rejects(restore(copy, target), (error) => {
      assert.ok(error instanceof Error && 'code' in error, what);
      assert.equal(error.code, what === 'no manifest' ? 'usage' : 'malformed', what);
      return true;
    });
    assert.deepEqual(readdirSync(root).sort(), ['copy', 'data', 'kept'], what);
    rmSync(copy, { recursive: true });
    await backup(kept, copy);
    rmSync(kept, { recursive: true });
  }
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.byteLength / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  rmSync(path);
  writeFileSync(path, bytes);
}

function rewrite(copy: string, from: string, to: string): void {
  const path = join(copy, 'manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(`"${from}"`, JSON.stringify(to)));
}

test('OPS-13: never into a directory in use or with anything in it', async (t) => {
  const { root, copy } = await backedUp(t);
  const used = join(root, 'used');
  const server = await startOn(used);
  await assert.rejects(restore(copy, used), { code: 'usage', message: /not empty/ });
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  await server.close();
  await assert.rejects(restore(copy, used), { code: 'usage' });
});
