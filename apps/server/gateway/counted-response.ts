import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HeldShare } from './held-bytes.ts';

const shares = new WeakMap<Duplex, HeldShare>();

/** What the connection's answers hold is counted there from now on. */
export function countAnswers(socket: Duplex, share: HeldShare): void {
  shares.set(socket, share);
}

/** A response that tells after each write how many bytes of its connection wait for the client. */
class CountedResponse<R extends IncomingMessage> extends ServerResponse<R> {
  readonly #share: HeldShare | undefined;

  constructor(request: R) {
    super(request);
    this.#share = shares.get(request.socket);
    this.once('close', () => this.#share?.set(this.writableLength));
  }

  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const goesOn: boolean = Reflect.apply(super.write, this, [chunk, encoding, callback]);
    this.#share?.set(this.writableLength);
    return goesOn;
  }

  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    Reflect.apply(super.end, this, [chunk, encoding, callback]);
    this.#share?.set(this.writableLength);
    return this;
  }
}

export const countedResponses: typeof ServerResponse = CountedResponse;
