import { ChannelsService } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Actor } from './actor.ts';

/** The owner says something else of the channel, and whether its readers may react. */
export async function changeSettings(owner: Actor, channel: ChannelModel): Promise<void> {
  const { world, random } = owner;
  const { conversationId, listed } = channel;
  const forbidReactions = random.chance(0.5);
  const description = `as of ${world.queue.nowMs}`;
  owner.say(`${forbidReactions ? 'forbids' : 'allows'} reactions in ${conversationId}`);
  if (!forbidReactions) channel.reacting.begin(world.queue.nowMs);
  const settings = { unlisted: !listed, forbidReactions };
  const outcome = await owner.persist(({ connection }) =>
    connection.call(ChannelsService.method.updateChannel, {
      conversationId,
      description,
      settings,
    }),
  );
  if (outcome.kind === 'done') {
    channel.face = { description, forbidReactions };
    if (forbidReactions) channel.reacting.end(world.queue.nowMs);
  } else if (!outcome.sure) {
    channel.face = undefined;
  }
}
