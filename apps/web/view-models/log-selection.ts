import type { PostView } from '../bridge/contract/log.ts';

/** As many as one forward or deletion takes. */
export const maxSelected = 100;

/** Adds or takes away; past the limit nothing is added. */
export function toggleSelected(selected: ReadonlySet<number>, seq: number): ReadonlySet<number> {
  const next = new Set(selected);
  if (next.delete(seq)) return next;
  return next.size < maxSelected ? next.add(seq) : selected;
}

/** Everything between the last chosen one and `seq`, as a press with Shift does. */
export function selectUpTo(
  selected: ReadonlySet<number>,
  posts: readonly PostView[],
  range: { readonly from: number; readonly to: number },
): ReadonlySet<number> {
  const [low, high] = [Math.min(range.from, range.to), Math.max(range.from, range.to)];
  const between = posts.filter(
    ({ seq, deleted, note }) => seq >= low && seq <= high && !deleted && !note,
  );
  return new Set([...selected, ...between.map(({ seq }) => seq)].slice(0, maxSelected));
}

/** What several posts say, oldest first, for the clipboard. */
export function textOfSelected(selected: ReadonlySet<number>, posts: readonly PostView[]): string {
  return posts
    .filter(({ seq, text }) => selected.has(seq) && text !== '')
    .map(({ text }) => text)
    .join('\n\n');
}
