import type { KeyPair, SuiteCrypto } from '../crypto-provider.ts';
import type { GroupContext } from '../group/group-context.ts';
import { groupContextBytes } from '../group/group-context.ts';
import { encryptManyWithLabel, type LabelledSeal } from '../labels/encrypt.ts';
import { signWithLabel } from '../labels/sign.ts';
import type { RandomSource } from '../random-source.ts';
import { LeafNode, type LeafNodeContent, leafNodeToBeSigned } from '../tree/leaf-node.ts';
import { withPathKeys } from '../tree/parent-hash.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { filteredDirectPath, resolve } from '../tree/resolution.ts';
import type { UpdatePath } from '../tree/update-path.ts';
import { type DerivedPath, derivePath } from './path-secrets.ts';

export interface NewPathInput {
  /** After proposals; the committer's leaf is in use. */
  readonly tree: RatchetTree;
  readonly leafIndex: number;
  readonly groupId: Uint8Array;
  /** Everything of the new leaf but its encryption key and source. */
  readonly leaf: Omit<LeafNodeContent, 'encryptionKey' | 'source'>;
  readonly signaturePrivateKey: Uint8Array;
}

/** A fresh path, still to be encrypted. */
export interface NewPath extends DerivedPath {
  readonly tree: RatchetTree;
  readonly leafIndex: number;
  readonly leafNode: LeafNode;
  readonly leafKey: KeyPair;
}

/** Fresh keys from a leaf to the root (RFC 9420 sections 7.4 and 7.5). */
export async function createPath(
  crypto: SuiteCrypto,
  input: NewPathInput,
  random: RandomSource,
): Promise<NewPath> {
  const { tree, leafIndex, groupId } = input;
  const nodes = filteredDirectPath(tree, leafIndex).map(({ parent }) => parent.index);
  const leafKey = await crypto.generateKemKeyPair(random);
  const path = await derivePath(crypto, random.bytes(crypto.suite.hashLength), nodes);
  const keys = path.steps.map(({ index, keyPair }) => ({
    index,
    encryptionKey: keyPair.publicKey,
  }));
  const withKeys = withPathKeys(crypto, tree, { leaf: leafIndex, keys });
  const content: LeafNodeContent = {
    ...input.leaf,
    encryptionKey: leafKey.publicKey,
    source: { kind: 'commit', parentHash: withKeys.leafParentHash },
  };
  const toBeSigned = leafNodeToBeSigned(content, { groupId, leafIndex });
  const signature = await signWithLabel(crypto, input.signaturePrivateKey, {
    label: 'LeafNodeTBS',
    content: toBeSigned,
  });
  const leafNode = LeafNode.sealed(content, signature);
  const changed = withKeys.tree.withPath(leafIndex, leafNode, (node) => node);
  return { ...path, tree: changed, leafIndex, leafNode, leafKey };
}

export interface PathReceivers {
  /** The provisional context. */
  readonly context: GroupContext;
  /** Nodes of leaves added by the same commit. */
  readonly except: ReadonlySet<number>;
  readonly random: RandomSource;
}

/** Encrypts each path secret to those below its node (section 7.6). */
export async function encryptPath(
  crypto: SuiteCrypto,
  path: NewPath,
  to: PathReceivers,
): Promise<UpdatePath> {
  const context = groupContextBytes(to.context);
  const steps = filteredDirectPath(path.tree, path.leafIndex);
  const seals = path.steps.map(({ pathSecret }, position): LabelledSeal[] => {
    const step = steps[position];
    const receivers = step === undefined ? [] : resolve(step.copathChild);
    return receivers
      .filter(({ index }) => !to.except.has(index))
      .map(({ encryptionKey }) => ({
        publicKey: encryptionKey,
        label: 'UpdatePathNode',
        context,
        plaintext: pathSecret,
      }));
  });
  const ciphertexts = await encryptManyWithLabel(crypto, seals.flat(), to.random);
  let taken = 0;
  const nodes = path.steps.map(({ keyPair }, position) => {
    const count = seals[position]?.length ?? 0;
    taken += count;
    return {
      encryptionKey: keyPair.publicKey,
      encryptedPathSecrets: ciphertexts.slice(taken - count, taken),
    };
  });
  return { leafNode: path.leafNode, nodes };
}
