import { sha256 } from '@noble/hashes/sha2.js';
import { DependencyError } from './errors.ts';

/** Outputs at least this long cannot repeat by chance. */
const minBytesToCompare = 16;
/** How many earlier outputs are remembered. */
const rememberedOutputs = 64;

/**
 * Randomness as an argument: wraps a platform's generator, or a seeded one in tests.
 *
 * Refuses a generator that fails, answers with the wrong length, answers only zeros, or repeats
 * itself: digests of the last 64 outputs of at least 16 bytes are remembered. Make one for the life
 * of a generator and pass it to every call, since repetition shows over calls.
 */
export class RandomSource {
  /**
   * Whether everything must follow from this source alone, so that a seeded run can be replayed.
   * Otherwise a platform may add randomness of its own, as native ML-KEM encapsulation does.
   */
  readonly reproducible: boolean;
  readonly #fill: (length: number) => Uint8Array;
  readonly #recent = new Set<string>();

  /** @param fill answers with `length` fresh random bytes. */
  constructor(fill: (length: number) => Uint8Array, options?: { readonly reproducible: boolean }) {
    this.#fill = fill;
    this.reproducible = options?.reproducible ?? false;
  }

  /** @throws DependencyError `randomness-failed` or `randomness-repeated`. */
  bytes(length: number): Uint8Array {
    const output = this.#draw(length);
    if (output.length !== length) throw failed('answered with the wrong length');
    if (length >= minBytesToCompare) this.#refuseRepetition(output);
    return output;
  }

  #draw(length: number): Uint8Array {
    try {
      return new Uint8Array(this.#fill(length));
    } catch (cause) {
      throw failed('threw', cause);
    }
  }

  #refuseRepetition(output: Uint8Array): void {
    if (output.every((byte) => byte === 0)) throw failed('answered only zeros');
    const mark = sha256(output.subarray(0, minBytesToCompare)).join();
    if (this.#recent.has(mark)) {
      throw new DependencyError('randomness-repeated', 'The random generator repeats itself');
    }
    this.#recent.add(mark);
    for (const oldest of this.#recent) {
      if (this.#recent.size <= rememberedOutputs) break;
      this.#recent.delete(oldest);
    }
  }
}

function failed(what: string, cause?: unknown): DependencyError {
  return new DependencyError('randomness-failed', `The random generator ${what}`, { cause });
}
