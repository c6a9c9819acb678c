import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limits } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Connection } from './connection.ts';
import { type DirectHandle, directHandleOf, type Writer, writeDirectly } from './direct-writes.ts';
import { closeCodes, FrameReader, type FrameSink } from './frame-reader.ts';
import { closeFrame, frames, wrapFrame } from './frame-writer.ts';
import type { Link } from './link.ts';

/** A client that does not answer the closing handshake is cut off. */
const CLOSE_GRACE_MS = 2_000;

/** Who keeps the links that are open. */
export type LinkKeeper = { gone(link: SocketLink): void };

/**
 * A connection over one upgraded socket. There are many of these and most are idle: it holds no more
 * than it must, and its listeners are shared.
 */
export class SocketLink implements Link, FrameSink, Writer {
  readonly #socket: Duplex;
  readonly #handle: DirectHandle | undefined;
  readonly #runtime: Runtime;
  readonly #keeper: LinkKeeper;
  readonly #reader = new FrameReader();
  #connection: Connection | undefined;
  #waitingBytes = 0;
  #unfinishedBytes = 0;
  /** Closing: a close frame went out, and nothing may follow it. Over: nothing is read any more either. */
  #state: 'open' | 'closing' | 'over' = 'open';

  constructor(parts: {
    readonly socket: Duplex;
    readonly runtime: Runtime;
    readonly keeper: LinkKeeper;
  }) {
    this.#socket = parts.socket;
    this.#runtime = parts.runtime;
    this.#keeper = parts.keeper;
    this.#handle = directHandleOf(parts.socket);
    if (parts.socket instanceof Socket) {
      parts.socket.setTimeout(0);
      parts.socket.setNoDelay();
    }
    listen(parts.socket, this);
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** `head` came right behind the handshake. */
  serve(connection: Connection, head: Buffer): void {
    this.#connection = connection;
    if (head.byteLength > 0) this.read(head);
  }

  read(chunk: Buffer): void {
    if (this.#state === 'over') return;
    const code = this.#reader.read(chunk, this);
    const { heldBytes } = this.#reader;
    if (heldBytes !== this.#unfinishedBytes) {
      this.#unfinishedBytes = heldBytes;
      this.#connection?.receiving(heldBytes);
    }
    if (code !== undefined) this.#over(code);
  }

  message(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#connection?.receive(bytes);
  }

  ping(payload: Uint8Array): void {
    const full = this.backlogBytes > limits.maxConnectionBacklogBytes;
    // Only the newest ping wants an answer (RFC 6455 §5.5.3): whoever takes none gets no queue of them.
    if (this.#state === 'open' && !full) this.#write(wrapFrame(frames.pong, payload));
  }

  get backlogBytes(): number {
    return this.#handle ? this.#waitingBytes : this.#socket.writableLength;
  }

  write(chunk: Uint8Array): void {
    if (this.#state === 'open') this.#write(chunk);
  }

  #write(chunk: Uint8Array): void {
    if (!this.#handle) {
      if (this.#socket.writable) this.#socket.write(chunk);
      return;
    }
    const waiting = writeDirectly(this.#handle, chunk, this);
    if (waiting < 0) this.#socket.destroy();
    else this.#waitingBytes += waiting;
  }

  taken(bytes: number, failed: boolean): void {
    this.#waitingBytes -= bytes;
    if (failed) this.#socket.destroy();
    else if (this.#waitingBytes === 0) this.drained();
  }

  drained(): void {
    this.#connection?.drained();
  }

  setPaused(paused: boolean): void {
    if (paused === this.#socket.isPaused()) return;
    if (paused) this.#socket.pause();
    else this.#socket.resume();
  }

  close(reason: string): void {
    const normal = reason === 'draining' || reason === 'timeout';
    this.#say(normal ? closeCodes.normal : closeCodes.policy, reason);
  }

  /** The client closed, or broke the rules: what it sends now means nothing. */
  #over(code: number): void {
    this.#say(code === closeCodes.noStatus ? undefined : code, '');
    this.#state = 'over';
    this.#socket.end();
    this.#connection?.closed();
  }

  #say(code: number | undefined, reason: string): void {
    if (this.#state !== 'open') return;
    this.#write(closeFrame(code, reason));
    this.#state = 'closing';
    // Reading goes on for the client's own close frame.
    this.#socket.resume();
    this.#runtime.after(CLOSE_GRACE_MS, () => this.destroy());
  }

  ended(): void {
    this.#socket.end();
  }

  gone(): void {
    this.#state = 'over';
    this.#keeper.gone(this);
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

const LINK = Symbol('link');

type LinkedSocket = Duplex & { [LINK]?: SocketLink };

function listen(socket: LinkedSocket, link: SocketLink): void {
  socket[LINK] = link;
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('close', onClose);
  socket.on('drain', onDrain);
}

function onData(this: LinkedSocket, chunk: Buffer): void {
  this[LINK]?.read(chunk);
}

function onEnd(this: LinkedSocket): void {
  this[LINK]?.ended();
}

function onClose(this: LinkedSocket): void {
  this[LINK]?.gone();
}

function onDrain(this: LinkedSocket): void {
  this[LINK]?.drained();
}
