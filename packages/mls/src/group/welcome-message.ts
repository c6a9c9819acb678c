import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { HpkeCiphertext } from '../crypto-provider.ts';
import { decodeHpkeCiphertext, encodeHpkeCiphertext } from '../tree/update-path.ts';

/** The group secrets of one joiner, encrypted to its init key. */
export interface EncryptedGroupSecrets {
  /** KeyPackageRef of the joiner. */
  readonly newMember: Uint8Array;
  readonly encryptedGroupSecrets: HpkeCiphertext;
}

/** Welcome (RFC 9420 section 12.4.3.1). */
export interface Welcome {
  readonly cipherSuite: number;
  readonly secrets: readonly EncryptedGroupSecrets[];
  readonly encryptedGroupInfo: Uint8Array;
}

export function encodeWelcome(writer: Writer, welcome: Welcome): void {
  writer.u16(welcome.cipherSuite);
  writer.list(welcome.secrets, (list, entry) => {
    list.vector(entry.newMember);
    encodeHpkeCiphertext(list, entry.encryptedGroupSecrets);
  });
  writer.vector(welcome.encryptedGroupInfo);
}

export function decodeWelcome(reader: Reader): Welcome {
  return {
    cipherSuite: reader.u16(),
    secrets: reader.list((list) => ({
      newMember: list.vector(),
      encryptedGroupSecrets: decodeHpkeCiphertext(list),
    })),
    encryptedGroupInfo: reader.vector(),
  };
}

/**
 * A welcome for each joiner alone: all that one of them needs besides the tree, so that a delivery
 * service sends nobody the secrets, or the number, of the others.
 */
export function splitWelcome(welcome: Welcome): Welcome[] {
  return welcome.secrets.map((entry) => ({ ...welcome, secrets: [entry] }));
}
