import type { Actor } from '../actors/actor.ts';
import { ask, decide, offer } from '../actors/approval.ts';
import { depart } from '../actors/departure.ts';
import { create, demote, join, promote, quit } from '../actors/membership.ts';
import { acknowledge, react } from '../actors/reading.ts';
import { changeSettings } from '../actors/settings.ts';
import { loseSpareDevice } from '../actors/spare-device.ts';
import { edit, post, redact, schedule } from '../actors/writing.ts';
import type { ChannelModel } from '../model/channel-model.ts';
import type { World } from './world.ts';

/** How often each thing happens, relative to the others. */
const deeds = {
  post: 300,
  edit: 30,
  redact: 25,
  schedule: 10,
  acknowledge: 90,
  react: 60,
  join: 60,
  quit: 30,
  ask: 50,
  decide: 14,
  changeSettings: 12,
  depart: 2,
  loseSpareDevice: 4,
  promote: 12,
  demote: 8,
  create: 3,
  readOn: 30,
  killClient: 14,
  cut: 25,
  mute: 5,
  stall: 15,
  partition: 6,
  killServer: 6,
  tearServer: 6,
  serverClock: 6,
  clientClock: 8,
  diskFull: 3,
  weather: 5,
  takeDown: 5,
  suspend: 4,
  relent: 12,
} as const;

export type Deed = keyof typeof deeds;

/** Lets one thing happen, chosen by the world's seed. */
export function stir(world: World): Deed {
  const deed = world.random.weighted(deeds);
  const actor = world.random.pick(world.actors);
  const channel = world.random.pick(world.channels);
  runners[deed](world, actor, channel);
  return deed;
}

type Runner = (world: World, actor: Actor, channel: ChannelModel) => void;

