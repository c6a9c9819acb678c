import { pkcs8Of, spkiOf } from './key-der.ts';
import { nobleMlKem768 } from './noble-mlkem768.ts';
import type { MlKem768 } from './platform.ts';
import { jwkPoint } from './web-jwk.ts';
import type { WebKey, WebSubtle } from './web-subtle.ts';

const algorithm = { name: 'ML-KEM-768' };

/** The platform's ML-KEM-768 where it has a working one, otherwise noble's. */
export async function webMlKem768(subtle: WebSubtle): Promise<MlKem768> {
  const native = nativeMlKem768(subtle);
  if (native === undefined) return nobleMlKem768;
  try {
    const seed = new Uint8Array(64).fill(1);
    const key = await native.publicKey(seed);
    const { ciphertext, shared } = await native.encapsulateNatively(key);
    const opened = await native.decapsulate(seed, ciphertext);
    return opened.every((byte, at) => byte === shared[at]) ? native : nobleMlKem768;
  } catch {
    return nobleMlKem768;
  }
}

interface NativeMlKem768 extends MlKem768 {
  encapsulateNatively(
    publicKey: Uint8Array,
  ): Promise<{ readonly ciphertext: Uint8Array; readonly shared: Uint8Array }>;
}

function nativeMlKem768(subtle: WebSubtle): NativeMlKem768 | undefined {
  const { encapsulateBits, decapsulateBits } = subtle;
  if (encapsulateBits === undefined || decapsulateBits === undefined) return undefined;
  const importSeed = (seed: Uint8Array, extractable: boolean): Promise<WebKey> =>
    subtle.importKey('pkcs8', pkcs8Of('mlKem768', seed), algorithm, extractable, [
      'decapsulateBits',
    ]);
  const encapsulateNatively: NativeMlKem768['encapsulateNatively'] = async (publicKey) => {
    const der = spkiOf('mlKem768', publicKey);
    const key = await subtle.importKey('spki', der, algorithm, false, ['encapsulateBits']);
    const { ciphertext, sharedKey } = await encapsulateBits.call(subtle, algorithm, key);
    return { ciphertext: new Uint8Array(ciphertext), shared: new Uint8Array(sharedKey) };
  };
  return {
    encapsulateNatively,
    async publicKey(seed) {
      return jwkPoint((await subtle.exportKey('jwk', await importSeed(seed, true))).pub);
    },
    encapsulate: (publicKey, random) =>
      random.reproducible
        ? nobleMlKem768.encapsulate(publicKey, random)
        : encapsulateNatively(publicKey),
    async decapsulate(seed, ciphertext) {
      const key = await importSeed(seed, false);
      const data = new Uint8Array(ciphertext);
      return new Uint8Array(await decapsulateBits.call(subtle, algorithm, key, data));
    },
  };
}
