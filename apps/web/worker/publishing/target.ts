import { fromBinary } from '@bufbuild/protobuf';
import type { PostTarget } from '@heliogram/client';
import { type Channel, ChannelSchema, ChannelsService } from '@heliogram/protocol';
import type { House } from '../session/house.ts';

/** Where a post goes: signed by this account where the channel signs its posts. */
export async function targetOf(house: House, conversationId: string): Promise<PostTarget> {
  const { keys } = house;
  const channel = await knownChannel(house, conversationId);
  const signs = channel?.settings?.signPosts ?? false;
  return { conversationId, ...(signs && keys && { accountId: keys.accountId }) };
}

/** As it is kept, so that a post goes into the outbox without a network. */
export async function knownChannel(
  { client, store }: House,
  conversationId: string,
): Promise<Channel | undefined> {
  const [cached] = await store.chats.get([conversationId]);
  if (cached?.channel) return fromBinary(ChannelSchema, cached.channel);
  const ref = { case: 'conversationId', value: conversationId } as const;
  return (await client.call(ChannelsService.method.getChannel, { ref })).channel;
}
