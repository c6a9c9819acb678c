import type { RecordStore } from '@heliogram/client';
import type { ProfileView, ServerView } from '../../bridge/contract/session.ts';

/** What was last known of oneself and the server, so that the app opens without a network. */
export interface AccountMemory {
  readonly me?: ProfileView;
  readonly server?: ServerView;
  readonly phraseConfirmed: boolean;
  /** Devices of the account that are no news here; absent until they were listed once. */
  readonly knownDevices?: readonly string[];
}

const keys = ['me', 'server', 'phraseConfirmed', 'knownDevices'];

export async function readAccountMemory(records: RecordStore): Promise<AccountMemory> {
  const kept = await records.get('account', keys);
  const me = kept.get('me');
  const server = kept.get('server');
  const knownDevices = kept.get('knownDevices');
  return {
    // This program wrote both; a shape of a later version is replaced at the next answer.
    ...(me !== undefined && { me: JSON.parse(me) as ProfileView }),
    ...(knownDevices !== undefined && {
      knownDevices: JSON.parse(knownDevices) as readonly string[],
    }),
    ...(server !== undefined && { server: JSON.parse(server) as ServerView }),
    phraseConfirmed: kept.get('phraseConfirmed') === 'true',
  };
}

export async function writeAccountMemory(
  records: RecordStore,
  memory: Partial<AccountMemory>,
): Promise<void> {
  const entries = Object.entries(memory).map(
    ([key, value]) => [key, JSON.stringify(value)] as const,
  );
  await records.put('account', new Map(entries));
}
