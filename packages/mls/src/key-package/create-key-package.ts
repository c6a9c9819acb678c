import { type Credential, credentialType } from '../credentials/credential.ts';
import type { KeyPair, SuiteCrypto } from '../crypto-provider.ts';
import { type Environment, forSuite } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { Extension } from '../extensions/extension.ts';
import { encodeMessage } from '../framing/message.ts';
import { signWithLabel } from '../labels/sign.ts';
import { protocolVersion } from '../protocol-version.ts';
import type { Capabilities } from '../tree/capabilities.ts';
import { withGrease } from '../tree/grease.ts';
import {
  LeafNode,
  type LeafNodeContent,
  type Lifetime,
  leafNodeToBeSigned,
} from '../tree/leaf-node.ts';
import {
  type KeyPackage,
  type KeyPackageContent,
  keyPackageRef,
  keyPackageToBeSigned,
  sealKeyPackage,
} from './key-package.ts';

/** Who a client is in a group. */
export interface ClientIdentity {
  readonly credential: Credential;
  readonly signatureKey: KeyPair;
}

export interface KeyPackageRequest extends ClientIdentity {
  readonly cipherSuite: number;
  readonly lifetime: Lifetime;
  /** Default: this suite, MLS 1.0, basic credentials. */
  readonly capabilities?: Partial<Capabilities>;
  /** Whether the capabilities list GREASE values beside the real ones; default true. */
  readonly grease?: boolean;
  readonly leafExtensions?: readonly Extension[];
  readonly extensions?: readonly Extension[];
}

/** The private half of a key package. The init key dies when a welcome has been joined with it. */
export interface KeyPackageSecrets {
  readonly initKey: KeyPair;
  readonly leafKey: KeyPair;
  readonly signaturePrivateKey: Uint8Array;
}

export interface CreatedKeyPackage {
  readonly keyPackage: KeyPackage;
  /** As an MLSMessage. */
  readonly message: Uint8Array;
  readonly reference: Uint8Array;
  readonly secrets: KeyPackageSecrets;
}

/** Makes a key package (RFC 9420 section 10) with fresh keys. */
export async function createKeyPackage(
  env: Environment,
  request: KeyPackageRequest,
): Promise<CreatedKeyPackage> {
  const { crypto, random } = forSuite(env, request.cipherSuite);
  const initKey = await crypto.generateKemKeyPair(random);
  const { leafNode, leafKey } = await createLeaf(crypto, env, request);
  const content: KeyPackageContent = {
    version: protocolVersion,
    cipherSuite: request.cipherSuite,
    initKey: initKey.publicKey,
    leafNode,
    extensions: request.extensions ?? [],
  };
  const signaturePrivateKey = request.signatureKey.privateKey;
  const toBeSigned = keyPackageToBeSigned(content);
  const signature = await signWithLabel(crypto, signaturePrivateKey, {
    label: 'KeyPackageTBS',
    content: toBeSigned,
  });
  const keyPackage = sealKeyPackage(content, signature);
  return {
    keyPackage,
    message: encodeMessage({ kind: 'key_package', keyPackage }),
    reference: keyPackageRef(crypto, keyPackage),
    secrets: { initKey, leafKey, signaturePrivateKey: signaturePrivateKey.slice() },
  };
}

/** A leaf as it stands in a key package. */
export async function createLeaf(
  crypto: SuiteCrypto,
  env: Environment,
  request: KeyPackageRequest,
): Promise<{ readonly leafNode: LeafNode; readonly leafKey: KeyPair }> {
  if (request.lifetime.notBefore > request.lifetime.notAfter) {
    throw new UsageError('invalid-lifetime', 'A lifetime must not end before it begins');
  }
  const leafKey = await crypto.generateKemKeyPair(env.random);
  const capabilities = capabilitiesOf(request);
  const content: LeafNodeContent = {
    encryptionKey: leafKey.publicKey,
    signatureKey: request.signatureKey.publicKey,
    credential: request.credential,
    capabilities: request.grease === false ? capabilities : withGrease(capabilities, env.random),
    source: { kind: 'key_package', lifetime: request.lifetime },
    extensions: request.leafExtensions ?? [],
  };
  const toBeSigned = leafNodeToBeSigned(content, { groupId: new Uint8Array(0), leafIndex: 0 });
  const { privateKey } = request.signatureKey;
  const signature = await signWithLabel(crypto, privateKey, {
    label: 'LeafNodeTBS',
    content: toBeSigned,
  });
  return { leafNode: LeafNode.sealed(content, signature), leafKey };
}

function capabilitiesOf(request: KeyPackageRequest): Capabilities {
  return {
    versions: [protocolVersion],
    cipherSuites: [request.cipherSuite],
    extensions: [],
    proposals: [],
    credentials: [credentialType.basic],
    ...request.capabilities,
  };
}
