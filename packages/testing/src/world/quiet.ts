import type { World } from './world.ts';

/** Longest time in which everything must come to rest, virtual milliseconds. */
const patienceMs = 30 * 60_000;

/** Ends all trouble and waits until everybody has everything: what does not happen now never will. */
export async function comeToRest(world: World): Promise<void> {
  world.say('all trouble ends');
  world.network.delays = { minMs: 1, maxMs: 20 };
  world.network.weight = 1;
  // Longer than any trouble that was begun.
  await world.pass(60_000);
  await untilNothing(world, async () => (world.server.running ? '' : 'the server does not start'));
  await world.finish(world.moderator.relentAll(), patienceMs, 'the operator relents');
  await makeSure(world);
  world.everybodyReadsOn();
  await untilNothing(world, () => whatIsMissing(world));
  // Counts are shown late; schedules and clocks that jumped catch up.
  await world.pass(15 * 60_000);
  await untilNothing(world, () => whatIsMissing(world));
}

/** Asks again what nobody knows the answer to. */
async function makeSure(world: World): Promise<void> {
  await untilNothing(world, async () => whoIsBusy(world));
  for (const actor of world.actors) {
    const questions = [...actor.unsure.values()];
    actor.unsure.clear();
    for (const ask of questions) {
      actor.enqueue(ask);
      await untilNothing(world, async () => whoIsBusy(world));
    }
  }
}

async function untilNothing(world: World, missing: () => Promise<string>): Promise<void> {
  const untilMs = world.queue.nowMs + patienceMs;
  for (let what = await missing(); what !== ''; what = await missing()) {
    if (world.queue.nowMs > untilMs) throw new Error(`there is no rest: ${what}`);
    await world.pass(250);
  }
}

async function whatIsMissing(world: World): Promise<string> {
  return whoIsBusy(world) || whoMissesEntries(world) || (await whoHasNotSent(world));
}

function whoIsBusy(world: World): string {
  const actor = world.actors.find(({ isBusy }) => isBusy);
  return actor ? `${actor.name} waits for an answer` : '';
}

function whoMissesEntries(world: World): string {
  for (const { stream } of world.passingStreams) {
    const { conversationId } = stream.channel;
    if (stream.lastSeq < headOf(world, conversationId))
      return `a passer-by reads ${conversationId}`;
  }
  for (const actor of world.actors) {
    for (const { wanted, isOpen, channel, lastSeq } of actor.streams.values()) {
      const head = headOf(world, channel.conversationId);
      if (wanted && lastSeq < head) {
        const reads = isOpen ? 'reads' : 'does not read';
        return `${actor.name} ${reads} ${channel.conversationId}: ${lastSeq} of ${head}`;
      }
    }
  }
  return '';
}

async function whoHasNotSent(world: World): Promise<string> {
  for (const { name, device } of world.actors) {
    const waiting = await device.store.outbox.conversations({ session: '', isAlive: () => false });
    if (waiting.length > 0) return `${name} has not sent everything`;
  }
  return '';
}

/** The end of a log as far as anybody was told. */
function headOf(world: World, conversationId: string): number {
  let head = 0;
  for (const actor of world.actors) {
    head = Math.max(head, actor.streams.get(conversationId)?.lastSeq ?? 0);
  }
  for (const intent of world.intents.values()) {
    if (intent.conversationId === conversationId) head = Math.max(head, intent.seq);
  }
  return head;
}
