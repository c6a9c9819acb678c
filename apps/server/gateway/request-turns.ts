import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Requests that a client may send ahead of their answers (pipelining); one that sends more is cut off. */
const MAX_AHEAD = 16;

/**
 * Requests of one connection run one after the other: the next begins when the client has taken the whole
 * answer before it. However many a client sends ahead, the server holds one answer for it.
 */
export class RequestTurns {
  readonly #waiting = new WeakMap<Duplex, (() => void)[]>();

  take({ socket }: IncomingMessage, response: ServerResponse, run: () => void): void {
    response.once('close', () => this.#next(socket));
    const waiting = this.#waiting.get(socket);
    if (waiting === undefined) {
      this.#waiting.set(socket, []);
      run();
    } else if (waiting.length < MAX_AHEAD) waiting.push(run);
    else socket.destroy();
  }

  #next(socket: Duplex): void {
    const next = socket.destroyed ? undefined : this.#waiting.get(socket)?.shift();
    if (next) next();
    else this.#waiting.delete(socket);
  }
}
