import { equalBytes } from '../codec/bytes.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { externalSendersOf } from '../extensions/extension.ts';
import {
  type AuthenticatedContent,
  verifyContentSignature,
} from '../framing/authenticated-content.ts';
import type { FramedContent } from '../framing/content.ts';
import { wireFormat } from '../framing/content.ts';
import type { GroupContext } from '../group/group-context.ts';
import type { RatchetTree } from '../tree/ratchet-tree.ts';
import { check, failureOf } from './checks.ts';
import { mayComeFromOutside } from './proposal-checks.ts';

/** What an epoch's messages are checked against. */
export interface MessageEpoch {
  readonly context: GroupContext;
  readonly contextBytes: Uint8Array;
  readonly tree: RatchetTree;
}

declare const verified: unique symbol;

/** Content whose form, sender and signature have been checked; only `verifyContent` makes it. */
export type VerifiedContent = AuthenticatedContent & { readonly [verified]: true };

/** The checks of RFC 9420 section 6 on one message of the given epoch. */
export async function verifyContent(
  crypto: SuiteCrypto,
  epoch: MessageEpoch,
  authenticated: AuthenticatedContent,
): Promise<VerifiedContent> {
  const { content } = authenticated;
  check('message-group', equalBytes(content.groupId, epoch.context.groupId));
  check('message-epoch', content.epoch === epoch.context.epoch);
  checkSenderMaySend(authenticated);
  const publicKey = signatureKeyOf(epoch, content);
  const { contextBytes } = epoch;
  const valid = await verifyContentSignature(crypto, authenticated, { publicKey, contextBytes });
  return asVerified(authenticated, valid);
}

function asVerified(authenticated: AuthenticatedContent, valid: boolean): VerifiedContent {
  check('message-signature', valid);
  return authenticated as VerifiedContent;
}

/** Which senders may send what, and in which wire format (section 6). */
function checkSenderMaySend({ content, wireFormat: format }: AuthenticatedContent): void {
  const { sender, body } = content;
  const isPublic = format === wireFormat.publicMessage;
  check('public-no-application', !isPublic || body.kind !== 'application');
  switch (sender.kind) {
    case 'member':
      return;
    case 'external':
      check('message-sender-type', body.kind === 'proposal');
      return check('external-proposal-type', mayComeFromOutside(body.proposal));
    case 'new_member_proposal':
      check('message-sender-type', body.kind === 'proposal');
      return check('new-member-proposal-add', body.proposal.kind === 'add');
    case 'new_member_commit':
      return check('message-sender-type', body.kind === 'commit');
  }
}

function signatureKeyOf(epoch: MessageEpoch, content: FramedContent): Uint8Array {
  const { sender, body } = content;
  switch (sender.kind) {
    case 'member': {
      const leaf = epoch.tree.leaf(sender.leafIndex);
      check('message-sender-exists', leaf !== undefined);
      return leaf.signatureKey;
    }
    case 'external': {
      const found = externalSendersOf(epoch.context.extensions)[sender.senderIndex];
      check('external-sender-listed', found !== undefined);
      return found.signatureKey;
    }
    case 'new_member_proposal': {
      if (body.kind !== 'proposal' || body.proposal.kind !== 'add') {
        throw failureOf('new-member-proposal-add');
      }
      return body.proposal.keyPackage.leafNode.signatureKey;
    }
    case 'new_member_commit': {
      const leaf = body.kind === 'commit' ? body.commit.path?.leafNode : undefined;
      check('commit-path-required', leaf !== undefined);
      return leaf.signatureKey;
    }
  }
}
