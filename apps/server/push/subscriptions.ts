import { createHash } from 'node:crypto';
import {
  type DeviceId,
  deviceId,
  type SetPushSubscriptionRequest,
  VerificationError,
} from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Database, Storage } from '../storage/port.ts';

/** Fits every database's bound on parameters. */
const MAX_PER_QUERY = 500;

export type Subscription = {
  readonly deviceId: DeviceId;
  readonly endpoint: string;
  readonly p256dh: Uint8Array;
  readonly auth: Uint8Array;
};

/** One a device, replaced; a browser that another device subscribed before is that device's no longer. */
export async function setSubscription(
  storage: Storage,
  { account, deviceId: device }: DeviceCaller,
  subscription: Pick<SetPushSubscriptionRequest, 'endpoint' | 'p256dh' | 'auth'> & { now: number },
): Promise<void> {
  const { endpoint, p256dh, auth, now } = subscription;
  await storage.transaction(async (database) => {
    await requireStanding(database, device);
    await database
      .deleteFrom('push_subscriptions')
      .where((or) => or.or([or('device_id', '=', device), or('endpoint', '=', endpoint)]))
      .execute();
    await database
      .insertInto('push_subscriptions')
      .values({ device_id: device, account, endpoint, p256dh, auth, created_at: now })
      .execute();
  });
}

/** In the transaction: a revocation or suspension that overtook the call took what there was already. */
async function requireStanding(database: Database, device: DeviceId): Promise<void> {
  const row = await database
    .selectFrom('devices')
    .innerJoin('accounts', 'accounts.id', 'devices.account')
    .select('devices.account')
    .where('devices.device_id', '=', device)
    .where('devices.revoked_at', 'is', null)
    .where('accounts.suspended_reason', 'is', null)
    .executeTakeFirst();
  if (!row)
    throw new VerificationError(
      'device_revoked',
      'this device was removed, or its account is suspended',
    );
}

export async function endpointHashOf(
  { db }: Storage,
  device: DeviceId,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('push_subscriptions')
    .select('endpoint')
    .where('device_id', '=', device)
    .executeTakeFirst();
  return row && createHash('sha256').update(row.endpoint).digest();
}

/** Those of the devices that have one. */
export async function subscriptionsOf(
  { db }: Storage,
  devices: readonly DeviceId[],
): Promise<readonly Subscription[]> {
  if (devices.length === 0) return [];
  const rows = await db
    .selectFrom('push_subscriptions')
    .select(['device_id', 'endpoint', 'p256dh', 'auth'])
    .where('device_id', 'in', devices)
    .execute();
  return rows.map(({ device_id, ...rest }) => ({ deviceId: deviceId(device_id), ...rest }));
}

/** Only as it was: the device may have subscribed anew meanwhile. */
export async function dropSubscription(
  { db }: Storage,
  { deviceId: device, endpoint }: Pick<Subscription, 'deviceId' | 'endpoint'>,
): Promise<void> {
  await db
    .deleteFrom('push_subscriptions')
    .where('device_id', '=', device)
    .where('endpoint', '=', endpoint)
    .execute();
}

/** Within the transaction that revokes the device, or for a device that wants no more. */
export async function forgetPushOfDevice(database: Database, device: string): Promise<void> {
  await database.deleteFrom('push_subscriptions').where('device_id', '=', device).execute();
}

/** Within the transaction that suspends or deletes the accounts. */
export async function forgetPushOfAccounts(
  database: Database,
  accounts: readonly number[],
): Promise<void> {
  for (let at = 0; at < accounts.length; at += MAX_PER_QUERY) {
    await database
      .deleteFrom('push_subscriptions')
      .where('account', 'in', accounts.slice(at, at + MAX_PER_QUERY))
      .execute();
  }
}
