const modulus = 3329;
const coefficientBytes = 1152;

export const mlKem768PublicKeyLength = 1184;
export const mlKem768CiphertextLength = 1088;

/** The encapsulation key check of FIPS 203 section 7.2: length, and coefficients below q. */
export function isMlKem768PublicKey(key: Uint8Array): boolean {
  if (key.length !== mlKem768PublicKeyLength) return false;
  for (let at = 0; at < coefficientBytes; at += 3) {
    const low = key[at] ?? 0;
    const middle = key[at + 1] ?? 0;
    const high = key[at + 2] ?? 0;
    const first = low | ((middle & 0x0f) << 8);
    const second = (middle >>> 4) | (high << 4);
    if (first >= modulus || second >= modulus) return false;
  }
  return true;
}
