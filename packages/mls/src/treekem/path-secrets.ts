import { erase } from '../codec/bytes.ts';
import type { KeyPair, SuiteCrypto } from '../crypto-provider.ts';
import { deriveSecret } from '../labels/derive.ts';

/** Key pairs of parent nodes that a member holds, by node index. */
export type PathKeys = ReadonlyMap<number, KeyPair>;

export interface PathSecretStep {
  readonly index: number;
  readonly pathSecret: Uint8Array;
  readonly keyPair: KeyPair;
}

export interface DerivedPath {
  readonly steps: readonly PathSecretStep[];
  readonly commitSecret: Uint8Array;
}

/**
 * From a path secret to the key pairs of its node and those above it, and the commit secret (RFC 9420
 * section 7.4). The secret passed in is kept as that of the first step.
 */
export async function derivePath(
  crypto: SuiteCrypto,
  first: Uint8Array,
  nodes: readonly number[],
): Promise<DerivedPath> {
  const secrets = [first];
  for (const _ of nodes) secrets.push(deriveSecret(crypto, secrets.at(-1) ?? first, 'path'));
  const commitSecret = secrets.pop() ?? first;
  const steps = await Promise.all(
    secrets.map(async (pathSecret, position): Promise<PathSecretStep> => {
      const nodeSecret = deriveSecret(crypto, pathSecret, 'node');
      const keyPair = await crypto.deriveKeyPair(nodeSecret);
      erase(nodeSecret);
      return { index: nodes[position] ?? 0, pathSecret, keyPair };
    }),
  );
  return { steps, commitSecret };
}

export function erasePathSecrets(path: DerivedPath): void {
  for (const { pathSecret } of path.steps) erase(pathSecret);
}
