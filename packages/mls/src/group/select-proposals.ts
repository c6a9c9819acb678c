import { emptyBytes } from '../codec/bytes.ts';
import { encode } from '../codec/writer.ts';
import type { GroupEnvironment } from '../environment.ts';
import { MlsError } from '../errors.ts';
import type { Extension } from '../extensions/extension.ts';
import type { Sender } from '../framing/content.ts';
import { encodePskId, type Proposal } from '../proposals/proposal.ts';
import type { OfKind, Proposed } from '../proposals/proposed.ts';
import { LeafNode } from '../tree/leaf-node.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { summaryOf } from '../tree/summarize-members.ts';
import { widthFor } from '../tree/tree-math.ts';
import { check, failureOf } from '../validation/checks.ts';
import { KeySet } from '../validation/key-uniqueness.ts';
import { checkMembersFit } from '../validation/leaf-checks.ts';
import { checkOne } from '../validation/proposal-checks.ts';
import type { GroupState, PendingProposal } from './group-state.ts';
import { changedLeaf, type LeafChange } from './propose.ts';

/** A waiting proposal that a commit leaves out. */
export interface SkippedProposal {
  readonly reference: Uint8Array;
  readonly proposal: Proposal;
  readonly sender: Sender;
  /** Name of the check that a commit with it would fail. */
  readonly reason: string;
}

export interface SelectionRequest {
  /** In any case part of the commit. */
  readonly byValue: readonly Proposed[];
  /** In order of arrival, each valid by itself. */
  readonly pending: readonly PendingProposal[];
  /** What the commit changes in our own leaf. */
  readonly leaf: LeafChange | undefined;
}

export interface Selected {
  /** In order of arrival. */
  readonly pending: readonly PendingProposal[];
  readonly skipped: readonly SkippedProposal[];
}

/**
 * The waiting proposals that can be committed together with those by value. Each is taken only if it
 * fits with all taken before it (RFC 9420 section 12.2): a member must not stop the others by
 * proposing what cannot be committed. Removals go first, then the newest update of each leaf, then
 * the rest as it came; a reinit is taken only when nothing else is there.
 */
export function selectPending(
  env: GroupEnvironment,
  state: GroupState,
  { byValue, pending, leaf }: SelectionRequest,
): Selected {
  const selection = new Selection(env, state, leaf);
  for (const proposed of inOrderOfApplication(byValue)) selection.include(proposed);
  const skipped: SkippedProposal[] = [];
  const taken = new Set<PendingProposal>();
  for (const candidate of inOrderOfPreference(pending)) {
    const reason = refusalOf(() => selection.take(candidate));
    if (reason === undefined) taken.add(candidate);
    else skipped.push(skippedFor(candidate, reason));
  }
  return { pending: pending.filter((candidate) => taken.has(candidate)), skipped };
}

export function skippedFor(
  { reference, proposal, sender }: PendingProposal,
  reason: string,
): SkippedProposal {
  return { reference, proposal, sender, reason };
}

/** Removals before additions, so that a client can be replaced. */
function inOrderOfApplication(proposed: readonly Proposed[]): readonly Proposed[] {
  const isRemoval = ({ proposal }: Proposed): boolean => proposal.kind === 'remove';
  return [...proposed.filter(isRemoval), ...proposed.filter((one) => !isRemoval(one))];
}

function inOrderOfPreference(pending: readonly PendingProposal[]): readonly PendingProposal[] {
  const of = (...kinds: readonly Proposal['kind'][]): PendingProposal[] =>
    pending.filter(({ proposal }) => kinds.includes(proposal.kind));
  return [
    ...of('remove'),
    ...of('update').reverse(),
    ...of('add', 'psk', 'external_init', 'group_context_extensions', 'custom'),
    ...of('reinit'),
  ];
}

function refusalOf(take: () => void): string | undefined {
  try {
    take();
    return undefined;
  } catch (error) {
    if (error instanceof MlsError) return error.code;
    throw error;
  }
}

/** A list of proposals that grows, with what it leads to; costs the same for each proposal. */
class Selection {
  readonly #env: GroupEnvironment;
  readonly #epoch: GroupState['epoch'];
  readonly #changedLeaves = new Set<number>();
  readonly #signatureKeys = new KeySet();
  readonly #addedKeys = new KeySet();
  readonly #encryptionKeys = new KeySet();
  readonly #pskIds = new KeySet();
  /** The leaves after the list; parents are not kept up. */
  #tree: RatchetTree;
  /** The leaves of those who process the commit, as they are now. */
  #processing: RatchetTree;
  #extensions: readonly Extension[];
  #replacesExtensions = false;
  #hasReinit = false;
  #psks = 0;
  #count = 0;

  constructor(env: GroupEnvironment, state: GroupState, leaf: LeafChange | undefined) {
    const { epoch } = state;
    this.#env = env;
    this.#epoch = epoch;
    this.#processing = epoch.tree;
    this.#extensions = epoch.context.extensions;
    epoch.tree.forEachSlot((slot) => {
      if (slot.kind === 'parent') {
        if (slot.node !== undefined) this.#encryptionKeys.add(slot.node.encryptionKey);
        return;
      }
      if (slot.leaf === undefined) return;
      this.#encryptionKeys.add(slot.leaf.encryptionKey);
      this.#signatureKeys.add(slot.leaf.signatureKey);
    });
    this.#tree = leaf === undefined ? epoch.tree : this.#withOwnLeaf(state, leaf);
  }

