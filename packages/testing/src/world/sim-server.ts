import { SeededRandom } from '../chance/seeded-random.ts';
import type { MachineRuntime, RunningServer, ServerMachine } from '../machine/server-machine.ts';
import { frame } from '../network/framing.ts';
import type { Network } from '../network/network.ts';
import type { EventQueue } from '../time/event-queue.ts';
import { WallClock } from '../time/wall-clock.ts';
import type { Trace } from './trace.ts';

/** The server's side of a world: boots, dies, boots again on what the disk kept. */
export class SimServer {
  readonly clock: WallClock;
  readonly #queue: EventQueue;
  readonly #network: Network;
  readonly #trace: Trace;
  readonly #machine: ServerMachine;
  readonly #random: SeededRandom;
  readonly #seed: number;
  readonly #defect: (sentence: string) => void;
  #incarnation = 0;
  #running: RunningServer | undefined;
  #booting = false;
  #death = Promise.withResolvers<void>();
  kills = 0;

  constructor(parts: {
    readonly seed: number;
    readonly queue: EventQueue;
    readonly network: Network;
    readonly trace: Trace;
    readonly machine: ServerMachine;
    readonly defect: (sentence: string) => void;
  }) {
    this.#queue = parts.queue;
    this.#network = parts.network;
    this.#trace = parts.trace;
    this.#machine = parts.machine;
    this.#seed = parts.seed;
    this.#defect = parts.defect;
    this.#random = new SeededRandom(parts.seed, 'disk');
    this.clock = new WallClock(parts.queue);
  }

  get running(): RunningServer | undefined {
    return this.#running;
  }

  /** Resolves when the process that runs now dies. */
  get death(): Promise<void> {
    return this.#death.promise;
  }

  boot(): void {
    if (this.#running || this.#booting) return;
    this.#booting = true;
    this.#incarnation += 1;
    const incarnation = this.#incarnation;
    const runtime = this.#runtime(incarnation);
    const defect = (what: string, error: unknown) => {
      // What the dead say is not heard.
      if (incarnation !== this.#incarnation) return;
      this.#defect(`the server has a defect: ${what}: ${describe(error)}`);
    };
    this.#trace.line(`${this.#queue.nowMs} server boots (${incarnation})`);
    this.#machine.boot({ runtime, wrap: frame, defect }).then(
      (server) => {
        if (incarnation !== this.#incarnation) return;
        this.#booting = false;
        this.#running = server;
        this.#network.setServer(server);
      },
      (error: unknown) => defect('it does not start', error),
    );
  }

  /** kill -9 between two instructions. */
  kill(): void {
    if (!this.#running) return;
    this.#machine.kill(this.#random);
    this.#died('killed');
  }

  /** kill -9 while the next commit is being written. */
  killWithinNextCommit(): void {
    if (this.#running) {
      this.#machine.killWithinNextCommit(this.#random, () => this.#died('killed within a commit'));
    }
  }

  setDiskFull(full: boolean): void {
    this.#machine.setDiskFull(full);
  }

  #died(how: string): void {
    this.#trace.line(`${this.#queue.nowMs} server ${how}`);
    this.kills += 1;
    this.#incarnation += 1;
    this.#running = undefined;
    this.#network.setServer(undefined);
    const death = this.#death;
    this.#death = Promise.withResolvers();
    death.resolve();
    this.#queue.after(this.#random.int(50, 4_000), () => this.boot());
  }

  #runtime(incarnation: number): MachineRuntime {
    const random = new SeededRandom(this.#seed, `server ${incarnation}`);
    const ifAlive = (run: () => void) => () => {
      if (incarnation === this.#incarnation) run();
    };
    return {
      now: () => this.clock.now(),
      settledNow: () => this.clock.now(),
      monotonicMs: () => this.#queue.nowMs,
      soon: (run) => void this.#queue.after(0, ifAlive(run)),
      after: (delayMs, run) => this.#queue.after(delayMs, ifAlive(run)),
      randomBytes: (length) => random.bytes(length),
    };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` because ${error.cause.stack}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
