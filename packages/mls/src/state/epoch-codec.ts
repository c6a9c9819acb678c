import type { Reader } from '../codec/reader.ts';
import { malformed } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { KeyPair } from '../crypto-provider.ts';
import {
  decodeGroupContext,
  encodeGroupContext,
  groupContextBytes,
} from '../group/group-context.ts';
import type { Epoch, HeldSecrets, OwnLeaf, PastEpoch } from '../group/group-state.ts';
import { SendTicket } from '../group/send-ticket.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { applyDelta, treeDelta } from '../tree/tree-delta.ts';
import { leafIndex } from '../tree/tree-math.ts';
import { decodeSecretTree, encodeSecretTree } from './secret-tree-codec.ts';
import { decodeTreeDelta, encodeTreeDelta } from './tree-delta-codec.ts';

const secretNames = [
  'senderData',
  'exporter',
  'external',
  'membership',
  'resumption',
  'authenticator',
  'init',
] as const satisfies readonly (keyof HeldSecrets)[];

/** An epoch, its tree as what changed from a tree the reader has. */
export function encodeEpoch(writer: Writer, epoch: Epoch, base: RatchetTree): void {
  encodeTreeDelta(writer, treeDelta(base, epoch.tree, 'all'));
  encodeGroupContext(writer, epoch.context);
  writer.vector(epoch.interimTranscriptHash).vector(epoch.confirmationTag);
  for (const name of secretNames) writer.vector(epoch.secrets[name]);
  encodeSecretTree(writer, epoch.secretTree);
  encodeOwnLeaf(writer, epoch.own);
}

export function decodeEpoch(reader: Reader, base: RatchetTree): Epoch {
  const tree = applyDelta(base, decodeTreeDelta(reader));
  const context = decodeGroupContext(reader);
  const interimTranscriptHash = reader.vector();
  const confirmationTag = reader.vector();
  const secrets = decodeSecrets(reader);
  return {
    context,
    contextBytes: groupContextBytes(context),
    tree,
    interimTranscriptHash,
    confirmationTag,
    secrets,
    secretTree: decodeSecretTree(reader, tree.width),
    own: decodeOwnLeaf(reader, tree),
    ticket: SendTicket.first(),
  };
}

/** An earlier epoch, its leaves as what changed from the current tree. */
export function encodePastEpoch(writer: Writer, past: PastEpoch, current: RatchetTree): void {
  encodeTreeDelta(writer, treeDelta(current, past.tree, 'leaves'));
  encodeGroupContext(writer, past.context);
  writer.u32(past.ownIndex).vector(past.senderData).vector(past.resumption);
  encodeSecretTree(writer, past.secretTree);
}

export function decodePastEpoch(reader: Reader, current: RatchetTree): PastEpoch {
  const tree = applyDelta(current, decodeTreeDelta(reader));
  const context = decodeGroupContext(reader);
  return {
    context,
    contextBytes: groupContextBytes(context),
    tree,
    ownIndex: leafIndex(reader.u32()),
    senderData: reader.vector().slice(),
    resumption: reader.vector().slice(),
    secretTree: decodeSecretTree(reader, tree.width),
  };
}

export function encodeKeyPair(writer: Writer, pair: KeyPair): void {
  writer.vector(pair.publicKey).vector(pair.privateKey);
}

export function decodeKeyPair(reader: Reader): KeyPair {
  return { publicKey: reader.vector(), privateKey: reader.vector().slice() };
}

function encodeOwnLeaf(writer: Writer, own: OwnLeaf): void {
  writer.u32(own.leafIndex).vector(own.signaturePrivateKey).vector(own.leafKey.privateKey);
  writer.list([...own.pathKeys], (list, [index, { privateKey }]) => {
    list.u32(index).vector(privateKey);
  });
}

/** Public halves are those of the tree. */
function decodeOwnLeaf(reader: Reader, tree: RatchetTree): OwnLeaf {
  const index = leafIndex(reader.u32());
  const signaturePrivateKey = reader.vector().slice();
  const privateKey = reader.vector().slice();
  const leaf = tree.leaf(index);
  if (leaf === undefined) throw malformed('our own leaf is blank');
  const pathKeys = reader.list((list): [number, KeyPair] => {
    const node = list.u32();
    const publicKey = node < 2 * tree.width - 1 ? tree.parent(node)?.encryptionKey : undefined;
    if (publicKey === undefined) throw malformed('a private key belongs to no node');
    return [node, { publicKey, privateKey: list.vector().slice() }];
  });
  return {
    leafIndex: index,
    signaturePrivateKey,
    leafKey: { publicKey: leaf.encryptionKey, privateKey },
    pathKeys: new Map(pathKeys),
  };
}

function decodeSecrets(reader: Reader): HeldSecrets {
  return {
    senderData: reader.vector().slice(),
    exporter: reader.vector().slice(),
    external: reader.vector().slice(),
    membership: reader.vector().slice(),
    resumption: reader.vector().slice(),
    authenticator: reader.vector().slice(),
    init: reader.vector().slice(),
  };
}
