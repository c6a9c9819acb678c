import { encode } from '../../src/codec/writer.ts';
import {
  type CommitRequest,
  type CreatedKeyPackage,
  credentialType,
  decodeMessage,
  encodeMessage,
  exportGroupInfo,
  exportSecret,
  joinExternally,
  joinGroup,
  membersOf,
  type ProposalRequest,
  propose,
  proposeUpdate,
} from '../../src/index.ts';
import { encodeKeyPackage } from '../../src/key-package/key-package.ts';
import { Client, environment } from '../members.ts';
import { clientIdentity, OpenMlsClient, type SentCommit } from './openmls-client.ts';

/** Real time, as the peer reads its own clock. */
const nowSeconds = BigInt(Math.floor(Date.now() / 1000));

/** A client of either implementation in one group, spoken to in bytes. */
export interface Peer {
  readonly number: number;
  readonly kind: 'ours' | 'openmls';
  createGroup(): Promise<void>;
  /** A bare KeyPackage. */
  keyPackage(): Promise<Uint8Array>;
  add(keyPackages: readonly Uint8Array[]): Promise<SentCommit>;
  remove(numbers: readonly number[]): Promise<SentCommit>;
  update(): Promise<SentCommit>;
  commitProposals(): Promise<SentCommit>;
  /** Makes a commit that the delivery service refuses. */
  loseRace(): Promise<void>;
  join(welcome: Uint8Array): Promise<void>;
  joinExternally(groupInfo: Uint8Array): Promise<SentCommit>;
  say(data: Uint8Array): Promise<Uint8Array>;
  /** The data of an application message. */
  hear(message: Uint8Array): Promise<Uint8Array>;
  /** A commit or proposal; false when it removed us. */
  handle(message: Uint8Array): Promise<boolean>;
  epoch(): Promise<bigint>;
  secret(): Promise<Uint8Array>;
  members(): Promise<string[]>;
}

export class TheirPeer implements Peer {
  readonly kind = 'openmls';
  readonly number: number;
  readonly #client: OpenMlsClient;

  private constructor(number: number, client: OpenMlsClient) {
    this.number = number;
    this.#client = client;
  }

  static async create(number: number, groupId: Uint8Array, suiteId: number): Promise<TheirPeer> {
    return new TheirPeer(number, await OpenMlsClient.create(number, groupId, suiteId));
  }

  createGroup(): Promise<void> {
    return this.#client.createGroup();
  }

  keyPackage(): Promise<Uint8Array> {
    return this.#client.keyPackage();
  }

  add(keyPackages: readonly Uint8Array[]): Promise<SentCommit> {
    return this.#client.add(keyPackages);
  }

  remove(numbers: readonly number[]): Promise<SentCommit> {
    return this.#client.remove(numbers);
  }

  update(): Promise<SentCommit> {
    return this.#client.update();
  }

  commitProposals(): Promise<SentCommit> {
    return this.#client.commitProposals();
  }

  loseRace(): Promise<void> {
    return this.#client.loseRace();
  }

  join(welcome: Uint8Array): Promise<void> {
    return this.#client.join(welcome);
  }

  joinExternally(groupInfo: Uint8Array): Promise<SentCommit> {
    return this.#client.joinExternally(groupInfo);
  }

  say(data: Uint8Array): Promise<Uint8Array> {
    return this.#client.encrypt(data);
  }

  async hear(message: Uint8Array): Promise<Uint8Array> {
    const received = await this.#client.receive(message);
    if (received.kind !== 'text') throw new Error(`Heard a ${received.kind}`);
    return received.plaintext;
  }

  async handle(message: Uint8Array): Promise<boolean> {
    const received = await this.#client.receive(message);
    if (received.kind === 'text') throw new Error('Heard a text');
    return received.kind === 'proposal' || received.active;
  }

  epoch(): Promise<bigint> {
    return this.#client.epoch();
  }

  secret(): Promise<Uint8Array> {
    return this.#client.exportSecret(32);
  }

  members(): Promise<string[]> {
    return this.#client.members();
  }
}

export class OurPeer implements Peer {
  readonly kind = 'ours';
  readonly number: number;
  readonly #client: Client;
  readonly #groupId: Uint8Array;
  readonly #invitations: CreatedKeyPackage[] = [];

  constructor(number: number, groupId: Uint8Array, suiteId: number) {
    this.number = number;
    this.#groupId = groupId;
    const env = environment(`peer ${number}`, { nowSeconds });
    this.#client = new Client(clientIdentity(number), env, suiteId);
  }

  async createGroup(): Promise<void> {
    await this.#client.found({ groupId: this.#groupId, ...leafOptions() });
  }

