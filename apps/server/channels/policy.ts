import { decodeContent, messageIdOf } from '@heliogram/content';
import { EntryKind, VerificationError } from '@heliogram/protocol';
import type { Conversation, ConversationPolicy, MarkMove } from '../conversations/policy.ts';
import type { Caller, DeviceCaller } from '../gateway/service.ts';
import type { Database, StoredEntry } from '../storage/port.ts';
import { type ChannelAccess, mayUse, openChannel, requireStanding } from './access.ts';
import { afterAppend } from './after-append.ts';
import { countersOf } from './counters.ts';
import { dayOf } from './days.ts';
import { listChannels } from './listing.ts';
import { addToDay } from './movements.ts';
import { admitEntries } from './posting.ts';
import { markRedaction } from './redactions.ts';
import type { Room } from './room.ts';
import { countPassed, foldViews } from './views.ts';

/** What channels allow of the log's six verbs. */
export function channelPolicy(room: Room): ConversationPolicy {
  const { db } = room.storage;
  const reading = async (caller: Caller, conversation: Conversation): Promise<ChannelAccess> => {
    const access = await openChannel(db, caller, { row: conversation.id });
    requireStanding(access);
    return access;
  };
  return {
    mayRead: async (caller, conversation) => {
      await reading(caller, conversation);
    },
    mayAcknowledge: async (caller, conversation) => {
      await reading(caller, conversation);
    },
    maySignal: async (caller, conversation) => {
      await reading(caller, conversation);
      // A signal names its sender: it would tell who is about to post, or who reads.
      throw new VerificationError('forbidden', 'channels do not support signals');
    },
    admit: (caller, conversation, entries) => admitEntries(room, caller, { conversation, entries }),
    mayRedact: async (caller, conversation, target) => {
      requireRedactable(await reading(caller, conversation), caller, target);
      if (!target.redacted) await markRedaction(room, conversation, target.seq);
      return contentIdOf(target);
    },
    joinedAt: async (account, conversation) => {
      const access = await openChannel(db, { kind: 'device', account }, { row: conversation.id });
      return access.membership?.from_seq;
    },
    appended: (conversation, entries) => afterAppend(room, conversation, entries),
    marksMoved: (database, moves) => moved(room, database, moves),
    counters: (conversation, seqs) => countersOf(db, conversation.id, seqs),
    list: (account, page) => listChannels(db, account, page),
  };
}

/** Own posts want the right to post, others' the right to delete. */
function requireRedactable(access: ChannelAccess, caller: DeviceCaller, target: StoredEntry): void {
  const own = target.author === caller.account && mayUse(access, 'post');
  if (target.kind === EntryKind.POST && (own || mayUse(access, 'delete'))) return;
  throw new VerificationError('forbidden', 'you need the right to delete');
}

/** Betrays nothing of what is gone: it is a hash over the text and a salt of 128 random bits. */
function contentIdOf({ payload }: StoredEntry): Uint8Array | null {
  return payload && messageIdOf(decodeContent(payload), payload);
}

async function moved(room: Room, database: Database, moves: readonly MarkMove[]): Promise<void> {
  await foldViews(database, moves);
  const day = dayOf(room.runtime.now());
  const seen = await countPassed(room.storage.log, moves);
  for (const [conversation, views] of seen) await addToDay(database, { conversation, day, views });
  room.counterPushes.moved(moves);
}
