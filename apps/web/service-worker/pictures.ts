const CACHE = 'pictures';
/** Thumbnails are some 10 KB each. */
const MAX_PICTURES = 400;
/** As long as the server lets browsers keep them; then it is asked again, and answers if it still may. */
const FRESH_MS = 86_400_000;

export type PicturesParts = {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => number;
};

/** Small pictures of posts, so that what was read opens without a network. Only so many: LRU. */
export class Pictures {
  readonly #parts: PicturesParts;

  constructor(parts: PicturesParts) {
    this.#parts = parts;
  }

  /** Answers at once what is fresh. `later` runs after the answer. */
  async picture(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
    const cache = await this.#parts.caches.open(CACHE);
    const kept = await cache.match(request);
    if (kept && this.#isFresh(kept)) {
      // Last used, last to go.
      later(cache.put(request, kept.clone()));
      return kept;
    }
    const response = await this.#parts.fetch(request).catch((error: unknown) => {
      if (kept) return kept;
      throw error;
    });
    if (response === kept) return kept;
    if (response.status === 200) later(this.#keep(cache, request, response.clone()));
    else if (kept) later(cache.delete(request));
    return response;
  }

  /** Nothing of the one who was signed in stays. */
  async forget(): Promise<void> {
    await forgetPictures(this.#parts.caches);
  }

  async #keep(cache: Cache, request: Request, response: Response): Promise<void> {
    await cache.put(request, response);
    const keys = await cache.keys();
    const surplus = keys.slice(0, Math.max(0, keys.length - MAX_PICTURES));
    for (const key of surplus) await cache.delete(key);
  }

  #isFresh(response: Response): boolean {
    const at = Date.parse(response.headers.get('date') ?? '');
    return this.#parts.now() - at < FRESH_MS;
  }
}

/** A page calls it by itself at a sign-out: it must not depend on a worker that is being replaced. */
export async function forgetPictures(caches: CacheStorage): Promise<void> {
  await caches.delete(CACHE);
}
