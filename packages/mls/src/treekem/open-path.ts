import { equalBytes, erase } from '../codec/bytes.ts';
import type { HpkeCiphertext, KeyPair, SuiteCrypto } from '../crypto-provider.ts';
import { type GroupContext, groupContextBytes } from '../group/group-context.ts';
import { decryptWithLabel } from '../labels/encrypt.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { filteredDirectPath, resolve } from '../tree/resolution.ts';
import { commonAncestor, coversLeaf, nodeOfLeaf } from '../tree/tree-math.ts';
import type { UpdatePath } from '../tree/update-path.ts';
import { check, failureOf } from '../validation/checks.ts';
import { type DerivedPath, derivePath, erasePathSecrets, type PathKeys } from './path-secrets.ts';

/** The private keys with which a member opens paths. */
export interface OwnKeys {
  readonly leafIndex: number;
  readonly leafKey: KeyPair;
  readonly pathKeys: PathKeys;
}

export interface PathToOpen {
  /** Before the path was merged, after the proposals. */
  readonly tree: RatchetTree;
  readonly committerIndex: number;
  readonly path: UpdatePath;
  readonly context: GroupContext;
  /** Nodes of leaves added by the same commit, to whom nothing is encrypted. */
  readonly except: ReadonlySet<number>;
  readonly own: OwnKeys;
}

/** What a member learns from somebody else's path: its keys and the commit secret. */
export interface OpenedPath {
  readonly keys: PathKeys;
  readonly commitSecret: Uint8Array;
}

/**
 * Decrypts the one path secret meant for us and checks that it gives the public keys of the path from
 * there up (RFC 9420 section 7.6).
 */
export async function openPath(crypto: SuiteCrypto, input: PathToOpen): Promise<OpenedPath> {
  const { tree, own, path } = input;
  const steps = filteredDirectPath(tree, input.committerIndex);
  const start = steps.findIndex(({ copathChild }) => coversLeaf(copathChild.index, own.leafIndex));
  const ours = steps[start];
  const node = path.nodes[start];
  if (ours === undefined || node === undefined) throw failureOf('commit-path-length');
  const receivers = resolve(ours.copathChild).filter(({ index }) => !input.except.has(index));
  const target = findKey(receivers, own, tree);
  const ciphertext = target && node.encryptedPathSecrets[target.position];
  if (target === undefined || ciphertext === undefined) throw failureOf('commit-path-ciphertexts');
  const secret = await openSecret(crypto, input.context, {
    ...ciphertext,
    keyPair: target.keyPair,
  });
  const nodes = steps.slice(start).map(({ parent }) => parent.index);
  const derived = await derivePath(crypto, secret, nodes);
  const expected = path.nodes.slice(start).map(({ encryptionKey }) => encryptionKey);
  return {
    keys: keysOfPath(derived, expected, 'commit-path-secret'),
    commitSecret: derived.commitSecret,
  };
}

export interface JoinerPathInput {
  readonly tree: RatchetTree;
  readonly ownIndex: number;
  readonly signerIndex: number;
  readonly pathSecret: Uint8Array;
}

/** The keys that a path secret in a welcome gives a joiner (section 12.4.3.1). */
export async function openJoinerPath(
  crypto: SuiteCrypto,
  { tree, ownIndex, signerIndex, pathSecret }: JoinerPathInput,
): Promise<PathKeys> {
  const ancestor = commonAncestor(ownIndex, signerIndex);
  const above = tree
    .copath(ownIndex)
    .map(({ parent }) => parent)
    .filter(({ index, node }) => node !== undefined && coversLeaf(index, signerIndex));
  check('welcome-path-secret', ownIndex !== signerIndex && above[0]?.index === ancestor);
  const derived = await derivePath(
    crypto,
    pathSecret,
    above.map(({ index }) => index),
  );
  erase(derived.commitSecret);
  const expected = above.map(({ node }) => node?.encryptionKey ?? new Uint8Array(0));
  return keysOfPath(derived, expected, 'welcome-path-secret');
}

/** The keys that still belong to the tree. */
export function currentKeys(tree: RatchetTree, keys: PathKeys): PathKeys {
  const kept = new Map<number, KeyPair>();
  for (const [index, keyPair] of keys) {
    const node = index < 2 * tree.width - 1 ? tree.parent(index) : undefined;
    if (node && equalBytes(node.encryptionKey, keyPair.publicKey)) kept.set(index, keyPair);
  }
  return kept;
}

function findKey(
  receivers: readonly { readonly index: number; readonly encryptionKey: Uint8Array }[],
  own: OwnKeys,
  tree: RatchetTree,
): { readonly position: number; readonly keyPair: KeyPair } | undefined {
  const keys = currentKeys(tree, own.pathKeys);
  for (const [position, { index }] of receivers.entries()) {
    if (index === nodeOfLeaf(own.leafIndex)) return { position, keyPair: own.leafKey };
    const keyPair = keys.get(index);
    if (keyPair !== undefined) return { position, keyPair };
  }
  return undefined;
}

async function openSecret(
  crypto: SuiteCrypto,
  context: GroupContext,
  sealed: HpkeCiphertext & { readonly keyPair: KeyPair },
): Promise<Uint8Array> {
  const secret = await decryptWithLabel(crypto, {
    ...sealed,
    label: 'UpdatePathNode',
    context: groupContextBytes(context),
  });
  check('commit-path-secret', secret.length === crypto.suite.hashLength);
  return secret;
}

function keysOfPath(
  derived: DerivedPath,
  expected: readonly Uint8Array[],
  name: 'commit-path-secret' | 'welcome-path-secret',
): PathKeys {
  erasePathSecrets(derived);
  return new Map(
    derived.steps.map(({ index, keyPair }, position) => {
      const publicKey = expected[position];
      check(name, publicKey !== undefined && equalBytes(publicKey, keyPair.publicKey));
      return [index, keyPair];
    }),
  );
}
