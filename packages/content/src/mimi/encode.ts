import { cdeEncodeOptions, encode } from 'cbor2';
import { ContentError } from '../errors.ts';
import { type ContentLimits, contentLimits } from '../limits.ts';
import { checkContent } from './checks.ts';
import type { ExtensionValue, MimiContent, NestedPart } from './content.ts';

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
  const { replaces, expires, inReplyTo } = content;
  const fields = [
    plain(content.salt),
    replaces && plain(replaces),
    plain(content.topicId),
    expires && [expires.relative, expires.time],
    inReplyTo && plain(inReplyTo),
    new Map([...content.extensions].map(([key, value]) => [key, extensionFields(value)])),
    partFields(content.nestedPart),
  ];
  return encode(fields, cdeEncodeOptions);
}

const semanticsNumber = { chooseOne: 0, singleUnit: 1, processAll: 2 };

function partFields(part: NestedPart): unknown[] {
  const head = [part.disposition, part.language];
  switch (part.cardinality) {
    case 'null':
      return [...head, 0];
    case 'single':
      return [...head, 1, part.contentType, plain(part.content)];
    case 'external':
      return [
        ...[...head, 2, part.contentType, part.url, part.expires, part.size, part.encAlg],
        ...[plain(part.key), plain(part.nonce), plain(part.aad), part.hashAlg],
        ...[plain(part.contentHash), part.description, part.filename],
      ];
    case 'multi':
      return [...head, 3, semanticsNumber[part.partSemantics], part.parts.map(partFields)];
  }
}

function extensionFields(value: ExtensionValue): unknown {
  if (value instanceof Uint8Array) return plain(value);
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, extensionFields(item)]));
  }
  return Array.isArray(value) ? value.map(extensionFields) : value;
}

/** The encoder knows `Uint8Array` itself only, not its subclasses such as Node's `Buffer`. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes);
}
