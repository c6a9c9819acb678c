import type { Command, Flag, Positional } from '../arguments/command.ts';
import { chat } from '../channels/commands.ts';

const seq: Positional = { name: 'SEQ', summary: 'the number of the post' };
const silent: Flag = { name: 'silent', summary: 'notifies nobody' };

export const postCommands: readonly Command[] = [
  {
    words: 'post',
    summary: 'post a text, files, or a line each from stdin',
    details: [
      'Several --file make an album, at most ten. With --stdin every line that is not empty is a post; its line of output comes once the server has it, in the order of the input, and a lost connection is retried until then. Lines that cannot be a post are told on stderr with their number and left out; the status is then 1.',
      'A post names its author where the channel signs its posts (channel edit --sign-posts), and nowhere else.',
      'What was taken in but not acknowledged when a process ended, however it ended, is sent by the next command of the profile. Posting the same again within the hour finds it and posts nothing twice.',
    ],
    positionals: [chat, { name: 'TEXT', summary: 'Markdown, kept as typed', optional: true }],
    flags: [
      { name: 'file', value: 'PATH', summary: 'picture, video or any file', repeated: true },
      { name: 'caption', value: 'TEXT', summary: 'text of a post with files' },
      { name: 'as-file', summary: 'pictures and video as they are, byte for byte, to download' },
      { name: 'stdin', summary: 'one post a line' },
      silent,
      { name: 'reply', value: 'SEQ', summary: 'the post that it answers' },
      { name: 'at', value: 'TIME', summary: 'has the server post it then, RFC 3339' },
    ],
    output: '{"conversationId","seq","id"}; with --at {"scheduledId","at"}',
    load: async () => (await import('./post.ts')).postCommand,
  },
  {
    words: 'scheduled',
    summary: 'posts that wait for their time',
    positionals: [chat],
    output: 'a line each: {"scheduledId","at","text","failure"?}',
    load: async () => (await import('./scheduled.ts')).scheduledCommand,
  },
  {
    words: 'unschedule',
    summary: 'cancel a post that waits',
    positionals: [chat, { name: 'ID', summary: 'as “heliogram scheduled” shows it' }],
    load: async () => (await import('./scheduled.ts')).unscheduleCommand,
  },
  {
    words: 'edit',
    summary: 'change the text of a post; readers see that it was edited',
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
    summary: 'post a post into another channel, with where it comes from',
    positionals: [chat, seq],
    flags: [{ name: 'to', value: 'CHAT', summary: 'where it goes', required: true }, silent],
    load: async () => (await import('./changes.ts')).forwardCommand,
  },
  {
    words: 'react',
    summary: 'react to a post; without an emoji, take the reaction back',
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
    summary: 'pin a post no longer',
    positionals: [chat, seq],
    load: async () => (await import('./changes.ts')).unpinCommand,
  },
];