const runners: Readonly<Record<Deed, Runner>> = {
  post: (world, _actor, channel) =>
    post(writerOf(world, channel), channel, world.random.chance(0.2) ? world.random.int(2, 8) : 1),
  edit: (world, actor, channel) => {
    const original = someOwnPost(world, actor, channel);
    if (original) edit(actor, original);
  },
  redact: (world, actor, channel) => {
    const original = someOwnPost(world, actor, channel);
    if (original) actor.enqueue(() => redact(actor, channel, original.seq));
  },
  schedule: (world, _actor, channel) => {
    const writer = writerOf(world, channel);
    writer.enqueue(() => schedule(writer, channel));
  },
  acknowledge: (_world, actor, channel) =>
    unlessUnsure(actor, channel, () => acknowledge(actor, channel)),
  react: (world, actor, channel) => {
    const head = actor.streams.get(channel.conversationId)?.lastSeq ?? 0;
    if (head === 0) return;
    const seq = world.random.int(Math.max(1, head - 5), head);
    unlessUnsure(actor, channel, () => react(actor, channel, seq));
  },
  join: (_world, actor, channel) => {
    if (actor.name !== channel.owner) unlessUnsure(actor, channel, () => join(actor, channel));
  },
  quit: (_world, actor, channel) => {
    if (actor.name !== channel.owner) unlessUnsure(actor, channel, () => quit(actor, channel));
  },
  ask: (world, _actor, channel) => {
    if (channel.listed) return;
    const owner = named(world, channel.owner);
    if (channel.approvalToken === '') return owner.enqueue(() => offer(owner, channel));
    const outside = world.actors.filter(
      (each) => each !== owner && !channel.followers.has(each.name),
    );
    if (outside.length === 0) return;
    const actor = world.random.pick(outside);
    unlessUnsure(actor, channel, () => ask(actor, channel));
  },
  decide: (world, _actor, channel) => {
    const [name] = channel.requests;
    if (name === undefined) return;
    const requester = named(world, name);
    const accept = world.random.chance(0.6);
    const owner = named(world, channel.owner);
    unlessUnsure(requester, channel, () => decide(owner, channel, { requester, accept }));
  },
  changeSettings: (world, _actor, channel) => {
    const owner = named(world, channel.owner);
    owner.enqueue(() => changeSettings(owner, channel));
  },
  depart: (world, actor) => {
    if (world.channels.some(({ owner }) => owner === actor.name)) return;
    actor.enqueue(async () => {
      if (world.channels.every(({ owner }) => owner !== actor.name)) await depart(actor);
    });
  },
  loseSpareDevice: (_world, actor) => actor.enqueue(() => loseSpareDevice(actor)),
  promote: (world, actor, channel) => {
    const owner = named(world, channel.owner);
    if (actor !== owner) owner.enqueue(() => promote(owner, channel, actor));
  },
  demote: (world, _actor, channel) => {
    const [admin] = channel.admins;
    const owner = named(world, channel.owner);
    if (admin !== undefined) owner.enqueue(() => demote(owner, channel, named(world, admin)));
  },
  create: (world, actor) => {
    if (world.channels.length < 8) actor.enqueue(() => create(actor, world.random.chance(0.5)));
  },
  readOn: (world, actor) => world.readOn(actor),
  killClient: (world, actor) => world.killClient(actor, world.random.int(50, 8_000)),
  cut: (_world, actor) => {
    actor.say('is cut off');
    actor.device.network.cut();
  },
  mute: (_world, actor) => {
    actor.say('falls silent');
    actor.device.network.mute();
  },
  stall: (world, actor) => {
    const { network } = actor.device;
    actor.say('reads slowly');
    network.stall(true);
    world.queue.after(world.random.int(200, 20_000), () => network.stall(false));
  },
  partition: (world, actor) => {
    const { network } = actor.device;
    network.setPartitioned(true);
    network.cut();
    world.queue.after(world.random.int(500, 30_000), () => network.setPartitioned(false));
  },
  killServer: (world) => world.server.kill(),
  tearServer: (world) => world.server.killWithinNextCommit(),
  serverClock: (world) => world.server.clock.jump(world.random.int(-300_000, 300_000)),
  clientClock: (world, actor) => actor.device.clock.jump(world.random.int(-600_000, 600_000)),
  diskFull: (world) => {
    world.say('the disk is full');
    world.server.setDiskFull(true);
    world.queue.after(world.random.int(500, 8_000), () => world.server.setDiskFull(false));
  },
  weather: (world) => {
    const minMs = world.random.int(0, 60);
    world.network.delays = { minMs, maxMs: minMs + world.random.int(0, 400) };
    world.network.weight = world.random.pick([1, 1, 64, 1_024]);
  },
  takeDown: (world, _actor, channel) => {
    const seq = world.random.chance(0.5) ? 0 : world.random.int(1, 20);
    void world.moderator.takeDown(channel, seq);
  },
  suspend: (world, actor) => void world.moderator.suspend(actor),
  relent: (world) => void world.moderator.relent(),
};

function unlessUnsure(actor: Actor, channel: ChannelModel, run: () => Promise<void>): void {
  actor.enqueue(async () => {
    if (!actor.unsure.has(channel.conversationId)) await run();
  });
}

/** Mostly somebody who may write there, sometimes somebody who should be refused. */
function writerOf(world: World, channel: ChannelModel): Actor {
  if (world.random.chance(0.05)) return world.random.pick(world.actors);
  return named(world, world.random.pick([channel.owner, channel.owner, ...channel.admins]));
}

function named(world: World, name: string): Actor {
  const actor = world.actors.find((each) => each.name === name);
  if (!actor) throw new RangeError(`nobody is called ${name}`);
  return actor;
}

function someOwnPost(world: World, actor: Actor, channel: ChannelModel) {
  const own = [...world.intents.values()].filter(
    ({ author, conversationId, kind, seq }) =>
      author === actor.name &&
      conversationId === channel.conversationId &&
      kind === 'post' &&
      seq > 0 &&
      !channel.redactions.has(seq),
  );
  return own.length === 0 ? undefined : world.random.pick(own.slice(-20));
}
