import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import {
  defaultExtensionTypes,
  type Extension,
  encodeU16,
  maxDecodedTypes,
} from '../extensions/extension.ts';

/** What a client says it supports (RFC 9420 section 7.2). */
export interface Capabilities {
  readonly versions: readonly number[];
  readonly cipherSuites: readonly number[];
  readonly extensions: readonly number[];
  readonly proposals: readonly number[];
  readonly credentials: readonly number[];
}

const highestDefaultProposalType = 7;

export function encodeCapabilities(writer: Writer, capabilities: Capabilities): void {
  writer.list(capabilities.versions, encodeU16);
  writer.list(capabilities.cipherSuites, encodeU16);
  writer.list(capabilities.extensions, encodeU16);
  writer.list(capabilities.proposals, encodeU16);
  writer.list(capabilities.credentials, encodeU16);
}

export function decodeCapabilities(reader: Reader): Capabilities {
  return {
    versions: reader.u16List(maxDecodedTypes),
    cipherSuites: reader.u16List(maxDecodedTypes),
    extensions: reader.u16List(maxDecodedTypes),
    proposals: reader.u16List(maxDecodedTypes),
    credentials: reader.u16List(maxDecodedTypes),
  };
}

export function isDefaultProposalType(type: number): boolean {
  return type >= 1 && type <= highestDefaultProposalType;
}

export function supportsExtensions(
  capabilities: Capabilities,
  extensions: readonly Extension[],
): boolean {
  const listed = new Set(capabilities.extensions);
  return extensions.every(({ type }) => defaultExtensionTypes.has(type) || listed.has(type));
}

/** Length of the longest list. */
export function longestList(capabilities: Capabilities): number {
  const { versions, cipherSuites, extensions, proposals, credentials } = capabilities;
  return Math.max(
    versions.length,
    cipherSuites.length,
    extensions.length,
    proposals.length,
    credentials.length,
  );
}
