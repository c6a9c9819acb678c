import { hostname } from 'node:os';
import { Connection, type DeviceKeys, type Enrolment, parseOrigin } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { DependencyError, ValidationError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { type DeviceFacts, Profile } from '../session/profile.ts';
import { clientName } from '../version.ts';

export type EnrolmentParts = Enrolment & {
  readonly keep: (keys: DeviceKeys) => Promise<void>;
  readonly profile: Profile;
};

/**
 * Runs `work` on an anonymous connection, with a profile that becomes a device when it succeeds.
 * Throws `already_exists` for a profile that is one.
 */
export async function enrol<T>(
  { args, profileDirectory }: CommandContext,
  facts: Omit<DeviceFacts, 'origin'>,
  work: (parts: EnrolmentParts) => Promise<T>,
): Promise<T> {
  const origin = parseOrigin(args.required('server'));
  const profile = new Profile(profileDirectory);
  requireVacant(profile);
  const connection = new Connection({ origin, platform: nodePlatform, clientName, maxFailures: 1 });
  try {
    const result = await work({
      call: connection.call,
      origin,
      platform: nodePlatform,
      deviceName: deviceName(args.value('device-name')),
      keep: async (keys) => profile.prepare(keys, { ...facts, origin }),
      profile,
    });
    profile.commit();
    return result;
  } catch (error) {
    // Without an answer the device may exist: its keys stay where the next attempt replaces them.
    if (!(error instanceof DependencyError)) profile.abandon();
    throw error;
  } finally {
    connection.close();
  }
}

function requireVacant(profile: Profile): void {
  if (!profile.exists) return;
  throw new ValidationError(
    'already_exists',
    `${profile.directory} already belongs to an account: choose another --profile`,
  );
}

/** At most 64 bytes of UTF-8. */
function deviceName(given: string | undefined): string {
  const name = given ?? (hostname() || 'device');
  return given === undefined ? name.slice(0, 32) : name;
}
