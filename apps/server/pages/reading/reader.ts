import type { PagesOptions } from '../options.ts';
import type { StandingPosts } from './standing.ts';

/** What reading posts needs, and remembers. */
export type Reader = Pick<PagesOptions, 'storage' | 'profiles'> & {
  readonly standing: StandingPosts;
};
