import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaUri } from '@heliogram/content';
import { HeliogramError } from '@heliogram/protocol';
import { toHex } from '../hex.ts';
import { nodePlatform } from '../node/platform.ts';
import { downloadAttachment } from './download.ts';

const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => i % 256);
const hash = nodePlatform.hasher.sha256();
hash.update(bytes);
const contentHash = hash.digest();
const attachment = {
  name: 'f',
  mediaType: 'application/octet-stream',
  size: bytes.length,
  url: mediaUri(toHex(contentHash)),
  contentHash,
  showAs: 'file',
} as const;

async function download(pieces: readonly Uint8Array[], status = 200): Promise<Uint8Array> {
  const body = (async function* () {
    yield* pieces;
  })();
  const http = { send: async () => ({ status, header: () => undefined, body }) };
  const context = { origin: 'https://h', platform: { http, hasher: nodePlatform.hasher } };
  const received: Uint8Array[] = [];
  for await (const piece of downloadAttachment(context, attachment)) received.push(piece);
  return Buffer.concat(received);
}

const fails = (code: string) => (error: unknown) =>
  error instanceof HeliogramError && error.code === code;

test('SDK-11: what was posted comes through, however it is cut', async () => {
  assert.deepEqual(Uint8Array.from(await download([bytes.slice(0, 1), bytes.slice(1)])), bytes);
});

test('SDK-11: other bytes, fewer and more are refused', async () => {
  const other = Uint8Array.from(bytes).fill(7, 500, 501);
  for (const sent of [other, bytes.slice(1), Uint8Array.from([...bytes, 1])]) {
    await assert.rejects(download([sent]), fails('signature_invalid'));
  }
});

test('SDK-11: a file that is gone is said to be', async () => {
  await assert.rejects(download([], 404), fails('not_found'));
  await assert.rejects(download([], 500), fails('unavailable'));
});
