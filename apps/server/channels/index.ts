export { type Channels, createChannels } from './channels.ts';
export type { ChannelsOptions } from './room.ts';
