import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { isDeviceName } from '@heliogram/crypto/verify';
import { deviceId, type RenameDeviceRequest, ValidationError } from '@heliogram/protocol';
import type { Notices } from '../conversations/notices.ts';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Storage } from '../storage/port.ts';
import type { DeviceActivity } from './device-activity.ts';

export type OwnDevicesParts = {
  readonly storage: Storage;
  readonly notices: Notices;
  readonly activity: DeviceActivity;
};

/** The caller's active devices, oldest first: their names and when they were last active (ACC-46). */
export async function listOwnDevices({ storage, activity }: OwnDevicesParts, caller: DeviceCaller) {
  const rows = await storage.db
    .selectFrom('devices')
    .select(['device_id', 'name'])
    .where('account', '=', caller.account)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('device_id')
    .execute();
  const noted = await activity.of(caller.account);
  const devices = rows.map(({ device_id, name }) => {
    const at = activity.at(deviceId(device_id), noted.get(device_id));
    return {
      deviceId: device_id,
      name,
      ...(at !== undefined && { lastActiveAt: timestampFromMs(at) }),
    };
  });
  return { devices };
}

/** Renames an active device of the caller's account (ACC-47). Throws `invalid_argument` or `not_found`. */
export async function renameDevice(
  { storage, notices }: OwnDevicesParts,
  { deviceId: device, name }: RenameDeviceRequest,
  caller: DeviceCaller,
): Promise<void> {
  if (!isDeviceName(name) || name.trim() !== name) {
    throw new ValidationError(
      'invalid_argument',
      'a device name must be one line of 1 to 64 bytes',
    );
  }
  const { numUpdatedRows } = await storage.db
    .updateTable('devices')
    .set({ name })
    .where('account', '=', caller.account)
    .where('device_id', '=', device)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ValidationError('not_found', 'device not found');
  notices.accountChanged(caller.accountId);
}
