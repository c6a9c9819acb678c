import { ContentError } from '../errors.ts';
import { type ContentLimits, contentLimits } from '../limits.ts';
import { CborWriter, compareKeys } from './cbor-writer.ts';
import { checkContent } from './checks.ts';
import type { ExtensionKey, ExtensionValue, MimiContent, NestedPart } from './content.ts';

/**
 * Encodes content in deterministic CBOR (RFC 8949 §4.2.1). What it returns, `decodeContent` with
 * the same limits accepts.
 *
 * @throws ContentError where content breaks the draft's schema or a limit.
 */
export function encodeContent(
  content: MimiContent,
  limits: ContentLimits = contentLimits,
): Uint8Array {
  checkContent(content, limits);
  const bytes = encodeUnchecked(content);
  if (bytes.length > limits.maxBytes) {
    throw new ContentError('content-too-large', `content is over ${limits.maxBytes} bytes`);
  }
  return bytes;
}

/** Encodes content that `checkContent` has passed. */
export function encodeUnchecked(content: MimiContent): Uint8Array {
  const { expires } = content;
  const writer = new CborWriter();
  writer.array(7);
  writer.bytes(content.salt);
  writeOptional(writer, content.replaces);
  writer.bytes(content.topicId);
  if (expires) {
    writer.array(2);
    writer.boolean(expires.relative);
    writer.integer(expires.time);
  } else {
    writer.null();
  }
  writeOptional(writer, content.inReplyTo);
  writeMap(writer, content.extensions);
  writePart(writer, content.nestedPart);
  return writer.finish();
}

function writeOptional(writer: CborWriter, bytes: Uint8Array | null): void {
  if (bytes) writer.bytes(bytes);
  else writer.null();
}

const numbers = { null: 0, single: 1, external: 2, multi: 3 };
const fieldCounts = { null: 3, single: 5, external: 15, multi: 5 };
const semanticsNumbers = { chooseOne: 0, singleUnit: 1, processAll: 2 };

function writePart(writer: CborWriter, part: NestedPart): void {
  writer.array(fieldCounts[part.cardinality]);
  writer.integer(part.disposition);
  writer.text(part.language);
  writer.integer(numbers[part.cardinality]);
  if (part.cardinality === 'single') {
    writer.text(part.contentType);
    writer.bytes(part.content);
  } else if (part.cardinality === 'multi') {
    writer.integer(semanticsNumbers[part.partSemantics]);
    writer.array(part.parts.length);
    for (const nested of part.parts) writePart(writer, nested);
  } else if (part.cardinality === 'external') {
    writer.text(part.contentType);
    writer.text(part.url);
    writer.integer(part.expires);
    writer.integer(part.size);
    writer.integer(part.encAlg);
    writer.bytes(part.key);
    writer.bytes(part.nonce);
    writer.bytes(part.aad);
    writer.integer(part.hashAlg);
    writer.bytes(part.contentHash);
    writer.text(part.description);
    writer.text(part.filename);
  }
}

function writeMap(writer: CborWriter, map: ReadonlyMap<ExtensionKey, ExtensionValue>): void {
  writer.map(map.size);
  const sorted = [...map].sort(([a], [b]) => compareKeys(a, b));
  for (const [key, value] of sorted) {
    writer.key(key);
    writeExtension(writer, value);
  }
}

function writeExtension(writer: CborWriter, value: ExtensionValue): void {
  if (value === null) writer.null();
  else if (typeof value === 'boolean') writer.boolean(value);
  else if (typeof value === 'number') writer.integer(value);
  else if (typeof value === 'string') writer.text(value);
  else if (value instanceof Uint8Array) writer.bytes(value);
  else if (value instanceof Map) writeMap(writer, value);
  else if (Array.isArray(value)) {
    writer.array(value.length);
    for (const item of value) writeExtension(writer, item);
  }
}
