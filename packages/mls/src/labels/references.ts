import { ascii } from '../codec/bytes.ts';
import { build } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';

/** RefHash (section 5.2), whose label has no prefix. */
export function refHash(crypto: SuiteCrypto, label: string, value: Uint8Array): Uint8Array {
  return crypto.hash(
    build((writer) => writer.vector(ascii(label)).vector(value), value.length + 64),
  );
}

export function makeKeyPackageRef(crypto: SuiteCrypto, keyPackage: Uint8Array): Uint8Array {
  return refHash(crypto, 'MLS 1.0 KeyPackage Reference', keyPackage);
}

export function makeProposalRef(crypto: SuiteCrypto, authenticated: Uint8Array): Uint8Array {
  return refHash(crypto, 'MLS 1.0 Proposal Reference', authenticated);
}
