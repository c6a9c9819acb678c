import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { decodeContent, encodeContent, messageIdOf, readContent } from '../index.ts';

interface StoredPost {
  readonly name: string;
  readonly content: string;
  readonly messageId: string;
  readonly view: unknown;
}

const file = join(import.meta.dirname, '../../fixtures/posts-1.json');
const stored: readonly StoredPost[] = JSON.parse(readFileSync(file, 'utf8'));

/** Bytes as hex, so that a view can stand in JSON. */
function plainView(view: unknown): unknown {
  const asHex = (_: string, value: unknown) =>
    value instanceof Uint8Array ? bytesToHex(value) : value;
  return JSON.parse(JSON.stringify(view, asHex));
}

test('CNT-17: content stored by the first release reads the same for ever', () => {
  assert.equal(stored.length, 10);
  for (const { name, content, messageId, view } of stored) {
    const bytes = hexToBytes(content);
    const decoded = decodeContent(bytes);
    assert.deepEqual(plainView(readContent(decoded)), view, name);
    assert.equal(bytesToHex(messageIdOf(decoded, bytes)), messageId, name);
    assert.deepEqual(encodeContent(decoded), bytes, name);
  }
});
