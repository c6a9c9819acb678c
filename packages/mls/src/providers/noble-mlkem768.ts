import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import type { MlKem768 } from './platform.ts';

/** Portable ML-KEM-768; also for platforms that lack a native one, and for replayable runs. */
export const nobleMlKem768: MlKem768 = {
  publicKey: (seed) => ml_kem768.keygen(seed).publicKey,
  encapsulate(publicKey, random) {
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, random.bytes(32));
    return { ciphertext: cipherText, shared: sharedSecret };
  },
  decapsulate(seed, ciphertext) {
    const { secretKey } = ml_kem768.keygen(seed);
    const shared = ml_kem768.decapsulate(ciphertext, secretKey);
    secretKey.fill(0);
    return shared;
  },
};
