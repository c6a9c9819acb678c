import { ascii, emptyBytes } from '../codec/bytes.ts';
import type { ExportedSecret, KeyPair, MaybePromise, SuiteCrypto } from '../crypto-provider.ts';
import type { RandomSource } from '../random-source.ts';

/** The label of RFC 9420 section 8.3; used as it is, without the prefix of other labels. */
const exporterContext = ascii('MLS 1.0 external init secret');

/** A new init secret for a group one is not in. */
export function sendExternalInit(
  crypto: SuiteCrypto,
  externalPub: Uint8Array,
  random: RandomSource,
): MaybePromise<ExportedSecret> {
  const length = crypto.suite.hashLength;
  const input = { publicKey: externalPub, info: emptyBytes, exporterContext, length };
  return crypto.exportBaseSender(input, random);
}

export function receiveExternalInit(
  crypto: SuiteCrypto,
  keyPair: KeyPair,
  kemOutput: Uint8Array,
): MaybePromise<Uint8Array> {
  const length = crypto.suite.hashLength;
  return crypto.exportBaseReceiver({
    keyPair,
    kemOutput,
    info: emptyBytes,
    exporterContext,
    length,
  });
}
