/**
 * Exactly one tab or worker of the origin leads; when it ends, however that happens, the one that
 * waited longest takes over. Built on Web Locks, which the browser releases for whoever crashed.
 */
export class Leadership {
  readonly #name: string;
  readonly #locks: Pick<LockManager, 'request'>;
  readonly #listeners = new Set<() => void>();
  #state: LeadershipState = 'idle';
  #giveUp = new AbortController();
  #letGo: (() => void) | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** `name`: of what is led; the same in all tabs. */
  constructor(name: string, locks: Pick<LockManager, 'request'> = navigator.locks) {
    this.#name = name;
    this.#locks = locks;
  }

  get state(): LeadershipState {
    return this.#state;
  }

  get leads(): boolean {
    return this.#state === 'leading';
  }

  /** Told once for each time that this comes to lead; at once when it does already. Returns what ends it. */
  onLead(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.leads) listener();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Asks to lead and waits behind all who asked before; never takes it from another. */
  request(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'waiting';
    this.#giveUp = new AbortController();
    const { signal } = this.#giveUp;
    const held = this.#locks.request(this.#name, { signal }, () => this.#lead());
    this.#ended = held.then(
      () => undefined,
      // Given up before it came to lead, or taken away by the browser.
      () => this.#end(),
    );
  }

  /** Lets the next one lead, or stops waiting. Resolves once it is given back; it can be asked for again. */
  async release(): Promise<void> {
    if (this.#state === 'waiting') this.#giveUp.abort();
    this.#letGo?.();
    await this.#ended;
  }

  async #lead(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#letGo = resolve;
    this.#state = 'leading';
    for (const listener of [...this.#listeners]) listener();
    await promise;
    this.#end();
  }

  #end(): void {
    this.#state = 'idle';
    this.#letGo = undefined;
  }
}

export type LeadershipState = 'idle' | 'waiting' | 'leading';
