import type { Bus } from '../../bus/port.ts';
import type { AppendCommand, LogStore } from '../../storage/port.ts';
import type { Sabotage } from './machine.ts';

/** Servers that break one promise each, and what the oracle must say of them. */
export const sabotages: readonly (Sabotage & { readonly name: string; readonly found: RegExp })[] =
  [
    {
      name: 'a disk that forgets its last commit',
      disk: true,
      found: /was acknowledged as/,
    },
    {
      name: 'pushes that vanish without a word',
      foundations: (real) => ({ ...real, bus: withoutFrames(real.bus, 2) }),
      found: /there is no rest: .* reads/,
    },
    {
      name: 'an append that forgets which ids it knows',
      foundations: (real) => withLog(real, (log) => forgetful(log, real.runtime.randomBytes)),
      found: /is there 2 times/,
    },
    {
      name: 'a batch appended in the wrong order',
      foundations: (real) => withLog(real, backwards),
      found: /sent what stands at/,
    },
    {
      name: 'a page that leaves an entry out',
      foundations: (real) => withLog(real, gappy),
      found: /got \d+ after \d+|is numbered/,
    },
    {
      name: 'subscriptions that outlive the right to read',
      foundations: (real) => ({ ...real, bus: withoutEndings(real.bus) }),
      found: /without permission/,
    },
    {
      name: 'subscriber counts that are never brought up to date',
      foundations: (real) => ({
        ...real,
        config: { ...real.config, subscriberCountIntervalMs: 40 * 86_400_000 },
      }),
      found: /subscribers are shown/,
    },
  ];

type Foundations = Parameters<NonNullable<Sabotage['foundations']>>[0];

function withLog(real: Foundations, change: (log: LogStore) => Partial<LogStore>): Foundations {
  const { storage } = real;
  const { log } = storage;
  return { ...real, storage: { ...storage, log: { ...log, ...change(log) } } };
}

function forgetful(log: LogStore, randomBytes: (length: number) => Uint8Array): Partial<LogStore> {
  const renamed = (command: AppendCommand) => ({ ...command, appendId: randomBytes(16) });
  return { append: (batch) => log.append(batch.map(renamed)) };
}

function backwards(log: LogStore): Partial<LogStore> {
  return { append: async (batch) => (await log.append(batch.toReversed())).toReversed() };
}

function gappy(log: LogStore): Partial<LogStore> {
  return {
    read: async (range) => {
      const page = await log.read(range);
      return { ...page, entries: page.entries.filter(({ seq }) => seq % 13 !== 5) };
    },
  };
}

function withoutFrames(bus: Bus, every: number): Bus {
  let frames = 0;
  return {
    ...bus,
    publish: (topic, message) => {
      if (message.kind === 'frame' && message.seq > 0) {
        frames += 1;
        if (frames % every === 0) return;
      }
      bus.publish(topic, message);
    },
  };
}

function withoutEndings(bus: Bus): Bus {
  return {
    ...bus,
    publish: (topic, message) => {
      if (message.kind !== 'access-ended') bus.publish(topic, message);
    },
  };
}
