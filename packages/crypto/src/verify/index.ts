/**
 * The verify-only entry point: what a server needs of accounts, devices and vaults. Nothing that it
 * reaches signs, opens or holds a private key.
 */
export {
  type ChallengeAnswer,
  type ChallengeCheck,
  type ChallengePurpose,
  type ChallengeTerms,
  challengeInput,
  isOrigin,
  subjectHash,
  verifyChallenge,
} from './challenge.ts';
export {
  activeDevices,
  type ChainCheck,
  type DeviceListHead,
  extendChain,
  type ListedDevice,
  requireActiveDevice,
  type VerifiedDeviceList,
  verifyChain,
} from './device-list.ts';
export {
  type DecodedDeviceStatement,
  type DeviceAction,
  type DeviceDescription,
  type DeviceStatementContent,
  decodeDeviceStatement,
  deviceStatementHash,
  isDeviceName,
} from './device-statement.ts';
export { DependencyError, UsageError, ValidationError, VerificationError } from './errors.ts';
export {
  type AccountId,
  accountIdFromBytes,
  accountIdOf,
  type DeviceId,
  deviceIdFromBytes,
  deviceIdOf,
  idBytes,
  isAccountId,
  isDeviceId,
  type OpenerId,
  parseAccountId,
  parseDeviceId,
} from './ids.ts';
export * from './limits.ts';
export { type ProofOfWorkTask, verifyProofOfWork } from './proof-of-work.ts';
export {
  type SignatureCheck,
  type SignatureVerifier,
  verifySignature,
} from './signature-verifier.ts';
export { type VaultCheck, verifyVault } from './vault-check.ts';
export {
  type DecodedVault,
  decodeVault,
  type OpenerDescription,
  type OpenerKind,
  type VaultLocator,
  type VaultOpenerEntry,
  vaultLocators,
} from './vault-shape.ts';
