/** Typed events of one object. Listeners run in the order they came; one that throws is the caller's bug. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Returns the function that ends it. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    // The set of `name` holds only listeners of its events: `on` is the one way in.
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(event as never);
  }
}
