import type { CommandContext } from '../arguments/command.ts';
import { loadServer } from './serve-module.ts';
import { serverConfig, settingsIn } from './server-settings.ts';

export async function serveCommand({ args, out }: CommandContext): Promise<void> {
  const config = await serverConfig(settingsIn(args));
  const { startServer } = await loadServer();
  const running = await startServer(config);
  const { url } = running;
  out.result({ event: 'listening', url }, ({ bold }) => `Heliogram is open at ${bold(url)}`);
  await stopSignal();
  await running.close();
}

/** A second signal does what it does by default: it ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
