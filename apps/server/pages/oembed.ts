import { type Address, resolveAddress } from './addresses.ts';
import { embedHeight } from './embed-height.ts';
import { html } from './markup/html.ts';
import type { Site } from './markup/layout.ts';
import { pathOf } from './markup/masthead.ts';
import { nameOf } from './markup/one-post.ts';
import { oneLine } from './markup/words.ts';
import type { PublicChannel } from './reading/names.ts';
import type { PublicPost } from './reading/posts.ts';
import { type Answer, TYPES } from './serving/answer.ts';

const USUAL_WIDTH = 560;

export type OembedRequest = {
  /** The post that the URL asked about names; undefined when it names none of ours. */
  readonly post: Extract<Address, { kind: 'post' | 'embed' }> | undefined;
  readonly format: 'json' | 'xml' | 'unsupported';
  readonly maxWidth: number;
  readonly maxHeight: number;
};

/** Reads a consumer's request (https://oembed.com, 2.2). */
export function readOembedRequest(
  query: URLSearchParams,
  isOwnOrigin: (origin: string) => boolean,
): OembedRequest {
  const format = query.get('format') ?? 'json';
  return {
    post: postOf(query.get('url') ?? '', isOwnOrigin),
    format: format === 'json' || format === 'xml' ? format : 'unsupported',
    maxWidth: pixels(query.get('maxwidth')),
    maxHeight: pixels(query.get('maxheight')),
  };
}

/** How to show one post in a frame. */
export function oembedAnswer(
  site: Site,
  { maxHeight, maxWidth, format }: OembedRequest,
  { channel, post }: { readonly channel: PublicChannel; readonly post: PublicPost },
): Answer {
  const path = pathOf(channel);
  const name = oneLine(nameOf(post, site.language));
  const width = Math.min(maxWidth, USUAL_WIDTH);
  const height = Math.min(maxHeight, embedHeight(post, width));
  const source = `${site.origin}${path}/${post.seq}/embed`;
  const said = {
    version: '1.0',
    type: 'rich',
    provider_name: oneLine(site.name),
    provider_url: site.origin,
    title: name,
    author_name: oneLine(channel.title),
    author_url: `${site.origin}${path}`,
    width,
    height,
    html: html`<iframe src="${source}" width="${width}" height="${height}" title="${name}" loading="lazy" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>`
      .text,
  };
  const readable = {
    keep: 'checked',
    indexed: false,
    headers: { 'access-control-allow-origin': '*' },
  } as const;
  if (format === 'json') {
    return {
      status: 200,
      type: 'application/json',
      body: `${JSON.stringify(said)}\n`,
      ...readable,
    };
  }
  const fields = Object.entries(said).map(
    ([key, value]) => html`<${key}>${value}</${key}>
`,
  );
  const body = html`<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<oembed>
${fields}</oembed>
`.text;
  return { status: 200, type: 'text/xml; charset=utf-8', body, ...readable };
}

/** The specification's own word for a format that is not spoken. */
export const OEMBED_UNSUPPORTED: Answer = {
  status: 501,
  type: TYPES.text,
  body: 'format is json or xml\n',
  keep: 'never',
  indexed: false,
};

function postOf(url: string, isOwnOrigin: (origin: string) => boolean) {
  const [, origin = '', target = ''] = /^(https?:\/\/[^/?#]+)(\/[^#]*)/.exec(url) ?? [];
  if (!isOwnOrigin(origin)) return undefined;
  const address = resolveAddress(target);
  return address.kind === 'post' || address.kind === 'embed' ? address : undefined;
}

function pixels(text: string | null): number {
  const given = /^\d{1,6}$/.test(text ?? '') ? Number(text) : 0;
  return given > 0 ? given : Number.MAX_SAFE_INTEGER;
}
