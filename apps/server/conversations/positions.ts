import type { LogStore } from '../storage/port.ts';
import type { Conversation } from './policy.ts';

/** How far a client knows a log: a seq, and when the entry there was sent if the client knows that. */
export type KnownPosition = { readonly seq: number; readonly sentAt: number | undefined };

/**
 * Holds what a client knows of a log against the log (LOG-21). A log that was restored from a backup ends
 * earlier, or has grown again and has another entry at that seq: the same seq was then sent at another time.
 * `unverified`: the entry was trimmed, so nobody can tell.
 */
export async function comparePosition(
  log: Pick<LogStore, 'heads' | 'entry'>,
  { id }: Pick<Conversation, 'id'>,
  { seq, sentAt }: KnownPosition,
): Promise<'same' | 'rewound' | 'unverified'> {
  if (seq === 0) return 'same';
  const head = (await log.heads([id])).get(id);
  if (!head || seq > head.headSeq) return 'rewound';
  if (sentAt === undefined) return 'same';
  if (seq === head.headSeq) return sentAt === head.headSentAt ? 'same' : 'rewound';
  const entry = await log.entry(id, seq);
  if (!entry) return 'unverified';
  return entry.sentAt === sentAt ? 'same' : 'rewound';
}
