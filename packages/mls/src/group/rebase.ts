import { equalBytes } from '../codec/bytes.ts';
import { findBySignatureKey } from '../proposals/apply.ts';
import type { Proposal } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import type { GroupState } from './group-state.ts';
import type { ProposalRequest } from './propose.ts';

/**
 * What remains to be done of a commit that lost, on top of the one that won: members already added or
 * removed are left out, PSKs get new nonces. Commit the result again, unless it is empty.
 * @param before the state in which the losing commit was made.
 */
export function rebase(
  superseded: readonly Proposed[],
  before: GroupState,
  now: GroupState,
): ProposalRequest[] {
  return superseded.flatMap(({ proposal }) => remaining(proposal, before, now));
}

function remaining(proposal: Proposal, before: GroupState, now: GroupState): ProposalRequest[] {
  switch (proposal.kind) {
    case 'add': {
      const { signatureKey } = proposal.keyPackage.leafNode;
      const isIn = findBySignatureKey(now.epoch.tree, signatureKey) !== undefined;
      return isIn ? [] : [proposal];
    }
    case 'remove':
      return isSameMember(proposal.removed, before.epoch.tree, now.epoch.tree) ? [proposal] : [];
    case 'psk':
      return [{ kind: 'psk', psk: proposal.id }];
    case 'update':
    case 'external_init':
      return [];
    default:
      return [proposal];
  }
}

/** A leaf that was vacated and taken by somebody else must not be removed in their stead. */
function isSameMember(index: number, before: RatchetTree, now: RatchetTree): boolean {
  const [former, present] = [before.leaf(index), now.leaf(index)];
  if (former === undefined || present === undefined) return false;
  const sameCredential =
    former.credential.type === present.credential.type &&
    equalBytes(former.credential.data, present.credential.data);
  return sameCredential || equalBytes(former.signatureKey, present.signatureKey);
}
