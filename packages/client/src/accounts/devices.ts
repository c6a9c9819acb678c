import {
  decodeDeviceSecrets,
  nobleVerifier,
  parseAccountId,
  parseDeviceId,
  revokeDevice as sealRevocation,
  type VerifiedDeviceList,
  verifyChain,
} from '@heliogram/crypto';
import { AccountsService } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import type { Platform } from '../ports.ts';
import type { RecordStore } from '../store/port.ts';
import { distinctName, distinctNames } from './device-names.ts';
import { readSeenHead, rememberHead } from './seen-head.ts';
import type { DeviceKeys } from './sign-up.ts';

export interface DeviceSummary {
  readonly deviceId: string;
  readonly name: string;
  /** Milliseconds since the epoch, by the device's own clock. */
  readonly createdAt: number;
  readonly revoked: boolean;
}

export interface DevicesContext {
  readonly call: Caller;
  readonly records: RecordStore;
}

/**
 * Every device that the account ever listed, oldest first, after its whole signed list was verified
 * and found to continue the one seen before. Throws `signature_invalid` for a list that does not hold.
 */
export async function listDevices(
  context: DevicesContext,
  accountId: string,
): Promise<readonly DeviceSummary[]> {
  const { devices } = await fetchDeviceList(context, accountId);
  return [...devices.devices.values()].map(({ deviceId, name, createdAt, status }) => ({
    deviceId,
    name,
    createdAt,
    revoked: status === 'revoked',
  }));
}

export interface OwnDevice {
  readonly deviceId: string;
  /** No two of them have the same. */
  readonly name: string;
  /** Milliseconds since the epoch, by the clock of the device that it was added with. */
  readonly addedAt: number;
  /** To the minute, by the server's clock; absent before its first sign-in. */
  readonly lastActiveAt?: number;
}

/**
 * The active devices of one's own account, oldest first. Which there are the signed list says; names that
 * were given later and activity are the server's word. Throws `signature_invalid` for a list that does not hold.
 */
export async function listOwnDevices(
  context: DevicesContext,
  accountId: string,
): Promise<readonly OwnDevice[]> {
  const listed = await listDevices(context, accountId);
  const active = listed.filter(({ revoked }) => !revoked);
  const { devices } = await context.call(AccountsService.method.listDevices, {});
  const told = new Map(devices.map((device) => [device.deviceId, device]));
  const names = distinctNames(active.map(({ deviceId, name }) => told.get(deviceId)?.name || name));
  return active.map(({ deviceId, name, createdAt }, index) => {
    const at = told.get(deviceId)?.lastActiveAt;
    return {
      deviceId,
      name: names[index] ?? name,
      addedAt: createdAt,
      ...(at && { lastActiveAt: Number(at.seconds) * 1_000 }),
    };
  });
}

/** Gives a device of one's own account another name, numbered where another one has it; answers the name. */
export async function renameDevice(
  context: DevicesContext & { readonly accountId: string },
  { deviceId, name }: Pick<OwnDevice, 'deviceId' | 'name'>,
): Promise<string> {
  const devices = await listOwnDevices(context, context.accountId);
  const others = devices.filter((device) => device.deviceId !== deviceId);
  const given = distinctName(
    name.trim(),
    others.map((device) => device.name),
  );
  await context.call(AccountsService.method.renameDevice, { deviceId, name: given });
  return given;
}

/** Revokes every active device of the account but this one; answers how many. */
export async function revokeOtherDevices(
  context: DevicesContext & { readonly platform: Pick<Platform, 'scheduler' | 'random'> },
  keys: DeviceKeys,
): Promise<number> {
  const devices = await listDevices(context, keys.accountId);
  const others = devices.filter(({ deviceId, revoked }) => !revoked && deviceId !== keys.deviceId);
  // Each statement continues the one before.
  for (const { deviceId } of others) await revokeDevice(context, keys, deviceId);
  return others.length;
}

/**
 * Revokes a device of one's own account: opens the vault with this device's key, signs the statement
 * with the identity key, seals a new vault without the device, and forgets the identity key again.
 */
export async function revokeDevice(
  context: DevicesContext & { readonly platform: Pick<Platform, 'scheduler' | 'random'> },
  keys: DeviceKeys,
  deviceId: string,
): Promise<void> {
  const { call, records, platform } = context;
  const { vault } = await call(AccountsService.method.getVault, {});
  const { statements } = await fetchDeviceList(context, keys.accountId);
  const change = await sealRevocation({
    opener: decodeDeviceSecrets(keys.secrets),
    vault,
    statements,
    verifier: nobleVerifier,
    deviceId: parseDeviceId(deviceId),
    random: (length) => platform.random.bytes(length),
    now: platform.scheduler.now(),
  });
  const { statement } = change;
  await call(AccountsService.method.publishDeviceStatement, { statement, vault: change.vault });
  await rememberHead(records, keys.accountId, change.devices.head);
}

export async function fetchDeviceList(
  { call, records }: DevicesContext,
  accountId: string,
): Promise<{ readonly statements: readonly Uint8Array[]; readonly devices: VerifiedDeviceList }> {
  const statements: Uint8Array[] = [];
  for (let more = true; more; ) {
    const afterNumber = statements.length;
    const page = await call(AccountsService.method.getDeviceList, { accountId, afterNumber });
    statements.push(...page.statements);
    more = page.more && page.statements.length > 0;
  }
  const knownHead = await readSeenHead(records, accountId);
  const devices = await verifyChain({
    accountId: parseAccountId(accountId),
    statements,
    verifier: nobleVerifier,
    ...(knownHead && { knownHead }),
  });
  await rememberHead(records, accountId, devices.head);
  return { statements, devices };
}
