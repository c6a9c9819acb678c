export { answersOperator } from './dialling.ts';
export { openOperatorChannel } from './operator-channel.ts';
export { callOperator, type OfflineOperator, type OperatorCall } from './operator-client.ts';
export type { ChannelTakeDowns } from './options.ts';
export { createModeration } from './service.ts';
export { storedChannels } from './stored-channels.ts';
