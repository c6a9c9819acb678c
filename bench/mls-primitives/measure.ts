import {
  type CryptoProvider,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519,
  type SuiteCrypto,
} from '../../packages/mls/src/crypto-provider.ts';
import { RandomSource } from '../../packages/mls/src/random-source.ts';

/** Runs in Node and in browsers. */
export interface Row {
  readonly suite: string;
  readonly operation: string;
  /** Microseconds a call by provider. */
  readonly us: Record<string, number>;
}

/** For what comes back from a page. */
export function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.every((row) => typeof row?.us === 'object');
}

type Operation = () => unknown;

const batches = 15;
const batchMs = 12;
const manyAtOnce = 64;

const suites = [
  ['X25519', MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519],
  ['hybrid', MLS_128_MLKEM768X25519_AES256GCM_SHA384_ED25519],
] as const;

export async function measure(providers: readonly CryptoProvider[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [suite, id] of suites) {
    const columns = await Promise.all(
      providers.map(async (provider) => ({
        name: provider.name,
        operations: await operationsOf(provider.suite(id)),
      })),
    );
    for (const operation of Object.keys(columns[0]?.operations ?? {})) {
      const us: Record<string, number> = {};
      for (const { name, operations } of columns) {
        const run = operations[operation];
        const calls = operation.includes('at once') ? manyAtOnce : 1;
        if (run !== undefined) us[name] = (await medianUs(run)) / calls;
      }
      rows.push({ suite, operation, us });
    }
  }
  return rows;
}

/** Median of batches of about 12 ms each, so that a timer's grain and one collection do not count. */
async function medianUs(operation: Operation): Promise<number> {
  const size = await batchSize(operation);
  const costs: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    costs.push((await timeMs(operation, size)) / size);
  }
  costs.sort((left, right) => left - right);
  return (costs[Math.floor(batches / 2)] ?? Number.NaN) * 1000;
}

/** Twice in a row, so that one hiccup of the machine does not pass for the cost. */
async function batchSize(operation: Operation): Promise<number> {
  for (let size = 1; ; size *= 2) {
    const first = await timeMs(operation, size);
    if (first >= batchMs && (await timeMs(operation, size)) >= batchMs) return size;
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
  const random = new RandomSource((length) => crypto.getRandomValues(new Uint8Array(length)));
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
  const many = Array.from({ length: manyAtOnce }, () => verifying);
  const manySeals = Array.from({ length: manyAtOnce }, () => sealing);
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
    'HPKE seal, 64 at once': () => suite.sealBaseMany(manySeals, random),
    'HPKE open': () => suite.openBase(opening),
  };
}
