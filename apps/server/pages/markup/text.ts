import { type Block, type Inline, type Link, shownBlocks } from '@heliogram/content';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';
import { type Html, html, joined } from './html.ts';
import { linesOf, type Stretch, stretchesOf } from './lines.ts';

/** Whatever people link to is theirs: nobody vouches for it, and it learns nothing of the reader. */
const REL = 'nofollow noopener ugc';

/** What stands around the text: where house links begin, and whether links open elsewhere. */
export type TextContext = { readonly base: string; readonly newWindow?: boolean };

type Words = { readonly text: string; readonly format: 'markdown' | 'plain' };

const known = new BoundedCache<Html>(pageLimits.maxMarkupCharacters);

/** A post's text as markup: formatted, or as it was typed. */
export function textMarkup(words: Words, context: TextContext): Html {
  const { base, newWindow = false } = context;
  const key = `${base} ${newWindow} ${words.format} ${words.text}`;
  const kept = known.get(key);
  if (kept) return kept;
  const markup = newMarkup(words, context);
  known.set(key, markup, key.length + markup.text.length);
  return markup;
}

function newMarkup({ format, text }: Words, context: TextContext): Html {
  return joined(shownBlocks(text, format).map((block) => blockMarkup(block, context)));
}

function blockMarkup(block: Block, context: TextContext): Html {
  if (block.type === 'pre') return html`<pre dir="ltr"><code>${block.text}</code></pre>`;
  const stretches = stretchesOf(linesOf(block.children));
  if (block.type === 'paragraph') return paragraphs(stretches, context);
  const [only, ...others] = stretches;
  if (only && others.length === 0) {
    return html`<blockquote dir="auto">${linesMarkup(only, context)}</blockquote>`;
  }
  return html`<blockquote dir="${only?.direction}">${paragraphs(stretches, context)}</blockquote>`;
}

/** A paragraph begins with the line whose direction is that of all its lines. */
function paragraphs(stretches: readonly Stretch[], context: TextContext): Html {
  return joined(
    stretches.map((stretch) => html`<p dir="auto">${linesMarkup(stretch, context)}</p>`),
  );
}

function linesMarkup({ lines }: Stretch, context: TextContext): Html {
  const [first = [], ...rest] = lines;
  if (rest.length === 0) return inlines(first, context);
  return html`${inlines(first, context)}${rest.map((line) => html`<br>${inlines(line, context)}`)}`;
}

function inlines(children: readonly Inline[], context: TextContext): Html {
  const [only, ...others] = children;
  if (only && others.length === 0) return inlineMarkup(only, context);
  return joined(children.map((child) => inlineMarkup(child, context)));
}

function inlineMarkup(node: Inline, context: TextContext): Html {
  switch (node.type) {
    case 'text':
      return html`${node.text}`;
    case 'code':
      return html`<code dir="ltr">${node.text}</code>`;
    case 'bold':
      return html`<strong>${inlines(node.children, context)}</strong>`;
    case 'italic':
      return html`<em>${inlines(node.children, context)}</em>`;
    case 'strike':
      return html`<s>${inlines(node.children, context)}</s>`;
    case 'link':
      return linkMarkup(node, context);
    case 'mention':
      if (node.username === undefined) return html`<bdi class="mention">${node.text}</bdi>`;
      return html`<a class="mention" href="${context.base}/@${node.username}"${target(context)}><bdi>${node.text}</bdi></a>`;
    case 'hashtag':
      return html`<span class="hashtag">${node.text}</span>`;
  }
}

/** Isolated, so that no direction mark in its text reaches where it says that it goes. */
function linkMarkup(link: Link, context: TextContext): Html {
  const shown = joined(link.children.map(flatMarkup));
  const anchor = html`<a href="${link.href}" rel="${REL}"${target(context)}><bdi>${shown}</bdi></a>`;
  return link.disguised ? html`${anchor} <bdi class="host">(${link.destination})</bdi>` : anchor;
}

/** Within a link nothing else is one. */
function flatMarkup(node: Inline): Html {
  if (!('children' in node)) return breaks(node.text);
  const inner = joined(node.children.map(flatMarkup));
  if (node.type === 'bold') return html`<strong>${inner}</strong>`;
  if (node.type === 'italic') return html`<em>${inner}</em>`;
  return node.type === 'strike' ? html`<s>${inner}</s>` : inner;
}

function target({ newWindow }: TextContext): Html | undefined {
  return newWindow ? html` target="_blank"` : undefined;
}

/** A link may span lines. */
function breaks(text: string): Html {
  const [first = '', ...rest] = text.split('\n');
  return html`${first}${rest.map((line) => html`<br>${line}`)}`;
}
