import { HASHED_PREFIX } from './precache.ts';

/** Who answers a request: the network, unless one of these. */
export type Route = 'page' | 'hashed' | 'shell' | 'picture' | 'network';

export type RequestFacts = {
  readonly method: string;
  readonly url: string;
  readonly navigates: boolean;
  /** It carries a secret: nothing of it is kept. */
  readonly authorized: boolean;
};

export type Surroundings = {
  readonly origin: string;
  /** Paths of the precache. */
  readonly precached: ReadonlySet<string>;
};

const PICTURE = /^\/media\/([0-9a-f]{32}|[0-9a-f]{64})\/thumbnail$/;

/** Calls, uploads, whole files and the public pages are always the network's. */
export function routeOf(
  { method, url, navigates, authorized }: RequestFacts,
  { origin, precached }: Surroundings,
): Route {
  const { origin: target, pathname, search } = new URL(url);
  if (method !== 'GET' || target !== origin || authorized) return 'network';
  if (navigates) return pathname === '/' ? 'page' : 'network';
  if (search !== '') return 'network';
  if (pathname.startsWith(HASHED_PREFIX)) return 'hashed';
  if (pathname !== '/' && precached.has(pathname)) return 'shell';
  return PICTURE.test(pathname) ? 'picture' : 'network';
}
