import { deviceOpener, newPhraseOpener } from './account.ts';
import { signDeviceStatement } from './device-list-signing.ts';
import {
  createDevice,
  type DeviceCandidate,
  type DeviceSecrets,
  deviceCandidate,
} from './device-secrets.ts';
import { carefulRandom, type RandomSource } from './random-source.ts';
import { createRecoveryPhrase, type RecoverySecrets } from './recovery-phrase.ts';
import {
  type ArchiveKey,
  type OpenedVault,
  openVault,
  sealVault,
  type VaultOpener,
  wipeVault,
} from './vault.ts';
import {
  activeDevices,
  type DeviceListHead,
  extendChain,
  requireActiveDevice,
  type VerifiedDeviceList,
  verifyChain,
} from './verify/device-list.ts';
import type { DeviceAction } from './verify/device-statement.ts';
import { ValidationError, VerificationError } from './verify/errors.ts';
import type { AccountId, DeviceId, OpenerId } from './verify/ids.ts';
import { MAX_ARCHIVE_KEYS } from './verify/limits.ts';
import type { SignatureVerifier } from './verify/signature-verifier.ts';
import type { OpenerDescription } from './verify/vault-shape.ts';
import { sameBytes } from './verify/wire.ts';

/** An account as the server stores it, what is known of it, and who opens it. */
export interface AccountAccess<Opener extends VaultOpener = VaultOpener> {
  readonly opener: Opener;
  readonly vault: Uint8Array;
  /** The whole device list, encoded, as it stands beside this vault. */
  readonly statements: readonly Uint8Array[];
  /** The newest device list that this device saw: an older or another one is refused. */
  readonly knownHead?: DeviceListHead | undefined;
  /** The newest revision of the vault that this device saw: an older one is refused. */
  readonly knownRevision?: number | undefined;
  readonly verifier: SignatureVerifier;
}

/** What the server is to store in one step, and what the device keeps of it. */
export interface AccountChange {
  readonly accountId: AccountId;
  /** The vault that replaces the stored one, if that is still at `revision` - 1. */
  readonly vault: Uint8Array;
  readonly revision: number;
  /** The device list that the vault was sealed for; its head is the newest known. */
  readonly devices: VerifiedDeviceList;
  /** Secret; all versions, the newest last. */
  readonly archiveKeys: readonly ArchiveKey[];
}

/** A change that comes with the next statement of the device list. */
export interface DeviceListChange extends AccountChange {
  readonly statement: Uint8Array;
}

/** What an account shows to one who opens it. */
export type OpenedAccount = Pick<
  AccountChange,
  'accountId' | 'archiveKeys' | 'devices' | 'revision'
>;

/**
 * Opens an account to read its archive keys (IDN-16); throws as `verifyChain` and opening a vault do,
 * and `vault-stale` when vault and device list are not of the same moment.
 */
export async function openAccount(access: AccountAccess): Promise<OpenedAccount> {
  return withAccount(access, async ({ opened, devices }) => ({
    accountId: devices.accountId,
    archiveKeys: opened.archiveKeys,
    devices,
    revision: opened.vault.revision,
  }));
}

