import { utf8Length } from '@heliogram/content';
import { ValidationError } from '@heliogram/protocol';
import type {
  KeptRegister,
  OwnStateStore,
  Register,
  RegisterName,
} from '../store/own-state-port.ts';
import { ownStateLimits } from './limits.ts';
import { clockAfter, isLater, keyOf } from './register.ts';

/** All registers, in memory as in the store: for each name the latest that was seen. */
export class Registers {
  readonly #store: OwnStateStore;
  readonly #device: string;
  readonly #now: () => number;
  readonly #all = new Map<string, KeptRegister>();
  #seen = 0;
  #bytes = 0;

  constructor(parts: {
    readonly store: OwnStateStore;
    /** Of this device. */
    readonly device: string;
    readonly now: () => number;
  }) {
    this.#store = parts.store;
    this.#device = parts.device;
    this.#now = parts.now;
  }

  async load(): Promise<void> {
    for (const register of await this.#store.all()) this.#keep(register);
  }

  get(name: RegisterName): KeptRegister | undefined {
    return this.#all.get(keyOf(name));
  }

  of(kind: string): readonly KeptRegister[] {
    return [...this.#all.values()].filter((register) => register.kind === kind);
  }

  get pending(): readonly KeptRegister[] {
    return [...this.#all.values()].filter(({ pending }) => pending);
  }

  /** Durable before it resolves; false when that is what stood there. Throws `limit_reached`. */
  async set(name: RegisterName, value: string | null): Promise<boolean> {
    const before = this.get(name);
    if ((before?.value ?? null) === value) return false;
    this.#requireRoom(before, value);
    const clock = clockAfter(this.#seen, this.#now());
    const register = { ...name, clock, device: this.#device, value, pending: true };
    this.#keep(register);
    await this.#store.put([register]);
    return true;
  }

  /** Takes in what other devices set; answers what changed here. */
  async merge(registers: readonly Register[]): Promise<readonly Register[]> {
    const changed: KeptRegister[] = [];
    /** Own ones that turn out to be in the log: nothing changes here, and they need not be sent. */
    const said: KeptRegister[] = [];
    for (const register of registers) {
      const before = this.get(register);
      if (before?.pending && isSame(register, before)) {
        said.push({ ...before, pending: false });
        continue;
      }
      if (before && !isLater(register, before)) continue;
      if (!before && this.#all.size >= 2 * ownStateLimits.maxRegisters) {
        throw new ValidationError('limit_reached', 'own state holds more than there can be');
      }
      const kept = { ...register, pending: false };
      this.#keep(kept);
      changed.push(kept);
    }
    for (const register of said) this.#keep(register);
    const kept = [...changed, ...said];
    if (kept.length > 0) await this.#store.put(kept);
    return changed;
  }

  /** These are in the log; what was set again meanwhile still waits. */
  async sent(registers: readonly Register[]): Promise<void> {
    const settled = registers.flatMap((register) => {
      const now = this.get(register);
      return now && isSame(now, register) ? [{ ...now, pending: false }] : [];
    });
    for (const register of settled) this.#keep(register);
    await this.#store.put(settled);
  }

  /** The log has lost what it was told: all of it is to be said again. */
  async unsend(): Promise<void> {
    const all = [...this.#all.values()].map((register) => ({ ...register, pending: true }));
    for (const register of all) this.#keep(register);
    await this.#store.put(all);
  }

  /** Everything that stands. What was taken away long ago is forgotten first. */
  async whole(): Promise<readonly KeptRegister[]> {
    const before = this.#now() - ownStateLimits.forgetTakenAwayAfterMs;
    const old = [...this.#all.values()].filter(
      ({ value, clock, pending }) => value === null && !pending && clock < before,
    );
    for (const register of old) this.#all.delete(keyOf(register));
    if (old.length > 0) await this.#store.remove(old);
    return [...this.#all.values()];
  }

  #keep(register: KeptRegister): void {
    const key = keyOf(register);
    this.#bytes += sizeOf(register) - sizeOf(this.#all.get(key));
    this.#seen = Math.max(this.#seen, register.clock);
    this.#all.set(key, register);
  }

  /** Less than there was always has room. */
  #requireRoom(before: KeptRegister | undefined, value: string | null): void {
    const { maxBytes, maxRegisters } = ownStateLimits;
    const added = byteLength(value) - sizeOf(before);
    if (added <= 0 && before) return;
    if (this.#bytes + added <= maxBytes && (before || this.#all.size < maxRegisters)) return;
    throw new ValidationError('limit_reached', 'there is too much own state to share it all');
  }
}

function isSame(a: Register, b: Register): boolean {
  return a.clock === b.clock && a.device === b.device;
}

function sizeOf(register: Register | undefined): number {
  return byteLength(register?.value ?? null);
}

function byteLength(text: string | null): number {
  return text === null ? 0 : utf8Length(text);
}
