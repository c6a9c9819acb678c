import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cdeEncodeOptions, encode } from 'cbor2';
import fc from 'fast-check';
import {
  ContentError,
  decodeContent,
  type ExtensionKey,
  type ExtensionValue,
  encodeContent,
  type MimiContent,
  type NestedPart,
  type PartSemantics,
} from '../index.ts';

// Plain objects, as the decoder makes them.
const plain = { noNullPrototype: true };
const text = (maxLength: number) => fc.string({ maxLength, unit: 'binary' });
const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));
const uint32 = fc.nat({ max: 0x7fff_ffff }).map((n) => n * 2 + 1);
const integer = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -300, max: 300 }));
const key: fc.Arbitrary<ExtensionKey> = fc.oneof(
  integer.filter((n) => n !== 1 && n !== 2),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
);
const leaf = fc.oneof(fc.constant(null), fc.boolean(), integer, text(20), bytes(0, 20));

function mapOf(
  value: fc.Arbitrary<ExtensionValue>,
): fc.Arbitrary<Map<ExtensionKey, ExtensionValue>> {
  return fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => new Map(entries));
}

function valueAt(depth: number): fc.Arbitrary<ExtensionValue> {
  if (depth === 0) return leaf;
  const inner = valueAt(depth - 1);
  return fc.oneof(leaf, fc.array(inner, { maxLength: 3 }), mapOf(inner));
}

const head = { disposition: fc.nat({ max: 255 }), language: text(10) };

const nullPart: fc.Arbitrary<NestedPart> = fc.record(
  {
    ...head,
    cardinality: fc.constant('null' as const),
  },
  plain,
);
const singlePart: fc.Arbitrary<NestedPart> = fc.record(
  {
    ...head,
    cardinality: fc.constant('single' as const),
    contentType: fc.constantFrom('application/x', 'image/png', ''),
    content: bytes(0, 300),
  },
  plain,
);
const externalPart: fc.Arbitrary<NestedPart> = fc.record(
  {
    ...head,
    cardinality: fc.constant('external' as const),
    contentType: text(20),
    url: text(60),
    expires: uint32,
    size: fc.maxSafeNat(),
    encAlg: fc.nat({ max: 0xffff }),
    key: bytes(0, 64),
    nonce: bytes(0, 12),
    aad: bytes(0, 4),
    hashAlg: fc.nat({ max: 255 }),
    contentHash: bytes(0, 64),
    description: text(30),
    filename: text(30),
  },
  plain,
);

function partAt(depth: number): fc.Arbitrary<NestedPart> {
  const flat = fc.oneof(nullPart, singlePart, externalPart);
  if (depth === 0) return flat;
  const multi: fc.Arbitrary<NestedPart> = fc.record(
    {
      ...head,
      cardinality: fc.constant('multi' as const),
      partSemantics: fc.constantFrom<PartSemantics>('chooseOne', 'singleUnit', 'processAll'),
      parts: fc.array(partAt(depth - 1), { minLength: 2, maxLength: 3 }),
    },
    plain,
  );
  return fc.oneof(flat, multi);
}

const content: fc.Arbitrary<MimiContent> = fc.record(
  {
    salt: bytes(16, 16),
    replaces: fc.option(bytes(32, 32)),
    topicId: bytes(0, 64),
    expires: fc.option(fc.record({ relative: fc.boolean(), time: uint32 }, plain)),
    inReplyTo: fc.option(bytes(32, 32)),
    extensions: mapOf(valueAt(3)),
    nestedPart: partAt(3),
  },
  plain,
);

function bySemantics(name: PartSemantics): number {
  return ['chooseOne', 'singleUnit', 'processAll'].indexOf(name);
}

/** The array of the CDDL, for an encoder that knows nothing of this package. */
function asArrays(part: NestedPart): unknown[] {
  const { disposition, language } = part;
  if (part.cardinality === 'null') return [disposition, language, 0];
  if (part.cardinality === 'single') {
    return [disposition, language, 1, part.contentType, part.content];
  }
  if (part.cardinality === 'multi') {
    return [disposition, language, 3, bySemantics(part.partSemantics), part.parts.map(asArrays)];
  }
  const { contentType, url, expires, size, encAlg, key: aeadKey, nonce, aad } = part;
  const { hashAlg, contentHash, description, filename } = part;
  const fetching = [contentType, url, expires, size, encAlg, aeadKey, nonce, aad];
  return [disposition, language, 2, ...fetching, hashAlg, contentHash, description, filename];
}

test('CNT-1: any content survives a round trip, and encodes as an independent encoder does', () => {
  fc.assert(
    fc.property(content, (each) => {
      const encoded = encodeContent(each);
      const { salt, replaces, topicId, expires, inReplyTo, extensions, nestedPart } = each;
      const expiry = expires && [expires.relative, expires.time];
      const fields = [salt, replaces, topicId, expiry, inReplyTo, extensions, asArrays(nestedPart)];
      assert.deepEqual(encoded, encode(fields, cdeEncodeOptions));
      assert.deepEqual(decodeContent(encoded), each);
    }),
    { numRuns: 500 },
  );
});

test('CNT-5: a changed byte gives a content error or other content that encodes the same', () => {
  const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(content, fc.array(change, { minLength: 1, maxLength: 4 }), (each, changes) => {
      const mutated = encodeContent(each);
      for (const [at, byte] of changes) mutated[at % mutated.length] = byte;
      assertRefusedOrCanonical(mutated);
    }),
    { numRuns: 2_000 },
  );
});

test('CNT-5: arbitrary bytes give a content error', () => {
  fc.assert(
    fc.property(bytes(0, 400), (random) => {
      assert.throws(() => decodeContent(random), ContentError);
    }),
    { numRuns: 2_000 },
  );
});

test('CNT-1: decoded content shares no memory with its input', () => {
  const [sample] = fc.sample(content, { numRuns: 1, seed: 7 });
  assert.ok(sample);
  const encoded = encodeContent(sample);
  const decoded = decodeContent(encoded);
  encoded.fill(0xff);
  assert.deepEqual(decoded, sample);
});

test('CNT-1: a subclass of Uint8Array is taken as bytes', () => {
  const [sample] = fc.sample(content, { numRuns: 1, seed: 7 });
  assert.ok(sample);
  const encoded = encodeContent({ ...sample, salt: Buffer.from(sample.salt) });
  assert.deepEqual(encoded, encodeContent(sample));
  assert.deepEqual(decodeContent(Buffer.from(encoded)), sample);
});

function assertRefusedOrCanonical(input: Uint8Array): void {
  let decoded: MimiContent;
  try {
    decoded = decodeContent(input);
  } catch (error) {
    assert.ok(error instanceof ContentError, `${error}`);
    return;
  }
  assert.deepEqual(encodeContent(decoded), input);
}
