import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Opened, withWorld } from './tests/world.ts';

async function serve(directory: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [
    fileURLToPath(import.meta.resolve('./tests/serving.ts')),
    directory,
  ]);
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(String(data).trim())));
    child.once('exit', () => reject(new Error('the server did not start')));
  });
  return { child, port };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const headers = ({ ticket }: Opened) => ({ 'tus-resumable': '1.0.0', 'upload-ticket': ticket });

async function offsetAt(port: number, upload: Opened): Promise<number> {
  const url = `http://127.0.0.1:${port}${upload.uploadPath}`;
  const answer = await fetch(url, { method: 'HEAD', headers: headers(upload) });
  return Number(answer.headers.get('upload-offset'));
}

/** Sends as fast as it goes and never waits for an answer. */
function pour(port: number, upload: Opened, { offset, bytes }: { offset: number; bytes: Buffer }) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const fields = {
    ...headers(upload),
    'upload-offset': offset,
    'content-length': bytes.length - offset,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `PATCH ${upload.uploadPath} HTTP/1.1\r\nhost: x\r\ncontent-type: application/offset+octet-stream\r\n${lines.join('')}\r\n`,
  );
  socket.write(bytes.subarray(offset, offset + (bytes.length >> 3)));
  return socket;
}

test('MED-2: an upload goes on where it was, however often the server is killed', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bytes = randomBytes(6_000_000);
    const upload = await world.open(ada, bytes.length);
    let offset = 0;
    for (let life = 0; life < 4; life++) {
      const { child, port } = await serve(world.directory);
      const found = await offsetAt(port, upload);
      assert.ok(found >= offset && found < bytes.length, `${found} after ${offset}`);
      offset = found;
      const socket = pour(port, upload, { offset, bytes });
      const path = join(world.mediaDirectory, 'uploads', upload.mediaId);
      for (let wait = 0; statSync(path).size === offset && wait < 500; wait++) await pause(10);
      await pause(life * 5);
      await kill(child);
      socket.destroy();
    }
    offset = Number((await world.tus('HEAD', upload)).headers.get('upload-offset'));
    assert.ok(offset > 0);
    assert.equal((await world.patch(upload, offset, bytes.subarray(offset))).status, 204);
    const { media } = await world.call('getMedia', ada, { mediaId: upload.mediaId });
    const hash = createHash('sha256').update(bytes).digest('hex');
    assert.equal(Buffer.from(media?.contentHash ?? []).toString('hex'), hash);
  }));
