/** A download that can be stopped and taken up again. */
export type DownloadState =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly received: number }
  /** `kept`: bytes that need not come again. */
  | { readonly at: 'stopped' | 'failed'; readonly kept: number }
  /** It was saved. */
  | { readonly at: 'done' };

export const idleDownload: DownloadState = { at: 'idle' };

export interface DownloadSource {
  readonly url: string;
  readonly mediaType: string;
  readonly size: number;
}

export interface DownloadParts {
  readonly source: DownloadSource;
  readonly changed: (state: DownloadState) => void;
  /** Takes the whole file; nothing of it is kept here afterwards. */
  readonly save: (file: Blob) => void;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** What is gathered before the browser gets it, which may lay it on a disk. */
const maxChunkBytes = 1_048_576;
/** How often a view hears how far it is. */
const toldEveryMs = 100;

/** Fetches one file. Where the server answers ranges, a second attempt goes on where it stopped. */
export class Download {
  readonly #parts: DownloadParts;
  #pieces: Blob[] = [];
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #chunkBytes = 0;
  #received = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  #abort: AbortController | undefined;

  constructor(parts: DownloadParts) {
    this.#parts = parts;
  }

  get received(): number {
    return this.#received;
  }

  /** Resolves at its end, whatever that is; a second start while it runs does nothing. */
  async start(): Promise<void> {
    if (this.#abort) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#toldAt = Number.NEGATIVE_INFINITY;
    this.#tellHowFar();
    try {
      await this.#receive(abort.signal);
      if (!abort.signal.aborted) this.#finish();
    } catch {
      if (!abort.signal.aborted) this.#end('failed');
    }
  }

  stop(): void {
    if (!this.#abort) return;
    this.#abort.abort();
    this.#end('stopped');
  }

  #finish(): void {
    this.#gather();
    const file = new Blob(this.#pieces, { type: this.#parts.source.mediaType });
    this.#abort = undefined;
    this.#empty();
    this.#parts.save(file);
    this.#parts.changed({ at: 'done' });
  }

  #end(at: 'stopped' | 'failed'): void {
    this.#abort = undefined;
    this.#parts.changed({ at, kept: this.#received });
  }

  async #receive(signal: AbortSignal): Promise<void> {
    const { url, size } = this.#parts.source;
    // It was stopped between its last byte and its end: there is no more to ask for.
    if (this.#received > 0 && this.#received === size) return;
    const headers: Record<string, string> =
      this.#received > 0 ? { range: `bytes=${this.#received}-` } : {};
    // Detached from its object: browsers refuse to call `fetch` as a method of something else.
    const { fetch: fetcher } = this.#parts;
    const response = await fetcher(url, { headers, signal });
    if (signal.aborted) return;
    // What is here is not the beginning of what is there.
    if (response.status !== 206) this.#empty();
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      // A chunk that was on its way when it was stopped would come a second time.
      if (signal.aborted) return;
      this.#take(chunk);
    }
  }

  #take(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#chunkBytes += chunk.byteLength;
    this.#received += chunk.byteLength;
    if (this.#chunkBytes >= maxChunkBytes) this.#gather();
    this.#tellHowFar();
  }

  #gather(): void {
    if (this.#chunks.length > 0) this.#pieces.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#chunkBytes = 0;
  }

  #empty(): void {
    this.#pieces = [];
    this.#chunks = [];
    this.#chunkBytes = 0;
    this.#received = 0;
  }

  #tellHowFar(): void {
    const now = this.#parts.now();
    if (now - this.#toldAt < toldEveryMs) return;
    this.#toldAt = now;
    this.#parts.changed({ at: 'running', received: this.#received });
  }
}
