import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  DependencyError,
  type Request,
  RequestSchema,
  ResponseSchema,
  ValidationError,
} from '@heliogram/protocol';
import { failureOf } from '../gateway/index.ts';
import type { OperatorCaller } from '../gateway/service.ts';
import { connectTo } from './dialling.ts';
import { FrameReader, frame } from './operator-frames.ts';
import { withShortPath } from './socket-path.ts';

/** The dispatcher, as this channel calls it. Throws HeliogramError. */
export type OperatorDispatch = (
  method: string,
  payload: Uint8Array,
  context: { readonly caller: OperatorCaller },
) => Promise<Uint8Array>;

export interface OperatorChannel {
  /** Answers what was asked, then ends every connection and removes the socket. */
  close(): Promise<void>;
}

const CALLER: OperatorCaller = { kind: 'operator', address: '' };
const MAX_CONNECTIONS = 16;
const IDLE_MS = 30_000;

/**
 * Listens on the data directory's socket, which only its own user can open (MOD-9). Whoever can open
 * it is the operator. The caller holds the directory's lock. A socket file that a dead server left is
 * replaced; throws `unavailable` when a live one answers on it.
 */
export async function openOperatorChannel(options: {
  readonly socketPath: string;
  readonly dispatch: OperatorDispatch;
}): Promise<OperatorChannel> {
  const { socketPath, dispatch } = options;
  await removeStale(socketPath);
  const served = new ServedSockets(dispatch);
  const server = createServer((socket) => served.take(socket));
  server.maxConnections = MAX_CONNECTIONS;
  await withShortPath(socketPath, (path) => listenPrivately(server, path));
  return {
    close: async () => {
      server.close();
      await served.finish();
      rmSync(socketPath, { force: true });
    },
  };
}

async function removeStale(socketPath: string): Promise<void> {
  const socket = await withShortPath(socketPath, connectTo);
  if (socket !== undefined) {
    socket.destroy();
    throw new DependencyError('unavailable', 'another server answers on the operator socket');
  }
  rmSync(socketPath, { force: true });
}

/** The file is private from its first moment: binding happens before `listen` returns. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await listening;
}

/** One request after the other on each socket; bytes that are none end that socket. */
class ServedSockets {
  readonly #dispatch: OperatorDispatch;
  readonly #idle = new Set<Socket>();
  readonly #serving = new Set<Promise<void>>();
  #finishing = false;

  constructor(dispatch: OperatorDispatch) {
    this.#dispatch = dispatch;
  }

  take(socket: Socket): void {
    const serving = this.#serve(socket).finally(() => this.#serving.delete(serving));
    this.#serving.add(serving);
  }

  /** Lets calls under way be answered and ends everything else. */
  async finish(): Promise<void> {
    this.#finishing = true;
    for (const socket of this.#idle) socket.destroy();
    await Promise.allSettled(this.#serving);
  }

  async #serve(socket: Socket): Promise<void> {
    const reader = new FrameReader();
    socket.setTimeout(IDLE_MS, () => this.#idle.has(socket) && socket.destroy());
    // A client that is gone before its answer is nobody's failure, also after the loop.
    socket.on('error', () => undefined);
    this.#idle.add(socket);
    try {
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        this.#idle.delete(socket);
        for (const message of reader.push(chunk)) socket.write(await this.#answer(message));
        if (this.#finishing) break;
        this.#idle.add(socket);
      }
    } catch {
      // Malformed bytes or a dead client: nobody to tell.
    }
    this.#idle.delete(socket);
    socket.destroySoon();
  }

  async #answer(message: Uint8Array): Promise<Uint8Array> {
    const response = create(ResponseSchema, await answer(message, this.#dispatch));
    return frame(toBinary(ResponseSchema, response));
  }
}

async function answer(
  message: Uint8Array,
  dispatch: OperatorDispatch,
): Promise<MessageInitShape<typeof ResponseSchema>> {
  const { id, method, payload } = decode(message);
  try {
    const value = await dispatch(method, payload, { caller: CALLER });
    return { id, outcome: { case: 'payload', value } };
  } catch (error) {
    return { id, outcome: { case: 'failure', value: failureOf(error) } };
  }
}

function decode(message: Uint8Array): Request {
  try {
    return fromBinary(RequestSchema, message);
  } catch (error) {
    throw new ValidationError('malformed', 'the message is not a request', { cause: error });
  }
}
