import { ContentError } from '../errors.ts';
import type {
  Expiration,
  ExtensionKey,
  Extensions,
  ExtensionValue,
  MimiContent,
  NestedPart,
  PartSemantics,
} from './content.ts';

/** Reads decoded CBOR as the draft's CDDL: types and shapes only, `checkContent` does the rest. */
export function readContentFields(value: unknown): MimiContent {
  const [salt, replaces, topicId, expires, inReplyTo, extensions, nestedPart] = list(value, 7);
  return {
    salt: bytes(salt),
    replaces: replaces === null ? null : bytes(replaces),
    topicId: bytes(topicId),
    expires: expires === null ? null : readExpiration(expires),
    inReplyTo: inReplyTo === null ? null : bytes(inReplyTo),
    extensions: readExtensions(extensions),
    nestedPart: readPart(nestedPart),
  };
}

function readExpiration(value: unknown): Expiration {
  const [relative, time] = list(value, 2);
  if (typeof relative !== 'boolean') throw mismatch('a boolean');
  return { relative, time: number(time) };
}

function readExtensions(value: unknown): Extensions {
  if (value instanceof Map) return readMap(value);
  throw mismatch('a map');
}

function readMap(map: ReadonlyMap<unknown, unknown>): Map<ExtensionKey, ExtensionValue> {
  const result = new Map<ExtensionKey, ExtensionValue>();
  for (const [key, item] of map) {
    if (typeof key !== 'string' && typeof key !== 'number') throw mismatch('an extension key');
    result.set(key, readExtensionValue(item));
  }
  return result;
}

/** Depth is bounded by the CBOR decoder. */
function readExtensionValue(value: unknown): ExtensionValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (value instanceof Map) return readMap(value);
  if (Array.isArray(value)) return value.map(readExtensionValue);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw mismatch('an extension value');
}

const partLength = [3, 5, 15, 5];
const semantics: readonly PartSemantics[] = ['chooseOne', 'singleUnit', 'processAll'];

function readPart(value: unknown): NestedPart {
  if (!Array.isArray(value)) throw mismatch('a part');
  const fields: readonly unknown[] = value;
  const cardinality = number(fields[2]);
  if (fields.length !== partLength[cardinality]) throw mismatch('a part');
  const head = { disposition: number(fields[0]), language: text(fields[1]) };
  switch (cardinality) {
    case 0:
      return { ...head, cardinality: 'null' };
    case 1:
      return {
        ...{ ...head, cardinality: 'single' },
        contentType: text(fields[3]),
        content: bytes(fields[4]),
      };
    case 2:
      return readExternal(head, fields);
    default:
      return {
        ...{ ...head, cardinality: 'multi' },
        partSemantics: readSemantics(fields[3]),
        parts: list(fields[4]).map(readPart),
      };
  }
}

function readExternal(
  head: { disposition: number; language: string },
  fields: readonly unknown[],
): NestedPart {
  return {
    ...{ ...head, cardinality: 'external' },
    contentType: text(fields[3]),
    url: text(fields[4]),
    expires: number(fields[5]),
    size: number(fields[6]),
    encAlg: number(fields[7]),
    key: bytes(fields[8]),
    nonce: bytes(fields[9]),
    aad: bytes(fields[10]),
    hashAlg: number(fields[11]),
    contentHash: bytes(fields[12]),
    description: text(fields[13]),
    filename: text(fields[14]),
  };
}

function readSemantics(value: unknown): PartSemantics {
  const name = semantics[number(value)];
  if (name === undefined) throw mismatch('part semantics');
  return name;
}

function list(value: unknown, length?: number): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw mismatch('an array');
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw mismatch('a byte string');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw mismatch('a text string');
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw mismatch('an integer');
}

function mismatch(expected: string): ContentError {
  return new ContentError('content-schema', `expected ${expected}`);
}
