export { type ChannelAccess, findChannel, findChannels, isReadable, isVisible } from './access.ts';
export { namesHash } from './attachments.ts';
export { type Channels, createChannels } from './channels.ts';
export { countersOf } from './counters.ts';
export { storedView } from './received-content.ts';
export type { ChannelsOptions } from './room.ts';
