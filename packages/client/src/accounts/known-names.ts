import {
  AccountsService,
  type Profile,
  username as parse,
  ValidationError,
} from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import type { RecordStore } from '../store/port.ts';

/** A known @username is somebody else now. */
export class NameHolderChangedError extends ValidationError {
  readonly username: string;
  readonly known: string;
  readonly current: string;

  constructor(change: { username: string; known: string; current: string }) {
    super(
      'conflict',
      `@${change.username} belongs to another account than before; nothing was done`,
    );
    this.username = change.username;
    this.known = change.known;
    this.current = change.current;
  }
}

/** Accounts by @username, trusted on first use (DESIGN §5: no name changes hands unseen). */
export class KnownNames {
  readonly #call: Caller;
  readonly #records: RecordStore;

  constructor(call: Caller, records: RecordStore) {
    this.#call = call;
    this.#records = records;
  }

  /** Throws `not_found` when no account has the name, NameHolderChangedError when another has it. */
  async account(name: string): Promise<Profile> {
    const username = parse(name);
    const { holder } = await this.#call(AccountsService.method.resolveUsername, { username });
    if (holder.case !== 'account') {
      throw new ValidationError('not_found', `@${username} is not an account`);
    }
    const current = holder.value.accountId;
    const known = await this.#records.putIfAbsent('name', new Map([[username, current]]));
    const before = known.get(username) ?? current;
    if (before !== current) {
      throw new NameHolderChangedError({ username, known: before, current });
    }
    return holder.value;
  }

  /** From now on the name stands for this account. */
  async accept(name: string, accountId: string): Promise<void> {
    await this.#records.put('name', new Map([[parse(name), accountId]]));
  }
}
