import { concatBytes } from '../codec/bytes.ts';
import { decode, malformed, Reader } from '../codec/reader.ts';
import { build, encode, Writer } from '../codec/writer.ts';
import { type Credential, decodeCredential, encodeCredential } from '../credentials/credential.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';
import { type Capabilities, decodeCapabilities, encodeCapabilities } from './capabilities.ts';

/** Seconds since the epoch between which a key package may be used (RFC 9420 section 7.2). */
export interface Lifetime {
  readonly notBefore: bigint;
  readonly notAfter: bigint;
}

/** Where a leaf node came from, and what that origin adds to it. */
export type LeafNodeSource =
  | { readonly kind: 'key_package'; readonly lifetime: Lifetime }
  | { readonly kind: 'update' }
  | { readonly kind: 'commit'; readonly parentHash: Uint8Array };

/** A leaf node before it is signed. */
export interface LeafNodeContent {
  readonly encryptionKey: Uint8Array;
  readonly signatureKey: Uint8Array;
  readonly credential: Credential;
  readonly capabilities: Capabilities;
  readonly source: LeafNodeSource;
  readonly extensions: readonly Extension[];
}

/** Where in a group a leaf stands: part of what `update` and `commit` leaves sign. */
export interface LeafPosition {
  readonly groupId: Uint8Array;
  readonly leafIndex: number;
}

interface LeafNodeFields extends LeafNodeContent {
  readonly signature: Uint8Array;
  readonly contentLength: number;
}

const sourceCode = { key_package: 1, update: 2, commit: 3 } as const;
const lifetimeBytes = 16;

/**
 * A signed leaf node (RFC 9420 section 7.2): its exact encoding, with the fields parsed at first
 * use, since most leaves of a stored tree are never looked at.
 */
export class LeafNode implements LeafNodeContent {
  readonly bytes: Uint8Array;
  #fields: LeafNodeFields | undefined;

  private constructor(bytes: Uint8Array, fields?: LeafNodeFields) {
    this.bytes = bytes;
    this.#fields = fields;
  }

  /** Reads and checks every field: for what comes from others. */
  static decode(this: void, reader: Reader): LeafNode {
    const start = reader.position;
    const fields = decodeFields(reader);
    return new LeafNode(reader.since(start), fields);
  }

  /** Finds only the end of the encoding: for state of our own. */
  static decodeLazily(this: void, reader: Reader): LeafNode {
    const start = reader.position;
    skipFields(reader);
    return new LeafNode(reader.since(start));
  }

  static sealed(content: LeafNodeContent, signature: Uint8Array): LeafNode {
    const unsigned = encode(encodeContent, content);
    const bytes = concatBytes(
      unsigned,
      build((writer) => writer.vector(signature)),
    );
    return new LeafNode(bytes, { ...content, signature, contentLength: unsigned.length });
  }

  get encryptionKey(): Uint8Array {
    return this.#fields?.encryptionKey ?? this.#leadingKeys.encryptionKey;
  }

  get signatureKey(): Uint8Array {
    return this.#fields?.signatureKey ?? this.#leadingKeys.signatureKey;
  }

  get credential(): Credential {
    return this.#parsed.credential;
  }

  get capabilities(): Capabilities {
    return this.#parsed.capabilities;
  }

  get source(): LeafNodeSource {
    return this.#parsed.source;
  }

  get extensions(): readonly Extension[] {
    return this.#parsed.extensions;
  }

  get signature(): Uint8Array {
    return this.#parsed.signature;
  }

  /** The parent hash of a `commit` leaf. */
  get parentHash(): Uint8Array | undefined {
    return this.source.kind === 'commit' ? this.source.parentHash : undefined;
  }

  /** LeafNodeTBS: what the signature covers. */
  toBeSigned(position: LeafPosition): Uint8Array {
    const { contentLength, source } = this.#parsed;
    return withPosition(this.bytes.subarray(0, contentLength), source, position);
  }

  get #leadingKeys(): { encryptionKey: Uint8Array; signatureKey: Uint8Array } {
    const reader = new Reader(this.bytes);
    return { encryptionKey: reader.vector(), signatureKey: reader.vector() };
  }

  get #parsed(): LeafNodeFields {
    this.#fields ??= decode(this.bytes, decodeFields);
    return this.#fields;
  }
}

export function encodeLeafNode(writer: Writer, leaf: LeafNode): void {
  writer.raw(leaf.bytes);
}

/** LeafNodeTBS of a leaf node that is being made. */
export function leafNodeToBeSigned(content: LeafNodeContent, position: LeafPosition): Uint8Array {
  return withPosition(encode(encodeContent, content), content.source, position);
}

function withPosition(
  content: Uint8Array,
  source: LeafNodeSource,
  position: LeafPosition,
): Uint8Array {
  if (source.kind === 'key_package') return content;
  const writer = new Writer(content.length + 64);
  return writer.raw(content).vector(position.groupId).u32(position.leafIndex).toBytes();
}

function encodeContent(writer: Writer, content: LeafNodeContent): void {
  writer.vector(content.encryptionKey).vector(content.signatureKey);
  encodeCredential(writer, content.credential);
  encodeCapabilities(writer, content.capabilities);
  writer.u8(sourceCode[content.source.kind]);
  if (content.source.kind === 'key_package') {
    writer.u64(content.source.lifetime.notBefore).u64(content.source.lifetime.notAfter);
  }
  if (content.source.kind === 'commit') writer.vector(content.source.parentHash);
  encodeExtensions(writer, content.extensions);
}

function decodeFields(reader: Reader): LeafNodeFields {
  const start = reader.position;
  const content = {
    encryptionKey: reader.vector(),
    signatureKey: reader.vector(),
    credential: decodeCredential(reader),
    capabilities: decodeCapabilities(reader),
    source: decodeSource(reader),
    extensions: decodeExtensions(reader),
  };
  const contentLength = reader.position - start;
  return { ...content, contentLength, signature: reader.vector() };
}

function decodeSource(reader: Reader): LeafNodeSource {
  const code = reader.u8();
  if (code === sourceCode.key_package) {
    return {
      kind: 'key_package',
      lifetime: { notBefore: reader.u64(), notAfter: reader.u64() },
    };
  }
  if (code === sourceCode.update) return { kind: 'update' };
  if (code === sourceCode.commit) return { kind: 'commit', parentHash: reader.vector() };
  throw malformed('a leaf node has an unknown source');
}

function skipFields(reader: Reader): void {
  reader.skipVector();
  reader.skipVector();
  reader.u16();
  const credentialAndCapabilities = 6;
  for (let i = 0; i < credentialAndCapabilities; i++) reader.skipVector();
  const source = reader.u8();
  if (source === sourceCode.key_package) reader.raw(lifetimeBytes);
  else if (source === sourceCode.commit) reader.skipVector();
  reader.skipVector();
  reader.skipVector();
}
