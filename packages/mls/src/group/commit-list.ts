import { erase } from '../codec/bytes.ts';
import type { GroupEnvironment } from '../environment.ts';
import { ValidationError, VerificationError } from '../errors.ts';
import { type AppliedProposals, applyProposals } from '../proposals/apply.ts';
import type { ProposalOrRef } from '../proposals/commit.ts';
import type { Proposed } from '../proposals/proposed.ts';
import { checkMembersFit } from '../validation/leaf-checks.ts';
import { checkNewLeaves, checkProposalList } from '../validation/proposal-checks.ts';
import type { GroupState, PendingProposal } from './group-state.ts';
import { type ProposalRequest, proposalOf } from './propose.ts';
import { pskSecretOf } from './psks.ts';
import { selectPending } from './select-proposals.ts';

/** The proposals of a commit to be made, checked together. */
export interface CheckedList {
  readonly byValue: readonly Proposed[];
  readonly items: readonly ProposalOrRef[];
  readonly proposed: readonly Proposed[];
  readonly applied: AppliedProposals;
}

export interface ListRequest {
  readonly proposals?: readonly ProposalRequest[];
  readonly commitPending?: boolean;
}

/**
 * Our proposals by value with those that wait. Of the waiting ones only what can be committed: a
 * member must not stop the others by proposing what nobody may or can commit.
 */
export async function checkedList(
  env: GroupEnvironment,
  state: GroupState,
  request: ListRequest,
): Promise<CheckedList> {
  const sender = { kind: 'member', leafIndex: state.epoch.own.leafIndex } as const;
  const byValue = (request.proposals ?? []).map((proposal): Proposed => {
    return { proposal: proposalOf(env, proposal), sender, byReference: false };
  });
  const list = (pending: readonly PendingProposal[]) => checkList(env, state, { byValue, pending });
  const selected = (request.commitPending ?? true) ? selectPending(state, byValue) : [];
  if (selected.length === 0) return list([]);
  const whole = await orUndefined(() => list(selected));
  if (whole !== undefined) return whole;
  const usable: PendingProposal[] = [];
  for (const pending of selected) {
    if ((await orUndefined(() => list([pending]))) !== undefined) usable.push(pending);
  }
  return (await orUndefined(() => list(usable))) ?? list([]);
}

interface Lists {
  readonly byValue: readonly Proposed[];
  readonly pending: readonly PendingProposal[];
}

async function checkList(
  env: GroupEnvironment,
  state: GroupState,
  { byValue, pending }: Lists,
): Promise<CheckedList> {
  const { tree, context, own } = state.epoch;
  const proposed = [...byValue, ...pending];
  const committer = { kind: 'member', leafIndex: own.leafIndex } as const;
  const list = { tree, context, proposed, committer };
  checkProposalList(env, list);
  const applied = applyProposals(tree, context, proposed);
  checkMembersFit(applied.tree, applied.extensions);
  await checkNewLeaves(env, list, applied);
  erase(await pskSecretOf(env, applied.psks, state));
  return { byValue, items: itemsOf(byValue, pending), proposed, applied };
}

/** The list, or undefined when it breaks a rule; other errors are the caller's. */
async function orUndefined(make: () => Promise<CheckedList>): Promise<CheckedList | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof ValidationError || error instanceof VerificationError) return undefined;
    throw error;
  }
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
