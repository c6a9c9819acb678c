import type { Caller } from '@heliogram/client';
import { DependencyError } from '@heliogram/protocol';
import type { House } from './session/house.ts';

/** How long a person waits for a connection before they are told that there is none. */
const patienceMs = 4_000;

/** Calls once; throws `unavailable` where there is no connection within seconds. */
export function soon({ reading, platform }: House): Caller {
  return (method, request) =>
    reading.over(method, async ({ connection }) => {
      await new Promise<void>((resolve, reject) => {
        const timer = platform.scheduler.after(patienceMs, () =>
          reject(new DependencyError('unavailable', 'the server cannot be reached')),
        );
        connection
          .ready()
          .then(resolve, reject)
          .finally(() => timer.cancel());
      });
      return connection.call(method, request);
    });
}
