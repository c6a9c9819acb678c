import type { Bus, BusMessage } from '../bus/port.ts';
import type { Runtime } from '../runtime.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Wrap } from './link.ts';
import { Outgoing } from './outgoing.ts';

/** Who receives a topic: a connection, seen from the fan-out. */
export interface Receiver {
  /** A frame for everybody, already wrapped. `seq` 0 may be lost. */
  push(topic: string, wrapped: Uint8Array, seq: number): void;
  control(topic: string, message: Exclude<BusMessage, { kind: 'frame' }>): void;
  /** Writes what this tick collected. */
  flush(): void;
}

/** Connections written before other work of the process gets its turn. */
const FLUSH_SLICE = 1_024;

type Topic = { readonly receivers: Set<Receiver>; readonly leave: () => void };

/**
 * One frame, many sockets: a message is wrapped once, queued on every receiver of its topic, and what a
 * tick collected for a receiver leaves in one write.
 */
export class FanOut {
  readonly #bus: Bus;
  readonly #runtime: Runtime;
  readonly #telemetry: Telemetry;
  readonly #wrap: Wrap;
  readonly #topics = new Map<string, Topic>();
  #dirty: Receiver[] = [];
  #scheduled = false;

  constructor(parts: {
    readonly bus: Bus;
    readonly runtime: Runtime;
    readonly telemetry: Telemetry;
    readonly wrap: Wrap;
  }) {
    this.#bus = parts.bus;
    this.#runtime = parts.runtime;
    this.#telemetry = parts.telemetry;
    this.#wrap = parts.wrap;
  }

  wrap(message: Uint8Array): Uint8Array {
    return this.#wrap(message);
  }

  join(topic: string, receiver: Receiver): void {
    const known = this.#topics.get(topic);
    if (known) {
      known.receivers.add(receiver);
      return;
    }
    const receivers = new Set([receiver]);
    const leave = this.#bus.subscribe(topic, (message) => this.#receive(topic, receivers, message));
    this.#topics.set(topic, { receivers, leave });
  }

  leave(topic: string, receiver: Receiver): void {
    const known = this.#topics.get(topic);
    if (!known) return;
    known.receivers.delete(receiver);
    if (known.receivers.size > 0) return;
    known.leave();
    this.#topics.delete(topic);
  }

  /** The receiver has something to write at the end of this tick. Called once until it is flushed. */
  schedule(receiver: Receiver): void {
    this.#dirty.push(receiver);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#runtime.soon(() => this.#flush());
  }

  #receive(topic: string, receivers: ReadonlySet<Receiver>, message: BusMessage): void {
    if (message.kind !== 'frame') {
      for (const receiver of [...receivers]) receiver.control(topic, message);
      return;
    }
    const wrapped = this.#wrap(message.bytes);
    for (const receiver of receivers) receiver.push(topic, wrapped, message.seq);
    this.#telemetry.delivered(receivers.size);
  }

  #flush(): void {
    const slice = this.#dirty.splice(0, FLUSH_SLICE);
    for (const receiver of slice) receiver.flush();
    if (this.#dirty.length > 0) this.#runtime.soon(() => this.#flush());
    else {
      this.#scheduled = false;
      Outgoing.forget();
    }
  }
}
