import type { KeptRegister, OwnStateStore, RegisterName } from '../own-state-port.ts';

export class MemoryOwnState implements OwnStateStore {
  readonly #registers = new Map<string, KeptRegister>();

  async all(): Promise<readonly KeptRegister[]> {
    return [...this.#registers.values()];
  }

  async put(registers: readonly KeptRegister[]): Promise<void> {
    for (const register of registers) this.#registers.set(keyOf(register), register);
  }

  async remove(names: readonly RegisterName[]): Promise<void> {
    for (const name of names) this.#registers.delete(keyOf(name));
  }

  clear(): void {
    this.#registers.clear();
  }
}

function keyOf({ kind, scope }: RegisterName): string {
  return JSON.stringify([kind, scope]);
}
