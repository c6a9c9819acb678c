import { decode, type Reader } from '../codec/reader.ts';
import { encode, type Writer } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';
import { makeKeyPackageRef } from '../labels/references.ts';
import { encodeLeafNode, LeafNode } from '../tree/leaf-node.ts';

/** KeyPackageTBS: a key package before it is signed. */
export interface KeyPackageContent {
  readonly version: number;
  readonly cipherSuite: number;
  readonly initKey: Uint8Array;
  readonly leafNode: LeafNode;
  readonly extensions: readonly Extension[];
}

/** A key package (RFC 9420 section 10) with its exact encoding. */
export interface KeyPackage extends KeyPackageContent {
  readonly bytes: Uint8Array;
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
}

export function keyPackageToBeSigned(content: KeyPackageContent): Uint8Array {
  return encode(encodeContent, content);
}

export function encodeKeyPackage(writer: Writer, keyPackage: KeyPackage): void {
  writer.raw(keyPackage.bytes);
}

export function decodeKeyPackage(reader: Reader): KeyPackage {
  const start = reader.position;
  const content = {
    version: reader.u16(),
    cipherSuite: reader.u16(),
    initKey: reader.vector(),
    leafNode: LeafNode.decode(reader),
    extensions: decodeExtensions(reader),
  };
  const toBeSigned = reader.since(start);
  return { ...content, toBeSigned, signature: reader.vector(), bytes: reader.since(start) };
}

export function sealKeyPackage(content: KeyPackageContent, signature: Uint8Array): KeyPackage {
  const bytes = encode((writer: Writer, unsigned: KeyPackageContent) => {
    encodeContent(writer, unsigned);
    writer.vector(signature);
  }, content);
  return decode(bytes, decodeKeyPackage);
}

/** KeyPackageRef (section 5.2). */
export function keyPackageRef(crypto: SuiteCrypto, keyPackage: KeyPackage): Uint8Array {
  return makeKeyPackageRef(crypto, keyPackage.bytes);
}

function encodeContent(writer: Writer, content: KeyPackageContent): void {
  writer.u16(content.version).u16(content.cipherSuite).vector(content.initKey);
  encodeLeafNode(writer, content.leafNode);
  encodeExtensions(writer, content.extensions);
}
