import { createMemoryStore } from './memory-store.ts';
import type { ClientStore } from './port.ts';

/** A store that is made later; `made` makes it now, and resolves once it is there. */
export interface StoreToBe extends ClientStore {
  made(): Promise<void>;
}

/**
 * A store that does not exist yet, on a device that keeps nothing so far: whoever reads finds it empty and
 * waits for nothing. It is made when somebody has something to keep, or asks for it; chats, which can be
 * fetched again, wait until then. `make` must not reject.
 */
export function storeToBe(make: () => Promise<ClientStore>): StoreToBe {
  const empty = createMemoryStore();
  let making: Promise<ClientStore> | undefined;
  let store: ClientStore = empty;
  const wanted = Promise.withResolvers<void>();
  const now = (): Promise<ClientStore> => {
    making ??= make().then((made) => {
      store = made;
      return made;
    });
    wanted.resolve();
    return making;
  };
  const later = (): Promise<ClientStore> => wanted.promise.then(now);
  const asItIs = async (): Promise<ClientStore> => making ?? empty;
  return {
    outbox: via((each) => each.outbox, {
      enqueue: now,
      pending: asItIs,
      conversations: asItIs,
      settle: now,
      items: asItIs,
      unsettled: asItIs,
      retry: now,
      forget: asItIs,
      sweep: asItIs,
    }),
    records: via((each) => each.records, {
      get: asItIs,
      put: now,
      putIfAbsent: now,
      delete: asItIs,
      all: asItIs,
    }),
    entries: via((each) => each.entries, {
      put: now,
      range: asItIs,
      change: asItIs,
      remove: asItIs,
      search: asItIs,
      trim: asItIs,
      forget: asItIs,
      sizes: asItIs,
    }),
    chats: via((each) => each.chats, {
      put: later,
      all: asItIs,
      get: asItIs,
      remove: asItIs,
      locals: asItIs,
      local: asItIs,
      setLocal: now,
    }),
    ownState: via((each) => each.ownState, { all: asItIs, put: now, remove: asItIs }),
    get persistent() {
      return store.persistent;
    },
    clearCache: async () => (await asItIs()).clearCache(),
    wipe: async () => (await asItIs()).wipe(),
    compact: async () => (await asItIs()).compact(),
    close: async () => (await asItIs()).close(),
    made: async () => void (await now()),
  };
}

type Way = () => Promise<ClientStore>;
type Methods<Port> = { readonly [Name in keyof Port]: (...given: never[]) => Promise<unknown> };

/** A port whose methods each wait for the store in their own way. */
function via<Port extends Methods<Port>>(
  portOf: (store: ClientStore) => Port,
  ways: { readonly [Name in keyof Port]: Way },
): Port {
  const names = Object.keys(ways) as (keyof Port)[];
  const methods = names.map((name) => [
    name,
    async (...given: never[]) => {
      const port = portOf(await ways[name]());
      return port[name](...given);
    },
  ]);
  return Object.fromEntries(methods) as Port;
}
