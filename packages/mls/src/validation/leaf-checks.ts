import type { AuthenticationReason, AuthenticationService } from '../authentication.ts';
import { equalBytes } from '../codec/bytes.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import {
  defaultExtensionTypes,
  type Extension,
  externalSendersOf,
  requiredCapabilitiesOf,
} from '../extensions/extension.ts';
import type { KeyPackage } from '../key-package/key-package.ts';
import { type SignatureInput, verifyAllWithLabel } from '../labels/verify.ts';
import type { Limits } from '../limits.ts';
import { protocolVersion } from '../protocol-version.ts';
import { isDefaultProposalType, longestList, supportsExtensions } from '../tree/capabilities.ts';
import type { LeafNode, LeafNodeSource, LeafPosition } from '../tree/leaf-node.ts';
import { includesAll } from '../tree/member-summary.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { summaryOf } from '../tree/summarize-members.ts';
import { check, failureOf } from './checks.ts';

/** What checks need besides what they check. */
export interface CheckEnvironment {
  readonly crypto: SuiteCrypto;
  readonly authentication: AuthenticationService;
  /** Seconds since 1970; undefined where lifetimes are not to be judged, as for trees (§7.3). */
  readonly nowSeconds: bigint | undefined;
  readonly limits: Limits;
  readonly pathFreeProposals: readonly number[];
}

export interface LeafExpectation {
  readonly leaf: LeafNode;
  readonly source: LeafNodeSource['kind'] | 'any';
  readonly position: LeafPosition;
  readonly reason: AuthenticationReason;
}

/** The checks of section 7.3 that concern one leaf alone, but for its signature and credential. */
function checkLeafForm(env: CheckEnvironment, expected: LeafExpectation): void {
  const { leaf, source } = expected;
  check('leaf-source', source === 'any' || leaf.source.kind === source);
  check('leaf-encryption-key', env.crypto.isKemPublicKey(leaf.encryptionKey));
  check('leaf-signature-key', env.crypto.isSignaturePublicKey(leaf.signatureKey));
  check('leaf-extensions-unique', extensionsAreUnique(leaf.extensions, env.limits));
  check('leaf-capabilities-count', longestList(leaf.capabilities) <= env.limits.maxCapabilities);
  check('leaf-extensions-listed', supportsExtensions(leaf.capabilities, leaf.extensions));
  if (leaf.source.kind === 'key_package' && env.nowSeconds !== undefined) {
    const { notBefore, notAfter } = leaf.source.lifetime;
    check('leaf-lifetime', notBefore <= env.nowSeconds && env.nowSeconds <= notAfter);
    check('leaf-lifetime-length', Number(notAfter - notBefore) <= env.limits.maxLifetimeSeconds);
  }
}

function leafSignatureInput(expected: LeafExpectation): SignatureInput {
  return {
    publicKey: expected.leaf.signatureKey,
    label: 'LeafNodeTBS',
    content: expected.leaf.toBeSigned(expected.position),
    signature: expected.leaf.signature,
  };
}

/** All of section 7.3 for some leaves, but for what depends on the rest of the tree. */
export async function checkLeaves(
  env: CheckEnvironment,
  leaves: readonly LeafExpectation[],
): Promise<void> {
  for (const leaf of leaves) checkLeafForm(env, leaf);
  const verified = await verifyAllWithLabel(env.crypto, leaves.map(leafSignatureInput));
  check('leaf-signature', verified);
  await checkCredentials(env, leaves);
}

async function checkCredentials(
  env: CheckEnvironment,
  leaves: readonly LeafExpectation[],
): Promise<void> {
  const verdicts = await Promise.all(
    leaves.map(({ leaf, reason }) =>
      env.authentication.accepts(
        {
          credential: leaf.credential,
          signatureKey: leaf.signatureKey,
          ...(leaf.source.kind === 'key_package' && { lifetime: leaf.source.lifetime }),
        },
        reason,
      ),
    ),
  );
  check(
    'leaf-credential',
    verdicts.every((accepted) => accepted === true),
  );
}

/** Section 10.1 for some key packages, including their leaves. */
export async function checkKeyPackages(
  env: CheckEnvironment,
  keyPackages: readonly KeyPackage[],
): Promise<void> {
  for (const keyPackage of keyPackages) {
    check('key-package-version', keyPackage.version === protocolVersion);
    check('key-package-suite', keyPackage.cipherSuite === env.crypto.suite.id);
    check('key-package-init-key-usable', env.crypto.isKemPublicKey(keyPackage.initKey));
    const { initKey, leafNode, extensions } = keyPackage;
    check('key-package-init-key', !equalBytes(initKey, leafNode.encryptionKey));
    check('key-package-extensions-unique', extensionsAreUnique(extensions, env.limits));
    check('key-package-extensions-listed', supportsExtensions(leafNode.capabilities, extensions));
  }
  const verified = await verifyAllWithLabel(env.crypto, keyPackages.map(keyPackageSignature));
  check('key-package-signature', verified);
  await checkLeaves(
    env,
    keyPackages.map(({ leafNode }) => ({
      leaf: leafNode,
      source: 'key_package',
      position: nowhere,
      reason: { kind: 'added' },
    })),
  );
}

/** The checks of section 7.3 that concern all members together. */
export function checkMembersFit(tree: RatchetTree, extensions: readonly Extension[]): void {
  const common = summaryOf(tree.root);
  if (common === undefined) throw failureOf('tree-size');
  check('leaf-credential-supported', includesAll(common.credentials, common.usedCredentials));
  const required = requiredCapabilitiesOf(extensions);
  const isFree = (type: number): boolean => !defaultExtensionTypes.has(type);
  check(
    'leaf-required-capabilities',
    required === undefined ||
      (includesAll(common.extensions, required.extensionTypes.filter(isFree)) &&
        includesAll(
          common.proposals,
          required.proposalTypes.filter((type) => !isDefaultProposalType(type)),
        ) &&
        includesAll(common.credentials, required.credentialTypes)),
  );
  check(
    'leaf-group-extensions',
    includesAll(common.extensions, extensions.map(({ type }) => type).filter(isFree)),
  );
}

/** Section 12.1.8.1: the application knows the outsiders who may propose. */
export async function checkExternalSenders(
  env: CheckEnvironment,
  extensions: readonly Extension[],
): Promise<void> {
  for (const sender of externalSendersOf(extensions)) {
    const accepted = await env.authentication.accepts(sender, { kind: 'external_sender' });
    check('leaf-credential', accepted === true);
  }
}

/** Section 13.4: each type once; and no more of them than the limit. */
export function extensionsAreUnique(
  extensions: readonly Extension[],
  limits: Pick<Limits, 'maxExtensions'>,
): boolean {
  return (
    extensions.length <= limits.maxExtensions &&
    new Set(extensions.map(({ type }) => type)).size === extensions.length
  );
}

const nowhere: LeafPosition = { groupId: new Uint8Array(0), leafIndex: 0 };

function keyPackageSignature(keyPackage: KeyPackage): SignatureInput {
  return {
    publicKey: keyPackage.leafNode.signatureKey,
    label: 'KeyPackageTBS',
    content: keyPackage.toBeSigned,
    signature: keyPackage.signature,
  };
}
