import type { KeyPair } from '../../src/crypto-provider.ts';
import {
  decodeMessage,
  type Environment,
  type Extension,
  type GroupState,
  isPendingCommit,
  type KeyPackageRequest,
  mergeCommit,
  type ProposalRequest,
  type PskLookup,
  rebase,
  receive,
  type StagedCommit,
} from '../../src/index.ts';
import { Client } from '../members.ts';
import type { KeyName } from './tree-model.ts';

export const customExtension = 0xff01;
export const customProposal = 0xff10;

export interface Delivery {
  readonly kind: 'commit' | 'proposal';
  readonly message: Uint8Array;
}

export interface Letter {
  readonly epoch: bigint;
  readonly message: Uint8Array;
  readonly text: string;
  readonly author: string;
  readonly authorLeaf: number;
}

/** A copy of what somebody could use in an attack: taken before the engine erases it. */
export interface Loot {
  readonly keys: Map<KeyName, KeyPair>;
  readonly initSecrets: Map<bigint, Uint8Array>;
}

export function keyName(publicKey: Uint8Array): KeyName {
  return Buffer.from(publicKey).toString('hex').slice(0, 24);
}

/** One device of the fuzz: its client, its inbox, and everything it ever held. */
export class Actor extends Client {
  readonly loot: Loot = { keys: new Map(), initSecrets: new Map() };
  inbox: Delivery[] = [];
  letters: Letter[] = [];
  /** Work that lost a race, to be committed again. */
  redo: ProposalRequest[] = [];
  readonly readTexts = new Set<string>();
  joinedEpoch = 0n;
  removedEpoch: bigint | undefined;

  override async identity(): Promise<KeyPackageRequest> {
    return {
      ...(await super.identity()),
      capabilities: { extensions: [customExtension], proposals: [customProposal] },
    };
  }

  get epoch(): bigint {
    return this.state.epoch.context.epoch;
  }

  get isActive(): boolean {
    return this.state.status.kind === 'active';
  }

  /** Takes a state as ours, and what it holds as loot. */
  become(state: GroupState): void {
    this.state = state;
    this.plunder();
  }

  plunder(): void {
    const { epoch, ownUpdates, pendingCommit } = this.state;
    const { own, secrets, context } = epoch;
    const pairs = [own.leafKey, ...own.pathKeys.values(), ...ownUpdates.map((one) => one.leafKey)];
    if (pendingCommit !== undefined) {
      pairs.push(pendingCommit.next.own.leafKey, ...pendingCommit.next.own.pathKeys.values());
    }
    for (const pair of pairs) if (pair.privateKey.length > 0) this.keep(pair);
    if (secrets.init.length > 0 && !this.loot.initSecrets.has(context.epoch)) {
      this.loot.initSecrets.set(context.epoch, secrets.init.slice());
    }
  }

  keep({ publicKey, privateKey }: KeyPair): void {
    const name = keyName(publicKey);
    if (this.loot.keys.has(name)) return;
    this.loot.keys.set(name, { publicKey: publicKey.slice(), privateKey: privateKey.slice() });
  }

  /** Handles one delivery; answers with the commit that was staged, if one was. */
  async handle(delivery: Delivery): Promise<StagedCommit | undefined> {
    if (isPendingCommit(this.state, delivery.message)) {
      this.accept();
      this.plunder();
      return undefined;
    }
    const before = this.state;
    const received = await receive(this.env, this.state, decodeMessage(delivery.message));
    this.become(received.state);
    received.retired.erase();
    if (received.kind !== 'commit') return undefined;
    const merged = mergeCommit(this.env, this.state, received.commit);
    this.become(merged.state);
    if (merged.superseded.length > 0 && this.isActive) {
      this.redo.push(...rebase(merged.superseded, before, merged.state));
    }
    merged.retired.erase();
    if (!this.isActive) this.removedEpoch = received.commit.effects.epoch;
    return received.commit;
  }
}

export function customGroupExtension(data: Uint8Array): Extension {
  return { type: customExtension, data };
}

/** What an external PSK of this id is, to everybody. */
export function externalPsk(id: Uint8Array): Uint8Array {
  return new Uint8Array(32).fill(id[0] ?? 0);
}

export function withPsks(
  env: Environment,
  resumptions: ReadonlyMap<bigint, Uint8Array>,
): Environment {
  const find = (reference: PskLookup) =>
    reference.kind === 'external' ? externalPsk(reference.id) : resumptions.get(reference.epoch);
  return { ...env, psks: { find } };
}
