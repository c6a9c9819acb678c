import { ED25519_PUBLIC_KEY_BYTES, ED25519_SIGNATURE_BYTES } from './limits.ts';

/** 2^255 - 19, the field of Ed25519. */
const P = 2n ** 255n - 19n;
/** The order of the base point (RFC 8032 §5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y coordinate of half of the points of order 8; the other half has its negative. */
const ORDER_8_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/** y of the eight points whose order divides 8: the order decides, not the sign bit. */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, ORDER_8_Y, P - ORDER_8_Y]);

/** True for 32 bytes whose y is below the field's order and that are no point of small order. */
export function isStrictPublicKey(key: Uint8Array): boolean {
  return key.length === ED25519_PUBLIC_KEY_BYTES && isStrictPoint(key);
}

/** True for 64 bytes with R as strict as a key and S below the order of the base point. */
export function hasStrictEncoding(signature: Uint8Array): boolean {
  if (signature.length !== ED25519_SIGNATURE_BYTES) return false;
  return isStrictPoint(signature.subarray(0, 32)) && littleEndian(signature.subarray(32)) < L;
}

/** Every point with x = 0 (where the sign bit would be ambiguous) has small order. */
function isStrictPoint(encoded: Uint8Array): boolean {
  const y = littleEndian(encoded) & (2n ** 255n - 1n);
  return y < P && !SMALL_ORDER_Y.has(y);
}

export function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}
