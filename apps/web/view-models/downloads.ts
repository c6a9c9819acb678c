import {
  Download,
  type DownloadParts,
  type DownloadSource,
  type DownloadState,
  idleDownload,
} from './log-download.ts';

export interface NamedSource extends DownloadSource {
  readonly name: string;
}

export interface DownloadsParts extends Pick<DownloadParts, 'fetch' | 'now'> {
  readonly save: (file: Blob, name: string) => void;
}

/** Others wait: pictures come over the same few connections. */
const maxRunning = 3;
/** Of what was stopped or failed, together. Beyond it who stopped first begins anew; the last one stays. */
const maxKeptBytes = 256 * 1_048_576;
/** Downloads of which anything is remembered, if only that they were saved. */
const maxKnown = 500;

interface Known {
  readonly download: Download;
  state: DownloadState;
}

/**
 * The downloads of a window, by the address of the file. They outlive the rows that show them, and end
 * with the window or when somebody signs out.
 */
export class Downloads {
  readonly #parts: DownloadsParts;
  /** Whose state changed last stands last. */
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Set<string>();
  readonly #readers = new Map<string, Set<() => void>>();
  #running = 0;

  constructor(parts: DownloadsParts) {
    this.#parts = parts;
  }

  state(url: string): DownloadState {
    return this.#known.get(url)?.state ?? idleDownload;
  }

  subscribe(url: string, changed: () => void): () => void {
    const readers = this.#readers.get(url) ?? new Set();
    this.#readers.set(url, readers.add(changed));
    return () => {
      readers.delete(changed);
      if (readers.size === 0 && this.#readers.get(url) === readers) this.#readers.delete(url);
    };
  }

  /** Goes on where it stopped. What runs already runs on; when too many wait, nothing happens. */
  start(source: NamedSource): void {
    const { url } = source;
    if (this.state(url).at === 'running') return;
    const known = this.#known.get(url) ?? this.#add(source);
    if (!known) return;
    this.#waiting.add(url);
    this.#show(url, known, { at: 'running', received: known.download.received });
    this.#runNext();
  }

  stop(url: string): void {
    const known = this.#known.get(url);
    if (!known) return;
    if (!this.#waiting.delete(url)) return known.download.stop();
    this.#show(url, known, { at: 'stopped', kept: known.download.received });
  }

  /** Ends and forgets all of them. */
  clear(): void {
    const downloads = [...this.#known.values()].map(({ download }) => download);
    this.#known.clear();
    this.#waiting.clear();
    for (const download of downloads) download.stop();
    for (const url of this.#readers.keys()) this.#tell(url);
  }

  #add(source: NamedSource): Known | undefined {
    if (this.#known.size >= maxKnown) {
      const [url] = [...this.#known].find(([, { state }]) => state.at !== 'running') ?? [];
      if (url === undefined) return undefined;
      this.#forget(url);
    }
    const { fetch, now, save } = this.#parts;
    const known: Known = {
      state: idleDownload,
      download: new Download({
        source,
        fetch,
        now,
        save: (file) => save(file, source.name),
        changed: (state) => {
          if (this.#known.get(source.url) === known) this.#show(source.url, known, state);
        },
      }),
    };
    return known;
  }

  #runNext(): void {
    for (const url of this.#waiting) {
      if (this.#running >= maxRunning) return;
      this.#waiting.delete(url);
      void this.#run(url);
    }
  }

  async #run(url: string): Promise<void> {
    this.#running++;
    await this.#known.get(url)?.download.start();
    this.#running--;
    this.#runNext();
  }

  #show(url: string, known: Known, state: DownloadState): void {
    known.state = state;
    this.#known.delete(url);
    this.#known.set(url, known);
    this.#tell(url);
    if (state.at === 'stopped' || state.at === 'failed') this.#forgetOldest();
  }

  #forgetOldest(): void {
    const keeping = [...this.#known].filter(([, { state }]) => keptBytes(state) > 0);
    let bytes = keeping.reduce((sum, [, { state }]) => sum + keptBytes(state), 0);
    for (const [url, { state }] of keeping.slice(0, -1)) {
      if (bytes <= maxKeptBytes) return;
      bytes -= keptBytes(state);
      this.#forget(url);
    }
  }

  #forget(url: string): void {
    this.#known.delete(url);
    this.#tell(url);
  }

  #tell(url: string): void {
    for (const reader of [...(this.#readers.get(url) ?? [])]) reader();
  }
}

function keptBytes(state: DownloadState): number {
  return state.at === 'stopped' || state.at === 'failed' ? state.kept : 0;
}
