import { emptyBytes, equalBytes } from '../codec/bytes.ts';
import { decode, malformed, type Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import {
  type Credential,
  decodeCredential,
  encodeCredential,
  equalCredentials,
} from '../credentials/credential.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { VerificationError } from '../errors.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';
import type { GroupState } from '../group/group-state.ts';

/** Who was in an epoch: what verifies its messages, and under whose name to show them. */
export interface Roster {
  /** By leaf index. */
  readonly members: ReadonlyMap<number, RosterEntry>;
  /** The extensions of the group context, which signatures cover. */
  readonly extensions: readonly Extension[];
}

export interface RosterEntry {
  readonly signatureKey: Uint8Array;
  readonly credential: Credential;
}

const formatVersion = 1;
const partKind = { snapshot: 0, delta: 1 } as const;

export function rosterOf(state: GroupState): Roster {
  const members = new Map<number, RosterEntry>();
  for (const { index, leaf } of state.epoch.tree.members()) {
    members.set(index, { signatureKey: leaf.signatureKey, credential: leaf.credential });
  }
  return { members, extensions: state.epoch.context.extensions };
}

/** Binds members; extensions have a hash of their own. */
export function rosterHash(crypto: SuiteCrypto, roster: Roster): Uint8Array {
  const members = [...roster.members].sort(([a], [b]) => a - b);
  return crypto.hash(build((writer) => writer.list(members, encodeMember), members.length * 128));
}

export function extensionsHash(crypto: SuiteCrypto, extensions: readonly Extension[]): Uint8Array {
  return crypto.hash(build((writer) => encodeExtensions(writer, extensions)));
}

/** The roster whole, or as what changed from an earlier one. */
export function encodeRosterPart(
  crypto: SuiteCrypto,
  roster: Roster,
  earlier: Roster | undefined,
): Uint8Array {
  const from = earlier?.members ?? new Map<number, RosterEntry>();
  const gone = [...from.keys()].filter((index) => !roster.members.has(index));
  const changed = [...roster.members].filter(([index, member]) => {
    const before = from.get(index);
    return before === undefined || !equalEntries(before, member);
  });
  return build((writer) => {
    writer.u8(formatVersion).u8(earlier ? partKind.delta : partKind.snapshot);
    writer.vector(earlier ? rosterHash(crypto, earlier) : emptyBytes);
    writer.list(gone, (list, index) => list.u32(index));
    writer.list(changed, encodeMember);
    encodeExtensions(writer, roster.extensions);
  });
}

/**
 * The roster that a part describes.
 * @param earlier the roster that a delta is from.
 * @throws VerificationError `wrong-roster` for a delta from another roster than the one given.
 */
export function decodeRosterPart(
  crypto: SuiteCrypto,
  part: Uint8Array,
  earlier: Roster | undefined,
): Roster {
  return decode(part.slice(), (reader) => {
    if (reader.u8() !== formatVersion) throw malformed('a roster of an unknown format version');
    const members = membersBefore(crypto, reader, earlier);
    for (const index of reader.list((list) => list.u32())) members.delete(index);
    for (const [index, member] of reader.list(decodeMember)) members.set(index, member);
    return { members, extensions: decodeExtensions(reader) };
  });
}

function membersBefore(
  crypto: SuiteCrypto,
  reader: Reader,
  earlier: Roster | undefined,
): Map<number, RosterEntry> {
  const kind = reader.u8();
  const base = reader.vector();
  if (kind === partKind.snapshot) return new Map();
  if (kind !== partKind.delta) throw malformed('a roster part is of an unknown kind');
  if (earlier === undefined || !equalBytes(base, rosterHash(crypto, earlier))) {
    throw new VerificationError('wrong-roster', 'A roster delta is from another roster');
  }
  return new Map(earlier.members);
}

function encodeMember(writer: Writer, [index, member]: readonly [number, RosterEntry]): void {
  writer.u32(index).vector(member.signatureKey);
  encodeCredential(writer, member.credential);
}

function decodeMember(reader: Reader): [number, RosterEntry] {
  const index = reader.u32();
  const signatureKey = reader.vector();
  return [index, { signatureKey, credential: decodeCredential(reader) }];
}

function equalEntries(a: RosterEntry, b: RosterEntry): boolean {
  return equalBytes(a.signatureKey, b.signatureKey) && equalCredentials(a.credential, b.credential);
}
