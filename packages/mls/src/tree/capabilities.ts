import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { decodeU16, defaultExtensionTypes, encodeU16 } from '../extensions/extension.ts';

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
    versions: reader.list(decodeU16),
    cipherSuites: reader.list(decodeU16),
    extensions: reader.list(decodeU16),
    proposals: reader.list(decodeU16),
    credentials: reader.list(decodeU16),
  };
}

export function isDefaultProposalType(type: number): boolean {
  return type >= 1 && type <= highestDefaultProposalType;
}

export function supportsExtension(capabilities: Capabilities, type: number): boolean {
  return defaultExtensionTypes.has(type) || capabilities.extensions.includes(type);
}
