export type {
  AuthenticationReason,
  AuthenticationService,
  LeafIdentity,
} from './authentication.ts';
export { unsafeAcceptAllCredentials } from './authentication.ts';
export { basicCredential, type Credential, credentialType } from './credentials/credential.ts';
export * from './crypto-provider.ts';
export type * from './engine/mls-engine.ts';
export { mlsEngine } from './engine/native-engine.ts';
export type { Environment, PskLookup, PskStore } from './environment.ts';
export {
  DependencyError,
  InternalError,
  MlsError,
  UsageError,
  ValidationError,
  VerificationError,
} from './errors.ts';
export {
  type Extension,
  type ExternalSender,
  extensionType,
  externalSendersExtension,
  externalSendersOf,
  findExtension,
  type RequiredCapabilities,
  requiredCapabilitiesExtension,
  requiredCapabilitiesOf,
} from './extensions/extension.ts';
export { decodeMessage, encodeMessage, type ReceivedMessage } from './framing/message.ts';
export { type ApplicationMessage, encryptApplication } from './group/application.ts';
export { type CommitOutput, type CommitRequest, createCommit } from './group/create-commit.ts';
export { createGroup, type GroupRequest } from './group/create-group.ts';
export {
  type ExternalProposal,
  type OwnAddition,
  proposeExternally,
  proposeOwnAddition,
} from './group/external-proposals.ts';
export type { GroupContext } from './group/group-context.ts';
export type { GroupInfo } from './group/group-info.ts';
export { exportGroupInfo, type GroupInfoRequest } from './group/group-info-export.ts';
export type { GroupState, GroupStatus } from './group/group-state.ts';
export { type JoinedGroup, type JoinRequest, joinGroup, type KeyPackageUse } from './group/join.ts';
export { type ExternalJoinRequest, joinExternally } from './group/join-external.ts';
export {
  acceptPendingCommit,
  dropPendingCommit,
  isPendingCommit,
  type MergedCommit,
  mergeCommit,
} from './group/merge.ts';
export type { PendingSend } from './group/pending-send.ts';
export {
  type LeafChange,
  type ProposalRequest,
  type ProposeOptions,
  propose,
  proposeUpdate,
} from './group/propose.ts';
export { rebase } from './group/rebase.ts';
export {
  type Received,
  type ReceivedApplication,
  type ReceivedCommit,
  type ReceivedProposal,
  receive,
} from './group/receive.ts';
export type { RetiredSecrets } from './group/retired-secrets.ts';
export type { SkippedProposal } from './group/select-proposals.ts';
export type { CommitEffects, StagedCommit } from './group/stage-commit.ts';
export {
  epochAuthenticatorOf,
  exportSecret,
  groupContextOf,
  type Member,
  membersOf,
  ownLeafIndexOf,
  ratchetTreeOf,
  resumptionPskOf,
} from './group/view.ts';
export { splitWelcome, type Welcome } from './group/welcome-message.ts';
export {
  type ClientIdentity,
  type CreatedKeyPackage,
  createKeyPackage,
  type KeyPackageRequest,
  type KeyPackageSecrets,
} from './key-package/create-key-package.ts';
export type { KeyPackage } from './key-package/key-package.ts';
export type { ExportRequest } from './key-schedule/key-schedule.ts';
export { defaultLimits, type Limits } from './limits.ts';
export {
  type Proposal,
  type PskReference,
  proposalType,
  type ReInit,
} from './proposals/proposal.ts';
export { RandomSource } from './random-source.ts';
export { type EpochReader, type HistoryMessage, openEpoch } from './seal/open-epoch.ts';
export { decodeRosterPart, type Roster, type RosterEntry } from './seal/roster.ts';
export { type SealedEpoch, sealEpoch } from './seal/seal-epoch.ts';
export { restoreKeyPackage, serializeKeyPackage } from './state/key-package-codec.ts';
export {
  type RestoredState,
  restoreState,
  type StateSnapshot,
  type StoredTree,
  snapshotState,
  treeIdOf,
} from './state/snapshot.ts';
export { type StoredState, unsafeWithoutStoring } from './state/stored-state.ts';
export type { Capabilities } from './tree/capabilities.ts';
export type { LeafNode, Lifetime } from './tree/leaf-node.ts';
export type { LeafIndex } from './tree/tree-math.ts';
export { type CheckName, checks } from './validation/checks.ts';
