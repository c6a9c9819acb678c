import assert from 'node:assert/strict';
import {
  decodeMessage,
  type Environment,
  epochAuthenticatorOf,
  type GroupState,
  joinGroup,
  mergeCommit,
  receive,
  unsafeAcceptAllCredentials,
} from '../src/index.ts';
import { createNodeProvider } from '../src/providers/node.ts';
import { seededRandom } from './members.ts';
import { hex, suiteTest, unhex } from './vectors/vectors.ts';

interface PassiveClient {
  readonly cipher_suite: number;
  readonly external_psks: readonly { readonly psk_id: string; readonly psk: string }[];
  readonly key_package: string;
  readonly signature_priv: string;
  readonly encryption_priv: string;
  readonly init_priv: string;
  readonly welcome: string;
  readonly ratchet_tree: string | null;
  readonly initial_epoch_authenticator: string;
  readonly epochs: readonly {
    readonly proposals: readonly string[];
    readonly commit: string;
    readonly epoch_authenticator: string;
  }[];
}

for (const file of [
  'passive-client-welcome',
  'passive-client-handling-commit',
  'passive-client-random',
]) {
  suiteTest<PassiveClient>(file, async (vector) => {
    const env = environmentOf(vector);
    let state = await join(env, vector);
    assert.equal(hex(epochAuthenticatorOf(state)), vector.initial_epoch_authenticator);
    for (const epoch of vector.epochs) {
      for (const proposal of epoch.proposals) {
        const heard = await receive(env, state, decodeMessage(unhex(proposal)));
        assert.equal(heard.kind, 'proposal');
        state = heard.state;
      }
      const received = await receive(env, state, decodeMessage(unhex(epoch.commit)));
      assert.ok(received.kind === 'commit');
      const merged = mergeCommit(env, received.state, received.commit);
      merged.retired.erase();
      state = merged.state;
      assert.equal(hex(epochAuthenticatorOf(state)), epoch.epoch_authenticator);
    }
  });
}

function environmentOf(vector: PassiveClient): Environment {
  const psks = new Map(vector.external_psks.map(({ psk_id, psk }) => [psk_id, unhex(psk)]));
  return {
    provider: createNodeProvider(),
    random: seededRandom('passive'),
    nowSeconds: 1_700_000_000n,
    authentication: unsafeAcceptAllCredentials,
    psks: { find: (psk) => (psk.kind === 'external' ? psks.get(hex(psk.id)) : undefined) },
    limits: { maxPastEpochs: 1000, maxLifetimeSeconds: Number.POSITIVE_INFINITY },
  };
}

async function join(env: Environment, vector: PassiveClient): Promise<GroupState> {
  const offered = decodeMessage(unhex(vector.key_package));
  const received = decodeMessage(unhex(vector.welcome));
  assert.ok(offered.kind === 'key_package' && received.kind === 'welcome');
  const { keyPackage } = offered;
  const { initKey, leafNode } = keyPackage;
  const { state } = await joinGroup(env, {
    welcome: received.welcome,
    claim: () => true,
    keyPackage,
    secrets: {
      initKey: { publicKey: initKey, privateKey: unhex(vector.init_priv) },
      leafKey: { publicKey: leafNode.encryptionKey, privateKey: unhex(vector.encryption_priv) },
      signaturePrivateKey: unhex(vector.signature_priv),
    },
    ...(vector.ratchet_tree === null ? {} : { ratchetTree: unhex(vector.ratchet_tree) }),
  });
  return state;
}