  /** Takes a proposal by value; whether it may be committed is checked with the whole list. */
  include(proposed: Proposed): void {
    refusalOf(() => this.#takeAnyway(proposed));
    this.#count += 1;
  }

  /** @throws ValidationError by the name of the check that a list with it would fail. */
  take(proposed: Proposed): void {
    check('commit-proposal-count', this.#count < this.#env.limits.maxProposalsPerCommit);
    check('reinit-alone', !this.#hasReinit);
    checkOne(this.#env, this.#epoch, proposed.proposal);
    this.#takeAnyway(proposed);
    this.#count += 1;
  }

  #takeAnyway({ proposal, sender }: Proposed): void {
    switch (proposal.kind) {
      case 'remove':
        return this.#remove(proposal.removed);
      case 'update':
        return this.#update(proposal, sender);
      case 'add':
        return this.#add(proposal);
      case 'psk':
        return this.#addPsk(proposal);
      case 'group_context_extensions':
        return this.#replaceExtensions(proposal);
      case 'custom': {
        const common = summaryOf(this.#processing.root)?.proposals;
        return check('proposal-supported', common?.has(proposal.type) ?? false);
      }
      case 'reinit':
        check('reinit-alone', this.#count === 0);
        this.#hasReinit = true;
        return;
      case 'external_init':
        throw failureOf('external-init-in-member-commit');
    }
  }

  #remove(removed: number): void {
    check('remove-committer', removed !== this.#epoch.own.leafIndex);
    check('leaf-changed-once', !this.#changedLeaves.has(removed));
    const former = this.#epoch.tree.leaf(removed);
    check('remove-exists', former !== undefined);
    this.#changedLeaves.add(removed);
    this.#signatureKeys.delete(former.signatureKey);
    this.#encryptionKeys.delete(former.encryptionKey);
    this.#tree = withLeaf(this.#tree, removed, undefined);
    this.#processing = withLeaf(this.#processing, removed, undefined);
  }

  #update({ leafNode }: OfKind<'update'>, sender: Sender): void {
    check('update-sender', sender.kind === 'member');
    const { leafIndex } = sender;
    check('update-by-committer', leafIndex !== this.#epoch.own.leafIndex);
    check('leaf-changed-once', !this.#changedLeaves.has(leafIndex));
    const former = this.#epoch.tree.leaf(leafIndex);
    check('update-sender', former !== undefined);
    const { encryptionKey, signatureKey } = leafNode;
    check('tree-encryption-keys-unique', !this.#encryptionKeys.has(encryptionKey));
    const isNewKey = new KeySet([former.signatureKey]).add(signatureKey);
    check('leaf-signature-key-unique', !isNewKey || !this.#signatureKeys.has(signatureKey));
    this.#enter(withLeaf(this.#tree, leafIndex, leafNode), leafNode);
    this.#changedLeaves.add(leafIndex);
  }

  #add({ keyPackage: { leafNode } }: OfKind<'add'>): void {
    const { encryptionKey, signatureKey } = leafNode;
    check('add-duplicate', !this.#addedKeys.has(signatureKey));
    check('add-already-member', !this.#signatureKeys.has(signatureKey));
    check('tree-encryption-keys-unique', !this.#encryptionKeys.has(encryptionKey));
    const members = this.#tree.memberCount + 1;
    check('tree-size', widthFor(members) <= this.#env.limits.maxLeaves);
    const wide = members > this.#tree.width ? this.#tree.extended() : this.#tree;
    const [free] = wide.leftmostBlankLeaves(1);
    if (free === undefined) throw failureOf('tree-size');
    this.#enter(withLeaf(wide, free, leafNode), leafNode);
    this.#addedKeys.add(signatureKey);
  }

  /** Takes a new leaf, if all members fit together then. */
  #enter(tree: RatchetTree, { encryptionKey, signatureKey }: LeafNode): void {
    checkMembersFit(tree, this.#extensions);
    this.#encryptionKeys.add(encryptionKey);
    this.#signatureKeys.add(signatureKey);
    this.#tree = tree;
  }

  #addPsk({ id }: OfKind<'psk'>): void {
    check('psk-count', this.#psks < this.#env.limits.maxPsks);
    check('psk-duplicate', this.#pskIds.add(encode(encodePskId, id)));
    this.#psks += 1;
  }

  #replaceExtensions({ extensions }: OfKind<'group_context_extensions'>): void {
    check('group-extensions-once', !this.#replacesExtensions);
    checkMembersFit(this.#tree, extensions);
    this.#replacesExtensions = true;
    this.#extensions = extensions;
  }

  #withOwnLeaf(state: GroupState, change: LeafChange): RatchetTree {
    const { leafIndex, leafKey } = this.#epoch.own;
    const content = changedLeaf(state, change);
    this.#signatureKeys.add(content.signatureKey);
    const leaf = LeafNode.sealed(
      { ...content, encryptionKey: leafKey.publicKey, source: { kind: 'update' } },
      emptyBytes,
    );
    return withLeaf(this.#epoch.tree, leafIndex, leaf);
  }
}

function withLeaf(tree: RatchetTree, index: number, leaf: LeafNode | undefined): RatchetTree {
  return tree.withLeaves(new Map([[index, leaf]]), () => undefined);
}
