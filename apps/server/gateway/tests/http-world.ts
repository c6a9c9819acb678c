import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { accountId, deviceId } from '@heliogram/protocol';
import { createInProcessBus } from '../../bus/in-process.ts';
import { nodeRuntime } from '../../node-runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { type Log, silentLog, silentTelemetry } from '../../telemetry.ts';
import { AddressLimit } from '../address-limit.ts';
import { createConnectApi } from '../connect-api.ts';
import { Connections } from '../connections.ts';
import { Dispatcher } from '../dispatcher.ts';
import { FanOut } from '../fan-out.ts';
import { HeldBytes } from '../held-bytes.ts';
import { type HttpRoute, HttpServer } from '../http-server.ts';
import { RateLimiter } from '../rate-limiter.ts';
import { SessionRegistry } from '../session-registry.ts';
import { WebSocketGate, wrapForWebSocket } from '../websocket.ts';
import { echoServices, type Seen } from './echo-services.ts';

/** Real time, but what waits for long waits a hundredth of it. */
const hastyRuntime: Runtime = {
  ...nodeRuntime,
  after: (delayMs, run) => nodeRuntime.after(delayMs / 100, run),
};

export type HttpWorld = Awaited<ReturnType<typeof httpWorld>>;

/** The gateway behind a real port; every method answers emptily unless `run` does more. */
export async function httpWorld(
  t: TestContext,
  options: {
    readonly run?: (seen: Seen) => unknown;
    readonly trustedProxies?: readonly string[];
    readonly routes?: readonly HttpRoute[];
    readonly runtime?: Runtime;
    readonly perAddress?: number;
    readonly heldBytes?: number;
    readonly rates?: Pick<RateLimiter, 'take'>;
  } = {},
) {
  const runtime = options.runtime ?? hastyRuntime;
  const seen: Seen[] = [];
  const errors: unknown[] = [];
  const log: Log = { ...silentLog, error: (...parts) => errors.push(parts) };
  const bus = createInProcessBus();
  const services = echoServices(seen, options.run);
  const dispatcher = new Dispatcher({
    services,
    rates: options.rates ?? new RateLimiter(runtime),
    runtime,
    telemetry: silentTelemetry,
    log,
    checkStanding: async () => undefined,
  });
  const fanOut = new FanOut({ bus, runtime, telemetry: silentTelemetry, wrap: wrapForWebSocket });
  const held = new HeldBytes(options.heldBytes ?? 268_435_456);
  const perAddress = new AddressLimit({ max: 1_000, loopbackFactor: 1 });
  const connections = new Connections({
    perAddress,
    held,
    dispatcher,
    fanOut,
    runtime: nodeRuntime,
    serverName: 'test',
    onLag: () => undefined,
  });
  const sessions = new SessionRegistry({ bus, runtime });
  const http = new HttpServer({
    routes: options.routes ?? [],
    webSockets: new WebSocketGate(connections, runtime),
    sessions,
    trustedProxies: options.trustedProxies ?? [],
    runtime,
    log,
    perAddress: new AddressLimit({ max: options.perAddress ?? 1_000, loopbackFactor: 1 }),
    held,
    acceptsOrigin: (origin) => origin === 'https://chat.example',
    api: (next, client) => createConnectApi({ services, dispatcher, ...client, next }),
  });
  const port = await http.listen('127.0.0.1', 0);
  t.after(() => http.close());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    bus,
    http,
    sessions,
    connections,
    held,
    seen,
    errors,
    call: (method: string, request: object, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/heliogram.v1.${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(request),
      }),
    raw: () => rawSocket(port),
  };
}

export const holder = {
  account: 1,
  accountId: accountId('ab'.repeat(32)),
  deviceId: deviceId('cd'.repeat(16)),
};

/** A plain connection: what is written, and everything that came until it ended. */
function rawSocket(port: number): {
  readonly socket: Socket;
  readonly received: () => Buffer;
  readonly ended: Promise<Buffer>;
} {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const ended = new Promise<Buffer>((resolve) => {
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });
  return { socket, received: () => Buffer.concat(chunks), ended };
}

/** Asks again until it holds, a few seconds at most. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !holds(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (!holds()) throw new Error('it never came to hold');
}
