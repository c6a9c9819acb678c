import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { limits, MediaShape } from '@heliogram/protocol';
import { DAY_MS, type Opened, withWorld } from './tests/world.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('MED-1: a file arrives in pieces and is kept byte for byte under its hash', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bytes = randomBytes(300_000);
    const opened = await world.open(ada, bytes.length, { name: 'Notes.bin' });
    assert.equal((await world.tus('HEAD', opened)).headers.get('upload-offset'), '0');
    assert.equal((await world.patch(opened, 0, bytes.subarray(0, 100_000))).status, 204);
    const head = await world.tus('HEAD', opened);
    assert.deepEqual(
      [head.headers.get('upload-offset'), head.headers.get('upload-length')],
      ['100000', '300000'],
    );
    assert.equal((await world.patch(opened, 100_000, bytes.subarray(100_000))).status, 204);
    const { media } = await world.call('getMedia', ada, { mediaId: opened.mediaId });
    assert.equal(media?.name, 'Notes.bin');
    assert.equal(media?.size, 300_000);
    assert.equal(Buffer.from(media?.contentHash ?? []).toString('hex'), sha256(bytes));
    const path = join(world.mediaDirectory, sha256(bytes).slice(0, 2), sha256(bytes));
    assert.deepEqual(readFileSync(path), bytes);
    assert.deepEqual(world.uploading(), []);
    const again = await world.tus('HEAD', opened);
    assert.deepEqual([again.status, again.headers.get('upload-offset')], [200, '300000']);
    assert.equal((await world.patch(opened, 0, bytes)).status, 409);
  }));

test('MED-2: what arrived before a lost connection and a killed server is resumed, not sent again', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bytes = randomBytes(400_000);
    const opened = await world.open(ada, bytes.length);
    const socket = connect(world.port, '127.0.0.1');
    socket.write(
      `PATCH ${opened.uploadPath} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Ticket: ${opened.ticket}\r\n` +
        `Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 400000\r\n\r\n`,
    );
    socket.write(bytes.subarray(0, 150_000));
    while (world.uploadedBytes(opened) === 0) await new Promise(setImmediate);
    socket.destroy();
    await world.restart();
    const offset = Number((await world.tus('HEAD', opened)).headers.get('upload-offset'));
    assert.ok(offset > 0 && offset <= 150_000, String(offset));
    assert.equal((await world.patch(opened, offset, bytes.subarray(offset))).status, 204);
    const { media } = await world.call('getMedia', ada, { mediaId: opened.mediaId });
    assert.equal(Buffer.from(media?.contentHash ?? []).toString('hex'), sha256(bytes));
  }));

test('MED-3: no address reaches an upload but the one whose ticket it carries', () =>
  withWorld(async (world) => {
    const [ada, eve] = [await world.account(), await world.account()];
    const victim = await world.open(ada, 400);
    for (const tail of [
      `?x=/${victim.mediaId}`,
      `?/${victim.mediaId}`,
      `#/${victim.mediaId}`,
      `?x=%2f${victim.mediaId}/`,
      `/../${victim.mediaId}`,
      `/${victim.mediaId}`,
      `/%2e%2e/${victim.mediaId}`,
    ]) {
      const mine = await world.open(eve, 400);
      const target = `${mine.uploadPath}${tail}`;
      const socket = connect(world.port, '127.0.0.1');
      socket.write(
        `PATCH ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n` +
          `Upload-Ticket: ${mine.ticket}\r\nUpload-Offset: 0\r\n` +
          'Content-Type: application/offset+octet-stream\r\nContent-Length: 4\r\n\r\nevil',
      );
      await new Promise((resolve) => socket.resume().once('close', resolve));
      assert.equal(world.uploadedBytes(victim), 0, target);
      const expected = tail.startsWith('/') ? 0 : 4;
      assert.equal(world.uploadedBytes(mine), expected, `${target}: what is named, or nothing`);
    }
  }));

