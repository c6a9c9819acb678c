import { provisionalContextOf } from '../../src/commit/next-tree.ts';
import { forSuite } from '../../src/environment.ts';
import { wireFormat } from '../../src/framing/content.ts';
import { freshState } from '../../src/group/create-group.ts';
import { nextEpoch } from '../../src/group/epochs.ts';
import { encodeMessage } from '../../src/index.ts';
import { protectPublic } from '../../src/protection/membership-tag.ts';
import { signContent } from '../../src/protection/sign-content.ts';
import type { RatchetTree } from '../../src/tree/ratchet-tree.ts';
import type { UpdatePath } from '../../src/tree/update-path.ts';
import { createPath, encryptPath } from '../../src/treekem/create-path.ts';
import type { Client } from '../members.ts';
import { commitBody, flipped, forgePublic } from './forge.ts';

/** A commit whose path is bound as it should be, while other secrets are encrypted to the members. */
export async function forgePathSecrets(client: Client): Promise<Uint8Array> {
  const { crypto, random } = forSuite(client.env, client.cipherSuite);
  const { context, tree, own } = client.state.epoch;
  const leaf = contentOf(tree, own.leafIndex);
  const { leafIndex: index, signaturePrivateKey } = own;
  const { groupId, extensions } = context;
  const input = { tree, leafIndex: index, groupId, leaf, signaturePrivateKey };
  const path = await createPath(crypto, input, random);
  const steps = path.steps.map((step) => ({ ...step, pathSecret: random.bytes(32) }));
  const to = {
    context: provisionalContextOf({ crypto }, context, { tree: path.tree, extensions }),
    except: new Set<number>(),
    random,
  };
  const lying = await encryptPath(crypto, { ...path, steps }, to);
  return forgePublic(client, { body: commitBody([], lying) });
}

/**
 * A commit in order but for the ciphertext at one position of the topmost node: the members it is
 * for cannot follow, all others do. The committer enters the epoch.
 */
export async function forgeUnequalPath(client: Client, position: number): Promise<Uint8Array> {
  const { crypto, random } = forSuite(client.env, client.cipherSuite);
  const { context, contextBytes, tree, own, secrets, interimTranscriptHash } = client.state.epoch;
  const { groupId, extensions, epoch } = context;
  const leaf = contentOf(tree, own.leafIndex);
  const { leafIndex: index, signaturePrivateKey } = own;
  const input = { tree, leafIndex: index, groupId, leaf, signaturePrivateKey };
  const path = await createPath(crypto, input, random);
  const provisionalContext = provisionalContextOf({ crypto }, context, {
    tree: path.tree,
    extensions,
  });
  const to = { context: provisionalContext, except: new Set<number>(), random };
  const fair = await encryptPath(crypto, path, to);
  const signed = await signContent(crypto, {
    wireFormat: wireFormat.publicMessage,
    content: {
      groupId,
      epoch,
      sender: { kind: 'member', leafIndex: index },
      authenticatedData: new Uint8Array(0),
      body: commitBody([], withoutSecretAt(fair, position)),
    },
    contextBytes,
    signaturePrivateKey,
  });
  const transition = nextEpoch(crypto, {
    initSecret: secrets.init,
    interimTranscriptHash,
    provisionalContext,
    tree: path.tree,
    commitSecret: path.commitSecret,
    pskSecret: new Uint8Array(crypto.suite.hashLength),
    commit: signed,
    ticketBefore: undefined,
    own: {
      ...own,
      leafKey: path.leafKey,
      pathKeys: new Map(path.steps.map((step) => [step.index, step.keyPair])),
    },
  });
  const { confirmationTag } = transition.epoch;
  const authenticated = { ...signed, auth: { ...signed.auth, confirmationTag } };
  const message = protectPublic(crypto, authenticated, {
    membership: secrets.membership,
    contextBytes,
  });
  client.state = freshState(transition.epoch);
  return encodeMessage({ kind: 'public', message });
}

function withoutSecretAt(path: UpdatePath, position: number): UpdatePath {
  const top = path.nodes.length - 1;
  const nodes = path.nodes.map((node, at) => ({
    ...node,
    encryptedPathSecrets: node.encryptedPathSecrets.map((sealed, which) =>
      at === top && which === position
        ? { ...sealed, ciphertext: flipped(sealed.ciphertext) }
        : sealed,
    ),
  }));
  return { ...path, nodes };
}

function contentOf(tree: RatchetTree, leaf: number) {
  const found = tree.leaf(leaf);
  if (found === undefined) throw new Error('No leaf');
  const { signatureKey, credential, capabilities, extensions } = found;
  return { signatureKey, credential, capabilities, extensions };
}
