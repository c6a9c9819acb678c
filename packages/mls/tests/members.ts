import { createHash } from 'node:crypto';
import {
  acceptPendingCommit,
  basicCredential,
  type CommitOutput,
  type CommitRequest,
  type CreatedKeyPackage,
  createCommit,
  createGroup,
  createKeyPackage,
  decodeMessage,
  type Environment,
  encryptApplication,
  type GroupRequest,
  type GroupState,
  joinGroup,
  type KeyPackageRequest,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  mergeCommit,
  type PendingSend,
  RandomSource,
  type ReceivedApplication,
  ratchetTreeOf,
  receive,
  restoreState,
  type StoredTree,
  snapshotState,
  unsafeAcceptAllCredentials,
} from '../src/index.ts';
import { createNodeProvider } from '../src/providers/node.ts';

export const now = 1_800_000_000n;
export const suite1 = MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519;

/** Bytes that follow from a seed: SHA-256 in counter mode. */
export function seededRandom(seed: string): RandomSource {
  let counter = 0;
  return new RandomSource((length) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 32) {
      blocks.push(createHash('sha256').update(`${seed}/${counter++}`).digest());
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  });
}

export function environment(seed: string, changes: Partial<Environment> = {}): Environment {
  return {
    provider: createNodeProvider(),
    random: seededRandom(seed),
    nowSeconds: now,
    authentication: unsafeAcceptAllCredentials,
    ...changes,
  };
}

export function named(name: string) {
  return basicCredential(new TextEncoder().encode(name));
}

/** One client of the tests: its keys, and its state in one group. */
export class Client {
  readonly name: string;
  readonly env: Environment;
  readonly cipherSuite: number;
  state!: GroupState;
  #tree: StoredTree | undefined;

  constructor(name: string, env: Environment, cipherSuite: number = suite1) {
    this.name = name;
    this.env = env;
    this.cipherSuite = cipherSuite;
  }

  async identity(): Promise<KeyPackageRequest> {
    const crypto = this.env.provider.suite(this.cipherSuite);
    return {
      cipherSuite: this.cipherSuite,
      credential: named(this.name),
      signatureKey: await crypto.generateSignatureKeyPair(this.env.random),
      lifetime: { notBefore: now - 3600n, notAfter: now + 3600n },
    };
  }

  async found(request: Partial<GroupRequest> = {}): Promise<this> {
    const groupId = new TextEncoder().encode('group');
    this.state = await createGroup(this.env, { ...(await this.identity()), groupId, ...request });
    return this;
  }

  async keyPackage(request: Partial<KeyPackageRequest> = {}): Promise<CreatedKeyPackage> {
    return createKeyPackage(this.env, { ...(await this.identity()), ...request });
  }

  /** Takes the new state as stored and returns what is to be sent. */
  stored<T>(send: PendingSend<T>): T {
    const snapshot = snapshotState(this.env, send.state, this.#tree);
    this.#tree = snapshot.tree;
    this.state = send.state;
    return send.release(snapshot.confirmStored());
  }

  /** As after a restart: goes on with what was stored. */
  restart(): void {
    const { head, tree } = snapshotState(this.env, this.state, this.#tree);
    const restored = restoreState(this.env, { head, treeBytes: tree.bytes });
    this.state = restored.state;
    this.#tree = restored.tree;
  }

  async commit(request: CommitRequest = {}): Promise<CommitOutput> {
    return this.stored(await createCommit(this.env, this.state, request));
  }

  accept(): void {
    const merged = acceptPendingCommit(this.env, this.state);
    this.state = merged.state;
    merged.retired.erase();
  }

  async say(text: string): Promise<Uint8Array> {
    const data = new TextEncoder().encode(text);
    return this.stored(await encryptApplication(this.env, this.state, { data }));
  }

  /** Takes in a message; a commit is merged at once. */
  async hear(message: Uint8Array): Promise<string> {
    const received = await receive(this.env, this.state, decodeMessage(message));
    received.retired.erase();
    this.state = received.state;
    if (received.kind === 'application') return textOf(received);
    if (received.kind === 'commit') {
      const merged = mergeCommit(this.env, this.state, received.commit);
      this.state = merged.state;
      merged.retired.erase();
    }
    return received.kind;
  }

  async join(by: CommitOutput, invitation: CreatedKeyPackage, inviter?: Client): Promise<this> {
    if (by.welcome === undefined) throw new Error('no welcome');
    const { state } = await joinGroup(this.env, {
      welcome: by.welcome,
      keyPackage: invitation.keyPackage,
      secrets: invitation.secrets,
      claim: () => true,
      ...(inviter ? { ratchetTree: ratchetTreeOf(inviter.state) } : {}),
    });
    this.state = state;
    return this;
  }
}

export function textOf(received: ReceivedApplication): string {
  return new TextDecoder().decode(received.data);
}

export function authenticators(clients: readonly Client[]): Set<string> {
  return new Set(
    clients.map(({ state }) => Buffer.from(state.epoch.secrets.authenticator).toString('hex')),
  );
}

/** A group of clients that all joined by one commit of the first. */
export async function groupOf(
  names: readonly string[],
  options: {
    cipherSuite?: number;
    founding?: Partial<GroupRequest>;
    env?: Partial<Environment>;
  } = {},
): Promise<Client[]> {
  const clients = names.map(
    (name) => new Client(name, environment(name, options.env), options.cipherSuite),
  );
  const [founder, ...others] = clients;
  if (founder === undefined) throw new Error('a group needs a founder');
  await founder.found(options.founding);
  if (others.length === 0) return clients;
  const invitations = await Promise.all(others.map((client) => client.keyPackage()));
  const output = await founder.commit({
    proposals: invitations.map(({ keyPackage }) => ({ kind: 'add', keyPackage })),
  });
  founder.accept();
  for (const [position, client] of others.entries()) {
    const invitation = invitations[position];
    if (invitation !== undefined) await client.join(output, invitation);
  }
  return clients;
}