test('MED-3: only the ticket of an upload opens it, and only until it is over', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const bob = await world.account();
    const mine = await world.open(ada, 4);
    const other = await world.open(bob, 4);
    const wrong = ['', 'x', '0'.repeat(64), other.ticket, mine.ticket.toUpperCase(), mine.mediaId];
    for (const ticket of wrong) {
      const answer = await world.patch({ ...mine, ticket }, 0, Buffer.from('evil'));
      assert.equal(answer.status, 403, ticket);
    }
    assert.equal((await world.tus('HEAD', { ...mine, ticket: other.ticket })).status, 403);
    assert.equal((await world.tus('DELETE', { ...mine, ticket: other.ticket })).status, 403);
    assert.equal((await world.tus('HEAD', mine)).headers.get('upload-offset'), '0');
    assert.ok(!readFileSync(join(world.directory, 'heliogram.db')).includes(mine.ticket));
    assert.ok(!readFileSync(join(world.directory, 'heliogram.db-wal')).includes(mine.ticket));
    await assert.rejects(world.call('getMedia', bob, { mediaId: mine.mediaId }), {
      code: 'not_found',
    });
    await assert.rejects(world.call('deleteMedia', bob, { mediaId: mine.mediaId }), {
      code: 'not_found',
    });
    assert.equal((await world.tus('DELETE', mine)).status, 204);
    assert.equal((await world.tus('HEAD', mine)).status, 404);
  }));

test('MED-3: an account that was suspended sends no more', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const opened = await world.open(ada, 4);
    await world.storage.db.updateTable('accounts').set({ suspended_reason: 'spam' }).execute();
    assert.equal((await world.patch(opened, 0, Buffer.from('more'))).status, 403);
  }));

test('MED-4: sizes hold: of the server, of photos, of what was announced', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    await assert.rejects(world.open(ada, 8_388_609), { code: 'too_large' });
    const opened = await world.open(ada, 10);
    assert.equal((await world.patch(opened, 0, Buffer.alloc(11))).status, 413);
    const socket = connect(world.port, '127.0.0.1');
    socket.write(
      `PATCH ${opened.uploadPath} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Ticket: ${opened.ticket}\r\n` +
        `Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n` +
        `64\r\n${'x'.repeat(100)}\r\n0\r\n\r\n`,
    );
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    assert.match(answer, /^HTTP\/1.1 413/);
    socket.destroy();
    assert.ok(readFileSync(join(world.mediaDirectory, 'uploads', opened.mediaId)).length <= 10);
  }));

test('MED-45: an account and the server keep so many bytes of files, and what is deleted is free again', () =>
  withWorld(async (world) => {
    const [ada, eve] = [await world.account(), await world.account()];
    Object.assign(world.quota, { accountBytes: 4_000_000, serverBytes: 6_000_000 });
    const first = await world.open(ada, 3_000_000);
    await assert.rejects(world.open(ada, 1_000_001), { code: 'quota_exceeded' });
    const second = await world.open(ada, 1_000_000);
    await assert.rejects(world.open(ada, 1), { code: 'quota_exceeded' });
    await assert.rejects(world.open(eve, 2_000_001), { code: 'storage_full', retry: true });
    await world.open(eve, 2_000_000);
    for (const { mediaId } of [first, second]) await world.call('deleteMedia', ada, { mediaId });
    const kept = await world.upload(ada, randomBytes(2_000));
    assert.equal(kept.size, 2_000);
    await assert.rejects(world.open(ada, 3_998_001), { code: 'quota_exceeded' });
    await world.open(ada, 3_998_000);
  }));

test('MED-4: a wrong offset changes nothing', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const opened = await world.open(ada, 10);
    for (const offset of ['5', '-1', '1e1', 'NaN', '', '99999999999999999999']) {
      const answer = await world.patch(opened, offset, Buffer.alloc(5));
      assert.ok([400, 403, 409].includes(answer.status), `${offset}: ${answer.status}`);
    }
    assert.equal((await world.tus('HEAD', opened)).headers.get('upload-offset'), '0');
  }));

