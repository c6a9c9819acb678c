import type { Bus, BusMessage } from './port.ts';

/** The bus of a single process: delivers within the call, in order. */
export function createInProcessBus(): Bus {
  const topics = new Map<string, Set<(message: BusMessage) => void>>();
  return {
    wanted: (topic) => topics.has(topic),
    publish(topic, message) {
      const receivers = topics.get(topic);
      if (receivers) for (const receive of receivers) receive(message);
    },
    subscribe(topic, receive) {
      const receivers = topics.get(topic) ?? new Set();
      topics.set(topic, receivers.add(receive));
      return () => {
        receivers.delete(receive);
        if (receivers.size === 0 && topics.get(topic) === receivers) topics.delete(topic);
      };
    },
    async close() {
      topics.clear();
    },
  };
}
