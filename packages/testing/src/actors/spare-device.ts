import { HeliogramError } from '@heliogram/protocol';
import type { SpareDevice } from '../devices/sim-device.ts';
import type { Actor } from './actor.ts';

/** A second device of the account that is lost and revoked: from then on it may do nothing. */
export async function loseSpareDevice(actor: Actor): Promise<void> {
  const { device, world } = actor;
  if (!device.client) return;
  // The spare one runs in the same process: it dies when that does, and answers nobody after.
  const { death } = device;
  const spare = await within(death, enrolled(actor));
  if (!spare) return;
  actor.say('has a second device, and loses it');
  const before = await within(death, spare.act());
  const revoked = await actor.persist(() => device.revoke(spare.deviceId));
  if (revoked.kind === 'done') {
    const after = await within(death, spare.act());
    if (after === 'ok') world.violations.add(`a revoked device of ${actor.name} acts on`);
    if (before === 'ok' && after) actor.say(`its device hears ${after}`);
  }
  spare.close();
}

/** Undefined when the server would not have it now. */
async function enrolled({ device }: Actor): Promise<SpareDevice | undefined> {
  try {
    return await device.enrolSpare();
  } catch (error) {
    if (error instanceof HeliogramError && error.code !== 'internal') return undefined;
    throw error;
  }
}

/** Undefined when the process died before. */
async function within<T>(death: Promise<void>, work: Promise<T>): Promise<T | undefined> {
  return (await Promise.race([death, work])) ?? undefined;
}
