import {
  type CreatedKeyPackage,
  createCommit,
  createGroup,
  joinGroup,
  ratchetTreeOf,
  type Welcome,
} from '../../src/index.ts';
import { withPathKeys } from '../../src/tree/parent-hash.ts';
import type { ParentNode } from '../../src/tree/parent-node.ts';
import type { RatchetTree } from '../../src/tree/ratchet-tree.ts';
import { filteredDirectPath } from '../../src/tree/resolution.ts';
import { coversLeaf, leafIndex } from '../../src/tree/tree-math.ts';
import { Client, environment } from '../members.ts';
import {
  cryptoOf,
  flipped,
  forgeGroupInfo,
  forgeGroupSecrets,
  forgeLeaf,
  forgeTreeInfo,
  forgeWelcome,
  joinByInfo,
} from './forge.ts';
import { situation } from './situation.ts';

function join(client: Client, welcome: Welcome, made: CreatedKeyPackage): Promise<unknown> {
  const { keyPackage, secrets } = made;
  return joinGroup(client.env, { welcome, keyPackage, secrets, claim: () => true });
}

/** Mallory adds Eve, in order. */
async function invited(forcePath = false) {
  const all = await situation();
  const made = await all.eve.keyPackage();
  const proposals = [{ kind: 'add', keyPackage: made.keyPackage }] as const;
  const output = await all.mallory.commit({ proposals, forcePath });
  if (output.welcome === undefined) throw new Error('No welcome');
  return { ...all, made, output, welcome: output.welcome };
}

/** Changes the lowest parent node in use. */
function withParent(tree: RatchetTree, change: (node: ParentNode) => ParentNode): RatchetTree {
  const slots = [...tree.slots()].flatMap((slot) => (slot.kind === 'parent' ? [slot] : []));
  const lowest = slots.find(({ node }) => node !== undefined);
  if (lowest === undefined) throw new Error('No parent in use');
  const below = [...tree.members()].find(({ index }) => coversLeaf(lowest.index, index));
  if (below === undefined) throw new Error('No leaf below it');
  return tree.withPath(below.index, below.leaf, (node, index) =>
    node !== undefined && index === lowest.index ? change(node) : node,
  );
}

/** Eve joins by a GroupInfo that Mallory signed over a tree of her own making. */
async function joinByTree(
  change: (tree: RatchetTree, mallory: Client) => RatchetTree | Promise<RatchetTree>,
): Promise<unknown> {
  const { mallory, eve } = await situation();
  const tree = await change(mallory.state.epoch.tree, mallory);
  return joinByInfo(eve, await forgeTreeInfo(mallory, tree));
}

/** A group that was reinitialized, and an invitation into a successor of another kind. */
async function successor(groupId: Uint8Array) {
  const { mallory, eve } = await situation();
  const announced = { version: 1, cipherSuite: 1, groupId: Uint8Array.of(5), extensions: [] };
  const former = mallory.state.epoch.context;
  await mallory.commit({ proposals: [{ kind: 'reinit', reinit: announced }] });
  mallory.accept();
  const founder = new Client('mallory again', environment('successor'));
  const psks = { find: () => mallory.state.epoch.secrets.resumption };
  Object.assign(founder.env, { psks });
  founder.state = await createGroup(founder.env, { ...(await founder.identity()), groupId });
  const made = await eve.keyPackage();
  const epoch = former.epoch + 1n;
  const psk = { kind: 'resumption', usage: 'reinit', groupId: former.groupId, epoch } as const;
  const send = await createCommit(founder.env, founder.state, {
    proposals: [
      { kind: 'add', keyPackage: made.keyPackage },
      { kind: 'psk', psk },
    ],
  });
  const { welcome } = founder.stored(send);
  if (welcome === undefined) throw new Error('No welcome');
  const { keyPackage, secrets } = made;
  return { env: eve.env, request: { welcome, keyPackage, secrets, continues: mallory.state } };
}

