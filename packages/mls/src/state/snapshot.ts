import { ascii, equalBytes, keyOf } from '../codec/bytes.ts';
import { decode, malformed, type Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { type Environment, forSuite } from '../environment.ts';
import type { AuthenticatedContent } from '../framing/authenticated-content.ts';
import { proposalRefOf } from '../framing/authenticated-content.ts';
import {
  decodeContentAuth,
  decodeFramedContent,
  encodeContentAuth,
  wireFormat,
} from '../framing/content.ts';
import type {
  GroupState,
  GroupStatus,
  OwnUpdate,
  PendingCommit,
  PendingProposal,
} from '../group/group-state.ts';
import { limitsWith } from '../limits.ts';
import {
  decodeProposal,
  decodeReInit,
  encodeProposal,
  encodeReInit,
} from '../proposals/proposal.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/tree-codec.ts';
import { treeDelta } from '../tree/tree-delta.ts';
import { treeHash } from '../tree/tree-hash.ts';
import { leafIndex } from '../tree/tree-math.ts';
import {
  decodeEpoch,
  decodeKeyPair,
  decodePastEpoch,
  encodeEpoch,
  encodeKeyPair,
  encodePastEpoch,
} from './epoch-codec.ts';
import { StoredState } from './stored-state.ts';

const magic = ascii('MLSs');
const formatVersion = 1;
/** A tree with more changed nodes than this share of its leaves is stored anew. */
const maxChangedShare = 1 / 8;
const statusCode = { active: 0, reinitialized: 1, removed: 2 } as const;

/** A tree as it is stored: once, for all states whose trees differ little from it. */
export class StoredTree {
  /** Its tree hash; equal ids mean equal bytes. */
  readonly id: Uint8Array;
  readonly tree: RatchetTree;
  #bytes: Uint8Array | undefined;

  constructor(id: Uint8Array, tree: RatchetTree, bytes?: Uint8Array) {
    this.id = id;
    this.tree = tree;
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= encodeRatchetTree(this.tree);
    return this.#bytes;
  }
}

/** A state in the form in which it is stored. Holds secrets in the clear: encrypt it at rest. */
export class StateSnapshot {
  /** Everything but the tree. Changes with every message. */
  readonly head: Uint8Array;
  /** Store its bytes under its id when that id is new; drop ids that no head refers to. */
  readonly tree: StoredTree;
  readonly #state: GroupState;

  constructor(head: Uint8Array, tree: StoredTree, state: GroupState) {
    this.head = head;
    this.tree = tree;
    this.#state = state;
  }

  /** To be called when head and tree are durably stored, and not before. */
  confirmStored(): StoredState {
    return new StoredState(this.#state);
  }
}

/**
 * A state as bytes.
 * @param previous the tree of the last snapshot, to be kept on unless too much changed.
 */
export function snapshotState(
  env: Environment,
  state: GroupState,
  previous?: StoredTree,
): StateSnapshot {
  const { tree } = state.epoch;
  const isNear =
    previous !== undefined &&
    treeDelta(previous.tree, tree, 'all').nodes.length <= 32 + tree.width * maxChangedShare;
  const { crypto } = forSuite(env, state.epoch.context.cipherSuite);
  const base = isNear ? previous : new StoredTree(treeHash(crypto, tree), tree);
  const writer = new Writer(4096);
  encodeState(writer, state, base);
  const head = writer.toBytes();
  writer.erase();
  return new StateSnapshot(head, base, state);
}

/** The id of the tree that a head needs. */
export function treeIdOf(head: Uint8Array): Uint8Array {
  return withHeader(head, (reader) => {
    const id = reader.vector();
    reader.position = reader.end;
    return id;
  });
}

export interface RestoredState {
  readonly state: GroupState;
  readonly tree: StoredTree;
}

/**
 * The state that was stored.
 * @throws ValidationError `malformed`, also for a state of an unknown format version.
 */
export function restoreState(
  env: Environment,
  stored: { readonly head: Uint8Array; readonly treeBytes: Uint8Array },
): RestoredState {
  const { maxLeaves } = limitsWith(env.limits);
  const bytes = stored.treeBytes.slice();
  const tree = decodeRatchetTree(bytes, { maxLeaves, trusted: true });
  const head = stored.head.slice();
  const restored = withHeader(head, (reader) => {
    const id = reader.vector();
    return { state: decodeState(env, reader, tree), tree: new StoredTree(id, tree, bytes) };
  });
  const { epoch } = restored.state;
  const { crypto } = forSuite(env, epoch.context.cipherSuite);
  const isStoredTree = equalBytes(treeHash(crypto, tree), restored.tree.id);
  if (!isStoredTree || !equalBytes(treeHash(crypto, epoch.tree), epoch.context.treeHash)) {
    throw malformed('the tree is not the one that this state was stored with');
  }
  return restored;
}

function withHeader<T>(head: Uint8Array, read: (reader: Reader) => T): T {
  return decode(head, (reader) => {
    if (!equalBytes(reader.raw(magic.length), magic)) throw malformed('this is no stored state');
    if (reader.u8() !== formatVersion) throw malformed('a state of an unknown format version');
    return read(reader);
  });
}

function encodeState(writer: Writer, state: GroupState, base: StoredTree): void {
  writer.raw(magic).u8(formatVersion).vector(base.id);
  encodeEpoch(writer, state.epoch, base.tree);
  encodeStatus(writer, state.status);
  writer.list(state.past, (list, past) => encodePastEpoch(list, past, state.epoch.tree));
  writer.list([...state.proposals.values()], encodePendingProposal);
  writer.list(state.ownUpdates, (list, update) => {
    encodeKeyPair(list, update.leafKey);
    list.vector(update.signaturePrivateKey);
  });
  writer.optional(state.pendingCommit, (optional, pending) => {
    encodePendingCommit(optional, pending, state.epoch.tree);
  });
}

function decodeState(env: Environment, reader: Reader, base: RatchetTree): GroupState {
  const epoch = decodeEpoch(reader, base);
  const { leafIndex: own } = epoch.own;
  return {
    epoch,
    status: decodeStatus(reader),
    past: reader.list((list) => decodePastEpoch(list, epoch.tree)),
    proposals: new Map(
      reader.list((list) => {
        const pending = decodePendingProposal(env, list, epoch.context.cipherSuite);
        return [keyOf(pending.reference), pending] as const;
      }),
    ),
    ownUpdates: reader.list(
      (list): OwnUpdate => ({
        leafKey: decodeKeyPair(list),
        signaturePrivateKey: list.vector().slice(),
      }),
    ),
    pendingCommit: reader.optional((optional) => decodePendingCommit(optional, epoch.tree, own)),
  };
}

function encodeStatus(writer: Writer, status: GroupStatus): void {
  writer.u8(statusCode[status.kind]);
  if (status.kind === 'reinitialized') encodeReInit(writer, status.reinit);
}

function decodeStatus(reader: Reader): GroupStatus {
  const code = reader.u8();
  if (code === statusCode.active) return { kind: 'active' };
  if (code === statusCode.removed) return { kind: 'removed' };
  if (code !== statusCode.reinitialized) throw malformed('a group has an unknown status');
  return { kind: 'reinitialized', reinit: decodeReInit(reader) };
}

function encodePendingProposal(writer: Writer, { authenticated }: PendingProposal): void {
  writer.u16(authenticated.wireFormat).raw(authenticated.contentBytes);
  encodeContentAuth(writer, authenticated.auth);
}

function decodePendingProposal(
  env: Environment,
  reader: Reader,
  cipherSuite: number,
): PendingProposal {
  const format =
    reader.u16() === wireFormat.publicMessage
      ? wireFormat.publicMessage
      : wireFormat.privateMessage;
  const start = reader.position;
  const content = decodeFramedContent(reader);
  const contentBytes = reader.since(start);
  const { body, sender } = content;
  if (body.kind !== 'proposal') throw malformed('what waits for a commit is no proposal');
  const auth = decodeContentAuth(reader, body.kind);
  const authenticated: AuthenticatedContent = { wireFormat: format, content, contentBytes, auth };
  const reference = proposalRefOf(forSuite(env, cipherSuite).crypto, authenticated);
  return { proposal: body.proposal, sender, byReference: true, reference, authenticated };
}

function encodePendingCommit(writer: Writer, pending: PendingCommit, current: RatchetTree): void {
  encodeEpoch(writer, pending.next, current);
  writer.optional(pending.reinit, encodeReInit);
  writer.list(pending.intent, (list, { proposal }) => encodeProposal(list, proposal));
  writer.vector(pending.message);
}

function decodePendingCommit(reader: Reader, current: RatchetTree, own: number): PendingCommit {
  const next = decodeEpoch(reader, current);
  const sender = { kind: 'member', leafIndex: leafIndex(own) } as const;
  return {
    next,
    reinit: reader.optional(decodeReInit),
    intent: reader.list((list) => ({ proposal: decodeProposal(list), sender, byReference: false })),
    message: reader.vector(),
  };
}
