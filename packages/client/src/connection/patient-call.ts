import { asHeliogramError } from '../errors.ts';
import type { Platform } from '../ports.ts';
import { retryDelayMs, unitFrom } from './backoff.ts';
import type { Caller, Connection } from './connection.ts';

/**
 * Calls again after every failure that a retry can cure, until there is an answer or the connection is
 * closed. For calls that may be repeated: those that only read.
 */
export function patientCall(
  connection: Connection,
  { scheduler, random }: Pick<Platform, 'scheduler' | 'random'>,
): Caller {
  return async (method, request) => {
    for (let failures = 1; ; failures++) {
      try {
        return await connection.call(method, request);
      } catch (thrown) {
        const error = asHeliogramError(thrown);
        if (!error.retry || connection.closed) throw error;
        const delayMs = retryDelayMs(failures, unitFrom(random.bytes(4)), error.retryAfterMs);
        await new Promise<void>((resolve) => {
          scheduler.after(delayMs, resolve);
        });
      }
    }
  };
}
