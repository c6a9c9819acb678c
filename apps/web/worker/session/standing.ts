import { asHeliogramError, Connection, type DeviceKeys, listDevices } from '@heliogram/client';
import type { House } from './house.ts';

/** What an account's own signed list says of a device; `no-list`: the server has none. */
export type Standing = 'listed' | 'revoked' | 'no-list';

/** Asks as a stranger: the list is public, and the device may not be let in any more. */
export async function standingOf(
  {
    origin,
    platform,
    store,
    clientName,
  }: Pick<House, 'origin' | 'platform' | 'store'> & { readonly clientName: string },
  { accountId, deviceId }: DeviceKeys,
): Promise<Standing> {
  const connection = new Connection({ origin, platform, clientName, maxFailures: 2 });
  try {
    const context = { call: connection.call, records: store.records };
    const devices = await listDevices(context, accountId);
    const out = devices.some((device) => device.deviceId === deviceId && device.revoked);
    return out ? 'revoked' : 'listed';
  } catch (error) {
    const { code } = asHeliogramError(error);
    if (code === 'not_found' || code === 'gone') return 'no-list';
    throw error;
  } finally {
    connection.close();
  }
}
