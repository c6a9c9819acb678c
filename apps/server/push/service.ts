import { PushService, ValidationError, VerificationError } from '@heliogram/protocol';
import {
  type BoundService,
  bindService,
  type CallContext,
  type DeviceCaller,
} from '../gateway/service.ts';
import { checkSubscription } from './endpoints.ts';
import type { PushOptions } from './options.ts';
import { endpointHashOf, forgetPushOfDevice, setSubscription } from './subscriptions.ts';

type Parts = Pick<PushOptions, 'storage' | 'runtime' | 'reach'> & {
  /** Uncompressed point; undefined while push is off. */
  readonly publicKey: () => Uint8Array | undefined;
};

export function pushService({ storage, runtime, reach, publicKey }: Parts): BoundService {
  return bindService(PushService, {
    getPushKey: () => {
      const key = publicKey();
      if (!key) throw notOffered();
      return { publicKey: key };
    },
    setPushSubscription: async (request, context) => {
      if (reach === 'off') throw notOffered();
      checkSubscription(request, reach);
      await setSubscription(storage, deviceOf(context), { ...request, now: runtime.now() });
      return {};
    },
    removePushSubscription: async (_request, context) => {
      await forgetPushOfDevice(storage.db, deviceOf(context).deviceId);
      return {};
    },
    getPushSettings: async (_request, context) => {
      const hash = await endpointHashOf(storage, deviceOf(context).deviceId);
      const subscribed = hash !== undefined;
      const endpointHash = hash ?? new Uint8Array();
      return { settings: { offered: reach !== 'off', subscribed, endpointHash } };
    },
  });
}

/** The contract promises a device here; this is the type's side of that promise. */
function deviceOf({ caller }: CallContext): DeviceCaller {
  if (caller.kind !== 'device') throw new VerificationError('unauthenticated', 'sign in first');
  return caller;
}

const notOffered = (): ValidationError =>
  new ValidationError('unsupported', 'push notifications are turned off on this server');
