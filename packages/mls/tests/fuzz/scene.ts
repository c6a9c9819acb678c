import type { KeyPair } from '../../src/crypto-provider.ts';
import {
  type Environment,
  type Extension,
  externalSendersExtension,
  type GroupState,
} from '../../src/index.ts';
import { environment, named } from '../members.ts';
import { Actor, type Delivery, keyName, withPsks } from './actor.ts';
import { Dice } from './dice.ts';
import { Knowledge } from './knowledge.ts';

export interface WorldOptions {
  readonly seed: string;
  readonly suiteId: number;
  readonly maxMembers: number;
  /** Members beyond this many are offline for good: they are added and never do anything. */
  readonly maxActive: number;
  /** Handshakes all in the open, so that a delivery service without secrets can follow. */
  readonly allPublic: boolean;
}

export interface Invitation {
  readonly actor: Actor;
  readonly made: Awaited<ReturnType<Actor['keyPackage']>>;
  readonly online: boolean;
}

/** What there is: devices, the newest epoch, the model, and the dice. */
export class Scene {
  readonly options: WorldOptions;
  readonly dice: Dice;
  readonly groupId: Uint8Array;
  readonly counts = new Map<string, number>();
  /** Signs proposals from outside the group. */
  readonly outsider: KeyPair;
  readonly knowledge: Knowledge;
  readonly invitations = new Map<string, Invitation>();
  /** Online devices that are, or were, members. */
  actors: Actor[];
  newest: GroupState;
  groupInfo = new Uint8Array(0);
  /** Proposals sent since somebody looked. */
  sent: Delivery[] = [];
  readonly #resumptions: Map<bigint, Uint8Array>;
  #nextNumber = 1;

  constructor(options: WorldOptions, founder: Founder) {
    this.options = options;
    this.dice = new Dice(options.seed);
    this.groupId = groupIdOf(options);
    this.outsider = founder.outsider;
    this.actors = [founder.actor];
    this.newest = founder.actor.state;
    this.#resumptions = founder.resumptions;
    const leaf = founder.actor.state.epoch.own.leafKey.publicKey;
    this.knowledge = new Knowledge(founder.actor.name, keyName(leaf));
    this.enter(founder.actor.state);
  }

  get memberCount(): number {
    return this.knowledge.members.size;
  }

  get epoch(): bigint {
    return this.newest.epoch.context.epoch;
  }

  get hasRoom(): boolean {
    return this.memberCount + 8 < this.options.maxMembers;
  }

  /** Members that are online. */
  get online(): Actor[] {
    return this.actors.filter((actor) => this.knowledge.members.has(actor.name));
  }

  get outsiders(): Actor[] {
    return this.actors.filter((actor) => !this.knowledge.members.has(actor.name));
  }

  /** Members in the newest epoch; proposals may still wait for them. */
  get upToDate(): Actor[] {
    return this.online.filter((actor) => actor.epoch === this.epoch);
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Takes a member's state as the truth about the newest epoch. */
  enter(state: GroupState): void {
    this.newest = state;
    const { context, secrets } = state.epoch;
    this.#resumptions.set(context.epoch, secrets.resumption.slice());
  }

  resumptionPsk(epoch: bigint): Uint8Array {
    return this.#resumptions.get(epoch) ?? new Uint8Array(0);
  }

  broadcast(delivery: Delivery, except?: Actor): void {
    this.sent.push(delivery);
    for (const actor of this.online) if (actor !== except) actor.inbox.push(delivery);
  }

  randomLeaf(): number {
    return this.dice.of([...this.newest.epoch.tree.members()].map(({ index }) => index));
  }

  randomFormat(): 'public' | 'private' {
    return !this.options.allPublic && this.dice.oneIn(3) ? 'private' : 'public';
  }

  /** A device that has published a key package. */
  async invite(): Promise<Invitation> {
    const number = this.#nextNumber++;
    const env = fuzzEnvironment(`${this.options.seed}/${number}`, this.#resumptions);
    const actor = new Actor(`device ${number}`, env, this.options.suiteId);
    const made = await actor.keyPackage();
    actor.keep(made.secrets.initKey);
    actor.keep(made.secrets.leafKey);
    const invitation = { actor, made, online: this.online.length < this.options.maxActive };
    const leafKey = keyName(made.keyPackage.leafNode.encryptionKey);
    this.invitations.set(leafKey, invitation);
    this.knowledge.owns(actor.name, leafKey);
    return invitation;
  }
}

export interface Founder {
  readonly actor: Actor;
  readonly outsider: KeyPair;
  readonly resumptions: Map<bigint, Uint8Array>;
}

export function groupIdOf(options: WorldOptions): Uint8Array {
  return new TextEncoder().encode(options.seed);
}

/** Newcomers get resumption PSKs of epochs they were not in from elsewhere. */
export function fuzzEnvironment(
  seed: string,
  resumptions: ReadonlyMap<bigint, Uint8Array>,
): Environment {
  return withPsks(environment(seed), resumptions);
}

export function outsiderExtension({ publicKey }: KeyPair): Extension {
  return externalSendersExtension([{ signatureKey: publicKey, credential: named('outsider') }]);
}
