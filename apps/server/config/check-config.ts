import { accessSync, constants, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import type { ServerConfig } from './config.ts';
import { type ConfigInput, type EffectiveSetting, loadConfig } from './load-config.ts';

export type CheckedConfig = {
  /** Empty when there are problems with the settings themselves. */
  readonly effective: readonly EffectiveSetting[];
  /** Whole sentences. With any the server does not start, or not with what the settings name. */
  readonly problems: readonly string[];
  /** Whole sentences: it starts, but probably not as meant. */
  readonly warnings: readonly string[];
};

/** Said at each start and by `heliogram check-config`. */
export const NO_ORIGIN =
  'No public origin is set: links in pages, feeds and previews point to this machine. Set origins before other people use the server';

/** The settings, and whether the data directory can be written. Changes nothing. */
export function checkSettings(input: ConfigInput = {}): CheckedConfig {
  const loaded = loadConfig(input);
  if (loaded.kind === 'invalid') {
    return { effective: [], problems: loaded.problems, warnings: [] };
  }
  const { config, effective } = loaded;
  const problem = directoryProblem(config.dataDirectory);
  return {
    effective,
    problems: problem === undefined ? [] : [problem],
    warnings: warningsOf(config),
  };
}

/** The directory itself, or the nearest one above it that is there, must be writable. */
function directoryProblem(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return directoryProblem(dirname(path));
    if (!stats.isDirectory()) return `${path} is not a directory.`;
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${path} cannot be written: permission denied.`;
  }
}

function warningsOf({ host, origins, trustedProxies, metrics }: ServerConfig): readonly string[] {
  const warnings: string[] = [];
  const everybody = host === '0.0.0.0' || host === '::' || (isIP(host) > 0 && !isLoopback(host));
  if (origins.length === 0) warnings.push(`${NO_ORIGIN}.`);
  if (everybody && origins.length === 0) {
    warnings.push(
      'Other machines can reach the server, but no origins are set: people can sign in only at its own addresses, over plain HTTP.',
    );
  }
  if (origins.some((origin) => origin.startsWith('http:'))) {
    warnings.push(
      'An origin uses plain HTTP: anyone on the network path can read posts and sign-ins. Use HTTPS.',
    );
  }
  if (origins.length > 0 && isLoopback(host) && trustedProxies.length === 0) {
    warnings.push(
      'Requests seem to come through a reverse proxy, but trustedProxies is empty: all visitors share one address and its rate limits.',
    );
  }
  if (metrics === 'open') warnings.push('Anyone can read /metrics.');
  return warnings;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');
