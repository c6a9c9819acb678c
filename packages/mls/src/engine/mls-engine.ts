import type { Credential } from '../credentials/credential.ts';
import type { MaybePromise } from '../crypto-provider.ts';
import type { Extension } from '../extensions/extension.ts';
import type { KeyPackageRequest } from '../key-package/create-key-package.ts';
import type { ExportRequest } from '../key-schedule/key-schedule.ts';
import type { PskReference } from '../proposals/proposal.ts';

/**
 * What the layer above needs of an MLS engine, in bytes and values of no engine in particular.
 * `State` is the engine's own: one member's view of one group, immutable, to be stored by `store`.
 *
 * Errors are UsageError, ValidationError, VerificationError and DependencyError with stable codes; a
 * call that fails leaves the state it was given as good as before.
 */
export interface MlsEngine<State> {
  createKeyPackage(request: KeyPackageRequest): Promise<EngineKeyPackage>;
  /** A group of one. */
  create(request: NewGroup): Promise<State>;
  join(request: Invitation): Promise<State>;
  /** The state counts once the delivery service has accepted the commit. */
  joinExternally(request: OpenDoor): Promise<EngineSend<State, Uint8Array>>;

  /** Commits changes; the state waits until `acceptCommit` or another commit is merged. */
  commit(state: State, changes: GroupChanges): Promise<EngineSend<State, EngineCommit>>;
  acceptCommit(state: State): EngineStep<State>;
  /** After a refusal: the epoch goes on. */
  dropCommit(state: State): EngineStep<State>;
  /** Verifies a commit or proposal; a commit is entered only by `merge`. */
  process(state: State, message: Uint8Array): Promise<EngineHandshake<State>>;

  /** Each state encrypts once: go on with that of the result. */
  encrypt(state: State, message: OutgoingMessage): Promise<EngineSend<State, Uint8Array>>;
  decrypt(state: State, message: Uint8Array): Promise<DecryptedMessage<State>>;

  export(state: State, request: ExportRequest): Uint8Array;
  groupInfo(state: State): Promise<Uint8Array>;
  view(state: State): GroupView;

  /** Only before the first message of an epoch. */
  seal(state: State, earlier?: Uint8Array): EngineSeal;
  /** Reads one message of a sealed epoch. `rosters`: a snapshot, then the deltas up to the epoch. */
  unseal(seal: Pick<EngineSeal, 'secretPart'>, rosters: readonly Uint8Array[]): EngineHistory;

  store(state: State): EngineSnapshot;
  restore(snapshot: EngineSnapshot): State;
}

export interface EngineKeyPackage {
  /** To be published. */
  readonly message: Uint8Array;
  readonly reference: Uint8Array;
  /** With the private keys, in the clear. */
  readonly stored: Uint8Array;
}

export interface NewGroup extends Omit<KeyPackageRequest, 'extensions'> {
  readonly groupId: Uint8Array;
  readonly groupExtensions?: readonly Extension[];
}

export interface EngineKeyPackageUse {
  readonly reference: Uint8Array;
  readonly snapshot: EngineSnapshot;
}

export interface Invitation {
  readonly welcome: Uint8Array;
  /** `EngineKeyPackage.stored` of the key package that was used. */
  readonly keyPackage: Uint8Array;
  /**
   * In one transaction removes the stored key package and stores the new state; false when the key
   * package was not there any more: then the join is refused.
   */
  readonly claim: (use: EngineKeyPackageUse) => MaybePromise<boolean>;
  readonly ratchetTree?: Uint8Array;
}

export interface OpenDoor extends Omit<KeyPackageRequest, 'extensions' | 'cipherSuite'> {
  readonly groupInfo: Uint8Array;
  readonly ratchetTree?: Uint8Array;
  readonly replaces?: number;
  readonly psks?: readonly PskReference[];
  readonly authenticatedData?: Uint8Array;
}

export interface GroupChanges {
  /** Key packages as messages. */
  readonly add?: readonly Uint8Array[];
  /** Leaf indices. */
  readonly remove?: readonly number[];
  readonly groupExtensions?: readonly Extension[];
  readonly psks?: readonly PskReference[];
  readonly authenticatedData?: Uint8Array;
}

/** Something to be sent, released against the stored state. */
export interface EngineSend<State, Output> {
  readonly state: State;
  /** @param stored what `store(state)` gave, now durable. */
  release(stored: EngineSnapshot): Output;
}

export interface EngineCommit {
  readonly message: Uint8Array;
  /** A welcome for each added member alone, without the tree. */
  readonly welcomes: readonly {
    readonly keyPackageRef: Uint8Array;
    readonly welcome: Uint8Array;
  }[];
  /** Waiting proposals that could not be committed, with the code of the rule they would break. */
  readonly skipped: readonly { readonly reference: Uint8Array; readonly reason: string }[];
}

export interface EngineStep<State> {
  readonly state: State;
  /** What our lost or dropped commit wanted and is still to be done. */
  readonly toRedo: GroupChanges;
  /** Overwrites secrets of the former state, once this one is stored. */
  readonly erase: () => void;
}

export type EngineHandshake<State> =
  | { readonly kind: 'proposal'; readonly state: State }
  | {
      readonly kind: 'commit';
      readonly commit: CommitView;
      /** Enters the epoch, from this state or a later one of the same epoch. */
      readonly merge: (state: State) => EngineStep<State>;
    };

/** What a verified commit would do. */
export interface CommitView {
  readonly epoch: bigint;
  readonly committer: number;
  readonly isExternal: boolean;
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly updated: readonly number[];
  readonly psks: readonly PskReference[];
  readonly groupExtensions: readonly Extension[];
  readonly authenticatedData: Uint8Array;
  readonly removesUs: boolean;
}

export interface OutgoingMessage {
  readonly data: Uint8Array;
  readonly authenticatedData?: Uint8Array;
  readonly paddingBlockBytes?: number;
}

export interface DecryptedMessage<State> {
  readonly state: State;
  readonly data: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly epoch: bigint;
  readonly sender: number;
  readonly credential: Credential;
  readonly signatureKey: Uint8Array;
  /** Overwrites the message's key, once the state is stored. */
  readonly erase: () => void;
}

export interface GroupView {
  readonly status: 'active' | 'reinitialized' | 'removed';
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly cipherSuite: number;
  readonly ownLeafIndex: number;
  readonly members: readonly MemberView[];
  readonly groupExtensions: readonly Extension[];
  readonly epochAuthenticator: Uint8Array;
  readonly ratchetTree: () => Uint8Array;
  readonly isCommitPending: boolean;
}

export interface MemberView {
  readonly leafIndex: number;
  readonly credential: Credential;
  readonly signatureKey: Uint8Array;
  readonly leafExtensions: readonly Extension[];
}

export interface EngineSeal {
  readonly secretPart: Uint8Array;
  readonly rosterPart: Uint8Array;
  /** The whole roster, for the next epoch's delta. */
  readonly roster: Uint8Array;
}

export interface EngineHistory {
  read(message: Uint8Array): Promise<Omit<DecryptedMessage<never>, 'state' | 'erase'>>;
}

export interface EngineSnapshot {
  readonly head: Uint8Array;
  readonly treeId: Uint8Array;
  readonly tree: () => Uint8Array;
}
