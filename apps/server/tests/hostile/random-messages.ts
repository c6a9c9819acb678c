import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import { type ReflectList, type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import type { SeededRandom } from '@heliogram/testing';

/** Values that lead past the first check, such as ids that exist. */
export type Known = {
  readonly strings: readonly string[];
  readonly bytes: readonly Uint8Array[];
};

const maxDepth = 4;
const textsOfAllSorts = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\u202e!',
  'a'.repeat(5_000),
  '😀'.repeat(300),
  'e\u0301'.repeat(100),
  '../../etc/passwd',
  "'; drop table accounts; --",
  '<script>alert(1)</script>',
  '%00%ff',
  'ff'.repeat(16),
  '0'.repeat(64),
  'FF'.repeat(16),
  '-1',
  '1e999',
  '@username',
  'http://127.0.0.1:1',
  '{"a":1}',
  '__proto__',
  'constructor',
];
const numbers = [
  0, 1, 2, 7, 100, 500, 501, 65_536, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
];
const signed = [0, 1, -1, 999_999_999, -999_999_999, 0x7fff_ffff, -0x8000_0000];
const longs = [0n, 1n, -1n, 253_402_300_799n, 253_402_300_800n, 2n ** 63n - 1n, -(2n ** 63n)];

/** A message of any type, every field of which may be absent, likely, or absurd. */
export function randomMessage(
  random: SeededRandom,
  descriptor: DescMessage,
  known: Known,
): Message {
  return choose({ random, known, depth: 0 }, descriptor);
}

function choose(chooser: Chooser, descriptor: DescMessage): Message {
  const { random, depth } = chooser;
  const message = reflect(descriptor, create(descriptor), false);
  for (const field of descriptor.fields) {
    if (random.chance(0.2) || (depth >= maxDepth && field.message)) continue;
    fill(chooser, message, field);
  }
  return message.message;
}

type Chooser = { readonly random: SeededRandom; readonly known: Known; readonly depth: number };

function fill(chooser: Chooser, message: ReflectMessage, field: DescField): void {
  const { random, depth } = chooser;
  const inner = { ...chooser, depth: depth + 1 };
  if (field.fieldKind === 'list') {
    const list: ReflectList = message.get(field);
    const count = random.pick([0, 1, 1, 2, 3, 64, 65, 501]);
    const element = field.listKind === 'message' ? undefined : field;
    for (let i = 0; i < Math.min(count, depth > 0 ? 3 : count); i++) {
      if (field.listKind === 'message') {
        const item = choose(inner, field.message);
        list.add(reflect(field.message, item, false));
      } else if (element?.listKind === 'scalar') list.add(scalar(chooser, element.scalar));
      else if (element?.listKind === 'enum') list.add(enumValue(random, element.enum));
    }
  } else if (field.fieldKind === 'message') {
    const item = choose(inner, field.message);
    message.set(field, reflect(field.message, item, false));
  } else if (field.fieldKind === 'enum') message.set(field, enumValue(random, field.enum));
  else if (field.fieldKind === 'scalar') message.set(field, scalar(chooser, field.scalar));
}

function scalar({ random, known }: Chooser, type: ScalarType): unknown {
  switch (type) {
    case ScalarType.STRING:
      return random.chance(0.6) ? random.pick(known.strings) : random.pick(textsOfAllSorts);
    case ScalarType.BYTES:
      return random.chance(0.4)
        ? random.pick(known.bytes)
        : random.bytes(random.pick([0, 1, 15, 16, 17, 32, 64, 80, 300, 5_000]));
    case ScalarType.BOOL:
      return random.chance(0.5);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.chance(0.5) ? random.int(0, 60) : random.pick(numbers);
    case ScalarType.INT64:
      return random.pick(longs);
    case ScalarType.INT32:
      return random.pick(signed);
    default:
      throw new RangeError(`the contract has a scalar that this test does not know: ${type}`);
  }
}

function enumValue(random: SeededRandom, { values }: DescEnum): number {
  return random.chance(0.8) ? random.pick(values).number : random.int(-5, 1_000);
}

/** Bytes that were once a message: cut, flipped, doubled, stuffed. */
export function mutated(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  let changed = bytes;
  for (let i = random.int(1, 4); i > 0; i--) changed = mutatedOnce(random, changed);
  return changed;
}

function mutatedOnce(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const at = random.int(0, bytes.byteLength);
  switch (random.int(0, 4)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return joined(bytes.subarray(0, at), random.bytes(random.int(1, 12)), bytes.subarray(at));
    case 2:
      return joined(bytes, bytes.subarray(at));
    case 3:
      return joined(bytes.subarray(0, at), varintWithoutEnd, bytes.subarray(at));
    default: {
      const flipped = Uint8Array.from(bytes);
      if (at < flipped.byteLength) flipped[at] = random.int(0, 255);
      return flipped;
    }
  }
}

const varintWithoutEnd = new Uint8Array(11).fill(0xff);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
