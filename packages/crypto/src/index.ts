/**
 * Identity of accounts and devices: what a member's own devices run. A server imports
 * `@heliogram/crypto/verify` instead, which is a part of this.
 */
export { type AccountCreation, type CreatedAccount, createAccount } from './account.ts';
export {
  type AccountAccess,
  type AccountChange,
  addDevice,
  type DeviceListChange,
  type OpenedAccount,
  openAccount,
  recoverAccount,
  removeOpener,
  replaceRecoveryPhrase,
  revokeDevice,
  rotateArchiveKey,
} from './account-changes.ts';
export {
  type ChallengeSubject,
  signDeletion,
  signFindVault,
  signSignIn,
  signWithSubject,
} from './challenge-signing.ts';
export {
  createDevice,
  type DeviceCandidate,
  type DeviceCreation,
  type DeviceSecrets,
  decodeDeviceSecrets,
  deviceCandidate,
  encodeDeviceSecrets,
} from './device-secrets.ts';
export {
  MAX_OWN_STATE_BYTES,
  type OwnStatePlace,
  openOwnState,
  sealOwnState,
} from './own-state-seal.ts';
export type { RandomSource } from './random-source.ts';
export {
  openRecoveryPhrase,
  RecoveryPhraseError,
  type RecoverySecrets,
  recoveryWords,
  wipeRecoverySecrets,
} from './recovery-phrase.ts';
export { type ProofOfWorkTurn, solveProofOfWork } from './solve-proof-of-work.ts';
export type { ArchiveKey, VaultOpener } from './vault.ts';
export * from './verify/index.ts';
export { nobleVerifier } from './verify/noble-verifier.ts';
