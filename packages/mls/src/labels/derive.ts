import { emptyBytes } from '../codec/bytes.ts';
import { build } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { prefixed } from './labelled.ts';

export interface Expansion {
  readonly secret: Uint8Array;
  readonly label: string;
  readonly context: Uint8Array;
  readonly length: number;
}

/** ExpandWithLabel (section 8). */
export function expandWithLabel(crypto: SuiteCrypto, expansion: Expansion): Uint8Array {
  const info = build((writer) => {
    writer.u16(expansion.length);
    writer.vector(prefixed(expansion.label)).vector(expansion.context);
  }, expansion.context.length + 64);
  return crypto.hkdfExpand(expansion.secret, info, expansion.length);
}

/** DeriveSecret (section 8). */
export function deriveSecret(crypto: SuiteCrypto, secret: Uint8Array, label: string): Uint8Array {
  const length = crypto.suite.hashLength;
  return expandWithLabel(crypto, { secret, label, context: emptyBytes, length });
}

/** DeriveTreeSecret (section 9). */
export function deriveTreeSecret(
  crypto: SuiteCrypto,
  derivation: { secret: Uint8Array; label: string; generation: number; length: number },
): Uint8Array {
  const { secret, label, generation, length } = derivation;
  const context = build((writer) => writer.u32(generation));
  return expandWithLabel(crypto, { secret, label, context, length });
}
