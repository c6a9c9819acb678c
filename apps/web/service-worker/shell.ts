import { HASHED_PREFIX, type Precache, type PrecachedFile } from './precache.ts';

const CACHE_PREFIX = 'shell-';
/** A page that the network does not bring by then comes from here. */
const PAGE_WITHIN_MS = 1_500;
const FETCHES_AT_ONCE = 6;
/** The browser unpacks before anything is kept: one form serves every request. */
const ANY_CODING: CacheQueryOptions = { ignoreVary: true };

export type ShellParts = {
  readonly precache: Precache;
  readonly caches: CacheStorage;
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  readonly after: (delayMs: number, run: () => void) => void;
};

/** The app's own files, kept by version: what one tab runs stays whole while another version comes. */
export class Shell {
  readonly #parts: ShellParts;

  constructor(parts: ShellParts) {
    this.#parts = parts;
  }

  get version(): string {
    return this.#parts.precache.version;
  }

  /**
   * Brings every file of this version, exactly as built; those whose name says that they did not change
   * are taken over. Rejects when one is missing: what is here by then is not brought again.
   */
  async install(): Promise<void> {
    const cache = await this.#parts.caches.open(CACHE_PREFIX + this.version);
    const waiting = [...this.#parts.precache.files];
    const bringing = Array.from({ length: FETCHES_AT_ONCE }, async () => {
      for (let file = waiting.shift(); file; file = waiting.shift()) await this.#bring(cache, file);
    });
    await Promise.all(bringing);
  }

  async #bring(cache: Cache, { path, integrity }: PrecachedFile): Promise<void> {
    const hashed = path.startsWith(HASHED_PREFIX);
    if (hashed) {
      const known = await this.#parts.caches.match(path, ANY_CODING);
      if (known) return cache.put(path, known);
    }
    const cacheMode: RequestCache = hashed ? 'default' : 'no-cache';
    const init = { integrity, cache: cacheMode, redirect: 'error', credentials: 'omit' } as const;
    const response = await this.#parts.fetch(path, init);
    if (!response.ok) throw new TypeError(`a file of the app is missing: ${response.status}`);
    await cache.put(path, response);
  }

  /** The newest page that comes in time, otherwise the one kept. */
  async page(request: Request): Promise<Response> {
    const fresh = this.#parts.fetch(request).then((response) => {
      if (!isPage(response)) throw new TypeError('not the app');
      return response;
    });
    const late = new Promise<undefined>((resolve) => {
      this.#parts.after(PAGE_WITHIN_MS, () => resolve(undefined));
    });
    const inTime = await Promise.race([fresh, late]).catch(() => undefined);
    if (inTime) return inTime;
    const kept = await this.#kept('/');
    // Nothing kept: whatever the network says, late or not.
    return kept ?? fresh.catch(() => this.#parts.fetch(request));
  }

  /** A file whose name never stands for other bytes, of whichever version has it. */
  async hashed(request: Request): Promise<Response> {
    return (await this.#parts.caches.match(request, ANY_CODING)) ?? this.#parts.fetch(request);
  }

  /** A file of this version whose name says nothing of its content. */
  async file(request: Request): Promise<Response> {
    return (await this.#kept(new URL(request.url).pathname)) ?? this.#parts.fetch(request);
  }

  async #kept(path: string): Promise<Response | undefined> {
    const cache = await this.#parts.caches.open(CACHE_PREFIX + this.version);
    return cache.match(path, ANY_CODING);
  }

  /** Lets go of versions that no tab runs; of all others when a tab did not say which it runs. */
  async sweep(running: readonly (string | undefined)[]): Promise<void> {
    if (running.includes(undefined)) return;
    const kept = new Set([this.version, ...running].map((version) => CACHE_PREFIX + version));
    for (const name of await this.#parts.caches.keys()) {
      if (name.startsWith(CACHE_PREFIX) && !kept.has(name)) await this.#parts.caches.delete(name);
    }
  }
}

/** A server that is ending, and a network that asks to be paid first, answer too. */
function isPage(response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  return response.ok && !response.redirected && type.startsWith('text/html');
}
