import type { Connection, Follower } from '@heliogram/client';
import { Actor, type ActorWorld } from '../actors/actor.ts';
import { Moderator } from '../actors/moderating.ts';
import { ReaderStream } from '../actors/reader-stream.ts';
import { SeededRandom } from '../chance/seeded-random.ts';
import { SimDevice } from '../devices/sim-device.ts';
import type { MachineFactory, ServerMachine } from '../machine/server-machine.ts';
import { type ChannelFacts, ChannelModel } from '../model/channel-model.ts';
import type { Intent } from '../model/intent.ts';
import { Violations } from '../model/violations.ts';
import { Network } from '../network/network.ts';
import type { Tap } from '../network/sim-connection.ts';
import { EventQueue } from '../time/event-queue.ts';
import { SimServer } from './sim-server.ts';
import { Trace } from './trace.ts';

/**
 * One server and its clients in one process: virtual time, one seed behind every choice, a network
 * that loses what it likes, and a model of what everybody was told.
 */
export class World implements ActorWorld {
  readonly seed: number;
  readonly queue = new EventQueue();
  readonly random: SeededRandom;
  readonly trace = new Trace();
  readonly violations = new Violations();
  readonly network: Network;
  readonly server: SimServer;
  readonly moderator: Moderator;
  readonly actors: Actor[] = [];
  /** Those whose accounts are deleted. */
  readonly gone: Actor[] = [];
  readonly channels: ChannelModel[] = [];
  /** By text. */
  readonly intents = new Map<string, Intent>();
  /** Readers without an account. */
  readonly passersBy: Follower[] = [];
  readonly passingStreams: { readonly follower: Follower; readonly stream: ReaderStream }[] = [];
  readonly #machine: ServerMachine;
  #people = 0;

  constructor(seed: number, createMachine: MachineFactory) {
    this.seed = seed;
    this.random = new SeededRandom(seed, 'world');
    this.network = new Network(this.queue, new SeededRandom(seed, 'network'));
    this.#machine = createMachine();
    this.server = new SimServer({
      seed,
      queue: this.queue,
      network: this.network,
      trace: this.trace,
      machine: this.#machine,
      defect: (sentence) => this.violations.add(sentence),
    });
    this.moderator = new Moderator(this);
  }

  /** Runs what is due until `done`; throws when that has not come within `limitMs` of virtual time. */
  async run(done: () => boolean, limitMs: number, what: string): Promise<void> {
    const untilMs = this.queue.nowMs + limitMs;
    for (;;) {
      await everythingPromised();
      this.violations.raise();
      if (done()) return;
      if (!this.queue.step(untilMs)) {
        throw new Error(`${what}: not within ${limitMs / 1_000} s of virtual time`);
      }
    }
  }

