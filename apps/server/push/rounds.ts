import { type DeviceId, deviceId, EntryKind } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import type { Database, StoredEntry } from '../storage/port.ts';
import type { PushOptions } from './options.ts';
import { Pacer } from './pacer.ts';

/** Followers looked at before other work of the process gets its turn. */
const FOLLOWERS_PER_SLICE = 1_000;
/** Channels that wait for their round or rest after it; of more nobody is woken. */
const MAX_CHANNELS = 20_000;
/** A channel's followers are looked at so often at most. */
const ROUND_INTERVAL_MS = 10_000;
/** Posts of one burst make one round. */
const GATHER_MS = 1_000;

type Parts = Pick<PushOptions, 'storage' | 'runtime' | 'log'> & {
  readonly wake: (device: DeviceId) => void;
};

/** Several people wrote since the last round: then everybody is told. */
const SEVERAL = -1;

/**
 * Finds out whom new posts wake, long after they were delivered: a channel at a time, a slice of its
 * followers at a time, each channel once an interval however much is posted in it.
 */
export class Rounds {
  readonly #parts: Parts;
  readonly #channels: Pacer<number>;
  /** Row id of who posted since the last round, by channel: nobody is woken by a post of their own. */
  readonly #authors = new Map<number, number | null>();
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#channels = new Pacer({
      runtime: parts.runtime,
      intervalMs: ROUND_INTERVAL_MS,
      maxKeys: MAX_CHANNELS,
      onReady: () => parts.runtime.after(GATHER_MS, () => this.#run()),
    });
  }

  appended({ id }: Conversation, entries: readonly StoredEntry[]): void {
    const news = entries.filter(({ kind, silent }) => kind === EntryKind.POST && !silent);
    if (news.length === 0 || this.#stopped || !this.#channels.ask(id)) return;
    for (const { author } of news) {
      const known = this.#authors.get(id);
      this.#authors.set(id, known === undefined || known === author ? author : SEVERAL);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#channels.stop();
    await this.#running;
  }

  #run(): void {
    this.#running ??= this.#goRound()
      .catch((error: unknown) => this.#parts.log.error('push round failed', error))
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #goRound(): Promise<void> {
    for (;;) {
      const [channel] = this.#channels.take(1);
      if (channel === undefined || this.#stopped) return;
      const author = this.#authors.get(channel) ?? null;
      this.#authors.delete(channel);
      await this.#wakeFollowers(channel, author);
    }
  }

  async #wakeFollowers(conversation: number, except: number | null): Promise<void> {
    const { db } = this.#parts.storage;
    for (let after = 0; !this.#stopped; ) {
      const upTo = await endOfSlice(db, conversation, after);
      for (const device of await subscribedDevices(db, { conversation, after, upTo, except })) {
        this.#parts.wake(device);
      }
      if (upTo === Number.MAX_SAFE_INTEGER) return;
      after = upTo;
      await new Promise<void>((resolve) => this.#parts.runtime.soon(resolve));
    }
  }
}

/** Row id of the last account of the next slice; past the end when the rest fits. */
async function endOfSlice(db: Database, conversation: number, after: number): Promise<number> {
  const row = await db
    .selectFrom('memberships')
    .select('account')
    .where('conversation', '=', conversation)
    .where('account', '>', after)
    .orderBy('account')
    .limit(1)
    .offset(FOLLOWERS_PER_SLICE - 1)
    .executeTakeFirst();
  return row?.account ?? Number.MAX_SAFE_INTEGER;
}

type Slice = {
  readonly conversation: number;
  readonly after: number;
  readonly upTo: number;
  readonly except: number | null;
};

/** Of those in the slice who follow and have not muted: one query, however many they are. */
async function subscribedDevices(db: Database, slice: Slice): Promise<readonly DeviceId[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('push_subscriptions', 'push_subscriptions.account', 'memberships.account')
    .select('push_subscriptions.device_id')
    .where('memberships.conversation', '=', slice.conversation)
    .where('memberships.account', '>', slice.after)
    .where('memberships.account', '<=', slice.upTo)
    .where('memberships.account', '<>', slice.except ?? 0)
    .where('memberships.follows', '=', 1)
    .where('memberships.muted', '=', 0)
    .execute();
  return rows.map(({ device_id }) => deviceId(device_id));
}
