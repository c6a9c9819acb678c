import type { Caller } from '@heliogram/client';
import { AccountsService, type Profile } from '@heliogram/protocol';

/** Names of those who sign posts, asked for once each. */
export class AuthorNames {
  readonly #call: Caller;
  readonly #names = new Map<string, string>();

  constructor(call: Caller) {
    this.#call = call;
  }

  nameOf(accountId: string): string | undefined {
    return this.#names.get(accountId);
  }

  know(profiles: readonly Profile[]): void {
    for (const { accountId, name } of profiles) this.#names.set(accountId, name);
  }

  /** Resolves to whether a name was learnt. */
  async learn(accountIds: readonly string[]): Promise<boolean> {
    const unknown = [...new Set(accountIds)].filter((id) => !this.#names.has(id)).slice(0, 100);
    if (unknown.length === 0) return false;
    const { profiles } = await this.#call(AccountsService.method.getProfiles, {
      accountIds: unknown,
    });
    this.know(profiles);
    return profiles.length > 0;
  }
}
