import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create } from '@bufbuild/protobuf';
import {
  CreateUploadResponseSchema,
  GetMediaResponseSchema,
  HeliogramError,
  MediaService,
  MediaShape,
  ValidationError,
} from '@heliogram/protocol';
import { FakeServer, fakePlatform } from '../../tests/fake-server.ts';
import type { Caller } from '../connection/connection.ts';
import type { HttpRequest, HttpResponse } from '../ports.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { timestampOf } from '../timestamps.ts';
import { uploadMedia } from './upload.ts';

const bytes = Uint8Array.from({ length: 10_000_000 }, (_, i) => i % 251);

/** A tus server in memory that can lose connections. */
function setUp() {
  const counts = { creations: 0, losses: 0, away: 0, checks: 0, forgotten: 0 };
  const state = { stored: new Uint8Array(0), ...counts, media: 'ok' };
  const platform = fakePlatform(new FakeServer());
  const http = {
    send: async (request: HttpRequest): Promise<HttpResponse> => {
      assert.equal(request.url, 'https://h/uploads/1');
      assert.equal(request.headers['Upload-Ticket'], 'ticket');
      if (state.forgotten > 0 && state.stored.length > 0) {
        state.forgotten--;
        state.stored = new Uint8Array(0);
        return answer(410, '');
      }
      if (request.method === 'PATCH') {
        assert.equal(Number(request.headers['Upload-Offset']), state.stored.length);
        const body = request.body ?? new Uint8Array();
        const taken = state.losses > 0 ? body.slice(0, body.length / 2) : body;
        state.stored = Uint8Array.from(Buffer.concat([state.stored, taken]));
        if (state.losses-- > 0) throw new HeliogramError('unavailable', 'lost');
      } else if (state.stored.length > 0 && state.away-- > 0) {
        throw new HeliogramError('unavailable', 'away');
      }
      return answer(200, String(state.stored.length));
    },
  };
  const call: Caller = async (method) => {
    if (method.name === MediaService.method.createUpload.name) {
      state.creations++;
      const expiresAt = timestampOf(2_000_000_000_000);
      const open = { mediaId: 'm', uploadPath: '/uploads/1', ticket: 'ticket', expiresAt };
      return create(method.output, create(CreateUploadResponseSchema, open) as never);
    }
    state.checks++;
    if (state.media === 'bad') throw new ValidationError('media_rejected', 'no picture');
    if (state.checks < 3) throw new ValidationError('upload_incomplete', 'checking');
    const media = { media: { mediaId: 'm', size: state.stored.length } };
    return create(method.output, create(GetMediaResponseSchema, media) as never);
  };
  const { records } = createMemoryStore();
  const context = { call, origin: 'https://h', records, platform: { ...platform, http } };
  const progress: number[] = [];
  const request = {
    source: { size: bytes.length, read: async (at: number, n: number) => bytes.slice(at, at + n) },
    name: 'x.bin',
    mediaType: 'application/octet-stream',
    shape: MediaShape.FILE,
    resumeKey: 'k',
    progress: (sent: number) => progress.push(sent),
  };
  const run = async () => {
    const upload = uploadMedia(context, request);
    // Time passes until it is through.
    const done = upload.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([done, platform.advance(30_000).then(() => false)])));
    return upload;
  };
  return { state, run, progress, records };
}

function answer(status: number, offset: string): HttpResponse {
  const header = (name: string) => (name === 'Upload-Offset' ? offset : undefined);
  return { status, header, body: (async function* () {})() };
}

test('SDK-10: a file arrives whole, in pieces, and is waited for until it is checked', async () => {
  const { state, run, progress } = setUp();
  assert.equal((await run()).size, bytes.length);
  assert.deepEqual(state.stored, bytes);
  assert.equal(progress.at(-1), bytes.length);
  assert.ok(progress.length >= 3);
});

test('SDK-10: a lost piece is sent again from what the server has', async () => {
  const { state, run } = setUp();
  state.losses = 3;
  await run();
  assert.deepEqual(state.stored, bytes);
  assert.equal(state.creations, 1);
});

test('SDK-10: a server that is away for a while is waited for', async () => {
  const { state, run } = setUp();
  state.losses = 1;
  state.away = 3;
  await run();
  assert.deepEqual(state.stored, bytes);
  assert.equal(state.creations, 1);
});

test('SDK-10: an upload that was given up is resumed by the next attempt', async () => {
  const { state, run } = setUp();
  state.losses = 6;
  await assert.rejects(run(), (error) => error instanceof HeliogramError && error.retry);
  const before = state.stored.length;
  state.losses = 0;
  await run();
  assert.ok(before > 0);
  assert.equal(state.creations, 1);
  assert.deepEqual(state.stored, bytes);
});

test('SDK-10: an upload that the server has forgotten starts over by itself, once', async () => {
  const { state, run } = setUp();
  state.forgotten = 1;
  await run();
  assert.equal(state.creations, 2);
  assert.deepEqual(state.stored, bytes);
  const twice = setUp();
  twice.state.forgotten = 2;
  await assert.rejects(
    twice.run(),
    (error) => error instanceof HeliogramError && error.code === 'gone',
  );
  assert.equal(twice.state.creations, 2);
});

test('SDK-10: what the server rejects is not resumed', async () => {
  const { state, run, records } = setUp();
  state.media = 'bad';
  await assert.rejects(
    run(),
    (error) => error instanceof HeliogramError && error.code === 'media_rejected',
  );
  assert.equal((await records.get('upload', ['k'])).size, 0);
});
