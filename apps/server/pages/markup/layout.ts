import type { PageLanguage } from '../language/language.ts';
import { pageLimits } from '../limits.ts';
import { type Html, html } from './html.ts';
import { cut, oneLine } from './words.ts';

/** What stands in the head, for browsers, search engines and those who show previews. */
export type Metadata = {
  readonly title: string;
  readonly description: string;
  /** Path of the page as others should name it; absent where nobody should. */
  readonly canonicalPath?: string;
  readonly indexed: boolean;
  readonly type?: 'website' | 'article' | 'profile';
  readonly image?: {
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly alt: string;
    /** Shown across the whole preview, not beside its text. */
    readonly large: boolean;
  };
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  /** Other forms of the page. */
  readonly alternates?: readonly {
    readonly type: string;
    readonly path: string;
    readonly title: string;
  }[];
  readonly older?: string;
  readonly newer?: string;
};

export type Site = {
  readonly name: string;
  readonly origin: string;
  readonly stylePath: string;
  /** Of the page's own words. */
  readonly language: PageLanguage;
};

export type PageParts = {
  readonly metadata: Metadata;
  /** Where the app shows the same; absent without such a place. */
  readonly appPath?: string;
  readonly main: Html;
};

/** A whole page: bar, content, foot. */
export function page(site: Site, { appPath = '/', main, metadata }: PageParts): Html {
  const { code, direction, texts } = site.language;
  return html`<!DOCTYPE html>
<html lang="${code}" dir="${direction}">
<head>
${head(site, metadata)}
</head>
<body>
<header class="bar">
<a class="home" href="/directory"><img src="/mark.svg" width="32" height="32" alt=""><span><bdi>${site.name}</bdi></span></a>
<a class="button" href="${appPath}">${texts.openInApp}</a>
</header>
<main>
${main}
</main>
<footer class="foot">
<p>${texts.footer}</p>
<nav aria-label="${texts.thisServer}"><a href="/directory">${texts.allChannels}</a> <a href="/">${texts.aboutServer}</a></nav>
</footer>
</body>
</html>
`;
}

export function head(site: Site, metadata: Metadata): Html {
  const { origin } = site;
  const { alternates = [], canonicalPath, indexed, newer, older } = metadata;
  const title = cut(oneLine(metadata.title), pageLimits.tabTitleCharacters);
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${oneLine(metadata.description)}">
${!indexed && html`<meta name="robots" content="noindex">`}
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fdfaf2" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#17150f" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="${site.stylePath}">
${canonicalPath !== undefined && html`<link rel="canonical" href="${origin}${canonicalPath}">`}
${newer !== undefined && html`<link rel="prev" href="${newer}">`}
${older !== undefined && html`<link rel="next" href="${older}">`}
${alternates.map(
  ({
    path,
    title: name,
    type,
  }) => html`<link rel="alternate" type="${type}" href="${origin}${path}" title="${oneLine(name)}">
`,
)}${canonicalPath !== undefined && preview(site, metadata)}`;
}

/** Open Graph and Twitter cards. */
function preview({ name, origin }: Site, metadata: Metadata): Html {
  const { canonicalPath = '/', image, modifiedAt, publishedAt, type = 'website' } = metadata;
  const picture =
    image &&
    html`<meta property="og:image" content="${origin}${image.path}">
${
  image.width > 0 &&
  html`<meta property="og:image:width" content="${image.width}">
<meta property="og:image:height" content="${image.height}">
`
}<meta property="og:image:alt" content="${oneLine(image.alt)}">
`;
  return html`<meta property="og:site_name" content="${name}">
<meta property="og:type" content="${type}">
<meta property="og:title" content="${oneLine(metadata.title)}">
<meta property="og:description" content="${oneLine(metadata.description)}">
<meta property="og:url" content="${origin}${canonicalPath}">
${picture}${
  publishedAt !== undefined &&
  html`<meta property="article:published_time" content="${publishedAt}">
`
}${
  modifiedAt !== undefined &&
  html`<meta property="article:modified_time" content="${modifiedAt}">
`
}<meta name="twitter:card" content="${image?.large ? 'summary_large_image' : 'summary'}">`;
}
