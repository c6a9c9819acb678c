import { equalBytes } from '../codec/bytes.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { check } from './checks.ts';

/** Checks that no two leaves share a signature key and no two nodes an encryption key. */
export function checkKeysUnique(tree: RatchetTree): void {
  const signatureKeys = new KeySet();
  const encryptionKeys = new KeySet();
  for (const slot of tree.slots()) {
    if (slot.kind === 'parent') {
      if (slot.node === undefined) continue;
      check('tree-encryption-keys-unique', encryptionKeys.add(slot.node.encryptionKey));
    } else if (slot.leaf !== undefined) {
      check('leaf-signature-key-unique', signatureKeys.add(slot.leaf.signatureKey));
      check('tree-encryption-keys-unique', encryptionKeys.add(slot.leaf.encryptionKey));
    }
  }
}

/** A set of byte strings that hashes four bytes of each and compares in full only on a collision. */
export class KeySet {
  readonly #buckets = new Map<number, Uint8Array | Uint8Array[]>();

  /** False when the key was there already. */
  add(key: Uint8Array): boolean {
    const mark = markOf(key);
    const bucket = this.#buckets.get(mark);
    if (bucket === undefined) {
      this.#buckets.set(mark, key);
      return true;
    }
    const keys = Array.isArray(bucket) ? bucket : [bucket];
    if (keys.some((other) => equalBytes(other, key))) return false;
    this.#buckets.set(mark, [...keys, key]);
    return true;
  }

  has(key: Uint8Array): boolean {
    const bucket = this.#buckets.get(markOf(key));
    if (bucket === undefined) return false;
    const keys = Array.isArray(bucket) ? bucket : [bucket];
    return keys.some((other) => equalBytes(other, key));
  }
}

function markOf(key: Uint8Array): number {
  const at = (index: number): number => key[index] ?? 0;
  return (at(4) | (at(5) << 8) | (at(6) << 16) | (at(7) << 24)) ^ key.length;
}
