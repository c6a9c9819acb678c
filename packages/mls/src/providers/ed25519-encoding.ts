import { equalBytes, fromHex, littleEndian } from './bytes.ts';

/** L, the order of the base point. */
export const ed25519Order = 2n ** 252n + 27742317777372353535851937790883648493n;

/**
 * Encodings of the eight points of small order with y below the prime, and the two encodings of
 * x = 0 with the sign bit set, which RFC 8032 section 5.1.3 does not decode.
 */
const refusedPoints = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
].map(fromHex);

/**
 * Whether 32 bytes encode a y-coordinate below the prime and no point of small order. Whether the
 * point is on the curve is left to the verification itself, which all platforms refuse alike.
 */
export function isEd25519Point(encoding: Uint8Array): boolean {
  if (encoding.length !== 32 || refusedPoints.some((point) => equalBytes(point, encoding))) {
    return false;
  }
  // Only y from p to 2^255 - 1 is not canonical: its upper 31 bytes are all ones.
  const lastByte = (encoding[31] ?? 0) & 0x7f;
  if (lastByte !== 0x7f || (encoding[0] ?? 0) < 0xed) return true;
  return encoding.subarray(1, 31).some((byte) => byte !== 0xff);
}

/** Whether R and S of a signature are canonical and R is not of small order. */
export function isEd25519Signature(signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    isEd25519Point(signature.subarray(0, 32)) &&
    isCanonicalScalar(signature.subarray(32))
  );
}

function isCanonicalScalar(scalar: Uint8Array): boolean {
  const lastByte = scalar[31] ?? 0xff;
  return lastByte < 0x10 || (lastByte === 0x10 && littleEndian(scalar) < ed25519Order);
}
