/** A download that can be stopped and taken up again. */
export type DownloadState =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly received: number }
  /** `kept`: bytes that need not come again. */
  | { readonly at: 'stopped' | 'failed'; readonly kept: number }
  | { readonly at: 'done'; readonly blob: Blob };

export const idleDownload: DownloadState = { at: 'idle' };

interface Source {
  readonly url: string;
  readonly mediaType: string;
}

/** Fetches one file. Where the server answers ranges, a second attempt goes on where it stopped. */
export class Download {
  readonly #source: Source;
  readonly #changed: (state: DownloadState) => void;
  readonly #fetch: typeof fetch;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #received = 0;
  #abort: AbortController | undefined;

  constructor(source: Source, changed: (state: DownloadState) => void, fetcher = fetch) {
    this.#source = source;
    this.#changed = changed;
    this.#fetch = fetcher;
  }

  async start(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#changed({ at: 'running', received: this.#received });
    try {
      await this.#receive(abort.signal);
      const blob = new Blob(this.#chunks, { type: this.#source.mediaType });
      this.#chunks = [];
      this.#received = 0;
      this.#changed({ at: 'done', blob });
    } catch {
      const at = abort.signal.aborted ? 'stopped' : 'failed';
      this.#changed({ at, kept: this.#received });
    }
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #receive(signal: AbortSignal): Promise<void> {
    const headers: Record<string, string> =
      this.#received > 0 ? { range: `bytes=${this.#received}-` } : {};
    // Detached from the class: browsers refuse to call `fetch` as a method of something else.
    const fetcher = this.#fetch;
    const response = await fetcher(this.#source.url, { headers, signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    if (response.status !== 206) {
      this.#chunks = [];
      this.#received = 0;
    }
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      this.#chunks.push(chunk);
      this.#received += chunk.byteLength;
      this.#changed({ at: 'running', received: this.#received });
    }
  }
}
