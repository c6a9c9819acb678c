import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  ClientFrameSchema,
  HeliogramError,
  type Request,
  type ServerFrame,
  ServerFrameSchema,
} from '@heliogram/protocol';
import type { LinkEvents, Platform, Transport } from '../src/ports.ts';

type Handler = (payload: Uint8Array, link: FakeLink) => Uint8Array | Promise<Uint8Array>;
type FrameInit = MessageInitShape<typeof ServerFrameSchema>['frame'];

/** One end of a connection in memory. */
export type FakeLink = {
  push(frame: FrameInit): void;
  /** Raw bytes, as a hostile server would send. */
  raw(bytes: Uint8Array): void;
  drop(reason?: string): void;
};

/** A server in memory: tests say what each method answers, and when links break. */
export class FakeServer {
  readonly links: FakeLink[] = [];
  readonly requests: string[] = [];
  refusesConnections = false;
  version = 1;
  readonly #handlers = new Map<string, Handler>();

  on<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    answer: (
      request: MessageShape<I>,
      link: FakeLink,
    ) => MessageInitShape<O> | Promise<MessageInitShape<O>>,
  ): void {
    this.#handlers.set(`${method.parent.typeName}/${method.name}`, async (payload, link) => {
      const response = await answer(fromBinary(method.input, payload), link);
      return toBinary(method.output, create(method.output, response));
    });
  }

  get link(): FakeLink {
    const link = this.links.at(-1);
    if (!link) throw new Error('nobody is connected');
    return link;
  }

  readonly transport: Transport = {
    open: (_url, events) => {
      if (this.refusesConnections) {
        queueMicrotask(() => events.closed('refused'));
        return { send: () => undefined, close: () => undefined };
      }
      const end = { open: true };
      const link = this.#link(events, end);
      queueMicrotask(() => {
        if (!end.open) return;
        this.links.push(link);
        events.opened();
      });
      return {
        send: (bytes) => {
          if (end.open) queueMicrotask(() => this.#receive(bytes, link, end));
        },
        close: () => {
          end.open = false;
        },
      };
    },
  };

  #link(events: LinkEvents, end: { open: boolean }): FakeLink {
    const send = (bytes: Uint8Array) => {
      if (end.open) events.frame(bytes);
    };
    return {
      push: (frame) => send(encodeFrame(frame)),
      raw: send,
      drop: (reason = 'dropped') => {
        if (!end.open) return;
        end.open = false;
        events.closed(reason);
      },
    };
  }

  #receive(bytes: Uint8Array, link: FakeLink, end: { open: boolean }): void {
    if (!end.open) return;
    const { frame } = fromBinary(ClientFrameSchema, bytes);
    if (frame.case === 'hello') {
      link.push({ case: 'welcome', value: { version: this.version, heartbeatMs: 30_000 } });
    } else if (frame.case === 'ping') {
      link.push({ case: 'pong', value: { nonce: frame.value.nonce } });
    } else if (frame.case === 'request') {
      void this.#answer(frame.value, link);
    }
  }

  async #answer({ id, method, payload }: Request, link: FakeLink): Promise<void> {
    this.requests.push(method);
    try {
      const handler = this.#handlers.get(method);
      if (!handler) throw new HeliogramError('unsupported', method);
      const value = await handler(payload, link);
      link.push({ case: 'response', value: { id, outcome: { case: 'payload', value } } });
    } catch (error) {
      const { code, message, retryAfterMs } =
        error instanceof HeliogramError ? error : new HeliogramError('internal', String(error));
      const value = { code, message, retryAfterMs: retryAfterMs ?? 0 };
      link.push({ case: 'response', value: { id, outcome: { case: 'failure', value } } });
    }
  }
}

export function encodeFrame(frame: FrameInit): Uint8Array {
  return toBinary(ServerFrameSchema, create(ServerFrameSchema, frame ? { frame } : {}));
}

export type PushedFrame = ServerFrame['frame'];

/** A deterministic platform: seeded bytes, and time that passes at once when everybody waits. */
export function fakePlatform(
  server: FakeServer,
  seed = 1,
): Platform & { readonly delays: number[]; advance(ms: number): Promise<void> } {
  let state = seed >>> 0 || 1;
  const nextByte = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  let now = 1_700_000_000_000;
  let timers: { at: number; run: () => void }[] = [];
  const delays: number[] = [];
  return {
    transport: server.transport,
    delays,
    scheduler: {
      now: () => now,
      after: (delayMs, run) => {
        const timer = { at: now + delayMs, run };
        delays.push(delayMs);
        timers.push(timer);
        return {
          cancel: () => {
            timers = timers.filter((each) => each !== timer);
          },
        };
      },
    },
    advance: async (ms) => {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (!next || next.at > until) break;
        now = next.at;
        timers = timers.filter((each) => each !== next);
        next.run();
      }
      now = until;
      await settle();
    },
    random: { bytes: (length) => Uint8Array.from({ length }, nextByte) },
    signer: { sign: () => new Uint8Array(64) },
    http: { send: () => Promise.reject(new Error('no HTTP here')) },
    hasher: { sha256: () => ({ update: () => undefined, digest: () => new Uint8Array(32) }) },
    process: { session: '1-a', isAlive: () => false },
  };
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}
