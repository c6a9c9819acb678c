import { HeliogramError, type NewEntry, VerificationError } from '@heliogram/protocol';
import type { Admission, Conversation } from '../conversations/policy.ts';
import { mayUse, openChannel, requireStanding } from './access.ts';
import type { Admitting, Author } from './admitting.ts';
import { admitAttachments } from './attachments.ts';
import { admitEdit } from './editing.ts';
import { verifyForward } from './forwarding.ts';
import { receiveContent } from './received-content.ts';
import { verifyReply } from './replying.ts';
import type { Room } from './room.ts';

/**
 * A verdict on each entry, in order (CHN-10 to CHN-17). One query for the whole call, however many
 * entries; more only for edits, replies, forwards and attachments. Throws for whoever may not write
 * at all.
 */
export async function admitEntries(
  room: Room,
  author: Author,
  call: { readonly conversation: Conversation; readonly entries: readonly NewEntry[] },
): Promise<readonly Admission[]> {
  const access = await openChannel(room.storage.db, author, { row: call.conversation.id });
  requireStanding(access);
  if (!mayUse(access, 'post') && !mayUse(access, 'edit')) {
    throw new VerificationError('forbidden', 'only the owner and admins can post in this channel');
  }
  const admissions: Admission[] = [];
  for (const entry of call.entries)
    admissions.push(await admitEntry(room, { access, author, entry }));
  return admissions;
}

/** A refusal is a verdict; what is nobody's fault is thrown. */
export async function admitEntry(room: Room, admitting: Admitting): Promise<Admission> {
  try {
    return await judge(room, admitting);
  } catch (error) {
    const refused = error instanceof HeliogramError && error.blame !== 'dependency';
    if (refused && error.blame !== 'internal') return { kind: 'refused', error };
    throw error;
  }
}

async function judge(room: Room, admitting: Admitting): Promise<Admission> {
  const content = receiveContent(admitting);
  const { view, signed } = content;
  if (view.kind === 'edit') await admitEdit(room, admitting, { ...content, view });
  else await verifyReply(room, admitting, view);
  if (view.forwardedFrom) await verifyForward(room, admitting, view);
  await admitAttachments(room, admitting, view);
  return { kind: 'admitted', entryKind: view.kind === 'edit' ? 2 : 1, signed };
}
