/** First bytes of whole, unfragmented frames (RFC 6455 §5.2). */
export const frames = { binary: 0x82, close: 0x88, pong: 0x8a } as const;

/** One unmasked frame. */
export function wrapFrame(first: number, payload: Uint8Array): Buffer {
  const length = payload.byteLength;
  const header = headerLength(length);
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = first;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, header);
  return frame;
}

function headerLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/** A close frame; one without a code is empty. The reason is short and ASCII. */
export function closeFrame(code: number | undefined, reason: string): Buffer {
  if (code === undefined) return wrapFrame(frames.close, new Uint8Array());
  const payload = Buffer.alloc(2 + reason.length);
  payload.writeUInt16BE(code, 0);
  payload.write(reason, 2, 'latin1');
  return wrapFrame(frames.close, payload);
}
