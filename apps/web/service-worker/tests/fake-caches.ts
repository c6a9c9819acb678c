/** As much of the Cache API as the service worker uses, in memory and in order of insertion. */
export class FakeCaches implements CacheStorage {
  readonly #caches = new Map<string, FakeCache>();

  async open(name: string): Promise<Cache> {
    const cache = this.#caches.get(name) ?? new FakeCache();
    this.#caches.set(name, cache);
    return cache;
  }

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    for (const cache of this.#caches.values()) {
      const found = await cache.match(request);
      if (found) return found;
    }
    return undefined;
  }

  async has(name: string): Promise<boolean> {
    return this.#caches.has(name);
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name);
  }
}

const ORIGIN = 'https://hill.example';

export const requestOf = (path: string, init?: RequestInit): Request =>
  new Request(new URL(path, ORIGIN), init);

class FakeCache implements Cache {
  readonly #entries = new Map<string, Response>();

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    return this.#entries.get(keyOf(request))?.clone();
  }

  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    this.#entries.delete(keyOf(request));
    this.#entries.set(keyOf(request), response);
  }

  async delete(request: RequestInfo | URL): Promise<boolean> {
    return this.#entries.delete(keyOf(request));
  }

  async keys(): Promise<Request[]> {
    return [...this.#entries.keys()].map((url) => new Request(url));
  }

  add(): Promise<void> {
    throw new TypeError('not used');
  }

  addAll(): Promise<void> {
    throw new TypeError('not used');
  }

  matchAll(): Promise<Response[]> {
    throw new TypeError('not used');
  }
}

const keyOf = (request: RequestInfo | URL): string =>
  request instanceof Request ? request.url : new URL(request, ORIGIN).href;
