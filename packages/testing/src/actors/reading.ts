import { ChannelsService, LogService } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Actor } from './actor.ts';

const emoji = ['👍', '❤️', '🔥', '😢'];

/** Says that everything that came was read. */
export async function acknowledge(actor: Actor, channel: ChannelModel): Promise<void> {
  const { conversationId } = channel;
  const seq = actor.streams.get(conversationId)?.lastSeq ?? 0;
  if (seq > 0) await markRead(actor, channel, seq);
}

async function markRead(actor: Actor, channel: ChannelModel, seq: number): Promise<void> {
  const { conversationId } = channel;
  actor.say(`read up to ${seq} in ${conversationId}`);
  const outcome = await actor.persist(({ connection }) =>
    connection.call(LogService.method.acknowledge, { marks: [{ conversationId, seq }] }),
  );
  if (outcome.kind === 'done') channel.mark(actor.name, seq);
  else if (!outcome.sure && actor.unsure.has(conversationId)) channel.viewsUnsure = true;
  else if (!outcome.sure) {
    actor.unsure.set(conversationId, () => markReadAgain(actor, channel, seq));
  }
}

async function markReadAgain(actor: Actor, channel: ChannelModel, seq: number): Promise<void> {
  const { conversationId } = channel;
  const outcome = await actor.persist(({ connection }) =>
    connection.call(LogService.method.acknowledge, { marks: [{ conversationId, seq }] }),
  );
  if (outcome.kind === 'done') channel.mark(actor.name, seq);
  else channel.viewsUnsure = true;
}

export async function react(actor: Actor, channel: ChannelModel, seq: number): Promise<void> {
  await reactWith(actor, channel, {
    seq,
    emoji: actor.random.chance(0.25) ? '' : actor.random.pick(emoji),
  });
}

async function reactWith(
  actor: Actor,
  channel: ChannelModel,
  reaction: { readonly seq: number; readonly emoji: string },
): Promise<void> {
  const { conversationId } = channel;
  const { queue, violations } = actor.world;
  const askedAtMs = queue.nowMs;
  actor.say(`reacts ${reaction.emoji} to ${reaction.seq} in ${conversationId}`);
  const outcome = await actor.persist(({ connection }) =>
    connection.call(ChannelsService.method.react, { conversationId, ...reaction }),
  );
  if (outcome.kind === 'done') {
    channel.react(actor.name, reaction.seq, reaction.emoji);
    if (reaction.emoji !== '' && !channel.reacting.within(askedAtMs, queue.nowMs)) {
      violations.add(`${actor.name} reacted in ${conversationId}, which wants no reactions`);
    }
  } else if (!outcome.sure) {
    actor.unsure.set(conversationId, () => reactWith(actor, channel, reaction));
  }
}
