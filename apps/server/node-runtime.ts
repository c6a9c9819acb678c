import { randomBytes } from 'node:crypto';
import type { Runtime } from './runtime.ts';

export const nodeRuntime: Runtime = {
  now: () => Date.now(),
  // A running server replaces this with a clock that is watched (main.ts).
  settledNow: () => Date.now(),
  monotonicMs: () => performance.now(),
  soon: (run) => void setImmediate(run),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  // A copy: Buffer may lend a slice of a shared pool.
  randomBytes: (length) => Uint8Array.from(randomBytes(length)),
};
