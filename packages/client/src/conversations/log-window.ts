import { create, equals } from '@bufbuild/protobuf';
import { type Entry, type EntryCounters, EntryKind, EntrySchema } from '@heliogram/protocol';
import type { Span } from '../store/entry-port.ts';
import { fold, laterOf } from './cached-entries.ts';

/** The part of a log that is in sight: posts and notes without a gap. Pure: every step is a new one. */
export interface LogWindow {
  /** Ascending by seq. */
  readonly entries: readonly Entry[];
  /** Between these, `entries` are all that there is to see; null: nothing was opened. */
  readonly span: Span | null;
  /** Known end of the log. */
  readonly headSeq: number;
  /** When the entry at `headSeq` was sent, where that is known. */
  readonly headSentAt?: number | undefined;
}

/** What a step did to the window. */
export interface WindowChange {
  readonly inserted: readonly Entry[];
  readonly updated: readonly Entry[];
  /** No longer in the window: they are far off now, or gone from the log. */
  readonly removed: readonly number[];
}

export interface LogPage {
  readonly entries: readonly Entry[];
  readonly known: Span;
  readonly headSeq: number;
  /** When the entry at `headSeq` was sent, where that is known. */
  readonly headSentAt?: number | undefined;
}

export const emptyWindow: LogWindow = { entries: [], span: null, headSeq: 0 };

type Step = readonly [LogWindow, WindowChange];
const nothing: WindowChange = { inserted: [], updated: [], removed: [] };

export function hasOlder({ span }: LogWindow): boolean {
  return span !== null && span.from > 1;
}

export function hasNewer({ span, headSeq }: LogWindow): boolean {
  return span !== null && span.to < headSeq;
}

/** A window on this page alone. */
export function openAt({ headSeq }: LogWindow, page: LogPage): LogWindow {
  const head = Math.max(headSeq, page.headSeq, page.known.to);
  const { headSentAt } = page;
  return { entries: page.entries, span: page.known, headSeq: head, headSentAt };
}

/** Takes a page in where it overlaps or continues the window; one that lies apart only tells the head. */
export function takePage(window: LogWindow, page: LogPage): Step {
  const { span } = window;
  const headSeq = Math.max(window.headSeq, page.headSeq, page.known.to);
  const { from, to } = page.known;
  const apart = !span || from > to || span.to + 1 < from || span.from > to + 1;
  if (apart) return [{ ...window, headSeq }, nothing];
  const within = ({ seq }: Entry) => seq >= from && seq <= to;
  const before = new Map(window.entries.map((entry) => [entry.seq, entry]));
  const fresh = page.entries.filter(within).map((entry) => {
    const known = before.get(entry.seq);
    return known ? laterOf(known, entry) : entry;
  });
  const known = new Set(fresh.map(({ seq }) => seq));
  const kept = window.entries.filter((entry) => !within(entry));
  const change: WindowChange = {
    inserted: fresh.filter(({ seq }) => !before.has(seq)),
    updated: fresh.filter((entry) => {
      const was = before.get(entry.seq);
      return was !== undefined && !equals(EntrySchema, was, entry);
    }),
    removed: window.entries.filter((each) => within(each) && !known.has(each.seq)).map(seqOf),
  };
  const entries = [...kept, ...fresh].sort((a, b) => a.seq - b.seq);
  const joined = { from: Math.min(span.from, from), to: Math.max(span.to, to) };
  return [{ entries, span: joined, headSeq }, change];
}

/** Takes in the next entry of the log: a post or note, or what changes one. */
export function takeEntry(window: LogWindow, entry: Entry): Step {
  const { seq, kind, targetSeq } = entry;
  const { span } = window;
  const headSeq = Math.max(window.headSeq, seq);
  const continues = span !== null && span.to + 1 === seq;
  const grown = continues
    ? { ...window, headSeq, span: { ...span, to: seq } }
    : { ...window, headSeq };
  if (kind === EntryKind.EDIT || kind === EntryKind.REDACTION) {
    return changeEntry(grown, targetSeq, (post) => fold(post, entry));
  }
  if (!continues) return [grown, nothing];
  const entries = [...window.entries, entry];
  return [
    { ...grown, entries },
    { ...nothing, inserted: [entry] },
  ];
}

export function takeCounters(window: LogWindow, { seq, counters }: EntryCounters): Step {
  if (!counters) return [window, nothing];
  return changeEntry(window, seq, (post) => create(EntrySchema, { ...post, counters }));
}

/** Lets go of what is beyond `most` entries, at the side away from where it grew. */
export function bound(window: LogWindow, most: number, grew: 'older' | 'newer'): Step {
  const { entries, span } = window;
  const beyond = entries.length - most;
  if (beyond <= 0 || !span) return [window, nothing];
  const kept = grew === 'older' ? entries.slice(0, most) : entries.slice(beyond);
  const gone = grew === 'older' ? entries.slice(most) : entries.slice(0, beyond);
  const [first, last] = [kept[0]?.seq ?? span.from, kept.at(-1)?.seq ?? span.to];
  const cut = grew === 'older' ? { from: span.from, to: last } : { from: first, to: span.to };
  return [
    { ...window, entries: kept, span: cut },
    { ...nothing, removed: gone.map(seqOf) },
  ];
}

function changeEntry(window: LogWindow, seq: number, change: (post: Entry) => Entry): Step {
  const at = window.entries.findIndex((entry) => entry.seq === seq);
  const before = window.entries[at];
  if (!before) return [window, nothing];
  const after = change(before);
  if (equals(EntrySchema, before, after)) return [window, nothing];
  return [
    { ...window, entries: window.entries.with(at, after) },
    { ...nothing, updated: [after] },
  ];
}

function seqOf({ seq }: Entry): number {
  return seq;
}
