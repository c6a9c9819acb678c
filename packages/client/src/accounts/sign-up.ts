import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  createAccount,
  type DeviceSecrets,
  decodeDeviceSecrets,
  encodeDeviceSecrets,
  signWithSubject,
  solveProofOfWork,
} from '@heliogram/crypto';
import { AccountsService, HeliogramError, type SignUpRequestSchema } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import { askChallenge, type Challenge, type DeviceCredentials } from '../connection/sign-in.ts';
import type { Platform } from '../ports.ts';

/** What a device keeps of its account: whoever has it, is the device. */
export interface DeviceKeys extends DeviceCredentials {
  /** The stored form of all its secrets, opaque here. */
  readonly secrets: Uint8Array;
}

/** A new account as it is asked for. The server knows the same one again, so it may be asked for any number of times. */
export interface MadeAccount {
  readonly keys: DeviceKeys;
  readonly identityPublicKey: Uint8Array;
  /** The first of the device list. */
  readonly statement: Uint8Array;
  readonly vault: Uint8Array;
  readonly recoveryPhrase: string;
}

export interface Enrolment {
  /** A connection that is not signed in. */
  readonly call: Caller;
  readonly origin: string;
  readonly platform: Pick<Platform, 'scheduler' | 'random'>;
  /** 1 to 64 bytes of UTF-8. */
  readonly deviceName: string;
}

export interface NewAccount extends Enrolment {
  readonly name: string;
  readonly username?: string | undefined;
  readonly invite?: string | undefined;
  /** Told while the proof of work is searched: 0 to 1, the chance that it would be found by now. */
  readonly progress?: ((fraction: number) => void) | undefined;
  /** Told before the account exists anywhere else, to be kept: an interrupted sign-up loses no key. */
  readonly keep: (keys: DeviceKeys, made: MadeAccount) => Promise<void>;
  /** What an earlier sign-up kept that was not answered: then this asks for the same account. */
  readonly made?: MadeAccount | undefined;
}

export interface SignedUp {
  readonly accountId: string;
  readonly deviceId: string;
  /** 24 words; nobody else has them. */
  readonly recoveryPhrase: string;
}

/** Attempts of an unanswered sign-up; the server knows the same one again. */
const maxAttempts = 3;

/** Makes an account with this as its first device. Throws what the server answers. */
export async function signUp(account: NewAccount): Promise<SignedUp> {
  const made = account.made ?? makeAccount(account);
  await account.keep(made.keys, made);
  for (let attempt = 1; ; attempt++) {
    try {
      return await register(account, made);
    } catch (error) {
      const lost = error instanceof HeliogramError && error.retry && error.code !== 'rate_limited';
      if (!lost || attempt >= maxAttempts) throw error;
    }
  }
}

function makeAccount({ platform, deviceName }: NewAccount): MadeAccount {
  const random = (length: number) => platform.random.bytes(length);
  const created = createAccount({ deviceName, random, now: platform.scheduler.now() });
  const { device, identityPublicKey, statement, vault, recoveryPhrase } = created;
  return { keys: deviceKeys(device), identityPublicKey, statement, vault, recoveryPhrase };
}

async function register(account: NewAccount, made: MadeAccount): Promise<SignedUp> {
  const challenge = await askChallenge(account.call, account.origin);
  const { keys, identityPublicKey, statement, vault, recoveryPhrase } = made;
  const { name, username = '', invite = '' } = account;
  const request: MessageInitShape<typeof SignUpRequestSchema> = {
    challenge: challenge.challenge,
    statement,
    vault,
    signature: signWithSubject({
      purpose: 'sign-up',
      device: decodeDeviceSecrets(keys.secrets),
      terms: challenge,
      subject: { statement, vault },
    }),
    origin: account.origin,
    proofOfWork: await work(account, challenge, identityPublicKey),
    name,
    username,
    invite,
  };
  const { accountId, deviceId } = await account.call(AccountsService.method.signUp, request);
  return { accountId, deviceId, recoveryPhrase };
}

/** Nonces tried between two chances for others to run. */
const noncesPerTurn = 4_096;

async function work(
  { platform, progress }: NewAccount,
  { challenge, difficultyBits }: Challenge,
  identityPublicKey: Uint8Array,
): Promise<Uint8Array> {
  const task = { challenge, identityPublicKey, difficultyBits };
  for (let from = 0; ; ) {
    const turn = solveProofOfWork(task, { from, attempts: noncesPerTurn });
    if (turn.solved) return bigEndian64(turn.nonce);
    from = turn.next;
    progress?.(1 - Math.exp(-from / 2 ** difficultyBits));
    await new Promise<void>((resolve) => {
      platform.scheduler.after(0, resolve);
    });
  }
}

function bigEndian64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** The stored form of a new device. */
export function deviceKeys(device: DeviceSecrets): DeviceKeys {
  const { accountId, deviceId, signatureSeed } = device;
  return { accountId, deviceId, signatureSeed, secrets: encodeDeviceSecrets(device) };
}
