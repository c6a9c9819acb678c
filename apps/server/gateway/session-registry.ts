import { createHash } from 'node:crypto';
import { type AccountId, type DeviceId, limits } from '@heliogram/protocol';
import { accountTopic, type Bus } from '../bus/port.ts';
import type { Runtime } from '../runtime.ts';
import { randomHex } from '../runtime.ts';
import type { EndReason, Sessions } from './sessions.ts';

type Holder = {
  readonly account: number;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
};
type Token = { readonly holder: Holder; readonly expiresAt: number };

const MAX_TOKENS = 200_000;

/** Tokens of HTTP callers, as hashes in memory, and the way to end sessions on every gateway. */
export class SessionRegistry implements Sessions {
  readonly #bus: Bus;
  readonly #runtime: Runtime;
  readonly #tokens = new Map<string, Token>();

  constructor(parts: { readonly bus: Bus; readonly runtime: Runtime }) {
    this.#bus = parts.bus;
    this.#runtime = parts.runtime;
  }

  issueToken(holder: Holder): { readonly token: string; readonly expiresAt: number } {
    if (this.#tokens.size >= MAX_TOKENS) this.#forgetOldest();
    const token = randomHex(this.#runtime, 32);
    const expiresAt = this.#runtime.settledNow() + limits.sessionTokenLifetimeMs;
    this.#tokens.set(hashOf(token), { holder, expiresAt });
    return { token, expiresAt };
  }

  /** Whoever the token was issued to, while it lasts. */
  holderOf(token: string): Holder | undefined {
    const hash = hashOf(token);
    const known = this.#tokens.get(hash);
    if (!known) return undefined;
    if (known.expiresAt > this.#runtime.settledNow()) return known.holder;
    this.#tokens.delete(hash);
    return undefined;
  }

  endDevice(accountId: AccountId, deviceId: DeviceId, reason: EndReason): void {
    this.#forget((holder) => holder.deviceId === deviceId);
    this.#signOut(accountId, deviceId, reason);
  }

  endAccount(accountId: AccountId, reason: EndReason): void {
    this.#forget((holder) => holder.accountId === accountId);
    this.#signOut(accountId, null, reason);
  }

  #signOut(accountId: AccountId, deviceId: DeviceId | null, { code, message }: EndReason): void {
    this.#bus.publish(accountTopic(accountId), { kind: 'sign-out', deviceId, code, message });
  }

  #forget(gone: (holder: Holder) => boolean): void {
    for (const [hash, { holder }] of this.#tokens) if (gone(holder)) this.#tokens.delete(hash);
  }

  #forgetOldest(): void {
    const [oldest] = this.#tokens.keys();
    if (oldest !== undefined) this.#tokens.delete(oldest);
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
