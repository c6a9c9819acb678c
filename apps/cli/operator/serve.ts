import type { CommandContext } from '../arguments/command.ts';
import { onInterruption } from '../session/interruption.ts';
import { loadServer } from './serve-module.ts';
import { serverConfig, settingsIn } from './server-settings.ts';

export async function serveCommand({ args, out }: CommandContext): Promise<void> {
  refuseInspection();
  const config = await serverConfig(settingsIn(args));
  const { isFirstStart, startServer } = await loadServer();
  const first = isFirstStart(config);
  const running = await startServer(config);
  // Before it is told: whoever hears it may end us at once.
  const interrupted = new Promise<void>(onInterruption);
  const { url } = running;
  out.result({ event: 'listening', url }, ({ bold, dim }) => {
    const head = `Heliogram is running at ${bold(url)}`;
    return first && config.registration.policy === 'open' ? `${head}\n${dim(OPEN_HINT)}` : head;
  });
  await interrupted;
  await running.close();
}

const OPEN_HINT =
  'Anyone who can reach this server can sign up. To change that, use “--registration invite” or “--registration closed” (HELIOGRAM_REGISTRATION).';

/** Node opens its inspector to every program of this machine at SIGUSR1, unless somebody listens to it. */
function refuseInspection(): void {
  process.on('SIGUSR1', () => undefined);
}
