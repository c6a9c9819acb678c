import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkUtf8, decodeUtf8, encodeUtf8, utf8Length } from './utf8.ts';

const reference = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

test('CNT-3: text encodes and decodes as the platform does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const bytes = new Uint8Array(new TextEncoder().encode(text));
      assert.deepEqual(encodeUtf8(text), bytes);
      assert.equal(utf8Length(text), bytes.length);
      assert.equal(decodeUtf8(bytes), text);
      assert.equal(checkUtf8(bytes), text.length);
    }),
  );
});

test('CNT-3: bytes are refused exactly where the platform refuses them', () => {
  // Lead and continuation bytes near every boundary of the encoding.
  const edge = fc.constantFrom(
    ...[0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1],
    ...[0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
  );
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 6 }), (array) => {
      const bytes = Uint8Array.from(array);
      let expected: string | undefined;
      try {
        expected = reference.decode(bytes);
      } catch {
        assert.throws(() => decodeUtf8(bytes), { code: 'content-invalid-utf8' });
        return;
      }
      assert.equal(decodeUtf8(bytes), expected);
    }),
    { numRuns: 20_000 },
  );
});

test('CNT-3: lone surrogates have no encoding', () => {
  for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800']) {
    assert.throws(() => encodeUtf8(text), { code: 'content-invalid-utf8' });
    assert.throws(() => utf8Length(text), { code: 'content-invalid-utf8' });
  }
});

test('CNT-3: long text of every width is decoded whole', () => {
  const text = 'aé€😀'.repeat(9_000);
  assert.equal(decodeUtf8(encodeUtf8(text)), text);
});
