import type { Proposed } from '../proposals/proposed.ts';
import { KeySet } from '../validation/key-uniqueness.ts';
import type { GroupState, PendingProposal } from './group-state.ts';

/**
 * The waiting proposals that can be committed together with some made by value, in the order in
 * which they came: where two exclude each other the one by value, else a removal, else the first
 * is taken (RFC 9420 section 12.2).
 */
export function selectPending(state: GroupState, byValue: readonly Proposed[]): PendingProposal[] {
  if (state.proposals.size === 0) return [];
  if (byValue.some(({ proposal }) => proposal.kind === 'reinit')) return [];
  const selection = new Selection(state);
  for (const { proposal } of byValue) selection.take(proposal);
  const waiting = [...state.proposals.values()];
  const removals = waiting.filter(({ proposal }) => proposal.kind === 'remove');
  const others = waiting.filter(({ proposal }) => proposal.kind !== 'remove');
  return [...removals, ...others].filter((pending) => selection.takePending(pending));
}

class Selection {
  readonly #state: GroupState;
  readonly #changedLeaves = new Set<number>();
  readonly #signatureKeys = new KeySet();
  #hasExtensions = false;
  #count = 0;

  constructor(state: GroupState) {
    this.#state = state;
    for (const { leaf } of state.epoch.tree.members()) this.#signatureKeys.add(leaf.signatureKey);
  }

  takePending({ proposal, sender }: PendingProposal): boolean {
    if (proposal.kind !== 'update') return this.take(proposal);
    return sender.kind === 'member' && this.#changeLeaf(sender.leafIndex);
  }

  take(proposal: Proposed['proposal']): boolean {
    const taken = this.#fits(proposal);
    if (taken) this.#count += 1;
    return taken;
  }

  #fits(proposal: Proposed['proposal']): boolean {
    switch (proposal.kind) {
      case 'remove':
        return this.#changeLeaf(proposal.removed);
      case 'add':
        return this.#signatureKeys.add(proposal.keyPackage.leafNode.signatureKey);
      case 'reinit':
        return this.#count === 0 && this.#state.proposals.size === 1;
      case 'external_init':
      case 'update':
        return false;
      case 'group_context_extensions': {
        const first = !this.#hasExtensions;
        this.#hasExtensions = true;
        return first;
      }
      default:
        return true;
    }
  }

  #changeLeaf(leaf: number): boolean {
    const { tree, own } = this.#state.epoch;
    if (leaf === own.leafIndex || tree.leaf(leaf) === undefined) return false;
    if (this.#changedLeaves.has(leaf)) return false;
    this.#changedLeaves.add(leaf);
    return true;
  }
}
