import { erase } from '../codec/bytes.ts';
import type { GroupEnvironment } from '../environment.ts';
import { ValidationError, VerificationError } from '../errors.ts';
import { type AppliedProposals, applyProposals } from '../proposals/apply.ts';
import type { ProposalOrRef } from '../proposals/commit.ts';
import { ofKind, type Proposed } from '../proposals/proposed.ts';
import { checkMembersFit } from '../validation/leaf-checks.ts';
import { checkNewLeaves, checkProposalList } from '../validation/proposal-checks.ts';
import type { GroupState, PendingProposal } from './group-state.ts';
import { type LeafChange, type ProposalRequest, proposalOf } from './propose.ts';
import { pskSecretOf } from './psks.ts';
import { type SkippedProposal, selectPending, skippedFor } from './select-proposals.ts';

/** The proposals of a commit to be made, checked together. */
export interface CheckedList {
  readonly byValue: readonly Proposed[];
  readonly items: readonly ProposalOrRef[];
  readonly proposed: readonly Proposed[];
  readonly applied: AppliedProposals;
  /** Waiting proposals that cannot be committed with the others. */
  readonly skipped: readonly SkippedProposal[];
}

export interface ListRequest {
  readonly proposals?: readonly ProposalRequest[];
  readonly commitPending?: boolean;
  readonly leaf?: LeafChange;
}

/** Our proposals by value with those waiting ones that can be committed with them. */
export async function checkedList(
  env: GroupEnvironment,
  state: GroupState,
  request: ListRequest,
): Promise<CheckedList> {
  const { tree, context, own } = state.epoch;
  const committer = { kind: 'member', leafIndex: own.leafIndex } as const;
  const byValue = (request.proposals ?? []).map((proposal): Proposed => {
    return { proposal: proposalOf(env, proposal), sender: committer, byReference: false };
  });
  const waiting = (request.commitPending ?? true) ? [...state.proposals.values()] : [];
  const valid = await validPending(env, state, waiting);
  const selected = selectPending(env, state, {
    byValue,
    pending: valid.pending,
    leaf: request.leaf,
  });
  const proposed = [...byValue, ...selected.pending];
  checkProposalList(env, { tree, context, proposed, committer });
  const applied = applyProposals(tree, context, proposed);
  checkMembersFit(applied.tree, applied.extensions);
  await checkNewLeaves(env, { tree, context, proposed: byValue });
  await checkPsksKnown(env, state, byValue);
  return {
    byValue,
    items: itemsOf(byValue, selected.pending),
    proposed,
    applied,
    skipped: [...valid.skipped, ...selected.skipped],
  };
}

interface ValidPending {
  readonly pending: readonly PendingProposal[];
  readonly skipped: readonly SkippedProposal[];
}

/** What is valid by itself still: a lifetime may have ended since a proposal came. */
async function validPending(
  env: GroupEnvironment,
  state: GroupState,
  waiting: readonly PendingProposal[],
): Promise<ValidPending> {
  if ((await refusalOf(env, state, waiting)) === undefined)
    return { pending: waiting, skipped: [] };
  const pending: PendingProposal[] = [];
  const skipped: SkippedProposal[] = [];
  for (const one of waiting) {
    const reason = await refusalOf(env, state, [one]);
    if (reason === undefined) pending.push(one);
    else skipped.push(skippedFor(one, reason));
  }
  return { pending, skipped };
}

/** The check that one of the proposals fails by itself; other errors are the caller's. */
async function refusalOf(
  env: GroupEnvironment,
  state: GroupState,
  proposed: readonly Proposed[],
): Promise<string | undefined> {
  try {
    await checkNewLeaves(env, { ...state.epoch, proposed });
    await checkPsksKnown(env, state, proposed);
    return undefined;
  } catch (error) {
    if (error instanceof ValidationError || error instanceof VerificationError) return error.code;
    throw error;
  }
}

async function checkPsksKnown(
  env: GroupEnvironment,
  state: GroupState,
  proposed: readonly Proposed[],
): Promise<void> {
  const ids = ofKind(proposed, 'psk').map(({ proposal }) => proposal.id);
  erase(await pskSecretOf(env, ids, state));
}

function itemsOf(
  byValue: readonly Proposed[],
  pending: readonly PendingProposal[],
): ProposalOrRef[] {
  return [
    ...byValue.map(({ proposal }) => ({ kind: 'proposal', proposal }) as const),
    ...pending.map(({ reference }) => ({ kind: 'reference', reference }) as const),
  ];
}
