import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ContentError,
  type ContentErrorCode,
  contentLimits,
  decodeContent,
  type ExtensionValue,
  type ExternalPart,
  encodeContent,
  type MimiContent,
  type NestedPart,
} from '../index.ts';

const wide = Object.fromEntries(
  Object.keys(contentLimits).map((name) => [name, 1_000_000]),
) as unknown as typeof contentLimits;

const empty = new Uint8Array();
const nullPart: NestedPart = { disposition: 1, language: '', cardinality: 'null' };
const external: ExternalPart = {
  ...{ disposition: 6, language: '', cardinality: 'external', contentType: '', url: '' },
  ...{ expires: 0, size: 0, encAlg: 0, key: empty, nonce: empty, aad: empty, hashAlg: 0 },
  ...{ contentHash: empty, description: '', filename: '' },
};
const base: MimiContent = {
  ...{ salt: new Uint8Array(16), replaces: null, topicId: empty, expires: null, inReplyTo: null },
  ...{ extensions: new Map(), nestedPart: nullPart },
};

function single(contentType: string, length: number): NestedPart {
  const content = new Uint8Array(length).fill(0x61);
  return { disposition: 1, language: '', cardinality: 'single', contentType, content };
}

function multi(parts: readonly NestedPart[]): NestedPart {
  return { disposition: 1, language: '', cardinality: 'multi', partSemantics: 'chooseOne', parts };
}

function nested(levels: number): NestedPart {
  return levels === 1 ? nullPart : multi([nullPart, nested(levels - 1)]);
}

function deep(levels: number): ExtensionValue {
  return levels === 1 ? 7 : [deep(levels - 1)];
}

function extensions(count: number): MimiContent['extensions'] {
  return new Map(Array.from({ length: count }, (_, i) => [100 + i, null]));
}

function sized(bytes: number): MimiContent {
  const overhead = encodeContent({ ...base, nestedPart: single('a/b', 60_000) }).length - 60_000;
  return { ...base, nestedPart: single('a/b', bytes - overhead) };
}

const long = (length: number) => 'x'.repeat(length);
const bytes = (length: number) => new Uint8Array(length);
const withPart = (nestedPart: NestedPart): MimiContent => ({ ...base, nestedPart });
const withExternal = (fields: Partial<ExternalPart>) => withPart({ ...external, ...fields });
const withExtension = (key: number | string, value: ExtensionValue): MimiContent => ({
  ...base,
  extensions: new Map([[key, value]]),
});

interface Case {
  readonly code: ContentErrorCode;
  readonly max: number;
  /** Content that has `n` of what is limited. */
  readonly make: (n: number) => MimiContent;
}

const tooLong: ContentErrorCode = 'content-field-too-long';
const l = contentLimits;
const cases: Record<string, Case> = {
  bytes: { code: 'content-too-large', max: l.maxBytes, make: sized },
  'part depth': { code: 'content-too-deep', max: l.maxPartDepth, make: (n) => withPart(nested(n)) },
  parts: {
    code: 'content-too-many-parts',
    max: l.maxParts,
    make: (n) => withPart(multi(Array.from({ length: n - 1 }, () => nullPart))),
  },
  extensions: {
    code: 'content-too-many-extensions',
    max: l.maxExtensions,
    make: (n) => ({ ...base, extensions: extensions(n) }),
  },
  'extension bytes': {
    code: 'content-extension-too-large',
    max: l.maxExtensionBytes,
    make: (n) => withExtension('x', bytes(n - 3)),
  },
  'extension depth': {
    code: 'content-too-deep',
    max: l.maxExtensionDepth,
    make: (n) => withExtension('x', deep(n)),
  },
  'extension key': {
    code: tooLong,
    max: l.maxExtensionKeyBytes,
    make: (n) => withExtension(long(n), 1),
  },
  text: {
    code: 'content-text-too-long',
    max: l.maxTextBytes,
    make: (n) => withPart(single('text/x', n)),
  },
  'sender URI': { code: tooLong, max: l.maxUrlBytes, make: (n) => withExtension(1, long(n)) },
  'room URI': { code: tooLong, max: l.maxUrlBytes, make: (n) => withExtension(2, long(n)) },
  url: { code: tooLong, max: l.maxUrlBytes, make: (n) => withExternal({ url: long(n) }) },
  'file name': {
    code: tooLong,
    max: l.maxNameBytes,
    make: (n) => withExternal({ filename: long(n) }),
  },
  language: {
    code: tooLong,
    max: l.maxNameBytes,
    make: (n) => withPart({ ...nullPart, language: long(n) }),
  },
  'content type': { code: tooLong, max: l.maxNameBytes, make: (n) => withPart(single(long(n), 1)) },
  'external content type': {
    code: tooLong,
    max: l.maxNameBytes,
    make: (n) => withExternal({ contentType: long(n) }),
  },
  description: {
    code: tooLong,
    max: l.maxDescriptionBytes,
    make: (n) => withExternal({ description: long(n) }),
  },
  topic: { code: tooLong, max: l.maxTopicIdBytes, make: (n) => ({ ...base, topicId: bytes(n) }) },
  key: { code: tooLong, max: l.maxKeyBytes, make: (n) => withExternal({ key: bytes(n) }) },
  nonce: { code: tooLong, max: l.maxKeyBytes, make: (n) => withExternal({ nonce: bytes(n) }) },
  aad: { code: tooLong, max: l.maxKeyBytes, make: (n) => withExternal({ aad: bytes(n) }) },
  hash: { code: tooLong, max: l.maxKeyBytes, make: (n) => withExternal({ contentHash: bytes(n) }) },
};

