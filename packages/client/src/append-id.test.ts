import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAppendId } from './append-id.ts';
import { toHex } from './hex.ts';

test('SDK-6: append ids have the layout of UUIDv7 and sort by time', () => {
  const random = { bytes: (length: number) => new Uint8Array(length).fill(0xff) };
  const id = toHex(newAppendId(0x0123_4567_89ab, random));
  assert.equal(id, '0123456789ab7fffbfffffffffffffff');
  const later = toHex(newAppendId(0x0123_4567_89ac, random));
  assert.ok(later > id);
});
