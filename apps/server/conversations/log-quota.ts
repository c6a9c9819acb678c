import { DependencyError, ValidationError } from '@heliogram/protocol';
import { sql } from 'kysely';
import type { Storage } from '../storage/port.ts';

export type LogQuotaLimits = {
  /** Bytes of posts that one account may have in all logs together, scheduled ones included. */
  readonly accountBytes: number;
  /** The same of all accounts together. */
  readonly serverBytes: number;
};

/** What accounts may store in logs. What is being written counts as written. */
export class LogQuota {
  readonly #storage: Storage;
  readonly #limits: LogQuotaLimits;
  readonly #underWay = new Map<number, number>();
  #underWayOfAll = 0;

  constructor(storage: Storage, limits: LogQuotaLimits) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /**
   * Sets `bytes` aside until the function that it answers is called. Throws `quota_exceeded` when the account
   * has no room for them, `storage_full` when the server has none.
   */
  async reserve(account: number, bytes: number): Promise<() => void> {
    this.#move(account, bytes);
    const giveBack = () => this.#move(account, -bytes);
    try {
      await this.#require(account);
      return giveBack;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async #require(account: number): Promise<void> {
    const { accountBytes, serverBytes } = this.#limits;
    const own = await this.#usedBy(account);
    if (own + (this.#underWay.get(account) ?? 0) > accountBytes) {
      throw new ValidationError(
        'quota_exceeded',
        `your posts exceed the limit of ${accountBytes} bytes: delete some first`,
      );
    }
    if ((await this.#usedByAll()) + this.#underWayOfAll > serverBytes) {
      throw new DependencyError('storage_full', 'the server has reached its limit for posts', {
        retryAfterMs: 60_000,
      });
    }
  }

  async #usedBy(account: number): Promise<number> {
    const { bytes } = await this.#storage.db
      .selectFrom('scheduled_posts')
      .select(sql<number>`coalesce(sum(length(payload)), 0)`.as('bytes'))
      .where('author', '=', account)
      .executeTakeFirstOrThrow();
    const row = await this.#storage.db
      .selectFrom('log_usage')
      .select('bytes')
      .where('account', '=', account)
      .executeTakeFirst();
    return bytes + (row?.bytes ?? 0);
  }

  async #usedByAll(): Promise<number> {
    const { db } = this.#storage;
    const { bytes } = await db.selectFrom('log_total').select('bytes').executeTakeFirstOrThrow();
    return bytes;
  }

  #move(account: number, bytes: number): void {
    this.#underWayOfAll += bytes;
    const now = (this.#underWay.get(account) ?? 0) + bytes;
    if (now === 0) this.#underWay.delete(account);
    else this.#underWay.set(account, now);
  }
}
