import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ClientFrameSchema,
  errorFromCode,
  type Failure,
  type HeliogramError,
  limits,
  type ServerFrame,
  ServerFrameSchema,
} from '@heliogram/protocol';

export function helloFrame(client: string): Uint8Array {
  const { min: minVersion, max: maxVersion } = limits.protocolVersion;
  const value = { minVersion, maxVersion, client };
  return encode({ frame: { case: 'hello', value } });
}

export function requestFrame(id: number, method: string, payload: Uint8Array): Uint8Array {
  return encode({ frame: { case: 'request', value: { id, method, payload } } });
}

export function pingFrame(nonce: number): Uint8Array {
  return encode({ frame: { case: 'ping', value: { nonce } } });
}

/** What a server sent, or undefined for bytes that are no frame. */
export function readFrame(bytes: Uint8Array): ServerFrame['frame'] | undefined {
  try {
    return fromBinary(ServerFrameSchema, bytes).frame;
  } catch {
    return undefined;
  }
}

/** The error behind a failure that the server told. */
export function failureError(failure: Failure | undefined): HeliogramError {
  const {
    code = 'internal',
    message = 'the server gave no reason',
    retryAfterMs = 0,
  } = failure ?? {};
  return errorFromCode(code, message || code, retryAfterMs > 0 ? { retryAfterMs } : {});
}

function encode(frame: Parameters<typeof create<typeof ClientFrameSchema>>[1]): Uint8Array {
  return toBinary(ClientFrameSchema, create(ClientFrameSchema, frame));
}
