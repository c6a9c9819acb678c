import { ValidationError } from '@heliogram/protocol';
import { Standings } from '../accounts/standings.ts';
import { Dispatcher } from '../gateway/dispatcher.ts';
import { RateLimiter } from '../gateway/rate-limiter.ts';
import type { Sessions } from '../gateway/sessions.ts';
import { nodeRuntime } from '../node-runtime.ts';
import { lockDataDirectory } from '../storage/data-directory.ts';
import type { Storage } from '../storage/port.ts';
import { openSqliteStorage } from '../storage/sqlite/index.ts';
import { silentLog, silentTelemetry } from '../telemetry.ts';
import type { OfflineOperator } from './operator-client.ts';
import type { ChannelTakeDowns, TakeDownTarget } from './options.ts';
import { createModeration } from './service.ts';
import { channelNamed } from './subjects.ts';

/**
 * The operator's methods on a data directory that no server uses (MOD-11): nobody is connected, so
 * there is nobody to end and nobody to tell. Throws `unavailable` while a server has the directory.
 */
export async function openOffline(dataDirectory: string): Promise<OfflineOperator> {
  const directory = lockDataDirectory(dataDirectory);
  try {
    const storage = openSqliteStorage({ path: directory.databaseFile });
    const dispatcher = offlineDispatcher(storage);
    return {
      dispatch: (method, payload, context) => dispatcher.call(method, payload, context),
      close: async () => {
        await storage.close();
        directory.release();
      },
    };
  } catch (error) {
    directory.release();
    throw error;
  }
}

function offlineDispatcher(storage: Storage): Dispatcher {
  const moderation = createModeration({
    storage,
    runtime: nodeRuntime,
    sessions: nobodyConnected,
    standings: new Standings(storage),
    channels: storedChannels(storage),
  });
  return new Dispatcher({
    services: [moderation.service],
    rates: new RateLimiter(nodeRuntime),
    runtime: nodeRuntime,
    telemetry: silentTelemetry,
    log: silentLog,
    checkStanding: async () => undefined,
  });
}

const nobodyConnected: Sessions = {
  endDevice: () => undefined,
  endAccount: () => undefined,
  issueToken: () => ({ token: '', expiresAt: 0 }),
};

/** A search holds every hit against the stored rows again, so nothing else is told. */
function storedChannels(storage: Storage): ChannelTakeDowns {
  const decide = async ({ channel, seq }: TakeDownTarget, reason: string | null) => {
    const { id } = await channelNamed(storage.db, channel);
    const done =
      seq === 0
        ? await setChannel(storage, id, reason)
        : await storage.log.setTakenDown(id, seq, reason);
    if (!done) throw new ValidationError('not_found', 'there is no such channel or post');
  };
  return {
    takeDown: ({ reason, ...target }) => decide(target, reason),
    restore: (target) => decide(target, null),
  };
}

async function setChannel(
  storage: Storage,
  conversation: number,
  reason: string | null,
): Promise<boolean> {
  const result = await storage.db
    .updateTable('channels')
    .set({ taken_down_reason: reason })
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
