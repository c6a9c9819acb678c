import { bigEndian, concat } from './bytes.ts';

const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Whether the bytes are an uncompressed point on the curve (SEC 1 section 2.3.4). */
export function isP256PublicKey(encoding: Uint8Array): boolean {
  if (encoding.length !== 65 || encoding[0] !== 0x04) return false;
  const x = bigEndian(encoding.subarray(1, 33));
  const y = bigEndian(encoding.subarray(33));
  if (x >= prime || y >= prime) return false;
  return (y * y - (x * x * x - 3n * x + b)) % prime === 0n;
}

/** Whether the bytes are a scalar from 1 to the order less one. */
export function isP256Scalar(scalar: Uint8Array): boolean {
  if (scalar.length !== 32) return false;
  const value = bigEndian(scalar);
  return value > 0n && value < order;
}

/** DER `ECDSA-Sig-Value` of the 64 bytes r and s. */
export function ecdsaSignatureToDer(signature: Uint8Array): Uint8Array {
  const body = concat(derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)));
  return concat(Uint8Array.of(0x30, body.length), body);
}

/** The 64 bytes r and s, or nothing unless the DER is the only one for valid r and s. */
export function ecdsaSignatureFromDer(der: Uint8Array): Uint8Array | undefined {
  if (der.length < 8 || der.length > 72) return undefined;
  const rLength = der[3] ?? 0;
  const r = scalarFromDer(der.subarray(4, 4 + rLength));
  const s = scalarFromDer(der.subarray(6 + rLength));
  if (r === undefined || s === undefined) return undefined;
  const signature = concat(r, s);
  const canonical = ecdsaSignatureToDer(signature);
  return canonical.length === der.length && canonical.every((byte, at) => byte === der[at])
    ? signature
    : undefined;
}

function derInteger(scalar: Uint8Array): Uint8Array {
  const firstByte = scalar.findIndex((byte) => byte !== 0);
  const digits = scalar.subarray(firstByte);
  const sign = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0);
  return concat(Uint8Array.of(0x02, sign.length + digits.length), sign, digits);
}

function scalarFromDer(digits: Uint8Array): Uint8Array | undefined {
  if (digits.length === 0 || digits.length > 33) return undefined;
  const scalar = new Uint8Array(32);
  const unsigned = digits.length === 33 ? digits.subarray(1) : digits;
  scalar.set(unsigned, 32 - unsigned.length);
  return isP256Scalar(scalar) ? scalar : undefined;
}
