import type { Address, FeedFormat } from './addresses.ts';
import { atom } from './feeds/atom.ts';
import { type Feed, feedOf } from './feeds/feed.ts';
import { jsonFeed } from './feeds/json-feed.ts';
import { rss } from './feeds/rss.ts';
import { LANGUAGES, type LanguageCode, pageLanguage } from './language/language.ts';
import { pageLimits } from './limits.ts';
import { channelPage } from './markup/channel.ts';
import { directoryPage } from './markup/directory.ts';
import type { Html } from './markup/html.ts';
import type { Site } from './markup/layout.ts';
import { embedPage, postPage } from './markup/one-post.ts';
import { profilePage } from './markup/profile.ts';
import { refusalPage } from './markup/refusal.ts';
import { withWords } from './markup/shown-post.ts';
import { style, stylePath } from './markup/style.ts';
import { textMarkup } from './markup/text.ts';
import { OEMBED_UNSUPPORTED, oembedAnswer, readOembedRequest } from './oembed.ts';
import type { PagesOptions } from './options.ts';
import { readDirectory } from './reading/directory.ts';
import { MISSING, named, type PublicChannel, type Refusal } from './reading/names.ts';
import { type OnePost, readNewest, readOnePost, readPostsPage } from './reading/posts.ts';
import type { Reader } from './reading/reader.ts';
import { StandingPosts } from './reading/standing.ts';
import { type Answer, redirect, TYPES } from './serving/answer.ts';
import { channelSitemap, postSitemap, robots, sitemap } from './sitemap.ts';

/** What a page depends on besides its address. */
export type Visit = {
  readonly host: string | undefined;
  /** Which of our languages the reader prefers. */
  readonly language: LanguageCode;
};

type AnswerOf<K extends Address['kind']> = {
  readonly site: Site;
  readonly address: Extract<Address, { kind: K }>;
};

/** What each address says now. */
export class Answers {
  readonly #options: PagesOptions & Reader;