  async keyPackage(): Promise<Uint8Array> {
    const made = await this.#client.keyPackage(leafOptions());
    this.#invitations.push(made);
    return encode(encodeKeyPackage, made.keyPackage);
  }

  add(keyPackages: readonly Uint8Array[]): Promise<SentCommit> {
    const proposals = keyPackages.map((bytes): ProposalRequest => {
      const received = decodeMessage(Uint8Array.of(0, 1, 0, 5, ...bytes));
      if (received.kind !== 'key_package') throw new Error('Not a key package');
      return { kind: 'add', keyPackage: received.keyPackage };
    });
    return this.#commit({ proposals });
  }

  remove(numbers: readonly number[]): Promise<SentCommit> {
    const proposals = numbers.map(
      (number): ProposalRequest => ({ kind: 'remove', removed: this.#leafOf(number) }),
    );
    return this.#commit({ proposals });
  }

  update(): Promise<SentCommit> {
    return this.#commit({});
  }

  commitProposals(): Promise<SentCommit> {
    return this.#commit({});
  }

  async loseRace(): Promise<void> {
    await this.#client.commit();
  }

  /** By reference, for whoever commits next. */
  async proposeRemoval(number: number): Promise<Uint8Array> {
    const request: ProposalRequest = { kind: 'remove', removed: this.#leafOf(number) };
    return this.#client.stored(await propose(this.#client.env, this.#client.state, request));
  }

  async proposeUpdate(): Promise<Uint8Array> {
    return this.#client.stored(await proposeUpdate(this.#client.env, this.#client.state));
  }

  async join(welcome: Uint8Array): Promise<void> {
    const received = decodeMessage(welcome);
    if (received.kind !== 'welcome') throw new Error('Not a welcome');
    for (const { keyPackage, secrets, reference } of this.#invitations) {
      const isOurs = received.welcome.secrets.some(
        ({ newMember }) => Buffer.compare(newMember, reference) === 0,
      );
      if (!isOurs) continue;
      const claim = () => true;
      const request = { welcome: received.welcome, keyPackage, secrets, claim };
      this.#client.state = (await joinGroup(this.#client.env, request)).state;
      return;
    }
    throw new Error('The welcome is for none of our key packages');
  }

  async joinExternally(groupInfo: Uint8Array): Promise<SentCommit> {
    const received = decodeMessage(groupInfo);
    if (received.kind !== 'group_info') throw new Error('Not a group info');
    const identity = await this.#client.identity();
    const request = { ...identity, ...leafOptions(), groupInfo: received.groupInfo };
    const commit = this.#client.stored(await joinExternally(this.#client.env, request));
    return { commit, welcome: undefined, groupInfo: await this.#groupInfo() };
  }

  async say(data: Uint8Array): Promise<Uint8Array> {
    return this.#client.say(new TextDecoder().decode(data));
  }

  async hear(message: Uint8Array): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#client.hear(message));
  }

  async handle(message: Uint8Array): Promise<boolean> {
    await this.#client.hear(message);
    return this.#client.state.status.kind === 'active';
  }

  async epoch(): Promise<bigint> {
    return this.#client.state.epoch.context.epoch;
  }

  async secret(): Promise<Uint8Array> {
    const request = { label: 'exporter', context: new Uint8Array(0), length: 32 };
    return exportSecret(this.#client.env, this.#client.state, request);
  }

  async members(): Promise<string[]> {
    return membersOf(this.#client.state)
      .map(({ leaf }) => new TextDecoder().decode(leaf.credential.data))
      .sort();
  }

  async #commit(request: CommitRequest): Promise<SentCommit> {
    const output = await this.#client.commit(request);
    this.#client.accept();
    const { welcome } = output;
    return {
      commit: output.message,
      welcome: welcome && encodeMessage({ kind: 'welcome', welcome }),
      groupInfo: await this.#groupInfo(),
    };
  }

  #groupInfo(): Promise<Uint8Array> {
    const { env, state } = this.#client;
    return exportGroupInfo(env, state, { allowExternalCommits: true });
  }

  #leafOf(number: number): number {
    const identity = clientIdentity(number);
    for (const { index, leaf } of membersOf(this.#client.state)) {
      if (new TextDecoder().decode(leaf.credential.data) === identity) return index;
    }
    throw new Error(`${identity} is not a member`);
  }
}

/** Groups of the peer require support of X.509 credentials. */
function leafOptions() {
  return {
    lifetime: { notBefore: nowSeconds - 3600n, notAfter: nowSeconds + 24n * 3600n },
    capabilities: { credentials: [credentialType.basic, credentialType.x509] },
  };
}
