import { equalBytes } from '../codec/bytes.ts';
import type { GroupState } from '../group/group-state.ts';

/** The caller's word that a state has been stored durably; a snapshot's `confirmStored` gives it. */
export class StoredState {
  readonly #state: GroupState;

  constructor(state: GroupState) {
    this.#state = state;
  }

  /**
   * Whether what was stored knows everything that the given state has sent. A later epoch does,
   * since keys of an earlier one are never used to send again.
   */
  covers(state: GroupState): boolean {
    const [stored, sent] = [this.#state.epoch, state.epoch];
    if (!equalBytes(stored.context.groupId, sent.context.groupId)) return false;
    if (stored.own.leafIndex !== sent.own.leafIndex) return false;
    if (stored.context.epoch !== sent.context.epoch) {
      return stored.context.epoch > sent.context.epoch;
    }
    return stored.ticket.covers(sent.ticket);
  }
}

/** For states that live in memory only and die with it, so that nothing can be used again. */
export function unsafeWithoutStoring(state: GroupState): StoredState {
  return new StoredState(state);
}
