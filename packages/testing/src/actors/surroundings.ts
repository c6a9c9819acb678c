import type { ChannelModel } from '../model/channel-model.ts';
import type { Intent } from '../model/intent.ts';
import type { Violations } from '../model/violations.ts';
import type { EventQueue } from '../time/event-queue.ts';
import type { SimServer } from '../world/sim-server.ts';
import type { Trace } from '../world/trace.ts';

/** What the people of a world see of it: time, one another's channels, and where to complain. */
export interface Surroundings {
  readonly queue: EventQueue;
  readonly trace: Trace;
  readonly violations: Violations;
  readonly server: SimServer;
  readonly channels: readonly ChannelModel[];
  /** By text. */
  readonly intents: Map<string, Intent>;
  sleep(ms: number): Promise<void>;
  say(what: string): void;
}
