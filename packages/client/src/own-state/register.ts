import type { Register, RegisterName } from '../store/own-state-port.ts';
import { ownStateLimits } from './limits.ts';

/** Whether `a` was set after `b`: the same answer on every device, whatever came first. */
export function isLater(a: Register, b: Register): boolean {
  if (a.clock !== b.clock) return a.clock > b.clock;
  if (a.device !== b.device) return a.device > b.device;
  return (a.value ?? '') > (b.value ?? '');
}

/** The time of a change: that of the device, or just after all that it has seen. */
export function clockAfter(seen: number, now: number): number {
  return Math.min(Math.max(Math.trunc(now), seen + 1), ownStateLimits.maxClock);
}

export function keyOf({ kind, scope }: RegisterName): string {
  return JSON.stringify([kind, scope]);
}
