import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../chance/seeded-random.ts';
import { frame, Unframer } from './framing.ts';

test('messages come out whole however the stream is cut, and none of one that broke off', () => {
  const random = new SeededRandom(1, 'framing');
  const messages = Array.from({ length: 50 }, () => random.bytes(random.int(0, 90)));
  const stream = Uint8Array.from(messages.flatMap((message) => [...frame(message)]));
  const unframer = new Unframer();
  const out: Uint8Array[] = [];
  const end = stream.byteLength - 1;
  for (let at = 0; at < end; ) {
    const next = Math.min(end, at + random.int(1, 40));
    out.push(...unframer.push(stream.subarray(at, next)));
    at = next;
  }
  assert.deepEqual(out, messages.slice(0, -1));
});
