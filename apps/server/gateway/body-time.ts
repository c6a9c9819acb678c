import type { IncomingMessage } from 'node:http';
import type { Runtime, Timer } from '../runtime.ts';

/** The body of a call is small: a client that takes longer to send it is cut off. */
const WHOLE_BODY_MS = 30_000;
/** An upload may take hours, but not without progress. */
const UPLOAD_LOOK_MS = 30_000;
const MIN_UPLOAD_BYTES_PER_S = 1_024;

/** Ends the connection of a body that does not arrive in time, whether or not the request is answered. */
export function limitBodyTime(request: IncomingMessage, runtime: Runtime): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  const cutOff = runtime.after(WHOLE_BODY_MS, () => {
    if (!request.complete) socket.destroy();
  });
  whenOver(request, () => cutOff.cancel());
}

/** Ends the connection of an upload that sends less than a slow modem would. */
export function requireUploadProgress(request: IncomingMessage, runtime: Runtime): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  let timer: Timer;
  const watch = (): void => {
    const before = socket.bytesRead;
    timer = runtime.after(UPLOAD_LOOK_MS, () => {
      const arrived = socket.bytesRead - before;
      if (request.complete) return;
      if (arrived < (MIN_UPLOAD_BYTES_PER_S * UPLOAD_LOOK_MS) / 1_000) socket.destroy();
      else watch();
    });
  };
  watch();
  whenOver(request, () => timer.cancel());
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  'transfer-encoding' in headers || (headers['content-length'] ?? '0') !== '0';

/** A request that ended before its body came has no socket any more, or one that is gone. */
function whenOver(request: IncomingMessage, run: () => void): void {
  const { socket } = request;
  request.once('end', run);
  socket.once('close', run);
  request.once('close', () => {
    if (request.complete) run();
  });
  request.once('end', () => socket.off('close', run));
}
