import { timestampMs } from '@bufbuild/protobuf/wkt';
import { challengeInput, parseAccountId, parseDeviceId } from '@heliogram/crypto/verify';
import {
  AccountsService,
  DependencyError,
  HeliogramError,
  VerificationError,
} from '@heliogram/protocol';
import type { Signer } from '../ports.ts';
import type { Caller } from './connection.ts';

/** What signs a device in: no more of its secrets than this. */
export interface DeviceCredentials {
  readonly accountId: string;
  readonly deviceId: string;
  /** Ed25519 seed, 32 bytes. */
  readonly signatureSeed: Uint8Array;
}

/** What every answer to a challenge is bound to. */
export interface AnsweredTerms {
  readonly challenge: Uint8Array;
  readonly origin: string;
  readonly expiresAt: number;
}

export interface Challenge extends AnsweredTerms {
  readonly difficultyBits: number;
}

/** A fresh challenge of the server for the origin that was dialled. */
export async function askChallenge(call: Caller, origin: string): Promise<Challenge> {
  const { challenge, expiresAt, difficultyBits } = await call(
    AccountsService.method.getChallenge,
    {},
  );
  if (!expiresAt) throw new VerificationError('challenge_invalid', 'the challenge has no expiry');
  return { challenge, origin, expiresAt: timestampMs(expiresAt), difficultyBits };
}

/** The device's signature over a challenge: proves it once, to this origin, to sign in. */
export function answerChallenge(
  terms: AnsweredTerms,
  device: DeviceCredentials,
  signer: Signer,
): Promise<Uint8Array> {
  return answerFor('sign-in', { terms, device, signer });
}

/** The same, for the end of the account and nothing else. */
export function answerDeletion(
  terms: AnsweredTerms,
  device: DeviceCredentials,
  signer: Signer,
): Promise<Uint8Array> {
  return answerFor('delete-account', { terms, device, signer });
}

type Answering = {
  readonly terms: AnsweredTerms;
  readonly device: DeviceCredentials;
  readonly signer: Signer;
};

async function answerFor(
  purpose: 'sign-in' | 'delete-account',
  { terms, device, signer }: Answering,
): Promise<Uint8Array> {
  const { challenge, origin, expiresAt } = terms;
  const input = challengeInput({
    challenge,
    origin,
    expiresAt,
    purpose,
    accountId: parseAccountId(device.accountId),
    deviceId: parseDeviceId(device.deviceId),
  });
  return signer.sign(device.signatureSeed, input);
}

/** Signs the connection behind `call` in as the device. */
export function signInAs(device: DeviceCredentials, origin: string, signer: Signer) {
  return async (call: Caller): Promise<void> => {
    const terms = await askChallenge(call, origin);
    const signature = await answerChallenge(terms, device, signer);
    const { accountId, deviceId } = device;
    const { challenge } = terms;
    const request = { challenge, origin, accountId, deviceId, signature };
    await call(AccountsService.method.signIn, request).catch(askAgain);
  };
}

/** A challenge is void when it took too long or the server was restarted meanwhile: another will do. */
function askAgain(error: unknown): never {
  if (error instanceof HeliogramError && error.code === 'challenge_invalid') {
    throw new DependencyError('unavailable', error.message, { cause: error });
  }
  throw error;
}
