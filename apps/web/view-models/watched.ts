import type { Bridge, Watch } from '../bridge/bridge.ts';
import type { Watches, WatchName } from '../bridge/contract/contract.ts';

/** The newest event of a watch, as something that a view can subscribe to. */
export interface Watched<Event> {
  /** Undefined until the first event. */
  readonly current: () => Event | undefined;
  readonly subscribe: (changed: () => void) => () => void;
}

/** How long a watch outlives its last reader, so that going back and forth does not start it anew. */
const lingerMs = 2_000;

/** Shares each watch among all its readers; the last one to go ends it, after a moment. */
export class WatchedStates {
  readonly #bridge: Bridge;
  readonly #known = new Map<string, SharedWatch<WatchName>>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  of<Name extends WatchName>(
    name: Name,
    args: Watches[Name]['args'],
  ): Watched<Watches[Name]['event']> {
    const key = `${name} ${JSON.stringify(args)}`;
    const known = this.#known.get(key) ?? this.#add(key, name, args);
    // The key holds the name, so what is known under it has the events of that name.
    return known as unknown as Watched<Watches[Name]['event']>;
  }

  #add(key: string, name: WatchName, args: Watches[WatchName]['args']): SharedWatch<WatchName> {
    const added = new SharedWatch(this.#bridge, { name, args }, () => this.#known.delete(key));
    this.#known.set(key, added);
    return added;
  }
}

class SharedWatch<Name extends WatchName> implements Watched<Watches[Name]['event']> {
  readonly #bridge: Bridge;
  readonly #of: { readonly name: Name; readonly args: Watches[Name]['args'] };
  readonly #ended: () => void;
  readonly #readers = new Set<() => void>();
  #current: Watches[Name]['event'] | undefined;
  #watch: Watch<Name> | undefined;

  constructor(
    bridge: Bridge,
    of: { readonly name: Name; readonly args: Watches[Name]['args'] },
    ended: () => void,
  ) {
    this.#bridge = bridge;
    this.#of = of;
    this.#ended = ended;
  }

  readonly current = (): Watches[Name]['event'] | undefined => this.#current;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#readers.add(changed);
    this.#watch ??= this.#bridge.watch(this.#of.name, this.#of.args, (event) => {
      this.#current = event;
      for (const reader of [...this.#readers]) reader();
    });
    return () => {
      this.#readers.delete(changed);
      if (this.#readers.size === 0) setTimeout(() => this.#endUnlessRead(), lingerMs);
    };
  };

  #endUnlessRead(): void {
    if (this.#readers.size > 0 || !this.#watch) return;
    this.#watch.end();
    this.#watch = undefined;
    this.#ended();
  }
}
