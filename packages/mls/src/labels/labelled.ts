import { ascii, concatBytes } from '../codec/bytes.ts';
import { build } from '../codec/writer.ts';

/** A label with the prefix that all of MLS 1.0 share. */
export function prefixed(label: string): Uint8Array {
  return concatBytes(prefix, ascii(label));
}

/** SignContent and EncryptContext of RFC 9420 sections 5.1.2 and 5.1.3, which have one form. */
export function labelled(label: string, content: Uint8Array): Uint8Array {
  return build((writer) => {
    writer.vector(prefixed(label)).vector(content);
  }, content.length + 64);
}

const prefix = ascii('MLS 1.0 ');
