import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ByteWriter } from './verify/wire.ts';

/** Overwrites secrets that are no longer needed; copies that the engine made are out of reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

/** HKDF-SHA256 (RFC 5869) without salt: `secret` is uniform, `label` keeps its uses apart. */
export function deriveSecret(secret: Uint8Array, label: string, length = 32): Uint8Array {
  return hkdf(sha256, secret, undefined, new ByteWriter().label(label).bytes(), length);
}

/** Compares secrets of one length in time that does not depend on where they differ. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  return a.reduce((difference, byte, i) => difference | (byte ^ (b[i] ?? 0)), 0) === 0;
}
