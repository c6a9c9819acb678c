import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { ContentError, type ContentErrorCode, decodeContent } from '../index.ts';

// [salt, null, h'', null, null, EXTENSIONS, [1, "", 1, CONTENT TYPE, CONTENT]]
const salt = `50${'11'.repeat(16)}`;
const head = `87${salt}f640f6f6`;
const noExtensions = 'a0';
const plainType = '6a746578742f706c61696e';
const part = `85016001${plainType}426869`;
const good = `${head}${noExtensions}${part}`;

function refuse(hex: string, code: ContentErrorCode, name: string): void {
  assert.throws(
    () => decodeContent(hexToBytes(hex)),
    (error) => error instanceof ContentError && error.code === code && error.blame === 'validation',
    `${name}: ${hex.slice(0, 80)} is not ${code} but ${outcome(hex)}`,
  );
}

function outcome(hex: string): string {
  try {
    decodeContent(hexToBytes(hex));
    return 'accepted';
  } catch (error) {
    return error instanceof ContentError ? error.code : String(error);
  }
}

test('CNT-1: the hand-made content that the cases below break is itself good', () => {
  assert.equal(outcome(good), 'accepted');
});

test('CNT-5: content cut at any byte is refused', () => {
  for (let end = 0; end < good.length; end += 2)
    refuse(good.slice(0, end), 'content-malformed', 'cut');
  refuse(`${good}00`, 'content-malformed', 'a byte too many');
});

test('CNT-5: a wrong type in any place is refused', () => {
  const fields = [salt, 'f6', '40', 'f6', 'f6', noExtensions, part];
  const partFields = ['01', '60', '01', plainType, '426869'];
  const wrong = ['20', '63616263', '80', 'a0', 'f5', '4101', '820102', '1864'];
  for (const [i, own] of fields.entries()) {
    for (const other of wrong.filter((hex) => hex !== own && !fits(i, hex))) {
      refuse(`87${fields.with(i, other).join('')}`, 'content-schema', `field ${i}`);
    }
  }
  for (const i of partFields.keys()) {
    for (const other of ['a0', 'f5', '80']) {
      const broken = partFields.with(i, other).join('');
      refuse(`${head}${noExtensions}85${broken}`, 'content-schema', `part field ${i}`);
    }
  }
});

/** Topic ids are any bytes, extensions any map. */
function fits(field: number, hex: string): boolean {
  return (field === 2 && hex === '4101') || (field === 5 && hex === 'a0');
}

test('CNT-5: arrays of a wrong length are refused', () => {
  refuse(`86${good.slice(2, -part.length)}`, 'content-schema', 'six fields');
  refuse(`88${good.slice(2)}00`, 'content-schema', 'eight fields');
  for (const short of ['80', '8101', '820160', '83016001', '83016003', '8401600300']) {
    refuse(`${head}${noExtensions}${short}`, 'content-schema', 'part');
  }
  refuse(`${head}${noExtensions}83016004`, 'content-schema', 'cardinality 4');
  refuse(`${head}${noExtensions}850160030380`, 'content-schema', 'semantics 3');
  refuse(`${head}${noExtensions}85016003008183016000`, 'content-schema', 'multipart of one');
});

test('CNT-5: huge lengths are refused without reserving memory', () => {
  for (const major of ['5', '7', '9', 'b']) {
    refuse(`87${major}bffffffffffffffff`, 'content-malformed', 'eight-byte length');
    refuse(`87${major}affffffff`, 'content-malformed', 'four-byte length');
    refuse(`${head}a101${major}b001fffffffffffff`, 'content-malformed', 'inside extensions');
  }
});

test('CNT-4: deep nesting is refused before it costs a stack', () => {
  for (const head of ['81', 'a1', 'c1', '9f']) {
    refuse(head.repeat(60_000), 'content-malformed', head);
    // Not so deep that the stack ends by itself.
    refuse(`${head.repeat(500)}00`, 'content-malformed', head);
  }
});

