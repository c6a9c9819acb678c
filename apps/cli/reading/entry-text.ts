import type { EntryView, NoteView } from '@heliogram/client';
import type { Profile } from '@heliogram/protocol';
import { shortTime } from '../output/output.ts';
import type { Style } from '../output/style.ts';
import { counted, printable } from '../output/terminal-text.ts';

/** An entry for people: a line of facts, then what it says. */
export function entryText(
  view: EntryView,
  authors: ReadonlyMap<string, Profile>,
  style: Style,
): string {
  const { bold, dim, accent } = style;
  const author = view.authorId === undefined ? undefined : authors.get(view.authorId);
  const facts = [
    bold(String(view.seq)),
    dim(shortTime(view.sentAt)),
    author ? accent(printable(author.name)) : '',
    view.editedAt === undefined ? '' : dim('edited'),
    view.views ? dim(counted(view.views, 'view')) : '',
    ...view.reactions.map(({ emoji, count }) => `${printable(emoji)} ${count}`),
  ];
  const lines = [facts.filter((fact) => fact !== '').join('  '), ...bodyLines(view, style)];
  return lines.join('\n');
}

function bodyLines(view: EntryView, { dim, warning }: Style): readonly string[] {
  if (view.note) return [dim(noteText(view.note))];
  if (view.deleted) return [dim('deleted')];
  if (view.takenDownReason !== undefined) {
    return [warning(`Removed by the server operator: ${printable(view.takenDownReason)}`)];
  }
  const { replyTo, replyToSeq, forwardedFrom, attachments, text, unsupported } = view;
  return [
    ...(replyTo ? [dim(`In reply to ${replyToSeq ?? 'an earlier post'}`)] : []),
    ...(forwardedFrom ? [dim(`Forwarded from ${printable(forwardedFrom.title)}`)] : []),
    ...attachments.map(({ name, mediaType, size }) =>
      dim(`[${printable(name) || 'file'}  ${printable(mediaType)}  ${sizeText(size)}]`),
    ),
    ...(text === '' ? [] : [printable(text, true)]),
    ...(unsupported ? [dim('Update heliogram to see all of this post.')] : []),
  ];
}

function noteText(note: NoteView): string {
  switch (note.kind) {
    case 'renamed':
      return `Channel renamed to ${printable(note.title)}`;
    case 'pinned':
      return `Post ${note.seq} pinned`;
    case 'unpinned':
      return `Post ${note.seq} unpinned`;
    case 'unknown':
      return 'Update heliogram to see this event.';
  }
}

/** "1.4 MB" */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1_000 ** power).toFixed(1)} ${units[power - 1]}`;
}
