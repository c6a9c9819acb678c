import { littleEndian } from './ed25519-encoding.ts';
import { X_WING_PUBLIC_KEY_BYTES } from './limits.ts';

const ML_KEM_Q = 3329;
/** 12-bit coefficients of an ML-KEM-768 key, two in three bytes (FIPS 203 §4.2.1). */
const COEFFICIENT_BYTES = 1152;
const X25519_AT = 1184;
const P = 2n ** 255n - 19n;
/** u coordinates of small order (RFC 7748 §6.1, the curve and its twist). */
const SMALL_ORDER_U: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
]);

/**
 * True for an X-Wing key (ML-KEM-768 key, then X25519 key) that every implementation encapsulates to:
 * coefficients below q, a canonical X25519 key of large order.
 */
export function isXWingPublicKey(key: Uint8Array): boolean {
  if (key.length !== X_WING_PUBLIC_KEY_BYTES) return false;
  const u = littleEndian(key.subarray(X25519_AT));
  return u < P && !SMALL_ORDER_U.has(u) && hasReducedCoefficients(key);
}

function hasReducedCoefficients(key: Uint8Array): boolean {
  for (let i = 0; i < COEFFICIENT_BYTES; i += 3) {
    const [a = 0, b = 0, c = 0] = key.subarray(i, i + 3);
    if ((a | ((b & 15) << 8)) >= ML_KEM_Q || ((b >> 4) | (c << 4)) >= ML_KEM_Q) return false;
  }
  return true;
}
