import { RateClass } from '@heliogram/protocol';
import type { ServerConfig } from '@heliogram/server';
import { defaultRates } from '../../apps/server/gateway/rate-limiter.ts';

/** A server as a bench wants it: no proof of work, rates that never bind. */
export function benchConfig(dataDirectory: string, port: number): ServerConfig {
  return {
    dataDirectory,
    host: '127.0.0.1',
    port,
    origins: [],
    trustedProxies: [],
    name: 'Bench',
    registration: { policy: 'open', difficultyBits: 0, invitesPerAccount: 0 },
    maxUploadBytes: 1_000_000,
    subscriberCountIntervalMs: 60_000,
    logLevel: 'silent',
    metrics: 'off',
    rates: { ...defaultRates, [RateClass.APPEND]: { burst: 1_000_000, perSecond: 1_000_000 } },
  };
}
