import { countForms } from '../fill.ts';

/** Public channels, and a channel seen through an invite. */
export const directory = {
  title: 'Channels to read',
  note: 'Public channels of this server, most followed first.',
  search: 'Search channels',
  clear: 'Clear',
  follow: 'Follow',
  following: 'Following',
  own: 'Your channel',
  admin: 'You are an admin',
  requested: 'Asked to join',
  followed: 'You follow %s',
  subscribers: countForms({ one: '# subscriber', other: '# subscribers' }),
  posts: countForms({ one: '# post', other: '# posts' }),
  more: 'Show more channels',
  empty: 'No public channels yet',
  emptyNote: 'Be the first: a channel takes a title and a minute.',
  newChannel: 'New channel',
  none: 'No channel matches “%s”',
  noneNote: 'Try another word, or the @username of the channel.',
  later: 'To my chats',

  inviteTitle: 'You are invited to a channel',
  inviteNote:
    'Whoever holds this link can read the channel. Whoever runs the server can read it too.',
  inviteApproval: 'An admin of the channel decides who is let in.',
  inviteFollow: 'Follow the channel',
  inviteRequest: 'Ask to join',
  inviteRequested: 'You asked to join',
  inviteRequestedNote: 'An admin decides. The channel appears in your chats when you are in.',
  inviteAccount: 'You need an account to follow it. The invite waits for you.',
  inviteInvalid: 'This invite does not work any more',
  inviteInvalidNote: 'It is used up, expired, revoked or cut off. Ask for a new one.',
};
