import { ascii, equalBytes } from '../codec/bytes.ts';
import { decode, malformed } from '../codec/reader.ts';
import { build } from '../codec/writer.ts';
import { type Environment, forSuite } from '../environment.ts';
import { encodeMessage } from '../framing/message.ts';
import type { CreatedKeyPackage } from '../key-package/create-key-package.ts';
import { decodeKeyPackage, encodeKeyPackage, keyPackageRef } from '../key-package/key-package.ts';

const magic = ascii('MLSk');
const formatVersion = 1;

/** A key package with its private keys, in the clear: encrypt it at rest. */
export function serializeKeyPackage(created: CreatedKeyPackage): Uint8Array {
  const { keyPackage, secrets } = created;
  return build((writer) => {
    writer.raw(magic).u8(formatVersion);
    encodeKeyPackage(writer, keyPackage);
    writer.vector(secrets.initKey.privateKey).vector(secrets.leafKey.privateKey);
    writer.vector(secrets.signaturePrivateKey);
  });
}

/** @throws ValidationError `malformed`. */
export function restoreKeyPackage(env: Environment, bytes: Uint8Array): CreatedKeyPackage {
  return decode(bytes.slice(), (reader) => {
    const known = equalBytes(reader.raw(magic.length), magic) && reader.u8() === formatVersion;
    if (!known) throw malformed('this is no stored key package of a known format version');
    const keyPackage = decodeKeyPackage(reader);
    const { initKey, leafNode, cipherSuite } = keyPackage;
    return {
      keyPackage,
      message: encodeMessage({ kind: 'key_package', keyPackage }),
      reference: keyPackageRef(forSuite(env, cipherSuite).crypto, keyPackage),
      secrets: {
        initKey: { publicKey: initKey, privateKey: reader.vector().slice() },
        leafKey: { publicKey: leafNode.encryptionKey, privateKey: reader.vector().slice() },
        signaturePrivateKey: reader.vector().slice(),
      },
    };
  });
}
