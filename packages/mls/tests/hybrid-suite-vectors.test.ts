import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  type CryptoProvider,
  encodeMessage,
  exportSecret,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519 as hybrid,
} from '../src/index.ts';
import { createNobleProvider } from '../src/providers/noble.ts';
import { createNodeProvider } from '../src/providers/node.ts';
import { createWebProvider } from '../src/providers/web.ts';
import { seededRandom } from './conformance/seeded-random.ts';
import { Client, environment } from './members.ts';

/**
 * No published vectors cover the hybrid suite yet: these pin ours. Every byte follows from seeds, so
 * that another provider, or this one in years, must send the same messages and reach the same secrets.
 */
const frozen = {
  'key package': '0dd3ab8a5bcb13fc5d3150b36af6c887',
  'commit with addition': '0ff2567c9d9ec5e209e91c5463149242',
  welcome: 'a5c1d2745163798a11e3932ba1194449',
  'commit with path': '4c923dfdba215a2f3f5b2f78f0b52ff5',
  'application message': 'dcc92904a63292099dd464c6c608dd40',
  authenticator: '6b83f2f287375794355b2d0afc96302b',
  exported: '770c93e8e45ad28ba03b493fc1ba861d',
};

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

function client(name: string, provider: CryptoProvider): Client {
  const random = seededRandom(`hybrid vector ${name}`);
  return new Client(name, environment(name, { provider, random }), hybrid);
}

async function history(provider: CryptoProvider): Promise<Record<string, string>> {
  const [alice, bob] = [client('alice', provider), client('bob', provider)];
  await alice.found();
  const invitation = await bob.keyPackage();
  const proposals = [{ kind: 'add', keyPackage: invitation.keyPackage }] as const;
  const adding = await alice.commit({ proposals });
  alice.accept();
  await bob.join(adding, invitation);
  const update = await bob.commit();
  bob.accept();
  await alice.hear(update.message);
  const words = await alice.say('the same in every provider');
  assert.equal(await bob.hear(words), 'the same in every provider');
  assert.ok(adding.welcome);
  const request = { label: 'vector', context: Uint8Array.of(1), length: 32 };
  const values: Record<keyof typeof frozen, Uint8Array> = {
    'key package': invitation.message,
    'commit with addition': adding.message,
    welcome: encodeMessage({ kind: 'welcome', welcome: adding.welcome }),
    'commit with path': update.message,
    'application message': words,
    authenticator: alice.state.epoch.secrets.authenticator,
    exported: exportSecret(bob.env, bob.state, request),
  };
  return Object.fromEntries(Object.entries(values).map(([name, bytes]) => [name, digest(bytes)]));
}

for (const [name, create] of [
  ['noble', createNobleProvider],
  ['node', createNodeProvider],
  ['web', () => createWebProvider(crypto.subtle)],
] as const) {
  test(`the hybrid suite of ${name} gives the frozen messages and secrets`, async () => {
    assert.deepEqual(await history(await create()), frozen);
  });
}