for (const [name, { code, max, make }] of Object.entries(cases)) {
  test(`CNT-4: the limit on ${name} holds when encoding and decoding, and is the last that fits`, () => {
    const last = make(max);
    assert.deepEqual(decodeContent(encodeContent(last)), last);
    const hasCode = (error: unknown) => error instanceof ContentError && error.code === code;
    assert.throws(() => encodeContent(make(max + 1)), hasCode);
    const encoded = encodeContent(make(max + 1), wide);
    // The CBOR decoder stops a content nested too deep before its parts are counted.
    const stopped = (error: unknown) =>
      hasCode(error) || (error instanceof ContentError && name === 'part depth');
    assert.throws(() => decodeContent(encoded), stopped);
  });
}

test('CNT-4: a caller can set other limits', () => {
  const content = withPart(single('text/plain', 100));
  const limits = { ...contentLimits, maxTextBytes: 99 };
  assert.throws(() => encodeContent(content, limits), { code: 'content-text-too-long' });
  assert.throws(() => decodeContent(encodeContent(content), limits), {
    code: 'content-text-too-long',
  });
});

test('CNT-2: numbers that the schema does not allow are refused before encoding', () => {
  const wrong = [-1, 0.5, Number.NaN, -0, 2 ** 53, Number.POSITIVE_INFINITY];
  for (const value of wrong) {
    const contents = [
      withPart({ ...nullPart, disposition: value }),
      withExternal({ size: value }),
      withExternal({ expires: value }),
      { ...base, expires: { relative: true, time: value } },
      ...(value === -1 ? [] : [withExtension('x', value)]),
      // A map takes -0 for 0.
      ...(value === -1 || value === 0 ? [] : [withExtension(value, 1)]),
    ];
    for (const each of contents) {
      assert.throws(() => encodeContent(each), { code: 'content-schema' }, String(value));
    }
  }
});

test('CNT-2: numbers of the draft have its ranges', () => {
  const over: [number, (n: number) => MimiContent][] = [
    [255, (n) => withPart({ ...nullPart, disposition: n })],
    [0xffff_ffff, (n) => ({ ...base, expires: { relative: false, time: n } })],
    [0xffff_ffff, (n) => withExternal({ expires: n })],
    [0xffff, (n) => withExternal({ encAlg: n })],
    [0xff, (n) => withExternal({ hashAlg: n })],
  ];
  for (const [max, make] of over) {
    assert.deepEqual(decodeContent(encodeContent(make(max))), make(max));
    assert.throws(() => encodeContent(make(max + 1)), { code: 'content-schema' });
  }
});

test('CNT-1: ids and salts of another length are refused', () => {
  const wrong: Partial<MimiContent>[] = [
    { salt: bytes(15) },
    { salt: bytes(17) },
    { replaces: bytes(31) },
    { inReplyTo: bytes(33) },
    { extensions: new Map([['', 1]]) },
    { nestedPart: multi([nullPart]) },
  ];
  for (const fields of wrong) {
    assert.throws(() => encodeContent({ ...base, ...fields }), { code: 'content-schema' });
  }
});
