import type { DeviceView } from '../../bridge/contract/session.ts';

/** Devices that are not known here yet. The first list only fills the memory: its devices are not new. */
export function newDevicesOf(
  devices: readonly DeviceView[],
  known: readonly string[] | undefined,
): readonly DeviceView[] {
  if (!known) return [];
  return devices.filter(({ deviceId, current }) => !current && !known.includes(deviceId));
}
