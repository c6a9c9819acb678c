/** A text with what is selected in it, in UTF-16 units. */
export interface Edited {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type InlineFormat = 'bold' | 'italic' | 'strike' | 'code';

const marks: Readonly<Record<InlineFormat, string>> = {
  bold: '**',
  italic: '_',
  strike: '~~',
  code: '`',
};

/** Puts the marks around what is selected, or takes them away where they are. */
export function toggleInline(edited: Edited, format: InlineFormat): Edited {
  const mark = marks[format];
  const { text, start, end } = trimmed(edited);
  const outside =
    text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (outside) {
    const before = text.slice(0, start - mark.length);
    return place(before, text.slice(start, end), text.slice(end + mark.length));
  }
  const inner = text.slice(start, end);
  const wrapped = inner.length > 2 * mark.length && inner.startsWith(mark) && inner.endsWith(mark);
  if (wrapped) {
    return place(text.slice(0, start), inner.slice(mark.length, -mark.length), text.slice(end));
  }
  return place(text.slice(0, start) + mark, inner, mark + text.slice(end));
}

/** Marks stand at words, not at the spaces beside them. */
function trimmed({ text, start, end }: Edited): Edited {
  const selected = text.slice(start, end);
  if (selected.trim() === '') return { text, start, end };
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

/** Code of several lines goes between fences. */
export function toggleCode(edited: Edited): Edited {
  const { text, start, end } = edited;
  const inner = text.slice(start, end);
  if (!inner.includes('\n')) return toggleInline(edited, 'code');
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const after = end < text.length && text[end] !== '\n' ? '\n' : '';
  const head = `${text.slice(0, start)}${before}\`\`\`\n`;
  return place(head, inner, `\n\`\`\`${after}${text.slice(end)}`);
}

/** `[selected](url)`; what is selected may itself be the URL. */
export function insertLink({ text, start, end }: Edited, url: string): Edited {
  const selected = text.slice(start, end);
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const shown = selected === '' ? url : selected;
  const link = `[${shown}](${url})`;
  const at = before.length + link.length;
  return { text: before + link + after, start: at, end: at };
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
