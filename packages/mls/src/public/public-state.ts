import { ascii, bytesOfKey, equalBytes, keyOf } from '../codec/bytes.ts';
import { decode, malformed } from '../codec/reader.ts';
import { build } from '../codec/writer.ts';
import { decodeSender, encodeSender } from '../framing/content.ts';
import { decodeGroupContext, groupContextBytes } from '../group/group-context.ts';
import { limitsWith } from '../limits.ts';
import { decodeProposal, encodeProposal } from '../proposals/proposal.ts';
import type { Proposed } from '../proposals/proposed.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/tree-codec.ts';
import { treeHash } from '../tree/tree-hash.ts';
import { checksFor, type PublicEnvironment } from './public-environment.ts';
import type { PublicGroup } from './public-group.ts';

const magic = ascii('MLSp');
const formatVersion = 1;

/** A followed group as bytes; the tree apart, since it is the large part and changes seldom. */
export interface StoredPublicGroup {
  readonly head: Uint8Array;
  readonly tree: Uint8Array;
}

export function serializePublicGroup(group: PublicGroup): StoredPublicGroup {
  const head = build((writer) => {
    writer.raw(magic).u8(formatVersion).raw(group.contextBytes);
    writer.vector(group.interimTranscriptHash);
    writer.list([...group.proposals], (list, [reference, { proposal, sender }]) => {
      list.vector(bytesOfKey(reference));
      encodeSender(list, sender);
      encodeProposal(list, proposal);
    });
  });
  return { head, tree: encodeRatchetTree(group.tree) };
}

/**
 * The group that was stored.
 * @throws ValidationError `malformed`, also when head and tree are of different epochs.
 */
export function restorePublicGroup(env: PublicEnvironment, stored: StoredPublicGroup): PublicGroup {
  const { maxLeaves } = limitsWith(env.limits);
  const tree = decodeRatchetTree(stored.tree.slice(), { maxLeaves, trusted: true });
  return decode(stored.head.slice(), (reader) => {
    const known = equalBytes(reader.raw(magic.length), magic) && reader.u8() === formatVersion;
    if (!known) throw malformed('this is no stored group of a known format version');
    const context = decodeGroupContext(reader);
    const { crypto } = checksFor(env, context.cipherSuite);
    if (!equalBytes(treeHash(crypto, tree), context.treeHash)) {
      throw malformed('the tree is not the one of the stored epoch');
    }
    const interimTranscriptHash = reader.vector();
    const proposals = reader.list((list): [string, Proposed] => {
      const reference = keyOf(list.vector());
      const sender = decodeSender(list);
      return [reference, { sender, proposal: decodeProposal(list), byReference: true }];
    });
    return {
      context,
      contextBytes: groupContextBytes(context),
      tree,
      interimTranscriptHash,
      proposals: new Map(proposals),
    };
  });
}
