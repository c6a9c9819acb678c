import { ascii, concat, uint16 } from './bytes.ts';
import type { Hkdf } from './hkdf.ts';

export interface LabeledHkdf {
  extract(salt: Uint8Array, label: string, inputKey: Uint8Array): Uint8Array;
  expand(input: LabeledExpandInput): Uint8Array;
}

export interface LabeledExpandInput {
  readonly secret: Uint8Array;
  readonly label: string;
  readonly info: Uint8Array;
  readonly length: number;
}

const version = ascii('HPKE-v1');

/** LabeledExtract and LabeledExpand (RFC 9180 section 4) under one suite id. */
export function labeledHkdf(hkdf: Hkdf, suiteId: Uint8Array): LabeledHkdf {
  const prefix = concat(version, suiteId);
  return {
    extract: (salt, label, inputKey) => hkdf.extract(salt, concat(prefix, ascii(label), inputKey)),
    expand: ({ secret, label, info, length }) =>
      hkdf.expand(secret, concat(uint16(length), prefix, ascii(label), info), length),
  };
}