test('MED-5: uploads are opened by calls alone, so many an account, and expire', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const create = { method: 'POST', headers: { 'tus-resumable': '1.0.0', 'upload-length': '4' } };
    assert.equal((await world.fetch('/uploads', create)).status, 405);
    const open: Opened[] = [];
    for (let n = 0; n < limits.maxOpenUploadsPerAccount; n++) open.push(await world.open(ada, 4));
    await assert.rejects(world.open(ada, 4), { code: 'limit_reached' });
    await world.open(await world.account(), 4);
    world.putForward(DAY_MS);
    const [first] = open;
    assert.equal(first && (await world.tus('HEAD', first)).status, 410);
    await world.media.sweep();
    assert.equal(first && (await world.tus('HEAD', first)).status, 404);
    assert.deepEqual(world.uploading(), []);
    await world.open(ada, 4);
  }));

test('MED-6: a full disk is said as such and leaves nothing broken', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    world.free = 1_000_000;
    await assert.rejects(world.open(ada, 4), { code: 'storage_full' });
    world.free = Number.MAX_SAFE_INTEGER;
    const opened = await world.open(ada, 4);
    const path = join(world.mediaDirectory, 'uploads', opened.mediaId);
    if (!existsSync('/dev/full')) return;
    rmSync(path);
    symlinkSync('/dev/full', path);
    assert.equal((await world.patch(opened, 0, Buffer.from('full'))).status, 507);
    rmSync(path);
    writeFileSync(path, '');
    assert.equal((await world.patch(opened, 0, Buffer.from('room'))).status, 204);
    const { media } = await world.call('getMedia', ada, { mediaId: opened.mediaId });
    assert.equal(media?.size, 4);
  }));

test('MED-7: names lead nowhere and hide nothing', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const names: readonly [string, string][] = [
      ['../../etc/passwd', 'passwd'],
      ['..\\..\\boot.ini', 'boot.ini'],
      ['..', ''],
      ['/', ''],
      ['a\u0000b\r\nSet-Cookie: x.txt', 'abSet-Cookie: x.txt'],
      ['photo\u202egpj.exe', 'photogpj.exe'],
    ];
    for (const [name, clean] of names) {
      const media = await world.upload(ada, randomBytes(8), { name });
      assert.equal(media.name, clean, name);
    }
    const long = await world.upload(ada, randomBytes(8), { name: `${'ä'.repeat(250)}.pdf` });
    assert.ok(Buffer.byteLength(long.name) <= 255 && long.name.endsWith('ä.pdf'));
    for (const path of [
      '/uploads/..%2f..%2fheliogram.db',
      '/uploads/../heliogram.db',
      '/uploads/%00',
      '/uploads/',
    ]) {
      assert.equal(
        (await world.fetch(path, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).status,
        404,
      );
    }
  }));

test('MED-8: hostile headers and methods get an answer, and others are served on', () =>
  withWorld(async (world) => {
    const ada = await world.account();
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    let state = seed || 1;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const names = [
      'upload-offset',
      'upload-length',
      'upload-metadata',
      'content-type',
      'tus-resumable',
      'upload-defer-length',
      'upload-concat',
      'x-http-method-override',
      'upload-checksum',
    ];
    const values = [
      '',
      '0',
      '-1',
      '9007199254740993',
      'a b,c',
      'filename ../../x',
      '1.0.0',
      'final;/uploads/x',
      'POST',
      '\u00ff',
      'x'.repeat(4000),
    ];
    const opened = await world.open(ada, 1_000);
    for (let n = 0; n < 150; n++) {
      const headers = Object.fromEntries(
        Array.from({ length: 1 + next(4) }, () => [
          names[next(names.length)] ?? 'x-a',
          values[next(values.length)] ?? '',
        ]),
      );
      const method = ['PATCH', 'HEAD', 'POST', 'GET', 'OPTIONS', 'PUT'][next(6)] ?? 'GET';
      const body = method === 'PATCH' || method === 'POST' ? Buffer.alloc(next(50)) : undefined;
      const answer = await world.tus(method, opened, { headers, body });
      assert.ok(
        answer.status < 500,
        `seed ${seed}: ${method} ${JSON.stringify(headers)} ${answer.status}`,
      );
      await answer.arrayBuffer();
    }
    assert.equal(
      (await world.upload(ada, Buffer.from('well'), { shape: MediaShape.FILE })).size,
      4,
    );
  }));
