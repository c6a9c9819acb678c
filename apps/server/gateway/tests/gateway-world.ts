import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  type AccountId,
  accountId,
  ClientFrameSchema,
  deviceId,
  type ServerFrame,
  ServerFrameSchema,
} from '@heliogram/protocol';
import { createInProcessBus } from '../../bus/in-process.ts';
import type { Bus } from '../../bus/port.ts';
import type { Runtime, Timer } from '../../runtime.ts';
import { silentLog, silentTelemetry } from '../../telemetry.ts';
import { AddressLimit } from '../address-limit.ts';
import { Connections } from '../connections.ts';
import { Dispatcher, type DispatcherParts } from '../dispatcher.ts';
import { FanOut } from '../fan-out.ts';
import { HeldBytes } from '../held-bytes.ts';
import type { Link } from '../link.ts';
import { RateLimiter } from '../rate-limiter.ts';
import type { BoundService, DeviceCaller } from '../service.ts';

/** Time moved by hand; `soon` runs at the end of the tick, as in production. */
export class ManualRuntime implements Runtime {
  timeMs = Date.UTC(2026, 10, 23);
  #timers: { readonly at: number; readonly run: () => void }[] = [];
  #byte = 0;

  now(): number {
    return this.timeMs;
  }

  settledNow(): number {
    return this.now();
  }

  monotonicMs(): number {
    return this.timeMs;
  }

  soon(run: () => void): void {
    setImmediate(run);
  }

  after(delayMs: number, run: () => void): Timer {
    const timer = { at: this.timeMs + delayMs, run };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }

  randomBytes(length: number): Uint8Array<ArrayBuffer> {
    this.#byte += 1;
    return new Uint8Array(length).fill(this.#byte);
  }

  async advance(ms: number): Promise<void> {
    const until = this.timeMs + ms;
    for (;;) {
      await settle();
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.timeMs = Math.max(this.timeMs, next.at);
      next.run();
    }
    this.timeMs = until;
    await settle();
  }
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A link that keeps what is written; `stuck` takes nothing until `take` is called. */
class RecordingLink implements Link {
  readonly writes: Uint8Array[] = [];
  backlogBytes = 0;
  stuck = false;
  paused = false;
  closedBecause: string | undefined;
  destroyed = false;

  write(chunk: Uint8Array): void {
    this.writes.push(chunk);
    if (this.stuck) this.backlogBytes += chunk.byteLength;
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  close(reason: string): void {
    this.closedBecause = reason;
  }

  destroy(): void {
    this.destroyed = true;
  }

  /** Frames in the order written. Links of these tests put each frame behind its length. */
  frames(): ServerFrame['frame'][] {
    return this.writes.flatMap(unwrapAll);
  }

  /** Frames since the last time this was asked. */
  take(): ServerFrame['frame'][] {
    const frames = this.frames();
    this.writes.length = 0;
    return frames;
  }
}

/** Framing of these tests: four bytes of length. */
function wrapWithLength(message: Uint8Array): Uint8Array {
  const wrapped = new Uint8Array(message.byteLength + 4);
  new DataView(wrapped.buffer).setUint32(0, message.byteLength);
  wrapped.set(message, 4);
  return wrapped;
}

function unwrapAll(chunk: Uint8Array): ServerFrame['frame'][] {
  const frames: ServerFrame['frame'][] = [];
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let at = 0; at < chunk.byteLength; ) {
    const length = view.getUint32(at);
    frames.push(fromBinary(ServerFrameSchema, chunk.subarray(at + 4, at + 4 + length)).frame);
    at += 4 + length;
  }
  return frames;
}

export const frameBytes = (
  frame: NonNullable<MessageInitShape<typeof ClientFrameSchema>['frame']>,
): Uint8Array => toBinary(ClientFrameSchema, create(ClientFrameSchema, { frame }));

export const HELLO = frameBytes({
  case: 'hello',
  value: { minVersion: 1, maxVersion: 1, client: 'test' },
});

export const encode = <T extends DescMessage>(
  schema: T,
  message: MessageInitShape<T>,
): Uint8Array => toBinary(schema, create(schema, message));

export function requestBytes(id: number, method: string, payload = new Uint8Array()): Uint8Array {
  return frameBytes({ case: 'request', value: { id, method, payload } });
}

export const someAccount: AccountId = accountId('ab'.repeat(32));

export const someDevice: DeviceCaller = {
  kind: 'device',
  address: '192.0.2.7',
  account: 1,
  accountId: someAccount,
  deviceId: deviceId('cd'.repeat(16)),
};

export const MAX_PER_ADDRESS = 5_000;

export type GatewayWorld = ReturnType<typeof gatewayWorld>;

/** Dispatcher, fan-out and connections over recording links. */
export function gatewayWorld(
  services: readonly BoundService[],
  parts: Partial<DispatcherParts> & { readonly bus?: Bus; readonly heldBytes?: number } = {},
) {
  const runtime = new ManualRuntime();
  const bus = parts.bus ?? createInProcessBus();
  const dispatcher = new Dispatcher({
    services,
    rates: new RateLimiter(runtime),
    runtime,
    telemetry: silentTelemetry,
    log: silentLog,
    checkStanding: async () => undefined,
    ...parts,
  });
  const fanOut = new FanOut({ bus, runtime, telemetry: silentTelemetry, wrap: wrapWithLength });
  let lags = 0;
  const held = new HeldBytes(parts.heldBytes ?? 268_435_456);
  const connections = new Connections({
    perAddress: new AddressLimit({ max: MAX_PER_ADDRESS, loopbackFactor: 1 }),
    held,
    dispatcher,
    fanOut,
    runtime,
    serverName: 'test',
    onLag: () => {
      lags += 1;
    },
  });
  const open = (address = '192.0.2.1') => {
    const link = new RecordingLink();
    return { link, connection: connections.admit(link, address) };
  };
  const greeted = async (address?: string) => {
    const opened = open(address);
    opened.connection.receive(HELLO);
    await settle();
    opened.link.take();
    return opened;
  };
  return { runtime, bus, held, dispatcher, fanOut, connections, open, greeted, lags: () => lags };
}