test('CNT-1: what is not deterministic CBOR is refused', () => {
  const body = `${head}${noExtensions}`;
  refuse(`98${'07'}${good.slice(2)}`, 'content-malformed', 'long array head');
  refuse(`9f${good.slice(2)}ff`, 'content-malformed', 'indefinite array');
  refuse(`${body}85186001${plainType}426869`, 'content-malformed', 'long integer');
  refuse(
    `${body}85016001${plainType}5f4168416 9ff`.replace(' ', ''),
    'content-malformed',
    'chunks',
  );
  refuse(`${head}a2613100613100${part}`, 'content-malformed', 'duplicate key');
  refuse(`${head}a2613200613100${part}`, 'content-malformed', 'keys out of order');
  refuse(`${head}a22003${'18ff'}03${part}`, 'content-malformed', 'negative before positive');
  refuse(`${head}bf01616102616200ff${part}`, 'content-malformed', 'indefinite map');
});

test('CNT-2: floats, undefined, tags and other simple values are refused', () => {
  const values = { 'float 1.0': 'f93c00', 'float 1.5': 'f93e00', NaN: 'f97e00', undefined: 'f7' };
  for (const [name, hex] of Object.entries({ ...values, simple: 'f820', 'simple 0': 'e0' })) {
    refuse(`${head}a11864${hex}${part}`, 'content-malformed', name);
  }
  for (const tag of ['c100', 'c24101', 'c074323032362d30312d30315430303a30303a30305a']) {
    refuse(`${head}a11864${tag}${part}`, 'content-schema', 'tag');
  }
  refuse(`${head}a118641b0020000000000000${part}`, 'content-schema', 'integer over 2^53 - 1');
  refuse(`${head}a1410100${part}`, 'content-schema', 'bytes as a key');
  refuse(`${head}a1f500${part}`, 'content-schema', 'boolean as a key');
  refuse(`87${salt}f740f6f6${noExtensions}${part}`, 'content-malformed', 'undefined for null');
  refuse(
    `${head}${noExtensions}85f93c006001${plainType}426869`,
    'content-malformed',
    'float field',
  );
});

const badUtf8 = [
  '80',
  'c0af',
  'c328',
  'e0809f',
  'eda080',
  'f0808080',
  'f4908080',
  'f8',
  'e282',
  'ff',
];

test('CNT-3: invalid UTF-8 in a text string or a text part is refused', () => {
  for (const hex of badUtf8) {
    const length = (hex.length / 2).toString(16);
    refuse(`${head}${noExtensions}85016${length}${hex}01${plainType}40`, 'content-malformed', hex);
    refuse(
      `${head}${noExtensions}85016001${plainType}4${length}${hex}`,
      'content-invalid-utf8',
      hex,
    );
  }
  const octets = '6d6170706c69636174696f6e2f78';
  assert.equal(outcome(`${head}${noExtensions}85016001${octets}42c328`), 'accepted');
});

test('CNT-2: sender and room URIs must be text', () => {
  for (const key of ['01', '02']) refuse(`${head}a1${key}05${part}`, 'content-schema', key);
});

test('CNT-5: full-size hostile input costs bounded time', () => {
  const size = 65_000;
  const inputs = [
    // A map of very many keys, an array of very many items, a part of very many parts.
    concatBytes(hexToBytes(`${head}b97000`), new Uint8Array(size)),
    concatBytes(hexToBytes(`${head}a1186499fde8`), new Uint8Array(size)),
    concatBytes(hexToBytes(`${head}a0850160030099fde8`), new Uint8Array(size)),
    hexToBytes(`${head}b93000${manyKeys(0x3000)}`),
  ];
  for (const input of inputs) {
    const start = process.hrtime.bigint();
    assert.throws(() => decodeContent(input), ContentError);
    const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6;
    assert.ok(elapsedMs < 1_000, `${bytesToHex(input.subarray(0, 40))} took ${elapsedMs} ms`);
  }
});

/** Ascending two-byte integer keys, each with the value 0. */
function manyKeys(count: number): string {
  return Array.from({ length: count }, (_, i) => `19${(0x1000 + i).toString(16)}00`).join('');
}
