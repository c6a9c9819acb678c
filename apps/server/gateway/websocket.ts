import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { limits } from '@heliogram/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Runtime } from '../runtime.ts';
import type { Connections } from './connections.ts';
import type { Link, Wrap } from './link.ts';

const BINARY_FRAME = 0x82;
const CLOSE_NORMAL = 1000;
const CLOSE_POLICY = 1008;
/** A client that does not answer the closing handshake is cut off. */
const CLOSE_GRACE_MS = 2_000;

/** One unfragmented, unmasked binary frame (RFC 6455 §5.2), built once for every socket. */
export const wrapForWebSocket: Wrap = (message) => {
  const length = message.byteLength;
  const header = headerLength(length);
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = BINARY_FRAME;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, header);
  return frame;
};

function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

export type Upgrade = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** Bytes that came right behind the request. */
  readonly head: Buffer;
};

/**
 * Takes upgrade requests. The library reads (handshake, masks, fragments, control frames); frames that
 * are ready go to the socket as they are, at frame boundaries, since nothing is compressed or fragmented.
 */
export class WebSocketGate {
  readonly #connections: Connections;
  readonly #runtime: Runtime;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    skipUTF8Validation: true,
  });

  constructor(connections: Connections, runtime: Runtime) {
    this.#connections = connections;
    this.#runtime = runtime;
  }

  upgrade({ request, socket, head }: Upgrade, address: string): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#open(webSocket, socket, address);
    });
  }

  #open(webSocket: WebSocket, socket: Duplex, address: string): void {
    const link = new SocketLink({ webSocket, socket, runtime: this.#runtime });
    try {
      const connection = this.#connections.admit(link, address);
      webSocket.on('message', (data, isBinary) => {
        if (isBinary && data instanceof Buffer) connection.receive(data);
        else link.close('binary frames only');
      });
      // The library says goodbye on its own after a protocol error, and would wait long for an answer.
      webSocket.on('error', () => link.destroySoon());
      webSocket.on('close', () => this.#connections.remove(connection));
      socket.on('drain', () => connection.drained());
    } catch {
      link.close('unavailable');
    }
  }
}

class SocketLink implements Link {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #runtime: Runtime;

  constructor(parts: {
    readonly webSocket: WebSocket;
    readonly socket: Duplex;
    readonly runtime: Runtime;
  }) {
    this.#webSocket = parts.webSocket;
    this.#socket = parts.socket;
    this.#runtime = parts.runtime;
  }

  get backlogBytes(): number {
    return this.#socket.writableLength;
  }

  write(chunk: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(chunk);
  }

  setPaused(paused: boolean): void {
    if (paused === this.#webSocket.isPaused) return;
    if (paused) this.#webSocket.pause();
    else this.#webSocket.resume();
  }

  close(reason: string): void {
    const normal = reason === 'draining' || reason === 'timeout';
    this.#webSocket.close(normal ? CLOSE_NORMAL : CLOSE_POLICY, reason);
    this.destroySoon();
  }

  destroySoon(): void {
    this.#runtime.after(CLOSE_GRACE_MS, () => this.destroy());
  }

  destroy(): void {
    this.#webSocket.terminate();
  }
}
