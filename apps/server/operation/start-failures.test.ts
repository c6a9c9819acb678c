import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { AdminService, HeliogramError } from '@heliogram/protocol';
import { backup, checkConfig, loadConfig, restore, startServer, verifyBackup } from '../main.ts';
import { operate } from '../operator.ts';

const root = mkdtempSync(join(tmpdir(), 'heliogram-start-'));
after(() => rmSync(root, { recursive: true, force: true }));

const good = await servedOnce();

async function servedOnce(): Promise<string> {
  const data = join(root, 'good');
  const server = await startServer(configOf({ data }));
  await server.close();
  return data;
}

function configOf(flags: Readonly<Record<string, string>>) {
  const loaded = loadConfig({ flags: { port: '0', 'log-level': 'silent', ...flags }, env: {} });
  assert.equal(loaded.kind, 'valid');
  return loaded.kind === 'valid' ? loaded.config : assert.fail();
}

type Damage = {
  readonly name: string;
  /** Of the database file. */
  readonly make: (file: string, directory: string) => void;
  readonly code: string;
  readonly says: RegExp;
};

const damages: readonly Damage[] = [
  {
    name: 'no database at all',
    make: (file) => writeFileSync(file, 'words, words '.repeat(2_000)),
    code: 'malformed',
    says: /heliogram\.db is damaged: restore a backup/,
  },
  {
    name: 'truncated',
    make: (file) => truncateSync(file, 20_000),
    code: 'malformed',
    says: /heliogram\.db is damaged: restore a backup/,
  },
  {
    name: 'cut within its header',
    make: (file) => truncateSync(file, 50),
    code: 'malformed',
    says: /heliogram\.db is damaged: restore a backup/,
  },
  {
    name: 'of a newer release',
    make: (file) => {
      const database = new DatabaseSync(file);
      database.exec('pragma user_version = 1000');
      database.close();
    },
    code: 'version_unsupported',
    says: /newer version of heliogram/,
  },
  {
    name: 'a folder',
    make: (file) => {
      rmSync(file);
      mkdirSync(file);
    },
    code: 'unavailable',
    says: /heliogram\.db is not a file/,
  },
];

for (const { name, make, code, says } of damages) {
  test(`OPS-8: a database that is ${name} is told as that, by every command`, async () => {
    const data = copyOfGood();
    const file = join(data, 'heliogram.db');
    make(file, data);
    const list = { method: AdminService.method.listActions, request: {} };
    for (const failing of [() => startServer(configOf({ data })), () => operate(data, list)]) {
      await assert.rejects(failing, { code, message: says });
    }
    const { problems } = await checkConfig({ flags: { data, port: '0' }, env: {} });
    assert.equal(problems.length, 1, problems.join());
    assert.match(problems[0] ?? '', /is damaged|newer version|is not a file/);
  });
}

for (const { name, make, code } of damages.filter(
  (damage) => damage.name !== 'of a newer release',
)) {
  test(`OPS-12: a backup of a database that is ${name} blames the source`, async () => {
    const data = copyOfGood();
    make(join(data, 'heliogram.db'), data);
    const destination = join(root, `backup of ${name}`);
    await assert.rejects(backup(data, destination), (error) => {
      assert.ok(error instanceof HeliogramError);
      assert.equal(error.code, code);
      assert.match(error.message, /heliogram\.db/);
      assert.doesNotMatch(error.message, /cannot be written|backup of/);
      return true;
    });
    assert.deepEqual(leftOf(destination), []);
  });
}

test('OPS-8: what stands in the way in the data directory is named', async () => {
  const inTheWay: [name: string, make: (path: string) => void, says: RegExp][] = [
    ['media', (path) => writeFileSync(path, ''), /media is a file/],
    ['lock', (path) => writeFileSync(path, 'no lock '.repeat(1_000)), /lock is damaged/],
    ['lock', (path) => mkdirSync(path), /lock cannot be opened/],
  ];
  for (const [name, make, says] of inTheWay) {
    const data = copyOfGood();
    rmSync(join(data, name), { recursive: true, force: true });
    make(join(data, name));
    await assert.rejects(startServer(configOf({ data })), { code: 'unavailable', message: says });
  }
  const file = join(root, 'a file');
  writeFileSync(file, '');
  for (const data of [file, join(file, 'inside'), '/proc/heliogram']) {
    const message = /^the data directory .* cannot be used: (?!E[A-Z]+)/;
    await assert.rejects(startServer(configOf({ data })), { code: 'unavailable', message });
  }
});

