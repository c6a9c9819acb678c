import type { GroupEnvironment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { AuthenticatedContent } from '../framing/authenticated-content.ts';
import type { ContentBody, ContentWireFormat } from '../framing/content.ts';
import { wireFormat } from '../framing/content.ts';
import { encodeMessage } from '../framing/message.ts';
import { protectPublic } from '../protection/membership-tag.ts';
import { sealPrivate } from '../protection/private-content.ts';
import { signContent } from '../protection/sign-content.ts';
import type { Epoch, GroupState } from './group-state.ts';

/** How a handshake message travels: in the open, for the delivery service to check, or encrypted. */
export type HandshakeFormat = 'public' | 'private';

export interface OwnContent {
  readonly body: ContentBody;
  readonly format: HandshakeFormat;
  readonly authenticatedData: Uint8Array;
}

/** Content signed by our leaf. @throws UsageError `private-handshake`. */
export async function signOwn(
  { crypto, privateHandshakes }: GroupEnvironment,
  epoch: Epoch,
  { body, format, authenticatedData }: OwnContent,
): Promise<AuthenticatedContent> {
  const isPrivateHandshake = format === 'private' && body.kind !== 'application';
  if (isPrivateHandshake && privateHandshakes === 'refused') {
    throw new UsageError('private-handshake', 'Handshake messages of this group are public');
  }
  return signContent(crypto, {
    wireFormat: wireFormatOf(format),
    content: {
      groupId: epoch.context.groupId,
      epoch: epoch.context.epoch,
      sender: { kind: 'member', leafIndex: epoch.own.leafIndex },
      authenticatedData,
      body,
    },
    contextBytes: epoch.contextBytes,
    signaturePrivateKey: epoch.own.signaturePrivateKey,
  });
}

export interface ContentToProtect {
  readonly authenticated: AuthenticatedContent;
  /** Of an encrypted message. */
  readonly paddingBytes?: number;
}

export interface ProtectedContent {
  readonly message: Uint8Array;
  /** The current epoch, moved on: the former one can send nothing more. */
  readonly epoch: Epoch;
  readonly retired: readonly Uint8Array[];
}

/**
 * Signed content as an MLSMessage, in the format it was signed for. Takes the state's one right to
 * send, in the open too: what is sent must be found in the state that is stored next.
 */
export async function protect(
  env: GroupEnvironment,
  epoch: Epoch,
  { authenticated, paddingBytes = 0 }: ContentToProtect,
): Promise<ProtectedContent> {
  const ticket = epoch.ticket.use();
  try {
    if (authenticated.wireFormat === wireFormat.publicMessage) {
      const key = { membership: epoch.secrets.membership, contextBytes: epoch.contextBytes };
      const message = protectPublic(env.crypto, authenticated, key);
      const bytes = encodeMessage({ kind: 'public', message });
      return { message: bytes, epoch: { ...epoch, ticket }, retired: [] };
    }
    return await encrypt(env, { ...epoch, ticket }, { authenticated, paddingBytes });
  } catch (error) {
    epoch.ticket.giveBack();
    throw error;
  }
}

async function encrypt(
  env: GroupEnvironment,
  epoch: Epoch,
  { authenticated, paddingBytes = 0 }: ContentToProtect,
): Promise<ProtectedContent> {
  const secrets = { senderData: epoch.secrets.senderData, secretTree: epoch.secretTree };
  const { leafIndex } = epoch.own;
  const input = { authenticated, leafIndex, paddingBytes, secrets };
  const sealed = await sealPrivate(env.crypto, input, env.random);
  return {
    message: encodeMessage({ kind: 'private', message: sealed.message }),
    epoch: { ...epoch, secretTree: sealed.secretTree },
    retired: sealed.retired,
  };
}

/** @throws UsageError `group-not-active`. */
export function requireActive(state: GroupState): void {
  if (state.status.kind !== 'active') {
    throw new UsageError('group-not-active', `The group is ${state.status.kind}`);
  }
}

function wireFormatOf(format: HandshakeFormat): ContentWireFormat {
  return format === 'public' ? wireFormat.publicMessage : wireFormat.privateMessage;
}
