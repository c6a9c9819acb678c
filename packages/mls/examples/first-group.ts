import { randomBytes } from 'node:crypto';
import {
  acceptPendingCommit,
  basicCredential,
  createCommit,
  createGroup,
  createKeyPackage,
  decodeMessage,
  type Environment,
  encryptApplication,
  type GroupState,
  joinGroup,
  type KeyPackageUse,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
  mergeCommit,
  RandomSource,
  receive,
  type StateSnapshot,
  snapshotState,
  unsafeAcceptAllCredentials,
} from '@heliogram/mls';
import { createNodeProvider } from '@heliogram/mls/provider-node';

// Everything from outside comes in as an argument: no clock, no randomness, no module state.
const environment = (): Environment => ({
  provider: createNodeProvider(),
  random: new RandomSource((length) => new Uint8Array(randomBytes(length))),
  nowSeconds: BigInt(Math.floor(Date.now() / 1000)),
  authentication: unsafeAcceptAllCredentials, // yours decides who may claim which name
});

const alices = environment();
const bobs = environment();
const cipherSuite = MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519;

async function identity(env: Environment, name: string) {
  return {
    cipherSuite,
    credential: basicCredential(new TextEncoder().encode(name)),
    signatureKey: await env.provider.suite(cipherSuite).generateSignatureKeyPair(env.random),
    lifetime: { notBefore: env.nowSeconds - 3600n, notAfter: env.nowSeconds + 7_776_000n },
  };
}

// Bob publishes a key package; Alice founds a group and adds him.
const invitation = await createKeyPackage(bobs, await identity(bobs, 'bob'));
const groupId = new TextEncoder().encode('a group');
let alice = await createGroup(alices, { ...(await identity(alices, 'alice')), groupId });
const { keyPackage } = invitation;
const commit = await createCommit(alices, alice, { proposals: [{ kind: 'add', keyPackage }] });

// What is to be sent comes out only against proof that the new state is stored.
const durable = new Map<string, StateSnapshot>();
function store(name: string, env: Environment, state: GroupState) {
  const snapshot = snapshotState(env, state);
  durable.set(name, snapshot); // a real one waits for its database here
  return snapshot.confirmStored();
}
const { welcome } = commit.release(store('alice', alices, commit.state));

// When the delivery service has accepted the commit, Alice enters the new epoch.
const entered = acceptPendingCommit(alices, commit.state);
alice = entered.state;
store('alice', alices, alice);
entered.retired.erase();

// Bob joins by the welcome.
if (welcome === undefined) throw new Error('a commit that adds has a welcome');
const keyPackages = new Set([Buffer.from(invitation.reference).toString('hex')]);
const { secrets } = invitation;
// In one transaction: the key package goes, Bob's state is stored.
const claim = ({ reference, state }: KeyPackageUse): boolean => {
  if (!keyPackages.delete(Buffer.from(reference).toString('hex'))) return false;
  store('bob', bobs, state);
  return true;
};
let { state: bob } = await joinGroup(bobs, { welcome, keyPackage, secrets, claim });

// A message: each state encrypts once, and the next one goes on.
const data = new TextEncoder().encode('hello');
const message = await encryptApplication(alices, alice, { data });
alice = message.state;
const ciphertext = message.release(store('alice', alices, alice));

const received = await receive(bobs, bob, decodeMessage(ciphertext));
if (received.kind !== 'application') throw new Error('not a message');
bob = received.state;
store('bob', bobs, bob);
received.retired.erase();

// Bob renews his keys; Alice verifies his commit, looks at what it does, and merges it.
const update = await createCommit(bobs, bob);
const { message: bytes } = update.release(store('bob', bobs, update.state));
const staged = await receive(alices, alice, decodeMessage(bytes));
if (staged.kind === 'commit' && !staged.commit.effects.removesUs) {
  alice = mergeCommit(alices, staged.state, staged.commit).state;
}
bob = acceptPendingCommit(bobs, update.state).state;

export const heard = new TextDecoder().decode(received.data);
export const states = { alice, bob };
