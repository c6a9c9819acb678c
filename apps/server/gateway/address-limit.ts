import { limits } from '@heliogram/protocol';
import { isLoopback, rateKey } from './client-address.ts';

/**
 * Connections that each address holds. Everybody on this machine shares a loopback address: it may hold
 * `loopbackFactor` times as many, up to a bound of its own.
 */
export class AddressLimit {
  readonly #max: number;
  readonly #loopbackFactor: number;
  readonly #held = new Map<string, number>();

  constructor({ max, loopbackFactor }: { readonly max: number; readonly loopbackFactor: number }) {
    this.#max = max;
    this.#loopbackFactor = loopbackFactor;
  }

  /** One more for the address, and how to give it back; undefined when it holds all that it may. */
  take(address: string): (() => void) | undefined {
    const key = rateKey(address);
    const held = this.#held.get(key) ?? 0;
    if (held >= this.#maxOf(key)) return undefined;
    this.#held.set(key, held + 1);
    return () => this.#giveBack(key);
  }

  #giveBack(key: string): void {
    const held = this.#held.get(key) ?? 1;
    if (held === 1) this.#held.delete(key);
    else this.#held.set(key, held - 1);
  }

  #maxOf(key: string): number {
    if (!isLoopback(key)) return this.#max;
    return Math.min(this.#max * this.#loopbackFactor, limits.maxLoopbackConnections);
  }
}
