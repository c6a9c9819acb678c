import { ContentError } from '../errors.ts';
import type { ContentLimits } from '../limits.ts';
import {
  type ExtensionKey,
  type Extensions,
  type ExtensionValue,
  type ExternalPart,
  extensionKey,
  type MimiContent,
  type MultiPart,
  type NestedPart,
  type SinglePart,
} from './content.ts';
import { checkUtf8, utf8Length } from './utf8.ts';

/**
 * Every rule of content that a type cannot say, checked alike before encoding and after decoding:
 * sizes of the draft's fields, well-formed text and the house's limits.
 */
export function checkContent(content: MimiContent, limits: ContentLimits): void {
  exactly(content.salt, 16, 'salt');
  if (content.replaces) exactly(content.replaces, 32, 'replaces');
  if (content.inReplyTo) exactly(content.inReplyTo, 32, 'inReplyTo');
  atMost(content.topicId.length, limits.maxTopicIdBytes, 'topicId');
  if (content.expires) uint(content.expires.time, 0xffff_ffff, 'expires');
  checkExtensions(content.extensions, limits);
  const parts = checkPart(content.nestedPart, 1, limits);
  if (parts > limits.maxParts) {
    throw new ContentError('content-too-many-parts', `more than ${limits.maxParts} parts`);
  }
}

function checkExtensions(extensions: Extensions, limits: ContentLimits): void {
  if (extensions.size > limits.maxExtensions) {
    throw new ContentError('content-too-many-extensions', 'too many extensions');
  }
  for (const [key, value] of extensions) {
    checkKey(key, limits);
    if (key === extensionKey.senderUri || key === extensionKey.roomUri) {
      if (typeof value !== 'string') throw schema('sender and room URIs are text');
      atMost(utf8Length(value), limits.maxUrlBytes, 'URI');
    } else if (encodedLength(value, 1, limits) > limits.maxExtensionBytes) {
      throw new ContentError('content-extension-too-large', 'an extension is too large');
    }
  }
}

function checkKey(key: ExtensionKey, limits: ContentLimits): void {
  if (typeof key === 'number') {
    if (!Number.isSafeInteger(key) || Object.is(key, -0)) throw schema('extension key');
    return;
  }
  const length = utf8Length(key);
  if (length < 1) throw schema('extension key is empty');
  atMost(length, limits.maxExtensionKeyBytes, 'extension key');
}

/** Length of the CBOR of a value, found without encoding it; checks it on the way. */
function encodedLength(value: ExtensionValue, depth: number, limits: ContentLimits): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw schema('number in extension');
    return headLength(value < 0 ? -1 - value : value);
  }
  if (typeof value === 'string') return withHead(utf8Length(value));
  if (value instanceof Uint8Array) return withHead(value.length);
  if (depth >= limits.maxExtensionDepth) {
    throw new ContentError('content-too-deep', 'an extension is nested too deep');
  }
  if (isList(value)) {
    let sum = headLength(value.length);
    for (const item of value) sum += encodedLength(item, depth + 1, limits);
    return sum;
  }
  let sum = headLength(value.size);
  for (const [key, item] of value) {
    checkKey(key, limits);
    sum += encodedLength(key, depth + 1, limits) + encodedLength(item, depth + 1, limits);
  }
  return sum;
}

function isList(value: object): value is readonly ExtensionValue[] {
  return Array.isArray(value);
}

function withHead(length: number): number {
  return headLength(length) + length;
}

function headLength(n: number): number {
  if (n < 24) return 1;
  if (n <= 0xff) return 2;
  if (n <= 0xffff) return 3;
  return n <= 0xffff_ffff ? 5 : 9;
}

/** Checks a part and those inside it; returns how many they are. */
function checkPart(part: NestedPart, depth: number, limits: ContentLimits): number {
  if (depth > limits.maxPartDepth) {
    throw new ContentError('content-too-deep', `parts nested deeper than ${limits.maxPartDepth}`);
  }
  uint(part.disposition, 255, 'disposition');
  atMost(utf8Length(part.language), limits.maxNameBytes, 'language');
  if (part.cardinality === 'single') checkSingle(part, limits);
  else if (part.cardinality === 'external') checkExternal(part, limits);
  else if (part.cardinality === 'multi') return 1 + checkMulti(part, depth, limits);
  return 1;
}

function checkMulti(part: MultiPart, depth: number, limits: ContentLimits): number {
  if (part.parts.length < 2) throw schema('a multipart has at least two parts');
  return part.parts.reduce((sum, nested) => sum + checkPart(nested, depth + 1, limits), 0);
}

function checkSingle(part: SinglePart, limits: ContentLimits): void {
  atMost(utf8Length(part.contentType), limits.maxNameBytes, 'contentType');
  if (!/^text\//i.test(part.contentType)) return;
  if (part.content.length > limits.maxTextBytes) {
    throw new ContentError('content-text-too-long', `text is over ${limits.maxTextBytes} bytes`);
  }
  checkUtf8(part.content);
}

function checkExternal(part: ExternalPart, limits: ContentLimits): void {
  atMost(utf8Length(part.contentType), limits.maxNameBytes, 'contentType');
  atMost(utf8Length(part.url), limits.maxUrlBytes, 'url');
  uint(part.expires, 0xffff_ffff, 'expires');
  uint(part.size, Number.MAX_SAFE_INTEGER, 'size');
  uint(part.encAlg, 0xffff, 'encAlg');
  uint(part.hashAlg, 0xff, 'hashAlg');
  for (const name of ['key', 'nonce', 'aad', 'contentHash'] as const) {
    atMost(part[name].length, limits.maxKeyBytes, name);
  }
  atMost(utf8Length(part.description), limits.maxDescriptionBytes, 'description');
  atMost(utf8Length(part.filename), limits.maxNameBytes, 'filename');
}

function exactly(bytes: Uint8Array, length: number, field: string): void {
  if (bytes.length !== length) throw schema(`${field} is not ${length} bytes`);
}

function atMost(length: number, max: number, field: string): void {
  if (length <= max) return;
  throw new ContentError('content-field-too-long', `${field} is over ${max} bytes`);
}

function uint(value: number, max: number, field: string): void {
  const fits = Number.isSafeInteger(value) && value >= 0 && value <= max && !Object.is(value, -0);
  if (!fits) throw schema(`${field} is not an integer from 0 to ${max}`);
}

function schema(message: string): ContentError {
  return new ContentError('content-schema', message);
}
