import { MAX_OWN_STATE_BYTES } from '@heliogram/crypto';
import { ValidationError } from '@heliogram/protocol';
import type { Register } from '../store/own-state-port.ts';
import { encodeRegisters } from './register-codec.ts';

/** Registers as the contents of as few entries as hold them in order. Throws `too_large` for one alone. */
export function packRegisters(registers: readonly Register[]): readonly Uint8Array[] {
  const packs: Register[][] = [];
  let room = 0;
  for (const register of registers) {
    const size = requireFits(register);
    if (size > room) {
      packs.push([]);
      // Two brackets around all, and a comma before each.
      room = MAX_OWN_STATE_BYTES - 2;
    }
    packs.at(-1)?.push(register);
    room -= size;
  }
  return packs.map(encodeRegisters);
}

/** Bytes that a register takes in an entry. Throws `too_large` when no entry can hold it. */
export function requireFits(register: Register): number {
  const size = encodeRegisters([register]).byteLength - 1;
  if (size <= MAX_OWN_STATE_BYTES - 2) return size;
  throw new ValidationError('too_large', 'this is too long to sync with other devices');
}
