import { UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { loadServer } from './server-module.ts';

export async function serveCommand({ args, out }: CommandContext): Promise<void> {
  const server = await loadServer();
  const running = await server.startServer({
    dataDirectory: args.value('data') ?? './data',
    host: args.value('host') ?? '127.0.0.1',
    port: args.number('port', { min: 0, max: 65_535 }) ?? 8080,
    origins: [],
    trustedProxies: [],
    name: 'Heliogram',
    registration: { policy: 'open', difficultyBits: 0, invitesPerAccount: 5 },
    maxUploadBytes: 2_147_483_648,
    subscriberCountIntervalMs: 60_000,
    logLevel: 'info',
    metrics: 'local',
  });
  const { url } = running;
  out.result({ event: 'listening', url }, ({ bold }) => `Heliogram is open at ${bold(url)}`);
  await stopSignal();
  await running.close();
}

/** A second signal does what it does by default: ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

export async function checkConfigCommand(): Promise<void> {
  throw new UsageError('not available in this version');
}
export async function backupCommand(): Promise<void> {
  throw new UsageError('not available in this version');
}
export async function restoreCommand(): Promise<void> {
  throw new UsageError('not available in this version');
}
