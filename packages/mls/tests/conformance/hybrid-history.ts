import {
  acceptPendingCommit,
  basicCredential,
  type CryptoProvider,
  createCommit,
  createGroup,
  createKeyPackage,
  decodeMessage,
  type Environment,
  encodeMessage,
  encryptApplication,
  epochAuthenticatorOf,
  exportSecret,
  type GroupState,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
  joinGroup,
  mergeCommit,
  type PendingSend,
  receive,
  unsafeAcceptAllCredentials,
  unsafeWithoutStoring,
} from '../../src/index.ts';
import { hex } from './case.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Digests of what a short history in the hybrid suite sends and reaches, all of it following from
 * seeds. No published vectors cover the suite yet: these pin ours, in Node and in browsers.
 */
export const frozenHistory: Readonly<Record<string, string>> = {
  'key package': 'ddf4812b60c87f57cb2e0da61fcaedde',
  'commit with addition': 'e7dcbe3efba3f663af6d89cb305d9f34',
  welcome: '99f5910ff1eb5c9990126ac1aa2f856f',
  'commit with path': 'd0ccbd0cd6f8de8ccf7349127e5a7f31',
  'application message': 'cdedbe816344d71e03ddad9508624a2e',
  'what was heard': '526d5900576f685fdb0a93158d881623',
  authenticator: 'd40c48f839110db3e98f4ca9f7479112',
  exported: '0dca625a56a8789cfc21ffd01bca29b0',
};

const now = 1_800_000_000n;
const words = Uint8Array.from('the same everywhere', (character) => character.charCodeAt(0));

function environmentOf(name: string, provider: CryptoProvider): Environment {
  const random = seededRandom(`hybrid history of ${name}`);
  return { provider, random, nowSeconds: now, authentication: unsafeAcceptAllCredentials };
}

async function identityOf(name: string, env: Environment) {
  return {
    cipherSuite: hybrid,
    credential: basicCredential(Uint8Array.of(name.length)),
    signatureKey: await env.provider.suite(hybrid).generateSignatureKeyPair(env.random),
    lifetime: { notBefore: now - 3600n, notAfter: now + 3600n },
    grease: false,
  };
}

function release<T>(send: PendingSend<T>): T {
  return send.release(unsafeWithoutStoring(send.state));
}

async function merged(env: Environment, state: GroupState, message: Uint8Array) {
  const received = await receive(env, state, decodeMessage(message));
  if (received.kind !== 'commit') throw new Error('Not a commit');
  return mergeCommit(env, received.state, received.commit).state;
}

export async function hybridHistory(provider: CryptoProvider): Promise<Record<string, string>> {
  const [alices, bobs] = [environmentOf('alice', provider), environmentOf('bobby', provider)];
  const groupId = Uint8Array.of(1, 2, 3);
  let alice = await createGroup(alices, { ...(await identityOf('alice', alices)), groupId });
  const invitation = await createKeyPackage(bobs, await identityOf('bobby', bobs));
  const { keyPackage, secrets } = invitation;
  const adding = await createCommit(alices, alice, { proposals: [{ kind: 'add', keyPackage }] });
  const { message: addition, welcome } = release(adding);
  if (welcome === undefined) throw new Error('No welcome');
  alice = acceptPendingCommit(alices, adding.state).state;
  let bob = (await joinGroup(bobs, { welcome, keyPackage, secrets, claim: () => true })).state;
  const updating = await createCommit(bobs, bob);
  const { message: update } = release(updating);
  bob = acceptPendingCommit(bobs, updating.state).state;
  alice = await merged(alices, alice, update);
  const spoken = release(await encryptApplication(alices, alice, { data: words }));
  const heard = await receive(bobs, bob, decodeMessage(spoken));
  const exporting = { label: 'history', context: groupId, length: 32 };
  const values = {
    'key package': invitation.message,
    'commit with addition': addition,
    welcome: encodeMessage({ kind: 'welcome', welcome }),
    'commit with path': update,
    'application message': spoken,
    'what was heard': heard.kind === 'application' ? heard.data : groupId,
    authenticator: epochAuthenticatorOf(alice),
    exported: exportSecret(bobs, bob, exporting),
  };
  const suite = provider.suite(hybrid);
  const digest = (bytes: Uint8Array) => hex(suite.hash(bytes)).slice(0, 32);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digest(value)]));
}
