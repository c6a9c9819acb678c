import { emptyBytes, keyOf } from '../codec/bytes.ts';
import type { Credential } from '../credentials/credential.ts';
import type { KeyPair } from '../crypto-provider.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { Extension } from '../extensions/extension.ts';
import { proposalRefOf } from '../framing/authenticated-content.ts';
import type { KeyPackage } from '../key-package/key-package.ts';
import { signWithLabel } from '../labels/sign.ts';
import type { Proposal, PskReference, ReInit } from '../proposals/proposal.ts';
import type { Capabilities } from '../tree/capabilities.ts';
import { LeafNode, type LeafNodeContent, leafNodeToBeSigned } from '../tree/leaf-node.ts';
import { checkOne } from '../validation/proposal-checks.ts';
import type { GroupState, OwnUpdate } from './group-state.ts';
import { PendingSend } from './pending-send.ts';
import { RetiredSecrets } from './retired-secrets.ts';
import { type HandshakeFormat, protect, requireActive, signOwn } from './signing.ts';

/** What may change in our leaf besides its encryption key. */
export interface LeafChange {
  readonly signatureKey?: KeyPair;
  readonly credential?: Credential;
  readonly capabilities?: Capabilities;
  readonly extensions?: readonly Extension[];
}

/** A proposal as a caller asks for it; nonces and fresh keys are added here. */
export type ProposalRequest =
  | { readonly kind: 'add'; readonly keyPackage: KeyPackage }
  | { readonly kind: 'remove'; readonly removed: number }
  | { readonly kind: 'psk'; readonly psk: PskReference }
  | { readonly kind: 'reinit'; readonly reinit: ReInit }
  | { readonly kind: 'group_context_extensions'; readonly extensions: readonly Extension[] }
  | { readonly kind: 'custom'; readonly type: number; readonly data: Uint8Array };

export interface ProposeOptions {
  readonly format?: HandshakeFormat;
  readonly authenticatedData?: Uint8Array;
}

/** Proposes a change for somebody to commit (RFC 9420 section 12.1). */
export async function propose(
  env: Environment,
  state: GroupState,
  request: ProposalRequest & ProposeOptions,
): Promise<PendingSend<Uint8Array>> {
  requireActive(state);
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  const proposal = proposalOf(groupEnv, request);
  checkOne(groupEnv, state.epoch, proposal);
  return send(groupEnv, state, { proposal, options: request, update: undefined });
}

/** Proposes fresh keys for our own leaf; they take effect when somebody else commits them. */
export async function proposeUpdate(
  env: Environment,
  state: GroupState,
  change: LeafChange & ProposeOptions = {},
): Promise<PendingSend<Uint8Array>> {
  requireActive(state);
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  const { leafNode, update } = await updatedLeaf(groupEnv, state, change);
  const proposal = { kind: 'update', leafNode } as const;
  return send(groupEnv, state, { proposal, options: change, update });
}

export function proposalOf(
  { crypto, random }: Pick<GroupEnvironment, 'crypto' | 'random'>,
  request: ProposalRequest,
): Proposal {
  switch (request.kind) {
    case 'add':
      return { kind: 'add', keyPackage: request.keyPackage };
    case 'remove':
      return { kind: 'remove', removed: request.removed };
    case 'psk':
      return {
        kind: 'psk',
        id: { ...request.psk, nonce: random.bytes(crypto.suite.hashLength) },
      };
    case 'reinit':
      return { kind: 'reinit', reinit: request.reinit };
    case 'group_context_extensions':
      return { kind: 'group_context_extensions', extensions: request.extensions };
    case 'custom':
      return { kind: 'custom', type: request.type, data: request.data };
  }
}

/** Our leaf's content with changes, but for keys and source. */
export function changedLeaf(
  state: GroupState,
  change: LeafChange,
): Omit<LeafNodeContent, 'encryptionKey' | 'source'> {
  const leaf = state.epoch.tree.leaf(state.epoch.own.leafIndex);
  if (leaf === undefined) throw new UsageError('group-not-active', 'We are not in the group');
  return {
    signatureKey: change.signatureKey?.publicKey ?? leaf.signatureKey,
    credential: change.credential ?? leaf.credential,
    capabilities: change.capabilities ?? leaf.capabilities,
    extensions: change.extensions ?? leaf.extensions,
  };
}

async function updatedLeaf(
  { crypto, random }: GroupEnvironment,
  state: GroupState,
  change: LeafChange,
): Promise<{ leafNode: LeafNode; update: OwnUpdate }> {
  const { own, context } = state.epoch;
  const leafKey = await crypto.generateKemKeyPair(random);
  const signaturePrivateKey = change.signatureKey?.privateKey.slice() ?? own.signaturePrivateKey;
  const content: LeafNodeContent = {
    ...changedLeaf(state, change),
    encryptionKey: leafKey.publicKey,
    source: { kind: 'update' },
  };
  const position = { groupId: context.groupId, leafIndex: own.leafIndex };
  const toBeSigned = leafNodeToBeSigned(content, position);
  const signature = await signWithLabel(crypto, signaturePrivateKey, {
    label: 'LeafNodeTBS',
    content: toBeSigned,
  });
  return {
    leafNode: LeafNode.sealed(content, signature),
    update: { leafKey, signaturePrivateKey },
  };
}

interface ProposalToSend {
  readonly proposal: Proposal;
  readonly options: ProposeOptions;
  readonly update: OwnUpdate | undefined;
}

async function send(
  env: GroupEnvironment,
  state: GroupState,
  { proposal, options, update }: ProposalToSend,
): Promise<PendingSend<Uint8Array>> {
  const authenticated = await signOwn(env, state.epoch, {
    body: { kind: 'proposal', proposal },
    format: options.format ?? 'public',
    authenticatedData: options.authenticatedData ?? emptyBytes,
  });
  const sent = await protect(env, state.epoch, { authenticated });
  const reference = proposalRefOf(env.crypto, authenticated);
  const { sender } = authenticated.content;
  const pending = { proposal, sender, byReference: true, reference, authenticated };
  const next: GroupState = {
    ...state,
    epoch: sent.epoch,
    proposals: new Map(state.proposals).set(keyOf(reference), pending),
    ownUpdates: update === undefined ? state.ownUpdates : [...state.ownUpdates, update],
  };
  return new PendingSend(next, sent.message, new RetiredSecrets(sent.retired));
}
