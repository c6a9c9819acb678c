import type { EntryView } from '@heliogram/client';
import type { Profile } from '@heliogram/protocol';
import { profileJson } from '../channels/profile-json.ts';
import { isoTime } from '../output/output.ts';

/** An entry as the contract of the command line shows it. */
export function entryJson(view: EntryView, authors: ReadonlyMap<string, Profile>): object {
  const { conversationId, seq, id, sentAt, editedAt, deleted, text, views, note } = view;
  const { authorId, forwardedFrom, attachments } = view;
  return {
    conversationId,
    seq,
    id,
    sentAt: isoTime(sentAt),
    ...(editedAt !== undefined && { editedAt: isoTime(editedAt) }),
    ...(deleted && { deleted }),
    ...(authorId !== undefined && { author: authorJson(authorId, authors) }),
    text,
    ...(attachments.length > 0 && {
      attachments: attachments.map(({ name, mediaType, size }) => ({ name, mediaType, size })),
    }),
    ...(forwardedFrom && {
      forwardedFrom: {
        conversationId: forwardedFrom.conversationId,
        seq: forwardedFrom.seq,
        title: forwardedFrom.title,
      },
    }),
    ...(views !== undefined && { views }),
    ...(note && { note }),
    ...(view.takenDownReason !== undefined && { takenDown: view.takenDownReason }),
  };
}

function authorJson(accountId: string, authors: ReadonlyMap<string, Profile>): object {
  return profileJson(authors.get(accountId) ?? { accountId, name: '', username: '' });
}
