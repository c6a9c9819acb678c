import { signDeviceStatement } from './device-list-signing.ts';
import { createDevice, type DeviceSecrets, deviceCandidate } from './device-secrets.ts';
import { ed25519PublicKey } from './ed25519-signing.ts';
import { carefulRandom, type RandomSource } from './random-source.ts';
import {
  createRecoveryPhrase,
  openRecoveryPhrase,
  phraseOpener,
  wipeRecoverySecrets,
} from './recovery-phrase.ts';
import { wipe } from './secret-bytes.ts';
import { type ArchiveKey, sealVault } from './vault.ts';
import { deviceStatementHash } from './verify/device-statement.ts';
import { type AccountId, accountIdOf, idBytes, openerIdFromBytes } from './verify/ids.ts';
import { HASH_BYTES } from './verify/limits.ts';
import type { OpenerDescription } from './verify/vault-shape.ts';

export interface AccountCreation {
  /** 1 to 64 bytes of UTF-8; shown to contacts. */
  readonly deviceName: string;
  readonly random: RandomSource;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface CreatedAccount {
  readonly accountId: AccountId;
  /** Ed25519, 32 bytes; public. */
  readonly identityPublicKey: Uint8Array;
  /** The first statement of the device list, for the server. */
  readonly statement: Uint8Array;
  /** The first vault, for the server. */
  readonly vault: Uint8Array;
  /** For this device's store. */
  readonly device: DeviceSecrets;
  /** For this device's store. */
  readonly archiveKeys: readonly ArchiveKey[];
  /** For the person alone: 24 words. */
  readonly recoveryPhrase: string;
}

/**
 * Makes an account with its first device (IDN-15). The identity key is in the vault when this
 * returns and nowhere else. Throws `bad-device-name` and `bad-randomness`.
 */
export function createAccount(creation: AccountCreation): CreatedAccount {
  const random = carefulRandom(creation.random);
  const identitySeed = random(32);
  try {
    return assembleAccount(identitySeed, { ...creation, random });
  } finally {
    wipe(identitySeed);
  }
}

function assembleAccount(identitySeed: Uint8Array, creation: AccountCreation): CreatedAccount {
  const { random, now } = creation;
  const identityPublicKey = ed25519PublicKey(identitySeed);
  const accountId = accountIdOf(identityPublicKey);
  const device = createDevice({ ...creation, accountId });
  const statement = signDeviceStatement({
    identitySeed,
    head: { seq: 0, hash: new Uint8Array(HASH_BYTES) },
    action: { kind: 'add', ...deviceCandidate(device) },
    now,
  });
  const recoveryPhrase = createRecoveryPhrase(random);
  const archiveKeys = [{ version: 1, key: random(32) }];
  const deviceListHead = { seq: 1, hash: deviceStatementHash(statement) };
  const openers = [newPhraseOpener(recoveryPhrase, accountId), deviceOpener(device)];
  const vault = sealVault(
    { identitySeed, archiveKeys, revision: 1, deviceListHead, openers },
    random,
  );
  return { accountId, identityPublicKey, statement, vault, device, archiveKeys, recoveryPhrase };
}

/** The opener of the vault that a new phrase gives. */
export function newPhraseOpener(phrase: string, accountId: AccountId): OpenerDescription {
  const secrets = openRecoveryPhrase(phrase);
  const opener = phraseOpener(secrets, accountId);
  wipeRecoverySecrets(secrets);
  return opener;
}

/** The opener of the vault that a device is, by its public half. */
export function deviceOpener(device: {
  readonly deviceId: DeviceSecrets['deviceId'];
  readonly description: Pick<DeviceSecrets['description'], 'sealKey'>;
}): OpenerDescription {
  return {
    openerId: openerIdFromBytes(idBytes(device.deviceId)),
    kind: 'device',
    publicKey: device.description.sealKey,
    descriptor: new Uint8Array(),
  };
}
