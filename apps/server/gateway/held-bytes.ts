import { rateKey } from './client-address.ts';

/** After too much is held, connections end until so much of the bound is free again. */
const FREED_SHARE = 0.1;

/** What one client makes the server keep in memory. */
export type HeldShare = {
  /** Bytes that the client has not taken yet, or whose end it has not sent yet. */
  set(bytes: number): void;
  /** Nothing is held any more. */
  release(): void;
};

type Holder = { readonly key: string; readonly cut: () => void; bytes: number };

/**
 * Bytes in memory for clients that read or send slowly, of all connections together. When they pass the
 * bound, the address that holds most loses the connections that have held for longest.
 */
export class HeldBytes {
  readonly #maxBytes: number;
  /** Those that hold something, in the order in which they began to. */
  readonly #holders = new Set<Holder>();
  #total = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get total(): number {
    return this.#total;
  }

  /** `cut` ends the connection at once. */
  share(address: string, cut: () => void): HeldShare {
    const holder: Holder = { key: rateKey(address), cut, bytes: 0 };
    return {
      set: (bytes) => this.#set(holder, bytes),
      release: () => this.#set(holder, 0),
    };
  }

  #set(holder: Holder, bytes: number): void {
    if (bytes === holder.bytes) return;
    this.#total += bytes - holder.bytes;
    holder.bytes = bytes;
    if (bytes === 0) this.#holders.delete(holder);
    else this.#holders.add(holder);
    if (this.#total > this.#maxBytes) this.#makeRoom();
  }

  #makeRoom(): void {
    const goal = this.#maxBytes * (1 - FREED_SHARE);
    while (this.#total > goal) {
      const key = this.#greediest();
      for (const holder of this.#holders) {
        if (this.#total <= goal) return;
        if (holder.key !== key) continue;
        this.#set(holder, 0);
        holder.cut();
        if (this.#greediest() !== key) break;
      }
    }
  }

  #greediest(): string {
    const sums = new Map<string, number>();
    for (const { key, bytes } of this.#holders) sums.set(key, (sums.get(key) ?? 0) + bytes);
    let found = { key: '', bytes: -1 };
    for (const [key, bytes] of sums) if (bytes > found.bytes) found = { key, bytes };
    return found.key;
  }
}
