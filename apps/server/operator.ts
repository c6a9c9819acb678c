import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { Standings } from './accounts/index.ts';
import { Dispatcher, RateLimiter } from './gateway/index.ts';
import type { Sessions } from './gateway/sessions.ts';
import {
  callOperator,
  createModeration,
  type OfflineOperator,
  type OperatorCall,
  storedChannels,
} from './moderation/index.ts';
import { nodeRuntime } from './node-runtime.ts';
import { dataPaths, lockDataDirectory } from './storage/data-directory.ts';
import type { Storage } from './storage/port.ts';
import { openSqliteStorage } from './storage/sqlite/index.ts';
import { silentLog, silentTelemetry } from './telemetry.ts';

/**
 * Calls a method as the operator of a data directory (MOD-11), whether a server runs on it or not.
 * Throws what the method throws, `not_found` where no server ever ran, and `unavailable` when the
 * directory is in use and nothing answers.
 */
export function operate<I extends DescMessage, O extends DescMessage>(
  dataDirectory: string,
  { method, request }: Pick<OperatorCall<I, O>, 'method' | 'request'>,
): Promise<MessageShape<O>> {
  const paths = dataPaths(dataDirectory);
  return callOperator({
    paths,
    method,
    request,
    runtime: nodeRuntime,
    openOffline: () => openOffline(dataDirectory),
  });
}

/** The operator's methods on a directory that no server uses: nobody is connected, so nobody is ended. */
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
