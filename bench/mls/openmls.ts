import {
  basicCredential,
  createKeyPackage,
  credentialType,
  type Environment,
} from '../../packages/mls/src/index.ts';
import { clientIdentity, OpenMlsClient } from '../../packages/mls/tests/interop/openmls-client.ts';
import { type Medians, repeat, Samples } from './measure.ts';

const suite = 1;

interface OpenMlsOptions {
  readonly env: Environment;
  readonly members: number;
  readonly rounds: number;
}

/**
 * OpenMLS in WebAssembly as @wireapp/core-crypto ships it: its clients add, join, update and talk;
 * the other members are key packages of ours. Its trees are what its own batch leaves, tree in band.
 */
export async function measureOpenMls(options: OpenMlsOptions): Promise<Medians> {
  const { env, members, rounds } = options;
  const samples = new Samples();
  const groupId = crypto.getRandomValues(new Uint8Array(16));
  const alice = await OpenMlsClient.create(0, groupId, suite);
  const bob = await OpenMlsClient.create(1, groupId, suite);
  const invited = [await bob.keyPackage()];
  for (let number = 2; number < members; number++) invited.push(await keyPackageOf(env, number));
  await alice.createGroup();
  const { welcome } = await samples.time('add all', () => alice.add(invited));
  if (welcome === undefined) throw new TypeError('no welcome');
  await samples.time('join', () => bob.join(welcome));
  await repeat(rounds * 20, async () => {
    const data = new Uint8Array(300);
    const message = await samples.time('message: encrypt', () => alice.encrypt(data));
    await samples.time('message: decrypt', () => bob.receive(message));
  });
  return samples.medians();
}

async function keyPackageOf(env: Environment, number: number): Promise<Uint8Array> {
  const crypto = env.provider.suite(suite);
  const made = await createKeyPackage(env, {
    cipherSuite: suite,
    credential: basicCredential(new TextEncoder().encode(clientIdentity(number))),
    signatureKey: await crypto.generateSignatureKeyPair(env.random),
    lifetime: { notBefore: env.nowSeconds - 1000n, notAfter: env.nowSeconds + 1_000_000n },
    // Groups of the peer require support of X.509 credentials.
    capabilities: { credentials: [credentialType.basic, credentialType.x509] },
  });
  return made.message.subarray(4);
}
