import { Client, type ClientOptions, createMemoryStore } from '@heliogram/client';
import { nodePlatform, openSqliteStore } from '@heliogram/client/node';
import type { CommandContext } from '../arguments/command.ts';
import { clientName } from '../version.ts';
import { Profile, type StoredDevice } from './profile.ts';

/** A signed-in client for one command. */
export type Session = {
  readonly client: Client;
  readonly call: Client['call'];
  readonly device: StoredDevice;
  readonly profile: Profile;
};

export type SessionOptions = {
  readonly persistence?: ClientOptions['persistence'];
  /** False: nothing is kept and nothing left behind is sent; starts faster. */
  readonly stored?: boolean;
};

/** How long a short command stays to send what others left behind. */
const patienceMs = 10_000;

/** Runs `work` signed in as the profile's device; what earlier processes left in the outbox is sent too. */
export async function withSession<T>(
  { profileDirectory }: Pick<CommandContext, 'profileDirectory'>,
  work: (session: Session) => Promise<T>,
  { persistence = 'once', stored = true }: SessionOptions = {},
): Promise<T> {
  const profile = new Profile(profileDirectory);
  const device = profile.read();
  const store = stored ? openSqliteStore(profile.storeFile) : createMemoryStore();
  const client = new Client({
    origin: device.origin,
    device: { ...device, signatureSeed: Buffer.from(device.signatureSeed, 'hex') },
    platform: nodePlatform,
    store,
    clientName,
    persistence,
  });
  try {
    const leftBehind = client.outbox.flush();
    const result = await work({ client, call: client.call, device, profile });
    if (persistence === 'once') await atMost(patienceMs, leftBehind);
    return result;
  } finally {
    await client.close();
  }
}

async function atMost(delayMs: number, work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, delayMs);
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
