import { listOwnDevices } from '@heliogram/client';
import type { DeviceView } from '../../bridge/contract/session.ts';
import { soon } from '../soon.ts';
import { requireKeys } from './account-keys.ts';
import type { House } from './house.ts';

export async function ownDevices(house: House): Promise<readonly DeviceView[]> {
  const { accountId, deviceId: own } = requireKeys(house.keys);
  const context = { call: soon(house), records: house.store.records };
  const devices = await listOwnDevices(context, accountId);
  return devices.map((device) => ({ ...device, current: device.deviceId === own }));
}
