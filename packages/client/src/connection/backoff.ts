/** Delays between attempts to connect: exponential with full jitter, so that a crowd spreads out. */
export const backoff = { firstMs: 200, capMs: 20_000 } as const;

/**
 * Milliseconds to wait before attempt number `attempt` (from 1). `unit` is uniform in [0, 1). What the
 * server asked for (`atLeastMs`) is kept, and spread over half as much again.
 */
export function retryDelayMs(attempt: number, unit: number, atLeastMs = 0): number {
  const ceiling = Math.min(backoff.capMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 16));
  const spread = Math.max(ceiling, atLeastMs / 2);
  return Math.round(atLeastMs + unit * spread);
}

/** Uniform in [0, 1) from four random bytes. */
export function unitFrom(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0) / 256 ** bytes.length;
}