/** Makes a new device of the account that the recovery phrase opens (IDN-17). */
export async function recoverAccount(
  recovery: AccountAccess<RecoverySecrets> & {
    readonly deviceName: string;
    readonly random: RandomSource;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): Promise<DeviceListChange & { readonly device: DeviceSecrets }> {
  return withAccount(recovery, async (account) => {
    const { accountId } = account.devices;
    const { deviceName, random, now } = recovery;
    const device = createDevice({ accountId, deviceName, random, now });
    const action = { kind: 'add', ...deviceCandidate(device) } as const;
    return { ...(await changeDevices(account, { ...recovery, action })), device };
  });
}

/** Adds a device that asked for it; throws `too-many-devices` and `device-duplicate`. */
export async function addDevice(
  addition: AccountAccess & {
    readonly candidate: DeviceCandidate;
    readonly random: RandomSource;
    readonly now: number;
  },
): Promise<DeviceListChange> {
  const action = { kind: 'add', ...addition.candidate } as const;
  return withAccount(addition, (account) => changeDevices(account, { ...addition, action }));
}

/**
 * Revokes a device and rotates the archive key (IDN-18): the device opens neither the new vault nor
 * what is sealed from now on. A device may revoke itself. Throws `device-unknown`, `device-revoked`.
 */
export async function revokeDevice(
  revocation: AccountAccess & {
    readonly deviceId: DeviceId;
    readonly random: RandomSource;
    readonly now: number;
  },
): Promise<DeviceListChange> {
  const { deviceId } = revocation;
  return withAccount(revocation, async (account) => {
    requireActiveDevice(account.devices, deviceId);
    const action = { kind: 'revoke', deviceId } as const;
    return changeDevices(account, { ...revocation, action });
  });
}

/** Begins a new archive key version under a new vault key, for the same openers (IDN-19). */
export async function rotateArchiveKey(
  rotation: AccountAccess & { readonly random: RandomSource },
): Promise<AccountChange> {
  return withAccount(rotation, async (account) =>
    reseal(account, { random: rotation.random, rotate: true, openers: lastingOpeners(account) }),
  );
}

/** Gives the account a new phrase; every phrase before it opens nothing any more (IDN-20). */
export async function replaceRecoveryPhrase(
  replacement: AccountAccess & { readonly random: RandomSource },
): Promise<AccountChange & { readonly recoveryPhrase: string }> {
  const { random } = replacement;
  return withAccount(replacement, async (account) => {
    const recoveryPhrase = createRecoveryPhrase(random);
    const others = lastingOpeners(account).filter(({ kind }) => kind !== 'phrase');
    const openers = [...others, newPhraseOpener(recoveryPhrase, account.devices.accountId)];
    return { ...reseal(account, { random, rotate: true, openers }), recoveryPhrase };
  });
}

/**
 * Takes a phrase, passkey or link out of the vault and rotates the archive key (IDN-20). Throws
 * `opener-unknown`, and `last-opener` for the last that could recover the account.
 */
export async function removeOpener(
  removal: AccountAccess & { readonly openerId: OpenerId; readonly random: RandomSource },
): Promise<AccountChange> {
  return withAccount(removal, async (account) => {
    const openers = lastingOpeners(account);
    const lasting = openers.filter(({ kind }) => kind !== 'device');
    const removed = lasting.find(({ openerId }) => openerId === removal.openerId);
    if (removed === undefined) throw refuse('opener-unknown', 'the vault has no such opener');
    if (lasting.length === 1) throw refuse('last-opener', 'nothing else recovers the account');
    const rest = openers.filter((opener) => opener !== removed);
    return reseal(account, { random: removal.random, rotate: true, openers: rest });
  });
}

interface Account {
  readonly opened: OpenedVault;
  readonly devices: VerifiedDeviceList;
}

/** Opens vault and list, and forgets the identity key however the work ends. */
async function withAccount<Result>(
  access: AccountAccess,
  work: (account: Account) => Promise<Result>,
): Promise<Result> {
  const opened = openVault(access);
  try {
    const { accountId, deviceListHead } = opened.vault;
    const { statements, verifier, knownHead } = access;
    const devices = await verifyChain({ accountId, statements, verifier, knownHead });
    const { seq, hash } = devices.head;
    if (seq !== deviceListHead.seq || !sameBytes(hash, deviceListHead.hash)) {
      throw refuse('vault-stale', 'vault and device list are not of the same moment');
    }
    return await work({ opened, devices });
  } finally {
    wipeVault(opened);
  }
}

async function changeDevices(
  { opened, devices }: Account,
  change: {
    readonly action: DeviceAction;
    readonly random: RandomSource;
    readonly now: number;
    readonly verifier: SignatureVerifier;
  },
): Promise<DeviceListChange> {
  const { action, random, now, verifier } = change;
  const { identitySeed } = opened;
  const statement = signDeviceStatement({ identitySeed, head: devices.head, action, now });
  const account = { opened, devices: await extendChain(devices, statement, verifier) };
  const rotate = action.kind === 'revoke';
  return { ...reseal(account, { random, rotate, openers: lastingOpeners(account) }), statement };
}

/** The openers that the vault had and, of devices, exactly the active ones of the verified list. */
function lastingOpeners({ opened, devices }: Account): readonly OpenerDescription[] {
  const listed = activeDevices(devices).map((device) =>
    deviceOpener({ deviceId: device.deviceId, description: device }),
  );
  return [...opened.vault.openers.filter(({ kind }) => kind !== 'device'), ...listed];
}

function reseal(
  { opened, devices }: Account,
  how: {
    readonly random: RandomSource;
    readonly rotate: boolean;
    readonly openers: readonly OpenerDescription[];
  },
): AccountChange {
  const random = carefulRandom(how.random);
  const revision = opened.vault.revision + 1;
  const archiveKeys = how.rotate ? nextArchiveKeys(opened, random) : opened.archiveKeys;
  const { identitySeed } = opened;
  const { openers } = how;
  const contents = { identitySeed, archiveKeys, revision, deviceListHead: devices.head, openers };
  const vault = sealVault(contents, random);
  return { accountId: devices.accountId, vault, revision, devices, archiveKeys };
}

function nextArchiveKeys({ archiveKeys }: OpenedVault, random: RandomSource) {
  if (archiveKeys.length >= MAX_ARCHIVE_KEYS) {
    throw new ValidationError('too-many-archive-keys', 'the vault takes no more archive keys');
  }
  return [...archiveKeys, { version: archiveKeys.length + 1, key: random(32) }];
}

function refuse(code: string, message: string): VerificationError {
  return new VerificationError(code, message);
}
