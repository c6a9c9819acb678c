import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CountersSchema } from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import { viewsOf } from './views.ts';

export type CountersInit = MessageInitShape<typeof CountersSchema>;

/** Views and reactions of posts, by seq: two queries for a page. Absent: none. */
export async function countersOf(
  database: Database,
  conversation: number,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, CountersInit>> {
  if (seqs.length === 0) return new Map();
  const [views, reactions] = await Promise.all([
    viewsOf(database, conversation, seqs),
    reactionsOf(database, conversation, seqs),
  ]);
  const counters = new Map<number, CountersInit>();
  for (const seq of seqs) {
    const seen = views.get(seq) ?? 0;
    const given = reactions.get(seq) ?? [];
    if (seen > 0 || given.length > 0) counters.set(seq, { views: seen, reactions: given });
  }
  return counters;
}

type ReactionCount = { readonly emoji: string; readonly count: number };

/** Most given first. */
async function reactionsOf(database: Database, conversation: number, seqs: readonly number[]) {
  const rows = await database
    .selectFrom('reaction_counts')
    .select(['seq', 'emoji', 'count'])
    .where('conversation', '=', conversation)
    .where('seq', 'in', seqs)
    .orderBy('count', 'desc')
    .orderBy('emoji')
    .execute();
  const bySeq = new Map<number, ReactionCount[]>();
  for (const { seq, emoji, count } of rows) {
    const given = bySeq.get(seq);
    if (given) given.push({ emoji, count });
    else bySeq.set(seq, [{ emoji, count }]);
  }
  return bySeq;
}
