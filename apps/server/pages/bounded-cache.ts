/** What was worked out before, up to a total weight; the least lately used goes first. */
export class BoundedCache<V> {
  readonly #maxWeight: number;
  readonly #kept = new Map<string, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  get(key: string): V | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** A value heavier than all the room there is is not kept. */
  set(key: string, value: V, weight = 1): void {
    this.#drop(key);
    if (weight > this.#maxWeight) return;
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest] of this.#kept) {
      if (this.#weight <= this.#maxWeight) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }
}
