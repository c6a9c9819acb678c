import {
  EntryKind,
  limits,
  type NewEntry,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Admission, Conversation, ConversationPolicy } from '../conversations/policy.ts';
import type { Caller } from '../gateway/service.ts';
import type { StoredEntry } from '../storage/port.ts';
import type { OwnStateOptions } from './options.ts';
import { ownerOf } from './own-logs.ts';

/** Its owner's devices read and append sealed entries; for everybody else it is not there. */
export function ownStatePolicy({ storage, log, report }: OwnStateOptions): ConversationPolicy {
  const requireOwner = async (caller: Caller, { id }: Conversation): Promise<void> => {
    const owner = caller.kind === 'device' && (await ownerOf(storage.db, id));
    if (caller.kind === 'device' && owner === caller.account) return;
    throw new ValidationError('not_found', 'conversation not found');
  };
  const refuse = async (caller: Caller, conversation: Conversation): Promise<never> => {
    await requireOwner(caller, conversation);
    throw new VerificationError('forbidden', 'own state is read and appended to only');
  };
  return {
    mayRead: requireOwner,
    maySignal: refuse,
    mayAcknowledge: refuse,
    joinedAt: async () => undefined,
    mayRedact: refuse,
    admit: async (caller, conversation, entries) => {
      await requireOwner(caller, conversation);
      const covered = await requireKnown(conversation, entries);
      await requireRoom(conversation, entries, covered);
      return entries.map(admission);
    },
    appended: (conversation, entries) => {
      const covered = coveredBy(entries);
      if (covered === 0) return;
      log.trim(conversation, covered).catch((error: unknown) => {
        // The next entry that covers anything covers this too.
        report('own state was not trimmed', error);
      });
    },
    marksMoved: async () => undefined,
    counters: async () => new Map(),
    list: async () => [],
  };

  /** The last seq that is covered. What is not there yet, nobody can have said again. */
  async function requireKnown({ id }: Conversation, entries: readonly NewEntry[]): Promise<number> {
    const covered = Math.max(...entries.map(({ targetSeq }) => targetSeq));
    const head = (await storage.log.heads([id])).get(id)?.headSeq ?? 0;
    if (covered <= head) return covered;
    throw new ValidationError('invalid_argument', 'an entry covers what is not there');
  }

  /** Entries on their way at the same time are not counted: the bound may be passed by those. */
  async function requireRoom(
    { id }: Conversation,
    added: readonly NewEntry[],
    covered: number,
  ): Promise<void> {
    const { maxBytes, maxEntries } = limits.ownState;
    const held = await storage.log.weight(id, covered);
    const bytes = added.reduce((sum, { payload }) => sum + payload.byteLength, held.bytes);
    if (held.entries + added.length <= maxEntries && bytes <= maxBytes) return;
    throw new ValidationError(
      'limit_reached',
      'own state is full: say what stands in fewer entries',
    );
  }
}

function admission({ payload }: NewEntry): Admission {
  if (payload.byteLength > 0) {
    return { kind: 'admitted', entryKind: EntryKind.STATE, signed: false };
  }
  const error = new ValidationError('invalid_argument', 'an entry of own state is not empty');
  return { kind: 'refused', error };
}

/** Of entries that are durable. Each covers what came before it, never itself. */
function coveredBy(entries: readonly StoredEntry[]): number {
  return Math.max(0, ...entries.map(({ seq, targetSeq }) => Math.min(targetSeq, seq - 1)));
}
