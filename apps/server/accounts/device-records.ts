import type { DeviceDescription } from '@heliogram/crypto/verify';
import { type AccountId, accountId, type DeviceId, deviceId } from '@heliogram/protocol';
import { forgetPushOfDevice } from '../push/index.ts';
import type { Database } from '../storage/port.ts';
import { forgetActivity } from './device-activity.ts';

/** A device as the server knows it: public, listed by its account, perhaps revoked. */
export type DeviceRecord = {
  readonly account: number;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly revoked: boolean;
  readonly suspendedReason: string | null;
};

export async function findDevice(
  database: Database,
  id: string,
): Promise<DeviceRecord | undefined> {
  const row = await database
    .selectFrom('devices')
    .innerJoin('accounts', 'accounts.id', 'devices.account')
    .select(['devices.account', 'devices.device_id', 'devices.public_key', 'devices.revoked_at'])
    .select(['accounts.account_id', 'accounts.suspended_reason'])
    .where('devices.device_id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    account: row.account,
    accountId: accountId(row.account_id),
    deviceId: deviceId(row.device_id),
    publicKey: row.public_key,
    revoked: row.revoked_at !== null,
    suspendedReason: row.suspended_reason,
  };
}

/** False when any account lists this device already. */
export async function insertDevice(
  database: Database,
  device: {
    readonly account: number;
    readonly deviceId: string;
    readonly description: DeviceDescription;
    readonly now: number;
  },
): Promise<boolean> {
  const result = await database
    .insertInto('devices')
    .values({
      device_id: device.deviceId,
      account: device.account,
      public_key: device.description.signatureKey,
      name: device.description.name,
      created_at: device.now,
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function markRevoked(
  database: Database,
  revocation: { readonly account: number; readonly deviceId: string; readonly now: number },
): Promise<void> {
  await database
    .updateTable('devices')
    .set({ revoked_at: revocation.now })
    .where('device_id', '=', revocation.deviceId)
    .where('account', '=', revocation.account)
    .execute();
  await forgetPushOfDevice(database, revocation.deviceId);
  await forgetActivity(database, [revocation.deviceId]);
}
