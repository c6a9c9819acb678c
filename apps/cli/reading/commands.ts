import type { Command } from '../arguments/command.ts';
import { chat } from '../channels/commands.ts';

const entry =
  '{"conversationId","seq","id","sentAt","editedAt"?,"deleted"?,"author"?,"text","attachments"?,"forwardedFrom"?,"views"?,"note"?}';

export const readingCommands: readonly Command[] = [
  {
    words: 'read',
    summary: 'show posts, oldest first',
    details: [
      'Shows the latest posts unless you give --before or --after. Marks the posts as read up to the last one shown.',
    ],
    positionals: [chat],
    flags: [
      { name: 'limit', value: 'N', summary: 'the number of posts; default 50' },
      { name: 'before', value: 'SEQ', summary: 'only posts before this one' },
      { name: 'after', value: 'SEQ', summary: 'only posts after this one' },
    ],
    output: `one line each: ${entry}`,
    load: async () => (await import('./read.ts')).readCommand,
  },
  {
    words: 'tail',
    summary: 'show new posts as they arrive, until interrupted',
    details: [
      'Reconnects automatically and shows every post. Does not show edits and deletions, and does not mark posts as read. Ends with status 0 when interrupted.',
    ],
    positionals: [chat],
    flags: [
      { name: 'after', value: 'SEQ', summary: 'start after this post; default: only new posts' },
    ],
    output: `{"event":"ready","seq"} when live, {"event":"rewound","seq","lostUpToSeq"} when the server was restored from a backup, then one line each: ${entry}`,
    load: async () => (await import('./tail.ts')).tailCommand,
  },
  {
    words: 'search',
    summary: 'search posts, best matches first',
    positionals: [{ name: 'WORDS', summary: 'the words to search for', rest: true }],
    flags: [
      { name: 'chat', value: 'CHAT', summary: 'search only this channel' },
      { name: 'limit', value: 'N', summary: 'the number of results; default 50, at most 100' },
      { name: 'offset', value: 'N', summary: 'skip the first N results' },
    ],
    output: `one line each: ${entry}`,
    load: async () => (await import('./search.ts')).searchCommand,
  },
  {
    words: 'download',
    summary: 'download the files of a post',
    details: [
      'Each file is checked against its hash in the post. Unsafe characters in names are replaced, and existing files are never overwritten.',
    ],
    positionals: [chat, { name: 'SEQ', summary: 'the number of the post' }],
    flags: [
      { name: 'out', value: 'DIR', summary: 'the folder to save to; default: the current folder' },
    ],
    output: 'one line each: {"path","size"}',
    load: async () => (await import('./download.ts')).downloadCommand,
  },
];
