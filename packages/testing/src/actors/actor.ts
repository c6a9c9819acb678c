import type { Client } from '@heliogram/client';
import { HeliogramError } from '@heliogram/protocol';
import type { SeededRandom } from '../chance/seeded-random.ts';
import type { SimDevice } from '../devices/sim-device.ts';
import type { ChannelFacts, ChannelModel } from '../model/channel-model.ts';
import type { ReaderStream } from './reader-stream.ts';
import type { Surroundings } from './surroundings.ts';

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** `sure`: it was refused the first time it was asked, so it did not happen. */
  | { readonly kind: 'refused'; readonly code: string; readonly sure: boolean };

/** One thing that an actor asks of the server, again and again until it has a definite answer. */
export type Ask<T> = (client: Client) => Promise<T>;

/** The world as somebody acts in it. */
export interface ActorWorld extends Surroundings {
  addChannel(facts: ChannelFacts, owner: Actor): void;
  /** From now on the actor wants everything that is said there. */
  read(actor: Actor, channel: ChannelModel): void;
  /** The actor's account is no more. */
  departed(actor: Actor): void;
}

/** A person: one device, one question at a time, posts beside. */
export class Actor {
  readonly device: SimDevice;
  readonly world: ActorWorld;
  readonly random: SeededRandom;
  readonly streams = new Map<string, ReaderStream>();
  /** By conversation: what may or may not have happened there; it is asked again before anything else. */
  readonly unsure = new Map<string, () => Promise<void>>();
  /** The account is deleted: nothing is asked any more. */
  isGone = false;
  #busy: Promise<void> = Promise.resolve();
  #questions = 0;

  constructor(world: ActorWorld, device: SimDevice, random: SeededRandom) {
    this.world = world;
    this.device = device;
    this.random = random;
  }

  get name(): string {
    return this.device.name;
  }

  /** Whether a question still waits for its answer. */
  get isBusy(): boolean {
    return this.#questions > 0;
  }

  /** Runs after everything asked before; at most a few may wait. */
  enqueue(run: () => Promise<void>): void {
    if (this.#questions >= 4) return;
    this.#questions += 1;
    this.#busy = this.#busy.then(run).then(
      () => {
        this.#questions -= 1;
      },
      (error: unknown) => {
        this.#questions -= 1;
        this.world.violations.add(`${this.name} met a defect: ${String(error)}`);
      },
    );
  }

  /** Asks until the answer is definite, across lost connections and deaths of either side. */
  async persist<T>(ask: Ask<T>): Promise<Outcome<T>> {
    for (let attempt = 1; ; attempt++) {
      if (this.isGone) return { kind: 'refused', code: 'gone', sure: true };
      const answer = await this.#attempt(ask);
      if (answer?.kind === 'done') return answer;
      if (answer && !answer.error.retry) {
        const { code } = answer.error;
        // A goodbye also answers what was under way, and may have been done.
        return { kind: 'refused', code, sure: attempt === 1 && code !== 'suspended' };
      }
      await this.world.sleep(this.random.int(50, 1_500) + (answer?.error.retryAfterMs ?? 0));
    }
  }

  /** Undefined: the process died before it had an answer, or does not run. Throws a defect. */
  async #attempt<T>(ask: Ask<T>): Promise<Settled<T> | undefined> {
    const { client, death } = this.device;
    if (!client) return undefined;
    const answer = await Promise.race([settle(ask(client)), death]);
    return answer ?? undefined;
  }

  say(what: string): void {
    this.world.trace.line(`${this.world.queue.nowMs} ${this.name} ${what}`);
  }
}

type Settled<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: HeliogramError };

/** Throws what is no error of the contract, and what is a defect by it. */
async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: 'done', value: await promise };
  } catch (error) {
    if (error instanceof HeliogramError && error.code !== 'internal') {
      return { kind: 'failed', error };
    }
    throw error;
  }
}
