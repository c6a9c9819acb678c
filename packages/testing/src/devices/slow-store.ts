import type { ClientStore } from '@heliogram/client';

/** Lets time pass around a step; never returns once the process is gone. */
export type Pause = () => Promise<void>;

/**
 * The disk under a client's store: each step takes a while before it is durable and a while until it
 * is told, and a process may die on either side of that.
 */
export function slowStore(store: ClientStore, pause: Pause): ClientStore {
  const slow = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const step: unknown = Reflect.get(target, name, target);
        if (typeof step !== 'function') return step;
        return async (...args: readonly unknown[]) => {
          await pause();
          const result: unknown = await Reflect.apply(step, target, args);
          await pause();
          return result;
        };
      },
    });
  return {
    ...store,
    outbox: slow(store.outbox),
    records: slow(store.records),
    entries: slow(store.entries),
    chats: slow(store.chats),
    close: async () => undefined,
  };
}
