import type { DeviceId } from '@heliogram/protocol';
import type { AppendListener } from '../conversations/log.ts';
import type { BoundService } from '../gateway/service.ts';
import type { PushOptions } from './options.ts';
import { createPush } from './pushing.ts';
import { Rounds } from './rounds.ts';
import { Sender } from './sender.ts';
import { pushService } from './service.ts';
import { sparingSilentHosts } from './silent-hosts.ts';
import { Spared } from './spared.ts';
import { vapidKeys } from './vapid-keys.ts';

export { forgetPushOfAccounts, forgetPushOfDevice } from './subscriptions.ts';

/** Web Push: wakes devices that are not connected when there is something new. */
export type PushRoom = {
  readonly service: BoundService;
  /** Told of durable entries. Returns at once. */
  readonly appended: AppendListener;
  /** The device's connection fell silent: what it was spared since may never have arrived. */
  lost(deviceId: DeviceId): void;
  /** Makes the server's keys at the first start. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createPushRoom(options: PushOptions): PushRoom {
  const { reach, storage } = options;
  let publicKey: Uint8Array | undefined;
  let wakers: Wakers | undefined;
  return {
    service: pushService({ ...options, publicKey: () => publicKey }),
    appended: (conversation, entries) => wakers?.rounds.appended(conversation, entries),
    lost: (deviceId) => wakers?.lost(deviceId),
    start: async () => {
      if (reach === 'off') return;
      const keys = await vapidKeys(storage);
      publicKey = Buffer.from(keys.publicKey, 'base64url');
      const { contact, trusted } = options;
      const dial = createPush({ reach, keys, contact, trusted });
      const push = sparingSilentHosts(dial, options.runtime);
      wakers = createWakers(options, new Sender({ ...options, push }));
    },
    stop: async () => {
      await wakers?.rounds.stop();
      await wakers?.sender.stop();
    },
  };
}

type Wakers = {
  readonly rounds: Rounds;
  readonly sender: Sender;
  lost(deviceId: DeviceId): void;
};

function createWakers(options: PushOptions, sender: Sender): Wakers {
  const spared = new Spared(options.runtime);
  const wake = (deviceId: DeviceId): void => {
    if (options.live.isLive(deviceId)) spared.add(deviceId);
    else sender.wake(deviceId);
  };
  return {
    rounds: new Rounds({ ...options, wake }),
    sender,
    lost: (deviceId) => {
      if (spared.take(deviceId)) sender.wake(deviceId);
    },
  };
}
