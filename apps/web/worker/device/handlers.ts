import { HeliogramError, PushService } from '@heliogram/protocol';
import type { DeviceCommands } from '../../bridge/contract/device.ts';
import type { CommandHandlers } from '../hub/handlers.ts';
import type { Uploads } from '../publishing/uploads.ts';
import type { House } from '../session/house.ts';

export function deviceCommands(
  house: House,
  uploads: Uploads,
): Pick<CommandHandlers, keyof DeviceCommands> {
  return {
    storageUsed: async () => {
      const sizes = await house.store.entries.sizes();
      const estimate = await navigator.storage?.estimate();
      return {
        posts: sizes.reduce((sum, { entries }) => sum + entries, 0),
        postBytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        uploadBytes: uploads.bytes,
        persistent: house.store.persistent,
        ...(estimate?.usage !== undefined && { usedBytes: estimate.usage }),
        ...(estimate?.quota !== undefined && { quotaBytes: estimate.quota }),
      };
    },
    clearCache: async () => {
      await house.store.clearCache();
      return null;
    },
    pushKey: async () => ({ key: await pushKey(house) }),
    setPush: async (keys) => {
      const { call } = house.client.connection;
      const { setPushSubscription, removePushSubscription } = PushService.method;
      if (keys) await call(setPushSubscription, keys);
      else await call(removePushSubscription, {});
      return null;
    },
  };
}

/** Empty where the operator turned push off. */
async function pushKey({ client }: House): Promise<Uint8Array> {
  try {
    return (await client.connection.call(PushService.method.getPushKey, {})).publicKey;
  } catch (error) {
    if (error instanceof HeliogramError && error.code === 'unsupported') return new Uint8Array();
    throw error;
  }
}
