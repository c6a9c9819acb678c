/** What waits for a consumer that takes one at a time; ends with an error or without. */
export class FollowQueue<T> implements AsyncIterableIterator<T> {
  readonly #taken: () => void;
  #items: T[] = [];
  #waiting: { resolve(result: IteratorResult<T>): void; reject(error: Error): void } | undefined;
  #end: { readonly error: Error | undefined } | undefined;

  /** `taken` is told after each item that leaves. */
  constructor(taken: () => void) {
    this.#taken = taken;
  }

  get length(): number {
    return this.#items.length;
  }

  push(item: T): void {
    if (this.#end) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting.resolve({ done: false, value: item });
    else this.#items.push(item);
  }

  /** What was pushed before is still handed out. */
  end(error?: Error): void {
    this.#end ??= { error };
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (error) waiting?.reject(error);
    else waiting?.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#taken();
      return Promise.resolve({ done: false, value: item });
    }
    if (this.#end?.error) return Promise.reject(this.#end.error);
    if (this.#end) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
