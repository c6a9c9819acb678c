import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import {
  type CryptoProvider,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
  type SuiteCrypto,
} from '../packages/mls/src/crypto-provider.ts';
import { createNobleProvider } from '../packages/mls/src/providers/noble.ts';
import { createNodeProvider } from '../packages/mls/src/providers/node.ts';
import { createWebProvider } from '../packages/mls/src/providers/web.ts';
import { RandomSource } from '../packages/mls/src/random-source.ts';

/**
 * Cost of each primitive by provider, in microseconds (median of batches).
 * `node bench/mls-primitives.ts [--json]`
 */

type Operation = () => unknown;

const batches = 15;
const batchMs = 12;

/** Batches of about 12 ms each, so that a timer's grain and one collection do not matter. */
async function medianUs(operation: Operation): Promise<number> {
  const size = await batchSize(operation);
  const costs: number[] = [];
  for (let batch = 0; batch < batches; batch++) costs.push((await timeMs(operation, size)) / size);
  costs.sort((left, right) => left - right);
  return (costs[Math.floor(batches / 2)] ?? Number.NaN) * 1000;
}

async function batchSize(operation: Operation): Promise<number> {
  for (let size = 1; ; size *= 2) {
    const elapsed = await timeMs(operation, size);
    if (elapsed >= batchMs) return size;
  }
}

async function timeMs(operation: Operation, times: number): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < times; at++) {
    const result = operation();
    // An await costs a microtask: only asynchronous platforms pay for it.
    if (result instanceof Promise) await result;
  }
  return performance.now() - start;
}

async function operationsOf(suite: SuiteCrypto): Promise<Record<string, Operation>> {
  const random = new RandomSource((length) => new Uint8Array(randomBytes(length)));
  const data = random.bytes(300);
  const secret = random.bytes(suite.suite.hashLength);
  const key = random.bytes(suite.suite.aeadKeyLength);
  const nonce = random.bytes(suite.suite.aeadNonceLength);
  const ciphertext = await suite.aeadSeal({ key, nonce, aad: secret, plaintext: data });
  const signing = await suite.generateSignatureKeyPair(random);
  const signature = await suite.sign(signing.privateKey, data);
  const verifying = { publicKey: signing.publicKey, message: data, signature };
  const keyPair = await suite.generateKemKeyPair(random);
  const sealing = { publicKey: keyPair.publicKey, info: secret, aad: nonce, plaintext: secret };
  const sealed = await suite.sealBase(sealing, random);
  const opening = { ...sealed, keyPair, info: secret, aad: nonce };
  const many = Array.from({ length: 64 }, () => verifying);
  return {
    'hash 300 B': () => suite.hash(data),
    'HMAC 300 B': () => suite.hmac(secret, data),
    'HKDF-Expand one block': () => suite.hkdfExpand(secret, nonce, 32),
    'AEAD seal 300 B': () => suite.aeadSeal({ key, nonce, aad: secret, plaintext: data }),
    'AEAD open 300 B': () => suite.aeadOpen({ key, nonce, aad: secret, ciphertext }),
    sign: () => suite.sign(signing.privateKey, data),
    verify: () => suite.verify(verifying),
    'verify, 64 at once': () => suite.verifyMany(many),
    'HPKE derive key pair': () => suite.deriveKeyPair(secret),
    'HPKE seal': () => suite.sealBase(sealing, random),
    'HPKE open': () => suite.openBase(opening),
  };
}

const suites = [
  ['X25519', MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519],
  ['hybrid', MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519],
] as const;

async function measure(providers: readonly CryptoProvider[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [label, id] of suites) {
    const columns = await Promise.all(
      providers.map((provider) => operationsOf(provider.suite(id))),
    );
    for (const name of Object.keys(columns[0] ?? {})) {
      const us: Record<string, number> = {};
      for (const [index, provider] of providers.entries()) {
        const operation = columns[index]?.[name];
        if (operation === undefined) continue;
        us[provider.name] = (await medianUs(operation)) / (name.includes('64') ? 64 : 1);
      }
      rows.push({ suite: label, operation: name, us });
    }
  }
  return rows;
}

interface Row {
  readonly suite: string;
  readonly operation: string;
  readonly us: Record<string, number>;
}

function printTable(rows: readonly Row[], names: readonly string[]): void {
  console.log(`µs a call, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`);
  console.log(
    `| suite | operation | ${names.join(' | ')} |\n|---|---|${names.map(() => '---:|').join('')}`,
  );
  for (const { suite, operation, us } of rows) {
    const cells = names.map((name) => (us[name] ?? Number.NaN).toFixed(1));
    console.log(`| ${suite} | ${operation} | ${cells.join(' | ')} |`);
  }
}

const providers = [
  createNodeProvider(),
  await createWebProvider(crypto.subtle),
  createNobleProvider(),
];
const rows = await measure(providers);
if (process.argv.includes('--json')) console.log(JSON.stringify({ node: process.version, rows }));
else
  printTable(
    rows,
    providers.map((provider) => provider.name),
  );
