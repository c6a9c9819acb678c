import type { Turnstile } from '../turnstile.ts';
import type { ContentStore } from './content-store.ts';
import type { MediaOptions } from './options.ts';

export const UPLOADS_PATH = '/uploads';

/** What the parts of this room share. */
export type Room = Required<MediaOptions> & {
  readonly files: ContentStore;
  /** Held while a file gets its row or loses its last one: a file is never removed under a new row. */
  readonly filing: Turnstile;
};
