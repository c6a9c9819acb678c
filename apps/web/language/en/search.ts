import { subscribers } from '@heliogram/content/counts-en';
import { countForms } from '../fill.ts';

/** Global search. */
export const search = {
  title: 'Search',
  label: 'Search chats, channels, people and posts',
  close: 'Close search',
  recent: 'Recent searches',
  forget: 'Clear',
  hint: 'Search for words in posts, channel titles or an @username.',
  chats: 'Your chats',
  channels: 'Channels',
  people: 'People',
  posts: 'Posts',
  nothing: 'No results for “%s”',
  nothingNote: 'Try fewer words or the beginning of a word.',
  more: 'Show more posts',
  offline: 'No connection. Only saved posts were searched.',
  found: countForms({ zero: 'No results', one: '# result', other: '# results' }),
  subscribers,
};
