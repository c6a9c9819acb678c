import type { Blocked } from '../../bridge/contract/session.ts';
import type { Handlers } from './handlers.ts';

/** What is left where the browser refuses what the app stands on: it says so. */
export function blockedHandlers(blocked: Blocked): Handlers {
  return {
    commands: {},
    watches: {
      session: (_args, emit) => {
        emit({ phase: 'starting', blocked });
        return { end: () => undefined };
      },
    },
  };
}
