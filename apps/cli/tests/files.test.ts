import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann');
  await world.ask('ann', 'channel', 'create', '--title', 'Files', '--username', 'files_here');
});
after(() => world.close());

const chat = '@files_here';
const path = (name: string) => join(world.directory, name);

test('CLI-11: files of a post come back byte for byte, beside what is there already', async () => {
  const large = randomBytes(9_000_000);
  writeFileSync(path('large.bin'), large);
  writeFileSync(path('notes.txt'), 'some notes');
  const files = [
    '--file',
    path('large.bin'),
    '--file',
    path('notes.txt'),
    '--caption',
    'two files',
  ];
  const posted = await world.ask('ann', 'post', chat, ...files);
  const read = await world.run('ann', ['read', chat, '--json']);
  assert.equal(read.json[0]?.['text'], 'two files');
  assert.deepEqual(read.json[0]?.['attachments'], [
    { name: 'large.bin', mediaType: 'application/octet-stream', size: large.length },
    { name: 'notes.txt', mediaType: 'text/plain', size: 10 },
  ]);
  const out = path('downloads');
  mkdirSync(out);
  writeFileSync(join(out, 'notes.txt'), 'mine');
  const saved = await world.run('ann', [
    'download',
    chat,
    String(posted['seq']),
    '--out',
    out,
    '--json',
  ]);
  assert.deepEqual(
    saved.json.map(({ path: at }) => at),
    [join(out, 'large.bin'), join(out, 'notes (2).txt')],
  );
  assert.ok(readFileSync(join(out, 'large.bin')).equals(large));
  assert.equal(readFileSync(join(out, 'notes.txt'), 'utf8'), 'mine');
  assert.deepEqual(readdirSync(out).sort(), ['large.bin', 'notes (2).txt', 'notes.txt']);
});

test('CLI-2: a file that is not there, is empty or is no picture is said so, and nothing is posted', async () => {
  writeFileSync(path('empty'), '');
  writeFileSync(path('fake.jpg'), 'this is no picture');
  assert.equal(await world.refusal('ann', 'post', chat, '--file', path('none')), '1 not_found');
  assert.equal(
    await world.refusal('ann', 'post', chat, '--file', path('empty')),
    '1 invalid_argument',
  );
  assert.equal(
    await world.refusal('ann', 'post', chat, '--file', path('fake.jpg')),
    '1 media_rejected',
  );
  assert.equal((await world.ask('ann', 'channel', 'info', chat))['posts'], 1);
});
