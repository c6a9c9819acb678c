import { UsageError } from '../errors.ts';

/** What all tickets of one epoch share. */
interface Line {
  /** The first ticket of each epoch that was entered from this one, by its confirmation tag. */
  readonly successors: Map<string, SendTicket>;
}

/**
 * The right to use the next message keys of an epoch. All states that share those keys share the
 * ticket, so that of two encryptions from one state, or from a state and its copy, the second is
 * refused before it could use a key and nonce again. This holds too for two states that entered the
 * epoch by processing one commit twice.
 */
export class SendTicket {
  readonly #line: Line;
  readonly #number: number;
  #used = false;

  private constructor(line: Line, number: number) {
    this.#line = line;
    this.#number = number;
  }

  static first(): SendTicket {
    return new SendTicket({ successors: new Map() }, 0);
  }

  /** The first ticket of a next epoch: the same one each time that epoch is computed. */
  inNextEpoch(confirmationTag: string): SendTicket {
    const { successors } = this.#line;
    const known = successors.get(confirmationTag) ?? SendTicket.first();
    successors.set(confirmationTag, known);
    return known;
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
