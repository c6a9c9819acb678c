import type { LeafNode } from './leaf-node.ts';
import { includesAll, type MemberSummary } from './member-summary.ts';
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
  return {
    usedCredentials: new Set([credential.type]),
    credentials: new Set(credentials),
    extensions: new Set(extensions),
    proposals: new Set(proposals),
  };
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

type Types = ReadonlySet<number>;

/** Both keep one of the given sets where they can, since most members list the same types. */
function union(a: Types, b: Types): Types {
  return includesAll(a, b) ? a : new Set([...a, ...b]);
}

function intersection(a: Types, b: Types): Types {
  if (includesAll(b, a)) return a;
  return new Set([...a].filter((type) => b.has(type)));
}
