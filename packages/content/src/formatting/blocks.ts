interface Line {
  readonly start: number;
  /** The line feed, or the end of the source. */
  readonly end: number;
}

/** Blocks of lines; between two blocks stands exactly one line feed. */
export type BlockLines =
  | ({ readonly type: 'paragraph' } & Line)
  /** `lines` without their marks. */
  | ({ readonly type: 'quote'; readonly lines: readonly Line[] } & Line)
  | ({
      readonly type: 'pre';
      readonly language: string;
      readonly textStart: number;
      readonly textEnd: number;
    } & Line);

export function splitBlocks(source: string): BlockLines[] {
  const lines = splitLines(source);
  const fences = new Fences(source, lines);
  const blocks: BlockLines[] = [];
  for (let i = 0; i < lines.length; ) {
    const { block, next } = fences.blockAt(i) ?? quoteAt(source, lines, i) ?? paragraphAt(lines, i);
    const last = blocks.at(-1);
    if (block.type === 'paragraph' && last?.type === 'paragraph') {
      blocks[blocks.length - 1] = { ...last, end: block.end };
    } else {
      blocks.push(block);
    }
    i = next;
  }
  return blocks;
}

interface Found {
  readonly block: BlockLines;
  /** Index of the line after the block. */
  readonly next: number;
}

function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= source.length; ) {
    const feed = source.indexOf('\n', start);
    const end = feed < 0 ? source.length : feed;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function paragraphAt(lines: readonly Line[], i: number): Found {
  const { start, end } = lines[i] ?? { start: 0, end: 0 };
  return { block: { type: 'paragraph', start, end }, next: i + 1 };
}

/** A quote's mark is `>` and a space, so that `>_<` and `>:(` stay what they are. */
function quoteAt(source: string, lines: readonly Line[], first: number): Found | undefined {
  const quoted: Line[] = [];
  let next = first;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? { start: 0, end: 0 };
    const mark = /^ {0,3}>(?: |$)/.exec(source.slice(line.start, line.end));
    if (!mark) break;
    quoted.push({ start: line.start + mark[0].length, end: line.end });
  }
  const start = lines[first]?.start ?? 0;
  const end = quoted.at(-1)?.end;
  return end === undefined
    ? undefined
    : { block: { type: 'quote', lines: quoted, start, end }, next };
}

interface Fence {
  readonly ticks: number;
  readonly info: string;
}

const maxLanguageLength = 32;

/** Fenced blocks. A fence that is never closed is text, so that half a message stays readable. */
class Fences {
  readonly #lines: readonly Line[];
  readonly #fences: readonly (Fence | undefined)[];
  /** No line from here on closes a fence of so many ticks; keeps hostile input linear. */
  #unclosable = Number.POSITIVE_INFINITY;

  constructor(source: string, lines: readonly Line[]) {
    this.#lines = lines;
    this.#fences = lines.map(({ start, end }) => fenceOf(source.slice(start, end)));
  }

  blockAt(i: number): Found | undefined {
    const open = this.#fences[i];
    if (!open || open.ticks >= this.#unclosable) return undefined;
    for (let close = i + 1; close < this.#fences.length; close++) {
      const fence = this.#fences[close];
      const closes = fence?.info === '' && fence.ticks >= open.ticks;
      if (closes) return this.#block(i, close, open);
    }
    this.#unclosable = open.ticks;
    return undefined;
  }

  #block(open: number, close: number, { info }: Fence): Found {
    const [first, last] = [this.#lines[open], this.#lines[close]];
    const [start, end] = [first?.start ?? 0, last?.end ?? 0];
    const textStart = (first?.end ?? 0) + 1;
    const textEnd = Math.max(textStart, (last?.start ?? 0) - 1);
    const language = info.split(/\s/, 1)[0]?.slice(0, maxLanguageLength) ?? '';
    return { block: { type: 'pre', language, textStart, textEnd, start, end }, next: close + 1 };
  }
}

function fenceOf(line: string): Fence | undefined {
  const [, ticks, info] = /^ {0,3}(`{3,})([^`]*)$/.exec(line) ?? [];
  if (ticks === undefined || info === undefined) return undefined;
  return { ticks: ticks.length, info: info.trim() };
}
