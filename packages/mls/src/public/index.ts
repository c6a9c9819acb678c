/**
 * For delivery services: the public side of a group, without a secret of any member. Nothing that
 * is imported from here, directly or not, handles secrets; a test proves it.
 */
export type { AuthenticationService, LeafIdentity } from '../authentication.ts';
export { unsafeAcceptAllCredentials } from '../authentication.ts';
export type { Credential } from '../credentials/credential.ts';
export type { CryptoProvider } from '../crypto-provider.ts';
export { UsageError, ValidationError, VerificationError } from '../errors.ts';
export { decodeMessage, encodeMessage, type ReceivedMessage } from '../framing/message.ts';
export type { GroupContext } from '../group/group-context.ts';
export type { GroupInfo } from '../group/group-info.ts';
export { splitWelcome, type Welcome } from '../group/welcome-message.ts';
export type { KeyPackage } from '../key-package/key-package.ts';
export { defaultLimits, type Limits } from '../limits.ts';
export type { LeafNode } from '../tree/leaf-node.ts';
export type { LeafIndex } from '../tree/tree-math.ts';
export { verifyKeyPackage } from './key-packages.ts';
export type { PublicEnvironment } from './public-environment.ts';
export {
  applyPublicCommit,
  followGroup,
  type PublicCommit,
  type PublicCommitEffects,
  type PublicGroup,
  publicMembersOf,
  publicTreeOf,
  receivePublicProposal,
  verifyPublicCommit,
} from './public-group.ts';
export {
  restorePublicGroup,
  type StoredPublicGroup,
  serializePublicGroup,
} from './public-state.ts';
