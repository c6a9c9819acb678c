import type { KeyPair } from '../../packages/mls/src/crypto-provider.ts';
import { freshState } from '../../packages/mls/src/group/create-group.ts';
import { epochOf } from '../../packages/mls/src/group/epochs.ts';
import type { GroupContext } from '../../packages/mls/src/group/group-context.ts';
import {
  basicCredential,
  type CreatedKeyPackage,
  createKeyPackage,
  type Environment,
  type GroupState,
} from '../../packages/mls/src/index.ts';
import { secretsOfEpoch } from '../../packages/mls/src/key-schedule/key-schedule.ts';
import { RatchetTree } from '../../packages/mls/src/tree/ratchet-tree.ts';
import { addLeaf } from '../../packages/mls/src/tree/tree-changes.ts';
import { treeHash } from '../../packages/mls/src/tree/tree-hash.ts';
import { leafIndex } from '../../packages/mls/src/tree/tree-math.ts';
import { createPath } from '../../packages/mls/src/treekem/create-path.ts';

/** A group in which every parent node is in use, as after a long life. */
export interface WarmGroup {
  readonly members: number;
  /** The state of one member. */
  stateOf(member: number): GroupState;
}

export async function keyPackageOf(
  env: Environment,
  cipherSuite: number,
  name: string,
): Promise<CreatedKeyPackage> {
  const crypto = env.provider.suite(cipherSuite);
  return createKeyPackage(env, {
    cipherSuite,
    credential: basicCredential(new TextEncoder().encode(name.padEnd(32, '.'))),
    signatureKey: await crypto.generateSignatureKeyPair(env.random),
    lifetime: { notBefore: env.nowSeconds - 1000n, notAfter: env.nowSeconds + 1_000_000n },
  });
}

/** Builds the tree by the paths that members would have committed, without a thousand members. */
export async function warmGroup(
  env: Environment,
  cipherSuite: number,
  members: number,
): Promise<WarmGroup> {
  const crypto = env.provider.suite(cipherSuite);
  const packages: CreatedKeyPackage[] = [];
  for (let i = 0; i < members; i++) packages.push(await keyPackageOf(env, cipherSuite, `m${i}`));
  const leafKeys = packages.map(({ secrets }) => secrets.leafKey);
  const groupId = new TextEncoder().encode('warm group');
  let tree = plant(packages);
  const nodeKeys = new Map<number, KeyPair>();
  // From the right, so that the last to commit at each node leaves no unmerged leaf behind.
  for (let leaf = members - 1 - ((members - 1) % 2); leaf >= 0; leaf -= 2) {
    const own = tree.leaf(leaf);
    const signer = packages[leaf]?.secrets.signaturePrivateKey;
    if (own === undefined || signer === undefined) continue;
    const { signatureKey, credential, capabilities, extensions } = own;
    const path = await createPath(
      crypto,
      {
        tree,
        leafIndex: leaf,
        groupId,
        leaf: { signatureKey, credential, capabilities, extensions },
        signaturePrivateKey: signer,
      },
      env.random,
    );
    tree = path.tree;
    leafKeys[leaf] = path.leafKey;
    for (const { index, keyPair } of path.steps) nodeKeys.set(index, keyPair);
  }
  const context: GroupContext = {
    version: 1,
    cipherSuite,
    groupId,
    epoch: 1000n,
    treeHash: treeHash(crypto, tree),
    confirmedTranscriptHash: env.random.bytes(crypto.suite.hashLength),
    extensions: [],
  };
  const seed = env.random.bytes(crypto.suite.hashLength);
  const stateOf = (member: number): GroupState => {
    const leafKey = leafKeys[member];
    const signaturePrivateKey = packages[member]?.secrets.signaturePrivateKey;
    if (!leafKey || !signaturePrivateKey) throw new RangeError('no such member');
    const pathKeys = new Map<number, KeyPair>();
    for (const { parent } of tree.copath(member)) {
      const keyPair = nodeKeys.get(parent.index);
      if (keyPair && parent.node) pathKeys.set(parent.index, keyPair);
    }
    const own = { leafIndex: leafIndex(member), signaturePrivateKey, leafKey, pathKeys };
    const secrets = secretsOfEpoch(crypto, seed);
    return freshState(epochOf(crypto, { context, tree, secrets, own }));
  };
  return { members, stateOf };
}

function plant(packages: readonly CreatedKeyPackage[]): RatchetTree {
  const [first, ...others] = packages;
  if (first === undefined) throw new RangeError('a group has members');
  let tree = RatchetTree.ofOneLeaf(first.keyPackage.leafNode);
  for (const { keyPackage } of others) tree = addLeaf(tree, keyPackage.leafNode).tree;
  return tree;
}
