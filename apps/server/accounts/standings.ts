import { VerificationError } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import type { Storage } from '../storage/port.ts';

/** Whether an account may act now. */
export type Standing = {
  /** Why a moderator suspended it; null while it may act. */
  readonly suspendedReason: string | null;
  /** Devices that are listed and not revoked; none of an account that is gone. */
  readonly devices: ReadonlySet<string>;
};

const MAX_REMEMBERED = 100_000;

/** Standings by account, remembered until they change (ACC-10). */
export class Standings {
  readonly #storage: Storage;
  readonly #known = new Map<number, Standing>();
  #version = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Answers at once when it is known: cheap enough for every call. */
  of(account: number): Standing | Promise<Standing> {
    return this.#known.get(account) ?? this.#load(account);
  }

  /** Throws `suspended` or `device_revoked` when the caller may act no longer. */
  async check(caller: DeviceCaller): Promise<void> {
    const known = this.#known.get(caller.account) ?? (await this.#load(caller.account));
    if (known.suspendedReason !== null) throw suspended(known.suspendedReason);
    if (!known.devices.has(caller.deviceId)) throw deviceRevoked();
  }

  /** Grows with every change of a standing or a device: what was read before may be outdated. */
  get version(): number {
    return this.#version;
  }

  /** Called after a change is durable and before connections are ended for it. */
  changed(accounts: Iterable<number>): void {
    this.#version += 1;
    for (const account of accounts) this.#known.delete(account);
  }

  /** Reads what no change overtook: whoever is let in by it is also reached by the next ending. */
  async settled<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const seen = this.#version;
      const value = await read();
      if (this.#version === seen) return value;
    }
  }

  async #load(account: number): Promise<Standing> {
    for (;;) {
      const seen = this.#version;
      const standing = await this.#read(account);
      if (this.#version === seen) {
        this.#remember(account, standing);
        return standing;
      }
    }
  }

  #remember(account: number, standing: Standing): void {
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(account, standing);
  }

  async #read(account: number): Promise<Standing> {
    const row = await this.#storage.db
      .selectFrom('accounts')
      .select('suspended_reason')
      .where('id', '=', account)
      .executeTakeFirst();
    const devices = await this.#storage.db
      .selectFrom('devices')
      .select('device_id')
      .where('account', '=', account)
      .where('revoked_at', 'is', null)
      .execute();
    return {
      suspendedReason: row?.suspended_reason ?? null,
      devices: new Set(devices.map(({ device_id }) => device_id)),
    };
  }
}

export function suspended(reason: string): VerificationError {
  return new VerificationError('suspended', `this account is suspended: ${reason}`);
}

export function deviceRevoked(): VerificationError {
  return new VerificationError('device_revoked', 'this device was removed from the account');
}
