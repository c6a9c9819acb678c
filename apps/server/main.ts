import { createCore, createHttp, type Foundations, wrapForSockets } from './app.ts';
import { createInProcessBus } from './bus/in-process.ts';
import type { ServerConfig } from './config/config.ts';
import { nodeRuntime } from './node-runtime.ts';
import { lockDataDirectory } from './storage/data-directory.ts';
import { openSqliteStorage } from './storage/sqlite/index.ts';
import { silentLog, silentTelemetry } from './telemetry.ts';

export type RunningServer = {
  /** Where to open it. */
  readonly url: string;
  readonly port: number;
  /** Drains: answers what was asked, writes what waits, then frees everything. */
  close(): Promise<void>;
};

/** Runs a server in this process. Throws `unavailable` with a sentence for the operator. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const directory = lockDataDirectory(config.dataDirectory);
  const storage = openSqliteStorage({ path: directory.databaseFile });
  const foundations: Foundations = {
    config,
    storage,
    bus: createInProcessBus(),
    runtime: nodeRuntime,
    telemetry: silentTelemetry,
    log: silentLog,
  };
  const core = createCore(foundations, wrapForSockets);
  const http = createHttp(foundations, core, []);
  await core.start();
  const port = await http.listen(config.host, config.port);
  const url = core.setListening(config.host, port);
  return {
    url,
    port,
    close: async () => {
      await core.stop();
      await http.close();
      await foundations.bus.close();
      await storage.close();
      directory.release();
    },
  };
}
