import type { RecordSpace, RecordStore } from '../port.ts';

export class MemoryRecords implements RecordStore {
  readonly #spaces = new Map<RecordSpace, Map<string, string>>();

  async get(space: RecordSpace, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = this.#space(space);
    const found = keys.map((key) => [key, values.get(key)] as const);
    return new Map(
      found.filter((pair): pair is readonly [string, string] => pair[1] !== undefined),
    );
  }

  async put(space: RecordSpace, entries: ReadonlyMap<string, string>): Promise<void> {
    for (const [key, value] of entries) this.#space(space).set(key, value);
  }

  async putIfAbsent(
    space: RecordSpace,
    entries: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    const values = this.#space(space);
    for (const [key, value] of entries) if (!values.has(key)) values.set(key, value);
    return this.get(space, [...entries.keys()]);
  }

  async delete(space: RecordSpace, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#space(space).delete(key);
  }

  async all(space: RecordSpace): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#space(space));
  }

  /** One space, or all. */
  clear(space?: RecordSpace): void {
    if (space === undefined) this.#spaces.clear();
    else this.#spaces.delete(space);
  }

  #space(space: RecordSpace): Map<string, string> {
    const values = this.#spaces.get(space) ?? new Map<string, string>();
    this.#spaces.set(space, values);
    return values;
  }
}
