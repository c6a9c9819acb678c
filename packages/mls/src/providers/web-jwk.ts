import { DependencyError } from '../errors.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The bytes of a JWK member in base64url (RFC 7518). Written out: `atob` is a platform's.
 * @throws DependencyError `key-export` where the platform left the member out.
 */
export function jwkPoint(member: string | undefined): Uint8Array {
  if (member === undefined) {
    throw new DependencyError('key-export', 'The platform exports no public key');
  }
  const bytes = new Uint8Array(Math.floor((member.length * 6) / 8));
  let bits = 0;
  let width = 0;
  let at = 0;
  for (const character of member) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    width += 6;
    if (width < 8) continue;
    width -= 8;
    bytes[at++] = (bits >>> width) & 0xff;
  }
  return bytes;
}
