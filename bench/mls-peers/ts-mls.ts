import {
  type CiphersuiteImpl,
  type ClientState,
  createApplicationMessage,
  createCommit,
  createGroup,
  decodeMlsMessage,
  defaultCapabilities,
  emptyPskIndex,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type KeyPackage,
  type MLSMessage,
  type PrivateKeyPackage,
  type Proposal,
  processMessage,
} from 'ts-mls';
import {
  decodeMessage,
  type Environment,
  encodeMessage,
  type GroupState,
  createCommit as ourCommit,
  unsafeWithoutStoring,
} from '../../packages/mls/src/index.ts';
import { type Medians, repeat, Samples } from '../mls/measure.ts';
import { enter } from '../mls/ours.ts';
import { type WarmGroup, warmGroup } from '../mls/warm-group.ts';

export interface PeerOptions {
  readonly env: Environment;
  readonly members: number;
  readonly rounds: number;
}

interface Invited {
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
}

/** ts-mls 1.6.4 in X25519: alone for the batch, as members of one of our warm groups for the rest. */
export async function measureTsMls(options: PeerOptions): Promise<Medians> {
  const samples = new Samples();
  const name = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';
  const suite = await getCiphersuiteImpl(getCiphersuiteFromName(name));
  await measureBatch(options, suite, samples);
  await measureWarm(options, suite, samples);
  return samples.medians();
}

async function invite(suite: CiphersuiteImpl, name: string): Promise<Invited> {
  const identity = new TextEncoder().encode(name.padEnd(32, '.'));
  const credential = { credentialType: 'basic', identity } as const;
  const capabilities = { ...defaultCapabilities(), extensions: [], proposals: [] };
  const now = BigInt(Math.floor(Date.now() / 1000));
  const lifetime = { notBefore: now - 3600n, notAfter: now + 1_000_000n };
  return generateKeyPackage(credential, capabilities, lifetime, [], suite);
}

async function measureBatch(
  { members, rounds }: PeerOptions,
  suite: CiphersuiteImpl,
  samples: Samples,
): Promise<void> {
  const founder = await invite(suite, 'founder');
  const others: Invited[] = [];
  for (let i = 1; i < members; i++) others.push(await invite(suite, `m${i}`));
  const [first] = others;
  if (first === undefined) return;
  const proposals = others.map(
    ({ publicPackage }): Proposal => ({
      proposalType: 'add',
      add: { keyPackage: publicPackage },
    }),
  );
  await repeat(Math.min(rounds, 3), async (round) => {
    const { publicPackage, privatePackage } = founder;
    const groupId = new Uint8Array([round]);
    const state = await createGroup(groupId, publicPackage, privatePackage, [], suite);
    const context = { state, cipherSuite: suite };
    const made = await samples.time('add all', () =>
      createCommit(context, { extraProposals: proposals }),
    );
    const { welcome, newState } = made;
    if (welcome === undefined) return;
    await samples.time('join', () =>
      joinGroup(
        welcome,
        first.publicPackage,
        first.privatePackage,
        emptyPskIndex,
        suite,
        newState.ratchetTree,
      ),
    );
  });
}

async function measureWarm(
  { env, members, rounds }: PeerOptions,
  suite: CiphersuiteImpl,
  samples: Samples,
): Promise<void> {
  const group = await warmGroup(env, 1, members);
  let [alice, bob] = await joinWarm(env, group, suite);
  const commit = async (name: string, extraProposals: Proposal[]): Promise<void> => {
    const context = { state: alice, cipherSuite: suite };
    const options = { extraProposals, wireAsPublicMessage: false };
    const made = await samples.time(`${name}: create`, () => createCommit(context, options));
    const bytes = encodeMlsMessage(made.commit);
    bob = await samples.time(`${name}: process`, () => take(bob, bytes, suite));
    alice = made.newState;
  };
  await repeat(rounds, () => commit('update', []));
  await repeat(rounds, async (round) => {
    const { publicPackage } = await invite(suite, `new ${round}`);
    await commit('add one', [{ proposalType: 'add', add: { keyPackage: publicPackage } }]);
    await commit('after an add', []);
  });
  await repeat(rounds, (round) =>
    commit('remove one', [{ proposalType: 'remove', remove: { removed: 5 + round * 7 } }]),
  );
  await repeat(rounds * 20, async () => {
    const made = await samples.time('message: encrypt', () =>
      createApplicationMessage(alice, new Uint8Array(300), suite),
    );
    alice = made.newState;
    const bytes = encodeMlsMessage({
      version: 'mls10',
      wireformat: 'mls_private_message',
      privateMessage: made.privateMessage,
    });
    bob = await samples.time('message: decrypt', () => take(bob, bytes, suite));
  });
}

/**
 * Two ts-mls clients let into one of our groups, each beside the member that commits its addition:
 * elsewhere ts-mls 1.6.4 refuses the unmerged leaves that a valid tree then has.
 */
async function joinWarm(
  env: Environment,
  group: WarmGroup,
  suite: CiphersuiteImpl,
): Promise<[ClientState, ClientState]> {
  const first = await replaceBy(env, { state: group.stateOf(0), leaf: 1, suite });
  const second = await replaceBy(env, {
    state: await enter(env, group.stateOf(2), first.message),
    leaf: 3,
    suite,
  });
  return [await take(first.peer, second.message, suite), second.peer];
}

interface Replacement {
  readonly state: GroupState;
  readonly leaf: number;
  readonly suite: CiphersuiteImpl;
}

async function replaceBy(env: Environment, { state, leaf, suite }: Replacement) {
  const { publicPackage, privatePackage } = await invite(suite, `peer at ${leaf}`);
  const offered: MLSMessage = {
    version: 'mls10',
    wireformat: 'mls_key_package',
    keyPackage: publicPackage,
  };
  const received = decodeMessage(encodeMlsMessage(offered));
  if (received.kind !== 'key_package') throw new TypeError('not a key package');
  const { keyPackage } = received;
  const proposals = [
    { kind: 'remove', removed: leaf },
    { kind: 'add', keyPackage },
  ] as const;
  const send = await ourCommit(env, state, { proposals });
  const { welcome, message } = send.release(unsafeWithoutStoring(send.state));
  if (welcome === undefined) throw new TypeError('no welcome');
  const decoded = decodeMlsMessage(encodeMessage({ kind: 'welcome', welcome }), 0)?.[0];
  if (decoded?.wireformat !== 'mls_welcome') throw new TypeError('not a welcome');
  const peer = await joinGroup(
    decoded.welcome,
    publicPackage,
    privatePackage,
    emptyPskIndex,
    suite,
  );
  return { peer, message };
}

async function take(
  state: ClientState,
  bytes: Uint8Array,
  suite: CiphersuiteImpl,
): Promise<ClientState> {
  const message = decodeMlsMessage(bytes, 0)?.[0];
  if (
    message?.wireformat !== 'mls_public_message' &&
    message?.wireformat !== 'mls_private_message'
  ) {
    throw new TypeError('not a group message');
  }
  const result = await processMessage(message, state, emptyPskIndex, () => 'accept', suite);
  return result.newState;
}
