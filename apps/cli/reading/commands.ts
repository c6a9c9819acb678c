import type { Command } from '../arguments/command.ts';
import { chat } from '../channels/commands.ts';

const entry =
  '{"conversationId","seq","id","sentAt","editedAt"?,"deleted"?,"author"?,"text","attachments"?,"forwardedFrom"?,"views"?,"note"?}';

export const readingCommands: readonly Command[] = [
  {
    words: 'read',
    summary: 'posts, oldest first, edits folded in',
    details: [
      'Without --before and --after the last ones. Moves one’s read mark to the last one shown.',
    ],
    positionals: [chat],
    flags: [
      { name: 'limit', value: 'N', summary: 'at most so many; default 50' },
      { name: 'before', value: 'SEQ', summary: 'only those before it' },
      { name: 'after', value: 'SEQ', summary: 'only those after it' },
    ],
    output: `a line each: ${entry}`,
    load: async () => (await import('./read.ts')).readCommand,
  },
  {
    words: 'tail',
    summary: 'posts as they come, until interrupted',
    details: [
      'Reconnects by itself and misses nothing. Edits and deletions are not shown, and the read mark stays where it is. Ends with status 0 when interrupted.',
    ],
    positionals: [chat],
    flags: [
      { name: 'after', value: 'SEQ', summary: 'from the one after it on; default: only new ones' },
    ],
    output: `{"event":"ready","seq"} once live, {"event":"rewound","seq","lostUpToSeq"} when the server went back to a backup, then a line each: ${entry}`,
    load: async () => (await import('./tail.ts')).tailCommand,
  },
  {
    words: 'search',
    summary: 'posts with these words, best first',
    positionals: [{ name: 'WORDS', summary: 'what to look for', rest: true }],
    flags: [
      { name: 'chat', value: 'CHAT', summary: 'in this channel only' },
      { name: 'limit', value: 'N', summary: 'at most so many; default 50, at most 100' },
      { name: 'offset', value: 'N', summary: 'from there on' },
    ],
    output: `a line each: ${entry}`,
    load: async () => (await import('./search.ts')).searchCommand,
  },
  {
    words: 'download',
    summary: 'save the files of a post, checked against what was posted',
    details: [
      'Names come from the post, made harmless; a file that is there is never overwritten.',
    ],
    positionals: [chat, { name: 'SEQ', summary: 'the number of the post' }],
    flags: [{ name: 'out', value: 'DIR', summary: 'where to; default: here' }],
    output: 'a line each: {"path","size"}',
    load: async () => (await import('./download.ts')).downloadCommand,
  },
];
