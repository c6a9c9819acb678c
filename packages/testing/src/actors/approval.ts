import { ChannelsService } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Actor } from './actor.ts';

const { createInvite, decideJoinRequest, follow } = ChannelsService.method;

/** The owner makes a link that lets nobody in without his leave. */
export async function offer(owner: Actor, channel: ChannelModel): Promise<void> {
  const { conversationId } = channel;
  if (channel.approvalToken !== '') return;
  owner.say(`offers ${conversationId} to whoever asks`);
  const outcome = await owner.persist(({ connection }) =>
    connection.call(createInvite, { conversationId, approval: true }),
  );
  if (outcome.kind === 'done') channel.approvalToken = outcome.value.invite?.token ?? '';
}

/** Asks to be let in; whoever may read already just follows. */
export async function ask(actor: Actor, channel: ChannelModel): Promise<void> {
  const { world, name } = actor;
  const { conversationId, approvalToken } = channel;
  const askedAtMs = world.queue.nowMs;
  actor.say(`asks to be let into ${conversationId}`);
  const ref = { case: 'inviteToken', value: approvalToken } as const;
  const outcome = await actor.persist(({ connection }) => connection.call(follow, { ref }));
  if (outcome.kind === 'done' && outcome.value.requested) {
    channel.requests.add(name);
  } else if (outcome.kind === 'done') {
    if (!channel.membership(name).within(askedAtMs, world.queue.nowMs)) {
      world.violations.add(`${name} was let into ${conversationId} without leave`);
    }
    enter(actor, channel);
  } else if (!outcome.sure) {
    actor.unsure.set(conversationId, () => ask(actor, channel));
  }
}

type Decision = {
  readonly requester: Actor;
  readonly accept: boolean;
  /** Asked before without a definite answer. */
  readonly again?: boolean;
};

/** The owner's answer. Runs among the requester's own questions, so that nobody withdraws meanwhile. */
export async function decide(
  owner: Actor,
  channel: ChannelModel,
  decision: Decision,
): Promise<void> {
  const { requester, accept, again = false } = decision;
  const { world, name } = requester;
  const { conversationId } = channel;
  if (!channel.requests.has(name)) return;
  owner.say(`${accept ? 'lets' : 'does not let'} ${name} into ${conversationId}`);
  if (accept) channel.membership(name).begin(world.queue.nowMs);
  const { accountId } = requester.device;
  const outcome = await owner.persist(({ connection }) =>
    connection.call(decideJoinRequest, { conversationId, accountId, accept }),
  );
  const gone = outcome.kind === 'refused' && outcome.code === 'not_found';
  if (gone && outcome.sure && !again) {
    world.violations.add(`${name} had asked to be let into ${conversationId}: that is forgotten`);
  }
  if (outcome.kind === 'done' || gone) {
    channel.requests.delete(name);
    if (accept) enter(requester, channel);
  } else if (!outcome.sure) {
    const repeated = { ...decision, again: true };
    requester.unsure.set(conversationId, () => decide(owner, channel, repeated));
  }
}

function enter(actor: Actor, channel: ChannelModel): void {
  const { world, name } = actor;
  channel.membership(name).begin(world.queue.nowMs);
  channel.requests.delete(name);
  channel.followers.add(name);
  world.read(actor, channel);
}
