import { renameDevice, revokeDevice, revokeOtherDevices } from '@heliogram/client';
import type { SessionCommands } from '../../bridge/contract/session.ts';
import type { CommandHandlers } from '../hub/handlers.ts';
import { soon } from '../soon.ts';
import { requireKeys } from './account-keys.ts';
import { ownDevices } from './device-list.ts';
import type { House } from './house.ts';
import type { Session } from './session.ts';

type DeviceCommand =
  | 'listDevices'
  | 'renameDevice'
  | 'revokeDevice'
  | 'revokeOtherDevices'
  | 'knowDevices';

/** The devices of the account that is signed in here. */
export function deviceListCommands(
  house: House,
  session: Session,
): Pick<CommandHandlers, DeviceCommand & keyof SessionCommands> {
  const { platform, store, keys } = house;
  const context = { call: soon(house), records: store.records, platform };
  return {
    listDevices: () => ownDevices(house),
    renameDevice: async ({ deviceId, name }) => {
      const { accountId } = requireKeys(keys);
      return { name: await renameDevice({ ...context, accountId }, { deviceId, name }) };
    },
    revokeDevice: async ({ deviceId }) => {
      await revokeDevice(context, requireKeys(keys), deviceId);
      await session.lookAtDevices();
      return null;
    },
    revokeOtherDevices: async () => {
      await revokeOtherDevices(context, requireKeys(keys));
      await session.lookAtDevices();
      return null;
    },
    knowDevices: async () => {
      await session.knowDevices();
      return null;
    },
  };
}
