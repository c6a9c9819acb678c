import { type Block, type Inline, type Link, parseMarkdown } from '@heliogram/content';
import { BoundedCache } from '../bounded-cache.ts';
import { pageLimits } from '../limits.ts';
import { Html, html, joined } from './html.ts';

const GAP = /^\n(?:[ \t]*\n)+$/;
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
  if (format === 'plain') {
    return joined(text.split(/\n(?:[ \t]*\n)+/).map((part) => paragraph(lines(part))));
  }
  return joined(parseMarkdown(text).blocks.map((block) => blockMarkup(block, context)));
}

function blockMarkup(block: Block, context: TextContext): Html {
  switch (block.type) {
    case 'pre':
      return html`<pre dir="ltr"><code>${block.text}</code></pre>`;
    case 'quote':
      return html`<blockquote dir="auto">${inlines(block.children, context)}</blockquote>`;
    case 'paragraph':
      return joined(stretches(block.children).map((part) => paragraph(inlines(part, context))));
  }
}

/** Blank lines part paragraphs. */
function stretches(children: readonly Inline[]): readonly (readonly Inline[])[] {
  const parts: Inline[][] = [[]];
  for (const child of children) {
    if (child.type === 'text' && GAP.test(child.text)) parts.push([]);
    else parts.at(-1)?.push(child);
  }
  return parts;
}

function paragraph(content: Html): Html {
  const inner = content.text.replace(/^(?:\s|<br>)+|(?:\s|<br>)+$/g, '');
  return inner === '' ? new Html('') : html`<p dir="auto">${new Html(inner)}</p>`;
}

function inlines(children: readonly Inline[], context: TextContext): Html {
  return joined(children.map((child) => inlineMarkup(child, context)));
}

function inlineMarkup(node: Inline, context: TextContext): Html {
  switch (node.type) {
    case 'text':
      return lines(node.text);
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
  if (!('children' in node)) return lines(node.text);
  const inner = joined(node.children.map(flatMarkup));
  if (node.type === 'bold') return html`<strong>${inner}</strong>`;
  if (node.type === 'italic') return html`<em>${inner}</em>`;
  return node.type === 'strike' ? html`<s>${inner}</s>` : inner;
}

function target({ newWindow }: TextContext): Html | undefined {
  return newWindow ? html` target="_blank"` : undefined;
}

function lines(text: string): Html {
  const [first = '', ...rest] = text.split('\n');
  return html`${first}${rest.map((line) => html`<br>${line}`)}`;
}
