/** What one build needs to open without a network; the build writes it into the service worker. */
export type Precache = {
  /** Also in the page, as `<meta name="version">`. */
  readonly version: string;
  readonly files: readonly PrecachedFile[];
};

export type PrecachedFile = {
  /** As the browser asks for it: `/`, `/assets/app-1a2b.js`. */
  readonly path: string;
  /** `sha256-…`: the browser holds every byte against it. */
  readonly integrity: string;
};

/** Files under here carry a hash in their name: the same name is the same bytes. */
export const HASHED_PREFIX = '/assets/';
