import type { TextFormat } from '../posts/view.ts';
import { withLineFeeds } from '../text/line-ends.ts';
import { withBoundedMarks } from '../text/marks.ts';
import { hasVisibleText } from '../text/visible.ts';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline, Text } from './tree.ts';

/** Blank lines in a row that code may show; running text shows one. */
const MAX_BLANK_CODE_LINES = 4;

/**
 * The blocks of a post as every surface shows them (CNT-20): without blank lines at the edges, one
 * at most between two lines, no block that shows nothing, no tower of combining marks. What was
 * typed stays in the source; this bounds how much room it takes.
 */
export function shownBlocks(text: string, format: TextFormat = 'markdown'): readonly Block[] {
  const blocks = format === 'markdown' ? parseMarkdown(text).blocks : [plainBlock(text)];
  return blocks.flatMap(shownBlock);
}

function plainBlock(typed: string): Block {
  const text = withLineFeeds(typed);
  const range = { start: 0, end: text.length };
  return { type: 'paragraph', children: [{ type: 'text', text, ...range }], ...range };
}

function shownBlock(block: Block): readonly Block[] {
  if (block.type === 'pre') {
    if (!hasVisibleText(block.text)) return [];
    return [{ ...block, text: withFewBlankLines(withBoundedMarks(block.text)) }];
  }
  const children = new Lines().shown(block.children);
  return children.length === 0 ? [] : [{ ...block, children }];
}

function withFewBlankLines(code: string): string {
  let blank = 0;
  const lines = code.split('\n').filter((line) => {
    blank = hasVisibleText(line) ? 0 : blank + 1;
    return blank <= MAX_BLANK_CODE_LINES;
  });
  return lines.join('\n');
}

/** Walks through a block in reading order and holds breaks and indents back until text follows. */
class Lines {
  /** Line breaks since the last visible text; undefined before the first. */
  #breaks: number | undefined;
  /** White space at the beginning of the line. */
  #indent = '';

  shown(children: readonly Inline[]): readonly Inline[] {
    return children.flatMap((child) => this.#node(child));
  }

  #node(node: Inline): readonly Inline[] {
    if (node.type === 'text') return this.#text(node);
    const lead = this.#lead(node.start);
    if (!('children' in node)) return [...lead, { ...node, text: withBoundedMarks(node.text) }];
    const children = this.shown(node.children);
    return children.length === 0 ? lead : [...lead, { ...node, children }];
  }

  #text(node: Text): readonly Inline[] {
    let text = '';
    for (const [index, line] of node.text.split('\n').entries()) {
      if (index > 0) this.#break();
      if (hasVisibleText(line)) text += this.#held() + line;
      else if (this.#breaks === 0) text += line;
      else this.#indent += line;
    }
    return text === '' ? [] : [{ ...node, text: withBoundedMarks(text) }];
  }

  #break(): void {
    if (this.#breaks !== undefined) this.#breaks++;
    this.#indent = '';
  }

  /** What was held back, once something visible comes. */
  #held(): string {
    const held = '\n'.repeat(Math.min(this.#breaks ?? 0, 2)) + this.#indent;
    this.#breaks = 0;
    this.#indent = '';
    return held;
  }

  #lead(start: number): readonly Text[] {
    const text = this.#held();
    return text === '' ? [] : [{ type: 'text', text, start: start - 1, end: start }];
  }
}
