import type { DeviceId } from '@heliogram/protocol';
import type { ProfileSource } from '../conversations/policy.ts';
import type { BoundService } from '../gateway/service.ts';
import { Challenges } from './challenges.ts';
import { Deletions } from './deletion.ts';
import { DeviceActivity } from './device-activity.ts';
import { DeviceLists } from './device-lists.ts';
import { type DeviceRecord, findDevice } from './device-records.ts';
import type { AccountsOptions } from './options.ts';
import { createProfileSource } from './profiles.ts';
import { Proofs } from './proofs.ts';
import { accountsService } from './service.ts';
import { Standings } from './standings.ts';

export { type AccountRef, findAccount } from './account-records.ts';
export type { DeviceRecord } from './device-records.ts';
export { displayName, displayText } from './display-text.ts';
export { ed25519Verifier } from './ed25519-verifier.ts';
export type { AccountsOptions } from './options.ts';
export { createProfileSource } from './profiles.ts';
export { createInvite as addSignUpInvite } from './sign-up-invites.ts';
export { Standings } from './standings.ts';
export { claimUsername, releaseUsername, usernameHolder } from './usernames.ts';

export interface Accounts {
  readonly service: BoundService;
  readonly profiles: ProfileSource;
  /** Whether accounts may act (ACC-10): the dispatcher asks, moderation changes. */
  readonly standings: Standings;
  /** A device's last connection ended. */
  deviceLeft(deviceId: DeviceId): void;
  /** Resolves once the last activities are written. */
  stop(): Promise<void>;
  deviceOf(deviceId: DeviceId): Promise<DeviceRecord | undefined>;
  /** Finishes deletions that a crash interrupted. Call it once at start, when every room is there. */
  resumeDeletions(): Promise<void>;
}

export function createAccounts(options: AccountsOptions): Accounts {
  const { storage, runtime, verifier, origins } = options;
  const challenges = new Challenges(runtime);
  const proofs = new Proofs({ challenges, origins, runtime, verifier });
  const standings = new Standings(storage);
  const lists = new DeviceLists(storage, verifier);
  const profiles = createProfileSource(storage);
  const deletions = new Deletions({ ...options, proofs, standings });
  const activity = new DeviceActivity({ ...options, isLive: (device) => options.isLive(device) });
  const parts = { ...options, activity, challenges, proofs, standings, lists, profiles, deletions };
  return {
    service: accountsService(parts),
    profiles,
    standings,
    deviceLeft: (device) => activity.note(device),
    stop: () => activity.settled(),
    deviceOf: (deviceId) => findDevice(storage.db, deviceId),
    resumeDeletions: () => deletions.resume(),
  };
}
