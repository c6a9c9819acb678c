import { equalBytes, fromHex } from './bytes.ts';

/** The u-coordinates below the prime whose shared secret is zero for every private key. */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(fromHex);

/**
 * Whether 32 bytes are a u-coordinate below the prime and not of small order.
 *
 * Stricter than RFC 7748 section 5, which reduces other encodings: one key must have one encoding,
 * since a ratchet tree compares keys by their bytes (RFC 9420 section 7.3).
 */
export function isX25519PublicKey(encoding: Uint8Array): boolean {
  if (encoding.length !== 32 || smallOrder.some((point) => equalBytes(point, encoding))) {
    return false;
  }
  const lastByte = encoding[31] ?? 0xff;
  if (lastByte < 0x7f) return true;
  if (lastByte > 0x7f) return false;
  return (encoding[0] ?? 0xff) < 0xed || encoding.subarray(1, 31).some((byte) => byte !== 0xff);
}
