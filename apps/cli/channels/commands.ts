import type { Command, Flag, Positional } from '../arguments/command.ts';

export const chat: Positional = {
  name: 'CHAT',
  summary: 'a conversation id or a channel’s @username',
};
const account: Positional = { name: '@U', summary: 'the username of an account' };
const acceptNewHolder: Flag = {
  name: 'accept-new-holder',
  summary: 'the username belongs to another account than before, and that is known',
};
const settings: readonly Flag[] = [
  {
    name: 'sign-posts',
    value: 'on|off',
    summary: 'whether posts name their author: all of them or none',
  },
  { name: 'forwarding', value: 'on|off', summary: 'whether posts may be forwarded' },
  { name: 'reactions', value: 'on|off', summary: 'whether readers may react' },
  { name: 'indexing', value: 'on|off', summary: 'whether search engines are welcome' },
];

export const channelCommands: readonly Command[] = [
  {
    words: 'chats',
    summary: 'one’s conversations',
    output:
      'a line each: {"conversationId","kind","title","unread","state"?}; state: "requested" until an admin lets one in',
    load: async () => (await import('./chats.ts')).chatsCommand,
  },
  {
    words: 'channel create',
    summary: 'open a channel',
    details: [
      'With --username it is listed: anyone finds and reads it. Otherwise it is unlisted: whoever holds an invite link reads it, and so can the operator of the server.',
    ],
    flags: [
      { name: 'title', value: 'T', summary: 'at most 128 characters', required: true },
      { name: 'username', value: 'U', summary: 'its @username: the channel is listed' },
      {
        name: 'private',
        summary: 'unlisted: by invite link only; so is a channel without username',
      },
      { name: 'description', value: 'TEXT', summary: 'at most 1,000 characters' },
      ...settings,
    ],
    output: '{"conversationId","username"} or {"conversationId","inviteLink"}',
    load: async () => (await import('./create.ts')).channelCreateCommand,
  },
  {
    words: 'channel info',
    summary: 'what a channel says of itself',
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
      { name: 'username', value: 'U', summary: 'another username; empty: none' },
      { name: 'description', value: 'TEXT', summary: 'at most 1,000 characters; empty: none' },
      { name: 'avatar', value: 'PATH', summary: 'a picture' },
      { name: 'unlisted', value: 'on|off', summary: 'whether it is by invite link only' },
      ...settings,
    ],
    load: async () => (await import('./edit.ts')).channelEditCommand,
  },
  {
    words: 'channel delete',
    summary: 'delete a channel and all its posts, for everyone and for good',
    positionals: [chat],
    flags: [{ name: 'yes', summary: 'says that this is meant', required: true }],
    load: async () => (await import('./edit.ts')).channelDeleteCommand,
  },
  {
    words: 'channel follow',
    summary: 'follow a channel',
    details: [
      'Where the link asks for approval, an admin decides; then the answer says "requested".',
    ],
    positionals: [{ name: 'CHAT|LINK', summary: 'a conversation id, @username or invite link' }],
    output: '{"ok":true} or {"ok":true,"requested":true}',
    load: async () => (await import('./following.ts')).channelFollowCommand,
  },
  {
    words: 'channel leave',
    summary: 'follow a channel no longer',
    positionals: [chat],
    load: async () => (await import('./following.ts')).channelLeaveCommand,
  },
  {
    words: 'channel invite create',
    summary: 'make an invite link',
    positionals: [chat],
    flags: [
      { name: 'expires', value: 'TIME', summary: 'RFC 3339; default: never' },
      { name: 'uses', value: 'N', summary: 'how often it works; default: without limit' },
      { name: 'approval', summary: 'an admin decides on each who comes by it' },
    ],
    output: '{"inviteId","inviteLink","createdAt","expiresAt"?,"useLimit"?,"uses","approval"}',
    load: async () => (await import('./invites.ts')).inviteCreateCommand,
  },
  {
    words: 'channel invite list',
    summary: 'the invite links that work',
    positionals: [chat],
    output: 'a line each, as “channel invite create” shows it',
    load: async () => (await import('./invites.ts')).inviteListCommand,
  },
  {
    words: 'channel invite revoke',
    summary: 'make an invite link worth nothing',
    positionals: [chat, { name: 'ID|LINK', summary: 'its id, or the link itself' }],
    load: async () => (await import('./invites.ts')).inviteRevokeCommand,
  },
  {
    words: 'channel requests',
    summary: 'who waits to be let in, or the decision on one of them',
    details: ['The decision is not kept.'],
    positionals: [
      chat,
      { name: 'accept|refuse', summary: 'the decision', optional: true },
      { name: 'ACCOUNT', summary: 'an account id from the list', optional: true },
    ],
    output: 'a line each: {"accountId","name","username"?}; after a decision {"ok":true}',
    load: async () => (await import('./requests.ts')).channelRequestsCommand,
  },
  {
    words: 'channel admin set',
    summary: 'make an account an admin, with named rights',
    positionals: [chat, account],
    flags: [
      {
        name: 'rights',
        value: 'LIST',
        summary: 'of post,edit,delete,invite,manage, by commas',
        required: true,
      },
      acceptNewHolder,
    ],
    load: async () => (await import('./admins.ts')).adminSetCommand,
  },
  {
    words: 'channel admin remove',
    summary: 'take an admin’s rights away',
    positionals: [chat, account],
    flags: [acceptNewHolder],
    load: async () => (await import('./admins.ts')).adminRemoveCommand,
  },
  {
    words: 'channel admin list',
    summary: 'owner and admins of a channel',
    positionals: [chat],
    output: 'a line each: {"accountId","name","username"?,"role","rights"}',
    load: async () => (await import('./admins.ts')).adminListCommand,
  },
  {
    words: 'channel stats',
    summary: 'growth, posts and views by day, counts only',
    positionals: [chat],
    flags: [{ name: 'days', value: 'N', summary: 'back from today, UTC; default 30' }],
    output: 'a line each: {"day","followed","left","posts","views"}',
    load: async () => (await import('./stats.ts')).channelStatsCommand,
  },
  {
    words: 'mute',
    summary: 'hear nothing of a channel',
    positionals: [chat],
    load: async () => (await import('./following.ts')).muteCommand,
  },
  {
    words: 'unmute',
    summary: 'hear of a channel again',
    positionals: [chat],
    load: async () => (await import('./following.ts')).unmuteCommand,
  },
  {
    words: 'directory',
    summary: 'listed channels, or those that match some words',
    positionals: [{ name: 'WORDS', summary: 'what to look for', optional: true, rest: true }],
    flags: [
      { name: 'limit', value: 'N', summary: 'at most so many; default 50, at most 100' },
      { name: 'offset', value: 'N', summary: 'from there on' },
    ],
    output: 'a line each, as “channel info” shows it',
    load: async () => (await import('./directory.ts')).directoryCommand,
  },
];
