import { InternalError } from '@heliogram/protocol';
import type { ChannelSearch } from '../channels/search-port.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from '../telemetry.ts';

export type SearchOptions = {
  readonly storage: Storage;
  /** The index's own file. Holds only copies: it may be deleted while the server is down. */
  readonly path: string;
  readonly runtime: Runtime;
  readonly log: Log;
};

export type Search = ChannelSearch & {
  /** Catches up with the log in the background; searches answer from what is there. */
  start(): Promise<void>;
  /** Finishes the slice at work and closes the file. */
  stop(): Promise<void>;
  /** Resolves once everything told so far is indexed. */
  settled(): Promise<void>;
};

export function createSearch(_options: SearchOptions): Search {
  throw new InternalError('not built yet');
}
