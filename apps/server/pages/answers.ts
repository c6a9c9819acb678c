import type { Address, FeedFormat } from './addresses.ts';
import { atom } from './feeds/atom.ts';
import { feedOf } from './feeds/feed.ts';
import { jsonFeed } from './feeds/json-feed.ts';
import { rss } from './feeds/rss.ts';
import { pageLimits } from './limits.ts';
import { channelPage } from './markup/channel.ts';
import { directoryPage } from './markup/directory.ts';
import type { Html } from './markup/html.ts';
import type { Site } from './markup/layout.ts';
import { embedPage, postPage } from './markup/one-post.ts';
import { profilePage } from './markup/profile.ts';
import { refusalPage } from './markup/refusal.ts';
import { style, stylePath } from './markup/style.ts';
import { OEMBED_UNSUPPORTED, oembedAnswer, readOembedRequest } from './oembed.ts';
import type { PagesOptions } from './options.ts';
import { readDirectory } from './reading/directory.ts';
import { MISSING, named, type PublicChannel, type Refusal } from './reading/names.ts';
import { type OnePost, readNewest, readOnePost, readPostsPage } from './reading/posts.ts';
import type { Reader } from './reading/reader.ts';
import { StandingPosts } from './reading/standing.ts';
import { type Answer, redirect, TYPES } from './serving/answer.ts';
import { channelSitemap, postSitemap, robots, sitemap } from './sitemap.ts';

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

  get site(): Site {
    const { origin, serverName } = this.#options;
    return { name: serverName, origin: origin().replace(/\/+$/, ''), stylePath };
  }

  async of(address: Address): Promise<Answer> {
    switch (address.kind) {
      case 'name':
        return this.#name(address.username, address.before);
      case 'post':
      case 'embed':
        return this.#post(address);
      case 'feed':
        return this.#feed(address.username, address.format);
      case 'directory':
        return page(
          directoryPage(this.site, await readDirectory(this.#options.storage, address.page)),
        );
      case 'oembed':
        return this.#oembed(address.query);
      case 'sitemap':
      case 'channel-sitemap':
      case 'post-sitemap':
        return this.#sitemap(address);
      case 'invite':
        // The token goes where no request carries it on.
        return redirect(302, `/#+${address.token}`);
      case 'moved':
        return redirect(301, address.to);
      case 'robots':
        return { ...plain(TYPES.text, robots(this.site.origin)), indexed: true };
      case 'style':
        return stylePath.includes(address.version)
          ? { ...plain(TYPES.css, style), keep: 'forever' }
          : this.refusal(MISSING);
      case 'nothing':
        return this.refusal(MISSING);
    }
  }

  refusal(refusal: Refusal): Answer {
    const status = refusal.kind === 'gone' ? 410 : 404;
    return { ...page(refusalPage(this.site, refusal)), status, keep: 'never', indexed: false };
  }

  async #name(username: string, before: number | undefined): Promise<Answer> {
    const found = await named(this.#options, username);
    if (found.kind === 'account') {
      return { ...page(profilePage(this.site, found.profile)), indexed: false };
    }
    if (found.kind !== 'channel') return this.refusal(found);
    const { channel } = found;
    const heads = await this.#options.storage.log.heads([channel.row]);
    const postCount = heads.get(channel.row)?.posts ?? 0;
    const posts = await readPostsPage(this.#options, channel, before);
    const shown = channelPage(this.site, { channel, postCount, page: posts, before });
    return { ...page(shown), indexed: !channel.noIndex };
  }

  async #post({ kind, seq, username }: Extract<Address, { kind: 'post' | 'embed' }>) {
    const found = await this.#onePost(username, seq);
    if (found.kind !== 'post') return this.refusal(found);
    const { channel } = found;
    if (kind === 'post') {
      return { ...page(postPage(this.site, channel, found)), indexed: !channel.noIndex };
    }
    return { ...page(embedPage(this.site, channel, found.post)), indexed: false, framed: true };
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

  async #feed(username: string, format: FeedFormat): Promise<Answer> {
    const found = await this.#channel(username);
    if (found.kind !== 'channel') return this.refusal(found);
    const posts = await readNewest(this.#options, found.channel, pageLimits.feedPosts);
    const feed = feedOf(this.site, found.channel, posts);
    const shared = {
      indexed: !found.channel.noIndex,
      headers: { 'access-control-allow-origin': '*' },
    };
    if (format === 'json') return { ...plain('application/feed+json', jsonFeed(feed)), ...shared };
    if (format === 'rss') {
      return { ...plain('application/rss+xml; charset=utf-8', rss(feed).text), ...shared };
    }
    return { ...plain('application/atom+xml; charset=utf-8', atom(feed).text), ...shared };
  }

  async #oembed(query: URLSearchParams): Promise<Answer> {
    const request = readOembedRequest(query, this.#options.isOwnOrigin);
    if (request.format === 'unsupported') return OEMBED_UNSUPPORTED;
    if (!request.post) return this.refusal(MISSING);
    const found = await this.#onePost(request.post.username, request.post.seq);
    if (found.kind !== 'post') return this.refusal(found);
    return oembedAnswer(this.site, request, found);
  }

  async #sitemap(
    address: Extract<Address, { kind: 'sitemap' | 'channel-sitemap' | 'post-sitemap' }>,
  ): Promise<Answer> {
    const { origin } = this.site;
    if (address.kind === 'sitemap') {
      return plain(TYPES.xml, (await sitemap(this.#options, origin)).text);
    }
    if (address.kind === 'channel-sitemap') {
      return plain(TYPES.xml, (await channelSitemap(this.#options, origin, address.part)).text);
    }
    const found = await this.#channel(address.username);
    if (found.kind !== 'channel') return this.refusal(found);
    if (found.channel.noIndex) return this.refusal(MISSING);
    const { runtime, storage } = this.#options;
    const posts = await postSitemap({ runtime, storage, origin }, found.channel, address.part);
    return plain(TYPES.xml, posts.text);
  }
}

function page(shown: Html): Answer {
  return { status: 200, type: TYPES.html, body: shown.text, keep: 'checked', indexed: true };
}

function plain(type: string, body: string): Answer {
  return { status: 200, type, body, keep: 'checked', indexed: true };
}
