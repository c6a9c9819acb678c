import { create, toBinary } from '@bufbuild/protobuf';
import { ClientFrameSchema, LogService, SubscribeRequestSchema } from '@heliogram/protocol';

/** The lean client side of RFC 6455: enough to hold many thousand subscribers in one process. */
export const upgradeRequest = (port: number): string =>
  [
    'GET /connect HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '',
    '',
  ].join('\r\n');

/** A masked binary frame; the mask is zero, so the payload stands as it is. */
function maskedFrame(payload: Uint8Array): Buffer {
  const extended = payload.byteLength >= 126;
  const frame = Buffer.alloc((extended ? 8 : 6) + payload.byteLength);
  frame[0] = 0x82;
  frame[1] = 0x80 | (extended ? 126 : payload.byteLength);
  if (extended) frame.writeUInt16BE(payload.byteLength, 2);
  frame.set(payload, extended ? 8 : 6);
  return frame;
}

export function helloFrame(): Buffer {
  const hello = { minVersion: 1, maxVersion: 1, client: 'bench' };
  return maskedFrame(
    toBinary(
      ClientFrameSchema,
      create(ClientFrameSchema, { frame: { case: 'hello', value: hello } }),
    ),
  );
}

/** Subscribes to one conversation, or to several separated by commas. */
export function subscribeFrame(conversationIds: string, afterSeq: number): Buffer {
  const payload = toBinary(
    SubscribeRequestSchema,
    create(SubscribeRequestSchema, {
      subscriptions: conversationIds
        .split(',')
        .map((conversationId) => ({ conversationId, afterSeq, backlog: true })),
    }),
  );
  const method = `${LogService.typeName}/${LogService.method.subscribe.name}`;
  const frame = { case: 'request', value: { id: 1, method, payload } } as const;
  return maskedFrame(toBinary(ClientFrameSchema, create(ClientFrameSchema, { frame })));
}

/** Counts whole frames in a stream of unmasked frames, whatever the chunks. */
export class FrameCounter {
  /** Of a frame whose header is cut by the end of a chunk. */
  #header = Buffer.alloc(0);
  #missing = 0;

  /** How many frames ended within this chunk. */
  count(chunk: Buffer): number {
    const bytes = this.#header.byteLength > 0 ? Buffer.concat([this.#header, chunk]) : chunk;
    this.#header = Buffer.alloc(0);
    let frames = 0;
    let at = 0;
    for (;;) {
      const taken = Math.min(this.#missing, bytes.byteLength - at);
      this.#missing -= taken;
      at += taken;
      if (this.#missing > 0) return frames;
      if (taken > 0) frames += 1;
      const next = frameLength(bytes, at);
      if (next === undefined) {
        this.#header = Buffer.from(bytes.subarray(at));
        return frames;
      }
      at += next.header;
      this.#missing = next.payload;
      if (next.payload === 0) frames += 1;
    }
  }
}

function frameLength(
  bytes: Buffer,
  at: number,
): { readonly header: number; readonly payload: number } | undefined {
  const available = bytes.byteLength - at;
  const short = bytes[at + 1];
  if (short === undefined) return undefined;
  if (short < 126) return { header: 2, payload: short };
  if (short === 126) {
    return available < 4 ? undefined : { header: 4, payload: bytes.readUInt16BE(at + 2) };
  }
  if (available < 10) return undefined;
  return { header: 10, payload: Number(bytes.readBigUInt64BE(at + 2)) };
}
