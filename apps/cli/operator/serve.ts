import type { CommandContext } from '../arguments/command.ts';
import { onInterruption } from '../session/interruption.ts';
import { loadServer } from './serve-module.ts';
import { serverConfig, settingsIn } from './server-settings.ts';

export async function serveCommand({ args, out }: CommandContext): Promise<void> {
  const config = await serverConfig(settingsIn(args));
  const { startServer } = await loadServer();
  const running = await startServer(config);
  // Before it is told: whoever hears it may end us at once.
  const interrupted = new Promise<void>(onInterruption);
  const { url } = running;
  out.result({ event: 'listening', url }, ({ bold }) => `Heliogram is open at ${bold(url)}`);
  await interrupted;
  await running.close();
}
