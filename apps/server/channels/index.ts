export { type Channels, createChannels } from './channels.ts';
export type { MediaClaim, MediaClaims, MediaUse } from './media-claims.ts';
export type { ChannelsOptions } from './room.ts';
export type {
  ChannelSearch,
  DirectorySearch,
  PostHits,
  PostQuery,
  PostSearch,
  RankedPost,
  SearchFeed,
} from './search-port.ts';
