import { limits } from '@heliogram/protocol';

/** Close codes of RFC 6455 §7.4.1. */
export const closeCodes = {
  normal: 1000,
  protocolError: 1002,
  noStatus: 1005,
  policy: 1008,
  tooLarge: 1009,
} as const;

/** What arrives on a connection, in order. */
export type FrameSink = {
  /** One whole binary message. The bytes are the sink's. */
  message(bytes: Uint8Array): void;
  ping(payload: Uint8Array): void;
};

const CONTINUATION = 0x0;
const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;

const MAX_CONTROL_BYTES = 125;
const MASK_BYTES = 4;
/** A message that is announced is not yet there: space grows with what came. */
const FIRST_CAPACITY = 4_096;

/** How a frame was read: so many bytes of it, too few to tell, or the end of all reading. */
type Step = 'short' | { readonly taken: number } | { readonly closeCode: number | undefined };

type Header = {
  readonly fin: boolean;
  readonly opcode: number;
  readonly length: number;
  /** Where the payload begins. */
  readonly payloadAt: number;
};

/** A message whose end has not come: what is there of it, unmasked, and the frame that is being read. */
type Unfinished = {
  bytes: Buffer;
  filled: number;
  /** Of the frame being read. */
  missing: number;
  fin: boolean;
  readonly mask: Buffer;
  maskAt: number;
};

/**
 * Reads what a client sends after the handshake (RFC 6455 §5): masked frames, fragments, control frames
 * between them. Holds nothing between messages, and never more than twice what came of one.
 */
export class FrameReader {
  /** Too little of a header, or of a control frame, to do anything with. */
  #rest: Buffer | undefined;
  #unfinished: Unfinished | undefined;

  /** Memory of a message whose end has not come. */
  get heldBytes(): number {
    return this.#unfinished?.bytes.byteLength ?? 0;
  }

  /**
   * Gives every message and ping in the chunk to the sink, unmasking in place. Answers the close code
   * with which to close when the client closes or breaks the rules: nothing may be read after that.
   */
  read(chunk: Buffer, sink: FrameSink): number | undefined {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = undefined;
    while (bytes.byteLength > 0) {
      const next = this.#unfinished?.missing
        ? this.#collect(this.#unfinished, bytes, sink)
        : this.#frame(bytes, sink);
      if (next === 'short') {
        // A copy: the chunk may be large, what is kept is not.
        this.#rest = Buffer.from(bytes);
        return undefined;
      }
      if ('closeCode' in next) return next.closeCode;
      bytes = bytes.subarray(next.taken);
    }
    return undefined;
  }

  /** A frame from its beginning. */
  #frame(bytes: Buffer, sink: FrameSink): Step {
    const header = readHeader(bytes);
    if (header === 'short') return header;
    const closeCode = header === 'refused' ? closeCodes.protocolError : this.#refusal(header);
    if (header === 'refused' || closeCode !== undefined) return { closeCode };
    const end = header.payloadAt + header.length;
    const whole = end <= bytes.byteLength;
    if (header.opcode >= CLOSE) {
      return whole ? control(header, payloadOf(bytes, header), sink) : 'short';
    }
    if (whole && header.fin && !this.#unfinished) {
      sink.message(payloadOf(bytes, header));
      return { taken: end };
    }
    const unfinished = this.#begin(bytes, header);
    const { taken } = this.#collect(unfinished, bytes.subarray(header.payloadAt), sink);
    return { taken: header.payloadAt + taken };
  }

  #refusal({ fin, opcode, length }: Header): number | undefined {
    if (opcode === CLOSE || opcode === PING || opcode === PONG) {
      return fin && length <= MAX_CONTROL_BYTES ? undefined : closeCodes.protocolError;
    }
    if (opcode === TEXT) return closeCodes.policy;
    const expected = this.#unfinished ? CONTINUATION : BINARY;
    if (opcode !== expected) return closeCodes.protocolError;
    const held = this.#unfinished?.filled ?? 0;
    return held + length > limits.maxFrameBytes ? closeCodes.tooLarge : undefined;
  }

  #begin(bytes: Buffer, { fin, length, payloadAt }: Header): Unfinished {
    const { bytes: held, filled } = this.#unfinished ?? { bytes: Buffer.alloc(0), filled: 0 };
    const mask = Buffer.from(bytes.subarray(payloadAt - MASK_BYTES, payloadAt));
    this.#unfinished = { bytes: held, filled, missing: length, fin, mask, maskAt: 0 };
    return this.#unfinished;
  }

  /** Takes what is there of the frame being read, and tells the message that it ends. */
  #collect(unfinished: Unfinished, bytes: Buffer, sink: FrameSink): { readonly taken: number } {
    const taken = Math.min(unfinished.missing, bytes.byteLength);
    const { filled, mask, maskAt } = unfinished;
    makeRoom(unfinished, taken);
    const target = unfinished.bytes.subarray(filled, filled + taken);
    bytes.copy(target, 0, 0, taken);
    unmask(target, mask, maskAt);
    unfinished.filled += taken;
    unfinished.missing -= taken;
    unfinished.maskAt = (maskAt + taken) % MASK_BYTES;
    if (unfinished.missing === 0 && unfinished.fin) {
      this.#unfinished = undefined;
      sink.message(unfinished.bytes.subarray(0, unfinished.filled));
    }
    return { taken };
  }
}

