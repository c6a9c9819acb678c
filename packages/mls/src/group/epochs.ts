import { emptyBytes, erase, keyOf } from '../codec/bytes.ts';
import type { KeyPair, SuiteCrypto } from '../crypto-provider.ts';
import {
  type AuthenticatedContent,
  confirmedTranscriptHash,
  interimTranscriptHash,
} from '../framing/authenticated-content.ts';
import {
  deriveEpochSecrets,
  deriveJoinerSecret,
  type EpochSecrets,
} from '../key-schedule/key-schedule.ts';
import { secretsIn, secretTreeOf } from '../secret-tree/secret-tree.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { type GroupContext, groupContextBytes } from './group-context.ts';
import type { Epoch, OwnLeaf, PastEpoch } from './group-state.ts';
import { SendTicket } from './send-ticket.ts';

export interface EpochInput {
  readonly context: GroupContext;
  readonly tree: RatchetTree;
  readonly secrets: EpochSecrets;
  readonly own: OwnLeaf;
  /** Of the epoch before, if we were in it. */
  readonly ticketBefore?: SendTicket | undefined;
}

/** An epoch from its secrets; uses up the encryption and confirmation secrets. */
export function epochOf(crypto: SuiteCrypto, input: EpochInput): Epoch {
  const { context, tree, own } = input;
  const { encryption, confirmation, ...held } = input.secrets;
  const confirmationTag = crypto.hmac(confirmation, context.confirmedTranscriptHash);
  erase(confirmation);
  return {
    context,
    contextBytes: groupContextBytes(context),
    tree,
    interimTranscriptHash: interimTranscriptHash(
      crypto,
      context.confirmedTranscriptHash,
      confirmationTag,
    ),
    confirmationTag,
    secrets: held,
    secretTree: secretTreeOf(encryption, tree.width),
    own,
    ticket: input.ticketBefore?.inNextEpoch(keyOf(confirmationTag)) ?? SendTicket.first(),
  };
}

export interface TransitionInput {
  readonly initSecret: Uint8Array;
  readonly interimTranscriptHash: Uint8Array;
  readonly provisionalContext: GroupContext;
  readonly tree: RatchetTree;
  /** Zeros when there is no path. */
  readonly commitSecret: Uint8Array;
  readonly pskSecret: Uint8Array;
  /** The signed commit; its confirmation tag is not looked at. */
  readonly commit: AuthenticatedContent;
  readonly own: OwnLeaf;
  /** Of the epoch that the commit ends; undefined for who was not in it. */
  readonly ticketBefore: SendTicket | undefined;
}

export interface Transition {
  readonly epoch: Epoch;
  /** Only for welcomes: to be erased. */
  readonly joinerSecret: Uint8Array;
}

/** The epoch that a commit leads to (RFC 9420 section 8). */
export function nextEpoch(crypto: SuiteCrypto, input: TransitionInput): Transition {
  const context: GroupContext = {
    ...input.provisionalContext,
    confirmedTranscriptHash: confirmedTranscriptHash(
      crypto,
      input.interimTranscriptHash,
      input.commit,
    ),
  };
  const contextBytes = groupContextBytes(context);
  const { initSecret, commitSecret, pskSecret, tree, own, ticketBefore } = input;
  const joinerSecret = deriveJoinerSecret(crypto, { initSecret, commitSecret, contextBytes });
  const secrets = deriveEpochSecrets(crypto, { joinerSecret, pskSecret }, contextBytes);
  const epoch = epochOf(crypto, { context, tree, secrets, own, ticketBefore });
  return { epoch, joinerSecret };
}

export function pastEpochOf(epoch: Epoch): PastEpoch {
  return {
    context: epoch.context,
    contextBytes: epoch.contextBytes,
    tree: epoch.tree,
    ownIndex: epoch.own.leafIndex,
    senderData: epoch.secrets.senderData,
    resumption: epoch.secrets.resumption,
    secretTree: epoch.secretTree,
  };
}

/** What an epoch holds and its past form does not. */
export function secretsOnlyCurrent(epoch: Epoch): Uint8Array[] {
  const { init, exporter, external, membership, authenticator } = epoch.secrets;
  return [init, exporter, external, membership, authenticator];
}

export function* secretsOfPast(past: PastEpoch): IterableIterator<Uint8Array> {
  yield past.senderData;
  yield past.resumption;
  yield* secretsIn(past.secretTree);
}

/** Private keys of one leaf that another, later one lacks. */
export function retiredKeys(former: OwnLeaf, next: OwnLeaf): Uint8Array[] {
  const kept = new Set<Uint8Array>(privateKeysOf(next));
  return privateKeysOf(former).filter((key) => !kept.has(key));
}

function privateKeysOf(own: OwnLeaf): Uint8Array[] {
  const pairs: KeyPair[] = [own.leafKey, ...own.pathKeys.values()];
  return [own.signaturePrivateKey, ...pairs.map(({ privateKey }) => privateKey)];
}

/** Held secrets after the group is over for us. */
export function withoutSecrets(epoch: Epoch): Epoch {
  const none = emptyBytes;
  return {
    ...epoch,
    secrets: {
      ...epoch.secrets,
      init: none,
      exporter: none,
      external: none,
      membership: none,
      authenticator: none,
    },
    own: { ...epoch.own, leafKey: { ...epoch.own.leafKey, privateKey: none }, pathKeys: new Map() },
  };
}
