import { limits, ValidationError } from '@heliogram/protocol';

const LENGTH_BYTES = 4;

/** A message on the operator's socket: its length in 4 bytes, big-endian, then its bytes (MOD-10). */
export function frame(message: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(LENGTH_BYTES + message.byteLength);
  bytes.writeUInt32BE(message.byteLength);
  bytes.set(message, LENGTH_BYTES);
  return bytes;
}

/** Cuts a stream of chunks into messages. Holds one message at most. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);

  /** The messages that this chunk completes. Throws `too_large` as soon as a length says so. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#held = Buffer.concat([this.#held, chunk]);
    const messages: Uint8Array[] = [];
    for (let message = this.#next(); message; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): Uint8Array | undefined {
    if (this.#held.byteLength < LENGTH_BYTES) return undefined;
    const length = this.#held.readUInt32BE();
    if (length > limits.maxFrameBytes) {
      throw new ValidationError('too_large', 'a message on the operator socket is too large');
    }
    const end = LENGTH_BYTES + length;
    if (this.#held.byteLength < end) return undefined;
    const message = Uint8Array.from(this.#held.subarray(LENGTH_BYTES, end));
    this.#held = this.#held.subarray(end);
    return message;
  }
}
