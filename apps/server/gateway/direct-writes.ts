import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a TCP handle offers below its stream. Not public in Node (see the ADR): looked at before it is used. */
export type DirectHandle = {
  /** The kernel takes what it can; the rest waits in order. 0, or a negative error. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
  /** Bytes that the kernel has not taken yet. */
  readonly writeQueueSize: number;
};

type WriteRequest = {
  /** Keeps the bytes alive while they wait. */
  buffer?: Uint8Array;
  oncomplete?: (status: number) => void;
};

/** Who writes: told when bytes that had to wait were taken, or never will be. */
export type Writer = { taken(bytes: number, failed: boolean): void };

const WriteRequest = findWriteRequest();

/** A request that was not needed, because the kernel took everything, serves the next write. */
let spare: WriteRequest | undefined;

/** Undefined for what is no plain TCP socket, and where this Node does not offer it: the stream writes. */
export function directHandleOf(socket: Duplex): DirectHandle | undefined {
  if (!WriteRequest || socket.constructor !== Socket) return undefined;
  const handle: unknown = Reflect.get(socket, '_handle');
  return isDirectHandle(handle) ? handle : undefined;
}

/**
 * Writes behind everything that was written before. Answers how many bytes have to wait: 0 when the
 * kernel took them, all of them otherwise, negative when the socket takes nothing any more.
 */
export function writeDirectly(handle: DirectHandle, bytes: Uint8Array, writer: Writer): number {
  if (!WriteRequest) return -1;
  const request = spare ?? new WriteRequest();
  spare = undefined;
  const status = handle.writeBuffer(request, bytes);
  if (status !== 0) return -1;
  if (handle.writeQueueSize === 0) {
    spare = request;
    return 0;
  }
  request.buffer = bytes;
  request.oncomplete = (late) => writer.taken(bytes.byteLength, late < 0);
  return bytes.byteLength;
}

function findWriteRequest(): (new () => WriteRequest) | undefined {
  try {
    const binding: unknown = Reflect.get(process, 'binding')?.call(process, 'stream_wrap');
    const found: unknown = Object(binding)['WriteWrap'];
    return isConstructor(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isConstructor(value: unknown): value is new () => WriteRequest {
  return typeof value === 'function';
}

function isDirectHandle(value: unknown): value is DirectHandle {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.constructor.name === 'TCP' &&
    typeof Reflect.get(value, 'writeBuffer') === 'function' &&
    typeof Reflect.get(value, 'writeQueueSize') === 'number'
  );
}
