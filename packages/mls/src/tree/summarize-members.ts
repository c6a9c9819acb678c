import type { LeafNode } from './leaf-node.ts';
import type { MemberSummary } from './member-summary.ts';
import type { Slot } from './ratchet-tree.ts';

/** The summary of a subtree; undefined when it has no leaf. Only changed subtrees are visited. */
export function summaryOf(slot: Slot): MemberSummary | undefined {
  if (slot.occupied === 0) return undefined;
  slot.summary ??=
    slot.kind === 'leaf'
      ? slot.leaf && ofLeaf(slot.leaf)
      : merge(summaryOf(slot.left), summaryOf(slot.right));
  return slot.summary;
}

function ofLeaf({ credential, capabilities }: LeafNode): MemberSummary {
  const { credentials, extensions, proposals } = capabilities;
  return { usedCredentials: [credential.type], credentials, extensions, proposals };
}

function merge(
  left: MemberSummary | undefined,
  right: MemberSummary | undefined,
): MemberSummary | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return {
    usedCredentials: union(left.usedCredentials, right.usedCredentials),
    credentials: intersection(left.credentials, right.credentials),
    extensions: intersection(left.extensions, right.extensions),
    proposals: intersection(left.proposals, right.proposals),
  };
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return b.every((value) => a.includes(value)) ? a : [...new Set([...a, ...b])];
}

function intersection(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.every((value) => b.includes(value)) ? a : a.filter((value) => b.includes(value));
}
