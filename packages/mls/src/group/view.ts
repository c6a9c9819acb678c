import { type Environment, forSuite } from '../environment.ts';
import { type ExportRequest, exportFrom } from '../key-schedule/key-schedule.ts';
import type { LeafNode } from '../tree/leaf-node.ts';
import { encodeRatchetTree } from '../tree/tree-codec.ts';
import type { LeafIndex } from '../tree/tree-math.ts';
import type { GroupContext } from './group-context.ts';
import type { GroupState } from './group-state.ts';
import { requireActive } from './signing.ts';

export interface Member {
  readonly index: LeafIndex;
  readonly leaf: LeafNode;
}

export function groupContextOf(state: GroupState): GroupContext {
  return state.epoch.context;
}

/** Members in order of leaf. */
export function membersOf(state: GroupState): Member[] {
  return [...state.epoch.tree.members()];
}

export function ownLeafIndexOf(state: GroupState): LeafIndex {
  return state.epoch.own.leafIndex;
}

/** The encoded ratchet tree, for joiners who get it apart from the welcome. */
export function ratchetTreeOf(state: GroupState): Uint8Array {
  return encodeRatchetTree(state.epoch.tree);
}

/**
 * A secret that all members of the epoch can derive (RFC 9420 section 8.5).
 * @throws UsageError `group-not-active` after we were removed.
 */
export function exportSecret(
  env: Environment,
  state: GroupState,
  request: ExportRequest,
): Uint8Array {
  if (state.status.kind === 'removed') requireActive(state);
  const { crypto } = forSuite(env, state.epoch.context.cipherSuite);
  return exportFrom(crypto, state.epoch.secrets.exporter, request);
}

/** Equal for all members who agree on the epoch and its history (section 8.7). A copy. */
export function epochAuthenticatorOf(state: GroupState): Uint8Array {
  return state.epoch.secrets.authenticator.slice();
}

/** The PSK by which a later group or epoch can refer to this epoch (section 8.6). A copy. */
export function resumptionPskOf(state: GroupState): Uint8Array {
  return state.epoch.secrets.resumption.slice();
}
