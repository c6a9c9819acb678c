import { existsSync } from 'node:fs';
import { uptime } from 'node:os';
import { createCore, createHttp, type Foundations, SERVER_VERSION, wrapForSockets } from './app.ts';
import { createInProcessBus } from './bus/in-process.ts';
import { type CheckedConfig, NO_ORIGIN } from './config/check-config.ts';
import type { ServerConfig } from './config/config.ts';
import { checkSettings, loadConfig } from './config/index.ts';
import type { ConfigInput } from './config/load-config.ts';
import { freeBytes } from './free-bytes.ts';
import { openOperatorChannel } from './moderation/index.ts';
import { nodeRuntime } from './node-runtime.ts';
import { backup as backUp, restore as bringBack } from './operation/backup/index.ts';
import {
  ClockMark,
  ClockWatch,
  createLog,
  createPrometheusTelemetry,
  healthRoute,
  LongestBlock,
  landingRoute,
  metricsRoute,
} from './operation/index.ts';
import { servingProblems } from './serving-check/index.ts';
import { type DataDirectory, dataPaths, lockDataDirectory } from './storage/data-directory.ts';
import { databaseProblem, openSqliteStorage } from './storage/sqlite/index.ts';
import { createWebApp } from './web-app/index.ts';

export { loadConfig, type ServerConfig, settingFlags } from './config/index.ts';
export { verifyBackup } from './operation/backup/index.ts';

const CLOCK_JUMPED =
  'the system clock jumped: posts are dated by it, so check the time source of this machine';

/** What `heliogram check-config` prints: the settings, held against this machine. Changes nothing. */
export async function checkConfig(input: ConfigInput = {}): Promise<CheckedConfig> {
  const checked = checkSettings(input);
  const loaded = loadConfig(input);
  if (loaded.kind === 'invalid' || checked.problems.length > 0) return checked;
  const { config, effective } = loaded;
  const paths = dataPaths(config.dataDirectory);
  const problems = await servingProblems({ config, effective, paths, databaseProblem });
  return { ...checked, problems };
}

/** Whether no server has run on this data directory yet. */
export function isFirstStart({ dataDirectory }: ServerConfig): boolean {
  return !existsSync(dataPaths(dataDirectory).databaseFile);
}

export type RunningServer = {
  /** Where to open it. */
  readonly url: string;
  readonly port: number;
  /** Drains: answers what was asked, writes what waits, then frees everything. Bounded by seconds. */
  close(): Promise<void>;
};

/**
 * Runs a server in this process. Throws `unavailable` or `storage_full` with a sentence for the
 * operator; whatever was taken until then is free again.
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  await using taken = new AsyncDisposableStack();
  const directory = lockDataDirectory(config.dataDirectory);
  taken.defer(() => directory.release());
  const storage = openSqliteStorage({ path: directory.databaseFile });
  taken.defer(() => storage.close());
  const bus = createInProcessBus();
  taken.defer(() => bus.close());
  const log = createLog({ level: config.logLevel, runtime: nodeRuntime });
  const clock = new ClockWatch(
    // Unlike the monotonic clock, the uptime of the machine includes sleep.
    { now: nodeRuntime.now, elapsedMs: () => uptime() * 1_000 },
    (jumpMs) => log.warn(CLOCK_JUMPED, { jumpSeconds: Math.round(jumpMs / 1_000) }),
  );
  const runtime = { ...nodeRuntime, settledNow: () => clock.settledNow() };
  const prometheus = createPrometheusTelemetry({
    version: SERVER_VERSION,
    longestBlock: new LongestBlock(runtime.monotonicMs),
    clock,
  });
  const { telemetry } = prometheus;
  const { port, url } = await serve(
    { config, storage, bus, runtime, telemetry, log },
    { directory, prometheus, clock, taken },
  );
  const held = taken.move();
  return { url, port, close: () => held.disposeAsync() };
}

/** The rooms and their port. What `taken` frees goes in reverse: goodbye first, storage last. */
async function serve(
  foundations: Foundations,
  parts: {
    readonly directory: DataDirectory;
    readonly prometheus: ReturnType<typeof createPrometheusTelemetry>;
    readonly clock: ClockWatch;
    readonly taken: AsyncDisposableStack;
  },
): Promise<{ readonly port: number; readonly url: string }> {
  const { config, log, runtime, storage } = foundations;
  const core = createCore(foundations, wrapForSockets);
  parts.prometheus.countConnections(() => core.connections.count);
  let draining = false;
  let origin = '';
  const http = createHttp(foundations, core, [
    healthRoute({
      storage,
      runtime,
      draining: () => draining,
      freeBytes: () => freeBytes(config.dataDirectory),
      clockIsUnsettled: () => parts.clock.isUnsettled,
    }),
    metricsRoute({ exposure: config.metrics, page: parts.prometheus.page }),
    createWebApp({
      directory: config.webAppDirectory,
      origins: () => [...config.origins, origin],
      otherwise: landingRoute({ config, origin: () => origin }),
    }),
  ]);
  parts.taken.defer(async () => {
    draining = true;
    if (origin !== '') log.info('draining', { connections: core.connections.count });
    await Promise.all([http.close(), core.stop()]);
    if (origin !== '') log.info('stopped');
  });
  const clockMark = new ClockMark({
    database: storage.db,
    runtime,
    clock: parts.clock,
    report: (error) => log.error('saving the time failed', error),
  });
  await clockMark.start();
  parts.taken.defer(() => clockMark.stop());
  await core.start();
  const operator = await openOperatorChannel({
    socketPath: parts.directory.operatorSocket,
    dispatch: (method, payload, context) => core.dispatcher.call(method, payload, context),
  });
  parts.taken.defer(() => operator.close());
  const port = await http.listen(config.host, config.port);
  origin = core.setListening(config.host, port);
  log.info('listening', { port });
  if (config.origins.length === 0) log.warn(NO_ORIGIN);
  return { port, url: origin };
}

/**
 * Copies everything that a data directory keeps to `destination`, also while a server uses it.
 * Throws `unavailable`, `storage_full`, or `usage` when the destination is not empty.
 */
export function backup(dataDirectory: string, destination: string): Promise<void> {
  const { databaseFile, mediaDirectory } = dataPaths(dataDirectory);
  return backUp({
    databaseFile,
    mediaDirectory,
    destination,
    runtime: nodeRuntime,
    version: SERVER_VERSION,
  });
}

/** Makes a data directory from a backup. Throws `usage` when the target is not empty. */
export function restore(source: string, dataDirectory: string): Promise<void> {
  return bringBack({ source, paths: dataPaths(dataDirectory), runtime: nodeRuntime });
}
