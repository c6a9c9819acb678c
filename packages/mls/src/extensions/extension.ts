import { decode, type Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import { type Credential, decodeCredential, encodeCredential } from '../credentials/credential.ts';

/** Extension types of RFC 9420 section 17.3. */
export const extensionType = {
  applicationId: 1,
  ratchetTree: 2,
  requiredCapabilities: 3,
  externalPub: 4,
  externalSenders: 5,
} as const;

/** Extensions every implementation supports, so that capabilities need not list them. */
export const defaultExtensionTypes: ReadonlySet<number> = new Set(Object.values(extensionType));

/** Coarse bounds for decoding; `Limits.maxExtensions` and `Limits.maxCapabilities` count. */
const maxDecodedExtensions = 1024;
export const maxDecodedTypes = 1024;
const maxDecodedSenders = 1024;

export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** What every member must support (RFC 9420 section 11.1). */
export interface RequiredCapabilities {
  readonly extensionTypes: readonly number[];
  readonly proposalTypes: readonly number[];
  readonly credentialTypes: readonly number[];
}

/** A party outside the group that may propose (RFC 9420 section 12.1.8.1). */
export interface ExternalSender {
  readonly signatureKey: Uint8Array;
  readonly credential: Credential;
}

function encodeExtension(writer: Writer, extension: Extension): void {
  writer.u16(extension.type).vector(extension.data);
}

function decodeExtension(reader: Reader): Extension {
  return { type: reader.u16(), data: reader.vector() };
}

export function encodeExtensions(writer: Writer, extensions: readonly Extension[]): void {
  writer.list(extensions, encodeExtension);
}

export function decodeExtensions(reader: Reader): Extension[] {
  return reader.list(decodeExtension, maxDecodedExtensions);
}

export function findExtension(
  extensions: readonly Extension[],
  type: number,
): Uint8Array | undefined {
  return extensions.find((extension) => extension.type === type)?.data;
}

export function requiredCapabilitiesExtension(required: RequiredCapabilities): Extension {
  const data = build((writer) => {
    writer.list(required.extensionTypes, encodeU16);
    writer.list(required.proposalTypes, encodeU16);
    writer.list(required.credentialTypes, encodeU16);
  });
  return { type: extensionType.requiredCapabilities, data };
}

export function requiredCapabilitiesOf(
  extensions: readonly Extension[],
): RequiredCapabilities | undefined {
  const data = findExtension(extensions, extensionType.requiredCapabilities);
  if (data === undefined) return undefined;
  return decode(data, (reader) => ({
    extensionTypes: reader.u16List(maxDecodedTypes),
    proposalTypes: reader.u16List(maxDecodedTypes),
    credentialTypes: reader.u16List(maxDecodedTypes),
  }));
}

export function externalSendersExtension(senders: readonly ExternalSender[]): Extension {
  const data = build((writer) => {
    writer.list(senders, (list, sender) => {
      list.vector(sender.signatureKey);
      encodeCredential(list, sender.credential);
    });
  });
  return { type: extensionType.externalSenders, data };
}

export function externalSendersOf(extensions: readonly Extension[]): readonly ExternalSender[] {
  const data = findExtension(extensions, extensionType.externalSenders);
  if (data === undefined) return [];
  return decode(data, (reader) =>
    reader.list(
      (list) => ({ signatureKey: list.vector(), credential: decodeCredential(list) }),
      maxDecodedSenders,
    ),
  );
}

/** External public key of a GroupInfo, to which external commits are made (section 12.4.3.2). */
export function externalPubExtension(publicKey: Uint8Array): Extension {
  return {
    type: extensionType.externalPub,
    data: build((writer) => writer.vector(publicKey)),
  };
}

export function externalPubOf(extensions: readonly Extension[]): Uint8Array | undefined {
  const data = findExtension(extensions, extensionType.externalPub);
  return data === undefined ? undefined : decode(data, (reader) => reader.vector());
}

export function encodeU16(writer: Writer, value: number): void {
  writer.u16(value);
}
