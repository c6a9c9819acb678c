import type { Command, Flag, Positional } from '../arguments/command.ts';
import { chat } from '../channels/commands.ts';

const seq: Positional = { name: 'SEQ', summary: 'the number of the post' };
const silent: Flag = { name: 'silent', summary: 'do not notify subscribers' };

export const postCommands: readonly Command[] = [
  {
    words: 'post',
    summary: 'post a text, files, or each line of stdin',
    details: [
      'Repeat --file for an album of up to ten files. With --stdin every line that is not empty becomes a post. A line is printed for each post when the server has stored it, in the order of the input. After a lost connection the command tries again until it succeeds. Lines that cannot be posted are skipped and reported on stderr with their number, and the status is 1.',
      'A post shows its author only if the channel signs posts (channel edit --sign-posts).',
      'If the process ends before the server has stored a post, the next command of the profile sends it. Posting the same text again within an hour does not post it twice.',
    ],
    positionals: [chat, { name: 'TEXT', summary: 'the text, in Markdown', optional: true }],
    flags: [
      {
        name: 'file',
        value: 'PATH',
        summary: 'a picture, video or any other file',
        repeated: true,
      },
      { name: 'caption', value: 'TEXT', summary: 'the text of a post with files' },
      { name: 'as-file', summary: 'send pictures and videos unchanged, as files to download' },
      { name: 'stdin', summary: 'post each line of stdin' },
      silent,
      { name: 'reply', value: 'SEQ', summary: 'the post to reply to' },
      { name: 'at', value: 'TIME', summary: 'schedule the post, RFC 3339' },
    ],
    output: '{"conversationId","seq","id"}; with --at {"scheduledId","at"}',
    load: async () => (await import('./post.ts')).postCommand,
  },
  {
    words: 'scheduled',
    summary: 'list scheduled posts',
    positionals: [chat],
    output: 'one line each: {"scheduledId","at","text","failure"?}',
    load: async () => (await import('./scheduled.ts')).scheduledCommand,
  },
  {
    words: 'unschedule',
    summary: 'delete a scheduled post',
    positionals: [chat, { name: 'ID', summary: 'the id from “heliogram scheduled”' }],
    load: async () => (await import('./scheduled.ts')).unscheduleCommand,
  },
  {
    words: 'edit',
    summary: 'edit the text of a post; readers see that it was edited',
    positionals: [chat, seq, { name: 'TEXT', summary: 'the whole new text' }],
    load: async () => (await import('./changes.ts')).editCommand,
  },
  {
    words: 'delete',
    summary: 'delete a post for everyone',
    positionals: [chat, seq],
    load: async () => (await import('./changes.ts')).deleteCommand,
  },
  {
    words: 'forward',
    summary: 'forward a post to another channel',
    positionals: [chat, seq],
    flags: [
      { name: 'to', value: 'CHAT', summary: 'the channel to forward to', required: true },
      silent,
    ],
    load: async () => (await import('./changes.ts')).forwardCommand,
  },
  {
    words: 'react',
    summary: 'react to a post; without an emoji, remove your reaction',
    positionals: [chat, seq, { name: 'EMOJI', summary: 'one emoji', optional: true }],
    load: async () => (await import('./changes.ts')).reactCommand,
  },
  {
    words: 'pin',
    summary: 'pin a post',
    positionals: [chat, seq],
    load: async () => (await import('./changes.ts')).pinCommand,
  },
  {
    words: 'unpin',
    summary: 'unpin a post',
    positionals: [chat, seq],
    load: async () => (await import('./changes.ts')).unpinCommand,
  },
];
