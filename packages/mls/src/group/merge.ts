import { emptyBytes, equalBytes } from '../codec/bytes.ts';
import { type Environment, forSuite } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { ReInit } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import {
  pastEpochOf,
  retiredKeys,
  secretsOfPast,
  secretsOnlyCurrent,
  withoutSecrets,
} from './epochs.ts';
import type { Epoch, GroupState } from './group-state.ts';
import { RetiredSecrets } from './retired-secrets.ts';
import { isStagedIn, type StagedCommit } from './stage-commit.ts';

/** The group after a commit. */
export interface MergedCommit {
  readonly state: GroupState;
  /** Proposals by value of a commit of ours that lost to this one; see `rebase`. */
  readonly superseded: readonly Proposed[];
  /** To be erased once the new state is stored. */
  readonly retired: RetiredSecrets;
}

/**
 * Enters the epoch of a received commit, from the state that staged it or a later one of the same
 * epoch. A pending commit of ours has lost.
 * @throws UsageError `commit-of-another-epoch`.
 */
export function mergeCommit(
  env: Environment,
  state: GroupState,
  commit: StagedCommit,
): MergedCommit {
  if (!isStagedIn(commit, state.epoch)) {
    const message = 'The commit was staged for another group, epoch or member';
    throw new UsageError('commit-of-another-epoch', message);
  }
  const lost = state.pendingCommit;
  const lostSecrets = lost ? secretsOfEpochAlone(lost.next, state.epoch) : [];
  const merged =
    commit.next === undefined
      ? leave(state)
      : enter(env, state, { next: commit.next, reinit: commit.reinit });
  return {
    state: merged.state,
    superseded: lost?.intent ?? [],
    retired: new RetiredSecrets([...merged.retired, ...lostSecrets]),
  };
}

/**
 * Enters the epoch of our own commit, once the delivery service has accepted it.
 * @throws UsageError `no-commit-pending`.
 */
export function acceptPendingCommit(env: Environment, state: GroupState): MergedCommit {
  const pending = requirePending(state);
  const { state: next, retired } = enter(env, state, pending);
  return { state: next, superseded: [], retired: new RetiredSecrets(retired) };
}

/** Drops our own commit after the delivery service refused it; the epoch goes on. */
export function dropPendingCommit(state: GroupState): MergedCommit {
  const pending = requirePending(state);
  return {
    state: { ...state, pendingCommit: undefined },
    superseded: pending.intent,
    retired: new RetiredSecrets(secretsOfEpochAlone(pending.next, state.epoch)),
  };
}

/** Whether a message is our own pending commit come back. */
export function isPendingCommit(state: GroupState, message: Uint8Array): boolean {
  return state.pendingCommit !== undefined && equalBytes(state.pendingCommit.message, message);
}

interface Entered {
  readonly state: GroupState;
  readonly retired: readonly Uint8Array[];
}

interface EpochToEnter {
  readonly next: Epoch;
  readonly reinit: ReInit | undefined;
}

function enter(env: Environment, state: GroupState, { next, reinit }: EpochToEnter): Entered {
  const { maxPastEpochs } = forSuite(env, next.context.cipherSuite).limits;
  const all = [pastEpochOf(state.epoch), ...state.past];
  const past = all.slice(0, maxPastEpochs);
  const forgotten = all.slice(maxPastEpochs).flatMap((one) => [...secretsOfPast(one)]);
  const keys = retiredKeys(state.epoch.own, next.own);
  const kept = new Set([next.own.leafKey.privateKey, next.own.signaturePrivateKey]);
  const updates = state.ownUpdates
    .flatMap(({ leafKey, signaturePrivateKey }) => [leafKey.privateKey, signaturePrivateKey])
    .filter((secret) => !kept.has(secret) && secret !== state.epoch.own.signaturePrivateKey);
  return {
    state: {
      status: reinit ? { kind: 'reinitialized', reinit } : { kind: 'active' },
      epoch: next,
      past,
      proposals: new Map(),
      ownUpdates: [],
      pendingCommit: undefined,
    },
    retired: [...secretsOnlyCurrent(state.epoch), ...forgotten, ...keys, ...updates],
  };
}

/** We were removed: what is left reads late messages of the epochs we were in. */
function leave(state: GroupState): Entered {
  const epoch = withoutSecrets(state.epoch);
  const own = { ...state.epoch.own, signaturePrivateKey: emptyBytes };
  return {
    state: {
      ...state,
      status: { kind: 'removed' },
      epoch: { ...epoch, own: { ...epoch.own, signaturePrivateKey: emptyBytes } },
      proposals: new Map(),
      ownUpdates: [],
      pendingCommit: undefined,
    },
    retired: [
      ...secretsOnlyCurrent(state.epoch),
      ...retiredKeys(state.epoch.own, { ...own, leafKey: epoch.own.leafKey, pathKeys: new Map() }),
    ],
  };
}

/** Everything of an epoch that never began, but for what it shares with the present one. */
function secretsOfEpochAlone(never: Epoch, present: Epoch): Uint8Array[] {
  return [
    ...secretsOnlyCurrent(never),
    ...secretsOfPast(pastEpochOf(never)),
    ...retiredKeys(never.own, present.own),
  ];
}

function requirePending(state: GroupState): NonNullable<GroupState['pendingCommit']> {
  if (state.pendingCommit === undefined) {
    throw new UsageError('no-commit-pending', 'No commit of ours is waiting');
  }
  return state.pendingCommit;
}
