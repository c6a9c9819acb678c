import { posts, subscribers, views } from '@heliogram/content/counts-en';
import type { PageTexts } from './texts.ts';

export const english: PageTexts = {
  openInApp: 'Open in the app',
  footer:
    'Public channels are open to everyone. Subscriber names are not public. All times are UTC.',
  thisServer: 'This server',
  allChannels: 'All channels',
  aboutServer: 'About this server',

  subscribers,
  posts,
  views,
  photos: { one: '# photo', other: '# photos' },
  files: { one: '# file', other: '# files' },
  feeds: 'Feeds:',
  pages: 'Pages',
  newerPosts: 'Newer posts',
  olderPosts: 'Older posts',
  newerPost: 'Newer post',
  olderPost: 'Older post',
  allPosts: 'All posts',
  nothingPosted: 'No posts yet.',
  newestDeleted: 'The newest posts were deleted.',
  nothingOnPage: 'There are no posts on this page.',
  beforePost: '%s, before post %s',

  edited: 'edited',
  forwardedFrom: 'Forwarded from',
  inReplyTo: 'In reply to',
  inReplyToEarlier: 'In reply to an earlier post',
  aPost: 'a post',
  post: 'Post %s',
  photo: 'Photo',
  video: 'Video',
  file: 'File',
  ofSeveral: '%s of %s',

  channelsOn: 'Channels on %s',
  channelsOnPage: 'Channels on %s, page %s',
  directoryDescription:
    'Public channels on %s, sorted by subscribers. You can read them without an account.',
  noChannels: 'No public channels yet.',
  noMoreChannels: 'There are no more channels.',
  previousChannels: 'Previous channels',
  nextChannels: 'More channels',
  personOn: '%s is on %s.',

  notFound: 'Page not found',
  notFoundWords: 'This page does not exist, or it is not public. Check the address.',
  removed: 'Deleted',
  removedWords: 'This content was deleted.',
  takenDown: 'Removed by the server operator',
  takenDownWords: 'Reason: %s',
  tooMany: 'Too many requests',
  tooManyWords: {
    one: 'Too many pages were requested from your network. Try again in # second.',
    other: 'Too many pages were requested from your network. Try again in # seconds.',
  },
  seeAllChannels: 'See all channels',
};
