import type { CommandName, Commands, Watches, WatchName } from './contract/contract.ts';
import type { FailureView } from './contract/session.ts';
import { EarlyWatches } from './early-watches.ts';
import type { MessageWay, ToWindow, ToWorker } from './messages.ts';

/** A command was refused; `code` is stable, see docs/protocol/errors.md. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;
  readonly retry: boolean;

  constructor({ code, message, retry }: FailureView) {
    super(message);
    this.code = code;
    this.retry = retry;
  }
}

export interface Watch<Name extends WatchName> {
  tell(tell: Watches[Name]['tell']): void;
  end(): void;
}

type Waiting = {
  readonly resolve: (value: never) => void;
  readonly reject: (error: CommandError) => void;
};

/** The window's side: typed calls and watches over a message way. */
export class Bridge {
  readonly #way: MessageWay<ToWorker, ToWindow>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #watching = new Map<number, (event: never) => void>();
  readonly #early = new EarlyWatches();
  readonly #leaderListeners = new Set<() => void>();
  #leaderResponds = true;
  #lastId = 0;

  constructor(way: MessageWay<ToWorker, ToWindow>) {
    this.#way = way;
    way.receive((message) => this.#take(message));
  }

  /** False while the tab with the store and the connection does not respond. */
  get leaderResponds(): boolean {
    return this.#leaderResponds;
  }

  /** Calls `listener` when {@link leaderResponds} changes; the returned function stops that. */
  onLeaderChange(listener: () => void): () => void {
    this.#leaderListeners.add(listener);
    return () => this.#leaderListeners.delete(listener);
  }

  /** Rejects with {@link CommandError}. */
  call<Name extends CommandName>(
    name: Name,
    args: Commands[Name]['args'],
  ): Promise<Commands[Name]['result']> {
    const id = this.#nextId();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#way.post({ t: 'call', id, name, args });
    });
  }

  watch<Name extends WatchName>(
    name: Name,
    args: Watches[Name]['args'],
    take: (event: Watches[Name]['event']) => void,
  ): Watch<Name> {
    const id = this.#early.takeOver(name, args, take) ?? this.#begin(name, args, () => take);
    return {
      tell: (tell) => this.#way.post({ t: 'tell', id, tell }),
      end: () => this.#end(id),
    };
  }

  /** Watches what somebody will want soon: see {@link EarlyWatches}. What nobody wanted by then is ended by the answer. */
  watchEarly<Name extends WatchName>(name: Name, args: Watches[Name]['args']): () => void {
    const id = this.#begin(name, args, (id) => this.#early.begin(id, name, args));
    return () => {
      if (this.#early.giveUp(id)) this.#end(id);
    };
  }

  #begin<Name extends WatchName>(
    name: Name,
    args: Watches[Name]['args'],
    takeOf: (id: number) => (event: never) => void,
  ): number {
    const id = this.#nextId();
    this.#watching.set(id, takeOf(id));
    this.#way.post({ t: 'watch', id, name, args });
    return id;
  }

  #end(id: number): void {
    if (this.#watching.delete(id)) this.#way.post({ t: 'unwatch', id });
  }

  #nextId(): number {
    this.#lastId++;
    return this.#lastId;
  }

  /** Values are those of the name that the id was given for: the worker's handlers have its types. */
  #take(message: ToWindow): void {
    if (message.t === 'event') {
      this.#watching.get(message.id)?.(message.event as never);
      return;
    }
    if (message.t === 'leader') return this.#setLeader(message.responds);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.t === 'answer') waiting?.resolve(message.value as never);
    else waiting?.reject(new CommandError(message.failure));
  }

  #setLeader(responds: boolean): void {
    this.#leaderResponds = responds;
    for (const listener of this.#leaderListeners) listener();
  }
}
