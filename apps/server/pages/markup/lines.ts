import type { Inline } from '@heliogram/content';

/** A line of a block: its nodes, none of which holds a line feed but links and code. */
type Line = readonly Inline[];

/** The lines of a block. What spans several is there in each, so that lines can stand apart. */
export function linesOf(nodes: readonly Inline[]): readonly Line[] {
  const lines: Inline[][] = [[]];
  const add = (pieces: readonly Line[]) => {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...piece);
    }
  };
  for (const node of nodes) add(piecesOf(node));
  return lines;
}

function piecesOf(node: Inline): readonly Line[] {
  if (node.type === 'text') {
    return node.text.split('\n').map((text) => (text === '' ? [] : [{ ...node, text }]));
  }
  if (node.type !== 'bold' && node.type !== 'italic' && node.type !== 'strike') return [[node]];
  return linesOf(node.children).map((children) =>
    children.length === 0 ? [] : [{ ...node, children }],
  );
}

type Direction = 'ltr' | 'rtl';

/** Lines of one direction that follow one another: what is shown as one paragraph. */
export type Stretch = { readonly direction: Direction; readonly lines: readonly Line[] };

/**
 * Stretches of lines, parted by blank lines and wherever the direction changes. Each line goes by its
 * own first strong letter (UAX #9, P2 and P3); one without any goes on with the line before it.
 */
export function stretchesOf(lines: readonly Line[]): readonly Stretch[] {
  const stretches: { direction: Direction | undefined; lines: Line[] }[] = [];
  let blank = true;
  for (const line of lines) {
    const last = stretches.at(-1);
    const direction = directionOf(line);
    const goesOn = !blank && (!direction || !last?.direction || direction === last.direction);
    blank = line.length === 0;
    if (blank) continue;
    if (last && goesOn) {
      last.direction ??= direction;
      last.lines.push(line);
    } else stretches.push({ direction, lines: [line] });
  }
  return stretches.map((stretch) => ({ ...stretch, direction: stretch.direction ?? 'ltr' }));
}

const STRONG = /[\u061c\u200e\u200f]|\p{L}/u;
/** Blocks of Unicode whose letters are written from right to left, and their marks of direction. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Links, mentions and code are isolated, so that their letters do not count. */
function directionOf(nodes: Line): Direction | undefined {
  for (const node of nodes) {
    const direction = directionOfNode(node);
    if (direction) return direction;
  }
  return undefined;
}

function directionOfNode(node: Inline): Direction | undefined {
  if (node.type === 'link' || node.type === 'mention' || node.type === 'code') return undefined;
  if ('children' in node) return directionOf(node.children);
  const [strong] = STRONG.exec(node.text) ?? [];
  if (strong === undefined) return undefined;
  return RIGHT_TO_LEFT.test(strong) ? 'rtl' : 'ltr';
}
