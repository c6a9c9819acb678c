import type { ProfileSource } from '../conversations/policy.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';

/** What the pages are made from. */
export type PagesOptions = {
  readonly storage: Storage;
  readonly runtime: Pick<Runtime, 'now' | 'soon'>;
  readonly profiles: ProfileSource;
  /** What the server calls itself. */
  readonly serverName: string;
  /** What addresses begin with for one who sent this `Host`; known once the server listens. */
  readonly originFor: (host: string | undefined) => string;
  /** Whether an origin is this server's. */
  readonly isOwnOrigin: (origin: string) => boolean;
  /** Takes reads of an address. Throws `rate_limited`. */
  readonly takeReads: (address: string, count: number) => void;
};
