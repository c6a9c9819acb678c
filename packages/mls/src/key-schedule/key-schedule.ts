import { emptyBytes, erase } from '../codec/bytes.ts';
import { build } from '../codec/writer.ts';
import type { KeyPair, MaybePromise, SuiteCrypto } from '../crypto-provider.ts';
import { deriveSecret, expandWithLabel } from '../labels/derive.ts';
import { encodePskId, type PskId } from '../proposals/proposal.ts';

/** The secrets of an epoch (RFC 9420 section 8, table 4). */
export interface EpochSecrets {
  readonly senderData: Uint8Array;
  readonly encryption: Uint8Array;
  readonly exporter: Uint8Array;
  readonly external: Uint8Array;
  readonly confirmation: Uint8Array;
  readonly membership: Uint8Array;
  readonly resumption: Uint8Array;
  readonly authenticator: Uint8Array;
  readonly init: Uint8Array;
}

export interface JoinerInput {
  readonly initSecret: Uint8Array;
  readonly commitSecret: Uint8Array;
  /** Encoded GroupContext of the new epoch. */
  readonly contextBytes: Uint8Array;
}

export function deriveJoinerSecret(crypto: SuiteCrypto, input: JoinerInput): Uint8Array {
  const secret = crypto.hkdfExtract(input.initSecret, input.commitSecret);
  const joiner = expandWithLabel(crypto, {
    secret,
    label: 'joiner',
    context: input.contextBytes,
    length: crypto.suite.hashLength,
  });
  erase(secret);
  return joiner;
}

/** From the joiner secret on: what both members and joiners compute. */
export interface MemberInput {
  readonly joinerSecret: Uint8Array;
  readonly pskSecret: Uint8Array;
}

export interface WelcomeKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

export function deriveWelcomeKey(crypto: SuiteCrypto, input: MemberInput): WelcomeKey {
  const member = crypto.hkdfExtract(input.joinerSecret, input.pskSecret);
  const welcome = deriveSecret(crypto, member, 'welcome');
  const { aeadKeyLength, aeadNonceLength } = crypto.suite;
  const context = emptyBytes;
  const key = expandWithLabel(crypto, {
    secret: welcome,
    label: 'key',
    context,
    length: aeadKeyLength,
  });
  const nonce = expandWithLabel(crypto, {
    secret: welcome,
    label: 'nonce',
    context,
    length: aeadNonceLength,
  });
  erase(member, welcome);
  return { key, nonce };
}

export function deriveEpochSecrets(
  crypto: SuiteCrypto,
  input: MemberInput,
  contextBytes: Uint8Array,
): EpochSecrets {
  const member = crypto.hkdfExtract(input.joinerSecret, input.pskSecret);
  const epoch = expandWithLabel(crypto, {
    secret: member,
    label: 'epoch',
    context: contextBytes,
    length: crypto.suite.hashLength,
  });
  const secrets = secretsOfEpoch(crypto, epoch);
  erase(member, epoch);
  return secrets;
}

export function secretsOfEpoch(crypto: SuiteCrypto, epoch: Uint8Array): EpochSecrets {
  return {
    senderData: deriveSecret(crypto, epoch, 'sender data'),
    encryption: deriveSecret(crypto, epoch, 'encryption'),
    exporter: deriveSecret(crypto, epoch, 'exporter'),
    external: deriveSecret(crypto, epoch, 'external'),
    confirmation: deriveSecret(crypto, epoch, 'confirm'),
    membership: deriveSecret(crypto, epoch, 'membership'),
    resumption: deriveSecret(crypto, epoch, 'resumption'),
    authenticator: deriveSecret(crypto, epoch, 'authentication'),
    init: deriveSecret(crypto, epoch, 'init'),
  };
}

/** The key pair to which external commits are made (section 8.3). */
export function externalKeyPair(
  crypto: SuiteCrypto,
  externalSecret: Uint8Array,
): MaybePromise<KeyPair> {
  return crypto.deriveKeyPair(externalSecret);
}

export interface ExportRequest {
  readonly label: string;
  readonly context: Uint8Array;
  readonly length: number;
}

/** MLS-Exporter (section 8.5). */
export function exportFrom(
  crypto: SuiteCrypto,
  exporterSecret: Uint8Array,
  request: ExportRequest,
): Uint8Array {
  const secret = deriveSecret(crypto, exporterSecret, request.label);
  const exported = expandWithLabel(crypto, {
    secret,
    label: 'exported',
    context: crypto.hash(request.context),
    length: request.length,
  });
  erase(secret);
  return exported;
}

export interface PskInput {
  readonly id: PskId;
  readonly psk: Uint8Array;
}

/** psk_secret (section 8.4); zeros when there are none. */
export function derivePskSecret(crypto: SuiteCrypto, psks: readonly PskInput[]): Uint8Array {
  const length = crypto.suite.hashLength;
  let secret: Uint8Array = new Uint8Array(length);
  psks.forEach(({ id, psk }, index) => {
    const extracted = crypto.hkdfExtract(new Uint8Array(length), psk);
    const context = build((writer) => {
      encodePskId(writer, id);
      writer.u16(index).u16(psks.length);
    });
    const input = expandWithLabel(crypto, {
      secret: extracted,
      label: 'derived psk',
      context,
      length,
    });
    const previous = secret;
    secret = crypto.hkdfExtract(input, previous);
    erase(extracted, input, previous);
  });
  return secret;
}
