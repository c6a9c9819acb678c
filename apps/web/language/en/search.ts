import { countForms } from '../fill.ts';

/** Search over everything. */
export const search = {
  title: 'Search',
  label: 'Search chats, channels, people and posts',
  close: 'Close search',
  recent: 'Recent searches',
  forget: 'Forget them',
  hint: 'Words in posts, titles of channels, or @username.',
  chats: 'Your chats',
  channels: 'Channels',
  people: 'People',
  posts: 'Posts',
  nothing: 'Nothing found for “%s”',
  nothingNote: 'Try fewer words, or the beginning of one.',
  more: 'Show more posts',
  offline: 'Only this device was searched: there is no connection.',
  found: countForms({ zero: 'Nothing found', one: '# result', other: '# results' }),
  subscribers: countForms({ one: '# subscriber', other: '# subscribers' }),
};
