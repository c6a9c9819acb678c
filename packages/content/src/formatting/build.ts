import type { StyleMark } from './emphasis.ts';
import type { Code, Hashtag, Inline, Link, Mention, Text } from './tree.ts';

type LinkMark = Omit<Link, 'children'> & {
  readonly innerStart: number;
  readonly innerEnd: number;
};
/** An escaped character; `from` is its backslash. */
type EscapeMark = Text & { readonly from: number };
type LeafMark = Code | Mention | Hashtag | EscapeMark;
type BranchMark = StyleMark | LinkMark;

/** A stretch of source that is more than text. Two marks nest or are apart. */
export type Mark = LeafMark | BranchMark;

/** Branches deeper than this show their markup as text, so that no view has to recurse far. */
const maxDepth = 16;

interface Frame {
  readonly mark: BranchMark | undefined;
  readonly end: number;
  readonly children: Inline[];
  /** What is before it has a node. */
  done: number;
}

/** Puts marks and the text between them into a tree. */
export function buildInlines(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  marks: readonly Mark[],
): Inline[] {
  const builder = new Builder(source, { mark: undefined, end, children: [], done: start });
  const sorted = marks.toSorted((a, b) => startOf(a) - startOf(b) || b.end - a.end);
  for (const mark of sorted) builder.add(mark);
  return builder.finish();
}

function startOf(mark: Mark): number {
  return 'from' in mark ? mark.from : mark.start;
}

class Builder {
  readonly #source: string;
  readonly #frames: Frame[];
  #top: Frame;

  constructor(source: string, root: Frame) {
    this.#source = source;
    this.#frames = [root];
    this.#top = root;
  }

  add(mark: Mark): void {
    const start = startOf(mark);
    while (this.#top.mark && this.#top.end <= start) this.#close(this.#top.mark);
    const inside = start < this.#top.done;
    if (inside || !this.#isWelcome(mark)) return;
    this.#text(start);
    if ('innerStart' in mark) this.#open(mark);
    else this.#leaf(mark);
  }

  finish(): Inline[] {
    while (this.#top.mark) this.#close(this.#top.mark);
    this.#text(this.#top.end);
    return this.#top.children;
  }

  #isWelcome(mark: Mark): boolean {
    const leadsAway = mark.type === 'link' || mark.type === 'mention' || mark.type === 'hashtag';
    if (leadsAway && this.#frames.some((frame) => frame.mark?.type === 'link')) return false;
    return !('innerStart' in mark) || this.#frames.length <= maxDepth;
  }

  #leaf(mark: LeafMark): void {
    if (mark.type === 'text') {
      const { from: _, ...text } = mark;
      this.#top.children.push(text);
    } else {
      this.#top.children.push(mark);
    }
    this.#top.done = mark.end;
  }

  #open(mark: BranchMark): void {
    this.#top = { mark, end: mark.innerEnd, children: [], done: mark.innerStart };
    this.#frames.push(this.#top);
  }

  #close(mark: BranchMark): void {
    this.#text(this.#top.end);
    const { children } = this.#top;
    const { innerStart: _, innerEnd: __, ...node } = mark;
    this.#frames.pop();
    this.#top = this.#frames.at(-1) ?? this.#top;
    this.#top.children.push({ ...node, children });
    this.#top.done = mark.end;
  }

  #text(end: number): void {
    const start = this.#top.done;
    if (start >= end) return;
    this.#top.children.push({ type: 'text', text: this.#source.slice(start, end), start, end });
    this.#top.done = end;
  }
}
