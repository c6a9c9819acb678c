import { ChannelsService } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Actor } from './actor.ts';

const { createChannel, follow, leave, setAdmin, removeAdmin } = ChannelsService.method;

/** A channel that its owner reads too. */
export async function create(actor: Actor, listed: boolean): Promise<void> {
  const { world } = actor;
  const title = `Channel ${world.channels.length}`;
  actor.say(`creates ${title}`);
  const username = listed ? `channel_${world.channels.length}_${actor.random.int(0, 1e9)}` : '';
  const outcome = await actor.persist(({ connection }) =>
    connection.call(createChannel, { title, username, settings: { unlisted: !listed } }),
  );
  const channel = outcome.kind === 'done' ? outcome.value.channel : undefined;
  if (outcome.kind !== 'done' || !channel) return;
  const { inviteToken } = outcome.value;
  const { conversationId } = channel;
  const facts = { conversationId, owner: actor.name, listed, inviteToken };
  world.addChannel({ ...facts, nowMs: world.queue.nowMs }, actor);
}

export async function join(actor: Actor, channel: ChannelModel): Promise<void> {
  const { world, name } = actor;
  const { conversationId, inviteToken, listed } = channel;
  actor.say(`follows ${conversationId}`);
  channel.membership(name).begin(world.queue.nowMs);
  const ref = listed
    ? ({ case: 'conversationId', value: conversationId } as const)
    : ({ case: 'inviteToken', value: inviteToken } as const);
  const outcome = await actor.persist(({ connection }) => connection.call(follow, { ref }));
  if (outcome.kind === 'done') {
    channel.membership(name).begin(world.queue.nowMs);
    channel.requests.delete(name);
    channel.followers.add(name);
    world.read(actor, channel);
  } else if (!outcome.sure) {
    actor.unsure.set(conversationId, () => join(actor, channel));
  }
}

export async function quit(actor: Actor, channel: ChannelModel): Promise<void> {
  const { world, name } = actor;
  const { conversationId, listed } = channel;
  actor.say(`leaves ${conversationId}`);
  const outcome = await actor.persist(({ connection }) =>
    connection.call(leave, { conversationId }),
  );
  const gone = outcome.kind === 'refused' && outcome.code === 'not_found';
  if (outcome.kind === 'done' || gone) {
    channel.left(name, world.queue.nowMs);
    const stream = actor.streams.get(conversationId);
    // Left open: it is the server that must stop the pushes of what can no longer be read.
    if (stream) stream.wanted = listed;
  } else if (!outcome.sure) {
    actor.unsure.set(conversationId, () => quit(actor, channel));
  }
}

/** The owner gives another the right to post. */
export async function promote(actor: Actor, channel: ChannelModel, other: Actor): Promise<void> {
  const { conversationId } = channel;
  const { queue } = actor.world;
  const accountId = other.device.accountId;
  actor.say(`makes ${other.name} an admin of ${conversationId}`);
  channel.membership(other.name).begin(queue.nowMs);
  channel.writing(other.name).begin(queue.nowMs);
  const rights = { post: true, edit: false, delete: false, invite: false, manage: false };
  const outcome = await actor.persist(({ connection }) =>
    connection.call(setAdmin, { conversationId, accountId, rights }),
  );
  if (outcome.kind === 'done') {
    channel.membership(other.name).begin(queue.nowMs);
    channel.writing(other.name).begin(queue.nowMs);
    channel.admins.add(other.name);
  }
}

export async function demote(actor: Actor, channel: ChannelModel, other: Actor): Promise<void> {
  const { conversationId } = channel;
  const accountId = other.device.accountId;
  actor.say(`unmakes ${other.name} an admin of ${conversationId}`);
  const outcome = await actor.persist(({ connection }) =>
    connection.call(removeAdmin, { conversationId, accountId }),
  );
  if (outcome.kind !== 'done') return;
  const { nowMs } = actor.world.queue;
  channel.admins.delete(other.name);
  channel.writing(other.name).end(nowMs);
  // Whether a follow of his overtook this, nobody was told.
  if (!channel.followers.has(other.name) && !other.isBusy)
    channel.membership(other.name).end(nowMs);
}
