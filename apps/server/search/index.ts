import type { ChannelSearch } from '../channels/search-port.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from '../telemetry.ts';
import { DirectoryIndex } from './directory-index.ts';
import { IndexFile } from './index-file.ts';
import { Indexer } from './indexer.ts';
import { PostIndex } from './post-index.ts';
import { RankedPostSearch } from './post-search.ts';

export type SearchOptions = {
  readonly storage: Storage;
  /** The index's own file. Holds only copies: it may be deleted while the server is down. */
  readonly path: string;
  readonly runtime: Runtime;
  readonly log: Log;
};

export type Search = ChannelSearch & {
  /** Catches up with the log in the background; searches answer from what is there. */
  start(): void;
  /** Finishes the slice at work and closes the file. */
  stop(): Promise<void>;
  /** Resolves once everything told so far is indexed. */
  settled(): Promise<void>;
};

/** Full-text search in a file of its own, off the append path. */
export function createSearch({ storage, path, runtime, log }: SearchOptions): Search {
  const file = new IndexFile(path);
  const directory = new DirectoryIndex(file);
  const posts = new PostIndex(file);
  const indexer = new Indexer({ storage, file, posts, directory, runtime, log });
  return {
    posts: new RankedPostSearch({ file, runtime, onDamage: () => indexer.rebuild() }),
    directory,
    feed: {
      entriesAppended: ({ id }, entries) => indexer.appended(id, entries),
      postChanged: ({ id: conversation }, seq) => indexer.postChanged({ conversation, seq }),
      channelChanged: ({ id }) => indexer.channelChanged(id),
      channelRemoved: ({ id }) => indexer.channelRemoved(id),
    },
    start: () => indexer.start(),
    settled: () => indexer.settled(),
    stop: async () => {
      await indexer.stop();
      file.flush();
      file.close();
    },
  };
}
