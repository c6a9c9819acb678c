import { UsageError } from '../errors.ts';
import type { StoredState } from '../state/stored-state.ts';
import type { GroupState } from './group-state.ts';
import type { RetiredSecrets } from './retired-secrets.ts';

/**
 * Something ready to be sent, with the state that knows it was made. What is to be sent comes out
 * only against proof that this state, or a later one, has been stored: so a crash can lose a message
 * but never makes a key and nonce be used twice.
 */
export class PendingSend<T> {
  readonly state: GroupState;
  readonly #output: T;
  readonly #retired: RetiredSecrets;

  constructor(state: GroupState, output: T, retired: RetiredSecrets) {
    this.state = state;
    this.#output = output;
    this.#retired = retired;
  }

  /**
   * What to send; erases the secrets that the stored state no longer needs.
   * @throws UsageError `state-not-stored` for proof of another or an earlier state.
   */
  release(stored: StoredState): T {
    if (!stored.covers(this.state)) {
      throw new UsageError('state-not-stored', 'Store the state of this send before releasing it');
    }
    this.#retired.erase();
    return this.#output;
  }
}
