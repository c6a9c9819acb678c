import { Reader } from '../codec/reader.ts';
import { build } from '../codec/writer.ts';
import { type Environment, forSuite } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { GroupState } from '../group/group-state.ts';
import { encodeRosterPart, extensionsHash, type Roster, rosterHash, rosterOf } from './roster.ts';

/** The secret part's format and greatest size. */
export const sealFormatVersion = 1;
export const maxSealBytes = 512;

/** What reads an epoch's application messages later. */
export interface SealedEpoch {
  /**
   * Secrets and context, at most 512 bytes, in the clear: whoever has it reads the epoch. Encrypt it
   * under the history key before it goes anywhere.
   */
  readonly secretPart: Uint8Array;
  /** Leaf keys, credentials and extensions: no secrets, but private all the same. */
  readonly rosterPart: Uint8Array;
  /** For the delta of the next epoch. */
  readonly roster: Roster;
}

/**
 * Captures an epoch for history, giving up its forward secrecy on purpose. Only at its start: once a
 * message key was used, the root of the secret tree is gone.
 * @param earlier the roster of the last sealed epoch, to store only what changed.
 * @throws UsageError `epoch-in-use`, or `group-id-too-long` when 512 bytes do not hold it.
 */
export function sealEpoch(env: Environment, state: GroupState, earlier?: Roster): SealedEpoch {
  const { context, secretTree, secrets } = state.epoch;
  if (secretTree.kind !== 'secret') {
    throw new UsageError('epoch-in-use', 'Seal an epoch before its first message');
  }
  const { crypto } = forSuite(env, context.cipherSuite);
  const roster = rosterOf(state);
  const secretPart = build((writer) => {
    writer.u8(sealFormatVersion).u16(context.version).u16(context.cipherSuite);
    writer.vector(context.groupId).u64(context.epoch).vector(context.treeHash);
    writer.vector(context.confirmedTranscriptHash);
    writer.vector(extensionsHash(crypto, context.extensions)).vector(rosterHash(crypto, roster));
    writer.u32(secretTree.width).vector(secretTree.secret).vector(secrets.senderData);
  });
  if (secretPart.length > maxSealBytes) {
    throw new UsageError('group-id-too-long', 'The group id is too long for a sealed epoch');
  }
  return { secretPart, rosterPart: encodeRosterPart(crypto, roster, earlier), roster };
}

/** The suite in whose terms a sealed epoch is written. */
export function cipherSuiteOfSeal(secretPart: Uint8Array): number {
  const reader = new Reader(secretPart);
  reader.raw(3);
  return reader.u16();
}
