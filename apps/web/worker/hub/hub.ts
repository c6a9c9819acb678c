import { ValidationError } from '@heliogram/protocol';
import type { CommandName, WatchName } from '../../bridge/contract/contract.ts';
import type { ToWindow, ToWorker } from '../../bridge/messages.ts';
import { failureView } from '../failure.ts';
import type { Handlers, Watching } from './handlers.ts';

type Send = (message: ToWindow) => void;

type Open = {
  readonly name: WatchName;
  readonly args: never;
  readonly send: Send;
  readonly id: number;
  watching: Watching<never> | undefined;
};

/** Serves any number of windows with the handlers of the day. */
export class Hub {
  readonly #clients = new Map<string, Map<number, Open>>();
  #handlers: Handlers | undefined;
  readonly #ready = Promise.withResolvers<void>();

  /** From now on these answer; what is watched begins anew with them. */
  setHandlers(handlers: Handlers): void {
    this.#handlers = handlers;
    this.#ready.resolve();
    for (const open of this.#all()) {
      open.watching?.end();
      this.#begin(open, handlers);
    }
  }

  receive(client: string, message: ToWorker, send: Send): void {
    switch (message.t) {
      case 'call':
        void this.#call(message, send);
        return;
      case 'watch':
        return this.#watch(client, message, send);
      case 'tell':
        this.#clients
          .get(client)
          ?.get(message.id)
          ?.watching?.tell?.(message.tell as never);
        return;
      case 'unwatch': {
        const watches = this.#clients.get(client);
        watches?.get(message.id)?.watching?.end();
        watches?.delete(message.id);
      }
    }
  }

  /** The window is gone: nothing is watched for it any more. */
  leave(client: string): void {
    for (const open of this.#clients.get(client)?.values() ?? []) open.watching?.end();
    this.#clients.delete(client);
  }

  async #call({ id, name, args }: Extract<ToWorker, { t: 'call' }>, send: Send): Promise<void> {
    try {
      await this.#ready.promise;
      const run = this.#commandOf(name);
      const value = await run(args);
      send({ t: 'answer', id, value });
    } catch (error) {
      send({ t: 'refusal', id, failure: failureView(error) });
    }
  }

  #commandOf(name: string): (args: unknown) => Promise<unknown> {
    const commands = this.#handlers?.commands ?? {};
    const command = Object.hasOwn(commands, name) ? commands[name as CommandName] : undefined;
    if (!command) throw unknownName(name);
    // Both sides are of one build, or of two that differ by an update: a name keeps its arguments.
    return (args) => command(args as never);
  }

  #watch(client: string, message: Extract<ToWorker, { t: 'watch' }>, send: Send): void {
    const watches = this.#clients.get(client) ?? new Map<number, Open>();
    this.#clients.set(client, watches);
    watches.get(message.id)?.watching?.end();
    const { id, args } = message;
    const name = message.name as WatchName;
    const open: Open = { name, args: args as never, send, id, watching: undefined };
    watches.set(id, open);
    if (this.#handlers) this.#begin(open, this.#handlers);
  }

  #begin(open: Open, { watches }: Handlers): void {
    // A tab of another version watches what this one has not: it gets nothing, and breaks nothing.
    const watch = Object.hasOwn(watches, open.name) ? watches[open.name] : undefined;
    if (!watch) return;
    let current = true;
    const emit = (event: unknown) => {
      if (current) open.send({ t: 'event', id: open.id, event });
    };
    const watching = watch(open.args, emit);
    open.watching = {
      tell: (tell) => watching.tell?.(tell),
      end: () => {
        current = false;
        watching.end();
      },
    };
  }

  #all(): Open[] {
    return [...this.#clients.values()].flatMap((watches) => [...watches.values()]);
  }
}

function unknownName(name: string): Error {
  return new ValidationError('unsupported', `this worker has no “${name}”`);
}
