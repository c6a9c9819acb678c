import { equalBytes, keyOf } from '../codec/bytes.ts';
import type { RatchetTree, Slot } from '../tree/ratchet-tree.ts';
import { treeDelta } from '../tree/tree-delta.ts';
import { check } from './checks.ts';

/** With more changed nodes than this, looking at the whole tree is faster. */
const maxChangedNodes = 64;
/** Leaves of the subtrees that remember which keys they hold. */
const blockWidth = 32;

/** Checks that no two leaves share a signature key and no two nodes an encryption key (§7.3). */
export function checkKeysUnique(tree: RatchetTree): void {
  const signatureKeys = new KeySet();
  const encryptionKeys = new KeySet();
  tree.forEachSlot((slot) => {
    const key = encryptionKeyOf(slot);
    if (key === undefined) return;
    check('tree-encryption-keys-unique', encryptionKeys.add(key));
    if (slot.kind !== 'leaf' || slot.leaf === undefined) return;
    check('leaf-signature-key-unique', signatureKeys.add(slot.leaf.signatureKey));
  });
}

/** The same for a tree that came from one already checked: looks for the new keys only. */
export function checkNewKeysUnique(former: RatchetTree, tree: RatchetTree): void {
  const { nodes } = treeDelta(former, tree, 'all');
  if (nodes.length > maxChangedNodes) {
    checkKeysUnique(tree);
    return;
  }
  for (const { leaf, parent } of nodes) {
    const key = leaf?.encryptionKey ?? parent?.encryptionKey;
    if (key === undefined) continue;
    check('tree-encryption-keys-unique', count(tree.root, key, encryptionKeyOf) === 1);
    if (leaf === undefined) continue;
    check('leaf-signature-key-unique', count(tree.root, leaf.signatureKey, signatureKeyOf) === 1);
  }
}

type KeyOf = (slot: Slot) => Uint8Array | undefined;

function encryptionKeyOf(slot: Slot): Uint8Array | undefined {
  return slot.kind === 'leaf' ? slot.leaf?.encryptionKey : slot.node?.encryptionKey;
}

function signatureKeyOf(slot: Slot): Uint8Array | undefined {
  return slot.kind === 'leaf' ? slot.leaf?.signatureKey : undefined;
}

/** How many slots hold a key; passes over blocks that remember not to hold it. */
function count(slot: Slot, key: Uint8Array, keyIn: KeyOf): number {
  if (slot.occupied === 0) return 0;
  if (slot.width === blockWidth && !marksOf(slot).has(markOf(key))) return 0;
  const own = keyIn(slot);
  const here = own !== undefined && equalBytes(own, key) ? 1 : 0;
  if (slot.kind === 'leaf') return here;
  return here + count(slot.left, key, keyIn) + count(slot.right, key, keyIn);
}

function marksOf(block: Slot): ReadonlySet<number> {
  if (block.marks !== undefined) return block.marks;
  const marks = new Set<number>();
  collectMarks(block, marks);
  block.marks = marks;
  return marks;
}

function collectMarks(slot: Slot, marks: Set<number>): void {
  for (const key of [encryptionKeyOf(slot), signatureKeyOf(slot)]) {
    if (key !== undefined) marks.add(markOf(key));
  }
  if (slot.kind === 'leaf') return;
  collectMarks(slot.left, marks);
  collectMarks(slot.right, marks);
}

/** A set of byte strings. Its cost does not depend on which keys an attacker chooses. */
export class KeySet {
  readonly #keys: Set<string>;

  constructor(keys: readonly Uint8Array[] = []) {
    this.#keys = new Set(keys.map(keyOf));
  }

  /** False when the key was there already. */
  add(key: Uint8Array): boolean {
    const name = keyOf(key);
    if (this.#keys.has(name)) return false;
    this.#keys.add(name);
    return true;
  }

  has(key: Uint8Array): boolean {
    return this.#keys.has(keyOf(key));
  }

  delete(key: Uint8Array): void {
    this.#keys.delete(keyOf(key));
  }
}

function markOf(key: Uint8Array): number {
  const at = (index: number): number => key[index] ?? 0;
  return (at(4) | (at(5) << 8) | (at(6) << 16) | (at(7) << 24)) ^ key.length;
}
