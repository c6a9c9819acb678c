import type { LinkEvents, Transport } from '@heliogram/client';
import type { SeededRandom } from '../chance/seeded-random.ts';
import type { RunningServer } from '../machine/server-machine.ts';
import type { EventQueue } from '../time/event-queue.ts';
import { SimConnection, type Tap } from './sim-connection.ts';
import type { Delays } from './wire.ts';

/** Makes what watches one connection. */
export type TapFactory = () => Tap;

/** A client's side of the network: its address, its transport, and what befalls its links. */
export interface NetworkPort {
  readonly transport: Transport;
  /** Breaks whatever is open. */
  cut(): void;
  mute(): void;
  stall(stalled: boolean): void;
  /** While true, nothing that is dialled answers. */
  setPartitioned(partitioned: boolean): void;
  /** The process behind this port is gone: none of its links says anything more to it. */
  die(): void;
}

/** All links between clients and the one server, under one seed. */
export class Network {
  readonly #queue: EventQueue;
  readonly #random: SeededRandom;
  readonly #open = new Set<SimConnection>();
  #server: RunningServer | undefined;
  /** Weather of all links. */
  delays: Delays = { minMs: 1, maxMs: 40 };
  /** See ConnectionParts: how soon the server's buffers count as full, of links opened from now on. */
  weight = 1;

  constructor(queue: EventQueue, random: SeededRandom) {
    this.#queue = queue;
    this.#random = random;
  }

  /** Whom dialling reaches from now on. */
  setServer(server: RunningServer | undefined): void {
    this.#server = server;
    if (server !== undefined) return;
    for (const connection of [...this.#open]) connection.serverDied();
    this.#open.clear();
  }

  port(address: string, tap: TapFactory): NetworkPort {
    const own = new Set<SimConnection>();
    let partitioned = false;
    let alive = true;
    const transport: Transport = {
      open: (_url, events) => {
        const guarded = guard(events, () => alive);
        let connection: SimConnection | undefined;
        let wanted = true;
        const reach = () => {
          if (!wanted || !alive) return;
          if (partitioned) return;
          connection = this.#connect({ address, events: guarded, tap: tap(), own });
          if (connection) guarded.opened();
          else guarded.closed('nothing answers');
        };
        this.#queue.after(this.#random.int(this.delays.minMs, this.delays.maxMs), reach);
        return {
          send: (message) => connection?.send(message),
          close: () => {
            wanted = false;
            connection?.hangUp();
          },
        };
      },
    };
    const each = (run: (connection: SimConnection) => void) => {
      for (const connection of [...own]) run(connection);
    };
    return {
      transport,
      cut: () => each((connection) => connection.cut()),
      mute: () => each((connection) => connection.mute()),
      stall: (stalled) => each((connection) => connection.stall(stalled)),
      setPartitioned: (now) => {
        partitioned = now;
      },
      die: () => {
        alive = false;
        each((connection) => connection.clientDied());
      },
    };
  }

  #connect(parts: {
    readonly address: string;
    readonly events: LinkEvents;
    readonly tap: Tap;
    readonly own: Set<SimConnection>;
  }): SimConnection | undefined {
    const server = this.#server;
    if (!server) return undefined;
    const connection: SimConnection = new SimConnection({
      ...parts,
      queue: this.#queue,
      random: this.#random,
      delays: () => this.delays,
      weight: this.weight,
      server,
      over: () => {
        this.#open.delete(connection);
        parts.own.delete(connection);
      },
    });
    this.#open.add(connection);
    parts.own.add(connection);
    return connection;
  }
}

function guard(events: LinkEvents, alive: () => boolean): LinkEvents {
  return {
    opened: () => {
      if (alive()) events.opened();
    },
    frame: (bytes) => {
      if (alive()) events.frame(bytes);
    },
    closed: (reason) => {
      if (alive()) events.closed(reason);
    },
  };
}
