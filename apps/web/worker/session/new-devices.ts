import type { DeviceView } from '../../bridge/contract/session.ts';

/** Devices that are not known here yet. Whoever knows none begins to: what is there then is no news. */
export function newDevicesOf(
  devices: readonly DeviceView[],
  known: readonly string[] | undefined,
): readonly DeviceView[] {
  if (!known) return [];
  return devices.filter(({ deviceId, current }) => !current && !known.includes(deviceId));
}
