import type { ClientStore, OutboxStore } from '@heliogram/client';

/** Lets time pass around a step; never returns once the process is gone. */
export type Pause = () => Promise<void>;

/**
 * The disk under a client's store: each step takes a while before it is durable and a while until it
 * is told, and a process may die on either side of that.
 */
export function slowStore(store: ClientStore, pause: Pause): ClientStore {
  const slow =
    <A extends readonly unknown[], R>(step: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await pause();
      const result = await step(...args);
      await pause();
      return result;
    };
  const { outbox, records } = store;
  const slowOutbox: OutboxStore = {
    enqueue: slow((batch) => outbox.enqueue(batch)),
    pending: slow((query) => outbox.pending(query)),
    conversations: slow((owner) => outbox.conversations(owner)),
    settle: slow((outcomes) => outbox.settle(outcomes)),
    items: slow((ids) => outbox.items(ids)),
    forget: slow((ids) => outbox.forget(ids)),
    sweep: slow((time) => outbox.sweep(time)),
  };
  return {
    outbox: slowOutbox,
    records: {
      get: slow((space, keys) => records.get(space, keys)),
      put: slow((space, entries) => records.put(space, entries)),
      putIfAbsent: slow((space, entries) => records.putIfAbsent(space, entries)),
      delete: slow((space, keys) => records.delete(space, keys)),
    },
    close: async () => undefined,
  };
}
