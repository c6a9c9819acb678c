/**
 * What a connection writes at the end of the tick. Connections that were given the same frames hold the
 * same object: a post to ten thousand costs each of them one reference, and a burst is joined once.
 */
export class Outgoing {
  readonly bytes: number;
  readonly #before: Outgoing | undefined;
  readonly #last: Uint8Array;
  #joined: Uint8Array | undefined;
  /** What the connection before this one went on with: the next mostly goes on with the same. */
  #next: Outgoing | undefined;

  private constructor(before: Outgoing | undefined, last: Uint8Array) {
    this.#before = before;
    this.#last = last;
    this.bytes = (before?.bytes ?? 0) + last.byteLength;
  }

  /** Where every connection begins, and begins again once its tick is written. */
  static readonly nothing = new Outgoing(undefined, new Uint8Array());

  /** Lets go of what was written; called when a round of writing is over. */
  static forget(): void {
    Outgoing.nothing.#next = undefined;
  }

  followedBy(frame: Uint8Array): Outgoing {
    const known = this.#next;
    if (known !== undefined && known.#last === frame) return known;
    const next = new Outgoing(this, frame);
    this.#next = next;
    return next;
  }

  /** All frames in order as one chunk; the frame itself when it is the only one. */
  join(): Uint8Array {
    this.#joined ??= this.#joinAll();
    return this.#joined;
  }

  #joinAll(): Uint8Array {
    if (this.#before === Outgoing.nothing) return this.#last;
    const joined = new Uint8Array(this.bytes);
    let end = this.bytes;
    for (let part: Outgoing | undefined = this; part !== undefined; part = part.#before) {
      const { byteLength } = part.#last;
      end -= byteLength;
      joined.set(part.#last, end);
    }
    return joined;
  }
}
