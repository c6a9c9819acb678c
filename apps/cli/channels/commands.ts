import type { Command, Flag, Positional } from '../arguments/command.ts';

export const chat: Positional = {
  name: 'CHAT',
  summary: 'the id of a conversation or the @username of a channel',
};
const account: Positional = { name: '@U', summary: 'the username of an account' };
const acceptNewHolder: Flag = {
  name: 'accept-new-holder',
  summary: 'continue although the username now belongs to another account',
};
const settings: readonly Flag[] = [
  {
    name: 'sign-posts',
    value: 'on|off',
    summary: 'show the author’s name on each post',
  },
  { name: 'forwarding', value: 'on|off', summary: 'allow forwarding' },
  { name: 'reactions', value: 'on|off', summary: 'allow reactions' },
  { name: 'indexing', value: 'on|off', summary: 'show the channel in search engines' },
];

export const channelCommands: readonly Command[] = [
  {
    words: 'chats',
    summary: 'list your conversations',
    output:
      'one line each: {"conversationId","kind","title","unread","state"?}; state is "requested" until an admin accepts your request',
    load: async () => (await import('./chats.ts')).chatsCommand,
  },
  {
    words: 'channel create',
    summary: 'create a channel',
    details: [
      'With --username the channel is public: anyone can find and read it. Without it, the channel is invite-only: anyone with an invite link can read it, and so can the server operator.',
    ],
    flags: [
      { name: 'title', value: 'T', summary: 'at most 128 characters', required: true },
      {
        name: 'username',
        value: 'U',
        summary: 'the @username of the channel, which makes it public',
      },
      {
        name: 'private',
        summary: 'invite-only; this is the default without --username',
      },
      { name: 'description', value: 'TEXT', summary: 'at most 1,000 characters' },
      ...settings,
    ],
    output: '{"conversationId","username"} or {"conversationId","inviteLink"}',
    load: async () => (await import('./create.ts')).channelCreateCommand,
  },
  {
    words: 'channel info',
    summary: 'show information about a channel',
    positionals: [chat],
    output:
      '{"conversationId","title","username"?,"description"?,"createdAt","subscribers","posts","role"}',
    load: async () => (await import('./info.ts')).channelInfoCommand,
  },
  {
    words: 'channel edit',
    summary: 'change a channel',
    positionals: [chat],
    flags: [
      { name: 'title', value: 'T', summary: 'at most 128 characters' },
      { name: 'username', value: 'U', summary: 'a new username; an empty text removes it' },
      {
        name: 'description',
        value: 'TEXT',
        summary: 'at most 1,000 characters; an empty text removes it',
      },
      { name: 'avatar', value: 'PATH', summary: 'a picture' },
      { name: 'unlisted', value: 'on|off', summary: 'make the channel invite-only' },
      ...settings,
    ],
    load: async () => (await import('./edit.ts')).channelEditCommand,
  },
  {
    words: 'channel delete',
    summary: 'permanently delete a channel and all its posts for everyone',
    positionals: [chat],
    flags: [{ name: 'yes', summary: 'confirm the deletion', required: true }],
    load: async () => (await import('./edit.ts')).channelDeleteCommand,
  },
  {
    words: 'channel follow',
    summary: 'follow a channel',
    details: [
      'If the link requires approval, this sends a join request, and the output contains "requested".',
    ],
    positionals: [
      { name: 'CHAT|LINK', summary: 'the id of a conversation, an @username or an invite link' },
    ],
    output: '{"ok":true} or {"ok":true,"requested":true}',
    load: async () => (await import('./following.ts')).channelFollowCommand,
  },
  {
    words: 'channel leave',
    summary: 'leave a channel',
    positionals: [chat],
    load: async () => (await import('./following.ts')).channelLeaveCommand,
  },
  {
    words: 'channel invite create',
    summary: 'create an invite link',
    positionals: [chat],
    flags: [
      { name: 'expires', value: 'TIME', summary: 'RFC 3339; default: never' },
      { name: 'uses', value: 'N', summary: 'how many people can use it; default: no limit' },
      { name: 'approval', summary: 'an admin must approve each person who uses it' },
    ],
    output: '{"inviteId","inviteLink","createdAt","expiresAt"?,"useLimit"?,"uses","approval"}',
    load: async () => (await import('./invites.ts')).inviteCreateCommand,
  },
  {
    words: 'channel invite list',
    summary: 'list the active invite links',
    positionals: [chat],
    output: 'one line each, with the fields of “channel invite create”',
    load: async () => (await import('./invites.ts')).inviteListCommand,
  },
  {
    words: 'channel invite revoke',
    summary: 'revoke an invite link',
    positionals: [chat, { name: 'ID|LINK', summary: 'the id of the link, or the link itself' }],
    load: async () => (await import('./invites.ts')).inviteRevokeCommand,
  },
  {
    words: 'channel requests',
    summary: 'list join requests, or accept or refuse one',
    details: ['The request is deleted when you accept or refuse it.'],
    positionals: [
      chat,
      { name: 'accept|refuse', summary: 'what to do with a request', optional: true },
      { name: 'ACCOUNT', summary: 'an account id from the list', optional: true },
    ],
    output: 'one line each: {"accountId","name","username"?}; after accept or refuse {"ok":true}',
    load: async () => (await import('./requests.ts')).channelRequestsCommand,
  },
  {
    words: 'channel admin set',
    summary: 'make an account an admin, or change the rights of an admin',
    positionals: [chat, account],
    flags: [
      {
        name: 'rights',
        value: 'LIST',
        summary: 'some of post,edit,delete,invite,manage, separated by commas',
        required: true,
      },
      acceptNewHolder,
    ],
    load: async () => (await import('./admins.ts')).adminSetCommand,
  },
  {
    words: 'channel admin remove',
    summary: 'remove an admin',
    positionals: [chat, account],
    flags: [acceptNewHolder],
    load: async () => (await import('./admins.ts')).adminRemoveCommand,
  },
  {
    words: 'channel admin list',
    summary: 'list the owner and admins of a channel',
    positionals: [chat],
    output: 'one line each: {"accountId","name","username"?,"role","rights"}',
    load: async () => (await import('./admins.ts')).adminListCommand,
  },
  {
    words: 'channel stats',
    summary: 'show new subscribers, posts and views per day',
    positionals: [chat],
    flags: [{ name: 'days', value: 'N', summary: 'number of days up to today (UTC); default 30' }],
    output: 'one line each: {"day","followed","left","posts","views"}',
    load: async () => (await import('./stats.ts')).channelStatsCommand,
  },
  {
    words: 'mute',
    summary: 'mute a channel',
    positionals: [chat],
    load: async () => (await import('./following.ts')).muteCommand,
  },
  {
    words: 'unmute',
    summary: 'unmute a channel',
    positionals: [chat],
    load: async () => (await import('./following.ts')).unmuteCommand,
  },
  {
    words: 'directory',
    summary: 'list public channels, or search for one',
    positionals: [
      { name: 'WORDS', summary: 'the words to search for', optional: true, rest: true },
    ],
    flags: [
      { name: 'limit', value: 'N', summary: 'the number of results; default 50, at most 100' },
      { name: 'offset', value: 'N', summary: 'skip the first N results' },
    ],
    output: 'one line each, with the fields of “channel info”',
    load: async () => (await import('./directory.ts')).directoryCommand,
  },
];
