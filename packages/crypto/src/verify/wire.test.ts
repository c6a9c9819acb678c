import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expectError, invalid } from '../../tests/expect-error.ts';
import { ByteReader, ByteWriter, compareBytes } from './wire.ts';

const seed = 20_261_123;
const usage = (code: string) => ({ name: 'UsageError', code });

test('IDN-23: what is written is read, number by number and text by text', (t) => {
  t.diagnostic(`seed ${seed}`);
  const property = fc.property(
    fc.tuple(fc.maxSafeNat(), fc.nat(2 ** 32 - 1), fc.nat(65_535)),
    fc.string({ unit: 'binary', maxLength: 30 }),
    ([u64, u32, u16], text) => {
      const bytes = new ByteWriter()
        .u64(u64)
        .u32(u32)
        .u16(u16)
        .u8(u16 % 256)
        .text(text)
        .bytes();
      const reader = new ByteReader(bytes, 'a test');
      assert.deepEqual(
        [reader.u64(), reader.u32(), reader.u16(), reader.u8()],
        [u64, u32, u16, u16 % 256],
      );
      assert.equal(reader.text(0, 200), text);
      reader.end();
    },
  );
  fc.assert(property, { seed });
});

test('IDN-23: numbers beyond 2^53 - 1 are refused, not rounded', async () => {
  const largest = Uint8Array.of(0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  assert.equal(new ByteReader(largest, 'a test').u64(), Number.MAX_SAFE_INTEGER);
  for (const bytes of [Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0), new Uint8Array(8).fill(255)]) {
    await expectError(invalid('number-too-large'), () => new ByteReader(bytes, 'a test').u64());
  }
  for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) {
    await expectError(usage('bad-number'), () => new ByteWriter().u64(value));
  }
  await expectError(usage('bad-number'), () => new ByteWriter().u8(256));
  await expectError(usage('bad-length'), () => new ByteWriter().fixed(new Uint8Array(3), 4));
});

test('IDN-23: ill-formed UTF-8 is refused', async () => {
  for (const bytes of [
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    const text = new ByteWriter().variable(Uint8Array.from(bytes)).bytes();
    await expectError(invalid('bad-utf8'), () => new ByteReader(text, 'a test').text(0, 9));
  }
});

test('IDN-23: what is read is a copy of the input', () => {
  const input = Uint8Array.of(1, 2);
  const field = new ByteReader(input, 'a test').fixed(2);
  input.fill(9);
  assert.deepEqual(field, Uint8Array.of(1, 2));
});

test('IDN-10: ids are ordered by their first difference', () => {
  assert.ok(compareBytes(Uint8Array.of(1, 9), Uint8Array.of(2, 0)) < 0);
  assert.ok(compareBytes(Uint8Array.of(1, 255), Uint8Array.of(1, 0)) > 0);
  assert.equal(compareBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), 0);
});
