import {
  activeDevices,
  type CreatedAccount,
  createAccount,
  type DeviceSecrets,
  openRecoveryPhrase,
  recoverAccount,
} from '../src/index.ts';
import { nodeVerifier } from './node-verifier.ts';
import { seededRandom } from './seeded-random.ts';

export const NOW = 1_750_000_000_000;

/** An account with as many devices as asked for, and what a server stores of it. */
export interface AccountWorld {
  readonly account: CreatedAccount;
  readonly devices: readonly DeviceSecrets[];
  readonly statements: readonly Uint8Array[];
  readonly vault: Uint8Array;
}

export async function accountWorld(seed: string, deviceCount: number): Promise<AccountWorld> {
  const random = seededRandom(seed);
  const account = createAccount({ deviceName: 'device 1', random, now: NOW });
  let world: AccountWorld = {
    account,
    devices: [account.device],
    statements: [account.statement],
    vault: account.vault,
  };
  while (world.devices.length < deviceCount) {
    const { statement, vault, device, devices } = await recoverAccount({
      ...stored(world),
      opener: openRecoveryPhrase(account.recoveryPhrase),
      deviceName: `device ${world.devices.length + 1}`,
      random,
      now: NOW,
    });
    if (activeDevices(devices).length !== world.devices.length + 1) throw new Error('not added');
    world = {
      account,
      devices: [...world.devices, device],
      statements: [...world.statements, statement],
      vault,
    };
  }
  return world;
}

/** The part of an account that the server hands out. */
export function stored(world: Pick<AccountWorld, 'statements' | 'vault'>) {
  return { statements: world.statements, vault: world.vault, verifier: nodeVerifier };
}

export function deviceAt(world: AccountWorld, index: number): DeviceSecrets {
  const device = world.devices[index];
  if (device === undefined) throw new RangeError(`no device ${index}`);
  return device;
}

/** A copy with one bit of one byte turned. */
export function flipBit(bytes: Uint8Array, at: number, bit = at % 8): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}
