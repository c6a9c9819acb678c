import { isolatedIn, type PluralForms } from '@heliogram/content';

/** Every word that the public pages, embeds and feeds say themselves. `%s` stands for a name. */
export type PageTexts = {
  readonly openInApp: string;
  readonly footer: string;
  readonly thisServer: string;
  readonly allChannels: string;
  readonly aboutServer: string;

  readonly subscribers: PluralForms;
  readonly posts: PluralForms;
  readonly views: PluralForms;
  readonly photos: PluralForms;
  readonly files: PluralForms;
  readonly feeds: string;
  readonly pages: string;
  readonly newerPosts: string;
  readonly olderPosts: string;
  readonly newerPost: string;
  readonly olderPost: string;
  readonly allPosts: string;
  readonly nothingPosted: string;
  readonly newestDeleted: string;
  readonly nothingOnPage: string;
  readonly beforePost: string;

  readonly edited: string;
  readonly forwardedFrom: string;
  readonly inReplyTo: string;
  readonly inReplyToEarlier: string;
  readonly aPost: string;
  readonly post: string;
  readonly photo: string;
  readonly video: string;
  readonly file: string;
  /** Two `%s`: which, of how many. */
  readonly ofSeveral: string;

  readonly channelsOn: string;
  /** Two `%s`: the server's name, a number. */
  readonly channelsOnPage: string;
  readonly directoryDescription: string;
  readonly noChannels: string;
  readonly noMoreChannels: string;
  readonly previousChannels: string;
  readonly nextChannels: string;
  readonly personOn: string;

  readonly notFound: string;
  readonly notFoundWords: string;
  readonly removed: string;
  readonly removedWords: string;
  readonly takenDown: string;
  readonly takenDownWords: string;
  readonly tooMany: string;
  readonly tooManyWords: PluralForms;
  readonly seeAllChannels: string;
};

/** Puts `values` where the text has `%s`, in order; names in another direction are isolated. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  let at = 0;
  return text.replaceAll('%s', () => isolatedIn(text, String(values[at++] ?? '')));
}
