import { erase } from '../codec/bytes.ts';

/**
 * Secrets that a former state held and its successor does not. The caller erases them once the
 * successor is stored; the former state is useless from then on.
 */
export class RetiredSecrets {
  readonly #secrets: readonly Uint8Array[];

  constructor(secrets: readonly Uint8Array[]) {
    this.#secrets = secrets;
  }

  /** Overwrites them, as far as the language allows: the runtime may have made copies. */
  erase(): void {
    erase(...this.#secrets);
  }
}
