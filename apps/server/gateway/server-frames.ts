import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { HeliogramError, ServerFrameSchema } from '@heliogram/protocol';

/** Encodes one message to a client. */
export function encodeFrame(
  frame: NonNullable<MessageInitShape<typeof ServerFrameSchema>['frame']>,
): Uint8Array {
  return toBinary(ServerFrameSchema, create(ServerFrameSchema, { frame }));
}

/** An error as the wire carries it. Anything unexpected shows as internal, without detail. */
export function failureOf(error: unknown): { code: string; message: string; retryAfterMs: number } {
  if (error instanceof HeliogramError) {
    return { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs ?? 0 };
  }
  return { code: 'internal', message: 'something went wrong in the server', retryAfterMs: 0 };
}

export const encodeGoodbye = (error: unknown): Uint8Array =>
  encodeFrame({ case: 'goodbye', value: { failure: failureOf(error) } });