  /** Lets virtual time pass. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.queue.nowMs + ms;
    for (;;) {
      await everythingPromised();
      this.violations.raise();
      if (!this.queue.step(untilMs)) return;
    }
  }

  /** The value of a promise that virtual time brings. */
  async finish<T>(promise: Promise<T>, limitMs: number, what: string): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    promise.then(end, end);
    await this.run(() => settled, limitMs, what);
    return promise;
  }

  /** For actors: `run` must be going on elsewhere. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.queue.after(ms, resolve);
    });
  }

  say(what: string): void {
    this.trace.line(`${this.queue.nowMs} ${what}`);
  }

  async addActor(): Promise<Actor> {
    const number = this.#people++;
    const name = `person ${number}`;
    const device = this.#device(name, number);
    await this.finish(device.signUp(), 60_000, `${name} signs up`);
    const actor = new Actor(this, device, new SeededRandom(this.seed, `actions of ${name}`));
    this.actors.push(actor);
    this.start(actor);
    return actor;
  }

  addPasserBy(): void {
    const device = this.#device(`passer-by ${this.passersBy.length}`, 200 + this.passersBy.length);
    const { connection, follower } = device.startAnonymous();
    this.#watch(undefined, connection);
    this.passersBy.push(follower);
  }

  /** The actor's process starts, sends what was left behind and reads on. */
  start(actor: Actor): void {
    if (actor.isGone) return;
    const client = actor.device.start();
    this.#watch(actor.name, client.connection);
    client.outbox.flush().catch(() => undefined);
    this.readOn(actor);
  }

  killClient(actor: Actor, downMs: number): void {
    if (!actor.device.client) return;
    actor.say('dies');
    for (const stream of actor.streams.values()) stream.died();
    actor.device.kill();
    this.queue.after(downMs, () => this.start(actor));
  }

  departed(actor: Actor): void {
    actor.isGone = true;
    for (const channel of this.channels) channel.departed(actor.name, this.queue.nowMs);
    for (const intent of this.intents.values()) {
      // Nobody is left to send it; what was sent may be there.
      if (intent.author === actor.name && intent.state === 'promised') intent.state = 'refused';
    }
    for (const stream of actor.streams.values()) stream.died();
    actor.device.kill();
    this.actors.splice(this.actors.indexOf(actor), 1);
    this.gone.push(actor);
  }

  addChannel(facts: ChannelFacts, owner: Actor): void {
    const channel = new ChannelModel(facts);
    this.channels.push(channel);
    this.read(owner, channel);
    if (!channel.listed) return;
    for (const follower of this.passersBy) {
      const stream = new ReaderStream(this, channel, undefined);
      this.passingStreams.push({ follower, stream });
      stream.open(follower, () => true);
    }
  }

  /** From now on the actor wants everything that is said there. */
  read(actor: Actor, channel: ChannelModel): void {
    const { conversationId } = channel;
    const stream = actor.streams.get(conversationId) ?? new ReaderStream(this, channel, actor.name);
    stream.wanted = true;
    actor.streams.set(conversationId, stream);
    this.readOn(actor);
  }

  /** Opens again whatever of the actor's streams has ended. */
  readOn(actor: Actor): void {
    const { client } = actor.device;
    if (!client) return;
    for (const stream of actor.streams.values()) {
      if (stream.wanted) stream.open(client.follower, () => actor.device.client === client);
    }
  }

  /** Opens again whatever has ended of what anybody wants to read. */
  everybodyReadsOn(): void {
    for (const actor of this.actors) this.readOn(actor);
    for (const { follower, stream } of this.passingStreams) stream.open(follower, () => true);
  }

  async close(): Promise<void> {
    for (const actor of this.actors) actor.device.kill();
    await this.#machine.close();
  }

  #device(name: string, number: number): SimDevice {
    const address = `198.51.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    const { seed, queue, network } = this;
    return new SimDevice({ name, seed, address, queue, network, tap: () => this.#tap(name) });
  }

  #arrivingWrittenAtMs = 0;

  #tap(name: string): Tap {
    return {
      toServer: (message) => this.trace.bytes(`${this.queue.nowMs} ${name} >`, message),
      toClient: (message, writtenAtMs) => {
        this.#arrivingWrittenAtMs = writtenAtMs;
        this.trace.bytes(`${this.queue.nowMs} ${name} <`, message);
      },
    };
  }

  /** Nothing is pushed to whoever may not read it while it is under way. */
  #watch(reader: string | undefined, connection: Connection): void {
    connection.events.on('push', ({ case: what, value }) => {
      if (what === 'signal' || what === 'change' || what === 'ended') return;
      const { conversationId } = value;
      const channel = this.channels.find((each) => each.conversationId === conversationId);
      const from = this.#arrivingWrittenAtMs;
      // A channel can speak before its maker has heard that it was made.
      if (!channel || channel.readableWithin(reader, from, this.queue.nowMs)) return;
      const who = reader ?? 'a passer-by';
      this.violations.add(`${who} was pushed ${what} of ${conversationId} without permission`);
    });
  }
}

/** All that promises bring, before the next event. */
function everythingPromised(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