  constructor(options: PagesOptions) {
    const { storage } = options;
    this.#options = {
      ...options,
      standing: new StandingPosts(storage),
    };
  }

  siteFor({ host, language }: Visit): Site {
    const { originFor, serverName } = this.#options;
    const origin = originFor(host).replace(/\/$/, '');
    return { name: serverName, origin, stylePath, language: LANGUAGES[language] };
  }

  async of(address: Address, visit: Visit): Promise<Answer> {
    const site = this.siteFor(visit);
    switch (address.kind) {
      case 'name':
        return this.#name({ site, address });
      case 'post':
      case 'embed':
        return this.#post({ site, address });
      case 'feed':
        return this.#feed({ site, address });
      case 'directory':
        return page(
          site,
          directoryPage(site, await readDirectory(this.#options.storage, address.page)),
        );
      case 'oembed':
        return this.#oembed(site, address.query);
      case 'sitemap':
      case 'channel-sitemap':
      case 'post-sitemap':
        return this.#sitemap({ site, address });
      case 'invite':
        // The token goes where no request carries it on.
        return redirect(302, `/#+${address.token}`);
      case 'moved':
        return redirect(301, address.to);
      case 'robots':
        return { ...plain(TYPES.text, robots(site.origin)), indexed: true };
      case 'style':
        return stylePath.includes(address.version)
          ? { ...plain(TYPES.css, style), keep: 'forever' }
          : refusalAnswer(site, MISSING);
      case 'nothing':
        return refusalAnswer(site, MISSING);
    }
  }

  async #name({ site, address }: AnswerOf<'name'>): Promise<Answer> {
    const { before, username } = address;
    const found = await named(this.#options, username);
    if (found.kind === 'account') {
      return { ...page(site, profilePage(site, found.profile)), indexed: false };
    }
    if (found.kind !== 'channel') return refusalAnswer(site, found);
    const { channel } = found;
    const heads = await this.#options.storage.log.heads([channel.row]);
    const postCount = heads.get(channel.row)?.posts ?? 0;
    const posts = await readPostsPage(this.#options, channel, before);
    const shownPosts = await withWords(this.#options.runtime, posts.posts, { base: '' });
    const content = { channel, postCount, page: { ...posts, posts: shownPosts }, before };
    const shown = channelPage(siteAbout(site, channel), content);
    return { ...page(site, shown), indexed: !channel.noIndex };
  }

  async #post({ site, address }: AnswerOf<'post' | 'embed'>): Promise<Answer> {
    const found = await this.#onePost(address.username, address.seq);
    if (found.kind !== 'post') return refusalAnswer(site, found);
    const { channel } = found;
    const about = siteAbout(site, channel);
    const newWindow = address.kind === 'embed';
    const post = { ...found.post, words: textMarkup(found.post, { base: '', newWindow }) };
    if (newWindow) {
      return { ...page(site, embedPage(about, channel, post)), indexed: false, framed: true };
    }
    return {
      ...page(site, postPage(about, channel, { ...found, post })),
      indexed: !channel.noIndex,
    };
  }

  async #onePost(
    username: string,
    seq: number,
  ): Promise<(Extract<OnePost, { kind: 'post' }> & { readonly channel: PublicChannel }) | Refusal> {
    const channel = await this.#channel(username);
    if (channel.kind !== 'channel') return channel;
    const found = await readOnePost(this.#options, channel.channel, seq);
    return found.kind === 'post' ? { ...found, channel: channel.channel } : found;
  }

  async #channel(username: string) {
    const found = await named(this.#options, username);
    return found.kind === 'account' ? MISSING : found;
  }

  async #feed({ site, address }: AnswerOf<'feed'>): Promise<Answer> {
    const found = await this.#channel(address.username);
    if (found.kind !== 'channel') return refusalAnswer(site, found);
    const posts = await readNewest(this.#options, found.channel, pageLimits.feedPosts);
    const about = siteForPrograms(site, found.channel);
    const shown = await withWords(this.#options.runtime, posts, { base: about.origin });
    const feed = feedOf(about, found.channel, shown);
    return { ...feedAnswer(feed, address.format), indexed: !found.channel.noIndex };
  }

  async #oembed(site: Site, query: URLSearchParams): Promise<Answer> {
    const request = readOembedRequest(query, this.#options.isOwnOrigin);
    if (request.format === 'unsupported') return OEMBED_UNSUPPORTED;
    if (!request.post) return refusalAnswer(site, MISSING);
    const found = await this.#onePost(request.post.username, request.post.seq);
    if (found.kind !== 'post') return refusalAnswer(site, found);
    return oembedAnswer(siteForPrograms(site, found.channel), request, found);
  }

  async #sitemap({
    site,
    address,
  }: AnswerOf<'sitemap' | 'channel-sitemap' | 'post-sitemap'>): Promise<Answer> {
    const { origin } = site;
    if (address.kind === 'sitemap') {
      return plain(TYPES.xml, (await sitemap(this.#options, origin)).text);
    }
    if (address.kind === 'channel-sitemap') {
      return plain(TYPES.xml, (await channelSitemap(this.#options, origin, address.part)).text);
    }
    const found = await this.#channel(address.username);
    if (found.kind !== 'channel') return refusalAnswer(site, found);
    if (found.channel.noIndex) return refusalAnswer(site, MISSING);
    const { runtime, storage } = this.#options;
    const posts = await postSitemap({ runtime, storage, origin }, found.channel, address.part);
    return plain(TYPES.xml, posts.text);
  }
}

/** In the language of the channel: Arabic for an Arabic one, else the reader's. */
function siteAbout(site: Site, { description, title }: PublicChannel): Site {
  return { ...site, language: pageLanguage(`${title}\n${description}`, site.language.code) };
}

/** Programs keep what they read and show it to many, so the reader's language does not count. */
function siteForPrograms(site: Site, channel: PublicChannel): Site {
  return siteAbout({ ...site, language: LANGUAGES.en }, channel);
}

function refusalAnswer(site: Site, refusal: Refusal): Answer {
  const status = refusal.kind === 'gone' ? 410 : 404;
  return { ...page(site, refusalPage(site, refusal)), status, keep: 'never', indexed: false };
}

function feedAnswer(feed: Feed, format: FeedFormat): Answer {
  const headers = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  switch (format) {
    case 'json':
      return { ...plain('application/feed+json', jsonFeed(feed)), headers };
    case 'rss':
      return { ...plain('application/rss+xml; charset=utf-8', rss(feed).text), headers };
    case 'atom':
      return { ...plain('application/atom+xml; charset=utf-8', atom(feed).text), headers };
  }
}

function page({ language }: Site, shown: Html): Answer {
  const body = { status: 200, type: TYPES.html, body: shown.text, keep: 'checked' } as const;
  return { ...body, language: language.code, indexed: true };
}

function plain(type: string, body: string): Answer {
  return { status: 200, type, body, keep: 'checked', indexed: true };
}
