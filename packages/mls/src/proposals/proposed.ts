import type { Sender } from '../framing/content.ts';
import type { Proposal } from './proposal.ts';

/** A proposal with who made it: the sender of its message, or the committer for one by value. */
export interface Proposed {
  readonly proposal: Proposal;
  readonly sender: Sender;
  readonly byReference: boolean;
}

/** Who commits. An external committer gets its leaf from the commit itself. */
export type Committer =
  | { readonly kind: 'member'; readonly leafIndex: number }
  | { readonly kind: 'new_member_commit' };

export type OfKind<K extends Proposal['kind']> = Extract<Proposal, { kind: K }>;

/** The proposals of one kind, in order, each with its sender. */
export function ofKind<K extends Proposal['kind']>(
  proposed: readonly Proposed[],
  kind: K,
): { readonly proposal: OfKind<K>; readonly sender: Sender }[] {
  const found: { proposal: OfKind<K>; sender: Sender }[] = [];
  for (const { proposal, sender } of proposed) {
    if (isKind(proposal, kind)) found.push({ proposal, sender });
  }
  return found;
}

function isKind<K extends Proposal['kind']>(proposal: Proposal, kind: K): proposal is OfKind<K> {
  return proposal.kind === kind;
}

/**
 * Whether a commit of these needs an update path (RFC 9420 section 12.4).
 * @param pathFree custom types that need none; the others do.
 */
export function needsPath(proposed: readonly Proposed[], pathFree: readonly number[]): boolean {
  const needsNone = ({ proposal }: Proposed): boolean =>
    proposal.kind === 'custom' ? pathFree.includes(proposal.type) : isPathFree(proposal.kind);
  return proposed.length === 0 || !proposed.every(needsNone);
}

function isPathFree(kind: Proposal['kind']): boolean {
  return kind === 'add' || kind === 'psk' || kind === 'reinit';
}
