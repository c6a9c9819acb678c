import { MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519, mlsEngine } from '../src/index.ts';
import { createNobleProvider } from '../src/providers/noble.ts';
import { createWebProvider } from '../src/providers/web.ts';
import { mlsEngineContract } from './engine-contract.ts';
import { environment, suite1 } from './members.ts';

const hybrid = MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519;

for (const [name, cipherSuite, provider] of [
  ['node, suite 1', suite1, undefined],
  ['node, hybrid', hybrid, undefined],
  ['noble, suite 1', suite1, createNobleProvider],
  ['web, hybrid', hybrid, () => createWebProvider(crypto.subtle)],
] as const) {
  mlsEngineContract(name, async () => {
    const env = environment(name, provider && { provider: await provider() });
    const newSignatureKey = async () =>
      env.provider.suite(cipherSuite).generateSignatureKeyPair(env.random);
    return { engine: mlsEngine(env), cipherSuite, newSignatureKey };
  });
}
