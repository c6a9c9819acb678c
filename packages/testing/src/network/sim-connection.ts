import type { LinkEvents } from '@heliogram/client';
import type { SeededRandom } from '../chance/seeded-random.ts';
import type { RunningServer, ServerConnection, ServerLink } from '../machine/server-machine.ts';
import type { EventQueue } from '../time/event-queue.ts';
import { frame, Unframer } from './framing.ts';
import { type Delays, Wire } from './wire.ts';

/** Bytes after which a socket asks its writer to wait, as Node's do. */
const highWaterMarkBytes = 16_384;

/** What passes on one connection, for whoever watches over it. */
export interface Tap {
  readonly toServer: (message: Uint8Array) => void;
  /** `writtenAtMs`: when the server wrote it. */
  readonly toClient: (message: Uint8Array, writtenAtMs: number) => void;
}

export interface ConnectionParts {
  readonly queue: EventQueue;
  readonly random: SeededRandom;
  readonly delays: () => Delays;
  /** How much more a byte in flight weighs for the server: above 1 its buffers fill sooner. */
  readonly weight: number;
  readonly server: RunningServer;
  readonly address: string;
  readonly events: LinkEvents;
  readonly tap: Tap;
  readonly over: () => void;
}

/** One connection between a client and the server: two wires that break where they break. */
export class SimConnection {
  readonly #parts: ConnectionParts;
  readonly #up: Wire;
  readonly #down: Wire;
  readonly #atServer = new Unframer();
  readonly #atClient = new Unframer();
  #waiting: Uint8Array[] = [];
  #paused = false;
  #needsDrain = false;
  #serverSide: ServerConnection | undefined;
  #muted = false;
  #clientOpen = true;
  #serverOpen = true;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const { queue, random, delays } = parts;
    const up = { arrived: (bytes: Uint8Array) => this.#arrivedUp(bytes), emptied: () => undefined };
    this.#up = new Wire({ queue, random, delays, ends: up });
    const down = {
      arrived: (bytes: Uint8Array, at: number) => this.#arrivedDown(bytes, at),
      emptied: () => this.#drained(),
    };
    this.#down = new Wire({ queue, random, delays, ends: down });
    this.#serverSide = parts.server.admit(this.#serverLink(), parts.address);
  }

  /** From the client. */
  send(message: Uint8Array): void {
    if (this.#clientOpen) this.#up.send(frame(message));
  }

  /** The client hangs up: the server learns it after what was sent. */
  hangUp(): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    if (!this.#muted) this.#up.whenFlushed(() => this.#endServer());
    this.#down.breakOff();
  }

  /** The cable is cut: both sides learn it, each in its time. */
  cut(): void {
    this.#up.breakOff();
    this.#down.breakOff();
    const { queue, random } = this.#parts;
    queue.after(random.int(0, 3_000), () => this.#endServer());
    queue.after(random.int(0, 500), () => this.#endClient('the connection was lost'));
  }

  /** Nothing passes any more, and nobody is told. */
  mute(): void {
    this.#muted = true;
    this.#up.mute();
    this.#down.mute();
  }

  /** The client takes no bytes for a while. */
  stall(stalled: boolean): void {
    this.#down.hold(stalled);
  }

  /** The server's process is gone; what it wrote last may still come. */
  serverDied(): void {
    this.#serverOpen = false;
    this.#serverSide = undefined;
    this.#down.breakOff();
    const { queue, random } = this.#parts;
    queue.after(random.int(0, 200), () => this.#endClient('the connection was reset'));
  }

  /** The client's process is gone. */
  clientDied(): void {
    this.#clientOpen = false;
    this.#up.breakOff();
    this.#down.breakOff();
    const { queue, random } = this.#parts;
    queue.after(random.int(0, 1_000), () => this.#endServer());
  }

  #serverLink(): ServerLink {
    const { weight } = this.#parts;
    const backlog = () => this.#down.bytesInFlight * weight;
    return {
      write: (chunk) => {
        if (!this.#serverOpen) return;
        this.#down.send(chunk);
        if (backlog() >= highWaterMarkBytes) this.#needsDrain = true;
      },
      get backlogBytes() {
        return backlog();
      },
      setPaused: (paused) => this.#setPaused(paused),
      close: () => {
        this.#serverOpen = false;
        this.#down.whenFlushed(() => {
          this.#endServer();
          this.#endClient('closed by the server');
        });
      },
      destroy: () => {
        this.#serverOpen = false;
        this.#endServer();
        this.#endClient('closed by the server');
      },
    };
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#parts.queue.after(0, () => this.#handOver());
  }

  #arrivedUp(bytes: Uint8Array): void {
    this.#waiting.push(...this.#atServer.push(bytes));
    this.#handOver();
  }

  #handOver(): void {
    while (!this.#paused && this.#serverSide) {
      const message = this.#waiting.shift();
      if (!message) return;
      this.#parts.tap.toServer(message);
      this.#serverSide.receive(message);
    }
  }

  #arrivedDown(bytes: Uint8Array, writtenAtMs: number): void {
    for (const message of this.#atClient.push(bytes)) {
      if (!this.#clientOpen) return;
      this.#parts.tap.toClient(message, writtenAtMs);
      this.#parts.events.frame(message);
    }
  }

  #drained(): void {
    if (!this.#needsDrain) return;
    this.#needsDrain = false;
    this.#serverSide?.drained();
  }

  #endServer(): void {
    this.#serverOpen = false;
    const side = this.#serverSide;
    this.#serverSide = undefined;
    side?.gone();
    this.#settle();
  }

  #endClient(reason: string): void {
    if (this.#muted) return;
    const wasOpen = this.#clientOpen;
    this.#clientOpen = false;
    if (wasOpen) this.#parts.events.closed(reason);
    this.#settle();
  }

  #settle(): void {
    if ((this.#muted || !this.#clientOpen) && this.#serverSide === undefined) this.#parts.over();
  }
}
