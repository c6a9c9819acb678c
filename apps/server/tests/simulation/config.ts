import type { ServerConfig } from '../../config/config.ts';

/** The origin that simulated clients dial. */
export function simulatedConfig(dataDirectory: string): ServerConfig {
  return {
    dataDirectory,
    host: '127.0.0.1',
    port: 1,
    origins: [],
    trustedProxies: [],
    name: 'simulated',
    registration: { policy: 'open', difficultyBits: 0, invitesPerAccount: 5 },
    maxUploadBytes: 1_048_576,
    subscriberCountIntervalMs: 60_000,
    logLevel: 'silent',
    metrics: 'off',
  };
}
