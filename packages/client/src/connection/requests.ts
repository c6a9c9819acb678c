import { DependencyError, type HeliogramError, limits } from '@heliogram/protocol';
import type { Scheduler, Timer } from '../ports.ts';

type Waiting = {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: HeliogramError) => void;
  readonly timer: Timer;
};

type Queued = {
  readonly send: (id: number) => void;
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: HeliogramError) => void;
};

/**
 * Requests of one connection by their numbers: answers find their callers in any order, each within
 * its time, and no more are in flight than the server takes.
 */
export class Requests {
  readonly #scheduler: Scheduler;
  readonly #timeoutMs: number;
  readonly #inFlight = new Map<number, Waiting>();
  #queue: Queued[] = [];
  #lastId = 0;

  constructor(scheduler: Scheduler, timeoutMs: number) {
    this.#scheduler = scheduler;
    this.#timeoutMs = timeoutMs;
  }

  /** Sends now or when an earlier one is answered; resolves to the answer's payload. */
  start(send: (id: number) => void): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ send, resolve, reject });
      this.#sendWhatFits();
    });
  }

  answered(id: number, payload: Uint8Array): void {
    this.#take(id)?.resolve(payload);
  }

  refused(id: number, error: HeliogramError): void {
    this.#take(id)?.reject(error);
  }

  /** The connection is gone: every caller is told, none of what was queued is sent. */
  abort(error: HeliogramError): void {
    const queued = this.#queue;
    this.#queue = [];
    const waiting = [...this.#inFlight.keys()].map((id) => this.#detach(id));
    for (const each of [...waiting, ...queued]) each?.reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#detach(id);
    this.#sendWhatFits();
    return waiting;
  }

  #detach(id: number): Waiting | undefined {
    const waiting = this.#inFlight.get(id);
    waiting?.timer.cancel();
    this.#inFlight.delete(id);
    return waiting;
  }

  #sendWhatFits(): void {
    while (this.#inFlight.size < limits.maxRequestsInFlightPerConnection) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#lastId = (this.#lastId % 0xffff_fffe) + 1;
      const id = this.#lastId;
      const timer = this.#scheduler.after(this.#timeoutMs, () => this.refused(id, timedOut()));
      this.#inFlight.set(id, { resolve: next.resolve, reject: next.reject, timer });
      next.send(id);
    }
  }
}

function timedOut(): HeliogramError {
  return new DependencyError('timeout', 'the server did not answer in time');
}
