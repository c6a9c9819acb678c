import { EntryKind } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { WholeLog } from './whole-log.ts';

/** Counts as a slow and simple count has them. */
export function* auditCounts(model: ChannelModel, log: WholeLog): Iterable<string> {
  const { channel, entries, listed } = log;
  if (channel.subscribers !== model.followers.size) {
    yield `${channel.subscribers} subscribers are shown, ${model.followers.size} follow`;
  }
  const posts = entries.filter(({ kind, redacted }) => kind === EntryKind.POST && !redacted).length;
  if (channel.posts !== posts) yield `${channel.posts} posts are shown, ${posts} are there`;
  for (const { seq, kind, counters, redacted } of listed) {
    if (kind !== EntryKind.POST) continue;
    const views = model.views.get(seq) ?? 0;
    const shown = counters?.views ?? 0;
    if (!model.viewsUnsure && shown !== views) yield `${seq} shows ${shown} views, it had ${views}`;
    if (redacted) continue;
    const reactions = tally(model.reactions.get(seq)?.values() ?? []);
    const given = new Map(counters?.reactions.map(({ emoji, count }) => [emoji, count]));
    if (describe(reactions) !== describe(given)) {
      yield `${seq} shows the reactions ${describe(given)}, it was given ${describe(reactions)}`;
    }
  }
}

function tally(values: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function describe(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([name, count]) => `${name}${count}`)
    .sort()
    .join(' ');
}
