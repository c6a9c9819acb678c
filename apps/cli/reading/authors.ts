import { AccountsService, type Profile } from '@heliogram/protocol';
import type { Session } from '../session/session.ts';

/** Profiles of authors, each asked for once. */
export class Authors {
  readonly #session: Session;
  readonly #known = new Map<string, Profile>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** The profiles of these accounts; those that are gone are absent. */
  async of(accountIds: readonly (string | undefined)[]): Promise<ReadonlyMap<string, Profile>> {
    const wanted = new Set(accountIds.filter((id) => id !== undefined));
    const missing = [...wanted].filter((id) => !this.#known.has(id));
    for (let i = 0; i < missing.length; i += 100) {
      const { profiles } = await this.#session.call(AccountsService.method.getProfiles, {
        accountIds: missing.slice(i, i + 100),
      });
      this.learn(profiles);
    }
    return this.#known;
  }

  learn(profiles: readonly Profile[]): void {
    for (const profile of profiles) this.#known.set(profile.accountId, profile);
  }
}