export const joinCases = {
  'tree-hash': async () => {
    const { mallory, eve, alice } = await situation();
    const made = await eve.keyPackage();
    const ratchetTree = ratchetTreeOf(alice.state);
    const { welcome } = await mallory.commit({
      proposals: [{ kind: 'add', keyPackage: made.keyPackage }],
      groupInfo: { includeTree: false },
    });
    if (welcome === undefined) throw new Error('No welcome');
    const { keyPackage, secrets } = made;
    return joinGroup(eve.env, {
      welcome,
      keyPackage,
      secrets,
      ratchetTree,
      claim: () => true,
    });
  },
  'tree-parent-hash': () =>
    joinByTree(async (tree, mallory) => {
      const fresh = await cryptoOf(mallory).generateKemKeyPair(mallory.env.random);
      return withParent(tree, (node) => ({ ...node, encryptionKey: fresh.publicKey }));
    }),
  'tree-unmerged-leaves': () =>
    joinByTree((tree) => withParent(tree, (node) => ({ ...node, unmergedLeaves: [77] }))),
  /** Mallory binds an unusable key by parent hashes, up to her own leaf. */
  'tree-encryption-key': () =>
    joinByTree(async (tree, mallory) => {
      const crypto = cryptoOf(mallory);
      const { own, context } = mallory.state.epoch;
      const keys = await Promise.all(
        filteredDirectPath(tree, own.leafIndex).map(async ({ parent }, at) => {
          const { publicKey } = await crypto.generateKemKeyPair(mallory.env.random);
          return { index: parent.index, encryptionKey: at === 0 ? new Uint8Array(32) : publicKey };
        }),
      );
      const bound = withPathKeys(crypto, tree, { leaf: own.leafIndex, keys });
      const leaf = tree.leaf(own.leafIndex);
      if (leaf === undefined) throw new Error('No leaf');
      const { publicKey } = await crypto.generateKemKeyPair(mallory.env.random);
      const source = { kind: 'commit', parentHash: bound.leafParentHash } as const;
      const signed = await forgeLeaf(mallory, leaf, {
        changes: { source, encryptionKey: publicKey },
        position: { groupId: context.groupId, leafIndex: own.leafIndex },
        privateKey: own.signaturePrivateKey,
      });
      return bound.tree.withPath(own.leafIndex, signed, (node) => node);
    }),
  'welcome-suite': async () => {
    const { eve, welcome, made } = await invited();
    return join(eve, { ...welcome, cipherSuite: 3 }, made);
  },
  'welcome-for-us': async () => {
    const { eve, welcome } = await invited();
    return join(eve, welcome, await eve.keyPackage());
  },
  'welcome-psk-usage': async () => {
    const { eve, output, made } = await invited();
    const nonce = new Uint8Array(32);
    const branch = {
      kind: 'resumption',
      usage: 'branch',
      groupId: nonce,
      epoch: 0n,
      nonce,
    } as const;
    const welcome = await forgeGroupSecrets({ client: eve, made }, output, (secrets) => ({
      ...secrets,
      psks: [branch],
    }));
    return join(eve, welcome, made);
  },
  'welcome-reinit': async () => {
    const { env, request } = await successor(Uint8Array.of(6));
    return joinGroup(env, { ...request, claim: () => true });
  },
  'welcome-group-new': async () => {
    const { eve, welcome, made } = await invited();
    const { keyPackage, secrets } = made;
    return joinGroup(eve.env, {
      welcome,
      keyPackage,
      secrets,
      isGroupKnown: () => true,
      claim: () => true,
    });
  },
  'welcome-own-leaf': async () => {
    const { mallory, eve } = await situation();
    const made = await eve.keyPackage();
    return join(eve, await forgeWelcome(mallory, made, (epoch) => epoch), made);
  },
  'welcome-path-secret': async () => {
    const { eve, output, made } = await invited(true);
    const welcome = await forgeGroupSecrets({ client: eve, made }, output, (secrets) => ({
      ...secrets,
      pathSecret: flipped(secrets.pathSecret ?? new Uint8Array(32)),
    }));
    return join(eve, welcome, made);
  },
  'group-info-suite': async () => {
    const { mallory, eve } = await situation();
    const made = await eve.keyPackage();
    const welcome = await forgeWelcome(mallory, made, (epoch) => ({
      ...epoch,
      context: { ...epoch.context, cipherSuite: 3 },
    }));
    return join(eve, welcome, made);
  },
  'group-info-version': async () => {
    const { mallory, eve } = await situation();
    const made = await eve.keyPackage();
    const welcome = await forgeWelcome(mallory, made, (epoch) => ({
      ...epoch,
      context: { ...epoch.context, version: 2 },
    }));
    return join(eve, welcome, made);
  },
  'group-info-signer': async () => {
    const { mallory, eve } = await situation();
    return joinByInfo(eve, await forgeGroupInfo(mallory, () => ({ signer: leafIndex(77) })));
  },
  'group-info-signature': async () => {
    const { mallory, eve } = await situation();
    const info = await forgeGroupInfo(mallory, () => ({}));
    return joinByInfo(eve, { ...info, signature: flipped(info.signature) });
  },
  'group-info-confirmation-tag': async () => {
    const { mallory, eve, made } = await invited();
    mallory.accept();
    const welcome = await forgeWelcome(mallory, made, (epoch) => epoch);
    return join(eve, welcome, made);
  },
};
