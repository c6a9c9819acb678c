import {
  type CreatedKeyPackage,
  createCommit,
  createGroup,
  decodeMessage,
  type Environment,
  encryptApplication,
  type GroupState,
  joinGroup,
  mergeCommit,
  type ProposalRequest,
  ratchetTreeOf,
  receive,
  snapshotState,
  splitWelcome,
  unsafeWithoutStoring,
} from '../../packages/mls/src/index.ts';
import { type Medians, type Meter, repeat, Samples } from './measure.ts';
import { keyPackageOf, warmGroup } from './warm-group.ts';

export interface OursOptions {
  readonly env: Environment;
  readonly cipherSuite: number;
  readonly members: number;
  readonly rounds: number;
  readonly meter?: Meter;
}

export interface Measured {
  readonly medians: Medians;
  readonly stateBytes: number;
  readonly batchAddPeakMb: number;
}

/** The operations of one suite at one size, warm tree, credential checks apart. */
export async function measureOurs(options: OursOptions): Promise<Measured> {
  const samples = new Samples(options.meter);
  const batchAddPeakMb = await measureBatch(options, samples);
  const stateBytes = await measureWarm(options, samples);
  return { medians: samples.medians(), stateBytes, batchAddPeakMb };
}

async function measureBatch(options: OursOptions, samples: Samples): Promise<number> {
  const { env, cipherSuite, members, rounds } = options;
  const founder = await keyPackageOf(env, cipherSuite, 'founder');
  const { leafNode } = founder.keyPackage;
  const invitations: CreatedKeyPackage[] = [];
  for (let i = 1; i < members; i++) invitations.push(await keyPackageOf(env, cipherSuite, `m${i}`));
  const signatureKey = {
    publicKey: leafNode.signatureKey,
    privateKey: founder.secrets.signaturePrivateKey,
  };
  const lifetime = { notBefore: env.nowSeconds - 1000n, notAfter: env.nowSeconds + 1_000_000n };
  let peakMb = 0;
  await repeat(rounds, async (round) => {
    const state = await createGroup(env, {
      cipherSuite,
      credential: leafNode.credential,
      signatureKey,
      lifetime,
      groupId: new Uint8Array([round]),
    });
    const proposals = invitations.map(({ message }): ProposalRequest => {
      const received = decodeMessage(message);
      if (received.kind !== 'key_package') throw new TypeError('not a key package');
      return { kind: 'add', keyPackage: received.keyPackage };
    });
    const before = options.meter?.residentMb() ?? Number.NaN;
    const send = await samples.time('add all', () =>
      createCommit(env, state, { proposals, groupInfo: { includeTree: false } }),
    );
    const after = options.meter?.residentMb() ?? Number.NaN;
    peakMb = Math.max(peakMb, after - before);
    const next = send.state.pendingCommit?.next;
    const { welcome } = send.release(unsafeWithoutStoring(send.state));
    const [ours] = welcome ? splitWelcome(welcome) : [];
    const [invitation] = invitations;
    if (!next || !ours || !invitation) return;
    const ratchetTree = ratchetTreeOf({ ...send.state, epoch: next });
    const { keyPackage } = invitation;
    const secrets = structuredClone(invitation.secrets);
    await samples.time('join', () =>
      joinGroup(env, { welcome: ours, keyPackage, secrets, ratchetTree, claim: () => true }),
    );
  });
  return Math.round(peakMb);
}

async function measureWarm(options: OursOptions, samples: Samples): Promise<number> {
  const { env, cipherSuite, members, rounds } = options;
  const group = await warmGroup(env, cipherSuite, members);
  let [alice, bob] = [group.stateOf(0), group.stateOf(Math.floor(members / 2) + 1)];
  const commit = async (name: string, proposals: readonly ProposalRequest[]): Promise<void> => {
    const send = await samples.time(`${name}: create`, () =>
      createCommit(env, alice, { proposals, groupInfo: { includeTree: false } }),
    );
    const { message } = send.release(unsafeWithoutStoring(send.state));
    const next = send.state.pendingCommit?.next;
    if (next === undefined) throw new TypeError('no commit is pending');
    bob = await samples.time(`${name}: process`, () => enter(env, bob, message));
    alice = { ...send.state, epoch: next, pendingCommit: undefined };
  };
  await repeat(rounds, () => commit('update', []));
  await repeat(rounds, async (round) => {
    const { keyPackage } = await keyPackageOf(env, cipherSuite, `new ${round}`);
    await commit('add one', [{ kind: 'add', keyPackage }]);
    await commit('after an add', []);
  });
  await repeat(rounds, async (round) => {
    const removed = 3 + round * 7;
    await commit('remove one', [{ kind: 'remove', removed }]);
  });
  await repeat(rounds * 20, async () => {
    const data = new Uint8Array(300);
    const send = await samples.time('message: encrypt', () =>
      encryptApplication(env, alice, { data }),
    );
    alice = send.state;
    const message = send.release(unsafeWithoutStoring(alice));
    bob = await samples.time('message: decrypt', async () => {
      const received = await receive(env, bob, decodeMessage(message));
      return received.state;
    });
  });
  const { head, tree } = snapshotState(env, bob);
  return head.length + tree.bytes.length;
}

/** Takes in a commit. */
export async function enter(
  env: Environment,
  state: GroupState,
  message: Uint8Array,
): Promise<GroupState> {
  const received = await receive(env, state, decodeMessage(message));
  if (received.kind !== 'commit') throw new TypeError('not a commit');
  return mergeCommit(env, state, received.commit).state;
}
