import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ContentError, decodeContent, encodeContent, messageIdOf, readContent } from '../index.ts';

const folder = join(import.meta.dirname, '../../../../../shared/vectors/mimi-content');
const absent = existsSync(folder) ? false : 'the vectors of the draft are not there';
// Not a content: it lists values derived from one.
const derived = 'implied-original';

function vectorNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cbor'))
    .map((file) => file.slice(0, -'.cbor'.length))
    .filter((name) => name !== derived);
}

function readVector(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, `${name}.cbor`)));
}

/** The id in the comment at the head of the annotated vector. */
function expectedId(name: string): string {
  const edn = readFileSync(join(folder, `${name}.edn`), 'utf8');
  const [, high, low] = /message ID = h'([0-9a-f]+)\s*#\s*([0-9a-f]+)'/.exec(edn) ?? [];
  return `${high}${low}`;
}

test('CNT-1: the vectors of the draft decode and encode again byte for byte', (t) => {
  if (absent) return t.skip(absent);
  const names = vectorNames();
  assert.equal(names.length, 14);
  for (const name of names) {
    const bytes = readVector(name);
    assert.deepEqual(encodeContent(decodeContent(bytes)), bytes, name);
  }
});

test('CNT-6: message ids of the vectors are those that the draft gives', (t) => {
  if (absent) return t.skip(absent);
  for (const name of vectorNames()) {
    const bytes = readVector(name);
    assert.equal(bytesToHex(messageIdOf(decodeContent(bytes), bytes)), expectedId(name), name);
  }
});

test('CNT-9: the vectors read as what the draft says they are', (t) => {
  if (absent) return t.skip(absent);
  const kinds = Object.fromEntries(
    vectorNames().map((name) => [name, readContent(decodeContent(readVector(name))).kind]),
  );
  assert.deepEqual(kinds, {
    attachment: 'post',
    conferencing: 'unknown',
    delete: 'delete',
    edit: 'edit',
    expiring: 'post',
    mention: 'post',
    'mention-html': 'unknown',
    'multipart-1': 'post',
    'multipart-2': 'unknown',
    'multipart-3': 'unknown',
    original: 'post',
    reaction: 'reaction',
    reply: 'post',
    unlike: 'unreaction',
  });
});

test('CNT-5: a vector cut at any byte, or with a byte too many, is refused', (t) => {
  if (absent) return t.skip(absent);
  for (const name of vectorNames()) {
    const bytes = readVector(name);
    for (let end = 0; end < bytes.length; end++) {
      assert.throws(() => decodeContent(bytes.subarray(0, end)), ContentError, `${name} at ${end}`);
    }
    assert.throws(() => decodeContent(Uint8Array.of(...bytes, 0)), ContentError, name);
  }
});
