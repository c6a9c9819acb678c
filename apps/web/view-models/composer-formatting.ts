import {
  type Block,
  escapeMarkdown,
  hasVisibleText,
  type Inline,
  parseMarkdown,
} from '@heliogram/content';

/** A text with what is selected in it, in UTF-16 units. */
export interface Edited {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type InlineFormat = 'bold' | 'italic' | 'strike' | 'code';

/** What is tried in turn: `_` formats no part of a word, which `*` does. */
const marks: Readonly<Record<InlineFormat, readonly string[]>> = {
  bold: ['**', '__'],
  italic: ['_', '*'],
  strike: ['~~'],
  code: ['`', '``', '```'],
};

/**
 * Puts marks around what is selected, or takes them away where they are. It reads the text as its
 * readers will: marks that would be shown as characters are moved past spaces and punctuation at
 * the edges, or not written at all. With nothing selected the word at the cursor is meant.
 */
export function toggleInline(edited: Edited, format: InlineFormat): Edited {
  const selected = edited.start === edited.end ? wordAt(edited) : trimmed(edited);
  if (selected.start === selected.end) return togglePair(selected, format);
  const plain = withoutMarks(selected, format);
  if (plain) return plain;
  const stretches = stretchesOf(selected);
  let formatted = selected;
  // From the end, so that what is inserted moves no stretch that is still to come.
  for (const { start, end } of stretches.toReversed()) {
    formatted = withMarks({ text: formatted.text, start, end }, format);
  }
  if (stretches.length === 1) return formatted;
  const grown = formatted.text.length - selected.text.length;
  return { text: formatted.text, start: selected.start, end: selected.end + grown };
}

/** Nothing to format yet: the cursor stands between the marks, and the same again takes them away. */
function togglePair({ text, start }: Edited, format: InlineFormat): Edited {
  const [mark = ''] = marks[format];
  const [before, after] = [text.slice(0, start), text.slice(start)];
  if (before.endsWith(mark) && after.startsWith(mark)) {
    return place(before.slice(0, -mark.length), '', after.slice(mark.length));
  }
  return place(before + mark, '', mark + after);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Formatting reaches across no blank line and no line of a quote: each line by itself. */
function stretchesOf({ text, start, end }: Edited): readonly Stretch[] {
  const selected = text.slice(start, end);
  if (!/\n[ \t]*\n|(?:^|\n) {0,3}> /.test(selected)) return [{ start, end }];
  let at = start;
  return selected.split('\n').flatMap((line) => {
    const from = at;
    at += line.length + 1;
    const quoted = /^ {0,3}> /.exec(line)?.[0].length ?? 0;
    if (!hasVisibleText(line.slice(quoted))) return [];
    const stretch = trimmed({ text, start: from + quoted, end: from + line.length });
    return [{ start: stretch.start, end: stretch.end }];
  });
}

/** The first way to write the marks that readers see as the format and as nothing else. */
function withMarks(edited: Edited, format: InlineFormat): Edited {
  for (const range of narrowings(edited)) {
    for (const mark of marks[format]) {
      const written = place(
        edited.text.slice(0, range.start) + mark,
        edited.text.slice(range.start, range.end),
        mark + edited.text.slice(range.end),
      );
      if (showsAs(written, format, edited.text)) return written;
    }
  }
  return edited;
}

/** What is selected, then with less and less of the punctuation at its edges. */
function narrowings({ text, start, end }: Edited): readonly Stretch[] {
  const selected = text.slice(start, end);
  const lead = /^[\p{P}\p{S}\s]*/u.exec(selected)?.[0].length ?? 0;
  const tail = selected.length - lastBut(selected);
  return [
    { start, end },
    { start, end: end - tail },
    { start: start + lead, end },
    { start: start + lead, end: end - tail },
  ].filter((range) => range.start < range.end);
}

function lastBut(selected: string): number {
  let at = selected.length;
  while (at > 0 && /[\p{P}\p{S}\s]/u.test(selected[at - 1] ?? '')) at--;
  return at;
}

/** Whether what is selected has the format and no other character of the text is shown anew. */
function showsAs({ text, start, end }: Edited, format: InlineFormat, before: string): boolean {
  const { blocks } = parseMarkdown(text);
  const node = findNode(blocks, (each) => {
    if (each.type !== format) return false;
    const inner = innerOf(each);
    return inner.start === start && inner.end === end;
  });
  if (!node) return false;
  if (node.type === 'code') return node.text === text.slice(start, end);
  return shownCharacters(blocks) === shownCharacters(parseMarkdown(before).blocks);
}

/** The text without the format of the node that holds all that is selected. */
function withoutMarks({ text, start, end }: Edited, format: InlineFormat): Edited | undefined {
  const node = findNode(
    parseMarkdown(text).blocks,
    (each) => each.type === format && each.start <= start && each.end >= end,
  );
  if (!node) return undefined;
  const inner = innerOf(node);
  const taken = inner.start - node.start;
  const bare =
    text.slice(0, node.start) + text.slice(inner.start, inner.end) + text.slice(node.end);
  const clamp = (at: number) => Math.max(inner.start, Math.min(inner.end, at)) - taken;
  return { text: bare, start: clamp(start), end: clamp(end) };
}

type Node = Block | Inline;

function findNode(nodes: readonly Node[], isIt: (node: Inline) => boolean): Inline | undefined {
  for (const node of nodes) {
    const block = node.type === 'paragraph' || node.type === 'quote' || node.type === 'pre';
    if (!block && isIt(node)) return node;
    const inner = 'children' in node ? findNode(node.children, isIt) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** What stands between a node's marks. */
function innerOf(node: Inline): Stretch {
  if (node.type === 'code') {
    const marks = (node.end - node.start - node.text.length) / 2;
    return { start: node.start + marks, end: node.end - marks };
  }
  const [first, last] = 'children' in node ? [node.children[0], node.children.at(-1)] : [];
  return { start: first?.start ?? node.start, end: last?.end ?? node.end };
}

function shownCharacters(nodes: readonly Node[]): string {
  return nodes
    .map((node) => ('children' in node ? shownCharacters(node.children) : node.text))
    .join('');
}

/** The word that the cursor is in or at; the cursor itself where there is none. */
function wordAt({ text, start, end }: Edited): Edited {
  let [from, to] = [start, end];
  while (from > 0 && /[\p{L}\p{N}\p{M}]/u.test(text[from - 1] ?? '')) from--;
  while (to < text.length && /[\p{L}\p{N}\p{M}]/u.test(text[to] ?? '')) to++;
  // Between two words of marks that were just written the cursor is meant, not a word.
  return from < start && to > end ? { text, start: from, end: to } : { text, start, end };
}

/** Marks stand at words, not at the spaces beside them. */
function trimmed({ text, start, end }: Edited): Edited {
  const selected = text.slice(start, end);
  if (selected.trim() === '') return { text, start, end: start };
  const lead = selected.length - selected.trimStart().length;
  const tail = selected.length - selected.trimEnd().length;
  return { text, start: start + lead, end: end - tail };
}

/** Begins each selected line with `> `, or ends that where all of them do. */
export function toggleQuote({ text, start, end }: Edited): Edited {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const feed = text.indexOf('\n', end);
  const to = feed < 0 ? text.length : feed;
  const lines = text.slice(from, to).split('\n');
  const quoted = lines.every((line) => line.startsWith('> '));
  const inner = lines.map((line) => (quoted ? line.slice(2) : `> ${line}`)).join('\n');
  return place(text.slice(0, from), inner, text.slice(to));
}

/** Code of several lines goes between fences, longer than any inside. */
export function toggleCode(edited: Edited): Edited {
  const { text, start, end } = edited;
  const inner = text.slice(start, end);
  if (!inner.includes('\n')) return toggleInline(edited, 'code');
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const after = end < text.length && text[end] !== '\n' ? '\n' : '';
  const longest = Math.max(2, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const head = `${text.slice(0, start)}${before}${fence}\n`;
  return place(head, inner, `\n${fence}${after}${text.slice(end)}`);
}

/**
 * `[selected](url)`; what is selected may itself be the URL. Brackets and parentheses that would end
 * the link early are escaped and encoded.
 */
export function insertLink({ text, start, end }: Edited, url: string): Edited {
  const lines = text.slice(start, end).split('\n');
  const selected = lines
    .map((line) => line.trim())
    .join(' ')
    .trim();
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const href = url.replace(
    /[()<>\s]/g,
    (character) => encoded[character] ?? encodeURIComponent(character),
  );
  const shown = selected === '' ? url : selected;
  const written = (label: string) => `[${label}](${href})`;
  const link = isLink(written(shown)) ? written(shown) : written(escapeMarkdown(shown));
  const at = before.length + link.length;
  return { text: before + link + after, start: at, end: at };
}

const encoded: Readonly<Record<string, string>> = { '(': '%28', ')': '%29' };

/** Whether all of it is one link. */
function isLink(markdown: string): boolean {
  const [block, ...others] = parseMarkdown(markdown).blocks;
  const [node] = block?.type === 'paragraph' ? block.children : [];
  return others.length === 0 && node?.type === 'link' && node.end === markdown.length;
}

export function insertText({ text, start, end }: Edited, added: string): Edited {
  const at = start + added.length;
  return { text: text.slice(0, start) + added + text.slice(end), start: at, end: at };
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"`]+$/iu.test(text.trim());
}

function place(before: string, inner: string, after: string): Edited {
  const start = before.length;
  return { text: before + inner + after, start, end: start + inner.length };
}
