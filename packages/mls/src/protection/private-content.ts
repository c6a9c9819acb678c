import { erase } from '../codec/bytes.ts';
import { decode, type Reader } from '../codec/reader.ts';
import { build } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import type { AuthenticatedContent } from '../framing/authenticated-content.ts';
import {
  type ContentAuth,
  type ContentBody,
  type ContentType,
  contentType,
  decodeBody,
  decodeContentAuth,
  encodeBody,
  encodeContentAuth,
  encodeFramedContent,
  type FramedContent,
  wireFormat,
} from '../framing/content.ts';
import { type PrivateMessage, privateContentAad } from '../framing/private-message.ts';
import type { RandomSource } from '../random-source.ts';
import {
  type MessageKey,
  type RatchetKind,
  type RatchetWindow,
  type SecretTree,
  takeKey,
  takeNextKey,
} from '../secret-tree/secret-tree.ts';
import { leafIndex } from '../tree/tree-math.ts';
import { check } from '../validation/checks.ts';
import { openSenderData, reuseGuardBytes, type SenderData, sealSenderData } from './sender-data.ts';

/** The secrets of an epoch that encrypt and decrypt its messages. */
export interface MessageSecrets {
  readonly senderData: Uint8Array;
  readonly secretTree: SecretTree;
}

export interface Sealed {
  readonly message: PrivateMessage;
  readonly secretTree: SecretTree;
  readonly generation: number;
  /** To be erased once the new secret tree is kept. */
  readonly retired: readonly Uint8Array[];
}

export interface SealInput {
  readonly authenticated: AuthenticatedContent;
  readonly leafIndex: number;
  /** Zero bytes after the content. */
  readonly paddingBytes: number;
  readonly secrets: MessageSecrets;
}

/** Encrypts signed content with its sender's next key (RFC 9420 section 6.3). */
export async function sealPrivate(
  crypto: SuiteCrypto,
  input: SealInput,
  random: RandomSource,
): Promise<Sealed> {
  const { content, auth } = input.authenticated;
  const kind = content.body.kind;
  const reuseGuard = random.bytes(reuseGuardBytes);
  const place = { leaf: input.leafIndex, kind: ratchetFor(kind) };
  const taken = takeNextKey(crypto, input.secrets.secretTree, place);
  const header = {
    groupId: content.groupId,
    epoch: content.epoch,
    contentType: contentType[kind],
    authenticatedData: content.authenticatedData,
  };
  const plaintext = encodePrivateContent(content.body, auth, input.paddingBytes);
  const nonce = guardedNonce(taken.nonce, reuseGuard);
  const aad = privateContentAad(header);
  const ciphertext = await crypto.aeadSeal({ key: taken.key, nonce, aad, plaintext });
  erase(taken.key, taken.nonce);
  const { generation } = taken;
  const encryptedSenderData = await sealSenderData(crypto, input.secrets.senderData, {
    header: { ...header, ciphertext },
    senderData: { leafIndex: input.leafIndex, generation, reuseGuard },
  });
  return {
    message: { ...header, encryptedSenderData, ciphertext },
    secretTree: taken.tree,
    generation,
    retired: taken.retired,
  };
}

export interface Opened {
  readonly authenticated: AuthenticatedContent;
  readonly generation: number;
  readonly secretTree: SecretTree;
  readonly retired: readonly Uint8Array[];
}

export interface OpenInput {
  readonly message: PrivateMessage;
  readonly secrets: MessageSecrets;
  readonly window: RatchetWindow;
  /** Whether a leaf is in use: keys are derived for members only. */
  readonly isMember: (leaf: number) => boolean;
}

/** Decrypts; the content is not yet verified. A failure uses up no key. */
export async function openPrivate(crypto: SuiteCrypto, input: OpenInput): Promise<Opened> {
  const { message, secrets, window } = input;
  const sender = await openSenderData(crypto, secrets.senderData, message);
  check('message-sender-exists', input.isMember(sender.leafIndex));
  const kind = kindOf(message.contentType);
  const taken = takeKey(crypto, secrets.secretTree, {
    leaf: sender.leafIndex,
    kind: ratchetFor(kind),
    generation: sender.generation,
    window,
  });
  const authenticated = await openWithKey(crypto, { message, sender, key: taken });
  return {
    authenticated,
    generation: taken.generation,
    secretTree: taken.tree,
    retired: taken.retired,
  };
}

export interface KeyedMessage {
  readonly message: PrivateMessage;
  readonly sender: SenderData;
  readonly key: MessageKey;
}

/** Decrypts with a message key, which is erased. */
export async function openWithKey(
  crypto: SuiteCrypto,
  { message, sender, key }: KeyedMessage,
): Promise<AuthenticatedContent> {
  const plaintext = await crypto.aeadOpen({
    key: key.key,
    nonce: guardedNonce(key.nonce, sender.reuseGuard),
    aad: privateContentAad(message),
    ciphertext: message.ciphertext,
  });
  erase(key.key, key.nonce);
  const { body, auth } = decodePrivateContent(plaintext, message.contentType);
  const content: FramedContent = {
    groupId: message.groupId,
    epoch: message.epoch,
    sender: { kind: 'member', leafIndex: leafIndex(sender.leafIndex) },
    authenticatedData: message.authenticatedData,
    body,
  };
  const capacity = message.ciphertext.length + message.authenticatedData.length + 128;
  const contentBytes = build((writer) => encodeFramedContent(writer, content), capacity);
  return { wireFormat: wireFormat.privateMessage, content, contentBytes, auth };
}

/** Padding that brings content of a length up to a multiple of a block. */
export function paddingToBlock(contentBytes: number, blockBytes: number): number {
  return blockBytes <= 1 ? 0 : (blockBytes - (contentBytes % blockBytes)) % blockBytes;
}

function encodePrivateContent(
  body: ContentBody,
  auth: ContentAuth,
  paddingBytes: number,
): Uint8Array {
  return build((writer) => {
    encodeBody(writer, body);
    encodeContentAuth(writer, auth);
    writer.raw(new Uint8Array(paddingBytes));
  }, 512);
}

function decodePrivateContent(
  plaintext: Uint8Array,
  type: ContentType,
): { readonly body: ContentBody; readonly auth: ContentAuth } {
  return decode(plaintext, (reader: Reader) => {
    const body = decodeBody(reader, type);
    const auth = decodeContentAuth(reader, body.kind);
    const padding = reader.raw(reader.end - reader.position);
    check(
      'private-padding-zero',
      padding.every((byte) => byte === 0),
    );
    return { body, auth };
  });
}

function guardedNonce(nonce: Uint8Array, reuseGuard: Uint8Array): Uint8Array {
  const guarded = nonce.slice();
  reuseGuard.forEach((byte, index) => {
    guarded[index] = (guarded[index] ?? 0) ^ byte;
  });
  return guarded;
}

function kindOf(type: ContentType): ContentBody['kind'] {
  if (type === contentType.application) return 'application';
  return type === contentType.proposal ? 'proposal' : 'commit';
}

function ratchetFor(kind: ContentBody['kind']): RatchetKind {
  return kind === 'application' ? 'application' : 'handshake';
}
