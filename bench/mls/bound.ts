import type { SuiteCrypto } from '../../packages/mls/src/crypto-provider.ts';
import type { RandomSource } from '../../packages/mls/src/random-source.ts';
import type { Meter } from './measure.ts';

/** Processor milliseconds of one call of each primitive, measured in the minute of the bench. */
export interface PrimitiveCosts {
  readonly sign: number;
  readonly verify: number;
  readonly seal: number;
  readonly open: number;
  readonly deriveKeyPair: number;
  readonly aeadSeal: number;
  readonly aeadOpen: number;
}

const calls = 300;

export async function primitiveCosts(
  crypto: SuiteCrypto,
  random: RandomSource,
  meter: Meter,
): Promise<PrimitiveCosts> {
  const costOf = async (run: () => unknown): Promise<number> => {
    for (let call = 0; call < calls / 3; call++) await run();
    const start = meter.cpuMs();
    for (let call = 0; call < calls; call++) await run();
    return (meter.cpuMs() - start) / calls;
  };
  const message = random.bytes(300);
  const signing = await crypto.generateSignatureKeyPair(random);
  const signature = await crypto.sign(signing.privateKey, message);
  const { publicKey } = signing;
  const keyPair = await crypto.generateKemKeyPair(random);
  const sealing = { publicKey: keyPair.publicKey, info: message, aad: message, plaintext: message };
  const sealed = await crypto.sealBase(sealing, random);
  const key = random.bytes(crypto.suite.aeadKeyLength);
  const nonce = random.bytes(crypto.suite.aeadNonceLength);
  const ciphertext = await crypto.aeadSeal({ key, nonce, aad: nonce, plaintext: message });
  return {
    sign: await costOf(() => crypto.sign(signing.privateKey, message)),
    verify: await costOf(() => crypto.verify({ publicKey, message, signature })),
    seal: await costOf(() => crypto.sealBase(sealing, random)),
    open: await costOf(() => crypto.openBase({ ...sealed, keyPair, info: message, aad: message })),
    deriveKeyPair: await costOf(() => crypto.deriveKeyPair(nonce)),
    aeadSeal: await costOf(() => crypto.aeadSeal({ key, nonce, aad: nonce, plaintext: message })),
    aeadOpen: await costOf(() => crypto.aeadOpen({ key, nonce, aad: nonce, ciphertext })),
  };
}

/**
 * The public-key operations and AEAD calls that the RFC itself asks of each operation in a full
 * tree; hashing, encoding and bookkeeping come on top. A removal is taken to blank a path that
 * meets the committer's only at the root: nearer ones cost less.
 */
export function bounds(members: number, cost: PrimitiveCosts): Record<string, number> {
  const depth = Math.ceil(Math.log2(members));
  const pathCreate = depth * (cost.seal + cost.deriveKeyPair) + 2 * cost.sign;
  const pathProcess = 2 * cost.verify + cost.open + depth * 0.5 * cost.deriveKeyPair;
  return {
    'add all': (members - 1) * (2 * cost.verify + cost.seal),
    join: (members + 1) * cost.verify + cost.open,
    'update: create': pathCreate,
    'update: process': pathProcess,
    'remove one: create': pathCreate + depth * cost.seal,
    'remove one: process': pathProcess,
    'add one: create': 2 * cost.verify + 2 * cost.sign + cost.seal,
    'add one: process': 3 * cost.verify,
    'message: encrypt': cost.sign + 2 * cost.aeadSeal,
    'message: decrypt': cost.verify + 2 * cost.aeadOpen,
  };
}
