import type { NewEntry } from '@heliogram/protocol';
import type { ChannelAccess } from './access.ts';

/** Who writes: a device's account, or the one that scheduled a post. */
export type Author = {
  readonly kind: 'device';
  readonly account: number;
  readonly accountId: string;
};

/** One entry on its way into a channel. */
export type Admitting = {
  readonly access: ChannelAccess;
  readonly author: Author;
  readonly entry: Pick<NewEntry, 'payload' | 'targetSeq'>;
};
