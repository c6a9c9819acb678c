import { createHash } from 'node:crypto';

/** Replayable choices from a seed. */
export class Dice {
  readonly #seed: string;
  #rolls = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** 0 to `bound` - 1. */
  below(bound: number): number {
    const digest = createHash('sha256')
      .update(`${this.#seed}#${this.#rolls++}`)
      .digest();
    return digest.readUInt32BE(0) % bound;
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  of<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('Nothing to choose from');
    return choice;
  }

  /** Between `least` and `most` of the choices, without repetition. */
  some<T>(choices: readonly T[], least: number, most: number): T[] {
    const left = [...choices];
    const count = Math.min(left.length, least + this.below(most - least + 1));
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)).flat();
  }
}
