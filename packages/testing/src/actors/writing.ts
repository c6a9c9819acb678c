import type { Outgoing } from '@heliogram/client';
import { ChannelsService, HeliogramError } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import { type Intent, newIntent } from '../model/intent.ts';
import type { Actor } from './actor.ts';

/** Some posts in a row, through the outbox. */
export function post(actor: Actor, channel: ChannelModel, count: number): void {
  const { client } = actor.device;
  if (!client) return;
  const intents = Array.from({ length: count }, () => intend(actor, channel, 'post'));
  const { conversationId } = channel;
  actor.say(`posts ${count} in ${conversationId}`);
  client.posts
    .send(
      { conversationId },
      intents.map(({ text }) => ({ text })),
    )
    .then(
      (outgoing) => {
        for (const [i, each] of outgoing.entries()) expect(actor, intents[i], each);
      },
      (error: unknown) => unlessTyped(actor, error),
    );
}

function expect(actor: Actor, intent: Intent | undefined, outgoing: Outgoing): void {
  if (!intent) return;
  intent.itemId = outgoing.id;
  intent.state = 'promised';
  outgoing.posted.then(
    ({ seq }) => acknowledged(intent, seq),
    (error: unknown) => refused(actor, intent, error),
  );
}

/** A new text for a post of one's own. */
export function edit(actor: Actor, original: Intent): void {
  const { client } = actor.device;
  if (!client || original.seq === 0) return;
  const { conversationId, seq } = original;
  const intent = intendIn(actor, { conversationId, kind: 'edit', targetSeq: seq });
  actor.say(`edits ${seq} in ${conversationId}`);
  client.posts.edit(conversationId, seq, intent.text).then(
    (posted) => acknowledged(intent, posted.seq),
    (error: unknown) => refused(actor, intent, error),
  );
}

/** Takes a post of one's own back. */
export async function redact(actor: Actor, channel: ChannelModel, seq: number): Promise<void> {
  const { conversationId } = channel;
  actor.say(`deletes ${seq} in ${conversationId}`);
  const { nowMs } = actor.world.queue;
  const asked = channel.redactions.get(seq) ?? { askedAtMs: nowMs, acknowledged: false };
  channel.redactions.set(seq, asked);
  const outcome = await actor.persist((client) => client.posts.delete(conversationId, seq));
  if (outcome.kind === 'done' || outcome.code === 'gone') {
    channel.redactions.set(seq, { ...asked, acknowledged: true });
  }
}

/** A post that the server is to make later; asked with the same id until it is known. */
export async function schedule(actor: Actor, channel: ChannelModel): Promise<void> {
  const { conversationId } = channel;
  const { client } = actor.device;
  if (!client) return;
  const intent = intend(actor, channel, 'scheduled');
  const { payload, silent } = client.posts.compose({ conversationId }, { text: intent.text });
  const appendId = actor.random.bytes(16);
  const atMs = actor.world.server.clock.now() + actor.random.int(5_000, 180_000);
  const at = { seconds: BigInt(Math.floor(atMs / 1_000)), nanos: (atMs % 1_000) * 1_000_000 };
  actor.say(`schedules in ${conversationId}`);
  const outcome = await actor.persist(({ connection }) =>
    connection.call(ChannelsService.method.schedulePost, {
      conversationId,
      entry: { appendId, payload, silent },
      at,
    }),
  );
  if (outcome.kind === 'done') intent.state = 'promised';
  else if (outcome.sure) intent.state = 'refused';
}

function intend(actor: Actor, channel: ChannelModel, kind: 'post' | 'scheduled'): Intent {
  return intendIn(actor, { conversationId: channel.conversationId, kind });
}

function intendIn(
  actor: Actor,
  what: Pick<Intent, 'conversationId' | 'kind'> & { readonly targetSeq?: number },
): Intent {
  const { world, random } = actor;
  // Short lines and long ones: a slow reader's buffers fill by bytes.
  const padding = ' and on'.repeat(random.chance(0.1) ? random.int(100, 2_000) : random.int(0, 20));
  const text = `${actor.name} says ${world.intents.size}${padding}`;
  const facts = { ...what, text, author: actor.name, askedAtMs: world.queue.nowMs };
  const intent = newIntent(facts);
  world.intents.set(text, intent);
  return intent;
}

function acknowledged(intent: Intent, seq: number): void {
  intent.state = 'acknowledged';
  intent.seq = seq;
}

function refused(actor: Actor, intent: Intent, error: unknown): void {
  unlessTyped(actor, error);
  intent.state = 'refused';
}

function unlessTyped(actor: Actor, error: unknown): void {
  if (error instanceof HeliogramError && error.code !== 'internal') return;
  actor.world.violations.add(`${actor.name} cannot write: ${String(error)}`);
}
