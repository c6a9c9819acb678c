import { useSyncExternalStore } from 'react';

/**
 * Where the app is. Places live in the fragment, which no browser sends to a server: `#@name`,
 * `#@name/12`, `#c/ID`, `#c/ID/12`, `#+TOKEN`.
 */
export type Place =
  | { readonly at: 'chats' }
  | { readonly at: 'directory' }
  | { readonly at: 'search' }
  | { readonly at: 'new-channel' }
  | { readonly at: 'sign-up' }
  | { readonly at: 'sign-in' }
  | { readonly at: 'settings'; readonly page: string }
  | { readonly at: 'name'; readonly username: string; readonly seq?: number }
  | { readonly at: 'chat'; readonly conversationId: string; readonly seq?: number }
  /** `page`: `info`, `edit`, `links`, `requests`, `admins`, `statistics`, `scheduled`. */
  | { readonly at: 'manage'; readonly conversationId: string; readonly page: string }
  | { readonly at: 'invite'; readonly token: string }
  | { readonly at: 'unknown' };

const simple = ['directory', 'search', 'new-channel', 'sign-up', 'sign-in'] as const;

/** Reads a fragment, with or without `#`. Never throws. */
export function parsePlace(fragment: string): Place {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { at: 'chats' };
  const known = simple.find((each) => each === text);
  if (known) return { at: known };
  const [, page] = /^settings(?:\/([a-z-]+))?$/.exec(text) ?? [];
  if (text.startsWith('settings')) return { at: 'settings', page: page ?? '' };
  return parseConversation(text) ?? { at: 'unknown' };
}

function parseConversation(text: string): Place | undefined {
  const [, token] = /^\+([A-Za-z0-9_-]{1,64})$/.exec(text) ?? [];
  if (token) return { at: 'invite', token };
  const [, username, seq] = /^@([A-Za-z0-9_]{1,64})(?:\/([1-9][0-9]{0,9}))?$/.exec(text) ?? [];
  if (username) return { at: 'name', username: username.toLowerCase(), ...seqOf(seq) };
  const [, id, rest = ''] = /^c\/([0-9a-f]{32})(?:\/([0-9a-z-]{1,32}))?$/.exec(text) ?? [];
  if (!id) return undefined;
  if (/^[a-z]/.test(rest)) return { at: 'manage', conversationId: id, page: rest };
  return { at: 'chat', conversationId: id, ...seqOf(rest) };
}

function seqOf(text: string | undefined): { readonly seq?: number } {
  return text !== undefined && /^[1-9][0-9]{0,9}$/.test(text) ? { seq: Number(text) } : {};
}

/** The fragment of a place, with `#`. */
export function placeLink(place: Place): string {
  switch (place.at) {
    case 'chats':
    case 'unknown':
      return '#';
    case 'settings':
      return place.page === '' ? '#settings' : `#settings/${place.page}`;
    case 'name':
      return `#@${place.username}${place.seq === undefined ? '' : `/${place.seq}`}`;
    case 'chat':
      return `#c/${place.conversationId}${place.seq === undefined ? '' : `/${place.seq}`}`;
    case 'manage':
      return `#c/${place.conversationId}/${place.page}`;
    case 'invite':
      return `#+${place.token}`;
    default:
      return `#${place.at}`;
  }
}

/** What stands above a place: where "back" leads when one came straight here. */
export function parentOf(place: Place): Place {
  switch (place.at) {
    case 'manage':
      return place.page === 'info'
        ? { at: 'chat', conversationId: place.conversationId }
        : { at: 'manage', conversationId: place.conversationId, page: 'info' };
    case 'settings':
      return place.page === '' ? { at: 'chats' } : { at: 'settings', page: '' };
    default:
      return { at: 'chats' };
  }
}

let current: { readonly fragment: string; readonly place: Place } | undefined;

function here(): Place {
  const fragment = location.hash;
  if (current?.fragment !== fragment) current = { fragment, place: parsePlace(fragment) };
  return current.place;
}

/** Calls back when the app may stand elsewhere. */
export function onPlaceChange(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener('hashchange', changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener('hashchange', changed);
  };
}

export function usePlace(): Place {
  return useSyncExternalStore(onPlaceChange, here);
}
