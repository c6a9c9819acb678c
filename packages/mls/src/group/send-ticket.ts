import { UsageError } from '../errors.ts';

/**
 * The right to use the next message keys of an epoch. All states that share those keys share the
 * ticket, so that of two encryptions from one state, or from a state and its copy, the second is
 * refused before it could use a key and nonce again.
 */
export class SendTicket {
  readonly #line: object;
  readonly #number: number;
  #used = false;

  private constructor(line: object, number: number) {
    this.#line = line;
    this.#number = number;
  }

  static first(): SendTicket {
    return new SendTicket({}, 0);
  }

  /** @throws UsageError `state-superseded`. */
  use(): SendTicket {
    if (this.#used) {
      throw new UsageError('state-superseded', 'This state has already sent: use its successor');
    }
    this.#used = true;
    return new SendTicket(this.#line, this.#number + 1);
  }

  /** Takes the use back, when nothing was encrypted after all. */
  giveBack(): void {
    this.#used = false;
  }

  /** Whether this ticket is the other one or comes after it. */
  covers(other: SendTicket): boolean {
    return this.#line === other.#line && this.#number >= other.#number;
  }
}