function makeRoom(unfinished: Unfinished, more: number): void {
  const needed = unfinished.filled + more;
  if (needed <= unfinished.bytes.byteLength) return;
  const doubled = Math.max(needed, FIRST_CAPACITY, unfinished.bytes.byteLength * 2);
  const larger = Buffer.allocUnsafeSlow(Math.min(doubled, limits.maxFrameBytes));
  unfinished.bytes.copy(larger, 0, 0, unfinished.filled);
  unfinished.bytes = larger;
}

function readHeader(bytes: Buffer): Header | 'short' | 'refused' {
  const first = bytes[0];
  const second = bytes[1];
  if (first === undefined || second === undefined) return 'short';
  const reserved = (first & 0x70) !== 0;
  const masked = (second & 0x80) !== 0;
  if (reserved || !masked) return 'refused';
  const short = second & 0x7f;
  const lengthBytes = lengthBytesOf(short);
  const payloadAt = 2 + lengthBytes + MASK_BYTES;
  if (payloadAt > bytes.byteLength) return 'short';
  const length = lengthBytes === 0 ? short : longLength(bytes, lengthBytes);
  return { fin: (first & 0x80) !== 0, opcode: first & 0x0f, length, payloadAt };
}

function lengthBytesOf(short: number): 0 | 2 | 8 {
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}

/** Past 2^53 a length loses digits; it is refused for its size all the same. */
const longLength = (bytes: Buffer, lengthBytes: 2 | 8): number =>
  lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));

function payloadOf(bytes: Buffer, { length, payloadAt }: Header): Buffer {
  const payload = bytes.subarray(payloadAt, payloadAt + length);
  unmask(payload, bytes.subarray(payloadAt - MASK_BYTES, payloadAt), 0);
  return payload;
}

function unmask(bytes: Buffer, mask: Buffer, maskAt: number): void {
  for (let index = 0; index < bytes.byteLength; index += 1) {
    bytes[index] = (bytes[index] ?? 0) ^ (mask[(maskAt + index) % MASK_BYTES] ?? 0);
  }
}

/** Of a ping, tells the sink; of a close, the code to close with. */
function control(header: Header, payload: Buffer, sink: FrameSink): Step {
  if (header.opcode === CLOSE) return { closeCode: closeCodeOf(payload) };
  if (header.opcode === PING) sink.ping(payload);
  return { taken: header.payloadAt + header.length };
}

function closeCodeOf(payload: Buffer): number {
  if (payload.byteLength === 0) return closeCodes.noStatus;
  if (payload.byteLength === 1) return closeCodes.protocolError;
  const code = payload.readUInt16BE(0);
  return isCloseCode(code) ? code : closeCodes.protocolError;
}

/** Codes that may stand in a frame: those of the RFC and its registry, and the private ones. */
const isCloseCode = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
  (code >= 3000 && code <= 4999);
