import type { DeviceSecrets } from './device-secrets.ts';
import { ed25519Sign } from './ed25519-signing.ts';
import type { RecoverySecrets } from './recovery-phrase.ts';
import { type ChallengeTerms, challengeInput, subjectHash } from './verify/challenge.ts';

/** What a sign-up or an added device comes with. */
export interface ChallengeSubject {
  readonly statement: Uint8Array;
  readonly vault: Uint8Array;
}

/** Answers a sign-in challenge: 64 bytes by the device's key. Throws `bad-challenge`, `bad-origin`. */
export function signSignIn(device: DeviceSecrets, terms: ChallengeTerms): Uint8Array {
  const { accountId, deviceId } = device;
  const input = challengeInput({ ...terms, purpose: 'sign-in', accountId, deviceId });
  return ed25519Sign(device.signatureSeed, input);
}

/** Answers the challenge that stands before the end of the account: 64 bytes by the device's key. */
export function signDeletion(device: DeviceSecrets, terms: ChallengeTerms): Uint8Array {
  const { accountId, deviceId } = device;
  const input = challengeInput({ ...terms, purpose: 'delete-account', accountId, deviceId });
  return ed25519Sign(device.signatureSeed, input);
}

/** Answers a challenge with what makes an account, or adds this device to one. */
export function signWithSubject(signing: {
  readonly purpose: 'sign-up' | 'add-device';
  readonly device: DeviceSecrets;
  readonly terms: ChallengeTerms;
  readonly subject: ChallengeSubject;
}): Uint8Array {
  const { purpose, device, terms } = signing;
  const { accountId, deviceId } = device;
  const subject = subjectHash(signing.subject.statement, signing.subject.vault);
  const input = challengeInput({ ...terms, purpose, accountId, deviceId, subject });
  return ed25519Sign(device.signatureSeed, input);
}

/** Answers the challenge that stands before a vault fetched by its locator. */
export function signFindVault(phrase: RecoverySecrets, terms: ChallengeTerms): Uint8Array {
  const { locator } = phrase;
  return ed25519Sign(
    phrase.lookupSeed,
    challengeInput({ ...terms, purpose: 'find-vault', locator }),
  );
}