test('OPS-3: check-config refuses addresses and builds that cannot serve', async (t) => {
  const data = copyOfGood();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const empty = mkdtempSync(join(root, 'empty-'));
  const cases: [flags: Readonly<Record<string, string>>, says: RegExp | undefined][] = [
    [{}, undefined],
    [{ port }, /^Port \d+ on 127\.0\.0\.1 is in use/],
    [{ host: '203.0.113.9' }, /not have the address 203\.0\.113\.9/],
    [{ host: 'nowhere.invalid' }, /nowhere\.invalid/],
    [{ 'web-app': empty }, /is not a built web app: it has no index\.html/],
    [{ 'web-app': join(empty, 'gone') }, /is not a built web app/],
  ];
  for (const [flags, says] of cases) {
    const { problems } = await checkConfig({ flags: { data, port: '0', ...flags }, env: {} });
    assert.equal(problems.length, says ? 1 : 0, problems.join());
    if (says) assert.match(problems[0] ?? '', says);
  }
});

test('OPS-3: check-config beside the server that runs on the directory finds no fault with its port', async () => {
  const data = copyOfGood();
  const server = await startServer(configOf({ data }));
  try {
    const flags = { data, port: String(server.port) };
    const { problems } = await checkConfig({ flags, env: {} });
    assert.deepEqual(problems, []);
  } finally {
    await server.close();
  }
});

test('OPS-18: a backup is verified byte by byte, and each kind of damage is named', async () => {
  const whole = join(root, 'whole');
  await backup(good, whole);
  const before = readdirSync(whole).sort();
  const { files } = await verifyBackup(whole);
  assert.equal(files, 1);
  assert.deepEqual(readdirSync(whole).sort(), before, 'verifying writes nothing');
  const faults: [name: string, make: (backup: string) => void, code: string, says: RegExp][] = [
    ['no database', (path) => rmSync(join(path, 'heliogram.db')), 'malformed', /heliogram\.db/],
    [
      'shorter',
      (path) => truncateSync(join(path, 'heliogram.db'), 9_000),
      'malformed',
      /heliogram\.db/,
    ],
    ['more', (path) => writeFileSync(join(path, 'media', 'x'), ''), 'malformed', /media\/x/],
    ['cut', (path) => truncateSync(join(path, 'manifest.json'), 20), 'malformed', /manifest\.json/],
    ['bare', (path) => rmSync(join(path, 'manifest.json')), 'usage', /is not a backup/],
    [
      'newer',
      (path) => writeFileSync(join(path, 'manifest.json'), '{"format":2}'),
      'version_unsupported',
      /newer version/,
    ],
  ];
  for (const [name, make, code, says] of faults) {
    const copy = join(root, `backup ${name}`);
    cpSync(whole, copy, { recursive: true });
    make(copy);
    await assert.rejects(verifyBackup(copy), { code, message: says }, name);
    if (name === 'more') continue;
    const target = join(root, `restored ${name}`);
    await assert.rejects(restore(copy, target), { code, message: says }, name);
    assert.deepEqual(leftOf(target), []);
  }
  for (const path of [join(root, 'nowhere'), join(whole, 'manifest.json')]) {
    await assert.rejects(verifyBackup(path), { code: 'usage', message: /is not a backup/ });
  }
});

test('OPS-12: a folder that cannot be written is told in words', async () => {
  for (const target of ['/proc/heliogram/backup', join(good, 'heliogram.db')]) {
    await assert.rejects(backup(good, target), (error) => {
      assert.ok(error instanceof HeliogramError);
      assert.ok(['unavailable', 'usage'].includes(error.code), error.code);
      assert.doesNotMatch(error.message, /E[A-Z]{4,}/);
      return true;
    });
  }
});

let copies = 0;

function copyOfGood(): string {
  copies += 1;
  const data = join(root, `data-${copies}`);
  cpSync(good, data, { recursive: true });
  chmodSync(data, 0o700);
  return data;
}

/** What a failed command left at or beside a destination. */
function leftOf(destination: string): readonly string[] {
  const name = destination.slice(root.length + 1);
  return readdirSync(root).filter((entry) => entry === name || entry.startsWith(`${name}.partial`));
}
