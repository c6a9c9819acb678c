/**
 * What admins see of an invite's uses follows the same grid as the subscriber count: a use shows once
 * the interval in which it happened is over, so that it does not tell who came (CHN-23).
 */
export class InviteUses {
  readonly #intervalMs: number;
  #interval = -1;
  /** Uses at the start of the current interval, of invites used within it. */
  readonly #before = new Map<string, number>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  used(inviteId: string, usesBefore: number, now: number): void {
    this.#turn(now);
    if (!this.#before.has(inviteId)) this.#before.set(inviteId, usesBefore);
  }

  shown(inviteId: string, uses: number, now: number): number {
    this.#turn(now);
    return this.#before.get(inviteId) ?? uses;
  }

  #turn(now: number): void {
    const interval = Math.floor(now / this.#intervalMs);
    if (interval === this.#interval) return;
    this.#interval = interval;
    this.#before.clear();
  }
}
