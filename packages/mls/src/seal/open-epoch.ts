import { equalBytes, erase } from '../codec/bytes.ts';
import { decode, malformed } from '../codec/reader.ts';
import type { Credential } from '../credentials/credential.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { UsageError, VerificationError } from '../errors.ts';
import { verifyContentSignature } from '../framing/authenticated-content.ts';
import { contentType } from '../framing/content.ts';
import type { ReceivedMessage } from '../framing/message.ts';
import { type GroupContext, groupContextBytes } from '../group/group-context.ts';
import { openWithKey } from '../protection/private-content.ts';
import { openSenderData } from '../protection/sender-data.ts';
import {
  advancePosition,
  firstPosition,
  keyAt,
  type RatchetPosition,
} from '../secret-tree/secret-tree.ts';
import { type LeafIndex, leafIndex } from '../tree/tree-math.ts';
import { check, failureOf } from '../validation/checks.ts';
import { extensionsHash, type Roster, rosterHash } from './roster.ts';
import { maxSealBytes, sealFormatVersion } from './seal-epoch.ts';

interface SealedSecrets {
  readonly context: GroupContext;
  readonly extensionsHash: Uint8Array;
  readonly rosterHash: Uint8Array;
  readonly width: number;
  readonly root: Uint8Array;
  readonly senderData: Uint8Array;
}

/** A message of a sealed epoch. */
export interface HistoryMessage {
  readonly data: Uint8Array;
  readonly authenticatedData: Uint8Array;
  readonly sender: LeafIndex;
  readonly credential: Credential;
  readonly generation: number;
}

/**
 * Opens a sealed epoch for reading. Touches no live state.
 * @param roster what `decodeRosterPart` made of the roster part.
 * @throws VerificationError `wrong-roster` unless members and extensions are those sealed.
 */
export function openEpoch(env: Environment, secretPart: Uint8Array, roster: Roster): EpochReader {
  const sealed = decodeSecretPart(secretPart);
  const { crypto, ...groupEnv } = forSuite(env, sealed.context.cipherSuite);
  const sameMembers = equalBytes(sealed.rosterHash, rosterHash(crypto, roster));
  const sameExtensions = equalBytes(
    sealed.extensionsHash,
    extensionsHash(crypto, roster.extensions),
  );
  if (!sameMembers || !sameExtensions) {
    throw new VerificationError('wrong-roster', 'The roster is not that of the sealed epoch');
  }
  const context = { ...sealed.context, extensions: roster.extensions };
  return new EpochReader({ crypto, ...groupEnv }, { ...sealed, context }, roster);
}

/** Reads the application messages of one sealed epoch, any of them and as often as wanted. */
export class EpochReader {
  readonly context: GroupContext;
  readonly #contextBytes: Uint8Array;
  readonly #env: GroupEnvironment;
  readonly #sealed: SealedSecrets;
  readonly #roster: Roster;
  /** For each sender where its ratchet begins and how far it was read, so that reading on is fast. */
  readonly #positions = new Map<number, { first: RatchetPosition; last: RatchetPosition }>();

  constructor(env: GroupEnvironment, sealed: SealedSecrets, roster: Roster) {
    this.context = sealed.context;
    this.#contextBytes = groupContextBytes(sealed.context);
    this.#env = env;
    this.#sealed = sealed;
    this.#roster = roster;
  }

  /** Decrypts and verifies a message, our own too. */
  async read(received: ReceivedMessage): Promise<HistoryMessage> {
    if (received.kind !== 'private') {
      throw new UsageError('not-a-private-message', 'History holds private messages');
    }
    const { message } = received;
    const { crypto } = this.#env;
    check('message-group', equalBytes(message.groupId, this.context.groupId));
    check('message-epoch', message.epoch === this.context.epoch);
    check('message-sender-type', message.contentType === contentType.application);
    const sender = await openSenderData(crypto, this.#sealed.senderData, message);
    const member = this.#roster.members.get(sender.leafIndex);
    check('message-sender-exists', member !== undefined && sender.leafIndex < this.#sealed.width);
    const key = keyAt(crypto, this.#positionAt(sender.leafIndex, sender.generation));
    const authenticated = await openWithKey(crypto, { message, sender, key });
    const { body, authenticatedData } = authenticated.content;
    const isSigned = await verifyContentSignature(crypto, authenticated, {
      publicKey: member.signatureKey,
      contextBytes: this.#contextBytes,
    });
    check('message-signature', isSigned);
    if (body.kind !== 'application') throw failureOf('message-sender-type');
    return {
      data: body.data,
      authenticatedData,
      sender: leafIndex(sender.leafIndex),
      credential: member.credential,
      generation: sender.generation,
    };
  }

  /** Overwrites the secrets; nothing can be read afterwards. */
  erase(): void {
    erase(this.#sealed.root, this.#sealed.senderData);
    for (const { first, last } of this.#positions.values()) erase(first.secret, last.secret);
    this.#positions.clear();
  }

  #positionAt(leaf: number, generation: number): RatchetPosition {
    check('private-generation-window', generation <= this.#env.limits.maxSealedGenerations);
    const { crypto } = this.#env;
    const known = this.#positions.get(leaf);
    const first = known?.first ?? this.#first(crypto, leaf);
    const from = known !== undefined && known.last.generation <= generation ? known.last : first;
    const last = advancePosition(crypto, from, generation);
    if (from.secret !== first.secret && from.secret !== last.secret) erase(from.secret);
    this.#positions.set(leaf, { first, last });
    return last;
  }

  #first(crypto: SuiteCrypto, leaf: number): RatchetPosition {
    const root = { kind: 'secret', width: this.#sealed.width, secret: this.#sealed.root } as const;
    return firstPosition(crypto, root, { leaf, kind: 'application' });
  }
}

function decodeSecretPart(secretPart: Uint8Array): SealedSecrets {
  if (secretPart.length > maxSealBytes) throw malformed('a sealed epoch is too large');
  return decode(secretPart.slice(), (reader) => {
    if (reader.u8() !== sealFormatVersion) throw malformed('a seal of an unknown format version');
    const context: GroupContext = {
      version: reader.u16(),
      cipherSuite: reader.u16(),
      groupId: reader.vector(),
      epoch: reader.u64(),
      treeHash: reader.vector(),
      confirmedTranscriptHash: reader.vector(),
      extensions: [],
    };
    const hashes = { extensionsHash: reader.vector(), rosterHash: reader.vector() };
    const width = reader.u32();
    if (width === 0 || (width & (width - 1)) !== 0) throw malformed('a width is no power of two');
    return { context, ...hashes, width, root: reader.vector(), senderData: reader.vector() };
  });
}
