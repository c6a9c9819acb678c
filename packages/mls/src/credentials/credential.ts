import { equalBytes } from '../codec/bytes.ts';
import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';

/** Credential types of RFC 9420 section 17.5. */
export const credentialType = { basic: 1, x509: 2 } as const;

/**
 * A credential (RFC 9420 section 5.3). `data` is the content of the single vector every type holds:
 * the identity of a basic credential, the encoded certificates of an X.509 one.
 */
export interface Credential {
  readonly type: number;
  readonly data: Uint8Array;
}

export function basicCredential(identity: Uint8Array): Credential {
  return { type: credentialType.basic, data: identity };
}

export function encodeCredential(writer: Writer, credential: Credential): void {
  writer.u16(credential.type).vector(credential.data);
}

export function decodeCredential(reader: Reader): Credential {
  const type = reader.u16();
  if (type !== credentialType.x509) return { type, data: reader.vector() };
  const start = reader.position;
  const certificates = reader.nested();
  while (!certificates.atEnd) certificates.skipVector();
  reader.position = start;
  return { type, data: reader.vector() };
}

export function equalCredentials(a: Credential, b: Credential): boolean {
  return a.type === b.type && equalBytes(a.data, b.data);
}
